"""All that is known of actors: who they are, what they are called, what they were on a day.

Data is read with what was true on the day of the article: roles have a first and a last day, and
what an actor is ("PRM, then MIL too") goes with the role. Nothing here is read again after `load`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from tocsin.base.errors import OntologyError
from tocsin.ontology import exonyms
from tocsin.ontology.cache import kept
from tocsin.ontology.countries import (
    SECTORS,
    Country,
    Metonym,
    Part,
    index_country,
    read_countries,
)
from tocsin.ontology.names import Match, Names
from tocsin.ontology.packs import ENGLISH, Pack
from tocsin.ontology.rows import Row, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = [
    "Actor",
    "Country",
    "Knowledge",
    "Match",
    "Metonym",
    "Part",
    "Role",
    "build",
    "load",
]

CLASHES = "clashes.yml"  # beside the actors, but a list of shared names
KINDS = frozenset({"group", "organisation", "outlet", "person"})
OWNERSHIP = frozenset({"agency", "party", "private", "public", "state"})
BEYOND = frozenset({"IGO", "NGO"})
# After a role with one of these a person is no "former official".
_UNOFFICIAL = frozenset({"CRM", "CVL", "PRM", "REB", "UAF"})
_FOREVER = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Role:
    """What an actor was from one day to another, both included; None leaves an end open."""

    office: str | None
    title: str | None
    sectors: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    of: str | None = None
    country: str | None = None
    acting: bool = False
    disputed: bool = False

    @property
    def first(self) -> date:
        """Return the first day, the earliest there is where none is known."""
        return self.since or _FOREVER[0]

    @property
    def last(self) -> date:
        """Return the last day, the latest there is where none is known."""
        return self.until or _FOREVER[1]

    def covers(self, day: date) -> bool:
        """Return whether the role was held on a day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, armed group or outlet that news names."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    country: str | None
    roles: tuple[Role, ...]  # by first day
    parents: tuple[str, ...] = ()
    patrons: tuple[str, ...] = ()
    owner: str | None = None
    ownership: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Every country and actor that is known, and the index of their names."""

    countries: Mapping[str, Country]
    actors: Mapping[str, Actor]
    names: Names
    holders: Mapping[tuple[str, str], Sequence[tuple[Role, Actor]]]

    def find(self, words: Sequence[str], start: int, *, cased: bool = True) -> tuple[Match, ...]:
        """Return what the longest known name from a word on may stand for, likeliest first."""
        return self.names.find(words, start, cased=cased)

    def country_named(self, text: str) -> Country | None:
        """Return the country that a name, adjective or word for a people first means."""
        entries = [
            e for e in self.names.named(text) if e.kind in {"country", "adjective", "people"}
        ]
        firsts = {e.id for e in entries if not e.second} or {e.id for e in entries}
        return self.countries[firsts.pop()] if len(firsts) == 1 else None

    def role_on(self, actor: Actor, day: date | None) -> Role | None:
        """Return the role held on a day, the newest of several; on no day, the last one known."""
        if day is None:
            return _latest(actor.roles)
        return _latest(role for role in actor.roles if role.covers(day))

    def sectors_on(self, actor: Actor, day: date | None) -> tuple[str, ...]:
        """Return what an actor counted as on a day; a former official is ELI."""
        if day is None:
            last = _latest(actor.roles)
            return last.sectors if last else ()
        held = [role for role in actor.roles if role.covers(day)]
        if not held:
            return _afterwards(actor, day)
        return tuple(dict.fromkeys(sector for role in held for sector in role.sectors))

    def country_on(self, actor: Actor, day: date | None) -> str | None:
        """Return whom an actor acted for on a day: a role may be held for another country."""
        role = self.role_on(actor, day)
        return role.country if role and role.country else actor.country

    def holder(self, country: str, office: str, day: date) -> Actor | None:
        """Return who held an office of a country, or of an actor, on a day; None where disputed."""
        held = [x for x in self.holders.get((country, office), ()) if x[0].covers(day)]
        sure = [x for x in held if not x[0].disputed]
        # On the day of a handover both terms count; the incoming one is the news.
        newest = [x for x in sure if x[0].first == max(role.first for role, _ in sure)]
        return newest[0][1] if len(newest) == 1 else None


@dataclass(frozen=True, slots=True)
class Facts:
    """Countries and actors as they stand in the files, read and checked."""

    countries: tuple[Country, ...]
    actors: tuple[Actor, ...]


def load(folder: Path | None = None, pack: Pack = ENGLISH, added: Path | None = None) -> Knowledge:
    """Return all that a data folder knows; without one, what ships with Tocsin.

    A language pack adds what countries and actors are called in its language, and the folder of a
    user who adds words to the language may add names.
    """
    if folder is not None:
        return _knowledge(_facts(folder))
    known = facts()
    if pack.english:
        return _knowledge(known)
    names, countries = Names(), {country.id: country for country in known.countries}
    places = exonyms.folders(pack, added)
    called = exonyms.spoken(names, countries, known.actors, places)
    return _knowledge(Facts(known.countries, called), names)


def facts() -> Facts:
    """Return the countries and actors that ship with Tocsin, without an index of their names."""
    shipped = Path(__file__).resolve().parent.parent / "data"
    files = [shipped / "countries.yml", *_files(shipped)]
    return kept("actors", files, Facts, lambda: _facts(shipped))


def build(countries: Sequence[Row], actors: Sequence[Row]) -> Knowledge:
    """Return the knowledge that rows hold, wherever they were kept."""
    return _knowledge(_checked(countries, actors))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "actors").glob("*.yml") if path.name != CLASHES)


def _facts(folder: Path) -> Facts:
    rows = [row for file in _files(folder) for row in read_rows(file)]
    return _checked(read_rows(folder / "countries.yml"), rows)


def _checked(countries: Sequence[Row], actors: Sequence[Row]) -> Facts:
    known = read_countries(countries)
    people = _read_actors(actors, frozenset(known) | BEYOND)
    return Facts(tuple(known.values()), tuple(people.values()))


def _knowledge(facts: Facts, names: Names | None = None) -> Knowledge:
    """Return facts with an index of their names, which come after those that it has already."""
    names = names or Names()
    for country in facts.countries:
        index_country(country, names)
    for actor in facts.actors:
        match = Match(0, "actor", actor.id, actor.name)
        for text in (actor.name, *actor.aliases):
            names.add(text, match)
    return Knowledge(
        MappingProxyType({country.id: country for country in facts.countries}),
        MappingProxyType({actor.id: actor for actor in facts.actors}),
        names,
        _holders(facts.actors),
    )


def _read_actors(rows: Iterable[Row], countries: frozenset[str]) -> dict[str, Actor]:
    actors: dict[str, Actor] = {}
    for row in rows:
        actor = _actor(row, countries)
        if actor.id in actors:
            raise OntologyError(f"{row.where}: the actor stands there twice")
        actors[actor.id] = actor
    return actors


def _actor(row: Row, countries: frozenset[str]) -> Actor:
    kind = row.choice("kind", KINDS)
    outlet = kind == "outlet"
    roles = [_role(role, countries) for role in row.rows("roles")]
    if outlet and not roles:
        roles = [Role(None, None, ("JRN",))]
    actor = Actor(
        id=row.text("id"),
        name=row.text("name"),
        kind=kind,
        aliases=row.texts("aliases"),
        country=_country(row, countries),
        roles=tuple(sorted(roles, key=lambda role: role.first)),
        parents=row.texts("parents"),
        patrons=row.texts("patrons"),
        owner=row.maybe("owner"),
        ownership=row.choice("type", OWNERSHIP) if outlet else None,
        language=row.maybe("language"),
    )
    row.done()
    return actor


def _role(row: Row, countries: frozenset[str]) -> Role:
    role = Role(
        office=row.maybe("office"),
        title=row.maybe("title"),
        sectors=row.choices("sectors", SECTORS),
        since=row.first_day("from"),
        until=row.last_day("until"),
        of=row.maybe("of"),
        country=_country(row, countries),
        acting=row.flag("acting"),
        disputed=row.flag("disputed"),
    )
    row.done()
    if role.first > role.last:
        raise OntologyError(f"{row.where}: a role ends on {role.until}, before {role.since}")
    return role


def _country(row: Row, countries: frozenset[str]) -> str | None:
    country = row.maybe("country")
    if country is not None and country not in countries:
        raise OntologyError(f"{row.where}: the country {country} is not in countries.yml")
    return country


def _latest(roles: Iterable[Role]) -> Role | None:
    """Return the role that began last; of those begun together, the one listed first."""
    return max(roles, key=lambda role: role.first, default=None)


def _afterwards(actor: Actor, day: date) -> tuple[str, ...]:
    """Return what an actor is outside every role: former officials stay public figures."""
    if actor.kind != "person":
        return ()
    over = [role for role in actor.roles if role.last < day]
    last = max(over, key=lambda role: role.last, default=None)
    if last is None or _UNOFFICIAL.intersection(last.sectors):
        return ()
    return ("ELI",)


def _holders(
    actors: Iterable[Actor],
) -> MappingProxyType[tuple[str, str], Sequence[tuple[Role, Actor]]]:
    table: dict[tuple[str, str], list[tuple[Role, Actor]]] = {}
    for actor in actors:
        for role in actor.roles:
            for place in _places(actor, role):
                table.setdefault((place, role.office or ""), []).append((role, actor))
    return MappingProxyType(table)


def _places(actor: Actor, role: Role) -> Iterator[str]:
    """Yield what an office is an office of: the organisation it names, else the country."""
    country = role.country or actor.country
    if role.office is None:
        return
    if role.of is not None:
        yield role.of
    elif country is not None and country not in BEYOND:
        yield country
