"""Outlets by what they published, and how what they alone reported fared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.base.ids import named
from tocsin.store.tables import article, claim, event, member


class Outlet(Struct, frozen=True):
    """An outlet with how many articles, claims and versions that were replaced it has, and when."""

    name: str | None
    source: str | None
    articles: int
    replaced: int
    claims: int
    first: date | None
    last: date | None


def outlets(connection: Connection) -> list[Outlet]:
    """Return all outlets, those of most articles first."""
    live = article.c.state == "live"
    told = (
        sa.select(claim.c.article, sa.func.count().label("claims"))
        .group_by(claim.c.article)
        .subquery()
    )
    query = (
        sa.select(
            sa.func.min(article.c.outlet), sa.func.min(article.c.source),
            sa.func.sum(sa.case((live, 1), else_=0)).label("articles"),
            sa.func.sum(sa.case((live, 0), else_=1)),
            sa.func.coalesce(sa.func.sum(sa.case((live, told.c.claims), else_=0)), 0),
            sa.func.min(article.c.published), sa.func.max(article.c.published),
        )
        .outerjoin(told, told.c.article == article.c.key)
        .group_by(article.c.outlet_folded)
        .order_by(sa.desc("articles"), article.c.outlet_folded)
    )  # fmt: skip
    return [Outlet(*row) for row in connection.execute(query)]


def alone(connection: Connection) -> Mapping[str, set[str | None]]:
    """Return the outlets of each event that one origin alone bears out."""
    of = dict(_outlet_of(connection))
    query = (
        sa.select(event.c.id, member.c.article)
        .join(member, member.c.event == event.c.key)
        .where(event.c.independent < 2)
    )
    out: dict[str, set[str | None]] = {}
    for row in connection.execute(query):
        out.setdefault(row.id, set()).add(of.get(named("article", row.article)))
    return out


def shared(connection: Connection) -> list[str]:
    """Return the events that two origins or more bear out."""
    return list(connection.execute(sa.select(event.c.id).where(event.c.independent > 1)).scalars())


def _outlet_of(connection: Connection) -> list[tuple[str, str | None]]:
    query = sa.select(article.c.id, article.c.outlet)
    return [(row.id, row.outlet) for row in connection.execute(query)]
