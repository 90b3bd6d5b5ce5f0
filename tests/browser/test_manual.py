"""The manual before a real browser: what it asks for, how wide it is, whether its search finds."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import SIZES
from tests.site import site
from tocsin.cli import docs

PAGES = ("index", "tour", "reference/commands")


@pytest.fixture(scope="module")
def manual() -> Iterator[str]:
    """Return the address of the manual, served as `tocsin docs` does."""
    with docs.bound(site(), 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_pages_stand_alone(browser: Browser, manual: str) -> None:
    """On a phone in the dark pages are no wider than it, ask no other host and report no fault."""
    width, height = SIZES["phone"]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark")
    asked: set[str] = set()
    faults: list[str] = []
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.on("console", lambda said: faults.append(said.text))
    for name in PAGES:
        page.goto(f"{manual}/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.close()
    assert asked == {urlsplit(manual).netloc}
    assert faults == []


def test_search_works_offline(browser: Browser, manual: str) -> None:
    """The field in the margin finds pages by their words, in the browser alone."""
    page = browser.new_page()
    page.goto(f"{manual}/index.html")
    page.locator("input[name=q]").first.fill("deadline")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li a").first).to_be_visible()
    page.close()
