"""Laws of matching: order and company of mentions do not matter, judgements are kept."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.mentions import BEIRUT, BUKAVU, CONGO, DAY, GOMA, HEZBOLLAH, ISRAEL, a_mention, sheets
from tocsin.fusion.block import candidates
from tocsin.fusion.cluster import clusters
from tocsin.fusion.features import matrix
from tocsin.fusion.match import probability
from tocsin.fusion.mention import Mention
from tocsin.fusion.pairs import WORLDS
from tocsin.fusion.table import Table, table

SAID = (
    "Warplanes struck a depot near Goma",
    "Jets bombed a depot outside Goma, killing three",
    "Hezbollah fired rockets at Haifa on Friday",
    "Rockets were fired at Haifa in 2013",
    "The minister met envoys in Beirut",
    "",
)
MENTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "said": st.sampled_from(SAID),
            "lemma": st.sampled_from(["strike", "bomb", "fire", "meet"]),
            "type": st.sampled_from(["ASSAULT", "COERCE", "CONSULT", ""]),
            "article": st.sampled_from(["one", "two", "three", "four"]),
            "modality": st.integers(0, 5),
            "where": st.sampled_from([None, GOMA, BUKAVU, BEIRUT, CONGO]),
            "actors": st.sampled_from([(), (ISRAEL,), (HEZBOLLAH,), (ISRAEL, HEZBOLLAH)]),
            "recipients": st.sampled_from([(), (ISRAEL,), (HEZBOLLAH,)]),
            "tolls": st.sampled_from([{}, {"killed": (3.0, 3.0)}, {"killed": (2.0, 9.0)}]),
            "start": st.none() | st.integers(DAY - 9, DAY),
            "at": st.tuples(st.integers(0, 900), st.just(1000)),
        }
    ),
    min_size=2,
    max_size=14,
)


def _mentions(known: list[dict[str, Any]]) -> list[Mention]:
    made = [
        a_mention(f"claim-{number:02}", **fields | {"end": fields["start"]})
        for number, fields in enumerate(known)
    ]
    return sorted(made, key=lambda one: (one.article, one.id))


def _parts(rows: Table) -> set[frozenset[str]]:
    """Return the names of each cluster's mentions."""
    i, j = candidates(rows)
    chances = probability(matrix(rows, i, j))
    made = clusters(len(rows), i, j, chances, worlds=WORLDS[rows.rows.modality])
    names = np.array([mention.id for mention in rows.mentions])
    return {frozenset(names[made == label].tolist()) for label in np.unique(made)}


@settings(max_examples=40, deadline=None)
@given(MENTIONS)
def test_the_order_of_articles_does_not_matter(known: list[dict[str, Any]]) -> None:
    """Pairs and their chances are the same, whichever way round the sheets stand."""
    made = sheets(_mentions(known))
    assert _chances(table(made)) == _chances(table(reversed(made)))


def _chances(rows: Table) -> dict[frozenset[str], float]:
    i, j = candidates(rows)
    names = [mention.id for mention in rows.mentions]
    chances = probability(matrix(rows, i, j)).tolist()
    told = zip(i.tolist(), j.tolist(), chances, strict=True)
    return {frozenset((names[a], names[b])): p for a, b, p in told}


@settings(max_examples=40, deadline=None)
@given(MENTIONS)
def test_a_pair_does_not_depend_on_others(known: list[dict[str, Any]]) -> None:
    """Two mentions have the same features alone as in any table."""
    mentions = _mentions(known)
    whole = table(sheets(mentions))
    first, last = whole.mentions[0], whole.mentions[-1]
    owners = {whole.sheets[0].article: whole.sheets[0], whole.sheets[-1].article: whole.sheets[-1]}
    small = table(owners.values())
    names = [mention.id for mention in small.mentions]
    there = matrix(whole, _row(0), _row(len(whole) - 1))
    here = matrix(small, _row(names.index(first.id)), _row(names.index(last.id)))
    np.testing.assert_array_equal(there, here)


@settings(max_examples=40, deadline=None)
@given(MENTIONS)
def test_unrelated_mentions_change_nothing(known: list[dict[str, Any]]) -> None:
    """What shares nothing with the rest leaves its partition as it was."""
    mentions = _mentions(known)
    far = [
        a_mention(
            f"far-{number}", "Nurses marched in Quito", lemma="march", type="PROTEST",
            article=f"zfar-{number}", start=DAY - 4000, end=DAY - 4000,
        )
        for number in range(3)
    ]  # fmt: skip
    before, after = _parts(table(sheets(mentions))), _parts(table(sheets([*mentions, *far])))
    assert before == {part for part in after if not any(name.startswith("far") for name in part)}


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, dict[tuple[int, int], float]]:
    """Return rows and the chances of some of their pairs."""
    count = draw(st.integers(2, 12))
    rows = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(rows, rows).filter(lambda p: p[0] < p[1]), unique=True))
    chances = st.floats(0.0, 1.0, width=32)
    return count, {pair: draw(chances) for pair in pairs}


def _clusters(
    count: int,
    pairs: dict[tuple[int, int], float],
    *,
    same: Sequence[tuple[int, int]] = (),
    different: Sequence[tuple[int, int]] = (),
) -> NDArray[np.int32]:
    ends = np.array([*pairs], np.int32).reshape(-1, 2)
    chances = np.array([*pairs.values()], np.float32)
    return clusters(count, ends[:, 0], ends[:, 1], chances, same=same, different=different)


@given(graphs(), st.data())
def test_judgements_are_kept(
    graph: tuple[int, dict[tuple[int, int], float]], data: st.DataObject
) -> None:
    """SAME is never split and DIFFERENT never merged, however likely."""
    count, pairs = graph
    rows = st.integers(0, count - 1)
    side = data.draw(st.lists(rows, min_size=count, max_size=count))
    listed = st.lists(st.tuples(rows, rows), max_size=6)
    same = [p for p in data.draw(listed) if side[p[0]] == side[p[1]]]
    different = [p for p in data.draw(listed) if side[p[0]] != side[p[1]]]
    made = _clusters(count, pairs, same=same, different=different)
    assert all(made[a] == made[b] for a, b in same)
    assert all(made[a] != made[b] for a, b in different)
    assert all(made[made[row]] == made[row] <= row for row in range(count))


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_pairs_does_not_matter(
    graph: tuple[int, dict[tuple[int, int], float]], random: Random
) -> None:
    """Pairs in any order make the same clusters."""
    count, pairs = graph
    shuffled = list(pairs.items())
    random.shuffle(shuffled)
    assert _clusters(count, pairs).tolist() == _clusters(count, dict(shuffled)).tolist()


@given(graphs(), graphs())
def test_components_do_not_touch(
    one: tuple[int, dict[tuple[int, int], float]], two: tuple[int, dict[tuple[int, int], float]]
) -> None:
    """Two graphs side by side fall apart as each does alone."""
    beside = {(a + one[0], b + one[0]): p for (a, b), p in two[1].items()}
    made = _clusters(one[0] + two[0], one[1] | beside).tolist()
    assert made[: one[0]] == _clusters(*one).tolist()
    assert [label - one[0] for label in made[one[0] :]] == _clusters(*two).tolist()


def _row(number: int) -> NDArray[np.int32]:
    return np.array([number], np.int32)
