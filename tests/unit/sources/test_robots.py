"""What sites let us read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.server import Clock
from tocsin.sources.guard import NotFetchedError
from tocsin.sources.robots import AGAIN, DAY, Robots

PAGE = "https://news.example/story"


class Rules:
    """Gives the rules it was told to, or the failure, and counts how often it was asked."""

    def __init__(self, given: bytes | NotFetchedError) -> None:
        self.given = given
        self.asked: list[str] = []

    def __call__(self, url: str) -> bytes:
        """Return the rules."""
        self.asked.append(url)
        if isinstance(self.given, NotFetchedError):
            raise self.given
        return self.given


def failing(check: Callable[[str], object], url: str = PAGE) -> NotFetchedError:
    """Return the error of a check."""
    with pytest.raises(NotFetchedError) as caught:
        check(url)
    return caught.value


def status(code: int) -> NotFetchedError:
    """Return the failure of a robots.txt that gives a status."""
    return NotFetchedError(f"news.example answered {code}", "status", status=code)


def test_rules_are_kept_for_us_and_for_all() -> None:
    """Our own group counts where there is one, that of everybody else where not."""
    ours = b"User-agent: *\nDisallow: /\n\nUser-agent: tocsin\nDisallow: /private\n"
    robots = Robots(Rules(ours))
    assert robots.check(PAGE) is None
    assert failing(robots.check, "https://news.example/private/1?q=2").reason == "robots"
    everybody = Robots(Rules(b"User-agent: *\nDisallow: /*.pdf$\nAllow: /open\n"))
    assert everybody.check(PAGE) is None
    assert failing(everybody.check, "https://news.example/a.pdf").reason == "robots"


def test_a_refusal_names_the_site_and_path() -> None:
    """The message says whose rules forbid what to whom."""
    error = failing(Robots(Rules(b"User-agent: *\nDisallow: /\n")).check)
    assert str(error) == "robots.txt of news.example forbids /story to Tocsin"


def test_rules_are_of_one_origin_and_kept_a_day() -> None:
    """Each scheme, host and port has its own rules, read once a day."""
    clock, rules = Clock(), Rules(b"")
    robots = Robots(rules, clock=clock)
    for url in (PAGE, PAGE + "2", "http://news.example/", "https://news.example:8443/x"):
        robots.check(url)
    assert rules.asked == [
        "https://news.example/robots.txt",
        "http://news.example/robots.txt",
        "https://news.example:8443/robots.txt",
    ]
    clock.time += DAY - 1
    robots.check(PAGE)
    assert len(rules.asked) == 3
    clock.time += 1
    robots.check(PAGE)
    assert len(rules.asked) == 4


@pytest.mark.parametrize("code", [400, 401, 403, 404, 418, 451])
def test_no_rules_forbid_nothing(code: int) -> None:
    """A robots.txt that is not there forbids nothing, for a day."""
    rules = Rules(status(code))
    robots = Robots(rules)
    assert robots.check(PAGE) is None
    assert robots.check(PAGE) is None
    assert len(rules.asked) == 1


def test_removed_and_circling_rules_forbid_nothing() -> None:
    """Rules that are gone or sent around in circles are not there."""
    for error in (
        NotFetchedError("removed", "gone", status=410),
        NotFetchedError("elsewhere", "redirects"),
        NotFetchedError("in a circle", "redirect-loop"),
    ):
        assert Robots(Rules(error)).check(PAGE) is None


@pytest.mark.parametrize(
    "error",
    [status(500), status(503), status(429), NotFetchedError("kept silent", "too-slow"),
     NotFetchedError("broke off", "broken"), NotFetchedError("odd", "no-http")],
)  # fmt: skip
def test_rules_that_cannot_be_read_forbid_all_for_now(error: NotFetchedError) -> None:
    """A site that cannot show its rules is not read until it can; it is asked again soon."""
    clock, rules = Clock(), Rules(error)
    robots = Robots(rules, clock=clock)
    caught = failing(robots.check)
    assert (caught.reason, caught.after) == ("robots", AGAIN)
    assert str(error) in str(caught)
    assert failing(robots.check).reason == "robots"
    assert len(rules.asked) == 1
    clock.time += AGAIN
    rules.given = b""
    assert robots.check(PAGE) is None


@pytest.mark.parametrize("reason", ["dns", "private", "refused", "tls"])
def test_a_host_that_is_not_there_says_so(reason: str) -> None:
    """Where the host as a whole is the matter, that is the reason, not its rules."""
    error = NotFetchedError("the matter", reason)  # type: ignore[arg-type]
    robots = Robots(Rules(error))
    assert failing(robots.check).reason == reason
    assert str(failing(robots.check)) == "the matter"


def test_a_busy_host_is_not_held_against_its_rules() -> None:
    """Rules that could not be asked for yet are asked for the next time."""
    rules = Rules(NotFetchedError("not now", "later", after=500.0))
    robots = Robots(rules)
    assert failing(robots.check).reason == "later"
    rules.given = b""
    assert robots.check(PAGE) is None


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("Crawl-delay: 10", 10.0),
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: soon", None),
        ("Request-rate: 1/20", 20.0),
        ("Crawl-delay: 5\nRequest-rate: 1/20", 20.0),
        ("Request-rate: 0/20", None),
        ("Disallow: /x", None),
    ],
)
def test_the_crawl_delay_comes_back(text: str, delay: float | None) -> None:
    """What a site asks for between two requests comes back, the slower of two ways to say it."""
    assert Robots(Rules(f"User-agent: *\n{text}\n".encode())).check(PAGE) == delay


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe\x00", b"<html><body>Not found</body></html>", b"\0" * 1000,
     b"User-agent: *\nDisallow: " + b"/*a" * 100_000 + b"\n"],
)  # fmt: skip
def test_rubbish_forbids_nothing(body: bytes) -> None:
    """What is no robots.txt forbids nothing and takes no time."""
    assert Robots(Rules(body)).check(PAGE + "/" + "a" * 2000) is None


def test_a_byte_order_mark_hides_no_rule() -> None:
    """The first line counts behind a byte order mark too."""
    body = b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"
    assert failing(Robots(Rules(body)).check).reason == "robots"


def test_few_sites_are_remembered() -> None:
    """The memory of rules does not grow for ever; the oldest are forgotten."""
    rules = Rules(b"")
    robots = Robots(rules)
    for number in range(1001):
        robots.check(f"https://n{number}.example/")
    robots.check("https://n1000.example/")
    assert len(rules.asked) == 1001
    robots.check("https://n0.example/")
    assert len(rules.asked) == 1002
