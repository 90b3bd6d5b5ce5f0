"""Every page at every size, in light and dark, both ways of writing: whole and without a fault."""

from __future__ import annotations

import re

import httpx
import pytest
from litestar.response import Template
from playwright.sync_api import Browser

from tests.browser import test_foresight
from tests.browser.conftest import Known
from tests.chromium import COLOURS, SIZES, looking
from tocsin.desk import app, look
from tocsin.desk.look import Look

PAGES = {
    "watch": "/watch?on=2024-11-27&since=2024-11-20",
    "narrowed": "/watch?on=2024-11-27&since=2024-11-20&family=MX&country=IRQ&q=type:ASSAULT",
    "unread": "/watch?q=actr:ISR",
    "map": "/map",
    "threats": "/threats?on=2024-12-10",
    "thread": "/threats/{threat}?on=2024-12-10",
    "events": "/events",
    "found": "/events?q=type:ASSAULT+-country:SDN&order=oldest",
    "claims": "/claims?q=type:THREATEN",
    "articles": "/articles",
    "event": "/events/{event}",
    "disputed": "/events/{disputed}",
    "why": "/events/{event}/why",
    "claim": "/claims/{claim}",
    "card": "/claims/{claim}/card",
    "article": "/articles/{article}",
    "versions": "/articles/{article}/versions",
    "review": "/review",
    "pair": "/review?kind=pair",
    "settling": "/review?kind=dispute",
    "correct": "/claims/{claim}/correct?killed=12-40",
    "split": "/events/{event}/split",
    "merge": "/events/{event}/merge?q=type:ASSAULT",
    "decided": "/claims/{claim}/history",
    "judged": "/events/{event}/history",
    "keys": "/keys",
    "guide": "/guide",
    "actors": "/network",
    "network": "/network?of=ISR",
    "actor": "/entity?name=ISR",
    "dyad": "/dyad?one=ISR&other=IRQ",
    "place": "/place?name=Baghdad",
    "sources": "/sources",
    "coverage": "/coverage",
    "saved": "/saved",
    "remarks": "/remarks",
    "report": "/report?pick={event}&q=type:ASSAULT",
    "no report": "/report",
}
# What `test_foresight` looks at; a signal is opened there from its list.
ELSEWHERE = (*test_foresight.PATHS, "/signals/signal-0")
# Parts of pages, which are shown in others.
PARTS = {"card"}


@pytest.mark.parametrize("name", [name for name in PAGES if name not in PARTS])
def test_page(name: str, browser: Browser, world: str, known: Known) -> None:
    """A page fits its window; axe finds nothing, the console is silent, no other host is asked.

    It is opened twice, in English and in Arabic, and then looked at in other sizes and colours.
    """
    path = PAGES[name].format(**vars(known))
    with looking(browser, world) as screen:
        page = screen.open(path)
        assert page.locator("h1").count() == 1
        screen.settled()
        for size in SIZES:
            screen.resize(size)
            assert screen.overflow() <= 0, size
            if size != "tablet":
                assert screen.violations() == [], size
        screen.wear("dark")
        assert screen.violations(COLOURS) == []
        screen.resize("wide")
        kept = look.cookie(Look("dark", "compact", "ar"))
        page.context.add_cookies([{"name": look.COOKIE, "value": kept, "url": world}])
        page.reload()
        assert page.locator("html[dir=rtl][lang=ar][data-density=compact]").count() == 1
        screen.settled()
        assert screen.violations() == [], "from right to left"
        for size in SIZES:
            screen.resize(size)
            assert screen.overflow() <= 0, f"{size} from right to left"


def test_every_page_is_looked_at() -> None:
    """Every route that answers with a page is among those that are looked at."""
    routes = {
        path
        for module in app.PAGES
        for route in module.ROUTES
        for handler in getattr(route, "route_handlers", (route,))
        if getattr(handler, "fn", None) and handler.fn.__annotations__.get("return") in _ANSWERS
        for path in handler.paths
    }
    assert len(routes) > 20
    seen = [re.sub(r"\?.*", "", path) for path in (*PAGES.values(), *ELSEWHERE)]
    patterns = {path: re.sub(r"\{\w+:\w+\}", "[^/]+", path) for path in routes}
    missing = [p for p, rule in patterns.items() if not any(re.fullmatch(rule, s) for s in seen)]
    assert missing == []


_ANSWERS = (Template, "Template")


@pytest.mark.parametrize("language", ["es", "fr", "ru"])
def test_language(language: str, browser: Browser, world: str) -> None:
    """A page comes in the browser's language, and fits with its longer words."""
    with looking(browser, world, locale=language) as screen:
        for path in ("/events", "/watch?on=2024-11-27"):
            page = screen.open(path)
            assert page.locator("html").get_attribute("lang") == language
            for size in SIZES:
                screen.resize(size)
                assert screen.overflow() <= 0, (path, size)
        screen.settled()
        assert screen.violations() == []


def test_targets_are_large_enough(browser: Browser, world: str, known: Known) -> None:
    """What stands alone to be pressed is 24 pixels high and wide, or more."""
    script = """() => [...document.querySelectorAll(
        "button, .icon, .tabs a, .kinds a, .facets a, .chip a, .sorts a, a.number, summary")]
        .filter((one) => one.checkVisibility())
        .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
        .filter(([_, box]) => box.height < 23.5 || box.width < 23.5).map(([html]) => html)"""
    with looking(browser, world) as screen:
        for path in ("/events?q=type:ASSAULT", f"/events/{known.event}", "/watch", "/review"):
            for size in SIZES:
                screen.resize(size)
                assert screen.open(path).evaluate(script) == []


def test_part(world: str, known: Known) -> None:
    """What is shown in other pages is a part of one, with no frame of its own."""
    for name in PARTS:
        answer = httpx.get(world + PAGES[name].format(**vars(known)))
        assert answer.status_code == 200
        assert "<html" not in answer.text
