"""Actors, pairs of them, places and sources: what a page counts is what its links find."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.chromium import looking


def _total(page: Page) -> int:
    found = re.search(r"[\d,]+", page.locator(".total").inner_text())
    assert found is not None
    return int(found.group().replace(",", ""))


def test_from_the_list_to_an_actor(browser: Browser, world: str) -> None:
    """Somebody is found by a name; his page counts as many events as its links lead to."""
    with looking(browser, world) as screen:
        page = screen.open("/network")
        page.locator("#entity-find").fill("israel")
        page.locator("#entity-find").press("Enter")
        expect(page.locator("[data-row]", has_text="Sudan")).to_have_count(0)
        page.locator("[data-row]", has_text=re.compile("^Israel$")).first.click()
        page.wait_for_url(re.compile("/entity"))
        expect(page.locator("h1")).to_have_text("Israel")
        did = page.locator(".head .facts a").first
        told = re.search(r"\d+", did.inner_text())
        assert told is not None
        did.click()
        expect(page.locator("#q")).to_have_value('actor:"ISR"')
        assert _total(page) == int(told.group())


def test_numbers_of_a_network(browser: Browser, world: str) -> None:
    """A circle has a table beside it that says the same, each number a link to its events."""
    with looking(browser, world) as screen:
        page = screen.open("/network?of=ISR")
        rows = page.locator(".edges tbody tr")
        assert rows.count() == page.locator(".network a").count() > 3
        first = rows.first.locator("td").first.locator("a")
        told = sum(int(n) for n in re.findall(r"\d+", first.inner_text()))
        first.click()
        page.wait_for_url(re.compile("/events"))
        assert _total(page) == told


def test_two_of_them(browser: Browser, world: str) -> None:
    """A pair's page tells both directions apart, by type, with links that find as many."""
    with looking(browser, world) as screen:
        page = screen.open("/dyad?one=ISR&other=IRQ")
        ways = page.locator("section h2").all_inner_texts()
        assert ways[0].startswith("Israel → Iraq")
        assert ways[1].startswith("Iraq → Israel")
        chip = page.locator(".ladder a").first
        told = int(chip.locator(".count").inner_text())
        chip.click()
        page.wait_for_url(re.compile("/events"))
        assert _total(page) == told


def test_a_place(browser: Browser, world: str) -> None:
    """A place has its events under how well they are placed."""
    with looking(browser, world) as screen:
        page = screen.open("/place?name=Baghdad")
        expect(page.locator("section h2").first).to_contain_text("In a town or village")
        assert page.locator("[data-row]").count() > 1


def test_what_is_counted_leads_to_its_series(browser: Browser, world: str) -> None:
    """A country, an area and each direction of a pair lead to their series; others have none."""
    with looking(browser, world) as screen:
        page = screen.open("/series")
        expect(page.locator("tbody tr").first).to_be_visible(timeout=60_000)
        link = page.locator(".head .facts a[href^='/unit']")
        for path, told in (
            ("/entity?name=ISR", ["Series: Israel"]),
            ("/dyad?one=ISR&other=IRQ", ["Series: Iraq → Israel", "Series: Israel → Iraq"]),
            ("/place?name=North+Darfur", ["Series: North Darfur, Sudan"]),
            ("/entity?name=lbn-hezbollah", []),
            ("/place?name=Baghdad", []),
        ):
            screen.open(path)
            expect(page.locator("h1")).to_be_visible()
            assert sorted(link.all_inner_texts()) == told
            for name in link.all():
                href = name.get_attribute("href") or ""
                assert screen.page.request.get(world + href).status == 200
            assert screen.violations() == []


def test_nobody(browser: Browser, world: str) -> None:
    """Who is not there has no page."""
    with looking(browser, world) as screen:
        for path in ("/entity?name=Nobody%20Atall", "/place?name=Nowhere%20Atall"):
            assert screen.page.request.get(world + path).status == 404


def test_sources(browser: Browser, world: str) -> None:
    """Outlets come by articles; shares of few events are not told."""
    with looking(browser, world) as screen:
        page = screen.open("/sources")
        counts = page.locator("tbody tr td:nth-of-type(1)").all_inner_texts()
        numbers = [int(text.split()[0]) for text in counts]
        assert numbers == sorted(numbers, reverse=True)
        assert page.locator(".record").count() > 3


def test_without_scripts(browser: Browser, world: str) -> None:
    """All of it is there for a browser that runs no scripts."""
    with looking(browser, world, scripts=False) as screen:
        for path in ("/network", "/network?of=ISR", "/entity?name=ISR", "/sources"):
            page = screen.open(path)
            expect(page.locator("h1")).to_have_count(1)
            assert page.locator("tbody tr").count() > 3
