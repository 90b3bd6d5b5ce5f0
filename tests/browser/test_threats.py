"""The ledger of threats and what people say came of each, in a browser."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser import conftest
from tests.browser.conftest import Own
from tests.chromium import looking
from tocsin.store import judgements

LATER = f"on={conftest.LATER}"


def test_thread(browser: Browser, world: str) -> None:
    """A thread has what was said first at the top, and candidates with five features."""
    with looking(browser, world) as screen:
        page = screen.open(f"/threats?{LATER}")
        page.locator(".threats tr", has_text="to confirm").first.locator(".title").click()
        expect(page).to_have_url(re.compile("/threats/threat-"))
        expect(page.locator(".said .claim").first).to_contain_text("makes it")
        assert page.locator(".proposal").first.locator(".five li").count() == 5


def test_the_ledger_is_of_a_day(world: str) -> None:
    """What was said later is not in the ledger of a day, and how threats stand is as of it."""
    early = httpx.get(f"{world}/threats?on=2024-11-22").text
    assert "Benjamin Netanyahu" not in early
    assert "Benjamin Netanyahu" in httpx.get(f"{world}/threats?{LATER}").text
    assert httpx.get(f"{world}/threats?on=nonsense&status=nonsense").status_code == 200
    assert httpx.get(f"{world}/threats/threat-0000000000000000").status_code == 404


@pytest.mark.parametrize("scripts", [True, False])
def test_confirming(*, scripts: bool, browser: Browser, own: Own) -> None:
    """An outcome that is confirmed is kept as a judgement with its reason, and shown as such."""
    with looking(browser, own.address, scripts=scripts) as screen:
        page = screen.open(f"/threats?{LATER}")
        page.locator(".threats tr", has_text="to confirm").first.locator(".title").click()
        form = page.locator(".settle").first
        form.locator("[name=reason]").fill("<b>both say so</b>")
        form.locator("button").click()
        expect(page.locator(".proposal.solid")).to_have_count(1)
        expect(page.locator(".axes")).not_to_have_text("cannot tell cannot tell")
    with own.store.read() as connection:
        (made,) = judgements.standing(connection)
    assert (made.verdict, made.reason) == ("confirm", "<b>both say so</b>")


def test_outcomes_are_guarded(world: str) -> None:
    """An outcome needs the page's token, and must be one that the axis can have."""
    name = re.search(r"/threats/(threat-[0-9a-f]+)", httpx.get(f"{world}/threats?{LATER}").text)
    assert name is not None
    path = f"{world}/threats/{name[1]}/outcome?{LATER}"
    wish = {"event": "event-0", "axis": "issuer", "did": "nonsense"}
    assert httpx.post(path, data=wish, headers={"Origin": world}).status_code == 403
    with httpx.Client() as client:
        page = client.get(f"{world}/threats?{LATER}").text
        found = re.search(r'name="_csrf_token" value="([^"]+)"', page)
        assert found is not None
        signed = wish | {"_csrf_token": found[1]}
        answer = client.post(path, data=signed, headers={"Origin": world})
    assert answer.status_code == 400
    assert "carried out as stated" in answer.text
