"""Which pairs of mentions are worth comparing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.mentions import BEIRUT, DAY, GOMA, HEZBOLLAH, ISRAEL, a_mention, a_table, sheets
from tocsin.fusion import block
from tocsin.fusion.block import candidates
from tocsin.fusion.keys import keys
from tocsin.fusion.mention import Mention
from tocsin.fusion.table import Table, table


def _pairs(rows: Table) -> list[tuple[int, int]]:
    i, j = candidates(rows)
    return list(zip(i.tolist(), j.tolist(), strict=True))


def _two(one: dict[str, Any], other: dict[str, Any]) -> Table:
    """Return two mentions of two articles, of nothing in common but what is told."""
    return a_table(
        a_mention("a", "Somebody said so", article="first", **one),
        a_mention("b", "Others heard of it", article="second", **other),
    )


def test_an_empty_table_has_no_pairs() -> None:
    """Nothing in, nothing out."""
    assert _pairs(table([])) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"where": GOMA}, {"where": GOMA}),
        ({"where": GOMA, "lemma": "strike"}, {"where": GOMA, "lemma": "bombard"}),
        ({"actors": (HEZBOLLAH,)}, {"actors": (HEZBOLLAH,)}),
        ({"actors": (HEZBOLLAH,), "recipients": (ISRAEL,)},
         {"actors": (ISRAEL,), "recipients": (HEZBOLLAH,)}),
        ({"tolls": {"killed": (47, 47)}}, {"tolls": {"killed": (47, 47)}}),
    ],
)  # fmt: skip
def test_mentions_that_share_two_things_meet(one: dict[str, Any], other: dict[str, Any]) -> None:
    """A place and a type, an actor and a word, two countries and a word, a number and a type."""
    assert _pairs(_two(one, other)) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"where": GOMA}, {"where": BEIRUT}),
        ({"actors": (HEZBOLLAH,)}, {"actors": (HEZBOLLAH,), "lemma": "talk", "type": "CONSULT"}),
        ({"where": GOMA}, {"where": GOMA, "start": DAY - 400, "end": DAY - 399}),
        ({"where": GOMA}, {"where": GOMA, "modality": 5}),
        ({"tolls": {"killed": (1, 1)}}, {"tolls": {"killed": (1, 1)}}),
    ],
)  # fmt: skip
def test_mentions_that_share_less_do_not_meet(one: dict[str, Any], other: dict[str, Any]) -> None:
    """One popular value, another time, another world, or a number that anything has."""
    assert _pairs(_two(one, other)) == []


def test_a_sentence_told_again_years_later_meets_the_first() -> None:
    """The same rare words meet whatever the day."""
    said = "Gunmen killed the mayor of Qardaha near Kfarshouba"
    first, second = sheets([a_mention("a", said), a_mention("b", said, article="article-2")])
    later = type(second)(
        **{n: getattr(second, n) for n in second.__struct_fields__} | {"day": DAY + 900}
    )
    assert _pairs(table([first, later])) == [(0, 1)]


def test_articles_without_a_day_meet() -> None:
    """Those without any day share one time."""
    mentions = [a_mention("a", where=GOMA), a_mention("b", where=GOMA, article="article-2")]
    assert _pairs(a_table(*mentions, day=None)) == [(0, 1)]


def test_only_pairs_with_a_new_row_are_asked_for() -> None:
    """With `new`, pairs of two old rows are left out; the rest is the same."""
    rows = a_table(*(a_mention(f"c{k}", where=GOMA, article=f"a{k}") for k in range(4)))
    new = np.array([False, False, False, True])
    i, j = candidates(rows, new)
    assert list(zip(i.tolist(), j.tolist(), strict=True)) == [(0, 3), (1, 3), (2, 3)]
    assert len(_pairs(rows)) == 6


def test_a_crowd_makes_no_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of more mentions than are popular is left out."""
    rows = a_table(*(a_mention(f"c{k}", where=GOMA, article=f"a{k}") for k in range(6)))
    monkeypatch.setattr(block, "POPULAR", 5)
    assert _pairs(rows) == []


def test_keys_depend_on_the_mention_alone() -> None:
    """The keys of a row are the same in every table, so that they can be kept."""
    mine = a_mention(where=BEIRUT, actors=(HEZBOLLAH,), recipients=(ISRAEL,))
    other: Mention = a_mention("b", "Nine died in Goma", lemma="die", article="other")
    alone = set(keys(a_table(mine))[1].tolist())
    rows, names = keys(a_table(other, mine))
    assert set(names[rows == 1].tolist()) == alone
