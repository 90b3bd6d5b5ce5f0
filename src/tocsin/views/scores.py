"""The scoreboard as pages and programs read it: how all that was foretold did, losses and voids."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from tocsin.records.forecast import Miss, Rule, Score

By = Literal["all", "stratum", "lead", "family", "unit", "issued", "start"]


class Wanted(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What scores are given by."""

    by: By = "stratum"


class Band(Struct, frozen=True):
    """Of chances between two bounds: how many, their mean, and the share that came true."""

    low: float
    high: float
    number: int
    said: float
    came: float


class Board(Struct, frozen=True):
    """Scores by question and group, reliability by question, the dearest misses, why voids are."""

    scores: tuple[Score, ...]
    reliability: dict[Rule, tuple[Band, ...]]
    misses: tuple[Miss, ...]
    voids: dict[str, int]


class Line(Struct, frozen=True):
    """A score beside that of the baseline, by the same rule: CRPS of counts, else Brier.

    The baseline of counts is conflictology, of chances always saying the group's own share; None
    where there is none. `lost` is whether it did better.
    """

    score: Score
    own: float | None
    plain: float | None
    lost: bool


class Group(Struct, frozen=True):
    """What one kind of question came to."""

    rule: Rule
    lines: tuple[Line, ...]
    bands: tuple[Band, ...]


class View(Struct, frozen=True):
    """The scoreboard; `due` is when the next open question can be settled."""

    by: By
    open: int
    resolved: int
    void: int
    due: date | None
    groups: tuple[Group, ...]
    misses: tuple[Miss, ...]
    voids: dict[str, int]


def view(by: By, board: Board, tally: dict[str, int], due: date | None) -> View:
    """Return the scoreboard."""
    rules = dict.fromkeys(one.rule for one in board.scores)
    return View(
        by=by, open=tally.get("open", 0), resolved=tally.get("resolved", 0),
        void=tally.get("void", 0), due=due, misses=board.misses, voids=board.voids,
        groups=tuple(
            Group(
                rule, tuple(line(one) for one in board.scores if one.rule == rule),
                board.reliability.get(rule, ()),
            )
            for rule in rules
        ),
    )  # fmt: skip


def line(one: Score) -> Line:
    """Return a score beside its baseline's, which the share that it saves tells."""
    own = one.crps if one.rule == "count" else one.brier
    plain = None
    if own is not None and one.skill is not None and one.skill < 1:
        plain = own / (1 - one.skill)
    return Line(one, own, plain, one.skill is not None and one.skill < 0)
