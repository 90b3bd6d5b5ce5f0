"""Web pages: what is visible comes through, and nothing else."""

from __future__ import annotations

import logging

import pytest

from tocsin.base.errors import InputError
from tocsin.sources.html import declared, page

BODY = "<p>The army said on Monday that it had shot down two drones over the town.</p>" * 4


def shown(extra: str, head: str = "") -> str:
    """The text of a page with something extra in its article."""
    source = f"<html><head>{head}</head><body><article>{BODY}{extra}{BODY}</article></body></html>"
    return str(page(source)["text"])


@pytest.mark.parametrize(
    "extra",
    [
        '<p style="display: none">UNSEEN words of a hidden paragraph in the page</p>',
        '<p style="font-size:0">UNSEEN words of a hidden paragraph in the page</p>',
        "<p hidden>UNSEEN words of a hidden paragraph in the page</p>",
        '<p aria-hidden="true">UNSEEN words of a hidden paragraph in the page</p>',
        '<p class="a x">UNSEEN words of a hidden paragraph in the page</p>',
        '<p id="y">UNSEEN words of a hidden paragraph in the page</p>',
        "<noscript><p>UNSEEN words of a hidden paragraph in the page</p></noscript>",
        '<script type="application/json">{"text": "UNSEEN words of a script"}</script>',
        '<script type="application/ld+json">{"articleBody": "UNSEEN words of a script"}</script>',
        "<template><p>UNSEEN words of a hidden paragraph in the page</p></template>",
        "<!-- UNSEEN words of a remark -->",
    ],
)
def test_the_unseen_stays_unseen(extra: str) -> None:
    """What a browser would not show never reaches the text."""
    style = "<style>/* {} */ p.x, .z { left: -9999px } #y{visibility:hidden}</style>"
    assert "UNSEEN" not in shown(extra, style)


def test_a_rule_for_print_hides_nothing() -> None:
    """A style that applies only in some media does not hide text."""
    style = "<style>@media print { .x { display: none } } .y { color: red }</style>"
    assert "Three people" in shown('<p class="x">Three people were hurt in the attack.</p>', style)


def test_paragraphs_are_set_apart() -> None:
    """The text is the title and the paragraphs, with blank lines between."""
    title = "Town hit by drones"
    head = f"<head><title>{title}</title></head>"
    source = f"<html>{head}<body><h1>{title}</h1>{BODY}</body></html>"
    assert str(page(source)["text"]).startswith("Town hit by drones\n\nThe army said on Monday")


@pytest.mark.parametrize(
    "source",
    ["", "<", "plain words", "<html></html>", "<html><body><p>Sign in</p></body></html>",
     "<html><body><p>" + "<b>a</b>" * 6000 + "</p></body></html>"],
)  # fmt: skip
def test_a_page_without_article_is_refused(source: str) -> None:
    """A page with no running text, or tangled beyond reason, is refused."""
    with pytest.raises(InputError):
        page(source)


@pytest.mark.parametrize(
    ("extra", "day"),
    [
        ("", None),
        ("<p>It was the worst day since March 3, 2022, he said of the town.</p>", None),
        ("<footer>© 2023 An Outlet. Updated 3 March 2022</footer>", None),
        ('<a href="/2021/05/06/old">Another article</a>', None),
        ('<time datetime="2024-11-20T10:00:00Z">Wednesday</time>', "2024-11-20"),
    ],
)
def test_a_day_is_the_article_s_own(extra: str, day: str | None) -> None:
    """Days in the text, in footers and in links are not the day of publication."""
    assert page(f"<html><body><article>{extra}{BODY}</article></body></html>")["published"] == day


def test_the_parsers_keep_quiet(caplog: pytest.LogCaptureFixture) -> None:
    """A bad page leaves nothing in the log."""
    with caplog.at_level(logging.DEBUG), pytest.raises(InputError):
        page("<html><body></body></html>")
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_the_declared_encoding_is_found() -> None:
    """A page's own word on its encoding is found in its first bytes."""
    assert declared(b'<meta charset="windows-1251">') == "windows-1251"
    assert declared(b'<?xml version="1.0" encoding="koi8-r"?>') == "koi8-r"
    assert declared(b"<html>") is None
