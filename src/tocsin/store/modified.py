"""When events last became what they are, as far as a store tells.

Events bear no time of their own. Yet the list of changes has them behind the articles and the
judgements that made them so.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.store import decisions
from tocsin.store.tables import article, change, coding


def modified(connection: Connection) -> dict[str, datetime]:
    """Return the time of the last coding or judgement before each event was last made.

    Events that are gone are among them, with what was last before they went.
    """
    judged = {
        made.id: max(made.time, *(back.redone or back.undone for back in made.reversals))
        if made.reversals else made.time
        for made in decisions.every(connection)
    }  # fmt: skip
    coded = sa.select(article.c.id, coding.c.coded).join_from(coding, article).subquery()
    query = (
        sa.select(change.c.kind, change.c.id, coded.c.coded)
        .outerjoin(coded, sa.and_(change.c.kind == "article", change.c.id == coded.c.id))
        .order_by(change.c.key)
    )
    found: dict[str, datetime] = {}
    last: datetime | None = None
    for row in connection.execute(query):
        if row.kind != "event":
            at = row.coded or judged.get(row.id)
            last = max(last or at, at) if at else last
        elif last is not None:
            found[row.id] = last
    return found
