"""An analyst decides: one key a decision, taken back and made again, with what it changes shown."""

from __future__ import annotations

import re

import msgspec
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Own
from tests.chromium import looking


def _question(page: Page) -> str:
    return page.locator(".now > .question").first.inner_text()


def test_deciding_by_keys(browser: Browser, own: Own) -> None:
    """A key decides and shows the next question; z and Z undo and redo, also after a reload."""
    with looking(browser, own.address) as screen:
        page = screen.open("/review?kind=claim")
        first = _question(page)
        page.keyboard.press("x")
        expect(page.locator(".step")).to_have_count(1)
        expect(page.locator(".step strong")).to_have_text("Rejected")
        second = _question(page)
        assert second != first
        page.reload()
        page.keyboard.press("z")
        expect(page.locator(".step.undone")).to_have_count(1)
        assert _question(page) == first
        page.reload()
        page.keyboard.press("Shift+Z")
        expect(page.locator(".step.undone")).to_have_count(0)
        assert _question(page) == second


def test_undo_goes_back_step_by_step(browser: Browser, own: Own) -> None:
    """Two decisions are taken back the last one first and made again the first one first."""
    with looking(browser, own.address) as screen:
        page = screen.open("/review?kind=claim")
        page.keyboard.press("a")
        expect(page.locator(".step")).to_have_count(1)
        page.keyboard.press("x")
        expect(page.locator(".step")).to_have_count(2)
        page.keyboard.press("z")
        expect(page.locator(".step.undone strong")).to_have_text(["Rejected"])
        page.keyboard.press("z")
        expect(page.locator(".step.undone")).to_have_count(2)
        page.keyboard.press("Shift+Z")
        expect(page.locator(".step.undone strong")).to_have_text(["Rejected"])
        page.keyboard.press("Shift+Z")
        expect(page.locator(".step.undone")).to_have_count(0)


def test_unsure_leaves_for_later(browser: Browser, own: Own) -> None:
    """What is left for later is passed over, decides nothing, and comes first in a new queue."""
    with looking(browser, own.address) as screen:
        page = screen.open("/review")
        first = _question(page)
        page.keyboard.press("u")
        expect(page).to_have_url(re.compile("after="))
        assert _question(page) != first
        expect(page.locator(".step")).to_have_count(0)
        page = screen.open("/review")
        assert _question(page) == first


def test_a_merge_question(browser: Browser, own: Own) -> None:
    """Two events that nearly are one show reasons for and against, and become one by a key."""
    with looking(browser, own.address) as screen:
        page = screen.open("/review?kind=pair")
        form = page.locator(".now > .question form").first
        ends = [form.locator(f"input[name={name}]").input_value() for name in ("target", "other")]
        assert page.locator(".reasons li").count() > 1
        page.keyboard.press("a")
        expect(page.locator(".step strong")).to_have_text("Made one")
        of = []
        for end in ends:
            page = screen.open(f"/claims/{end}")
            of.append(page.locator('.head a[href^="/events/"]').get_attribute("href"))
        assert of[0] == of[1]


def test_a_dispute_is_settled(browser: Browser, own: Own) -> None:
    """A number takes a side, and that dispute does not come again."""
    with looking(browser, own.address) as screen:
        page = screen.open("/review?kind=dispute")
        count = page.locator(".kinds a").nth(2).locator(".count").inner_text()
        page.keyboard.press("1")
        expect(page.locator(".step strong")).to_have_text("Corrected")
        left = page.locator(".kinds a").nth(2).locator(".count").inner_text()
        assert int(left) < int(count)


def test_a_correction_is_shown_before_it_is_kept(browser: Browser, own: Own) -> None:
    """What a correction changes is shown; only saving keeps it, and the history tells of it."""
    with looking(browser, own.address) as screen:
        page = screen.open("/review?kind=claim")
        page.keyboard.press("c")
        expect(page.locator("h1")).to_have_text("Correct a claim")
        page.locator("select[name=modality]").select_option("possible")
        page.locator("input[name=killed]").fill("12-40")
        page.locator("input[name=reason]").last.fill("a rumour")
        page.locator(".blanks button").click()
        effect = page.locator(".effect")
        expect(effect.locator(".changes tbody tr")).to_have_count(2)
        expect(effect).to_contain_text("12 to 40")
        expect(effect.locator(".turns li").first).to_be_visible()
        assert screen.page.request.get(f"{own.address}/review/judgements.jsonl").text() == ""
        page.locator("button.main").click()
        expect(page.locator(".step strong")).to_have_text("Corrected")
        page.locator(".step a").first.click()
        expect(page.locator(".standing").first).to_have_text("corrected")
        page.locator("a", has_text="History").click()
        expect(page.locator(".step .changes tbody tr")).to_have_count(2)
        expect(page.locator(".step")).to_contain_text("a rumour")
        kept = screen.page.request.get(f"{own.address}/review/judgements.jsonl").text().splitlines()
        made = [msgspec.json.decode(line) for line in kept]
        assert {one["field"] for one in made} == {"modality", "killed"}
        assert len({one["time"] for one in made}) == 1


