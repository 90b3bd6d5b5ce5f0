"""The first screen and the map: all of it linked, one filter in the address, no fault."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import looking

NARROW = "/watch?on=2024-11-27&since=2024-11-20"


def test_all_on_one_screen(browser: Browser, world: str) -> None:
    """At 1366 by 768 the first screen needs no scrolling, and all its parts are in the window."""
    with looking(browser, world) as screen:
        page = screen.open("/watch")
        high = "document.documentElement.scrollHeight - window.innerHeight"
        assert page.evaluate(high) <= 0
        for part in (".changes", ".due", ".where", ".time", "#evidence", ".needs"):
            expect(page.locator(part)).to_be_in_viewport(ratio=0.99)
        assert page.locator(".changes .line").count() == 7


def test_picking_shows_evidence(browser: Browser, world: str) -> None:
    """A row that is picked shows its claims with marked words, and the address holds the pick."""
    with looking(browser, world) as screen:
        page = screen.open(NARROW)
        row = page.locator(".changes .line").nth(2)
        title = row.locator(".title").inner_text()
        row.locator(".title").click()
        expect(page.locator("#evidence h2 .title")).to_have_text(title)
        expect(page).to_have_url(re.compile("pick=event-"))
        expect(page.locator(".changes .line").nth(2)).to_have_class(re.compile("picked"))
        assert page.locator("#evidence mark").count() > 0
        page.reload()
        expect(page.locator("#evidence h2 .title")).to_have_text(title)


def test_a_threat_is_picked_too(browser: Browser, world: str) -> None:
    """What is due is picked as what changed is, and leads to its thread."""
    with looking(browser, world) as screen:
        page = screen.open("/watch?on=2025-01-21")
        expect(page.locator(".due .left").first).to_have_text("in 1 day")
        page.locator(".due .title").first.click()
        expect(page).to_have_url(re.compile("pick=threat-"))
        page.locator("#evidence h2 a").click()
        expect(page).to_have_url(re.compile("/threats/threat-"))


def test_bars_filter(browser: Browser, world: str) -> None:
    """A bar narrows the screen to its week, dragging to several, and the chip takes it back."""
    with looking(browser, world) as screen:
        page = screen.open(NARROW)
        bars = page.locator(".week")
        whole = page.locator(".where h2 .note").inner_text()
        bars.nth(7).click()
        expect(page).to_have_url(re.compile("from=2024-11-21&to=2024-11-27"))
        expect(page.locator(".where h2 .note")).not_to_have_text(whole)
        page.locator(".chip .drop").first.click()
        expect(page.locator(".where h2 .note")).to_have_text(whole)
        bars.nth(5).hover()
        page.mouse.down()
        bars.nth(6).hover()
        page.mouse.up()
        expect(page).to_have_url(re.compile("from=2024-11-07&to=2024-11-20"))


def test_map_is_kept(browser: Browser, world: str) -> None:
    """A filter changes what the map shows, and not the map itself; its part can be the filter."""
    with looking(browser, world) as screen:
        page = screen.open(NARROW)
        if not screen.drawn():
            pytest.skip("this browser draws no maps")
        page.evaluate("document.querySelector('#map canvas').id = 'same'")
        points = page.locator("#map").get_attribute("data-ready")
        page.locator(".families a", has_text="cooperation in words").click()
        expect(page).to_have_url(re.compile("family=VC"))
        expect(page.locator("#map")).not_to_have_attribute("data-ready", points or "")
        screen.drawn()
        expect(page.locator("#map #same")).to_have_count(1)
        page.locator("[data-act='map-box']").click()
        expect(page).to_have_url(re.compile("box="))


def test_without_scripts(browser: Browser, world: str) -> None:
    """Without scripts rows, bars and the form do the same, and a list stands for the map."""
    with looking(browser, world, scripts=False) as screen:
        page = screen.open(NARROW)
        page.locator(".changes .title").nth(1).click()
        expect(page.locator(".changes .line").nth(1)).to_have_class(re.compile("picked"))
        page.locator("#sieve summary").click()
        page.locator("#sieve [name=country]").select_option("IRQ")
        page.locator("#sieve [type=submit]").click()
        expect(page).to_have_url(re.compile("country=IRQ"))
        page.locator(".twin summary").click()
        expect(page.locator(".spots a").first).to_be_visible()
        page.locator(".week").last.click()
        expect(page.locator(".week[aria-current]")).to_have_count(1)
