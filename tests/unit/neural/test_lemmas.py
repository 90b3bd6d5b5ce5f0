"""Lemmas: the script that was made for a word makes its lemma, and fits others like it."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.neural.lemmas import apply, script_of

PAIRS = (
    ("attacked", "attack", "l2+"),
    ("Talks", "talk", "l1+"),
    ("denied", "deny", "l3+y"),
    ("said", "say", "l2+y"),
    ("Said", "say", "l2+y"),
    ("Tarn", "Tarn", "k0+"),
    ("Tarns", "Tarn", "k1+"),
    ("was", "be", "l=be"),
    ("me", "I", "k=I"),
    ("'s", "be", "l=be"),
    ("U.S.", "U.S.", "k0+"),
    ("+", "+", "l0+"),
    ("=", "=", "l0+"),
    ("2,000", "2,000", "l0+"),
    ("Türme", "Turm", "k4+urm"),
    ("İzmir", "İzmir", "k0+"),
)
WORDS = st.text(string.ascii_lowercase + "éüß'-", min_size=1, max_size=8)


@pytest.mark.parametrize(("form", "lemma", "script"), PAIRS)
def test_scripts(form: str, lemma: str, script: str) -> None:
    """A script cuts from the end, adds, and keeps the case that the lemma has."""
    assert script_of(form, lemma) == script
    assert apply(script, form) == lemma


@given(WORDS, WORDS)
def test_round_trip_of_common_words(form: str, lemma: str) -> None:
    """A common word's script makes its lemma, whether it opens the sentence or not."""
    assert apply(script_of(form, lemma), form) == lemma
    assert apply(script_of(form.capitalize(), lemma), form.capitalize()) == lemma


@given(st.text(string.ascii_lowercase, min_size=1, max_size=6), WORDS, WORDS)
def test_round_trip_of_names(stem: str, ending: str, other: str) -> None:
    """A name's script keeps its capital whatever ending goes or comes."""
    form, lemma = (stem + ending).capitalize(), (stem + other).capitalize()
    assert apply(script_of(form, lemma), form) == lemma


@pytest.mark.parametrize(
    ("script", "form", "lemma"),
    [
        ("l3+y", "cried", "cry"),
        ("l2+", "Shelled", "shell"),
        ("k1+", "Tarns", "Tarn"),
        ("l=be", "were", "be"),
    ],
)
def test_scripts_serve_unseen_words(script: str, form: str, lemma: str) -> None:
    """A script made for one word serves another of its kind."""
    assert apply(script, form) == lemma


@pytest.mark.parametrize(
    ("script", "form"), [("l1+", "s"), ("l3+y", "ed"), ("l9+y", "Cat"), ("l=", "a")]
)
def test_what_does_not_fit_changes_nothing(script: str, form: str) -> None:
    """A script that would leave nothing of a word leaves the word as it is."""
    assert apply(script, form) == form
