"""Where an article's outlet is at home."""

from __future__ import annotations

import re

from tocsin.coding.scene import Scene

# Endings of addresses that are sold to everybody, whatever country they were made for.
SOLD = frozenset({"ai", "am", "cc", "co", "fm", "io", "la", "ly", "me", "sh", "to", "tv", "ws"})
ADDRESS = re.compile(r"(?:https?://)?[\w.-]+\.([a-z]{2})(?:/.*)?")
# Endings of addresses that are no ISO codes.
ENDINGS = {"uk": "GBR"}


def home(scene: Scene) -> str | None:
    """Return the country of a national outlet, by its name or the ending of its address.

    Agencies write for the world, so what they leave out is not their own country.
    """
    outlet = scene.article.outlet
    if outlet is None:
        return None
    address = ADDRESS.fullmatch(outlet.lower())
    if address is not None and address[1] not in SOLD:
        return ENDINGS.get(address[1]) or _by_iso(scene, address[1].upper())
    countries = {
        actor.country
        for entry in scene.knowledge.names.named(outlet)
        if entry.kind == "actor" and (actor := scene.knowledge.actors[entry.id]).kind == "outlet"
        if actor.ownership != "agency"
    }
    return countries.pop() if len(countries) == 1 else None


def _by_iso(scene: Scene, iso2: str) -> str | None:
    found = (c.id for c in scene.knowledge.countries.values() if c.iso2 == iso2)
    return next(found, None)
