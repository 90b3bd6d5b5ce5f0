"""What assistants can ask of a store; every answer is bounded, and nothing is ever written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.engine import Connection

from tocsin.base.errors import StoreError
from tocsin.mcp import answers, bounds, shapes
from tocsin.mcp.bounds import called, said
from tocsin.mcp.doors import Doors
from tocsin.records.forecast import Forecast, Question
from tocsin.records.query import Order
from tocsin.store import codings, events, forecasts, listing, signals
from tocsin.store.listing import By
from tocsin.store.open import Store
from tocsin.views import article, claim, event, records, sources, threats
from tocsin.views.records import EventSearch, Search, Told
from tocsin.views.threats import GROUPS, Row

# Days of signals that are shown where nothing else is asked for.
LATELY = 30


@dataclass(frozen=True, slots=True)
class Tools:
    """The questions, each a method; all raise TocsinError with what is wrong with one.

    `opened` returns the doors, which are not opened before something is asked.
    """

    store: Store
    opened: Callable[[], Doors]

    @property
    def doors(self) -> Doors:
        """What is asked of other stages."""
        return self.opened()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self.store.read() as connection:
            yield connection

    def claims(self, query: str, order: Order, limit: int, after: str | None) -> answers.Claims:
        """Return a page of the claims that a search finds."""
        asked = Search(query=query, order=order, limit=limit, after=after)
        with self._read() as connection:
            corrected = self.doors.corrected(connection)
            page = records.claim_page(connection, asked, self.doors.clock(), corrected)
        return answers.Claims([shapes.told(one) for one in page.items], page.next)

    def events(self, query: str, order: By, limit: int, after: str | None) -> answers.Events:
        """Return a page of events, all of them or those whose claims a search finds."""
        asked = EventSearch(query=query, order=order, limit=limit, after=after)
        with self._read() as connection:
            page = records.event_page(connection, asked, self.doors.clock())
            held = events.load(connection, [one.id for one in page.items])
        return answers.Events([shapes.line(held[one.id]) for one in page.items], page.next)

    def event(self, name: str) -> answers.Event:
        """Return an event by its id, or the one that a claim is in."""
        with self._read() as connection:
            found = event.view(connection, name, self.doors.corrected(connection))
            if found is None:
                raise _nothing(name, "event", listing.events_called(connection, name))
            parts = self.doors.why(connection, found.event)
            rows = self._told(connection, found.event.claims[: bounds.MANY])
        lines = [line.words for line in parts[0].lines] if parts else []
        return shapes.event(found, rows, lines)

    def _told(self, connection: Connection, names: Sequence[str]) -> list[Told]:
        """Return claims that are there, in the order given, with where they were published."""
        held = codings.claims(connection, names)
        corrected = self.doors.corrected(connection)
        return records.told(connection, [held[one] for one in names if one in held], corrected)

    def claim(self, name: str) -> answers.Opened:
        """Return a claim with all its evidence."""
        with self._read() as connection:
            found = claim.view(connection, name, self.doors.corrected(connection))
            if found is None:
                raise _nothing(name, "claim", listing.claims_called(connection, name))
            (row,) = self._told(connection, [found.coded.id])
        return shapes.opened(found, row)

    def article(self, name: str, start: int) -> answers.Article:
        """Return an article's byline and its claims from one of them on."""
        with self._read() as connection:
            found = article.view(connection, name, self.doors.corrected(connection))
            if found is None:
                raise _nothing(name, "article", ())
            names = [one.glance.id for one in found.claims][start:]
            shown, more = bounds.some(names, bounds.PAGE)
            rows = self._told(connection, shown)
        of = found.article
        return answers.Article(
            id=of.id, title=called(of.title), outlet=called(of.outlet, "outlet unknown"),
            published=of.published.day if of.published else None, url=bounds.name(of.url),
            state=found.state, copied_from=bounds.name(found.parent),
            claims=[shapes.told(one) for one in rows], more=more,
        )  # fmt: skip

    def due(self, within: int, on: date | None) -> answers.Threats:
        """Return the threats that fall due within some days of one, and those overdue."""
        day = on or self.doors.latest(self.store)
        ledger = self.doors.ledger(self.store, day)
        groups = threats.rows(ledger, day).groups
        rows = [
            *(row for group in GROUPS[:1] + GROUPS[2:3] for row in groups.get(group, ())
              if row.deadline is not None and (row.deadline.start - day).days <= within),
            *groups.get("overdue", ()),
        ]  # fmt: skip
        kept, more = bounds.some(rows, bounds.MANY)
        return answers.Threats(day, self._rows(ledger, kept), more)

    def _rows(self, ledger: threats.Ledger, rows: Sequence[Row]) -> list[answers.Threat]:
        """Return rows of the ledger with the newest claim of each and its words."""
        said_by = {one.id: one.utterances for one in ledger.threats}
        newest = {row.id: [one.claim for one in said_by[row.id]][-bounds.SEVERAL :] for row in rows}
        with self._read() as connection:
            held = codings.claims(connection, [ids[-1] for ids in newest.values() if ids])
        out = []
        for row in rows:
            ids = newest[row.id]
            last = held.get(ids[-1]) if ids else None
            out.append(shapes.threat(row, ids, last.sentence.quote if last else None))
        return out

    def threat(self, name: str, on: date | None) -> answers.Thread:
        """Return a threat with all that was said of it and what may have come of it."""
        day = on or self.doors.latest(self.store)
        ledger = self.doors.ledger(self.store, day)
        begun = [one.id for one in ledger.threats if one.id.startswith(name)] if name else []
        with self._read() as connection:
            corrected = self.doors.corrected(connection)
            if len(begun) != 1:
                raise _nothing(name, f"threat in the ledger of {day}", begun[:5])
            found = threats.thread(connection, ledger, begun[0], day, corrected)
            assert found is not None  # noqa: S101 - it is in the ledger
            kept, more = bounds.some(found.threat.utterances[::-1], bounds.MANY)
            names = [one.claim for one in reversed(kept)]
            held = {one.claim.id: one for one in self._told(connection, names)}
        uttered = [
            answers.Uttered(
                one.does, one.day, shapes.told(held[one.claim]) if one.claim in held else None
            )
            for one in reversed(kept)
        ]
        maybe = [shapes.maybe(one) for one in found.proposals[: bounds.SEVERAL]]
        return answers.Thread(day, shapes.threat(found.row, names), uttered, maybe, more)

    def signals(self, since: date | None, kind: str | None, limit: int) -> answers.Signals:
        """Return the signals that the store keeps since a day."""
        first = since or self.doors.latest(self.store) - timedelta(days=LATELY)
        with self._read() as connection:
            found = signals.found(
                connection, since=since, kinds=[kind] if kind else (), limit=limit
            )
        note = "" if found else "the store keeps none; `tocsin watch --keep` makes them"
        recent = [one for one in found if since is not None or one.day >= first]
        if found and not recent:
            note = f"none since {first}; the last one kept is of {found[0].day}"
        return answers.Signals([
            answers.Signal(
                one.id, one.day, one.kind, called(one.unit), one.family, said(one.because),
                list(one.events[: bounds.SEVERAL]),
            )
            for one in recent
        ], note)  # fmt: skip

    def forecasts(self, limit: int) -> answers.Forecasts:
        """Return open questions with their last forecasts."""
        last: dict[str, tuple[Question, Forecast]] = {}
        with self._read() as connection:
            for asked, made in forecasts.answered(connection, state="open"):
                held = last.get(asked.id)
                if held is None or held[1].issued <= made.issued:
                    last[asked.id] = (asked, made)
        rows = sorted(last.values(), key=lambda pair: (pair[0].end, pair[0].id))
        kept, more = bounds.some(rows, limit)
        note = "" if rows else "the store keeps none; `tocsin forecast --issue` makes them"
        return answers.Forecasts([_foretold(*pair) for pair in kept], more, note)

    def sources(self) -> answers.Sources:
        """Return the outlets of the store and how they fared."""
        with self._read() as connection:
            rows = sources.view(connection).rows
        kept, more = bounds.some(rows, bounds.PAGE)
        return answers.Sources([shapes.source(row) for row in kept], more)


def _foretold(asked: Question, made: Forecast) -> answers.Forecast:
    return answers.Forecast(
        question=asked.id, text=said(asked.text), issued=made.issued, start=asked.start,
        end=asked.end, chance=made.chance, median=made.median,
        intervals=[shapes.interval(one.share, one.low, one.high) for one in made.intervals],
        because=said(made.because),
    )  # fmt: skip


def _nothing(name: str, kind: str, several: Sequence[str]) -> StoreError:
    """Return the error that nothing is called so, or too much."""
    if len(several) > 1:
        return StoreError(f"{name}: {', '.join(several)} begin so; give more of the id")
    return StoreError(f"{name}: there is no such {kind}; ids come from the searches")
