"""What outlets write cannot run, and what other sites send is refused."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Browser

from tests.chromium import looking
from tests.snares import OUTLET, TITLE
from tocsin.desk.frame import START
from tocsin.desk.security import HEADERS

LISTS = (
    "/watch",
    "/threats",
    "/map",
    "/events",
    "/claims",
    "/articles",
    "/claims?q=%22%3Cscript%3E%22",
    "/events?q=<script>",
)


@pytest.mark.parametrize("start", LISTS)
def test_nothing_runs(start: str, browser: Browser, trap: str) -> None:
    """No page shows an outlet's words as anything but words, wherever its links lead."""
    with looking(browser, trap) as screen:
        page = screen.open(start)
        links = {start}
        for row in page.locator("[data-row], .row a, .facets a").all():
            links.add(row.get_attribute("href") or "")
        for link in sorted(filter(None, links)):
            screen.open(link)
            assert page.evaluate("window.caught") is None
            assert page.locator("main img, main script, main svg[onload]").count() == 0
            hrefs = [one.get_attribute("href") or "" for one in page.locator("a").all()]
            assert not [one for one in hrefs if one.startswith(("javascript:", "data:"))]
        # The browser itself logs every answer that is an error.
        screen.faults[:] = [one for one in screen.faults if "400" not in one]


def test_words_are_shown_as_they_are(browser: Browser, trap: str) -> None:
    """A title full of markup reads as it was written."""
    with looking(browser, trap) as screen:
        page = screen.open("/articles")
        assert page.locator("[data-row]").first.inner_text() == TITLE
        page.locator("[data-row]").first.click()
        page.wait_for_url(re.compile("/articles/article-"))
        assert page.locator("h1").inner_text() == TITLE
        assert OUTLET in page.locator(".eyebrow").inner_text()


def test_inline_scripts_are_refused(browser: Browser, world: str) -> None:
    """Whatever got onto a page in spite of all would not run."""
    with looking(browser, world) as screen:
        page = screen.open("/events")
        page.evaluate(
            """async () => { const one = document.createElement("script");
            one.textContent = "window.caught = 5"; document.body.append(one);
            const image = "<img src=x onerror='window.caught=6'>";
            document.body.insertAdjacentHTML("beforeend", image);
            await new Promise((done) =>
                document.body.lastElementChild.addEventListener("error", done)); }"""
        )
        assert page.evaluate("window.caught") is None
        assert any("Content Security Policy" in one for one in screen.faults)
        screen.faults.clear()


@pytest.mark.parametrize(
    "path", ["/events", "/nothing", "/claims?q=(", "/static/desk.js", "/static/../app.py", "/look"]
)
def test_every_answer_is_guarded(path: str, world: str) -> None:
    """Every answer has the headers, those of errors and files too."""
    answer = httpx.get(world + path)
    assert HEADERS.items() <= dict(answer.headers).items()
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events/event-0000000000000000", 404), ("/events/x", 404), ("/claims/%00", 404),
        ("/articles/..%2f..%2fetc%2fpasswd", 404), ("/articles/article-0/versions", 404),
        ("/static/..%2f..%2fapp.py", 404), ("/static/%2e%2e/app.py", 404),
        ("/claims?after=nonsense", 400), ("/events?after=nonsense", 400),
        ("/claims?q=%00", 400), ("/events?level='%20OR%201=1", 200), ("/events?order=;", 200),
        ("/search?kind=nothing", 400),
    ],
)  # fmt: skip
def test_odd_requests(path: str, status: int, world: str) -> None:
    """What makes no sense gets an answer that says so, and never one of the server's failures."""
    answer = httpx.get(world + path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def _token(client: httpx.Client) -> str:
    found = re.search(r'name="_csrf_token" value="([^"]+)"', client.get("/events").text)
    assert found is not None
    return found[1]


def test_look_is_set_from_the_desk_alone(world: str) -> None:
    """A form needs the page's token and the desk as its origin."""
    wish = {"theme": "dark", "density": "compact", "language": "", "back": "/claims"}
    with httpx.Client(base_url=world) as client:
        signed = wish | {"_csrf_token": _token(client)}
        own = {"Origin": world}
        assert client.post("/look", data=wish, headers=own).status_code == 403
        assert client.post("/look", data=signed).status_code == 403
        foreign = {"Origin": "https://elsewhere.example"}
        assert client.post("/look", data=signed, headers=foreign).status_code == 403
        site = own | {"Sec-Fetch-Site": "cross-site"}
        assert client.post("/look", data=signed, headers=site).status_code == 403
        done = client.post("/look", data=signed, headers=own)
        assert (done.status_code, done.headers["location"]) == (303, "/claims")
        assert "tocsin_look=dark.compact" in done.headers["set-cookie"]


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "javascript:1"]
)
def test_no_way_out(back: str, world: str) -> None:
    """A form leads back to the desk, whatever it says."""
    with httpx.Client(base_url=world) as client:
        data = {"_csrf_token": _token(client), "back": back}
        done = client.post("/look", data=data, headers={"Origin": world})
        assert done.headers["location"] == START


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "", "127.0.0.1.evil.example"])
def test_other_names_are_refused(host: str, world: str) -> None:
    """Whoever makes another name point here is not answered, whatever it says was forwarded."""
    headers = {"Host": host, "X-Forwarded-Host": "127.0.0.1"}
    answer = httpx.get(f"{world}/events", headers=headers)
    assert answer.status_code in (400, 421)
    assert "Tocsin" not in answer.text
