"""What an analyst does at the desk, by pointer, by keys alone and without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Known
from tests.chromium import looking
from tocsin.desk.frame import START


def test_narrowing_down(browser: Browser, world: str) -> None:
    """A facet narrows a list down and is a chip; turned it excludes; dropped it is gone."""
    with looking(browser, world) as screen:
        page = screen.open("/claims")
        whole = page.locator(".total").inner_text()
        page.locator(".facets a", has_text="THREATEN").first.click()
        expect(page).to_have_url(re.compile("q=type%3ATHREATEN"))
        expect(page.locator("#q")).to_have_value("type:THREATEN")
        assert {kind.split()[0] for kind in page.locator(".row .kind").all_inner_texts()} == {
            "THREATEN"
        }
        page.locator(".chip .turn").click()
        expect(page.locator(".chip.out")).to_have_count(1)
        assert "THREATEN" not in page.locator(".row .kind").all_inner_texts()
        page.locator(".chip .drop").click()
        expect(page.locator(".total")).to_have_text(whole)
        page.go_back()
        expect(page.locator(".chip.out")).to_have_count(1)


def test_a_fault_shows_where_it_is(browser: Browser, world: str) -> None:
    """A search that cannot be read stays in its field, the character marked that it fails at."""
    with looking(browser, world) as screen:
        page = screen.open("/claims")
        page.locator("#q").fill("type:THREATEN actr:ISR")
        page.locator("#q").press("Enter")
        expect(page.locator("#fault mark")).to_have_text("a")
        expect(page.locator("#fault")).to_contain_text("did you mean `actor:`?")
        expect(page.locator("#q")).to_have_value("type:THREATEN actr:ISR")
        # The browser itself logs every answer that is an error.
        screen.faults[:] = [one for one in screen.faults if "400" not in one]


def test_pages_of_a_list(browser: Browser, world: str) -> None:
    """The next page has other rows, and the first one is a link away."""
    with looking(browser, world) as screen:
        page = screen.open("/events?order=reports")
        first = page.locator("[data-row]").all_inner_texts()
        page.locator("a[rel=next]").click()
        expect(page).to_have_url(re.compile("after="))
        assert not set(first) & set(page.locator("[data-row]").all_inner_texts())
        page.locator(".pages a").first.click()
        expect(page.locator("[data-row]").first).to_have_text(first[0])


def test_keys_alone(browser: Browser, world: str) -> None:
    """Keys lead to parts of the desk, down a list, into a row and back to the search."""
    with looking(browser, world) as screen:
        page = screen.open("/events")
        page.keyboard.press("g")
        page.keyboard.press("c")
        expect(page).to_have_url(re.compile("/claims$"))
        expect(page.locator(".tabs [aria-current]")).to_have_text("Claims")
        for key in ("j", "j", "k", "j"):
            page.keyboard.press(key)
        expect(page.locator("[data-row]").nth(1)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/claims/claim-"))
        page.keyboard.press("/")
        expect(page.locator("#find")).to_be_focused()
        page.keyboard.type("gc?")
        expect(page).to_have_url(re.compile("/claims/claim-"))
        expect(page.locator("#help")).not_to_be_visible()


def test_sheets(browser: Browser, world: str) -> None:
    """The sheet of keys and the palette open by key, and close by Escape; both please axe."""
    with looking(browser, world) as screen:
        page = screen.open("/events")
        page.keyboard.press("?")
        expect(page.locator("#help")).to_be_visible()
        assert screen.violations() == []
        page.keyboard.press("Escape")
        expect(page.locator("#help")).not_to_be_visible()
        page.keyboard.press("Control+k")
        expect(page.locator("#palette-find")).to_be_focused()
        assert screen.violations() == []
        page.keyboard.type("thre")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/threats$"))


def test_evidence_by_keyboard(browser: Browser, world: str, known: Known) -> None:
    """A value's number shows the words behind it when it is focused, and Escape hides them."""
    with looking(browser, world) as screen:
        page = screen.open(f"/events/{known.event}")
        number = page.locator(".given a.number").first
        number.focus()
        popup = page.locator("#popup")
        expect(popup).to_be_visible()
        expect(popup.locator("blockquote mark, blockquote a").first).to_be_visible()
        assert screen.violations() == []
        page.keyboard.press("Escape")
        expect(popup).not_to_be_visible()
        page.locator(".timeline a").first.hover()
        expect(popup).to_be_visible()


