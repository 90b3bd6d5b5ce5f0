"""What came of a threat: what people confirmed, what its own claims say, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import get_args

from msgspec.structs import replace

from tocsin.fusion.judgements import found
from tocsin.fusion.lifecycle import GRACE
from tocsin.fusion.told import Told
from tocsin.records.judgement import Judgement
from tocsin.records.threat import (
    Candidate,
    IssuerDid,
    Outcome,
    Reading,
    TargetDid,
    Threat,
    Timing,
)

_ASKS = ("compellent", "ultimatum", "demand")
_DIDS = {"issuer": get_args(IssuerDid), "target": get_args(TargetDid)}
AXES = ("issuer", "target")
# Fields of a threat that a judgement may confirm.
FIELDS = (*AXES, "status")


def settled(
    threat: Threat,
    told: Mapping[str, Told],
    today: date,
    *,
    confirmed: Sequence[Judgement] = (),
    auto: float | None = None,
    grace: int = GRACE,
) -> Threat:
    """Return a threat with its outcome, as far as anybody or any rule has settled it.

    What people confirmed comes first, then candidates that score `auto` or more if that is asked
    for, then what the claims of the thread say: that it was taken back or given more time. Whoever
    threatened may be known to have done nothing; that nobody reported an act proves nothing.
    """
    made = [one for one in confirmed if _holds(one, threat, told, today)]
    chosen = {axis: _chosen(axis, threat, made, auto) for axis in AXES}
    outcome = Outcome(
        issuer=chosen["issuer"][0] or _own(threat),  # type: ignore[arg-type]
        target=chosen["target"][0] or "cannot tell",  # type: ignore[arg-type]
    )
    evidence = tuple(dict.fromkeys(name for axis in AXES for name in chosen[axis][2]))
    evidence = evidence or _saying(threat)
    timing = next((chosen[axis][1] for axis in AXES if chosen[axis][1]), None)
    outcome = replace(outcome, evidence=evidence, timing=timing or _now(threat, today, grace))
    outcome = replace(outcome, reading=reading(threat, outcome, today, grace=grace))
    void = any(one.field == "status" and one.after == "void" for one in made)
    return replace(
        threat, outcome=outcome, status="void" if void else threat.status,
        candidates=tuple(
            replace(one, confirmed=any(one.event in chosen[axis][2] and one.did == chosen[axis][0]
                                       and one.axis == axis for axis in AXES))
            for one in threat.candidates
        ),
    )  # fmt: skip


def reading(
    threat: Threat, outcome: Outcome, today: date, *, grace: int = GRACE
) -> Reading | None:  # fmt: skip
    """Return what the two axes come to together (FUSION.md, 1.4); most stay raw."""
    if threat.kind == "deterrent":
        absent = outcome.target == "forbidden act did not occur"
        return "not tested" if absent else None
    if threat.kind not in _ASKS:
        return None
    done = outcome.issuer in ("carried out as stated", "different cost", "lesser form")
    spared = outcome.issuer in ("not carried out", "withdrew")
    if outcome.target == "complied fully":
        return "conceded" if spared else None
    if outcome.target != "not":
        return None
    if done and outcome.issuer == "carried out as stated":
        return "stood firm"
    over = threat.deadline is None or today > threat.deadline.end + timedelta(grace)
    return "backed down so far" if outcome.issuer == "not carried out" and over else None


def _holds(made: Judgement, threat: Threat, told: Mapping[str, Told], today: date) -> bool:
    """Return whether a judgement is about a threat and rests on what was known by a day.

    Its anchor may be any claim of the thread, found again after the article was coded anew. One
    that names an event holds from the day of the event's first report, another from its own day.
    """
    if made.verdict != "confirm" or made.undone is not None or made.field not in FIELDS:
        return False
    names = {one.claim for one in threat.utterances}
    if made.target != threat.id and not _anchored(made, names, told):
        return False
    if made.beside is None:
        return made.time.date() <= today
    return any(one.event == made.other for one in threat.candidates) or _reported(made, told)


def _anchored(made: Judgement, names: set[str], told: Mapping[str, Told]) -> bool:
    """Return whether the anchor is one of the thread's claims, as they are coded now."""
    if made.anchor is None:
        return False
    rows = [told[name].claim for name in sorted(names) if name in told]
    return made.anchor.claim in names or found(made.anchor, rows, typed=False) is not None


def _reported(made: Judgement, told: Mapping[str, Told]) -> bool:
    """Return whether the article that a judgement's event is known by is among those told."""
    if made.beside is None:
        return False
    if made.beside.claim in told:
        return True
    return any(row.claim.article == made.beside.article for row in told.values())


def _chosen(
    axis: str, threat: Threat, made: Sequence[Judgement], auto: float | None
) -> tuple[str | None, Timing | None, tuple[str, ...]]:
    """Return what was done on an axis, when, and the events that show it."""
    mine = [one for one in made if one.field == axis and one.after in _DIDS[axis]]
    if mine:
        last = max(mine, key=lambda one: (one.time, one.id))
        events = tuple(one.other for one in mine if one.other and one.after == last.after)
        shown = next((one for one in threat.candidates if one.event in events), None)
        return str(last.after), shown.timing if shown else None, events
    if auto is None:
        return None, None, ()
    best = next((one for one in threat.candidates if one.axis == axis and one.score >= auto), None)
    return (best.did, best.timing, (best.event,)) if best else (None, None, ())


def _own(threat: Threat) -> IssuerDid:
    """Return what the claims of the thread say of the issuer: it took it back, or gave time."""
    does = [one.does for one in threat.utterances]
    if "withdraws" in does:
        return "withdrew"
    return "extended" if "extends" in does else "cannot tell"


def _saying(threat: Threat) -> tuple[str, ...]:
    """Return the events of the claims that take a threat back or give more time."""
    kept = [one.event for one in threat.utterances if one.does in ("withdraws", "extends")]
    return tuple(dict.fromkeys(kept))


def _now(threat: Threat, today: date, grace: int) -> Timing:
    """Return the time of an outcome that no event shows: open while it can still come."""
    if threat.deadline is None or today <= threat.deadline.end + timedelta(grace):
        return "still open"
    return "after"


def best(threat: Threat, axis: str) -> Candidate | None:
    """Return the likeliest outcome on an axis, if there is one."""
    return next((one for one in threat.candidates if one.axis == axis), None)
