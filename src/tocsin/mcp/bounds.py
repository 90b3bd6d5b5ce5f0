"""How much of a text goes out, and what of it does not: an article may be written to mislead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from tocsin.explain.lines import cut

T = TypeVar("T")
QUOTE = 600  # characters of a sentence that is quoted
NAME = 200  # of a name, a title, a value
SAID = 2_000  # of an explanation
SEVERAL = 12  # values of a field, sides of a dispute, reports of an origin
MANY = 25  # claims, origins or threats of one answer
PAGE = 50  # records of a page, at most

# Characters that nobody sees: controls, direction overrides, no width, tags, variation selectors.
_HIDDEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)


def quote(words: str) -> str:
    """Return an article's words on one line, without hidden characters, the end of long ones cut.

    What was cut off is marked by " …".
    """
    return _short(words, QUOTE)


def name(words: str | None) -> str | None:
    """Return a name, a title or a value likewise, shorter."""
    return None if words is None else _short(words, NAME)


def called(words: str | None, otherwise: str = "") -> str:
    """Return a name likewise, or what stands for none."""
    return _short(words, NAME) if words else otherwise


def said(words: str) -> str:
    """Return an explanation likewise, longer."""
    return _short(words, SAID)


def some(items: Sequence[T], most: int) -> tuple[list[T], int]:
    """Return the first items, and how many more there are."""
    return list(items[:most]), max(len(items) - most, 0)


def _short(words: str, most: int) -> str:
    return cut(_HIDDEN.sub("", words), most)
