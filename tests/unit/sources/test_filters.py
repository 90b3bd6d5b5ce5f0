"""Filters: what users write decides what comes in, and no pattern stops the run."""

from __future__ import annotations

from time import monotonic

import pytest

from tocsin.base.errors import InputError
from tocsin.records.source import Filter, Part
from tocsin.sources.feeds import Item
from tocsin.sources.filters import fault, wanted

ITEM = Item(
    key="1",
    url="https://news.example/world/1",
    title="Army shells town",
    categories=("World", "War"),
    language="en",
)


@pytest.mark.parametrize(
    ("part", "matches", "exclude", "kept"),
    [
        ("title", "SHELL", False, True),
        ("title", "football", False, False),
        ("title", "shell", True, False),
        ("category", "^war$", False, True),
        ("category", "^world$", True, False),
        ("url", "/world/", False, True),
        ("url", "/sport/", False, False),
        ("language", "^en", False, True),
        ("language", "^fr", True, True),
    ],
)
def test_wanted(part: Part, matches: str, exclude: bool, kept: bool) -> None:  # noqa: FBT001
    """A pattern is found in its part, whatever the case, or the entry is left out with a reason."""
    why = wanted([Filter(part=part, matches=matches, exclude=exclude)], ITEM)
    assert (why is None) == kept
    assert why is None or matches in why


def test_all_filters_hold() -> None:
    """Every filter must be content."""
    both = [Filter(part="title", matches="army"), Filter(part="url", matches="sport")]
    assert "url" in (wanted(both, ITEM) or "")


def test_unknown_parts() -> None:
    """What is unknown matches nothing; the feed's language stands in for an entry's own."""
    bare = Item(key="1")
    needs = [Filter(part="language", matches="^en")]
    assert "unknown" in (wanted(needs, bare) or "")
    assert wanted(needs, bare, "en-GB") is None
    assert wanted([Filter(part="category", matches="x", exclude=True)], bare) is None


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(a|aa)+$", "(", "*", r"\k<x>"])
def test_bad_patterns(pattern: str) -> None:
    """A pattern that does not compile, or would take for ever, is refused before long."""
    long = Item(key="1", title="a" * 1999 + "!")
    begun = monotonic()
    with pytest.raises(InputError, match="pattern"):
        wanted([Filter(part="title", matches=pattern)], long)
    assert monotonic() - begun < 20


def test_faults() -> None:
    """What a registry's check says of patterns, before any entry has come."""
    assert fault("^(war|peace)") is None
    assert "does not compile" in (fault("(") or "")
    assert "takes too long" in (fault(r"(a|aa)+$") or "")
