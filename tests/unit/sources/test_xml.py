"""Fragments of HTML become words, as readers see them."""

from __future__ import annotations

import pytest

from tocsin.sources.xml import words


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        (
            "<p>One <b>two</b> &amp; three<br>four</p><ul><li>a<li>b</ul>",
            "One two & three\nfour\na\nb",
        ),
        ("<p>a</p><script>x()</script><style>p{}</style>b", "a\nb"),
        ("plain  words\n\nin lines", "plain words\nin lines"),
        ("3 < 4 & 5 > 2", "3 < 4 & 5 > 2"),
        ("Ben &#8217;s &nbsp; caf&eacute;", "Ben ’s café"),
        ("<!-- nothing --><img src='x' alt='y'>", ""),
        ("", ""),
        ("a\0b<p>c", "a\0b\nc"),
    ],
)
def test_words(fragment: str, expected: str) -> None:
    """Marks go, what is set apart stands on lines of its own, and the unseen stays unseen."""
    assert words(fragment).replace("\ufffd", "\0") == expected


def test_deep_nesting() -> None:
    """Elements without end are no trouble."""
    assert words("<div>" * 100_000 + "deep") in ("deep", "")
