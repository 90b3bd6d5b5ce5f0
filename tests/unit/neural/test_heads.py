"""Heads: what an artefact of two columns a head says about made-up outputs."""

from __future__ import annotations

from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike

from tocsin.neural import heads
from tocsin.neural.artefact import Artefact

LABELS = {
    "upos": ("NOUN", "VERB"),
    "rel": ("nsubj", "root"),
    "type": ("O", "I", "AID", "ASSAULT"),
    "mode": ("ASSAULT:aerial", "ASSAULT:drone"),
    "modality": ("actual", "future"),
    "outcome": ("none", "foiled"),
    "role": ("actor", "recipient"),
}
SIZES = {"upos": 2, "type": 4} | dict.fromkeys(
    ("arc_dep", "arc_head", "rel_dep", "rel_head", "event", "word"), 2
)
LAYOUT = dict(zip(SIZES, pairwise(accumulate(SIZES.values(), initial=0)), strict=True))
BIAS = 2
OUTSIDE = 5  # how far a word without a vector is outside of every role
# An event vector (1, 0) is a claim's content, (0, 1) a claim that may hold another.
CONTENT, HOLDER = (1.0, 0.0), (0.0, 1.0)


def _pairs() -> dict[str, heads.Floats]:
    """Return weights in which each word of a vector switches one label on."""
    role = np.zeros((3, 6, 3), dtype=np.float32)
    role[BIAS, ::3, BIAS] = OUTSIDE  # A word is outside of every role, but
    role[BIAS, 1 * 3 + 1, 0] = 10  # a word (1, 0) begins the recipient of every trigger,
    role[BIAS, 1 * 3 + 2, 1] = 10  # a word (0, 1) goes on with it.
    parent = np.zeros((3, 1, 3), dtype=np.float32)
    parent[BIAS, 0, BIAS], parent[0, 0, 1] = -5, 10
    rel = np.zeros((3, 2, 3), dtype=np.float32)
    rel[0, 0, 1], rel[BIAS, 1, BIAS] = 1, 0.5
    tables = {
        "modality.weight": [[0, 0], [8, 0]],
        "modality.bias": [4, 0],
        "mode.weight": [[8, 8], [0, 0]],
        "mode.bias": [-4, -4],
        "outcome.weight": [[0, 0], [0, 0]],
        "outcome.bias": [3, 0],
        "arc": [[1, 0], [0, 1]],
        "arc_bias": [0, 1],
    }
    small = {k: np.array(v, dtype=np.float32) for k, v in tables.items()}
    return small | {"role": role, "parent": parent, "rel": rel}


TINY = Artefact(
    lemmas={}, name="tiny", folder=Path(), digest="0", labels=LABELS, layout=LAYOUT, pairs=_pairs()
)


def _outputs(words: int, **parts: ArrayLike) -> heads.Floats:
    """Return outputs of so many words, nought but for the given parts; untyped words are O."""
    out = np.zeros((words, sum(SIZES.values())), dtype=np.float32)
    out[:, LAYOUT["type"][0]] = 9
    for name, values in parts.items():
        start, end = LAYOUT[name]
        out[:, start:end] = values
    return out


OUT, IN, AID, ASSAULT = 9 * np.eye(4, dtype=np.float32)


def test_chances() -> None:
    """Chances sum to one and stay finite at logits that would overflow."""
    found = heads.softmax(np.array([[1000, 0], [-1000, -1000]], dtype=np.float32))
    assert found.tolist() == [[1, 0], [0.5, 0.5]]
    single = heads.sigmoid(np.array([-1000, 0, 1000], dtype=np.float32))
    assert single.tolist() == [0, 0.5, 1]
    assert single.dtype == np.float32


def test_arcs() -> None:
    """An arc's score is the dependent, weighted and shifted, times the head."""
    out = _outputs(2, arc_dep=[[1, 0], [0, 2]], arc_head=[[3, 0], [0, 5]])
    assert heads.arcs(TINY, out).tolist() == [[3, 5], [0, 15]]


def test_relations() -> None:
    """A relation is read off a word and its head together; the root is its own head."""
    out = _outputs(3, rel_dep=[[1, 0]] * 3, rel_head=[(0.0, 0.0), (0.0, 1.0), (0.0, 0.4)])
    assert heads.relations(TINY, out, [1, 1, 2]) == ["nsubj", "nsubj", "root"]


def test_choices() -> None:
    """Each word has its likeliest label, the first where two are as likely."""
    out = _outputs(3, upos=[[1, 2], [2, 1], [1, 1]])
    assert heads.choices(TINY, out, "upos") == ["VERB", "NOUN", "NOUN"]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("", []),
        ("O O", []),
        ("B-PER", [(0, 1, "PER")]),
        ("O B-PER I-PER O", [(1, 3, "PER")]),
        ("B-PER B-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("B-PER I-ORG I-ORG", [(0, 1, "PER"), (1, 3, "ORG")]),
        ("I-LOC I-LOC O I-LOC", [(0, 2, "LOC"), (3, 4, "LOC")]),
        ("B-PER O I-PER", [(0, 1, "PER"), (2, 3, "PER")]),
    ],
)
def test_spans(tags: str, expected: list[tuple[int, int, str]]) -> None:
    """Tags mark runs of one label; a stray I begins one."""
    assert list(heads.spans(tags.split())) == expected


