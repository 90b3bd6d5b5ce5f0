"""What the claims of an event give for its type, modes, people and outcome, by votes of origins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from tocsin.fusion.case import Case, grouped
from tocsin.fusion.mention import who
from tocsin.fusion.told import Told
from tocsin.records.claim import Claim, Modality, Participant
from tocsin.records.event import Held

Given = Callable[[Claim], Iterable[str]]
# From the most real to the least; what is asserted as actual outranks what may be.
REAL: tuple[Modality, ...] = (
    "actual", "possible", "future", "conditional", "requested", "negated",
)  # fmt: skip


def kind(case: Case) -> str:
    """Return the type that most origins give; among equals the one that was reported first."""
    return next(iter(_votes(case, case.standing, lambda claim: (claim.type,))))


def modes(case: Case, code: str) -> tuple[str, ...]:
    """Return the modes that at least half of the origins give which give any for this type."""
    rows = [row for row in case.standing if row.claim.type == code]
    return _borne_out(case, [row for row in rows if row.claim.modes], lambda claim: claim.modes)


def contexts(case: Case) -> tuple[str, ...]:
    """Return the contexts that at least half of the origins give which give any."""
    rows = [row for row in case.standing if row.claim.contexts]
    return _borne_out(case, rows, lambda claim: claim.contexts)


def modality(case: Case) -> Modality:
    """Return the most real modality that is asserted; negated where all deny."""
    given = {row.claim.modality for row in case.asserting} - {"negated"}
    return next((one for one in REAL if one in given), "negated")


def actors(case: Case) -> tuple[Held, ...]:
    """Return who does it, the best borne out first."""
    return _people(case, [(row, one) for row in case.standing for one in row.claim.actors])


def recipients(case: Case) -> tuple[Held, ...]:
    """Return whom it is done to, the best borne out first."""
    return _people(case, [(row, one) for row in case.standing for one in row.claim.recipients])


def outcomes(case: Case) -> tuple[Held, ...]:
    """Return what came of it, where claims say so."""
    groups = grouped(case.rows, lambda row: row.claim.outcome)
    found = [held(case, name, name, rows) for name, rows in groups.items()]
    return tuple(sorted(found, key=lambda one: -len(one.origins)))


def held(case: Case, value: str, name: str, rows: Sequence[Told]) -> Held:
    """Return a value with the claims and origins that give it."""
    claims = tuple(dict.fromkeys(row.claim.id for row in rows))
    return Held(value=value, name=name, claims=claims, origins=case.origins(rows))


class _Given(NamedTuple):
    """Somebody whom a claim names, with the words of the name."""

    row: Told
    one: Participant
    words: Sequence[str]


def _people(case: Case, given: Sequence[tuple[Told, Participant]]) -> tuple[Held, ...]:
    """Return participants; a name without an entity joins the one that has all its words."""
    groups: dict[str, list[_Given]] = {}
    fullest = [_Given(row, one, who(one).name.split()) for row, one in given]
    fullest.sort(key=lambda each: (each.one.entity is None, -len(each.words)))
    for each in fullest:
        groups.setdefault(_value(each, groups), []).append(each)
    place = {row.claim.id: at for at, row in enumerate(case.rows)}
    found = [_person(case, value, theirs, place) for value, theirs in groups.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.origins), place[one.claims[0]])))


def _person(case: Case, value: str, theirs: Sequence[_Given], place: dict[str, int]) -> Held:
    rows = sorted((each.row for each in theirs), key=lambda row: place[row.claim.id])
    first = theirs[0].one
    one = held(case, value, first.name, rows)
    return Held(
        value=value, name=one.name, claims=one.claims, origins=one.origins,
        country=first.country, sectors=first.sectors,
    )  # fmt: skip


def _value(given: _Given, groups: Mapping[str, Sequence[_Given]]) -> str:
    one, mine = given.one, set(given.words)
    if one.entity is not None:
        return one.entity
    for value, theirs in groups.items():
        country = theirs[0].one.country
        same = not one.country or not country or one.country == country
        if same and mine and mine.issubset(theirs[0].words):
            return value
    return " ".join(given.words)


def _votes(case: Case, rows: Sequence[Told], given: Given) -> list[str]:
    """Return values by how many origins give them, then by how many claims, then by order."""
    origins: dict[str, set[str]] = {}
    claims: Counter[str] = Counter()
    for row in rows:
        for value in given(row.claim):
            origins.setdefault(value, set()).add(case.report[row.claim.id].origin)
            claims[value] += 1
    first = {value: at for at, value in enumerate(origins)}
    return sorted(origins, key=lambda v: (-len(origins[v]), -claims[v], first[v]))


def _borne_out(case: Case, rows: Sequence[Told], given: Given) -> tuple[str, ...]:
    if not rows:
        return ()
    voters = len(case.origins(rows))
    kept = []
    for value in _votes(case, rows, given):
        backers = [row for row in rows if value in given(row.claim)]
        if 2 * len(case.origins(backers)) >= voters:
            kept.append(value)
    return tuple(sorted(kept))
