"""Every page at every size, in light and dark: whole, reachable by everybody, without a fault."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Known
from tests.chromium import SIZES, Scheme, Size, looking

PAGES = {
    "events": "/events",
    "found": "/events?q=type:ASSAULT+-country:SDN&order=oldest",
    "claims": "/claims?q=type:THREATEN",
    "articles": "/articles",
    "event": "/events/{event}",
    "disputed": "/events/{disputed}",
    "why": "/events/{event}/why",
    "claim": "/claims/{claim}",
    "article": "/articles/{article}",
    "versions": "/articles/{article}/versions",
    "later": "/report",
    "review": "/review",
    "pair": "/review?kind=pair",
    "settling": "/review?kind=dispute",
    "correct": "/claims/{claim}/correct?killed=12-40",
    "split": "/events/{event}/split",
    "merge": "/events/{event}/merge?q=type:ASSAULT",
    "decided": "/claims/{claim}/history",
    "actors": "/network",
    "network": "/network?of=ISR",
    "actor": "/entity?name=ISR",
    "dyad": "/dyad?one=ISR&other=IRQ",
    "place": "/place?name=Baghdad",
    "sources": "/sources",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize(
    ("size", "scheme"), [*((size, "light") for size in SIZES), ("wide", "dark"), ("phone", "dark")]
)
def test_page(
    path: str, *, size: Size, scheme: Scheme, browser: Browser, world: str, known: Known
) -> None:
    """A page fits its window; axe finds nothing, the console is silent, no other host is asked."""
    with looking(browser, world, size=size, scheme=scheme) as screen:
        page = screen.open(path.format(**vars(known)))
        assert page.locator("h1").count() == 1
        assert screen.overflow() <= 0
        assert screen.violations() == []


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru"])
def test_language(language: str, browser: Browser, world: str) -> None:
    """A page comes in the browser's language, in the direction that it is written."""
    with looking(browser, world, locale=language) as screen:
        page = screen.open("/events")
        root = page.locator("html")
        assert root.get_attribute("lang") == language
        assert root.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert screen.overflow() <= 0
        assert screen.violations() == []


def test_targets_are_large_enough(browser: Browser, world: str, known: Known) -> None:
    """What stands alone to be pressed is 24 pixels high and wide, or more."""
    script = """() => [...document.querySelectorAll(
        "button, .icon, .tabs a, .kinds a, .facets a, .chip a, .sorts a, a.number, summary")]
        .filter((one) => one.checkVisibility())
        .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
        .filter(([_, box]) => box.height < 23.5 || box.width < 23.5).map(([html]) => html)"""
    with looking(browser, world) as screen:
        for path in ("/events?q=type:ASSAULT", f"/events/{known.event}"):
            assert screen.open(path).evaluate(script) == []
