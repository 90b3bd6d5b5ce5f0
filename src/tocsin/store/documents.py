"""Articles by source and day, as exposure and silence need them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.text import fold
from tocsin.store import letters
from tocsin.store.articles import few
from tocsin.store.columns import bounded
from tocsin.store.tables import article


def sources(connection: Connection, of: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the id and the source of every article that is of some sources of the registry."""
    known = _known(connection)
    wanted = {name: source for name, source in known.items() if source in of}
    rows = sa.select(article.c.id, article.c.source, article.c.outlet_folded)
    for some in few(sorted(wanted)):
        names = article.c.source.in_(some) | article.c.outlet_folded.in_([*map(bounded, some)])
        for row in connection.execute(rows.where(names)):
            source = known.get(row.source) or known.get(row.outlet_folded)
            if source is not None and source in of:
                yield row.id, source


def published(connection: Connection) -> list[tuple[str, int, int]]:
    """Return how many articles each source published on which day, an ordinal, in that order.

    Later versions of an article and texts that were taken back do not count again. An article whose
    source the registry does not have goes under its outlet; one without either is left out.
    """
    known = _known(connection)
    by = (article.c.source, article.c.outlet, article.c.outlet_folded, article.c.reported)
    query = sa.select(*by, sa.func.count().label("number")).group_by(*by)
    found: Counter[tuple[str, int]] = Counter()
    for row in connection.execute(query.where(article.c.state.in_(("live", "forgotten")))):
        name = known.get(row.source) or known.get(row.outlet_folded) or row.source or row.outlet
        if name is not None:
            found[name, row.reported.toordinal()] += row.number
    return sorted((name, day, number) for (name, day), number in found.items())


def _known(connection: Connection) -> dict[str, str]:
    """Return the ids of the registry's sources by their ids and their folded names."""
    found: dict[str, str] = {}
    for one in letters.kept(connection):
        found.setdefault(fold(one.name), one.id)
        found[one.id] = one.id
    return found
