"""Every part of the desk from end to end, as it is used: at a desk, on a tablet, on a phone."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LATER, Known, Own
from tests.chromium import SIZES, Screen, Size, looking

pytestmark = pytest.mark.parametrize("size", SIZES)
NARROW = "/watch?on=2024-11-27&since=2024-11-20"
# How each kind of file begins.
BEGINS = {"md": b"# ", "html": b"<!DOCTYPE html>", "docx": b"PK\x03\x04", "pdf": b"%PDF-"}


def _whole(screen: Screen) -> Page:
    """Return the page that a step led to, which has one title and fits its window."""
    expect(screen.page.locator("h1")).to_have_count(1)
    assert screen.overflow() <= 0
    return screen.page


def test_watch(size: Size, browser: Browser, world: str) -> None:
    """What changed is picked and shown, narrowed by kind and week, widened again, and opened."""
    with looking(browser, world, size=size) as screen:
        page = screen.open(NARROW)
        screen.drawn()
        whole = page.locator(".where h2 .note").inner_text()
        row = page.locator(".changes .line .title").nth(2)
        title = row.inner_text()
        row.click()
        expect(page.locator("#evidence h2 .title")).to_have_text(title)
        page.locator(".families a", has_text="conflict in deeds").click()
        expect(page).to_have_url(re.compile("family=MX"))
        expect(page.locator(".where h2 .note")).not_to_have_text(whole)
        page.locator(".week").nth(7).click()
        expect(page).to_have_url(re.compile("from=2024-11-21&to=2024-11-27"))
        for _ in range(2):
            page.locator("#sieve + .chips .chip .drop").first.click()
            expect(page.locator("#sieve + .chips .chip", has_text="conflict")).to_have_count(0)
        expect(page.locator(".where h2 .note")).to_have_text(whole)
        page.go_back()
        expect(page.locator(".where h2 .note")).not_to_have_text(whole)
        page.go_forward()
        page.locator("#evidence h2 .title").click()
        expect(page).to_have_url(re.compile("/events/event-"))
        _whole(screen)


def _shown(page: Page) -> None:
    """Focus a number till its evidence shows: a page that is just being swapped in loses focus."""
    number, card = page.locator(".given a.number").first, page.locator("#popup blockquote").first
    for _ in range(8):
        number.blur()
        number.focus()
        with suppress(AssertionError):
            expect(card).to_be_visible(timeout=5_000)
            return
    expect(card).to_be_visible()


def test_reading(size: Size, browser: Browser, world: str) -> None:
    """From an event to a claim of it, to its article, through its words and to its versions."""
    with looking(browser, world, size=size) as screen:
        page = screen.open("/events?order=reports")
        page.locator("[data-row]").first.click()
        expect(page.locator(".event-page")).to_be_visible()
        _shown(page)
        page.locator("#why a").click()
        expect(page.locator("#why")).to_contain_text("Why these claims are one event")
        _whole(screen).locator("#reports + ol [data-row]").first.click()
        expect(page.locator(".claim-page")).to_be_visible()
        expect(page.locator("q.mark.trigger").first).to_be_visible()
        _whole(screen).locator(".byline a").first.click()
        expect(page.locator("article.article")).to_be_visible()
        page.keyboard.press("]")
        expect(page.locator(".text .mark:focus")).to_have_count(1)
        _whole(screen).locator('.facts a[href$="/versions"]').click()
        expect(page.locator(".steps li")).not_to_have_count(0)
        _whole(screen)


def test_threats(size: Size, browser: Browser, own: Own) -> None:
    """From the ledger to a thread, where an outcome is confirmed that the ledger then tells."""
    with looking(browser, own.address, size=size) as screen:
        page = screen.open(f"/threats?on={LATER}")
        row = page.locator(".threats tr", has_text="to confirm").first
        row.locator(".title").click()
        expect(page).to_have_url(re.compile("/threats/threat-"))
        form = page.locator(".settle").first
        form.locator("[name=reason]").fill("both say so")
        did = form.locator("option:checked").inner_text()
        form.locator("button").click()
        expect(page.locator(".proposal.solid")).to_have_count(1)
        expect(_whole(screen).locator(".axes")).to_contain_text(did)
        page.locator(".eyebrow a").click()
        expect(page.locator(".threats .level", has_text=did)).not_to_have_count(0)
        _whole(screen)


def test_people_and_places(size: Size, browser: Browser, world: str) -> None:
    """From an actor to who he meets, to the two of them, to a place; then to the sources."""
    with looking(browser, world, size=size) as screen:
        page = screen.open("/network")
        page.locator("#entity-find").fill("israel")
        page.locator("#entity-find").press("Enter")
        page.locator("[data-row]", has_text=re.compile("^Israel$")).first.click()
        expect(page.locator("h1")).to_have_text("Israel")
        _whole(screen).locator('main a[href^="/network?of="]').first.click()
        expect(page.locator(".edges tbody tr").first).to_be_visible()
        _whole(screen).locator('.edges a[href^="/dyad"]').first.click()
        expect(page.locator("section h2").first).to_contain_text("→")
        _whole(screen).locator("[data-row]").first.click()
        expect(page.locator(".event-page")).to_be_visible()
        screen.open("/map").locator(".spots a").first.click()
        expect(page).to_have_url(re.compile("/events"))
        expect(_whole(screen).locator("[data-row]").first).to_be_visible()
        screen.open("/place?name=Baghdad")
        expect(_whole(screen).locator("[data-row]").first).to_be_visible()
        screen.open("/sources").locator("tbody [data-row]").first.click()
        expect(page).to_have_url(re.compile("/articles"))
        _whole(screen)


def test_review(size: Size, browser: Browser, own: Own) -> None:
    """A decision outlives a reload, is undone and made again; what parting changes is shown."""
    with looking(browser, own.address, size=size) as screen:
        page = screen.open("/review?kind=claim")
        first = page.locator(".now > .question").first.inner_text()
        page.locator('#main [data-does="reject"]').click()
        expect(page.locator(".step strong")).to_have_text("Rejected")
        expect(_whole(screen).locator(".now > .question").first).not_to_have_text(first)
        page.reload()
        page.locator('#main [data-does="undo"]').click()
        expect(page.locator(".step.undone")).to_have_count(1)
        page.reload()
        page.locator('#main [data-does="redo"]').click()
        expect(page.locator(".step.undone")).to_have_count(0)
        answer = page.request.get(f"{own.address}/review/judgements.jsonl")
        (made,) = map(msgspec.json.decode, answer.text().splitlines())
        assert made["verdict"] == "reject"
        page.locator('#main .kinds a[href*="kind=pair"]').click()
        expect(page.locator(".now > .question.pair")).to_be_visible()
        page.locator('#main [data-does="accept"]').first.click()
        expect(page.locator(".step strong").first).to_have_text("Made one")
        screen.open("/events?order=reports").locator("[data-row]").first.click()
        page.locator('#main [data-does="split"]').click()
        page.locator("input[name=out]").last.check()
        page.locator(".picks button").click()
        expect(_whole(screen).locator(".effect .turns li").first).to_be_visible()


def test_search_and_report(
    size: Size, browser: Browser, own: Own, known: Known, tmp_path: Path
) -> None:
    """A search is narrowed and kept, somebody is watched, and a report is taken along in files."""
    with looking(browser, own.address, size=size) as screen:
        page = screen.open("/events")
        page.locator("#q").fill("place:Lebanon")
        page.locator("#q").press("Enter")
        expect(page.locator(".chip")).to_have_count(1)
        page.locator(".facets a", has_text="ASSAULT").first.click()
        expect(page.locator(".chip")).to_have_count(2)
        page.locator(".shelf summary").click()
        page.locator(".shelf [name=name]").fill("Attacks in Lebanon")
        page.locator(".shelf button").click()
        expect(page.locator(".shelf a", has_text="Attacks in Lebanon")).to_be_visible()
        total = _whole(screen).locator(".total").inner_text()
        screen.open("/saved").locator("[data-row]", has_text="Attacks in Lebanon").click()
        expect(page.locator(".total")).to_have_text(total)
        screen.open("/saved")
        page.locator("form.keeping [name=value]").fill("Israel")
        page.locator("form.keeping button").click()
        expect(page.locator("[data-row]", has_text="Israel")).to_have_count(1)
        _whole(screen)
        for event in (known.event, known.disputed):
            screen.open(f"/events/{event}").locator('form[action="/report/add"] button').click()
            expect(page).to_have_url(re.compile("/report"))
        expect(page.locator(".told")).to_have_count(2)
        page.locator("#report-title").fill("The day in Lebanon")
        page.locator("form.keeping button").click()
        expect(_whole(screen).locator("h1")).to_have_text("The day in Lebanon")
        notes = page.locator(".footnotes li").count()
        assert notes > 2
        for kind, begins in BEGINS.items():
            with page.expect_download() as told:
                page.locator(f'.taking a[href*="/file/{kind}"]').click()
            file = tmp_path / told.value.suggested_filename
            told.value.save_as(file)
            body = file.read_bytes()
            assert body.startswith(begins), kind
            if kind in ("md", "html"):
                assert b"The day in Lebanon" in body
                assert body.count(b"claim-") >= notes
