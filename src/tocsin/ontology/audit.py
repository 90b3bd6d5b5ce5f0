"""What contradicts itself, or could be confused, in the knowledge of actors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from tocsin.ontology.actors import BEYOND, Actor, Knowledge, Role
from tocsin.ontology.spelling import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# Offices that one person at a time holds, in a country or an organisation.
SOLE = frozenset(
    {"defence-minister", "foreign-minister", "head-of-government", "head-of-state"}
    | {"interior-minister", "secretary-general"}
)
CLASHES_HEAD = """\
# Names that actors of one time share, and what tells their bearers apart: their country, kind or
# sectors, or only the full name. Written by tocsin.ontology.audit from the other files, never by
# hand; a new line here is a question: is it one actor twice, or an alias too short?
"""
_DAYS_IN_MONTH = 31
_DAYS_IN_YEAR = 366


@dataclass(frozen=True, slots=True)
class Clash:
    """A name that several actors of one time share, and what tells them apart."""

    name: str
    actors: tuple[str, ...]
    apart: str


def problems(knowledge: Knowledge) -> tuple[str, ...]:
    """Return a sentence for each contradiction."""
    return (*_strangers(knowledge), *_joint_terms(knowledge), *_shared_forms(knowledge))


def _strangers(knowledge: Knowledge) -> Iterator[str]:
    patrons = knowledge.actors.keys() | knowledge.countries.keys() | BEYOND
    for actor in knowledge.actors.values():
        for parent in actor.parents:
            if parent not in knowledge.actors:
                yield f"{actor.id} has the parent {parent}, which is no actor"
        for patron in actor.patrons:
            if patron not in patrons:
                yield f"{actor.id} has the patron {patron}, which is no actor and no country"
        for role in actor.roles:
            if role.of is not None and role.of not in knowledge.actors:
                yield f"{actor.id} has a role of {role.of}, which is no actor"


def _joint_terms(knowledge: Knowledge) -> Iterator[str]:
    for (place, office), held in sorted(knowledge.holders.items()):
        if office not in SOLE:
            continue
        for (one, first), (other, second) in combinations(held, 2):
            if first is not second and _collide(one, other):
                yield f"{first.id} and {second.id} are both {office} of {place}"


def _collide(one: Role, other: Role) -> bool:
    """Return whether two terms that are sure share more than a handover.

    A term known by its month or year alone reaches over all of it, so that much may be shared.
    """
    if one.disputed or other.disputed or one.acting or other.acting:
        return False
    earlier, later = sorted((one, other), key=lambda role: (role.first, role.last))
    shared = (min(one.last, other.last) - later.first).days + 1
    return shared > 1 + max(_slack(later.since), _slack(earlier.until))


def _slack(day: date | None) -> int:
    """Return how many days a bound may be off: one on the edge of a month may stand for it."""
    if day is None:
        return 0
    if (day.month, day.day) in {(1, 1), (12, 31)}:
        return _DAYS_IN_YEAR
    on_edge = day.day == 1 or (day + timedelta(days=1)).day == 1
    return _DAYS_IN_MONTH if on_edge else 0


def _shared_forms(knowledge: Knowledge) -> Iterator[str]:
    """Yield names of countries that first mean two of them at once."""
    for name, entries in sorted(knowledge.names.entries.items()):
        firsts = {entry.id for entry in entries if entry.kind != "actor" and not entry.second}
        if len(firsts) > 1:
            yield f"{name} first means {' and '.join(sorted(firsts))}"


def clashes(knowledge: Knowledge) -> tuple[Clash, ...]:
    """Return the names that actors of one time share, by name."""
    bearers: dict[str, dict[str, Actor]] = {}
    for actor in knowledge.actors.values():
        for text in (actor.name, *actor.aliases):
            bearers.setdefault(name_key(text), {})[actor.id] = actor
    found = (_clash(name, tuple(actors.values())) for name, actors in sorted(bearers.items()))
    return tuple(clash for clash in found if clash is not None)


def _clash(name: str, actors: tuple[Actor, ...]) -> Clash | None:
    pairs = [pair for pair in combinations(actors, 2) if _meet(*pair)]
    if not pairs:
        return None
    met = sorted({actor.id for pair in pairs for actor in pair})
    apart = (what for what, trait in _TRAITS.items() if all(trait(a) != trait(b) for a, b in pairs))
    return Clash(name, tuple(met), next(apart, "nothing"))


def _meet(one: Actor, other: Actor) -> bool:
    """Return whether two actors held roles at one time; without roles they are of all times."""
    if not one.roles or not other.roles:
        return True
    return any(a.first <= b.last and b.first <= a.last for a in one.roles for b in other.roles)


def _sectors(actor: Actor) -> object:
    return frozenset(sector for role in actor.roles for sector in role.sectors)


# What tells bearers of a name apart, the surest first.
_TRAITS: dict[str, Callable[[Actor], object]] = {
    "country": lambda actor: actor.country,
    "kind": lambda actor: actor.kind,
    "sectors": _sectors,
    "full name": lambda actor: name_key(actor.name),
}


def clash_rows(found: Iterable[Clash]) -> str:
    """Return clashes as the YAML that is kept beside the actors."""
    return "".join(
        f'- {{name: "{clash.name}", actors: [{", ".join(clash.actors)}], apart: {clash.apart}}}\n'
        for clash in found
    )