def test_nothing_proposed() -> None:
    """Words that are no triggers give none."""
    assert heads.triggers(TINY, _outputs(3)) == []


def test_a_trigger_of_two_words() -> None:
    """A beginning and what goes on from it are one trigger, its types by chance."""
    (found,) = heads.triggers(TINY, _outputs(4, type=[OUT, ASSAULT, IN, OUT]))
    assert (found.start, found.end) == (1, 3)
    assert [name for name, _ in found.types] == ["ASSAULT", "AID"]
    assert found.types[0][1] == pytest.approx(0.9996, abs=1e-4)
    assert sum(chance for _, chance in found.types) < 1


def test_neighbours_are_two_triggers() -> None:
    """A second beginning ends the first trigger."""
    found = heads.triggers(TINY, _outputs(2, type=[ASSAULT, AID]))
    assert [(t.start, t.end, t.types[0][0]) for t in found] == [(0, 1, "ASSAULT"), (1, 2, "AID")]


@pytest.mark.parametrize(
    ("chance", "count"), [(heads.PROPOSE + 0.01, 1), (heads.PROPOSE - 0.01, 0)]
)
def test_the_floor(chance: float, count: int) -> None:
    """A word is proposed from the floor on, both its types counted together."""
    row = np.log([[1 - chance - 1e-6, 1e-6, chance / 2, chance / 2]])
    assert len(heads.triggers(TINY, _outputs(1, type=row))) == count


def test_a_going_on_begins_nothing() -> None:
    """A word that rather goes on with a trigger does not begin another."""
    row = np.log([[0.1, 0.7, 0.1, 0.1]])
    assert heads.triggers(TINY, _outputs(1, type=row)) == []


def test_labels_of_a_trigger() -> None:
    """Modality and outcome come by chance, modes from a fifth on, all from the trigger's vector."""
    out = _outputs(2, type=[ASSAULT, AID], event=[(1, 0), (0, 0)])
    first, second = heads.triggers(TINY, out)
    assert [name for name, _ in first.modality] == ["future", "actual"]
    assert [name for name, _ in second.modality] == ["actual", "future"]
    assert [name for name, _ in first.modes] == ["ASSAULT:aerial"]
    assert first.modes[0][1] == pytest.approx(0.982, abs=1e-3)
    assert second.modes == ()
    assert [name for name, _ in first.outcome] == ["none"]


def test_a_vector_is_the_mean_of_its_words() -> None:
    """Both words of a trigger speak for it."""
    out = _outputs(2, type=[ASSAULT, IN], event=[(0.5, 0), (1.5, 0)])
    alone = _outputs(1, type=[ASSAULT], event=[(1, 0)])
    assert heads.triggers(TINY, out)[0].modality == heads.triggers(TINY, alone)[0].modality


def test_edges() -> None:
    """A role is a run of words, and there may be two of one role."""
    words = [(0, 0), (1, 0), (0, 1), (0, 0), (1, 0)]
    (found,) = heads.triggers(TINY, _outputs(5, type=[ASSAULT, *[OUT] * 4], word=words))
    assert [edge[:3] for edge in found.edges] == [("recipient", 1, 3), ("recipient", 4, 5)]
    assert all(0.99 < edge[3] <= 1 for edge in found.edges)


def test_a_beginning_cuts_a_run() -> None:
    """A run of one role is cut where a word rather begins than goes on, and there alone."""
    words = [(0, 0), (1, 0), (0, 1), (1, 0.9), (0.9, 1)]
    (found,) = heads.triggers(TINY, _outputs(5, type=[ASSAULT, *[OUT] * 4], word=words))
    assert [edge[:3] for edge in found.edges] == [("recipient", 1, 3), ("recipient", 3, 5)]


@pytest.mark.parametrize(
    ("outside", "count"), [(1 - heads.MARK - 0.01, 1), (1 - heads.MARK + 0.01, 0)]
)
def test_the_mark(outside: float, count: int) -> None:
    """A word has a role when its chance of being outside of it is low enough."""
    begins = np.log(np.exp(OUTSIDE) * (1 / outside - 1) - 1) / 10
    words = [(0, 0), (begins, 0)]
    (found,) = heads.triggers(TINY, _outputs(2, type=[ASSAULT, OUT], word=words))
    assert [edge[3] for edge in found.edges] == [pytest.approx(1 - outside, abs=1e-3)] * count


def test_a_parent_is_another_trigger() -> None:
    """The content of a claim points at the trigger that holds it, by its place in the list."""
    out = _outputs(3, type=[AID, OUT, ASSAULT], event=[HOLDER, (0, 0), CONTENT])
    first, second = heads.triggers(TINY, out)
    assert (first.parent, second.parent) == (None, 0)
    assert second.parent_score == pytest.approx(0.9933, abs=1e-4)
    assert first.parent_score < 0.01


def test_none_is_its_own_parent() -> None:
    """A lone trigger has no parent, however well it would hold itself."""
    (found,) = heads.triggers(TINY, _outputs(1, type=[AID], event=[(1, 1)]))
    assert (found.parent, found.parent_score) == (None, 0.0)
