"""How far the work has come: runs, issues, files read, feeds visited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from tocsin.base.ids import digest
from tocsin.records.feed import Entry, FeedState
from tocsin.records.issue import Issue
from tocsin.records.run import Run, State
from tocsin.store import pack
from tocsin.store.articles import FEW
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
    rows = connection.execute(query).mappings()
    return [Run(**{k: v for k, v in row.items() if k != "key"}) for row in rows]


def add_issues(connection: Connection, of: Run, found: Iterable[Issue]) -> int:
    """Keep issues, each once whichever run met it first; return how many are new."""
    rows = {_name(one): {"id": _name(one), "run": of.id, **pack.plain(one)} for one in found}
    if not rows:
        return 0
    query = sa.select(issue.c.id).where(issue.c.id.in_(list(rows)))
    had = {row.id for row in connection.execute(query)}
    new = [row for name, row in rows.items() if name not in had]
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
    fields = Issue.__struct_fields__
    rows = connection.execute(query).mappings()
    return [Issue(**{name: row[name] for name in fields}) for row in rows]


def shards(connection: Connection, places: Sequence[str]) -> dict[str, Shard]:
    """Return what is known of some files, by their places."""
    out: dict[str, Shard] = {}
    for at in range(0, len(places), FEW):
        query = sa.select(shard).where(shard.c.place.in_(places[at : at + FEW]))
        out |= {row["place"]: Shard(**row) for row in connection.execute(query).mappings()}
    return out


def mark(connection: Connection, at: Shard) -> None:
    """Keep how far a file was read."""
    connection.execute(sa.delete(shard).where(shard.c.place == at.place))
    values = {"place": at.place, "print": at.print, "taken": at.taken, "done": at.done}
    connection.execute(sa.insert(shard).values(**values))


def feeds(connection: Connection) -> dict[str, FeedState]:
    """Return every feed as it was when last visited, by its address."""
    rows = connection.execute(sa.select(feed.c.body).order_by(feed.c.url))
    states = (pack.unpacked(row.body, FeedState) for row in rows)
    return {state.url: state for state in states}


def set_feed(connection: Connection, state: FeedState) -> None:
    """Keep what a visit to a feed showed."""
    connection.execute(sa.delete(feed).where(feed.c.url == state.url))
    values = {
        "url": state.url, "source": state.source, "health": state.health, "due": state.due,
        "body": pack.packed(state),
    }  # fmt: skip
    connection.execute(sa.insert(feed).values(**values))


def entries(connection: Connection, url: str) -> dict[str, Entry]:
    """Return the entries that a feed ever listed, by their keys."""
    query = sa.select(entry.c.body).where(entry.c.feed == url)
    found = (pack.unpacked(row.body, Entry) for row in connection.execute(query))
    return {one.key: one for one in found}


def set_entries(connection: Connection, listed: Iterable[Entry]) -> None:
    """Keep what a feed says of its entries now."""
    for one in listed:
        mine = (entry.c.feed == one.feed) & (entry.c.entry == one.key)
        connection.execute(sa.delete(entry).where(mine))
        values = {"feed": one.feed, "entry": one.key, "body": pack.packed(one)}
        connection.execute(sa.insert(entry).values(**values))


def _name(one: Issue) -> str:
    return digest("issue", *(str(value) for value in pack.plain(one).values()))
