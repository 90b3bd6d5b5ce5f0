"""How far the work has come: runs, issues, files read, feeds visited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from tocsin.base.ids import digest
from tocsin.records.feed import Entry, FeedState
from tocsin.records.issue import Issue
from tocsin.records.run import Run, State
from tocsin.store import pack
from tocsin.store.articles import few
from tocsin.store.columns import bounded
from tocsin.store.tables import entry, feed, issue, run, shard


@dataclass(frozen=True, slots=True)
class Shard:
    """A file that articles are read from: what it looked like, how many are in, whether all are."""

    place: str
    print: str
    taken: int = 0
    done: bool = False


def begin(connection: Connection, verb: str, now: datetime) -> Run:
    """Add a run and return it; runs that never ended are marked as stopped."""
    dangling = run.c.state == "running"
    message = "it ended without a word: killed, or the machine went down"
    connection.execute(
        sa.update(run).where(dangling, run.c.verb == verb).values(state="stopped", message=message)
    )
    # Two may begin at the same moment.
    before = connection.execute(sa.select(sa.func.count()).select_from(run)).scalar_one()
    name = digest("run", verb, now.isoformat(), str(before))
    begun = Run(id=name, verb=verb, started=now)
    connection.execute(sa.insert(run).values(**pack.plain(begun)))
    return begun


def count(connection: Connection, of: Run, counts: Mapping[str, int]) -> Run:
    """Return the run with counts added to what the store has of it, kept there."""
    query = sa.select(run.c.counts).where(run.c.id == of.id)
    both = dict(connection.execute(query).scalar_one())
    for name, number in counts.items():
        both[name] = both.get(name, 0) + number
    connection.execute(sa.update(run).where(run.c.id == of.id).values(counts=both))
    return replace(of, counts=both)


def end(
    connection: Connection, of: Run, state: State, now: datetime, message: str | None = None
) -> Run:
    """Return the run as it ended, kept in the store."""
    values = {"state": state, "ended": now, "message": message}
    connection.execute(sa.update(run).where(run.c.id == of.id).values(**values))
    return replace(of, state=state, ended=now, message=message)


def runs(connection: Connection, limit: int = 20) -> list[Run]:
    """Return the last runs, the latest first."""
    query = sa.select(run).order_by(run.c.key.desc()).limit(limit)
    return [pack.record(row, Run) for row in connection.execute(query).mappings()]


def find(connection: Connection, name: str) -> Run | None:
    """Return a run by its id; None where there is none."""
    row = connection.execute(sa.select(run).where(run.c.id == name)).mappings().first()
    return pack.record(row, Run) if row else None


def add_issues(connection: Connection, of: Run, found: Iterable[Issue]) -> int:
    """Keep issues, each once whichever run met it first; return how many are new."""
    rows = {pack.name("issue", one): pack.plain(one) for one in found}
    had = {
        row.id
        for some in few(list(rows))
        for row in connection.execute(sa.select(issue.c.id).where(issue.c.id.in_(some)))
    }
    new = [{"id": name, "run": of.id, **row} for name, row in rows.items() if name not in had]
    if new:
        connection.execute(sa.insert(issue), new)
    return len(new)


def drop_issues(connection: Connection, articles: Sequence[str], stages: Sequence[str]) -> None:
    """Take out the issues that earlier codings of some articles had."""
    mine = issue.c.article.in_(list(articles)) & issue.c.stage.in_(list(stages))
    connection.execute(sa.delete(issue).where(mine))


def issues(
    connection: Connection, *, of: Run | None = None, severity: str | None = None
) -> list[Issue]:
    """Return issues in the order they were met, of one run or of all."""
    query = sa.select(issue).order_by(issue.c.key)
    if of is not None:
        query = query.where(issue.c.run == of.id)
    if severity is not None:
        query = query.where(issue.c.severity == severity)
    return [pack.record(row, Issue) for row in connection.execute(query).mappings()]


def shards(connection: Connection, places: Sequence[str]) -> dict[str, Shard]:
    """Return what is known of some files, by their places."""
    whole = {bounded(place): place for place in places}
    return {
        whole[row.place]: Shard(whole[row.place], row.print, row.taken, row.done)
        for some in few(places)
        for row in connection.execute(sa.select(shard).where(shard.c.place.in_(some)))
    }


def mark(connection: Connection, at: Shard) -> None:
    """Keep how far a file was read."""
    _keep(connection, shard, [asdict(at)])


def feeds(connection: Connection) -> dict[str, FeedState]:
    """Return every feed as it was when last visited, by its address."""
    rows = connection.execute(sa.select(feed.c.body).order_by(feed.c.url))
    states = (pack.unpacked(row.body, FeedState) for row in rows)
    return {state.url: state for state in states}


def set_feed(connection: Connection, state: FeedState) -> None:
    """Keep what a visit to a feed showed."""
    values = {
        "url": state.url, "source": state.source, "health": state.health, "due": state.due,
        "body": pack.packed(state),
    }  # fmt: skip
    _keep(connection, feed, [values])


def entries(connection: Connection, url: str) -> dict[str, Entry]:
    """Return the entries that a feed ever listed, by their keys."""
    query = sa.select(entry.c.body).where(entry.c.feed == url)
    found = (pack.unpacked(row.body, Entry) for row in connection.execute(query))
    return {one.key: one for one in found}


def set_entries(connection: Connection, listed: Iterable[Entry]) -> None:
    """Keep what a feed says of its entries now."""
    rows = [{"feed": one.feed, "entry": one.key, "body": pack.packed(one)} for one in listed]
    _keep(connection, entry, rows)


def _keep(connection: Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Write rows, each in place of the one that has its key."""
    if not rows:
        return
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    key = list(table.primary_key)
    others = {c.name: insert.excluded[c.name] for c in table.c if not c.primary_key}
    connection.execute(insert.on_conflict_do_update(index_elements=key, set_=others), rows)
