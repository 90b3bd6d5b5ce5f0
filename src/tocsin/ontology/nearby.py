"""Names that differ from a known one by a slip of the pen: "Ethopia", "Quatar"."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from tocsin.ontology.spelling import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.ontology.actors import Country, Knowledge

# A slip in a shorter word makes another word.
SHORTEST = 6
# Names of their own that are a letter from a country's.
OTHERS = frozenset({"angora", "columbia", "frances", "francis", "germane", "guiana"})
SUGGESTED = 5


def country_near(knowledge: Knowledge, word: str) -> Country | None:
    """Return the one state with a name or adjective a single slip away, if there is one."""
    key = word.casefold()
    if len(key) < SHORTEST or key in OTHERS or not key.isalpha():
        return None
    found = set()
    for country in knowledge.countries.values():
        for name in map(str.casefold, _forms(country)):
            if name == key:
                return None
            close = name[0] == key[0] and len(name) >= SHORTEST - 1 and country.of is None
            if close and abs(len(name) - len(key)) <= 1 and _one_slip(name, key):
                found.add(country.id)
    return knowledge.countries[found.pop()] if len(found) == 1 else None


def _forms(country: Country) -> tuple[str, ...]:
    """Return names and adjectives of a country and of its parts."""
    parts = (form for part in country.parts for form in (part.name, *part.names, *part.adjectives))
    return (country.name, *country.names, *country.adjectives, *parts)


def _one_slip(one: str, other: str) -> bool:
    """Return whether a letter is missing, added, wrong, or two neighbours are swapped."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


def spellings_near(knowledge: Knowledge, text: str) -> tuple[str, ...]:
    """Return known names spelled like a text, likeliest first."""
    names = {name_key(name): name for name in _names(knowledge)}
    close = get_close_matches(name_key(text), names, n=SUGGESTED, cutoff=0.75)
    return tuple(names[key] for key in close)


def _names(knowledge: Knowledge) -> Iterator[str]:
    for actor in knowledge.actors.values():
        yield from (actor.name, *actor.aliases)
    for country in knowledge.countries.values():
        yield from _forms(country)
