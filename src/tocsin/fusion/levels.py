"""How well an event is borne out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from tocsin.fusion.case import Case
from tocsin.fusion.houses import independent
from tocsin.records.event import Dispute, Level
from tocsin.records.origin import Origin

# What leaves the event as it was: how many came, who was meant, which of two did it, where exactly.
MINOR = frozenset({"crowd", "actor", "recipient", "place"})


def level(case: Case, disputes: Iterable[Dispute]) -> Level:
    """Return how well an event is borne out; `disputes` are those that nobody has settled.

    Retracted: nobody asserts it any more but those who relay what was taken back. Disputed: an
    origin denies it, or gives what cannot be squared; how big a crowd was, who was meant and where
    exactly are no quarrel about the event. Then by houses of origins: corroborated from three on of
    which one is no side of the conflict, independent from two on; of one origin relayed where
    several outlets have it, else single.
    """
    asserting = [row for row in case.asserting if row.byline.article not in case.fallen]
    if not asserting and any(case.report[row.claim.id].stance == "retracts" for row in case.rows):
        return "retracted"
    outlets = {row.byline.outlet or row.byline.article for row in case.standing}
    return borne(backers(case), outlets, disputes)


def borne(
    backing: Sequence[Origin], outlets: Collection[str], disputes: Iterable[Dispute]
) -> Level:
    """Return how well an event is borne out that nobody took back, as `level` says."""
    if any(serious(one) for one in disputes):
        return "disputed"
    count = independent(backing)
    if count >= 3 and not all(origin.party for origin in backing):
        return "corroborated"
    if count >= 2:
        return "independent"
    return "relayed" if len(outlets) > 1 else "single origin"


def serious(dispute: Dispute) -> bool:
    """Return whether a dispute is about the event rather than about who was meant by it."""
    return dispute.slot not in MINOR


def backers(case: Case) -> Sequence[Origin]:
    """Return the origins that assert the event and have not taken it back."""
    return [case.origin[name] for name in case.origins(case.standing)]