def test_a_correction_that_cannot_be(browser: Browser, own: Own) -> None:
    """Words that make no value are told of on the page, and the fields keep what was written."""
    with looking(browser, own.address) as screen:
        page = screen.open("/review?kind=claim")
        page.keyboard.press("c")
        page.locator("input[name=killed]").fill("a dozen")
        page.locator(".blanks button").click()
        expect(page.locator(".fault")).to_contain_text("expected a number such as 12")
        expect(page.locator("input[name=killed]")).to_have_value("a dozen")


def test_repeating_a_correction(browser: Browser, own: Own) -> None:
    """The last correction is offered for the next claim, and shows what it changes there."""
    with looking(browser, own.address) as screen:
        page = screen.open("/review?kind=claim")
        page.keyboard.press("c")
        page.locator("select[name=modality]").select_option("possible")
        page.locator(".blanks button").click()
        page.locator("button.main").click()
        expect(page.locator(".step")).to_have_count(1)
        page.keyboard.press(".")
        expect(page.locator("select[name=modality]")).to_have_value("possible")
        expect(page.locator(".effect")).to_be_visible()


def test_parting_a_claim(browser: Browser, own: Own) -> None:
    """A claim is parted from its event; one undo brings it back, however many others it had."""
    with looking(browser, own.address) as screen:
        page = screen.open("/events?order=reports")
        page.locator("[data-row]").first.click()
        expect(page.locator(".event-page")).to_be_visible()
        title = page.locator("h1").inner_text()
        before = page.locator(".facts a").first.inner_text()
        page.keyboard.press("p")
        page.locator("input[name=out]").last.check()
        page.locator(".picks button").click()
        expect(page.locator(".effect .turns li").first).to_be_visible()
        page.locator("button.main").click()
        expect(page.locator("h1")).not_to_have_text("Part a claim from its event")
        assert page.locator(".facts a").first.inner_text() != before
        page = screen.open("/review")
        expect(page.locator(".step")).to_have_count(1)
        page.keyboard.press("z")
        expect(page.locator(".step.undone")).to_have_count(1)
        page = screen.open("/events?order=reports")
        page.locator("[data-row]").first.click()
        expect(page.locator("h1")).to_have_text(title)
        expect(page.locator(".facts a").first).to_have_text(before)


def test_without_scripts(browser: Browser, own: Own) -> None:
    """Deciding, undoing and correcting work in a browser that runs no scripts."""
    with looking(browser, own.address, scripts=False) as screen:
        page = screen.open("/review?kind=claim")
        page.locator('#main [data-does="accept"]').click()
        expect(page.locator(".step strong")).to_have_text("Accepted")
        page.locator('#main [data-does="undo"]').click()
        expect(page.locator(".step.undone")).to_have_count(1)
        page.locator('#main [data-does="correct"]').click()
        page.locator("input[name=killed]").fill("3")
        page.locator(".blanks button").click()
        page.locator("button.main").click()
        expect(page.locator(".step strong").first).to_have_text("Corrected")


def test_remarks_by_keys(browser: Browser, own: Own) -> None:
    """`n` and `l` lead to the fields of a note and a label, `d` marks as disputed.

    They stand on the event and, under the label, on the page of all remarks.
    """
    with looking(browser, own.address) as screen:
        page = screen.open("/events?order=reports")
        page.locator("[data-row]").first.click()
        expect(page.locator(".event-page")).to_be_visible()
        title = page.locator("h1").inner_text()
        page.keyboard.press("n")
        expect(page.locator("[data-field=note]")).to_be_focused()
        page.keyboard.type("Who gave the order?")
        page.locator(".remarking form", has=page.locator("textarea")).locator("button").click()
        expect(page.locator(".remarks .row")).to_have_count(1)
        page.locator("h1").click()
        page.keyboard.press("l")
        expect(page.locator("[data-field=label]")).to_be_focused()
        page.keyboard.type("to ask")
        page.keyboard.press("Enter")
        expect(page.locator(".head .tag.label")).to_have_text("to ask")
        page.locator("h1").click()
        marks = page.locator(".head .level.disputed")
        before = marks.count()  # reports may gainsay each other by themselves
        page.keyboard.press("d")
        expect(marks).to_have_count(before + 1)
        assert screen.violations() == []
        page.keyboard.press("d")
        expect(marks).to_have_count(before)
        page.locator(".head .tag.label").click()
        expect(page.locator("main [data-row]")).to_have_text([title, title])
        assert screen.violations() == []
        page.locator(".facts button").first.click()
        expect(page.locator("main [data-row]")).to_have_count(0)
