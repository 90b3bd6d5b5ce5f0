"""How a reader wants the desk to look: kept in a cookie, so that pages come as they were left."""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

Theme = Literal["system", "light", "dark"]
Density = Literal["comfortable", "compact"]

COOKIE = "tocsin_look"
THEMES: tuple[Theme, ...] = get_args(Theme)
DENSITIES: tuple[Density, ...] = get_args(Density)


class Look(Struct, frozen=True):
    """Theme, density and language; an empty language is the browser's."""

    theme: Theme = "system"
    density: Density = "comfortable"
    language: str = ""


def look(cookie: str | None) -> Look:
    """Return the look in a cookie; whatever is not known in it is left out."""
    parts = (cookie or "").split(".")
    theme: Theme = next((one for one in THEMES if one in parts), "system")
    density: Density = next((one for one in DENSITIES if one in parts), "comfortable")
    known = {*THEMES, *DENSITIES}
    language = next((p for p in parts if len(p) == 2 and p.isalpha() and p not in known), "")
    return Look(theme, density, language)


def cookie(of: Look) -> str:
    """Return a look as the cookie keeps it."""
    return ".".join(filter(None, (of.theme, of.density, of.language)))
