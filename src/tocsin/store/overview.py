"""How much of what a store holds."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.store.articles import count_waiting
from tocsin.store.tables import article, claim, coding, issue, judgement, raw, reading, statement


def tally(connection: Connection) -> dict[str, int]:
    """Return the numbers that a person asks for first, by what they count."""

    def rows(table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
        query = sa.select(sa.func.count()).select_from(table).where(*where)
        return int(connection.execute(query).scalar_one())

    states = {"live": 0, "old": 0, "retracted": 0, "forgotten": 0}
    query = sa.select(article.c.state, sa.func.count().label("number")).group_by(article.c.state)
    states |= {row.state: row.number for row in connection.execute(query)}
    return {
        "articles": states["live"],
        "older versions": states["old"],
        "retracted": states["retracted"],
        "forgotten": states["forgotten"],
        "coded": rows(coding, coding.c.state == "done"),
        "left out of coding": rows(coding, coding.c.state == "skipped"),
        "waiting": count_waiting(connection, None),
        "claims": rows(claim),
        "statements": rows(statement),
        "judgements": rows(judgement, judgement.c.undone.is_(None)),
        "issues": rows(issue),
        "kept originals": rows(raw, raw.c.body.is_not(None)),
        "kept readings": rows(reading),
    }


def live(connection: Connection) -> int:
    """Return how many articles are neither superseded, retracted nor forgotten."""
    query = sa.select(sa.func.count()).select_from(article).where(article.c.state == "live")
    return int(connection.execute(query).scalar_one())


def faults(connection: Connection) -> list[str]:
    """Return what is wrong with a store's file and with what points from one row to another."""
    if connection.dialect.name != "sqlite":
        return []
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check")]
    loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    told = [] if found == ["ok"] else found
    return [*told, *(f"{row[0]} {row[1]} points at a {row[2]} that is not there" for row in loose)]
