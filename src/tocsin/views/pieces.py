"""A text in pieces, each with what it is to which claim: what a page draws and a program reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from tocsin.explain.marks import Role, marks
from tocsin.records.claim import Claim

# What a reader asks of a claim; the roles that answer it, the most telling first.
SLOTS: Mapping[Role, str] = {
    "trigger": "did", "actor": "who", "recipient": "whom", "speaker": "word", "cue": "word",
    "denier": "word", "condition": "condition", "deadline": "due", "date": "when", "place": "where",
    "count": "many", "counted": "many",
}  # fmt: skip
_BREAK = re.compile(r"\s*\n\s*")


class Sign(Struct, frozen=True):
    """What some characters are: a role, and the numbers of the claims that they have it in.

    `starts` is whether the piece that bears the sign is the first of its span.
    """

    role: Role
    slot: str
    claims: tuple[int, ...]
    start: int
    end: int
    starts: bool = True


class Piece(Struct, frozen=True, omit_defaults=True):
    """Characters of a text under the same signs, the narrowest sign first."""

    start: int
    text: str
    signs: tuple[Sign, ...] = ()
    # Claims whose trigger ends with this piece.
    ends: tuple[int, ...] = ()

    @property
    def claims(self) -> tuple[int, ...]:
        """The numbers of all claims that the piece belongs to."""
        return tuple(sorted({number for sign in self.signs for number in sign.claims}))


class Span(Struct, frozen=True, order=True):
    """A sign's characters before the text is cut."""

    start: int
    end: int
    role: Role
    claims: tuple[int, ...]


def spans(numbered: Iterable[tuple[int, Claim]]) -> list[Span]:
    """Return the spans of claims with their roles; one in the same role for several is one."""
    owners: dict[tuple[int, int, Role], set[int]] = {}
    for number, claim in numbered:
        for mark in marks(claim):
            owners.setdefault((mark.span.start, mark.span.end, mark.role), set()).add(number)
    return [Span(start, end, role, tuple(sorted(of))) for (start, end, role), of in owners.items()]


def pieces(text: str, found: Sequence[Span], start: int = 0, end: int | None = None) -> list[Piece]:
    """Return a text's characters from start to end, cut wherever a span begins or ends."""
    end = len(text) if end is None else end
    own = [one for one in found if one.start < end and start < one.end and one.start < one.end]
    bounds = {start, end, *(at for one in own for at in (one.start, one.end) if start < at < end)}
    return [_piece(text, own, at, after) for at, after in pairwise(sorted(bounds))]


def paragraphs(text: str, found: Sequence[Span]) -> Iterator[list[Piece]]:
    """Yield a text paragraph by paragraph, the line breaks between them left out."""
    at = 0
    for match in _BREAK.finditer(text):
        if match.start() > at:
            yield pieces(text, found, at, match.start())
        at = match.end()
    if at < len(text):
        yield pieces(text, found, at)


def _piece(text: str, own: Sequence[Span], at: int, after: int) -> Piece:
    over = sorted(
        (one for one in own if one.start <= at and after <= one.end),
        key=lambda one: (one.end - one.start, one.role != "trigger", one),
    )
    signs = tuple(
        Sign(one.role, SLOTS[one.role], one.claims, one.start, one.end, one.start == at)
        for one in over
    )
    ends = sorted(
        {n for one in over if one.role == "trigger" and one.end == after for n in one.claims}
    )
    return Piece(at, text[at:after], signs, tuple(ends))
