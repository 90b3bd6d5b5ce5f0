"""Questions and forecasts in a store: asked, answered once a day, settled by their rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.errors import StoreError
from tocsin.records.forecast import Forecast, Question, State
from tocsin.store import pack
from tocsin.store.articles import few
from tocsin.store.foresight import forecast, question


def ask(connection: Connection, asked: Sequence[Question]) -> int:
    """Keep questions that are new; return how many were. What is asked again stays as it is."""
    held = _keys(connection, [one.id for one in asked])
    new = {one.id: one for one in asked if one.id not in held}
    if new:
        connection.execute(sa.insert(question), [_row(one) for one in new.values()])
    return len(new)


def issue(connection: Connection, made: Sequence[Forecast]) -> int:
    """Keep forecasts whose questions are kept; return how many were new.

    What was issued of a question on a day stands, whatever is said of it afterwards.
    """
    keys = _keys(connection, [one.question for one in made])
    missing = next((one.question for one in made if one.question not in keys), None)
    if missing is not None:
        raise StoreError(f"{missing} is not in the store; expected it to be asked before")
    held: set[str] = set()
    for some in few(sorted(one.id for one in made)):
        held.update(
            connection.execute(sa.select(forecast.c.id).where(forecast.c.id.in_(some))).scalars()
        )
    new = {one.id: one for one in made if one.id not in held}
    rows = [
        {
            "id": one.id, "question": keys[one.question], "issued": one.issued,
            "chance": one.chance, "body": pack.packed(one),
        }
        for one in new.values()
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(forecast), rows)
    return len(rows)


def settle(connection: Connection, settled: Sequence[Question]) -> None:
    """Write down what came of open questions, or why nobody can say; a settled one stays so."""
    for one in settled:
        there = sa.and_(question.c.id == one.id, question.c.state == "open")
        changed = connection.execute(
            sa.update(question).where(there).values(state=one.state, body=pack.packed(one))
        )
        if not changed.rowcount:
            raise StoreError(f"{one.id} is settled or not there; expected an open question")


def due(connection: Connection, day: date) -> list[Question]:
    """Return the open questions that can be settled on a day, the oldest first."""
    query = sa.select(question.c.body).where(question.c.state == "open", question.c.deadline <= day)
    rows = connection.execute(query.order_by(question.c.deadline, question.c.key)).scalars()
    return [pack.unpacked(body, Question) for body in rows]


def tally(connection: Connection) -> dict[State, int]:
    """Return how many questions are open, resolved and void."""
    query = sa.select(question.c.state, sa.func.count().label("number"))
    return {row.state: row.number for row in connection.execute(query.group_by(question.c.state))}


def days(connection: Connection, until: date) -> list[date]:
    """Return the days up to one on which forecasts were issued, the newest first."""
    query = sa.select(forecast.c.issued).where(forecast.c.issued <= until).distinct()
    return list(connection.execute(query.order_by(forecast.c.issued.desc())).scalars())


def issued(connection: Connection, day: date) -> Iterator[tuple[Question, Forecast]]:
    """Yield what was issued on a day with its questions, in the order of issue."""
    query = sa.select(question.c.body.label("asked"), forecast.c.body.label("said"))
    query = query.join(forecast, forecast.c.question == question.c.key)
    for row in connection.execute(query.where(forecast.c.issued == day).order_by(forecast.c.key)):
        yield pack.unpacked(row.asked, Question), pack.unpacked(row.said, Forecast)


def next_due(connection: Connection) -> date | None:
    """Return when the next open question can be settled; None where none is open."""
    query = sa.select(sa.func.min(question.c.deadline)).where(question.c.state == "open")
    found: date | None = connection.execute(query).scalar()
    return found


def answered(
    connection: Connection, state: State | None = None, about: str | None = None
) -> Iterator[tuple[Question, Forecast]]:
    """Yield questions with each of their forecasts, the oldest first.

    Of all, or of those in a state, about a series or a threat.
    """
    query = sa.select(question.c.body.label("asked"), forecast.c.body.label("said"))
    query = query.join(forecast, forecast.c.question == question.c.key)
    if state is not None:
        query = query.where(question.c.state == state)
    if about is not None:
        query = query.where(question.c.about == about)
    last: tuple[bytes, Question] | None = None
    for row in connection.execute(query.order_by(question.c.start, question.c.key, forecast.c.key)):
        if last is None or last[0] != row.asked:
            last = (row.asked, pack.unpacked(row.asked, Question))
        yield last[1], pack.unpacked(row.said, Forecast)


def _row(one: Question) -> dict[str, object]:
    return {
        "id": one.id, "rule": one.rule, "about": one.key.id if one.key else one.threat,
        "start": one.start, "end": one.end, "deadline": one.deadline, "state": one.state,
        "body": pack.packed(one),
    }  # fmt: skip


def _keys(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in few(sorted(set(ids))):
        query = sa.select(question.c.id, question.c.key).where(question.c.id.in_(some))
        found |= {row.id: row.key for row in connection.execute(query)}
    return found
