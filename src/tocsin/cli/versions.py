"""`tocsin versions`: how an article changed, version by version, in words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from tocsin.cli import options
from tocsin.pipeline.history import Seen, history
from tocsin.sources import versions
from tocsin.store.open import open_store

# How pieces look: taken out, put in, and what stayed.
MARKS = {
    "-": ("[-", "-]", "red"), "+": ("{+", "+}", "green"), "=": ("", "", ""), "…": ("…", "", "dim"),
}  # fmt: skip


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE|URL",
            help="An article's id or address; its file, if it has no address.",
        ),
    ],
    store: options.Stored = options.STORE,
    beside: Annotated[int, typer.Option(min=0, help="Words shown on either side of a change.")] = 8,
    as_json: Annotated[
        bool, typer.Option("--json", help="An object a version, with every piece of its text.")
    ] = False,
) -> None:
    """Show the versions of an article: when each came in (UTC), what kind of change, which words.

    [-Words-] were taken out, {+words+} were put in; ¶ begins a line.
    """
    console = Console(highlight=False, soft_wrap=True)
    with open_store(store, create=False) as opened:
        chains = history(opened, name)
    for chain in chains:
        if not as_json:
            place = chain[0].version.chain.partition(" ")[2]
            number = f"{len(chain)} version{'s' * (len(chain) != 1)}"
            console.print(f"{place}  {number}", markup=False)
        for one in chain:
            if as_json:
                typer.echo(json.dumps(_row(one), ensure_ascii=False))
            else:
                _show(one, beside, console)


def _show(one: Seen, beside: int, console: Console) -> None:
    step, article = one.version, one.stored.article
    when = f"{one.came:%Y-%m-%d %H:%M}" if one.came else f"as version {one.like:<5}"
    words = "" if step.before is None else f"  +{step.added} -{step.removed} words"
    state = "" if one.stored.state == "live" else f"  [{one.stored.state}]"
    title = f"  {article.title}" if article.title else ""
    console.print()
    console.print(f"{step.number:>2}  {when}  {step.change}{words}{title}{state}", markup=False)
    console.print(f"    {step.article}", markup=False, style="dim")
    if step.notice:
        console.print(f"    says: {step.notice}", markup=False)
    for change in versions.changes(one.found, beside) if one.found else ():
        console.print(Text("    ") + _drawn(change))


def _drawn(change: Sequence[tuple[str, str]]) -> Text:
    """Return one change in one line, marked for eyes with and without colours."""
    out = Text()
    for sign, words in change:
        before, after, style = MARKS[sign]
        line = " ".join(re.sub(r"\s*\n\s*", " ¶ ", words).split())
        space = " " if out and (sign == "…" or words[:1].isspace()) else ""
        if line or sign == "…":
            out.append(space).append(f"{before}{line}{after}", style)
    return out


def _row(one: Seen) -> dict[str, object]:
    step, article = one.version, one.stored.article
    published = article.published.day.isoformat() if article.published else None
    return {
        "chain": step.chain,
        "number": step.number,
        "article": step.article,
        "before": step.before,
        "change": step.change,
        "notice": step.notice,
        "came": one.came.isoformat() if one.came else None,
        "like": one.like,
        "published": published,
        "state": one.stored.state,
        "title": article.title,
        "added": step.added,
        "removed": step.removed,
        "pieces": one.found.pieces if one.found else None,
    }
