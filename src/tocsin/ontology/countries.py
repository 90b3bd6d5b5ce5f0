"""Countries, territories and would-be states, with every name that news gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from tocsin.base.errors import OntologyError
from tocsin.ontology.names import Match, Names
from tocsin.ontology.spelling import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.ontology.rows import Row

SECTORS = frozenset(
    {"AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JRN", "JUD", "LAB", "LEG", "MED"}
    | {"MIL", "OPP", "PRE", "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF", "UNK"}
)


@dataclass(frozen=True, slots=True)
class Metonym:
    """A seat or house whose name stands for a power of state."""

    name: str
    sectors: tuple[str, ...] = ("GOV",)


@dataclass(frozen=True, slots=True)
class Part:
    """A constituent country or region that news treats as an actor of its own."""

    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str | None


@dataclass(frozen=True, slots=True)
class Country:
    """A country, territory, historical state, or entity that claims to be a state."""

    id: str
    name: str
    iso2: str | None
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str | None
    capitals: tuple[str, ...]
    metonyms: tuple[Metonym, ...]
    parts: tuple[Part, ...]
    of: str | None
    partial: bool
    since: date | None
    until: date | None
    second: frozenset[str]
    iso: int | None = None  # number of ISO 3166-1
    cow: int | None = None  # number of the Correlates of War project
    gw: int | None = None  # number of Gleditsch and Ward
    fips: str | None = None  # FIPS 10-4, two letters

    @property
    def code(self) -> str:
        """Return the code that records give; an entity without ISO code has its parent's."""
        return self.id if self.iso2 or self.of is None else self.of


def read_countries(rows: Sequence[Row]) -> MappingProxyType[str, Country]:
    """Return the countries of a data file by id."""
    countries: dict[str, Country] = {}
    for row in rows:
        country = _country(row)
        if country.id in countries:
            raise OntologyError(f"{row.where}: the country stands there twice")
        countries[country.id] = country
    for country in countries.values():
        if country.of is not None and country.of not in countries:
            raise OntologyError(f"{country.id} is said to be of {country.of}, which is unknown")
    return MappingProxyType(countries)


def _country(row: Row) -> Country:
    country = Country(
        id=row.text("id"),
        name=row.text("name"),
        iso2=row.maybe("iso2"),
        names=row.texts("names"),
        adjectives=row.texts("adjectives"),
        people=row.texts("people"),
        capital=row.maybe("capital"),
        capitals=row.texts("capitals"),
        metonyms=tuple(map(_metonym, row.mixed("metonyms"))),
        parts=tuple(map(_part, row.rows("parts"))),
        of=row.maybe("of"),
        partial=row.flag("partial"),
        since=row.first_day("from"),
        until=row.last_day("until"),
        second=frozenset(map(name_key, row.texts("second"))),
        iso=_number(row, "iso"),
        cow=_number(row, "cow"),
        gw=_number(row, "gw"),
        fips=row.maybe("fips"),
    )
    row.done()
    return country


def _number(row: Row, name: str) -> int | None:
    """Return a field that is a number in text, or None where it is absent."""
    value = row.maybe(name)
    if value is None or value.isdecimal():
        return None if value is None else int(value)
    raise OntologyError(f"{row.where}: {name} should be a number, not {value!r}")


def _metonym(row: Row) -> Metonym:
    metonym = Metonym(row.text("name"), row.choices("sectors", SECTORS) or ("GOV",))
    row.done()
    return metonym


def _part(row: Row) -> Part:
    part = Part(
        name=row.text("name"),
        names=row.texts("names"),
        adjectives=row.texts("adjectives"),
        people=row.texts("people"),
        capital=row.maybe("capital"),
    )
    row.done()
    return part


def index_country(country: Country, names: Names) -> None:
    """Put every name of a country into an index."""
    for text, kind, name in _forms(country):
        names.add(text, Match(0, kind, country.id, name), second=_second(country, text))
    for metonym in country.metonyms:
        match = Match(0, "metonym", country.id, metonym.name, metonym.sectors)
        names.add(metonym.name, match, second=_second(country, metonym.name))


def _second(country: Country, text: str) -> bool:
    """Return whether a name means something else first; most countries have no such name."""
    return bool(country.second) and name_key(text) in country.second


def _forms(country: Country) -> Iterator[tuple[str, str, str]]:
    """Yield each name with its kind and with what it names: the country or a part of it."""
    whole: tuple[Country | Part, ...] = (country, *country.parts)
    for place in whole:
        for kind, texts in (
            ("country", (place.name, *place.names)),
            ("adjective", place.adjectives),
            ("people", place.people),
            ("capital", (place.capital,) if place.capital else ()),
        ):
            for text in texts:
                yield text, kind, place.name
    for city in country.capitals:
        yield city, "capital", country.name
