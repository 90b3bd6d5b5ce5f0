"""JSON: one article, a list of them, or one a line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tocsin.records.issue import Issue
    from tocsin.sources.fields import Row, Spot


def document(text: str, spot: Spot) -> Iterator[tuple[Row, Spot] | Issue]:
    """Yield the rows of a JSON text with their places: an object, a list, or an object a line."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if begins_with_row(text):
            yield from lines(enumerate(text.split("\n"), 1), spot)
        else:
            yield spot.issue("bad-json", "error", _why(error))
        return
    if not isinstance(value, list):
        yield _row(value, spot)
        return
    if not value:
        yield spot.issue("empty-file", "error", "an empty list; expected articles")
    for number, item in enumerate(value, 1):
        yield _row(item, replace(spot, place=f"item {number}"))


def lines(numbered: Iterable[tuple[int, str]], spot: Spot) -> Iterator[tuple[Row, Spot] | Issue]:
    """Yield the rows of JSON lines with their line numbers; empty lines are passed over."""
    for number, line in numbered:
        if line.strip():
            yield line_row(line, replace(spot, place=f"line {number}"))


def line_row(line: str, spot: Spot) -> tuple[Row, Spot] | Issue:
    """Return the row of one line, or the issue that it is none."""
    try:
        return _row(json.loads(line), spot)
    except (ValueError, RecursionError) as error:
        message = _why(error).replace("line 1, ", "")  # the place says which line it is
        return spot.issue("bad-json", "error", message)


def begins_with_row(text: str) -> bool:
    """Return whether the first line with something on it is a JSON object by itself."""
    first = text.lstrip().partition("\n")[0]
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _row(value: object, spot: Spot) -> tuple[Row, Spot] | Issue:
    if isinstance(value, dict):
        return value, spot
    message = f"found a {type(value).__name__}; expected an object with `title` and `text`"
    return spot.issue("wrong-type", "error", message)


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        at = f"line {error.lineno}, column {error.colno}"
        return f"not JSON at {at}: {error.msg}; cut off or mistyped?"
    return f"not JSON that can be read ({type(error).__name__})"
