"""Lists of events, a page at a time: all of them in some order, or those that a search finds."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from tocsin.base.errors import QueryError
from tocsin.base.ids import number
from tocsin.records.query import Field, Query, every
from tocsin.store import events, pack, search
from tocsin.store.articles import FEW, few
from tocsin.store.search import Found
from tocsin.store.tables import claim, event, member

By = Literal["newest", "oldest", "reports", "killed"]
# How many records of a shortened name are told of, where it could be several.
SEVERAL = 5
# Claims looked at for each event that a page still lacks.
AHEAD = 4

_COLUMNS: Mapping[By, sa.Column[Any]] = {
    "newest": event.c.last_reported, "oldest": event.c.last_reported,
    "reports": event.c.reports, "killed": event.c.killed,
}  # fmt: skip
_SHORT = re.compile(r"(?:([a-z]+)-)?([0-9a-f]{1,16})")


class Line(Struct, frozen=True):
    """An event as a list shows it; `killed` is the number that is taken, where one is given."""

    id: str
    type: str
    title: str
    level: str
    first_reported: date | None
    last_reported: date | None
    reports: int
    articles: int
    copies: int
    independent: int
    disputed: bool
    killed: int | None


class Lines(NamedTuple):
    """Some events in order, and the cursor that the next page begins behind; None at the end."""

    lines: tuple[Line, ...]
    next: str | None


def lines(
    connection: Connection,
    *,
    by: By = "newest",
    level: str | None = None,
    after: str | None = None,
    limit: int = 20,
) -> Lines:
    """Return one page of all events; raise QueryError where its cursor is another list's.

    `newest` and `oldest` go by the day of the last report; `killed` leaves out events without a
    number of killed.
    """
    column = _COLUMNS[by]
    query = _LINES.where(column.is_not(None), *_of(level))
    if after is not None:
        query = query.where(_behind(column, by, *_read(after, by, level)))
    rising = by == "oldest"
    order = [part.asc() if rising else part.desc() for part in (column, event.c.key)]
    rows = connection.execute(query.order_by(*order).limit(limit + 1)).all()
    kept, more = rows[:limit], len(rows) > limit
    last = kept[-1] if more else None
    value = getattr(last, column.name) if last else None
    cursor = _cursor(by, level, value, last.key) if last else None
    return Lines(tuple(map(_line, kept)), cursor)


def count(connection: Connection, *, by: By = "newest", level: str | None = None) -> int:
    """Return how many events a list has, of one level or of all."""
    told = _COLUMNS[by].is_not(None)
    query = sa.select(sa.func.count()).select_from(event).where(told, *_of(level))
    return int(connection.execute(query).scalar_one())


def found(
    connection: Connection, query: Query, *, level: str | None = None, of_all: Found | None = None
) -> Lines:
    """Return the events of the claims that a search finds, by the first claim found of each.

    An event stands on one page alone. The cursor is the search's own, and `of_all` all that it
    finds, for whoever has that already.
    """
    out: dict[str, Line] = {}
    first: dict[str, str] = {}
    after = query.after
    while True:
        missing = query.limit - len(out)
        page = search.search(connection, replace(query, after=after, limit=AHEAD * missing), of_all)
        of = {one.claim: one.event for one in _members(connection, [h.id for h in page.hits])}
        known = set(first)
        for hit in page.hits:
            if hit.id in of:
                first.setdefault(of[hit.id], hit.id)
        fresh = first.keys() - known
        if query.after is not None:  # else nothing was found before this
            first.update(_firsts(connection, query, fresh))
        lines_ = {name: line for name, line in named(connection, fresh).items()
                  if level is None or line.level == level}  # fmt: skip
        for at, hit in enumerate(page.hits, 1):
            name = of.get(hit.id)
            if name in lines_ and first[name] == hit.id:
                out[name] = lines_[name]
                if len(out) == query.limit:
                    last = at == len(page.hits) and page.next is None
                    return Lines(tuple(out.values()), None if last else search.cursor(query, hit))
        after = page.next
        if after is None:
            return Lines(tuple(out.values()), None)


def named(connection: Connection, ids: Collection[str]) -> dict[str, Line]:
    """Return events by their ids, as a list shows them."""
    return {
        row.id: _line(row)
        for some in few(sorted(map(number, ids)))
        for row in connection.execute(_LINES.where(event.c.key.in_(some)))
    }


def disputes(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    """Return of disputed events among some how many of their values are disputed, by their ids."""
    query = sa.select(event.c.id, event.c.body).where(event.c.disputed)
    return {
        row.id: len(pack.unpacked(row.body, _Quarrels).disputes)
        for some in few(sorted(map(number, ids)))
        for row in connection.execute(query.where(event.c.key.in_(some)))
    }


class _Quarrels(Struct):
    """What an event's body says of disputes."""

    disputes: tuple[msgspec.Raw, ...] = ()


