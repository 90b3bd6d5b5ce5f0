"""A desk that several people share: each signs in, sees what the role has, and is held to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import COLOURS, SIZES, Screen, looking, serving
from tests.crew import NAMES, PASSWORD, staffed, token
from tests.stored import filled
from tocsin.cli.doors import doors
from tocsin.desk.doors import Desk
from tocsin.desk.team import Team
from tocsin.records.team import ROLES, Role
from tocsin.store.open import Store

LONG = "a fine and long password"
PAGES = ("/account", "/users", "/audit")


@dataclass(frozen=True)
class Shared:
    """A desk with somebody of each role."""

    address: str
    store: Store
    team: Team


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Shared]:
    """Return a desk with a team over a few reports."""
    with filled(tmp_path / "team.db") as store:
        team = staffed(store)
        with serving(Desk(store, doors(), team=team)) as address:
            yield Shared(address, store, team)


def _enter(screen: Screen, name: str, password: str = PASSWORD, at: str = "/") -> Page:
    """Return the page that somebody is led to who signs in."""
    page = screen.open(at)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")
    return page


def _forgive(screen: Screen) -> None:
    """Forget answers that are errors, which the browser itself logs."""
    told = "Failed to load resource: the server responded with a status of 4"
    screen.faults[:] = [one for one in screen.faults if told not in one]


@pytest.mark.parametrize("role", ROLES)
def test_each_role(role: Role, browser: Browser, shared: Shared) -> None:
    """Somebody of each role is led where he wanted to, and finds what he may do and no more."""
    at = ROLES.index(role)
    with looking(browser, shared.address) as screen:
        page = _enter(screen, NAMES[role], at="/claims?order=oldest")
        page.wait_for_url("**/claims?order=oldest")
        expect(page.locator(".who")).to_contain_text(NAMES[role])
        assert page.locator('#tabs a[href="/review"]').count() == (at >= 2)
        page.locator("[data-row]").first.click()
        page.wait_for_url("**/claims/claim-*")
        assert page.locator('main [data-does="correct"]').count() == (at >= 2)
        screen.open("/events").locator("[data-row]").first.click()
        page.wait_for_url("**/events/event-*")
        assert page.locator('main form[action="/report/add"]').count() == (at >= 1)
        assert page.locator('main [data-does="merge"]').count() == (at >= 2)
        for path, least in (("/review", 2), ("/users", 3), ("/audit", 3)):
            screen.open(path)
            told = page.locator("h1").inner_text()
            assert (told == "That is not allowed") is (at < least), path
        page = screen.open("/account")
        assert page.locator('main a[href="/users"]').count() == (at >= 3)
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/signin")
        assert page.locator("#tabs a").count() == 0
        screen.open("/claims")
        page.wait_for_url("**/signin?back=%2Fclaims")
        _forgive(screen)


def test_wrong_words(browser: Browser, shared: Shared) -> None:
    """Whoever is not let in is told so, keeps the name, and is let in by the right password."""
    with looking(browser, shared.address) as screen:
        page = _enter(screen, "vera", LONG)
        expect(page.get_by_role("alert")).to_have_text("There is no such name with that password.")
        assert page.get_by_label("Name").input_value() == "vera"
        assert page.get_by_label("Password").input_value() == ""
        expect(page.get_by_label("Password")).to_be_focused()
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/watch")
        _forgive(screen)


def test_a_reviewer_judges(browser: Browser, shared: Shared) -> None:
    """A key decides in the name of who has signed in, and the log has it for the admin."""
    with looking(browser, shared.address) as screen:
        page = _enter(screen, "rosa", at="/review")
        page.wait_for_url("**/review")
        page.keyboard.press("a")
        expect(page.locator(".steps-made .step")).to_have_count(1)
        expect(page.locator(".steps-made bdi", has_text="rosa")).to_be_visible()
    with looking(browser, shared.address) as screen:
        page = _enter(screen, "amal", at="/audit")
        page.get_by_label("What").select_option("judgement")
        page.get_by_role("button", name="Apply").click()
        page.wait_for_url("**act=judgement**")
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.locator("tbody tr")).to_contain_text("rosa")
        page.locator("tbody a").click()
        page.wait_for_url("**/audit?who=rosa")
        assert page.locator("tbody tr").count() >= 2


def test_an_admin_lets_somebody_in_and_out(browser: Browser, shared: Shared) -> None:
    """Somebody new changes the first password, reads, and is led out once he is disabled."""
    with looking(browser, shared.address) as office, looking(browser, shared.address) as home:
        admin = _enter(office, "amal", at="/users")
        form = admin.locator('form[action="/users/add"]')
        form.get_by_label("Name").fill("Nora")
        form.get_by_label("First password").fill(PASSWORD)
        form.get_by_label("Role").select_option("analyst")
        form.get_by_role("button", name="Add").click()
        row = admin.locator("#user-nora")
        expect(row).to_contain_text("has not changed the first password")
        page = _enter(home, "nora", at="/events")
        page.wait_for_url("**/account")
        expect(page.get_by_role("status").first).to_contain_text("Change it to go on")
        page.get_by_label("Present password").fill(PASSWORD)
        for label in ("New password", "New password once more"):
            page.get_by_label(label, exact=True).fill(LONG)
        page.get_by_role("button", name="Change password").click()
        page.wait_for_url("**/watch")
        home.open("/events")
        row.get_by_role("button", name="Disable nora").click()
        expect(row).to_contain_text("disabled on")
        # The page that is open leads its window to the sign-in, not a page into a page.
        page.locator("#tabs a", has_text="Claims").click()
        page.wait_for_url("**/signin?back=%2Fclaims")
        assert page.locator("h1").count() == 1
        _forgive(home)


def test_a_token_for_a_program(browser: Browser, shared: Shared) -> None:
    """A token is shown once, opens the API, and is closed by its button."""
    with looking(browser, shared.address) as screen:
        page = _enter(screen, "anton", at="/account")
        page.get_by_label("What uses it").fill("nightly export")
        page.get_by_role("button", name="Make a token").click()
        secret = page.locator("#secret").inner_text()
        assert re.fullmatch(r"tocsin_[\w-]{43}", secret)
        headers = {"authorization": f"Bearer {secret}"}
        address = f"{shared.address}/api/v1/events"
        assert httpx.get(address, headers=headers).status_code == 200
        screen.open("/account")
        assert secret not in page.content()
        page.get_by_role("button", name="Take back nightly export").click()
        expect(page.locator("main")).to_contain_text("You have no tokens.")
        assert httpx.get(address, headers=headers).status_code == 401


@pytest.mark.parametrize("path", ["/signin", *PAGES])
def test_page(path: str, browser: Browser, shared: Shared) -> None:
    """A page fits its window in every size and colour; axe finds nothing, in Arabic neither."""
    token(shared.team, "amal", "viewer")
    for locale in ("en-GB", "ar"):
        with looking(browser, shared.address, locale=locale) as screen:
            page = screen.open("/signin")
            if path != "/signin":
                page.locator("input[name=name]").fill("amal")
                page.locator("input[name=password]").fill(PASSWORD)
                page.keyboard.press("Enter")
                page.wait_for_url("**/watch")
                screen.open(path)
            assert page.locator("h1").count() == 1
            for size in SIZES:
                screen.resize(size)
                assert screen.overflow() <= 0, size
                assert screen.violations() == []
            screen.wear("dark")
            assert screen.violations(COLOURS) == []


def test_by_keyboard_and_without_scripts(browser: Browser, shared: Shared) -> None:
    """Everything is there without scripts; with them, two keys lead to the account."""
    with looking(browser, shared.address, scripts=False) as screen:
        page = _enter(screen, "vera", at="/account")
        page.wait_for_url("**/account")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/signin")
    with looking(browser, shared.address) as screen:
        page = _enter(screen, "vera", at="/claims")
        page.wait_for_url("**/claims")
        page.keyboard.press("g")
        page.keyboard.press("u")
        page.wait_for_url("**/account")
