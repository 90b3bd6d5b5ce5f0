"""Folding: words as they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.base.text import fold


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Al-Hadath", "al hadath"),
        ("Kılıçdaroğlu", "kılıcdaroglu"),
        ("  São   Tomé ", "sao tome"),
        ("Путин", "путин"),
        ("«…»", ""),
    ],
)
def test_case_accents_and_marks_are_left_out(words: str, folded: str) -> None:
    """Letters and digits stay, in every script."""
    assert fold(words) == folded


@given(st.text())
def test_folding_twice_is_folding_once(words: str) -> None:
    """What is folded stays as it is."""
    assert fold(fold(words)) == fold(words)
