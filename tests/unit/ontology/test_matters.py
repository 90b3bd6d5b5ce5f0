"""Matters: what an event is about, by the words that tell it."""

from __future__ import annotations

from tocsin.ontology import load, matters
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import parse


def test_words_and_phrases() -> None:
    """A context is given for its words, in whatever number, and for its phrases as a whole."""
    lemmas = ["the", "asylum", "seekers", "cross", "the", "border"]
    assert {"asylum", "migration"} >= set(matters.contexts(lemmas)) >= {"asylum"}
    assert matters.contexts(["nuclear", "weapon"]) == ("cbrn",)


def test_no_matter() -> None:
    """A sentence about nothing in particular has no context."""
    assert matters.contexts(["he", "smile", "."]) == ()


def test_listed_once() -> None:
    """Every context of the ontology has words, each once, and no others are listed."""
    text = (packaged("lexicon") / "en" / "contexts.yml").read_text(encoding="utf-8")
    listed = parse(text)["contexts"]
    assert set(listed) == set(load.load().contexts)
    assert all(len(words) == len(set(words)) for words in listed.values())
