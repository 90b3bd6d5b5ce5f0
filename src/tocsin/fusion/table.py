"""Mentions as columns, so that millions of pairs are compared at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from tocsin.fusion.mention import Mention, Sheet
from tocsin.fusion.rarity import TERMS
from tocsin.fusion.rows import Hashes, Numbers, Reals, Rows, number, padded, rows

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True)
class Table:
    """One row a mention, in the order of the sheets and of their mentions."""

    sheets: tuple[Sheet, ...]
    mentions: tuple[Mention, ...]
    owner: Numbers
    rows: Rows
    terms: Hashes
    shares: Reals

    def __len__(self) -> int:
        return len(self.mentions)

    @cached_property
    def sentences(self) -> csr_array:
        """The words of each mention's sentence, of length 1 together; the columns are words."""
        return _matrix(self.rows.words, self.rows.weights)

    @cached_property
    def articles(self) -> csr_array:
        """The words of each article, of length 1 together."""
        return _matrix(self.terms, self.shares)

    @cached_property
    def sketches(self) -> csr_array:
        """Which shingles each article's sketch holds."""
        from scipy.sparse import csr_array  # noqa: PLC0415

        sizes = [len(sheet.sketch) for sheet in self.sheets]
        every = np.fromiter(chain.from_iterable(s.sketch for s in self.sheets), np.uint64)
        columns = np.unique(every, return_inverse=True)
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
        shape = (len(sizes), max(1, len(columns[0])))
        found = csr_array((np.ones(len(every), np.float32), columns[1], starts), shape=shape)
        found.sort_indices()
        return found


def table(sheets: Iterable[Sheet]) -> Table:
    """Return the mentions of articles as columns."""
    held = tuple(sheets)
    mentions = tuple(mention for sheet in held for mention in sheet.mentions)
    counts = [len(sheet.mentions) for sheet in held]
    terms = [sorted(sheet.terms.items(), key=lambda item: (-item[1], item[0])) for sheet in held]
    return Table(
        sheets=held,
        mentions=mentions,
        owner=np.repeat(np.arange(len(held), dtype=np.int32), counts),
        rows=rows(mentions, [sheet.day for sheet in held for _ in sheet.mentions]),
        terms=padded([[number(term) for term, _ in row] for row in terms], TERMS, np.uint64),
        shares=padded([[share for _, share in row] for row in terms], TERMS, np.float32),
    )


def _matrix(ids: Hashes, weights: Reals) -> csr_array:
    """Return rows of hashed words as a sparse matrix with rows of length 1.

    Columns follow the hashes, so that sums come out alike whatever else the table holds.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415

    used = ids != 0
    known, columns = np.unique(ids[used], return_inverse=True)
    length = np.sqrt((weights**2).sum(axis=1, keepdims=True, dtype=np.float64))
    scaled = (weights / np.where(length > 0, length, 1.0)).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(used.sum(axis=1))]).astype(np.int32)
    shape = (len(ids), max(1, len(known)))
    found = csr_array((scaled[used], columns.astype(np.int32), starts), shape=shape)
    found.sort_indices()
    return found
