"""What the units that events are counted over are called: countries, areas, who acts on whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from tocsin.ontology.actors import facts
from tocsin.ontology.divisions import titled
from tocsin.ontology.load import load
from tocsin.records.series import Party, Unit

# Countries that English names with an article, besides those whose names say what they are.
_THE = frozenset({"BHS", "COM", "GMB", "MDV", "NLD", "PHL", "VAT"})
_STATES = ("United ", "Republic", " Islands", " Emirates")


def parties(units: Iterable[Unit]) -> dict[Unit, tuple[Party, ...]]:
    """Return the parts of units' names: one of a country, two of a dyad, an area and its country.

    What nobody knows keeps the name it has.
    """
    some = set(units)
    areas = titled(int(one.name) for one in some if one.kind == "area" and one.name.isdecimal())
    return {one: _parties(one, areas) for one in some}


def called(units: Iterable[Unit], *, spoken: bool = False) -> dict[str, str]:
    """Return what units are called in English, by their names: "Khartoum, Sudan", "Israel>Iraq".

    As they are `spoken` in a sentence some have an article: "the United States".
    """
    return {
        one.name: (">" if one.kind == "dyad" else ", ").join(
            _english(part, spoken=spoken) for part in some
        )
        for one, some in parties(units).items()
    }  # fmt: skip


def _parties(one: Unit, areas: Mapping[int, tuple[str, str]]) -> tuple[Party, ...]:
    if one.kind == "area":
        name, country = areas.get(int(one.name), ("", "")) if one.name.isdecimal() else ("", "")
        first = Party(name or one.name)
        return (first, _party(country)) if country else (first,)
    names = one.name.split(">") if one.kind == "dyad" else [one.name]
    return tuple(map(_party, names))


@cache
def _party(name: str) -> Party:
    countries, actors = _known()
    if name in countries:
        return countries[name]
    country, _, sector = name.rpartition("-")
    if country in countries and sector in load().sectors:
        held = countries[country]
        return Party(held.name, held.country, sector)
    return actors.get(name) or Party(name)


@cache
def _known() -> tuple[dict[str, Party], dict[str, Party]]:
    """Return countries and actors by their ids."""
    found = facts()
    countries = {one.id: Party(one.name, one.iso2) for one in found.countries}
    return countries, {one.id: Party(one.name) for one in found.actors}


def _english(one: Party, *, spoken: bool) -> str:
    name = "somebody" if one.name == "?" else one.name
    if spoken and one.country and _the(name):
        name = f"the {name}"
    if one.sector is None:
        return name
    return f"{load().sectors[one.sector].label.lower()} of {name}"


def _the(name: str) -> bool:
    return any(part in name for part in _STATES) or name in _articled()


@cache
def _articled() -> frozenset[str]:
    return frozenset(party.name for code, party in _known()[0].items() if code in _THE)
