"""Signals, series, forecasts and scores in a browser: what they show, how they look, by which keys.

Every indicator that the desk shows is held against the documented script, to the last digit.
"""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import httpx
import msgspec
import pytest
from playwright.sync_api import Browser, expect
from typer.testing import CliRunner

from tests.chromium import COLOURS, looking
from tests.counted import documented
from tocsin.cli.app import app
from tocsin.client import Client
from tocsin.store.open import Store

ON = date(2025, 1, 27)  # the last day of the example world
PATHS = (
    "/signals?days=91", "/series", "/unit?kind=country&name=SDN",
    "/unit?kind=dyad&name=ISR%3ELBN", "/forecasts", "/forecasts?step=day", "/scores",
)  # fmt: skip
_DATA = re.compile(
    r'<data (?:hidden )?value="([^"]*)" data-indicator="([^"]*)" data-kind="([^"]*)"'
    r' data-unit="([^"]*)" data-family="([^"]*)"'
)
Values = dict[tuple[str, str, str, str], str]


def _page(world: str, path: str) -> str:
    """Return a page once it is worked out."""
    while True:
        answer = httpx.get(f"{world}{path}", timeout=60)
        assert answer.status_code == 200, answer.text
        if 'hx-trigger="load delay:500ms"' not in answer.text:
            return answer.text


def _shown(html: str) -> Values:
    """Return the indicators on a page with all of their digits."""
    return {
        (name, kind, unescape(unit), family): value
        for value, name, kind, unit, family in _DATA.findall(html)
    }


