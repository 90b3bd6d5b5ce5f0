"""`tocsin sources`: the registry of sources, a YAML file that people keep."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from tocsin.base.errors import InputError
from tocsin.cli import options
from tocsin.cli.target import Target
from tocsin.records.feed import FeedState
from tocsin.records.source import Source
from tocsin.sources import catalog, coverage, health, opml, vetting
from tocsin.store import marks
from tocsin.store.open import open_store

app = typer.Typer(help="Look after the registry of sources.", no_args_is_help=True)
FILE = Path("sources.yml")
File = Annotated[
    Path,
    typer.Option(
        "--sources", dir_okay=False, envvar="TOCSIN_SOURCES", help="The registry, a YAML file."
    ),
]


@app.command("list", epilog="Example: tocsin sources list --sources sources.yml")
def listed(file: File = FILE) -> None:
    """Show every source with its country, type, reliability and feeds."""
    console = Console(highlight=False)
    for source in catalog.load(file).sources:
        mark = "" if source.active else "  (not active)"
        about = " ".join(filter(None, (source.country, source.type, *source.languages)))
        line = f"{source.id}  {source.name}  [{about}]  {source.reliability}{mark}"
        console.print(line, markup=False)
        for feed in source.feeds:
            console.print(f"    {feed.kind}  {feed.url}", markup=False)


@app.command(
    "add", epilog='Example: tocsin sources add "Tessaly Wire" --feed https://wire.example/feed.xml'
)
def add(
    name: Annotated[str, typer.Argument(help="What the source is called.")],
    feed: Annotated[
        list[str] | None, typer.Option(help="Address of a feed; may be given several times.")
    ] = None,
    sitemap: Annotated[list[str] | None, typer.Option(help="Address of a news sitemap.")] = None,
    id: Annotated[str | None, typer.Option(help="Its id; else made of the name.")] = None,  # noqa: A002 - its name on the command line
    country: Annotated[str | None, typer.Option(help="ISO 3166-1 alpha-3, such as IRQ.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="ISO 639-1, such as en.")] = None,
    owner: Annotated[str | None, typer.Option(help="Who owns it.")] = None,
    kind: Annotated[str, typer.Option("--type", help="agency, daily, state, ngo ...")] = "other",
    panel: Annotated[list[str] | None, typer.Option(help="A fixed set it belongs to.")] = None,
    file: File = FILE,
) -> None:
    """Add a source; its reliability stays F until a person judges it in the file."""
    row = {
        "id": id or opml.slug(name), "name": name, "country": country, "owner": owner,
        "languages": language or [], "type": kind, "panels": panel or [],
        "feeds": [
            *({"url": url} for url in feed or ()),
            *({"url": url, "kind": "sitemap"} for url in sitemap or ()),
        ],
    }  # fmt: skip
    try:
        made = msgspec.convert(row, Source)
    except msgspec.ValidationError as error:
        raise typer.BadParameter(str(error)) from error
    catalog.add(file, [made])
    typer.echo(f"{file}: {made.id} added")


@app.command("remove", epilog="Example: tocsin sources remove tessaly-wire")
def remove(id: str, file: File = FILE) -> None:  # noqa: A002 - as people call it
    """Take a source out of the registry; its articles stay in the store."""
    catalog.remove(file, id)
    typer.echo(f"{file}: {id} removed")


@app.command("revive", epilog="Example: tocsin sources revive tessaly-wire --store iraq.db")
def revive(
    name: Annotated[str, typer.Argument(help="The source, by its id or name.")],
    feed: Annotated[
        str | None, typer.Argument(help="One of its feeds; without, all of them that are gone.")
    ] = None,
    store: options.Stored = options.STORE,
    file: File = FILE,
) -> None:
    """Ask feeds again that are gone (410), in the next run; say what they were, and why.

    Exit code 1 says that none of them was gone.
    """
    source = _named(file, name)
    urls = [one.url for one in source.feeds if feed in (None, one.url)]
    if not urls:
        known = ", ".join(one.url for one in source.feeds) or "none"
        raise InputError(f"{source.id} has no feed {feed or ''}; its feeds are: {known}")
    revived = 0
    with open_store(store, create=False) as opened, opened.write() as connection:
        states = marks.feeds(connection)
        for url in urls:
            state = states.get(url) or FeedState(url=url, source=source.id)
            typer.echo(_said(state))
            if state.health == "gone":
                marks.set_feed(connection, health.revive(state))
                revived += 1
    if not revived:
        raise typer.Exit(1)


def _named(file: Path, name: str) -> Source:
    """Return the source of an id or name."""
    listed = catalog.load(file)
    named = (one for one in listed.sources if one.name.casefold() == name.casefold())
    found = listed.get(name) or next(named, None)
    if found is None:
        raise InputError(f"{file}: no source {name!r}; `tocsin sources list` shows them all")
    return found


def _said(state: FeedState) -> str:
    """Return what a feed was, why, and what becomes of it."""
    if state.health != "gone":
        why = f" ({state.reason})" if state.reason else ""
        return f"{state.url}: not gone but {state.health}{why}; left as it is"
    since = f" since {state.since:%Y-%m-%d}" if state.since else ""
    why = state.reason.partition("; not visited again")[0]
    return f"{state.url}: gone{since}, {why}; the next run asks it again"


@app.command("check", epilog="Example: tocsin sources check --sources sources.yml")
def check(file: File = FILE) -> None:
    """Look for mistakes in the registry; exit code 1 where there are any."""
    found = vetting.check(catalog.load(file))
    for finding in found:
        typer.echo(str(finding))
    typer.echo(f"{file}: {len(found)} findings", err=True)
    if found:
        raise typer.Exit(1)


@app.command("import", epilog="Example: tocsin sources import feeds.opml --sources sources.yml")
def bring(
    opml_file: Annotated[Path, typer.Argument(metavar="OPML", exists=True, dir_okay=False)],
    file: File = FILE,
) -> None:
    """Add the feeds of an OPML file, as feed readers export them."""
    doubts: list[str] = []
    sources = opml.load(opml_file.read_bytes(), doubts)
    catalog.add(file, sources)
    typer.echo(f"{file}: {len(sources)} sources added")
    for doubt in doubts:
        typer.echo(f"{opml_file}: {doubt}; sources may be missing, export it again", err=True)
    if doubts:
        raise typer.Exit(1)


@app.command("export", epilog="Example: tocsin sources export --out feeds.opml")
def export(
    out: Annotated[Path | None, typer.Option("--out", "-o", dir_okay=False)] = None,
    file: File = FILE,
) -> None:
    """Write the feeds as OPML, for feed readers."""
    data = opml.dump(catalog.load(file).sources)
    if out is None:
        sys.stdout.write(data.decode())
    else:
        out.write_bytes(data)


@app.command("coverage", epilog="Example: tocsin sources coverage --out coverage.md")
def covered(
    out: Annotated[Path | None, typer.Option("--out", "-o", dir_okay=False)] = None,
    file: File = FILE,
) -> None:
    """Write a page of what the registry covers: by country, type, language, panel."""
    with Target(out) as stream:
        stream.write(coverage.coverage(catalog.load(file)))
