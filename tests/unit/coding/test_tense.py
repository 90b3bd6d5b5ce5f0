"""Tense: which way the verbs about an expression look."""

from __future__ import annotations

import pytest

from tocsin.coding.syntax import Tree
from tocsin.coding.tense import governing, nearby
from tocsin.records.reading import Sentence

WORDS = [
    ("They met on", "in Geneva", "past"),
    ("They will meet on", "in Geneva", "future"),
    ("They agreed to meet on", "in Geneva", "future"),
    ("They had planned to meet on", "in Geneva", "past"),
    ("Talks to be held on", "", "future"),
    ("Prisoners are transported on", "", "near"),
    ("He was shot to death on", "", "past"),
    ("The deadline was extended until", "", "future"),
    ("They waited until", "", "past"),
    ("Rules effective", "", "future"),
    ("He left last", "", "past"),
    ("On", "they met", "past"),
    ("On", "they will meet", "future"),
    ("A way around", "'s ruling", "near"),
    ("Nothing", "here", "near"),
    ("It has fallen since", "", "past"),
    ("It is set to have fallen by", "", "future"),
    ("It will end . In", "", "near"),
]


@pytest.mark.parametrize(("before", "after", "tense"), WORDS)
def test_nearby(before: str, after: str, tense: str) -> None:
    """The nearest verb before decides, then that after; without one the nearer day is meant."""
    assert nearby(before.split(), after.split()) == tense


def a_tree(*words: tuple[str, str, str, str, int, str]) -> Tree:
    """Return the tree of words, each as form, lemma, part of speech, features, head, relation."""
    forms, lemmas, upos, feats, heads, rels = zip(*words, strict=True)
    offsets = tuple((i, i + 1) for i in range(len(words)))
    sentence = Sentence(
        start=0, end=len(words), forms=forms, offsets=offsets, lemmas=lemmas, upos=upos,
        feats=feats, heads=heads, rels=rels,
    )  # fmt: skip
    return Tree(sentence)


VERBS = [
    (("met", "meet", "VERB", "Tense=Past|VerbForm=Fin", -1, "root"), None, "past"),
    (("meet", "meet", "VERB", "_", -1, "root"), ("will", "will", "AUX", "aux"), "future"),
    (("meet", "meet", "VERB", "_", -1, "root"), ("to", "to", "PART", "mark"), "future"),
    (("met", "meet", "VERB", "VerbForm=Part", -1, "root"), ("have", "have", "AUX", "aux"), "past"),
    (("held", "hold", "VERB", "Tense=Past", -1, "root"), ("are", "be", "AUX", "aux:pass"), "near"),
    (("held", "hold", "VERB", "Tense=Past", -1, "root"), ("were", "be", "AUX", "aux:pass"), "past"),
    (("meet", "meet", "VERB", "Tense=Pres", -1, "root"), None, "near"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "helper", "tense"), VERBS)
def test_governing(
    verb: tuple[str, str, str, str, int, str],
    helper: tuple[str, str, str, str] | None,
    tense: str,
) -> None:
    """The verb above an expression and its helpers decide."""
    words = [verb, ("Friday", "Friday", "PROPN", "_", 0, "obl")]
    if helper:
        words.append((*helper[:3], "_", 0, helper[3]))
    assert governing(a_tree(*words), 1) == tense


def test_what_had_been_planned_is_behind() -> None:
    """An infinitive under a pluperfect lies behind."""
    tree = a_tree(
        ("had", "have", "AUX", "_", 1, "aux"),
        ("planned", "plan", "VERB", "Tense=Past", -1, "root"),
        ("to", "to", "PART", "_", 3, "mark"),
        ("meet", "meet", "VERB", "_", 1, "xcomp"),
        ("Friday", "Friday", "PROPN", "_", 3, "obl"),
    )
    assert governing(tree, 4) == "past"