@pytest.fixture(scope="module")
def made(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Values:
    """Return the indicators that the documented script makes of the exported tables."""
    folder: Path = tmp_path_factory.mktemp("tables")
    words = ["series", "--export", str(folder), "--on", ON.isoformat(), "--store", store.name]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    found = documented()["indicators"](str(folder))
    return {(name, kind, unit, family): str(value) for name, kind, unit, family, value in found}


def test_indicators_are_the_scripts(world: str, made: Values) -> None:
    """Every indicator that the desk answers with is the script's to the last digit, and back."""
    with Client(world) as desk:
        table = desk.series(on=ON)
    told = {
        (one.indicator, one.kind, one.unit, one.family): str(one.value) for one in table.measures
    }
    assert len(told) > 1_000
    assert told == made


def test_indicators_on_pages_are_the_scripts(world: str, made: Values) -> None:
    """So is every indicator on the pages of units, and what is of no unit is on that of series."""
    kinds = {kind for _, kind, _, _ in made}
    assert {"country", "area", "dyad", "source", ""} <= kinds
    units = sorted({(kind, unit) for _, kind, unit, _ in made if kind in {"country", "area"}})
    units += [("dyad", "ISR>LBN"), ("dyad", "LBN>ISR"), ("dyad", "sdn-rsf>SDN")]
    for kind, unit in units:
        address = httpx.URL("/unit", params={"kind": kind, "name": unit, "on": ON.isoformat()})
        shown = {key: value for key, value in _shown(_page(world, str(address))).items()
                 if key[1] == kind}  # fmt: skip
        own = {key: value for key, value in made.items() if key[1:3] == (kind, unit)}
        assert own
        assert shown == own
    rest = {key: value for key, value in made.items() if key[1] in {"source", "panel", ""}}
    assert _shown(_page(world, f"/series?on={ON}")) == rest


@pytest.mark.parametrize("path", PATHS)
def test_pages(path: str, browser: Browser, world: str) -> None:
    """Every page fits its window, wide and narrow, and axe finds nothing, light and dark."""
    _page(world, path)
    with looking(browser, world) as screen:
        page = screen.open(path)
        expect(page.locator("main h1")).to_be_visible()
        assert screen.violations() == []
        screen.wear("dark")
        assert screen.violations(COLOURS) == []
        screen.resize("phone")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert screen.violations() == []


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru"])
def test_languages(language: str, browser: Browser, world: str) -> None:
    """Pages are in the reader's language, names of countries too, from right to left as well."""
    names = {"ar": "السودان", "es": "Sudán", "fr": "Soudan", "ru": "Судан"}
    with looking(browser, world, size="phone", locale=language) as screen:
        page = screen.open("/unit?kind=country&name=SDN")
        expect(page.locator("main h1")).to_have_text(names[language])
        page = screen.open("/signals?days=91")
        expect(page.locator(".fired .where").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        wanted = "rtl" if language == "ar" else "ltr"
        expect(page.locator("html")).to_have_attribute("dir", wanted)


def test_a_signal(browser: Browser, world: str) -> None:
    """A signal leads to its weeks, its events and its settings; a filter stays in the address."""
    with looking(browser, world) as screen:
        page = screen.open("/signals?days=91")
        expect(page.locator(".fired .row").first).to_be_visible()
        page.locator(".chips a", has_text="Change of level").click()
        expect(page).to_have_url(re.compile("days=91.*kind=change"))
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/signals/signal-"))
        expect(page.locator("main h1")).to_contain_text("Change of level – ")
        expect(page.locator(".curve rect.amount").first).to_be_attached()
        expect(page.locator(".curve line.usual")).to_be_attached()
        expect(page.locator(".fields")).to_contain_text("regime")
        page.locator("#behind ~ ol .title").first.click()
        expect(page).to_have_url(re.compile("/events/event-"))


def test_forecasts(browser: Browser, world: str) -> None:
    """What was issued says so; another day is not; what is refused says why; scores are near."""
    with looking(browser, world) as screen:
        page = screen.open("/forecasts")
        expect(page.locator(".state")).to_contain_text("issued: it will be scored")
        expect(page.locator(".outlook .fan").first).to_be_visible()
        page.locator(".kinds a", has_text="Scores").click()
        expect(page.locator("#rule-count")).to_contain_text("How many events")
        expect(page.locator(".reliable circle").first).to_be_attached()
        page.locator(".kinds a", has_text="how far ahead").click()
        expect(page).to_have_url(re.compile("by=lead"))
        expect(page.locator(".scores").first).to_contain_text("1 step ahead")
    assert "not issued" in _page(world, f"/forecasts?on={ON}")
    early = _page(world, "/forecasts?on=2023-10-01")
    assert "Refused" in early
    assert "weeks of history, expected 26" in early


def test_keys_and_the_first_screen(browser: Browser, world: str) -> None:
    """The first screen leads to signals, and keys to each of the pages."""
    with looking(browser, world) as screen:
        page = screen.open("/watch")
        page.locator("#signals a.all").click()
        expect(page).to_have_url(re.compile("/signals"))
        for keys, path in (("fg", "forecasts"), ("bg", "scores"), ("dg", "series")):
            for key in reversed(keys):
                page.keyboard.press(key)
            expect(page).to_have_url(re.compile(f"/{path}$"))


def test_odd_addresses(world: str) -> None:
    """What makes no sense in an address is left out; what is nobody's is not found."""
    assert httpx.get(f"{world}/signals?days=x&kind=y&on=z&unit=%3Cb%3E").status_code == 200
    assert httpx.get(f"{world}/unit?kind=country&name=ZZZ").status_code == 404
    assert httpx.get(f"{world}/unit?kind=planet&name=SDN").status_code == 404
    assert httpx.get(f"{world}/signals/signal-0").status_code == 404
    assert httpx.get(f"{world}/series?on=0001-01-01").status_code == 400


def test_lists_are_records(world: str) -> None:
    """The twin of signals has what the page has."""
    with Client(world) as desk:
        view = desk.signals(days=91)
    page = _page(world, "/signals?days=91")
    for day in view.days:
        for one in day.fired:
            assert f"/signals/{one.signal.id}?" in page
    assert view.total
    assert msgspec.json.encode(view)
