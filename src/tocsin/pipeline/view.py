"""An event with all that is needed to show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from tocsin.explain import event as explained
from tocsin.explain import why as reasons
from tocsin.explain.lines import Part
from tocsin.pipeline import why
from tocsin.pipeline.fusing import judges
from tocsin.records.article import Byline
from tocsin.records.claim import Claim
from tocsin.records.event import Event
from tocsin.store import called, codings, events, fusing, listing


@dataclass(frozen=True, slots=True)
class View:
    """An event, its claims as they were corrected, and the articles that they stand in.

    `bylines` has those that they were copied from as well, `elsewhere` what the claims of other
    events are that its own point to.
    """

    event: Event
    claims: Mapping[str, Claim]
    bylines: Mapping[str, Byline]
    elsewhere: Mapping[str, str]

    def parts(self) -> tuple[Part, ...]:
        """Return the event in words."""
        return explained.parts(self.event, self.claims, self.bylines, self.elsewhere)


def view(connection: Connection, name: str) -> View:
    """Return the event of an id, or of a claim's; raise StoreError where there is none."""
    one = events.load(connection, [called.event(connection, name)]).popitem()[1]
    corrected = judges(connection).settled.claims
    articles = {report.article for report in one.reports}
    articles |= {report.copy_of for report in one.reports if report.copy_of is not None}
    outside = {edge.other for edge in one.edges} - set(one.claims)
    return View(
        one,
        {
            claim: corrected.get(claim, coded)
            for claim, coded in codings.claims(connection, one.claims).items()
        },
        fusing.bylines(connection, articles),
        {
            claim: f"{claim} ({line.title}, {line.id})"
            for claim, line in listing.of_claims(connection, outside).items()
        },
    )


def because(connection: Connection, event: Event) -> tuple[Part, ...]:
    """Return in words why an event's claims are one event, and what was left out."""
    found = why.why(connection, event)
    near = codings.claims(connection, [apart.nearest.claim for apart in found.apart])
    return reasons.parts(found.merged, found.apart, explained.numbered(event), near)