def test_marked_words(browser: Browser, world: str, known: Known) -> None:
    """Keys step through marked words, and what belongs to a claim lights up with it."""
    with looking(browser, world) as screen:
        page = screen.open(f"/articles/{known.article}")
        page.keyboard.press("]")
        page.keyboard.press("]")
        expect(page.locator(".text .mark:focus")).to_have_count(1)
        assert page.locator(".text .mark.lit").count() > 0
        assert page.locator("[data-claim].lit").count() > 0
        page.locator("[data-claim='2']").hover()
        expect(page.locator(".text .mark.trigger.lit")).to_have_count(1)


def test_why_is_fetched(browser: Browser, world: str, known: Known) -> None:
    """Why claims are one event is fetched into the page, whose address stays."""
    with looking(browser, world) as screen:
        page = screen.open(f"/events/{known.event}")
        page.locator("#why a").click()
        expect(page.locator("#why")).to_contain_text("Why these claims are one event")
        expect(page).to_have_url(re.compile(f"/events/{known.event}$"))


def test_look_is_kept(browser: Browser, world: str) -> None:
    """Theme, density and language are worn at once or by the form, and kept over a reload."""
    with looking(browser, world) as screen:
        page = screen.open("/events")
        page.locator("#look summary").click()
        page.locator("#look [value=dark]").check()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        page.keyboard.press("Escape")
        page.locator("#look summary").click()
        page.locator("h1").click()
        page.keyboard.press("v")
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        expect(page.locator("html")).to_have_attribute("data-density", "compact")
        page.locator("#look summary").click()
        page.locator("#look select").select_option("ru")
        page.locator("#look [type=submit]").click()
        expect(page.locator("html")).to_have_attribute("lang", "ru")
        expect(page.locator("h1")).to_have_text("События")


def test_without_scripts(browser: Browser, world: str, known: Known) -> None:
    """Everything can be read, searched and set without scripts."""
    with looking(browser, world, scripts=False) as screen:
        page = screen.open("/")
        expect(page).to_have_url(re.compile(f"{START}$"))
        page.locator(".tabs a", has_text="Events").click()
        page.locator("#q").fill("place:Lebanon")
        page.locator("#q").press("Enter")
        page.locator("[data-row]").first.click()
        page.locator("#why a").click()
        expect(page.locator("h1")).to_have_text("Why these are one event")
        page.goto(f"{world}/claims/{known.claim}")
        page.locator("#look summary").click()
        page.locator("#look [value=dark]").check()
        page.locator("#look [type=submit]").click()
        expect(page).to_have_url(re.compile(known.claim))
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def holding(page: Page, pattern: str) -> list[Route]:
    """Return a list that requests come into, to be let go on one by one."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(pattern), hold)
    return held


def test_answers_come_in_order(browser: Browser, world: str) -> None:
    """Whoever goes on before a page has come gets the one asked for last, whichever comes first."""
    with looking(browser, world) as screen:
        page = screen.open("/events")
        held = holding(page, "/(claims|sources)$")
        for path in ("/claims", "/sources"):
            with page.expect_request(f"**{path}"):
                page.locator(f'#tabs [href="{path}"]').click()
        with page.expect_response("**/claims"):
            held[0].continue_()
        held[1].continue_()
        expect(page).to_have_url(re.compile("/sources$"))
        expect(page.locator('#tabs [aria-current="page"]')).to_have_attribute("href", "/sources")


def test_a_page_that_is_left_is_left_alone(browser: Browser, world: str) -> None:
    """What was asked for a part of the page before comes to nothing, and is no error."""
    with looking(browser, world) as screen:
        page = screen.open("/watch?on=2024-11-27&since=2024-11-20")
        held = holding(page, "pick=event-")
        page.locator(".changes .line .title").nth(2).click()
        page.locator('#tabs [href="/sources"]').click()
        expect(page).to_have_url(re.compile("/sources$"))
        with page.expect_response(re.compile("pick=event-")):
            held[0].continue_()
        page.locator("tbody [data-row]").first.click()
        expect(page).to_have_url(re.compile("/articles"))
