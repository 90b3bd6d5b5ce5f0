"""`tocsin search`: claims or articles that a sentence of the search language finds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy.engine import Connection

from tocsin.cli import options, table
from tocsin.records import wire
from tocsin.records.query import Order, Query
from tocsin.store import articles, codings, search, syntax
from tocsin.store.open import open_store


class Kind(StrEnum):
    """What is searched for."""

    claims = "claims"
    articles = "articles"


class Sort(StrEnum):
    """In which order hits come."""

    newest = "newest"
    oldest = "oldest"
    added = "added"


def command(
    words: Annotated[
        list[str],
        typer.Argument(help='Such as: type:THREATEN actor:ISR said_by:Al-Hadath "air strikes"'),
    ],
    store: options.Stored = options.STORE,
    kind: Annotated[Kind, typer.Option(help="What to find.")] = Kind.claims,
    order: Annotated[Sort, typer.Option(help="Which hits come first.")] = Sort.newest,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Hits a page.")] = 20,
    after: Annotated[str | None, typer.Option(help="The cursor that a page ended with.")] = None,
    json: Annotated[bool, typer.Option("--json", help="A record a line, as `code` does.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say how the database would answer, no more.")
    ] = False,
) -> None:
    """Find claims or articles. The language is in docs/search.md; mistakes show where they are."""
    node = syntax.parse(" ".join(words), today=datetime.now(UTC).date())
    sorted_: Order = order.value
    query = Query(where=node, kind=kind.value, order=sorted_, limit=limit, after=after)
    with open_store(store, create=False) as opened, opened.read() as connection:
        if explain:
            typer.echo("\n".join(search.explain(connection, query)))
            return
        page = search.search(connection, query)
        whole = page.next is None and after is None
        number, more = (len(page.hits), False) if whole else search.count(connection, query)
        ids = [hit.id for hit in page.hits]
        console = Console(highlight=False)
        if kind is Kind.articles:
            for stored in articles.load(connection, ids):
                _article(stored, console, json=json)
        else:
            _claims(connection, page.hits, console, json=json)
    told = f"{'more than ' if more else ''}{number:,} {kind.value}"
    sys.stderr.write(told + (f"; the next page: --after {page.next}\n" if page.next else "\n"))


def _article(stored: articles.Stored, console: Console, *, json: bool) -> None:
    if json:
        sys.stdout.write(wire.dump(stored.article).decode() + "\n")
        return
    found = stored.article
    day = found.published.day.isoformat() if found.published else "undated"
    mark = "" if stored.state == "live" else f"  [{stored.state}]"
    line = f"{day}  {found.outlet or '?'}  {found.title or found.doc}{mark}"
    console.print(line, markup=False, soft_wrap=True)
    console.print(f"    {found.id}  {found.url or ''}".rstrip(), markup=False, soft_wrap=True)


def _claims(
    connection: Connection, hits: Sequence[search.Hit], console: Console, *, json: bool
) -> None:
    found = codings.claims(connection, [hit.id for hit in hits])
    held = {s.article.id: s for s in articles.load(connection, [hit.article for hit in hits])}
    for number, hit in enumerate(hits, 1):
        if json:
            sys.stdout.write(wire.dump(found[hit.id]).decode() + "\n")
            continue
        stored = held[hit.article]
        day = hit.reported.isoformat() if hit.reported else "undated"
        mark = "" if stored.state == "live" else f"  [{stored.state}]"
        outlet = stored.article.outlet or "?"
        console.print(f"{day}  {outlet}  {stored.article.title}{mark}", markup=False)
        console.print(table.headline(number, found[hit.id], {}))
        console.print(table.evidence(found[hit.id]))
        console.print()
