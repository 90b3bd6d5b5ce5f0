"""`tocsin explain`: why each claim of an article was coded."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from tocsin.base.errors import InputError
from tocsin.cli import options, table
from tocsin.cli.target import Target
from tocsin.explain.sentence import sentence
from tocsin.export import html
from tocsin.pipeline import run
from tocsin.records.article import Article
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue
from tocsin.sources import files


def command(
    path: str = typer.Argument(help="One article's file, or - for standard input."),
    page: Annotated[
        bool, typer.Option("--html", help="Make a page of it, which stands alone.")
    ] = False,
    reasons: Annotated[
        bool, typer.Option("--reasons", help="List every reason, instead of a sentence a claim.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", dir_okay=False, help="Write here, whole or not at all."),
    ] = None,
    doc: Annotated[
        str | None, typer.Option(help="Of a file with several articles, the one of this name.")
    ] = None,
    published: options.Published = None,
    outlet: options.Outlet = None,
    ontology: options.OntologyFolder = None,
    model: options.Model = None,
    config: options.Config = None,
    reader: options.Reader = options.ReaderKind.network,
    adjudicate: options.Adjudicate = False,
    endpoint: options.Address = None,
    endpoint_model: options.EndpointModel = None,
    endpoint_key_env: options.KeyVariable = None,
) -> None:
    """Say for one article why each claim was coded: the words, the hand, the score."""
    items = files.read(
        [path], outlet=outlet, published=options.day(published), stdin=sys.stdin.buffer
    )
    coder = run.open_coder(
        ontology_folder=ontology,
        model=model,
        config=config,
        endpoint=options.endpoint(reader, adjudicate, endpoint, endpoint_model, endpoint_key_env),
        adjudicate=adjudicate,
    )
    failed: list[Issue] = []
    articles = _articles(run.run(_named(items, doc), coder), failed)
    if page:
        one = _one(articles, path)
        if one is not None:
            with Target(out) as stream:
                stream.write(html.page(one))
    else:
        with Target(out) as stream:
            console = Console(file=stream, highlight=False)
            for coded in articles:
                show(coded, console, reasons=reasons)
    if failed:
        raise typer.Exit(1)


def _named(items: Iterable[Article | Issue], doc: str | None) -> Iterator[Article | Issue]:
    """Yield the articles of a name, all of them without one, and whatever went wrong."""
    found = doc is None
    for item in items:
        if isinstance(item, Issue) or doc in (None, item.doc):
            found = found or isinstance(item, Article)
            yield item
    if not found:
        raise InputError(f"no article is called {doc!r}; its `doc` is its name")


def _articles(results: Iterable[Coded | Issue], failed: list[Issue]) -> Iterator[Coded]:
    """Yield coded articles, issues told at once and errors kept."""
    for result in results:
        if isinstance(result, Coded):
            yield result
            continue
        line = f"{result.severity} {result.code}: {result.message}"
        Console(stderr=True).print(line, markup=False)
        if result.severity == "error":
            failed.append(result)


def _one(articles: Iterator[Coded], path: str) -> Coded | None:
    """Return the only article; none where it could not be read."""
    first = next(articles, None)
    if first is not None and next(articles, None) is not None:
        raise InputError(f"{path}: several articles; a page is of one, give its name with --doc")
    return first


def show(coded: Coded, console: Console, *, reasons: bool = False) -> None:
    """Print the claims of an article, each with its evidence and the sentence or list of why.

    Lines are wrapped for a terminal only: what a pipe takes them to has no width.
    """
    numbers = {c.id: k for k, c in enumerate(coded.claims, 1)}
    whole = not console.is_terminal
    for number, claim in enumerate(coded.claims, 1):
        console.print(table.headline(number, claim, numbers), soft_wrap=whole)
        console.print(table.evidence(claim), soft_wrap=whole)
        for line in because(claim) if reasons else [sentence(claim, numbers)]:
            text = Text(line, style="dim" if reasons else "")
            indented = Text("      ").append(text) if whole else Padding(text, (0, 0, 0, 6))
            console.print(indented, soft_wrap=whole)


def because(claim: Claim) -> list[str]:
    """Return one line for each reason behind a claim, and for each field that stays unknown."""
    lines = []
    for reason in claim.reasons:
        words = f"“{reason.span.quote}”: " if reason.span else ""
        lines.append(f"{reason.field} ({reason.hand}): {words}{reason.because}")
    for who in (*claim.actors, *claim.recipients):
        known = f"known as {who.entity}" if who.entity else "described by its words"
        lines.append(f"“{who.span.quote}” is {table.one(who)}: {who.unknown or known}")
    if claim.date and claim.date.start is None:
        lines.append(f"date: “{claim.date.span.quote}” stays unresolved")
    if claim.place and claim.place.unknown:
        lines.append(f"place: {claim.place.unknown}")
    return lines
