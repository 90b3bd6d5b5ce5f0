"""Weave: marks in a text that nest whatever way they lie across each other."""

from __future__ import annotations

import re
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from tests.page import Page
from tocsin.export.markup import Markup, element
from tocsin.export.weave import Tag, weave

WORDS = 'a <b> & "c" d'


def a_tag(start: int, end: int, name: str = "x", layer: str = "claim") -> Tag:
    """Return a mark."""
    return Tag(start, end, name, ("actor",), layer)


def bare(html: str) -> str:
    """Return HTML with the marks without their attributes."""
    return re.sub(r"<mark [^>]*>", "<mark>", html)


def test_text_is_escaped() -> None:
    """Text without marks is text, whatever is in it."""
    assert weave(WORDS, 0, len(WORDS), [], {}) == "a &lt;b&gt; &amp; &quot;c&quot; d"


def test_mark() -> None:
    """A mark stands around its characters with its id, classes and layer."""
    assert weave("a b c", 0, 5, [a_tag(2, 3)], {}) == (
        'a <mark id="x" class="claim actor d0" data-mark="x">b</mark> c'
    )


def test_nested() -> None:
    """A mark inside another stands inside it, one level further in within its layer."""
    html = weave(
        "a b c", 0, 5, [a_tag(2, 3, "in"), a_tag(0, 5, "out"), a_tag(0, 5, "s", "said")], {}
    )
    assert bare(html) == "<mark><mark>a <mark>b</mark> c</mark></mark>"
    assert re.findall(r'id="(\w+)" class="\w+ actor (d\d)"', html) == [
        ("out", "d0"),
        ("s", "d0"),
        ("in", "d1"),
    ]


def test_across() -> None:
    """Of marks across each other the later is closed and opened again, without its id."""
    html = weave("abcdef", 0, 6, [a_tag(0, 4, "one"), a_tag(2, 6, "two")], {})
    assert bare(html) == "<mark>ab<mark>cd</mark></mark><mark>ef</mark>"
    assert html.count('id="two"') == 1
    assert html.count('data-mark="two"') == 2
    assert 'class="claim actor d0 more"' in html


def test_part_of_a_text() -> None:
    """A stretch of a text holds the pieces that lie in it; only the first has the id."""
    tags = [a_tag(1, 5)]
    first, second = (weave("abcdef", *span, tags, {}) for span in ((0, 3), (3, 6)))
    assert bare(first + second) == "a<mark>bc</mark><mark>de</mark>f"
    assert (first + second).count("id=") == 1


def test_note() -> None:
    """A note stands behind the mark that ends there, inside one that goes on."""
    note = element("b")
    assert bare(weave("abc", 0, 3, [a_tag(0, 2), a_tag(0, 3, "y")], {2: note})) == (
        "<mark><mark>ab</mark><b></b>c</mark>"
    )
    assert weave("abc", 0, 3, [], {3: note}) == "abc<b></b>"


SPANS = st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda s: s[0] < s[1])


@given(st.text(min_size=12, max_size=12), st.lists(SPANS, max_size=8, unique=True))
def test_whatever_lies_across(words: str, spans: list[tuple[int, int]]) -> None:
    """For any marks the elements nest, the text is whole, and each mark holds its characters."""
    tags = [a_tag(a, b, f"m{k}") for k, (a, b) in enumerate(spans)]
    plain = Markup("").join(["x" if not c.isprintable() else c for c in words])
    page = Page(weave(plain, 0, 12, tags, {}))
    assert page.text == plain
    held: dict[str, str] = defaultdict(str)
    for mark in page.found("mark"):
        held[mark.attributes["data-mark"] or ""] += mark.text
    assert held == {f"m{k}": plain[a:b] for k, (a, b) in enumerate(spans)}
    assert len(page.ids) == len(set(page.ids)) == len(spans)
