"""`tocsin when`: which days the time expressions of a text mean, and why."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from tocsin.base.errors import InputError
from tocsin.cli import options
from tocsin.coding import datelines, times
from tocsin.language import segment


class Side(StrEnum):
    """Which way a text looks."""

    past = "past"
    future = "future"


def command(
    text: str = typer.Argument(help="A sentence or more, in quotes."),
    published: options.Published = None,
    tense: Annotated[
        Side | None,
        typer.Option(help="Which way all of it looks; without, the verbs near each decide."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Show which days each time expression of a text means, how exactly, and by which rule."""
    if not text.strip():
        raise InputError("the text is empty; expected a sentence or more: give it in quotes")
    day = options.day(published)
    anchor = datelines.dateline(text, day) or day
    offsets = [segment.words(text, *span) for span in segment.sentences(text)]
    sentences = [[text[a:b] for a, b in words] for words in offsets]
    found = [
        ((offsets[number][start][0], offsets[number][end - 1][1]), meaning)
        for number, start, end, meaning in times.scan(
            sentences, anchor, tense=tense.value if tense else None
        )
    ]
    if as_json:
        typer.echo(json.dumps(_report(text, day, found), ensure_ascii=False))
        return
    console = Console(highlight=False, soft_wrap=True)
    for (start, end), meaning in found:
        console.print(line(text[start:end], meaning), markup=False)
    if not found:
        console.print("no time expressions", style="dim")


def _report(
    text: str, day: date | None, found: list[tuple[tuple[int, int], times.Meaning]]
) -> dict[str, object]:
    return {
        "text": text,
        "published": day.isoformat() if day else None,
        "expressions": [
            {
                "span": [start, end],
                "text": text[start:end],
                "start": meaning.start.isoformat() if meaning.start else None,
                "end": meaning.end.isoformat() if meaning.end else None,
                "precision": meaning.precision,
                "because": meaning.because,
            }
            for (start, end), meaning in found
        ],
    }


def line(words: str, meaning: times.Meaning) -> str:
    """Return an expression with its days, its precision and the reason, in one line."""
    days = "unresolved"
    if meaning.start or meaning.end:
        first, last = meaning.start or "..", meaning.end or ".."
        days = str(first) if first == last else f"{first}/{last}"
    return f"“{words}”  {days}  {meaning.precision or '?'}  {meaning.because}"
