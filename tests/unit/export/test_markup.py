"""Markup: elements in which text is escaped."""

from __future__ import annotations

import pytest

from tocsin.export.markup import Markup, element, inside, text


def test_text_is_escaped() -> None:
    """What would be HTML in a text or an attribute is text."""
    assert element("p", '<i>"&"', title="\"'>") == (
        '<p title="&quot;&#x27;&gt;">&lt;i&gt;&quot;&amp;&quot;</p>'
    )


def test_markup_is_kept() -> None:
    """What is HTML already stays so, beside text."""
    assert element("p", element("b", "x"), " < y") == "<p><b>x</b> &lt; y</p>"
    assert inside(Markup("<i>"), "<i>") == "<i>&lt;i&gt;"


def test_attributes() -> None:
    """Attributes without a value are left out; underscores are hyphens, a last one is none."""
    assert element("a", class_="x", aria_label="y", id=None, tabindex=0) == (
        '<a class="x" aria-label="y" tabindex="0"></a>'
    )


def test_void() -> None:
    """Elements without content have no end tag."""
    assert element("meta", charset="utf-8") == '<meta charset="utf-8">'


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\x1b", "\x7f", "\x85", "\ud800"])
def test_unprintable(sign: str) -> None:
    """Characters that no page can hold become one sign each, so that offsets stay."""
    assert text(f"a{sign}b") == "a\ufffdb"


def test_white_space_stays() -> None:
    """Tabs and line breaks stay as they are."""
    assert text("a\tb\nc") == "a\tb\nc"
