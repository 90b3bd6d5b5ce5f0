"""`tocsin when`: which days the time expressions of a text mean, and why."""

from __future__ import annotations

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
) -> None:
    """Show which days each time expression of a text means, how exactly, and by which rule."""
    if not text.strip():
        raise InputError("the text is empty; expected a sentence or more: give it in quotes")
    day = options.day(published)
    anchor = datelines.dateline(text, day) or day
    sentences = [
        [text[a:b] for a, b in segment.words(text, *span)] for span in segment.sentences(text)
    ]
    console = Console(highlight=False, soft_wrap=True)
    found = 0
    for number, start, end, meaning in times.scan(
        sentences, anchor, tense=tense.value if tense else None
    ):
        found += 1
        console.print(line(times.joined(sentences[number][start:end]), meaning), markup=False)
    if not found:
        console.print("no time expressions", style="dim")


def line(words: str, meaning: times.Meaning) -> str:
    """Return an expression with its days, its precision and the reason, in one line."""
    days = "unresolved"
    if meaning.start or meaning.end:
        first, last = meaning.start or "..", meaning.end or ".."
        days = str(first) if first == last else f"{first}/{last}"
    return f"“{words}”  {days}  {meaning.precision or '?'}  {meaning.because}"
