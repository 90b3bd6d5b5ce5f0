"""What README, first pages and recipes show is what Tocsin does, block by block."""

from __future__ import annotations

from pathlib import Path

import pytest

from manual.blocks import PLAYED, excerpt, play, timeless
from manual.pages import DOCS


@pytest.mark.parametrize("name", PLAYED)
def test_pages_show_what_happens(name: str, tmp_path: Path) -> None:
    """Every command of the page does, run in order, what the page shows it to do."""
    text = (DOCS / name).read_text("utf8")
    assert timeless(play(text, tmp_path)) == timeless(text), "run `make reference`"


def test_another_output_is_seen(tmp_path: Path) -> None:
    """A page whose commands show something else, or fail, does not pass."""
    page = "```console\n$ echo one\ntwo\n```\n"
    assert play(page, tmp_path) == "```console\n$ echo one\none\n```\n"


def test_the_beginning_may_stand_for_all(tmp_path: Path) -> None:
    """Where a block breaks off, so many lines are compared as it shows."""
    page = "```console\n$ printf '1\\n2\\n3\\n'\n1\n2\n…\n```\n"
    assert play(page, tmp_path) == page


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        ("x", "abcdefg"),
        ("xx…", "ab…"),
        ("…x", "…g"),
        ("x…xx", "a…fg"),
        ("…dx…", "…de…"),
        ("x…d…fx…", "a…d…fg"),
        ("x…z…x", "a…g"),
        ("xxxx…xxxx", "abcdefg"),
        ("xxxxxxxxx…", "abcdefg"),
    ],
)
def test_what_is_left_out_stays_left_out(shown: str, kept: str) -> None:
    """Beginning and end keep their length, and a part between goes on from its own first line."""
    assert "".join(excerpt(list("abcdefg"), list(shown))) == kept
