"""Claims of one event become the event: every value with its claims, every quarrel kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tocsin.base.errors import FusionError
from tocsin.fusion import values
from tocsin.fusion.case import Case, case
from tocsin.fusion.disputes import disputes
from tocsin.fusion.edges import edges
from tocsin.fusion.grades import best, graded
from tocsin.fusion.houses import independent
from tocsin.fusion.judged import NOTHING, Judged
from tocsin.fusion.levels import backers, level
from tocsin.fusion.origins import trace
from tocsin.fusion.spans import days
from tocsin.fusion.spots import spots
from tocsin.fusion.tallies import tallies
from tocsin.fusion.titles import title
from tocsin.fusion.told import Sources, Told, order
from tocsin.records.event import TOLLS, Event, Held, event_id
from tocsin.records.lineage import Copy


def merge(
    told: Sequence[Told],
    copies: Mapping[str, Copy],
    sources: Sources,
    judged: Judged = NOTHING,
) -> Event:
    """Return the event that claims are about.

    Rejected claims count for nothing and are left out; where all are rejected there is no event and
    FusionError is raised. What a person has chosen stands before what most origins say.
    """
    rows = sorted(told, key=order)
    kept = [row for row in rows if row.claim.id not in judged.rejected]
    if not kept:
        raise FusionError(
            f"all {len(rows)} claims are rejected; expected one that stands: leave the event out"
        )
    return _merged(case(kept, trace(kept, copies, sources)), rows[0].claim.id, judged)


def _merged(whole: Case, founder: str, judged: Judged) -> Event:
    """Return the event of claims that stand."""
    quarrels = disputes(whole)
    open_ones = [one for one in quarrels if judged.choice(founder, one.slot) is None]
    standing = level(whole, open_ones)
    reports = graded(whole, standing, open_ones)
    event = _valued(whole, founder, judged)
    return replace(
        event, level=standing, reports=reports, disputes=quarrels,
        edges=edges(whole, quarrels), credibility=best(reports, standing),
    )  # fmt: skip


def _valued(whole: Case, founder: str, judged: Judged) -> Event:
    """Return an event with its values; how well it is borne out comes later."""
    code = judged.choice(founder, "type") or values.kind(whole)
    modes, modality = values.modes(whole, code), values.modality(whole)
    actors, recipients = values.actors(whole), values.recipients(whole)
    found, when = spots(whole, judged.choice(founder, "place")), days(whole)
    reported = [row.day for row in whole.rows if row.day is not None]
    start, end = (when[0].start, when[0].end) if when else (None, None)
    place = next((spot for spot in found if spot.best), None)
    return Event(
        id=event_id(founder), type=code, modality=modality, level="single origin",
        reports=whole.traced.reports, origins=whole.traced.origins,
        independent=independent(backers(whole)),
        copies=sum(report.copy_of is not None for report in whole.traced.reports),
        articles=len({row.byline.article for row in whole.rows}),
        modes=modes, contexts=values.contexts(whole), actors=actors, recipients=recipients,
        places=found, days=when, start=start, end=end,
        first_reported=min(reported, default=None), last_reported=max(reported, default=None),
        outcomes=_outcomes(whole, judged.choice(founder, "outcome")),
        tallies=tallies(whole, _numbers(founder, judged)),
        title=title(
            code, modes, modality, days=(start, end), actors=actors, recipients=recipients,
            place=place,
        ),
    )  # fmt: skip


def _outcomes(whole: Case, chosen: str | None) -> tuple[Held, ...]:
    """Return the outcomes, the chosen one first."""
    return tuple(sorted(values.outcomes(whole), key=lambda one: one.value != chosen))


def _numbers(founder: str, judged: Judged) -> dict[str, int]:
    """Return the numbers that a person has settled on."""
    found = {kind: judged.choice(founder, kind) for kind in TOLLS}
    return {
        kind: int(value) for kind, value in found.items() if value is not None and value.isdigit()
    }
