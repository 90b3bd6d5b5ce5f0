"""Ids: the same content has the same name, other content another."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.base.ids import digest

PARTS = st.lists(st.text(max_size=4), max_size=3)


def test_form() -> None:
    """A name is its kind, a dash and 16 hex digits."""
    assert re.fullmatch(r"claim-[0-9a-f]{16}", digest("claim", "a", "b"))


def test_pinned() -> None:
    """A name is the same in every release: stored records keep theirs."""
    assert digest("article", "Tarn", "Rebels left.") == "article-7cff9c54f1fb5983"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("ab",), ("ab", "")),
        (("a", "b"), ("b", "a")),
        ((), ("",)),
        (("é",), ("e\u0301",)),
    ],
)
def test_parts_are_kept_apart(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """Where one part ends and the next begins, and their order, belong to the name."""
    assert digest("claim", *one) != digest("claim", *other)


def test_kind_is_content() -> None:
    """Two kinds of record with the same parts differ in their digits too."""
    assert digest("claim", "a").split("-")[1] != digest("entity", "a").split("-")[1]


def test_half_characters() -> None:
    """Text that was cut through a surrogate pair still has a name."""
    assert digest("article", "\ud83d") != digest("article", "\ude00")


@given(PARTS, PARTS)
def test_equal_only_if_equal(one: list[str], other: list[str]) -> None:
    """Names are equal exactly where the parts are."""
    assert (digest("x", *one) == digest("x", *other)) == (one == other)
