"""Hearing: whether a cue tells what somebody says, and who says it."""

from __future__ import annotations

from tests.packaged import a_scene
from tocsin.coding import hearing
from tocsin.records.reading import Edge, Telling

NESTED = """
Reporters reporter NOUN  2 nsubj
said      say      VERB  0 root
that      that     SCONJ 5 mark
rebels    rebel    NOUN  5 nsubj
fled      flee     VERB  2 ccomp
.         .        PUNCT 2 punct
"""
CONTENT = Edge("content", 0, 2, 5, 0.9)


def a_telling(*edges: Edge, score: float = 0.9) -> Telling:
    """Return "said" with the edges that a network sees."""
    return Telling(sentence=0, start=1, end=2, score=score, edges=(*edges, CONTENT))


def test_who_is_spoken_of_does_not_speak() -> None:
    """A source within what is said gives way to the subject of the cue."""
    inside = Edge("source", 0, 3, 4, 0.6)
    found = hearing.source(a_scene(NESTED), a_telling(inside), None, {})
    assert found is not None
    assert (found.start, found.end) == (0, 1)


def test_the_network_outweighs() -> None:
    """Without weights a source that the network is sure of is the source."""
    sure = Edge("source", 0, 0, 1, 0.95)
    assert hearing.source(a_scene(NESTED), a_telling(sure), None, {}) == sure


def test_a_rule_backs_a_doubtful_cue() -> None:
    """A cue that the network doubts counts where a rule finds a statement too."""
    scene, doubtful = a_scene(NESTED), a_telling(score=0.5)
    alone = hearing.features(scene, doubtful, None, (), ruled=False)
    backed = hearing.features(scene, doubtful, None, (), ruled=True)
    assert hearing.likely(alone, {}) < hearing.CUE < hearing.likely(backed, {})


def test_the_accused_does_not_accuse() -> None:
    """Who is spoken of by a passive cue is not its source, however sure the network is."""
    rows = """
Militias militia  NOUN  3 nsubj:pass
are      be       AUX   3 aux:pass
accused  accuse   VERB  0 root  Voice=Pass
of       of       SCONJ 5 mark
looting  loot     VERB  3 advcl
"""
    telling = Telling(
        sentence=0, start=2, end=3, score=0.9, edges=(Edge("source", 0, 0, 1, 0.99),)
    )  # fmt: skip
    assert hearing.source(a_scene(rows), telling, None, {}) is None
