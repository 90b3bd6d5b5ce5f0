"""What a claim that threatens or asks is in the ledger: the table of FUSION.md, 1.2."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.fusion.clauses import Clauses, Page, clauses, todo
from tocsin.fusion.cues import cues
from tocsin.fusion.deadlines import Due, find
from tocsin.fusion.sides import known, likeness, named, state
from tocsin.fusion.told import Told
from tocsin.fusion.uttered import (
    ONE,
    Uttered,
    armed,
    certainty,
    does,
    given,
    issuer_of,
    looks_back,
    neutral,
    onlooker,
    others,
    people,
    points_at,
    resolved,
)
from tocsin.records.claim import Claim, Participant
from tocsin.records.threat import ThreatKind


def threatening(row: Told, page: Page, event: str) -> Uttered | None:
    """Return what a THREATEN claim says; None where it tells of a danger, a fear or a rule."""
    claim = row.claim
    if claim.modality not in ("actual", "negated", "conditional"):
        return None
    issuer = resolved(issuer_of(claim), claim, page)
    if onlooker(issuer):
        return None
    due, points = _moved(row), points_at(claim)
    parts = clauses(claim, page, issuer, due=due.quote if due else None, worded=True)
    if due is not None and due.sets and parts.demand is None:
        parts = todo(claim, due.quote, parts)
    past = looks_back(row, due)
    if due is None and (_danger(claim, parts, points=points) or _rule(claim)):
        return None
    by = others(parts.by, issuer, claim.trigger.quote)
    target = _target(claim, parts, issuer)
    if not issuer and due is not None and due.sets:
        issuer, inner = given(
            page.lines[claim.sentence.start, claim.sentence.end], due, agreed=False
        )
        target = target or inner
    kind = _kind(
        claim, parts, due=due, asked=_asked(claim, page, issuer, target), issuer=issuer,
        target=target, by=by,
    )  # fmt: skip
    return Uttered(
        told=row, event=event, kind=kind, does=does(claim, past=past),
        issuer=() if kind == "deadline" else issuer, target=target, parts=parts, by=by, due=due,
        certainty=certainty(claim), points=points,
        founds=not past and claim.modality != "negated" and (
            (_whole(kind, issuer, target, parts, due) and (due is not None or not points)
             and not _loose(claim, parts, by, target))
            or _vague(claim, issuer, target)
        ),
    )  # fmt: skip


def asking(row: Told, page: Page, event: str) -> Uttered | None:
    """Return what a REQUEST claim says: a demand, an ultimatum where a side sets a deadline.

    Without a deadline it only joins a thread that gives it a cost. An armed side that tells people
    to be elsewhere warns them.
    """
    claim = row.claim
    if claim.modality != "actual":
        return None
    issuer = resolved(issuer_of(claim), claim, page)
    if onlooker(issuer):
        return None
    target = tuple(one for one in named(claim.recipients) if not _mine(one, issuer))
    due = _limit(row, page)
    parts = clauses(claim, page, issuer, due=due.quote if due else None, worded=False)
    past = looks_back(row, due)
    away = _away(claim, parts, issuer, target)
    whole = due is not None and due.basis != "implicit" and known(issuer) and bool(target)
    kind: ThreatKind = "ultimatum" if whole and _side(issuer) else "demand"
    return Uttered(
        told=row, event=event, kind="civilian-warning" if away else kind,
        does=does(claim, past=past), issuer=issuer, target=target, parts=parts, due=due,
        founds=not past and (away or whole),
    )  # fmt: skip


def _kind(
    claim: Claim,
    parts: Clauses,
    *,
    due: Due | None,
    asked: Claim | None,
    issuer: Sequence[Participant],
    target: Sequence[Participant],
    by: Sequence[Participant],
) -> ThreatKind:
    """Return the kind of a threat: the first of the table that holds."""
    limit = cues().means("limits", claim.trigger.quote)
    rules: tuple[tuple[ThreatKind, bool], ...] = (
        ("warning", bool(by)),
        ("deadline", limit and not issuer),
        ("civilian-warning", _away(claim, parts, issuer, target)),
        ("compellent", parts.polarity in ("unless", "until")),
        ("deterrent", parts.forbidden or parts.polarity is not None),
        ("ultimatum", limit or due is not None),
        ("compellent", asked is not None or parts.demand is not None),
    )
    return next((kind for kind, holds in rules if holds), "unconditional")


def _target(
    claim: Claim, parts: Clauses, issuer: Sequence[Participant]
) -> tuple[Participant, ...]:  # fmt: skip
    """Return who is threatened: the recipients, else whoever is to act, else whom it would hit."""
    given = tuple(one for one in named(claim.recipients) if not _mine(one, issuer))
    if given:
        return given
    for part, side in (
        (parts.demand_claim, parts.demand_claim.actors if parts.demand_claim else ()),
        (parts.cost_claim, parts.cost_claim.recipients if parts.cost_claim else ()),
    ):
        found = [one for one in named(side) if likeness([one], issuer).value in (0.0, None)]
        if part is not None and found:
            return tuple(found)
    return ()


def _mine(one: Participant, issuer: Sequence[Participant]) -> bool:
    """Return whether somebody is of the issuer's own side."""
    return (likeness([one], issuer).value or 0.0) >= ONE


