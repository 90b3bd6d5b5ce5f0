"""Pairs of rows of a table, and what several features need to know of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.fusion.rows import NEVER, Hashes, Numbers, People, Reals, Rows
from tocsin.fusion.table import Table

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Truths = NDArray[np.bool_]

# An event that a claim gives no day for is told on the day or up to so many days later.
LATE = 3
# Days of two reports may lie on two sides of midnight.
SLACK = 1
# Kilometres of a degree of latitude.
DEGREE = 111.2
ACTUAL, NEGATED, FUTURE, POSSIBLE, CONDITIONAL, REQUESTED = range(6)
# Mentions of different worlds are never of one event: what is, what may come, what is asked for.
# World 0, the possible, goes with each.
WORLDS = np.array([1, 1, 2, 0, 2, 3], np.int32)


class Pairs:
    """Pairs of rows: `a` and `b` are the rows, `one` and `two` the rows of their articles."""

    def __init__(self, table: Table, i: Numbers, j: Numbers) -> None:
        self.table, self.i, self.j = table, i, j
        self.a: Rows = table.rows[i]
        self.b: Rows = table.rows[j]

    def __len__(self) -> int:
        return len(self.i)

    @cached_property
    def together(self) -> Truths:
        """Whether both stand in one article."""
        return truths(self.a.article == self.b.article)

    @cached_property
    def actors(self) -> Sides:
        """How the actors compare."""
        return Sides(self.a.actors, self.b.actors)

    @cached_property
    def recipients(self) -> Sides:
        """How the recipients compare."""
        return Sides(self.a.recipients, self.b.recipients)

    @cached_property
    def dated(self) -> tuple[Truths, Truths]:
        """Whether each gives a day of its event."""
        return self.a.start != NEVER, self.b.start != NEVER

    @cached_property
    def reported(self) -> Truths:
        """Whether both articles have a day."""
        return truths((self.a.day != NEVER) & (self.b.day != NEVER))

    @cached_property
    def gap(self) -> Numbers:
        """Days between the events of both, 0 where they overlap; only where both are dated."""
        ends = self.a.end, self.b.end
        apart = np.maximum(
            self.b.start.astype(np.int64) - ends[0], self.a.start - ends[1].astype(np.int64)
        )
        return np.asarray(np.clip(apart, 0, 36_525), np.int32)

    @cached_property
    def words(self) -> Reals:
        """The cosine of the words of both sentences."""
        return dot(self.table.sentences, self.i, self.j)

    @cached_property
    def articles(self) -> Reals:
        """The cosine of the words of both articles."""
        return _by_article(self, self.table.articles)

    @cached_property
    def copied(self) -> Reals:
        """The part of the shorter article's shingles that stand in the other, by their sketches."""
        sketches = self.table.sketches
        sizes = np.diff(sketches.indptr)
        one, two = self.table.owner[self.i], self.table.owner[self.j]
        least = np.maximum(np.minimum(sizes[one], sizes[two]), 1)
        return reals(_by_article(self, sketches) / least)

    @cached_property
    def kilometres(self) -> Reals:
        """The distance between both places, along the sphere; NaN where one has no degrees."""
        rows = self.a, self.b
        north = [np.radians(row.latitude.astype(np.float64)) for row in rows]
        east = [np.radians(row.longitude.astype(np.float64)) for row in rows]
        across = np.sin((east[0] - east[1]) / 2) ** 2 * np.cos(north[0]) * np.cos(north[1])
        half = np.sqrt(np.sin((north[0] - north[1]) / 2) ** 2 + across)
        return reals(2 * np.degrees(np.arcsin(np.minimum(half, 1.0))) * DEGREE)


class Sides:
    """The participants of one role in both mentions of each pair."""

    def __init__(self, one: People, two: People) -> None:
        self.one, self.two = one, two

    @cached_property
    def matched(self) -> Truths:
        """Who of one side is who of the other."""
        return equal(self.one.who, self.two.who)

    @cached_property
    def given(self) -> Truths:
        """Whether both sides are told."""
        return truths((self.one.who[:, 0] != 0) & (self.two.who[:, 0] != 0))

    @cached_property
    def same(self) -> Truths:
        """Whether both share somebody."""
        return truths(self.matched.any(axis=(1, 2)))

    @cached_property
    def rarity(self) -> Reals:
        """How rare the name of the rarest of those is whom both share."""
        shared = self.matched.any(axis=2)
        return reals(np.where(shared, self.one.rarity, np.float32(0)).max(axis=1))

    @cached_property
    def alike(self) -> Truths:
        """Whether both have somebody of one country, of fitting sorts, and they share nobody."""
        lands = equal(self.one.country, self.two.country)
        sorts = self.one.sectors[:, :, None], self.two.sectors[:, None, :]
        fit = (sorts[0] == 0) | (sorts[1] == 0) | ((sorts[0] & sorts[1]) != 0)
        return truths((lands & fit).any(axis=(1, 2)) & ~self.same)

    @cached_property
    def foreign(self) -> Truths:
        """Whether everybody of both sides has a country, and they have none in common."""
        known = [
            ((side.who == 0) | (side.country != 0)).all(axis=1) for side in (self.one, self.two)
        ]
        lands = equal(self.one.country, self.two.country).any(axis=(1, 2))
        return truths(self.given & known[0] & known[1] & ~lands & ~self.same)


def truths(values: ArrayLike) -> Truths:
    """Return values as truths."""
    return np.asarray(values, np.bool_)


def reals(values: ArrayLike) -> Reals:
    """Return values as numbers."""
    return np.asarray(values, np.float32)


def equal(one: Hashes, two: Hashes) -> Truths:
    """Return which value of each row of one equals which of two; nothing equals nothing."""
    return truths((one[:, :, None] == two[:, None, :]) & (one != 0)[:, :, None])


def holds(rows: Hashes, values: Hashes) -> Truths:
    """Return whether each row has one of the values of the other, which may be several a row."""
    listed = values[:, None] if values.ndim == 1 else values
    out = np.zeros(len(rows), np.bool_)
    for place in range(listed.shape[1]):
        column = listed[:, place]
        out |= (column != 0) & (rows == column[:, None]).any(axis=1)
    return out


def dot(rows: csr_array, i: Numbers, j: Numbers) -> Reals:
    """Return the product of rows with rows."""
    return np.asarray(rows[i].multiply(rows[j]).sum(axis=1), np.float32).ravel()


def _by_article(pairs: Pairs, rows: csr_array) -> Reals:
    """Return the product of the articles of each pair, each two articles reckoned once."""
    one, two = pairs.table.owner[pairs.i], pairs.table.owner[pairs.j]
    low, high = np.minimum(one, two).astype(np.int64), np.maximum(one, two)
    count = len(pairs.table.sheets)
    unique, back = np.unique(low * count + high, return_inverse=True)
    found = dot(rows, (unique // count).astype(np.int32), (unique % count).astype(np.int32))
    return reals(found[back.ravel()])