def of_claims(connection: Connection, claims: Collection[str]) -> dict[str, Line]:
    """Return the events of claims, by the claim."""
    of = {one.claim: one.event for one in _members(connection, claims)}
    known = named(connection, set(of.values()))
    return {name: known[of[name]] for name in of}


def events_called(connection: Connection, name: str) -> list[str]:
    """Return the events whose ids begin so, or that hold a claim whose id does; a few at most."""
    kind, span = _span(name)
    out: list[str] = []
    if span is not None and kind in (None, "event"):
        out += connection.execute(_few(event.c.id, event.c.key, span)).scalars()
    if span is not None and (kind == "claim" or (kind is None and not out)):
        holding = sa.select(event.c.id).join(member, member.c.event == event.c.key)
        query = holding.where(member.c.claim.between(*span)).distinct().limit(SEVERAL)
        out += connection.execute(query).scalars()
    return sorted(out)


def claims_called(connection: Connection, name: str) -> list[str]:
    """Return the claims whose ids begin so; a few at most."""
    match = _SHORT.fullmatch(name)
    if match is None or match[1] not in (None, "claim"):
        return []
    start = f"claim-{match[2]}"
    # Ids are hexadecimal, so that "g" comes behind all that begin so.
    query = sa.select(claim.c.id).where(claim.c.id >= start, claim.c.id < f"{start}g")
    return sorted(connection.execute(query.limit(SEVERAL)).scalars())


_LINES = sa.select(event.c.key, *(event.c[name] for name in Line.__struct_fields__))


def _line(row: Any) -> Line:  # noqa: ANN401 - SQLAlchemy's row
    shown = {name: getattr(row, name) for name in Line.__struct_fields__}
    for name in ("first_reported", "last_reported"):
        shown[name] = None if shown[name] == date.min else shown[name]
    return Line(**shown)


def _few(
    column: sa.Column[Any], key: sa.Column[Any], span: tuple[int, int]
) -> sa.Select[Any]:  # fmt: skip
    return sa.select(column).where(key.between(*span)).limit(SEVERAL)


def _span(name: str) -> tuple[str | None, tuple[int, int] | None]:
    """Return the kind that a shortened id names, and the keys of all that begin so."""
    match = _SHORT.fullmatch(name)
    if match is None:
        return None, None
    kind, digits = match[1], match[2]
    return kind, (number(digits.ljust(16, "0")), number(digits.ljust(16, "f")))


def _members(connection: Connection, claims: Collection[str]) -> Sequence[events.Member]:
    return events.members(connection, "claim", claims)


def _firsts(connection: Connection, query: Query, ids: Collection[str]) -> dict[str, str]:
    """Return of each event the first claim that a search finds, by the event."""
    held: dict[str, list[str]] = {}
    for one in events.members(connection, "event", ids):
        held.setdefault(one.event, []).append(one.claim)
    out: dict[str, str] = {}
    for lot in _lots(held):
        of = {claim: name for name in lot for claim in held[name]}
        where = every(query.where, Field("id", "in", tuple(sorted(of))))
        limit = 1 if len(lot) == 1 else len(of)
        page = search.search(connection, replace(query, where=where, after=None, limit=limit))
        for hit in page.hits:
            out.setdefault(of[hit.id], hit.id)
    return out


def _lots(held: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield events in lots of so many claims as one search asks for, none in two lots."""
    lot: list[str] = []
    size = 0
    for name, claims in held.items():
        if lot and size + len(claims) > FEW:
            yield lot
            lot, size = [], 0
        lot.append(name)
        size += len(claims)
    if lot:
        yield lot


def _of(level: str | None) -> list[sa.ColumnElement[bool]]:
    return [] if level is None else [event.c.level == level]


def _behind(
    column: sa.Column[Any], by: By, value: Any, key: int  # noqa: ANN401 - a day or a number
) -> sa.ColumnElement[bool]:  # fmt: skip
    if by == "oldest":
        return sa.or_(column > value, sa.and_(column == value, event.c.key > key))
    return sa.or_(column < value, sa.and_(column == value, event.c.key < key))


def _cursor(by: By, level: str | None, value: Any, key: int) -> str:  # noqa: ANN401 - as above
    body = msgspec.json.encode([by, level, value, key])
    return base64.urlsafe_b64encode(body).decode().rstrip("=")


def _read(after: str, by: By, level: str | None) -> tuple[date | int, int]:
    try:
        body = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4))
        order, of, value, key = msgspec.json.decode(
            body, type=tuple[str, str | None, str | int, int]
        )
        found = value if isinstance(value, int) else date.fromisoformat(value)
    except (ValueError, msgspec.DecodeError) as error:
        raise QueryError("that is no cursor; give the one a page ended with") from error
    if (order, of) != (by, level):
        raise QueryError("the cursor is of another list; begin again without it")
    return found, key
