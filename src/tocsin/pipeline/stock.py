"""What a store holds, as analysts left it, read one by one for exports, releases and frames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.fusion.judgements import Settled
from tocsin.pipeline import threats, watching
from tocsin.pipeline.fusing import judges
from tocsin.records.article import Article, Byline
from tocsin.records.coded import Stamp
from tocsin.records.event import Event
from tocsin.records.judgement import Anchor
from tocsin.records.series import Series
from tocsin.records.threat import Threat
from tocsin.store import articles, codings, decisions, events, fusing
from tocsin.store.articles import few
from tocsin.store.codings import Reported
from tocsin.store.modified import modified
from tocsin.store.tables import article, coding, event
from tocsin.views.claim import Standing
from tocsin.views.records import Told
from tocsin.watch.series import counted

# Articles whose claims, and texts, are in memory together.
BATCH = 200


@dataclass(frozen=True)
class Stock:
    """A store that is open for reading, as it stands; `on` is the day threats are told of.

    What it yields comes in an order that stays while the store does. Claims that were rejected are
    left out, as they are from events, unless `rejected` is set. Threats are made in memory, and
    with them all events; everything else comes a batch at a time.
    """

    connection: Connection
    on: date
    rejected: bool = False

    @cached_property
    def settled(self) -> Settled:
        """What all judgements that stand come to."""
        return judges(self.connection).settled

    def claims(self) -> Iterator[Told]:
        """Yield the claims of articles that stand, in the order in which articles came."""
        for some in self._batches():
            names = [claim.id for one in some for claim in one.claims]
            members = events.members(self.connection, "claim", names)
            of = {one.claim: one.event for one in members}
            for one in some:
                for claim in one.claims:
                    standing = self._standing(claim.id)
                    if standing != "rejected" or self.rejected:
                        told = self.settled.claims.get(claim.id, claim)
                        yield Told(told, one.byline, of.get(claim.id), standing)

    def events(self) -> Iterator[Event]:
        """Yield events, those that were reported first first."""
        query = sa.select(event.c.id).order_by(event.c.first_reported, event.c.id)
        names = list(self.connection.execute(query).scalars())
        for some in few(names):
            held = events.load(self.connection, some)
            yield from (held[name] for name in some)

    def threats(self) -> Iterator[Threat]:
        """Yield the threads of the ledger, oldest first."""
        yield from threats.ledger(self.connection, self.on).threats

    def articles(self) -> Iterator[Byline]:
        """Yield articles that were coded, without their texts."""
        for some in self._batches():
            yield from (one.byline for one in some)

    def texts(self) -> Iterator[Article]:
        """Yield the same articles with their texts."""
        for some in self._batches():
            found = articles.load(self.connection, [one.byline.article for one in some])
            yield from (one.article for one in found)

    def series(self) -> Iterator[Series]:
        """Yield events by week, for every country, area and dyad, and every family."""
        yield from counted(watching.seen(self.connection, self.on), self.on).series()

    def modified(self) -> dict[str, datetime]:
        """Return when each event last became what it is, by a coding or a judgement."""
        return modified(self.connection)

    def withdrawn(self) -> Iterator[tuple[Anchor, Byline, tuple[datetime, ...]]]:
        """Yield the claims that were ever rejected, their articles, and when each time.

        The last time holds unless the claim is among `claims`.
        """
        times: dict[Anchor, list[datetime]] = defaultdict(list)
        for made in decisions.every(self.connection):
            if made.verdict == "reject" and made.anchor is not None:
                again = (back.redone for back in made.reversals if back.redone is not None)
                times[made.anchor] += (made.time, *again)
        found = fusing.bylines(self.connection, {one.article for one in times})
        for one, some in times.items():
            if one.article in found:
                yield one, found[one.article], tuple(sorted(some))

    def stamps(self) -> tuple[Stamp, ...]:
        """Return what the articles were coded by, each stamp once."""
        query = (
            sa.select(sa.func.min(article.c.id))
            .join(coding, coding.c.article == article.c.key)
            .where(coding.c.state == "done", article.c.state.in_(("live", "retracted")))
            .group_by(coding.c.stamp)
        )
        names = sorted(self.connection.execute(query).scalars())
        return tuple(one.stamp for one in codings.claimed(self.connection, names))

    def _batches(self) -> Iterator[list[Reported]]:
        stream = codings.stream(self.connection, size=BATCH)
        while some := list(islice(stream, BATCH)):
            yield some

    def _standing(self, claim: str) -> Standing:
        settled = self.settled
        if claim in settled.rejected:
            return "rejected"
        if claim in settled.claims:
            return "corrected"
        return "accepted" if claim in settled.accepted else "machine"


def last(connection: Connection) -> date | None:
    """Return the day of the last report that any event has; None where none has a day."""
    found = connection.execute(sa.select(sa.func.max(event.c.last_reported))).scalar()
    return None if found is None or found == date.min else found
