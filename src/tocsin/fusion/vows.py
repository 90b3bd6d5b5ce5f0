"""Threats, warnings, deadlines and promises in sentences where nobody is said to threaten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.fusion.clauses import OPEN, Clauses, Page, phrase, todo, wanted
from tocsin.fusion.clauses import condition as condition_of
from tocsin.fusion.cues import cues, named
from tocsin.fusion.deadlines import Due, find, matches
from tocsin.fusion.sides import known, likeness
from tocsin.fusion.sides import named as somebody
from tocsin.fusion.told import Told
from tocsin.fusion.uttered import ONE, Uttered, certainty, does, given, looks_back, onlooker
from tocsin.records.claim import Claim, Participant
from tocsin.records.evidence import Span
from tocsin.records.threat import ThreatKind


def vowing(row: Told, page: Page, event: str) -> Uttered | None:
    """Return the threat or the warning that a grave act is whose speaker ties it to a condition.

    "S said that it would attack if" is a threat by S; "S warned that Y would attack" is a warning
    of Y by S. What an outlet or an onlooker expects is neither.
    """
    claim = row.claim
    if claim.modality not in OPEN or claim.type not in cues().sets["grave"] or _gone(row):
        return None
    before = claim.sentence.quote[: claim.trigger.start - claim.sentence.start]
    if claim.attribution is None or cues().says("unsaid", before):
        return None
    speaker = somebody(claim.attribution.chain[-1:])
    if not known(speaker) or onlooker(speaker) or looks_back(row, None):
        return None
    alike = likeness(claim.actors, speaker).value
    mine = alike is not None and alike >= ONE
    span, polarity = condition_of(claim, ())
    if _idle(claim, speaker) or (span is not None and claim.trigger.overlaps(span)):
        return None
    if claim.modality == "conditional" and mine and span is not None:
        kind: ThreatKind = "compellent" if polarity in ("unless", "until") else "deterrent"
    elif alike == 0.0 and _warned(claim):
        kind = "warning"
    else:
        return None
    wide = Clauses(
        cost=claim.trigger, cost_claim=claim, cost_type=_cost(claim), condition=span,
        polarity=polarity,
    )  # fmt: skip
    return Uttered(
        told=row, event=event, kind=kind, does=does(claim, past=False), issuer=speaker,
        target=_aimed(claim, page, span, speaker), parts=wide,
        by=() if mine else somebody(claim.actors), certainty=certainty(claim), due=find(row),
    )  # fmt: skip


def limiting(rows: Sequence[Told], event_of: Mapping[str, str]) -> Uttered | None:
    """Return the ultimatum or the deadline that a sentence without a threat sets.

    A side that gives another one time sets an ultimatum; what an agreement sets, or nobody that is
    named, is a deadline of neither side.
    """
    text, start = rows[0].claim.sentence.quote, rows[0].claim.sentence.start
    if not any(sets for _, sets in matches(text)):
        return None
    due = next((found for row in rows if (found := find(row)) is not None and found.sets), None)
    if due is None or cues().says("mooted", text):
        return None
    demand = next((row for row in rows if _after(row.claim, due)), None)
    row = demand or rows[0]
    past = looks_back(row, due)
    agreed = cues().says("agreed", text[: due.quote.end - start]) is not None
    giver, target = given(rows, due, agreed=agreed)
    parts = _limit_parts(demand.claim if demand else None, rows[0].claim, due)
    if not (target or parts.demand):
        return None
    return Uttered(
        told=row, event=event_of[row.claim.id], kind="ultimatum" if giver else "deadline",
        does="extends" if cues().says("extended", text) else "recalls" if past else "restates",
        issuer=giver, target=target, parts=parts, due=due, founds=not past,
    )  # fmt: skip


def promising(row: Told, page: Page, event: str) -> Uttered | None:
    """Return the promise that a claim makes with a deadline; without one it is out."""
    claim = row.claim
    if claim.type != "AGREE" or claim.modality != "actual":
        return None
    if not cues().means("promises", claim.trigger.quote) or not known(claim.actors):
        return None
    due = find(row)
    if due is None or due.basis == "implicit" or looks_back(row, due):
        return None
    held = next((one for one in page.held.get(claim.id, ()) if one.modality == "future"), None)
    kind = named(cues().demands, held.type, held.modes) if held else None
    parts = Clauses(
        demand=held.trigger if held else None, demand_claim=held,
        demand_type=kind.name if kind else None,
    )  # fmt: skip
    return Uttered(
        told=row, event=event, kind="promise", does="restates", issuer=somebody(claim.actors),
        target=somebody(claim.recipients), parts=parts, due=due,
    )  # fmt: skip


def _gone(row: Told) -> bool:
    """Return whether a claim is of a day before its report."""
    given = row.claim.date
    return row.day is None or (given is not None and given.end is not None and given.end < row.day)


def _idle(claim: Claim, speaker: Sequence[Participant]) -> bool:
    """Return whether an act threatens nobody: troops sent for a friend, an attack by no army."""
    if claim.type == "MOBILIZE":
        return not claim.recipients
    return claim.type == "ASSAULT" and all(one.country in ("IGO", "NGO") for one in speaker)


def _warned(claim: Claim) -> bool:
    cue = claim.attribution.cue if claim.attribution else None
    return cue is not None and cue.quote.lower().startswith(("warn", "caution", "alert"))


def _cost(claim: Claim) -> str | None:
    kind = named(cues().costs, claim.type, claim.modes)
    return kind.name if kind else None


def _aimed(
    claim: Claim, page: Page, span: Span | None, speaker: Sequence[Participant]
) -> tuple[Participant, ...]:  # fmt: skip
    """Return who the threat is for: whoever would be hit, else whoever acts in the condition."""
    hit = [one for one in somebody(claim.recipients) if likeness([one], speaker).value != 1.0]
    if hit or span is None:
        return tuple(hit)
    acts = (one for one in page.beside(claim) if one.trigger.overlaps(span))
    return next((somebody(one.actors) for one in acts if somebody(one.actors)), ())


def _after(claim: Claim, due: Due) -> bool:
    """Return whether a claim is what there is time for: it stands at the end of the words."""
    near = due.quote.end - 25 <= claim.trigger.start <= due.quote.end + 40
    return near and claim.trigger.start >= due.quote.start and claim.modality in (
        "requested", "future",
    )  # fmt: skip


def _limit_parts(demand: Claim | None, claim: Claim, due: Due) -> Clauses:
    """Return what there is time for: a claim, else the words that follow."""
    if demand is not None:
        return Clauses(
            demand=phrase(demand, demand), demand_claim=demand, demand_type=wanted(demand)
        )
    return todo(claim, due.quote)
