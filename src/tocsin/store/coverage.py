"""How many articles outlets have on which days."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.store.tables import article

_LIVE = article.c.state == "live"


class Span(NamedTuple):
    """An outlet by the name that it is found by: its name, its source, its days, its articles."""

    folded: str | None
    name: str | None
    source: str | None
    first: date | None
    last: date | None
    articles: int
    undated: int


class Count(NamedTuple):
    """How many articles an outlet has on a day."""

    folded: str | None
    day: date
    articles: int


def spans(connection: Connection) -> list[Span]:
    """Return every outlet; articles that were replaced or retracted count for none."""
    dated = sa.case((article.c.published.is_(None), 1), else_=0)
    query = (
        sa.select(
            article.c.outlet_folded, sa.func.min(article.c.outlet), sa.func.min(article.c.source),
            sa.func.min(article.c.published), sa.func.max(article.c.published), sa.func.count(),
            sa.func.sum(dated),
        )
        .where(_LIVE)
        .group_by(article.c.outlet_folded)
        .order_by(article.c.outlet_folded)
    )  # fmt: skip
    return [Span(*row) for row in connection.execute(query)]


def counts(connection: Connection, start: date, end: date) -> list[Count]:
    """Return how many articles each outlet has on days from one to another, where it has any."""
    query = (
        sa.select(article.c.outlet_folded, article.c.published, sa.func.count())
        .where(_LIVE, article.c.published.between(start, end))
        .group_by(article.c.outlet_folded, article.c.published)
    )
    return [Count(*row) for row in connection.execute(query)]
