"""Keys of one's own, keys shown in their places, and watching by a key."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Own
from tests.chromium import looking


def test_keys_of_ones_own(browser: Browser, own: Own) -> None:
    """A key that is set works from then on and stands on its button; two alike are not kept."""
    with looking(browser, own.address) as screen:
        page = screen.open("/keys")
        assert screen.violations() == []
        page.fill("#key-accept", "x")
        page.click("button.main")
        expect(page.locator("#fault-accept")).to_be_visible()
        # The answer to what cannot be kept is an error, which browsers log.
        screen.faults.clear()
        page.fill("#key-accept", "Q")
        page.fill("#key-events", "g h")
        page.click("button.main")
        expect(page.locator(".fault")).to_have_count(0)
        page = screen.open("/review?kind=claim")
        expect(page.locator(".now [data-does=accept] kbd")).to_have_text("Q")
        page.keyboard.press("Shift+Q")
        expect(page.locator(".step strong")).to_have_text("Accepted")
        page.keyboard.press("g")
        page.keyboard.press("h")
        page.wait_for_url("**/events")


def test_keys_in_their_places(browser: Browser, own: Own) -> None:
    """While Shift is held, tabs and buttons show their keys; not while somebody writes."""
    with looking(browser, own.address) as screen:
        screen.page.clock.install()
        page = screen.open("/events")
        page.keyboard.down("Shift")
        expect(page.locator("html[data-reveal]")).to_have_count(1)
        expect(page.locator('#tabs a[href="/watch"]')).to_have_attribute("data-press", "g w")
        page.keyboard.up("Shift")
        expect(page.locator("html[data-reveal]")).to_have_count(0)
        page.focus("#q")
        page.keyboard.down("Shift")
        page.clock.run_for(600)
        expect(page.locator("html[data-reveal]")).to_have_count(0)
        page.keyboard.up("Shift")


def test_watching_by_a_key(browser: Browser, own: Own) -> None:
    """`w` watches somebody, the first screen counts what is new of it, and `w` stops it."""
    with looking(browser, own.address) as screen:
        page = screen.open("/entity?name=ISR")
        button = page.locator(".follow button")
        expect(button).to_have_attribute("aria-pressed", "false")
        page.keyboard.press("w")
        expect(button).to_have_attribute("aria-pressed", "true")
        page = screen.open("/watch")
        entry = page.locator(".mylists a", has_text="Israel")
        entry.click()
        expect(page.locator('.mylists a[aria-current="true"]')).to_contain_text("Israel")
        page = screen.open("/entity?name=ISR")
        page.keyboard.press("w")
        expect(button).to_have_attribute("aria-pressed", "false")
