"""Claims of one event that cannot both hold, by what they differ in; never settled here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.fusion import numbers, spans, spots
from tocsin.fusion.case import Case, grouped
from tocsin.fusion.houses import OFFICIAL
from tocsin.fusion.told import Told
from tocsin.fusion.values import held
from tocsin.fusion.words import folded
from tocsin.records.claim import Participant
from tocsin.records.event import TOLLS, Dispute, DisputeKind, Held

# Sectors that no one actor has together: a state's forces, and those that fight them.
_STATE = frozenset({"GOV", "MIL", "COP", "SPY"})
_ARMED = frozenset({"REB", "UAF"})


def disputes(case: Case) -> tuple[Dispute, ...]:
    """Return what the origins of an event disagree about, one dispute for each kind and slot."""
    found = [_occurrence(case), _responsibility(case)]
    # What one origin gives in two ways is no dispute.
    if len(case.traced.origins) > 1:
        found += [
            _people(case, "actor"), _people(case, "recipient"), _places(case), _times(case),
            _outcomes(case), *(_numbers(case, kind) for kind in TOLLS),
        ]  # fmt: skip
    return tuple(one for one in found if one is not None)


def _occurrence(case: Case) -> Dispute | None:
    """Return that some assert and some deny, if they do."""
    asserting = [row for row in case.asserting if row.byline.article not in case.fallen]
    asserting = asserting or list(case.asserting)
    denying = [
        row for row in case.rows
        if case.report[row.claim.id].stance == "denies" and not blamed(case, row)
    ]  # fmt: skip
    named = [row for row in case.asserting if row.claim.denied_by and not _itself(row)]
    several = len({*case.origins(denying), *case.origins(asserting)}) > 1
    if not named and not (denying and asserting and several):
        return None
    sides = (
        held(case, "happened", "it happened", asserting),
        held(case, "did not happen", "it did not happen", denying or named),
    )
    return _dispute("occurrence", "occurrence", sides, f"{_speakers(case, denying)} denies it")


def _responsibility(case: Case) -> Dispute | None:
    """Return that the one who is said to have done it denies it, or that two claim it."""
    denying = [
        row for row in case.rows
        if case.report[row.claim.id].stance == "denies" and blamed(case, row)
    ]  # fmt: skip
    asserting = list(case.asserting)
    if not denying or not asserting:
        return None
    accused = blamed(case, denying[0])
    name = accused.name if accused else "it"
    value = (accused.entity if accused else None) or folded(name)
    sides = (
        held(case, value, f"{name} did it", asserting),
        held(case, f"not {value}", f"{name} did not", denying),
    )
    return _dispute("actor", "responsibility", sides, f"{_speakers(case, denying)} denies it")


def blamed(case: Case, row: Told) -> Participant | None:
    """Return who is said to have done it, where the one who denies is, or speaks for, that one."""
    origin = case.origin[case.report[row.claim.id].origin]
    actors = [
        one
        for other in case.rows
        if case.report[other.claim.id].origin != origin.id
        for one in other.claim.actors
        if one.entity is not None
    ]
    for one in (*actors, *row.claim.actors):
        if one.entity is not None and one.entity == origin.entity:
            return one
        shared = set(one.sectors) & set(origin.sectors) & set(OFFICIAL)
        if one.country is not None and one.country == origin.country and shared:
            return one
    return None


def _people(case: Case, slot: DisputeKind) -> Dispute | None:
    """Return that origins name participants who cannot be the same."""
    rows = [row for row in case.standing if _known(row, slot)]
    # One claim for each origin and whom it names: many say the same.
    firsts = {_naming(case, row, slot): row for row in reversed(rows)}
    found = list(reversed(firsts.values()))
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            if case.apart([one], [other]) and not _meet(_known(one, slot), _known(other, slot)):
                sides = tuple(_side(case, slot, row, rows) for row in (one, other))
                names = " and ".join(side.name for side in sides)
                return _dispute(slot, slot, sides, f"{names} are named as {slot}")
    return None


def _naming(case: Case, row: Told, slot: str) -> tuple[str, ...]:
    return case.report[row.claim.id].origin, *(one.entity or "" for one in _known(row, slot))


def _side(case: Case, slot: str, row: Told, rows: Sequence[Told]) -> Held:
    first = _known(row, slot)[0]
    backers = [r for r in rows if any(one.entity == first.entity for one in _known(r, slot))]
    return held(case, first.entity or folded(first.name), first.name, backers)


def _known(row: Told, slot: str) -> list[Participant]:
    people = row.claim.actors if slot == "actor" else row.claim.recipients
    return [one for one in people if one.entity is not None]


def _meet(some: Iterable[Participant], others: Sequence[Participant]) -> bool:
    return any(compatible(one, other) for one in some for other in others)


def compatible(one: Participant, other: Participant) -> bool:
    """Return whether two participants may be one, or one a part of the other.

    An entity fits its own country; what has no entity or country fits anybody.
    """
    if one.entity is None or other.entity is None or one.entity == other.entity:
        return True
    if one.country is None or other.country is None:
        return True
    if one.country != other.country:
        return False
    a, b = set(one.sectors), set(other.sectors)
    return not ((a & _STATE and b & _ARMED) or (b & _STATE and a & _ARMED))


def _places(case: Case) -> Dispute | None:
    found = next(spots.against(case), None)
    if found is None:
        return None
    sides = tuple(
        held(case, folded(place.name), place.name, rows)
        for rows in found
        if (place := rows[0].claim.place) is not None
    )
    return _dispute("place", "place", sides, "neither place can hold the other")


def _times(case: Case) -> Dispute | None:
    found = next(spans.against(case), None)
    if found is None:
        return None
    sides = tuple(
        held(case, str(when.start), f"{when.start} to {when.end}", rows)
        for rows in found
        if (when := rows[0].claim.date) is not None
    )
    return _dispute("time", "days", sides, "the days do not meet")


def _outcomes(case: Case) -> Dispute | None:
    """Return that some say it was stopped and others that it did harm."""
    stopped = [row for row in case.rows if row.claim.outcome is not None]
    words = {row.claim.outcome for row in stopped}
    harmed = [row for row in case.asserting if _harmed(row) and row.claim.outcome is None]
    if not stopped or not harmed or not case.apart(stopped, harmed):
        return None
    name = ", ".join(sorted(word for word in words if word))
    sides = held(case, name, name, stopped), held(case, "harm", "it did harm", harmed)
    return _dispute("outcome", "outcome", sides, f"{name}, and yet people were hurt")


def _harmed(row: Told) -> bool:
    counts = [c for k in ("killed", "injured") if (c := numbers.count_of(row, k)) is not None]
    return any(count.low > 0 and not count.cumulative for count in counts)


def _numbers(case: Case, kind: str) -> Dispute | None:
    pairs = list(numbers.against(case, kind))
    if not pairs:
        return None
    rows = list({row.claim.id: row for pair in pairs for row in pair}.values())
    groups = grouped(rows, lambda row: numbers.shown(row, kind))
    sides = tuple(held(case, name, name, theirs) for name, theirs in groups.items())
    said = " against ".join(groups)
    return _dispute("numeric", kind, sides, f"{kind}: {said}")


def _itself(row: Told) -> bool:
    said = row.claim.attribution
    last = said.chain[-1] if said else None
    return last is not None and any(one.name == last.name for one in row.claim.denied_by)


def _speakers(case: Case, rows: Sequence[Told]) -> str:
    names = dict.fromkeys(case.origin[case.report[row.claim.id].origin].name for row in rows)
    return ", ".join(names) or "somebody"


def _dispute(kind: DisputeKind, slot: str, sides: Iterable[Held], because: str) -> Dispute:
    return Dispute(kind=kind, slot=slot, sides=tuple(sides), because=because)