def _moved(row: Told) -> Due | None:
    """Return the deadline of a threat; one that is only talked of is none."""
    due = find(row)
    if due is not None and cues().means("limits", row.claim.trigger.quote):
        return None if cues().says("mooted", row.claim.sentence.quote) else due
    return due


def _danger(claim: Claim, parts: Clauses, *, points: bool) -> bool:
    """Return whether "threat" and "threaten" are said of a danger: nothing is announced."""
    if cues().means("warnings", claim.trigger.quote):
        return parts.cost_claim is None and parts.condition is None and _caused(claim)
    if not cues().means("threats", claim.trigger.quote) or _made(claim):
        return False
    after = claim.sentence.quote[claim.trigger.end - claim.sentence.start :]
    announced = after.lstrip().startswith(("to ", "of further", "of force")) or points
    return parts.condition is None and not (announced or parts.cost_claim or parts.cost)


def _caused(claim: Claim) -> bool:
    """Return whether what is warned of comes from something else than the one who warns."""
    after = claim.sentence.quote[claim.trigger.end - claim.sentence.start :]
    return cues().says("caused", after) is not None


def _made(claim: Claim) -> bool:
    """Return whether somebody makes a threat or a warning in so many words."""
    before = claim.sentence.quote[: claim.trigger.start - claim.sentence.start]
    return cues().means("nouns", claim.trigger.quote) and cues().says("made", before) is not None


def _rule(claim: Claim) -> bool:
    """Return whether a doctrine, treaty or law is told, which holds on any day."""
    return cues().says("standing", claim.sentence.quote) is not None


def _whole(
    kind: ThreatKind,
    issuer: Sequence[Participant],
    target: Sequence[Participant],
    parts: Clauses,
    due: Due | None,
) -> bool:
    """Return whether a claim says enough to begin a thread."""
    if kind == "deadline":
        return due is not None and bool(target or parts.demand)
    if not issuer and kind == "ultimatum":
        return due is not None and bool(target)
    if not known(issuer) or (kind == "unconditional" and _guessed(parts, issuer)):
        return False
    if kind not in ("warning", "ultimatum") and all(neutral(one) for one in issuer):
        return False
    aimed = bool(target) and (due is not None or parts.condition is not None)
    return aimed or parts.cost is not None or parts.demand is not None


def _loose(
    claim: Claim, parts: Clauses, by: Sequence[Participant], target: Sequence[Participant]
) -> bool:  # fmt: skip
    """Return whether a claim is too loose to begin a thread.

    It warns somebody of what that one does itself, or tells by no word of threatening what may be.
    """
    if parts.condition is None and by and (likeness(by, target).value or 0.0) >= ONE:
        return True
    trigger = claim.trigger.quote
    spoken = any(
        cues().means(name, trigger) for name in ("threats", "warnings", "vows", "orders", "nouns")
    )
    return not spoken and certainty(claim) == "may"


def _vague(claim: Claim, issuer: Sequence[Participant], target: Sequence[Participant]) -> bool:
    """Return whether a threat is made to somebody without a word of what is threatened."""
    return known(issuer) and bool(target) and _made(claim)


def _guessed(parts: Clauses, issuer: Sequence[Participant]) -> bool:
    """Return whether the cost is only possible, and nobody who could do it is said to.

    No organisation without arms carries out an attack that it warns of.
    """
    cost = parts.cost_claim
    if cost is None or cost.modality != "possible":
        return False
    bodies = all(one.country in ("IGO", "NGO") for one in issuer) and not armed(issuer)
    return not cost.actors or (bodies and cost.type == "ASSAULT")


def _asked(
    claim: Claim, page: Page, issuer: Sequence[Participant], target: Sequence[Participant]
) -> Claim | None:  # fmt: skip
    """Return what the same speaker asks of the same target in the sentence, if anything."""
    for one in page.beside(claim):
        if one.type == "REQUEST" and one.modality == "actual":
            mine = likeness(one.actors, issuer).value or 0.0
            theirs = likeness(one.recipients, target).value
            if mine >= ONE and (theirs is None or theirs >= ONE):
                return one
    return None


def _limit(row: Told, page: Page) -> Due | None:
    """Return the deadline of a request, or of what it asks for in another sentence."""
    held = (row, *(Told(one, row.byline) for one in page.held.get(row.claim.id, ())))
    return next((due for one in held if (due := find(one)) is not None), None)


def _side(issuer: Sequence[Participant]) -> bool:
    """Return whether a state or an armed group speaks, which can make a demand an ultimatum."""
    return armed(issuer) or any(state(one) for one in issuer)


def _away(
    claim: Claim, parts: Clauses, issuer: Sequence[Participant], target: Sequence[Participant]
) -> bool:  # fmt: skip
    """Return whether an armed side, or a foreign state, tells people to be elsewhere."""
    if not people(target) or not known(issuer):
        return False
    foreign = any(state(one) for one in issuer) and likeness(issuer, target).value == 0.0
    abroad = foreign and not {one.country for one in issuer} & {one.country for one in target}
    asked = parts.demand_claim is not None and "withdraw" in parts.demand_claim.modes
    after = claim.sentence.quote[claim.trigger.end - claim.sentence.start :]
    return (armed(issuer) or abroad) and (asked or cues().says("away", after) is not None)
