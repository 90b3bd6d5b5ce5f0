"""Mentions as columns."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from tests.mentions import BEIRUT, DAY, HEZBOLLAH, a_mention, a_table, sheets
from tocsin.fusion.rows import NEVER, Columns, padded
from tocsin.fusion.table import table


def test_no_mentions_make_an_empty_table() -> None:
    """Nothing in, nothing out."""
    assert len(table([])) == 0


def test_a_row_is_the_same_in_every_table() -> None:
    """Its columns do not depend on what stands before it."""
    mine = a_mention(where=BEIRUT, actors=(HEZBOLLAH,), modes=("aerial",), tolls={"killed": (3, 3)})
    other = a_mention("claim-2", "Police arrested nine in Goma", lemma="arrest", article="other")
    alone, last = a_table(mine).rows[:1], a_table(other, mine).rows[1:]
    for one, two in _columns(alone, last):
        np.testing.assert_array_equal(one, two)


def _columns(one: Columns, two: Columns) -> list[tuple[object, object]]:
    found: list[tuple[object, object]] = []
    for field in fields(one):
        values = getattr(one, field.name), getattr(two, field.name)
        found += _columns(*values) if isinstance(values[0], Columns) else [values]
    return found


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        (DAY, DAY + 2, (DAY, DAY + 2)), (DAY + 2, DAY, (DAY, DAY + 2)),
        (DAY, None, (NEVER, NEVER)), (None, DAY, (NEVER, NEVER)), (None, None, (NEVER, NEVER)),
    ],
)  # fmt: skip
def test_days_have_two_ends(start: int | None, end: int | None, kept: tuple[int, int]) -> None:
    """A time that lacks an end is no day, and one that ends before it starts is turned round."""
    rows = a_table(a_mention(start=start, end=end)).rows
    assert (rows.start[0], rows.end[0]) == kept


def test_words_stand_the_rarest_first() -> None:
    """Their weights fall, and the sentence is a row of length 1."""
    made = a_table(a_mention(said="The army shelled Qardaha and its hospital"))
    weights = made.rows.weights[0]
    assert list(weights) == sorted(weights, reverse=True)
    assert (made.sentences.multiply(made.sentences)).sum() == pytest.approx(1.0)


def test_a_sentence_without_content_is_empty() -> None:
    """It has no words, and nothing fails."""
    made = a_table(a_mention(said="So it was."), a_mention("claim-2", ""))
    assert made.sentences.sum() == 0.0


def test_sketches_are_kept_by_article() -> None:
    """Each article has a row with its hashes; one without a sketch has an empty row."""
    one, two = sheets([a_mention(), a_mention("claim-2", article="article-2")])
    with_sketch = type(one)(
        **{n: getattr(one, n) for n in one.__struct_fields__} | {"sketch": (5, 2**63)}
    )
    assert table([with_sketch, two]).sketches.sum(axis=1).tolist() == [2.0, 0.0]


def test_padded_rows_are_cut_and_filled() -> None:
    """Every row comes out as wide as it is told to."""
    assert padded([[1, 2, 3], [], [4]], 2, np.uint64).tolist() == [[1, 2], [0, 0], [4, 0]]
