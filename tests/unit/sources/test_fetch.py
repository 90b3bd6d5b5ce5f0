"""Addresses fetched from a real server: headers, redirects, tries, rules, canonical spellings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs

import tocsin
from tests.server import HOST, NOW, SMALL, Answer, Asked, Page, failure, moved, visiting
from tocsin.base.errors import SettingsError
from tocsin.base.settings import load
from tocsin.sources import exchange
from tocsin.sources.fetch import Reply, agent, canonical


def test_a_page() -> None:
    """A page comes back with all that is known of it."""
    headers = {
        "Content-Type": 'Text/HTML; Charset="windows-1251"',
        "ETag": '"v1"',
        "Last-Modified": "Thu, 21 Nov 2024 09:00:00 GMT",
    }
    with visiting({"/story": Page(b"<p>Rebels</p>", headers=headers)}) as made:
        assert made.get("/story#top") == Reply(
            url=f"{HOST}/story#top",
            final=f"{HOST}/story",
            status=200,
            body=b"<p>Rebels</p>",
            kind="text/html",
            charset="windows-1251",
            etag='"v1"',
            modified="Thu, 21 Nov 2024 09:00:00 GMT",
            fetched=NOW,
        )
        assert [asked.path for asked in made.site.asked] == ["/robots.txt", "/story"]


def test_what_is_sent() -> None:
    """We introduce ourselves, ask for what can be unpacked, and send no cookie and no login."""
    cookie = Page(b"x", headers={"Set-Cookie": "id=1; Path=/"})
    settings = structs.replace(SMALL, contact="editor@tocsin.example")
    with visiting({"/story": cookie}, settings) as made:
        made.get()
        made.get()
        headers = made.site.asked[-1].headers
    assert headers["User-Agent"] == f"Tocsin/{tocsin.__version__} (+editor@tocsin.example)"
    assert headers["Host"] == "news.example"
    assert headers["Accept-Encoding"] == "gzip, deflate"
    assert not {"Cookie", "Authorization", "If-None-Match"} & set(headers)


def test_without_a_contact() -> None:
    """Without a contact the name stands alone."""
    assert agent(" ") == f"Tocsin/{tocsin.__version__}"


@pytest.mark.parametrize(
    "line",
    ['contact = "a\\r\\nX-Evil: 1"', "rate = 0", "burst = 0", "size = 0", "retries = -1"],
)
def test_senseless_settings_are_refused(tmp_path: Path, line: str) -> None:
    """A contact that would break the header and limits of nothing are refused by name."""
    own = tmp_path / "own.toml"
    own.write_text(f"[fetch]\n{line}\n", "utf8")
    with pytest.raises(SettingsError, match=line.partition(" ")[0]):
        load(own)


def test_unchanged() -> None:
    """What was given last time is sent back; the host's 304 comes back as unchanged."""

    def answer(asked: Asked) -> Page:
        same = asked.headers.get("If-None-Match") == '"v1"'
        return Page(status=304, headers={"ETag": '"v1"'}) if same else Page(b"new")

    with visiting({"/story": answer}) as made:
        since = "Thu, 21 Nov 2024 09:00:00 GMT"
        reply = made.get(etag='"v1"', modified=since)
        assert (reply.status, reply.unchanged, reply.body) == (304, True, b"")
        assert made.site.asked[-1].headers["If-Modified-Since"] == since
        assert made.get(etag='"v0"').body == b"new"
        assert not made.get().unchanged


def test_unchanged_unasked() -> None:
    """A 304 that nobody asked for is no answer."""
    assert failure(Page(status=304)).reason == "status-304"


@pytest.mark.parametrize("etag", ["a\r\nX-Evil: 1", "é", "x" * 5000])
def test_etags_that_no_header_carries(etag: str) -> None:
    """An ETag that cannot be sent is left out."""
    with visiting({"/story": Page(b"x")}) as made:
        made.get(etag=etag)
        assert not {"If-None-Match", "X-Evil"} & set(made.site.asked[-1].headers)


def test_a_chain_of_redirects() -> None:
    """Redirects are followed across hosts, relative ones too, up to their number."""
    pages = {
        "/story": moved("/b", 302),
        "/b": moved("//other.example/c?d=é f", 307),
        "/c?d=%C3%A9%20f": moved("http://third.example/e#top", 303),
        "/e": Page(b"x"),
    }
    with visiting(pages) as made:
        reply = made.get()
        assert (reply.final, reply.status, reply.permanent) == ("http://third.example/e", 200, None)
        hosts = [a.host for a in made.site.asked if a.path != "/robots.txt"]
        assert hosts == ["news.example", "news.example", "other.example", "third.example"]


def test_too_long_a_chain() -> None:
    """A redirect beyond the number is not followed."""
    pages = {f"/{n}": moved(f"/{n + 1}") for n in range(9)}
    with visiting(pages) as made:
        error = made.failure("/0")
        assert error.reason == "redirects"
        assert "more than 3 times" in str(error)
        assert made.site.paths == ["/0", "/1", "/2", "/3"]


def test_a_loop() -> None:
    """A redirect to where we were is noticed at once."""
    with visiting({"/story": moved("/b"), "/b": moved("/story")}) as made:
        assert made.failure().reason == "redirect-loop"
        assert made.site.paths == ["/story", "/b"]


@pytest.mark.parametrize(
    ("codes", "permanent"),
    [((301, 308), True), ((301,), True), ((301, 302), False), ((302, 301), False), ((307,), False)],
)
def test_moved_for_good(codes: tuple[int, ...], *, permanent: bool) -> None:
    """An address has moved for good where every step there was for good."""
    pages = {f"/{n}": moved(f"/{n + 1}", code) for n, code in enumerate(codes)}
    end = f"/{len(codes)}"
    with visiting({**pages, end: Page(b"x")}) as made:
        assert made.get("/0").permanent == (f"{HOST}{end}" if permanent else None)


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://127.0.0.1/admin", "private"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
        ("http://[::ffff:127.0.0.1]/", "private"),
        ("http://intranet.example/", "private"),
        ("http://2130706433/", "bad-address"),
        ("http://user:secret@news.example/", "bad-address"),
        ("http://other.example:22/", "port"),
        ("file:///etc/passwd", "bad-address"),
        ("ftp://news.example/", "bad-address"),
        ("http://[", "bad-address"),
        ("http://exa mple/", "bad-address"),
    ],
)
def test_redirects_to_where_we_may_not_go(target: str, why: str) -> None:
    """Every redirect is judged like a first address; nothing of it is asked."""
    hosts = {"intranet.example": "10.0.0.5"}
    with visiting({"/story": moved(target)}, hosts=hosts) as made:
        assert made.failure().reason == why
        assert [asked.host for asked in made.site.asked] == ["news.example"] * 2


def test_busy_then_well() -> None:
    """A host that is busy is asked again when it said, and what it gives then counts."""
    busy = Page(status=429, headers={"Retry-After": "30"})
    dated = Page(status=503, headers={"Retry-After": "Thu, 21 Nov 2024 10:00:40 GMT"})
    with visiting({"/story": [busy, dated, Page(b"x")]}) as made:
        assert made.get().body == b"x"
        assert made.clock.slept == [30, 40]


def test_busy_for_longer_than_we_wait() -> None:
    """A host that asks for a long pause is left alone, this time and the next."""
    with visiting({"/story": Page(status=429, headers={"Retry-After": "3600"})}) as made:
        error = made.failure()
        assert (error.reason, error.status, error.after) == ("status-429", 429, 3600)
        assert str(error) == "news.example answered 429; it asks to wait 3,600 s"
        assert made.failure("/other").reason == "later"
        assert (made.clock.slept, made.site.paths) == ([], ["/story"])


def test_broken_then_well() -> None:
    """A fault of the server is tried again."""
    with visiting({"/story": [Page(status=500), Page(b"x")]}) as made:
        assert made.get().body == b"x"
        assert made.clock.slept == [2]


def test_broken_for_good() -> None:
    """The message says what happened, how often, and after which pauses it was tried again."""
    with visiting({"/story": Page(b"sorry", status=503)}) as made:
        error = made.failure()
        expected = "news.example answered 503 three times; tried again after 2 and 4 s"
        assert (str(error), error.reason) == (expected, "status-503")
        assert made.clock.slept == [2, 4]


def test_differently_broken() -> None:
    """Where every try failed otherwise, the last failure is told."""
    error = failure([Page(status=500), Page(b"x", length=9), Page(status=502)])
    assert str(error) == "news.example answered 502, tried three times; tried again after 2 and 4 s"


@pytest.mark.parametrize(
    ("status", "why"),
    [(400, "status-400"), (401, "status-401"), (403, "status-403"), (404, "status-404"),
     (410, "gone"), (451, "status-451"), (202, "status-202"), (206, "status-206"),
     (300, "status-300"), (301, "status-301")],
)  # fmt: skip
def test_what_no_other_try_mends(status: int, why: str) -> None:
    """Refusals are taken at their word, and their bodies for no pages."""
    with visiting({"/story": Page(b"x", status=status)}) as made:
        assert made.failure().reason == why
        assert made.site.paths == ["/story"]


def test_rules_are_obeyed() -> None:
    """What robots.txt forbids is not asked for, unless it is said that it may."""
    pages = {
        "/robots.txt": Page(b"User-agent: Tocsin\nDisallow: /private\n"),
        "/private": Page(b"x"),
        "/story": moved("/private"),
    }
    with visiting(pages) as made:
        assert made.failure("/private").reason == "robots"
        assert made.failure("/story").reason == "robots"
        assert made.site.paths == ["/story"]
        assert made.fetcher.get(f"{HOST}/private", robots=False).body == b"x"


def test_rules_of_the_other_host_are_obeyed() -> None:
    """A redirect to another host is subject to that host's rules."""

    def rules(asked: Asked) -> Page:
        forbids = asked.host == "other.example"
        return Page(b"User-agent: *\nDisallow: /\n") if forbids else Page(status=404)

    with visiting({"/robots.txt": rules, "/story": moved("http://other.example/x")}) as made:
        error = made.failure()
        assert (error.reason, made.site.paths) == ("robots", ["/story"])
        assert "other.example" in str(error)


def test_rules_that_cannot_be_read() -> None:
    """A robots.txt that fails with the server's fault forbids all for now."""
    with visiting({"/robots.txt": Page(status=500), "/story": Page(b"x")}) as made:
        error = made.failure()
        assert (error.reason, made.site.paths) == ("robots", [])
        assert "answered 500 three times" in str(error)


def test_rules_that_are_sent_elsewhere() -> None:
    """A robots.txt is followed through five redirects; after more there are none."""
    chain: dict[str, Answer | list[Answer]] = {f"/r{n}": moved(f"/r{n + 1}") for n in range(1, 5)}
    forbids = Page(b"User-agent: *\nDisallow: /\n")
    five = {"/robots.txt": moved("/r1"), **chain, "/r5": forbids}
    with visiting({**five, "/story": Page(b"x")}) as made:
        assert made.failure().reason == "robots"
    six = {**five, "/r5": moved("/r6"), "/r6": forbids}
    with visiting({**six, "/story": Page(b"x")}) as made:
        assert made.get().body == b"x"


def test_rules_without_an_end() -> None:
    """The beginning of a robots.txt counts, however long it is."""
    body = b"User-agent: *\nDisallow: /private\n"
    endless = Page(body, endless=True, headers={"Content-Type": "text/plain"})
    settings = structs.replace(SMALL, wire=2_000_000)
    with visiting({"/robots.txt": endless, "/story": Page(b"x")}, settings) as made:
        assert made.get().body == b"x"
        assert made.failure("/private").reason == "robots"


def test_a_crawl_delay_is_kept() -> None:
    """Requests to a host keep the pause that its rules ask for."""
    rules = Page(b"User-agent: *\nCrawl-delay: 7\n")
    with visiting({"/robots.txt": rules, "/story": Page(b"x"), "/b": Page(b"y")}) as made:
        made.get()
        made.get("/b")
        made.get("/story")
        assert made.clock.slept[-2:] == [7, 7]


def test_a_step_from_https_to_http(monkeypatch: pytest.MonkeyPatch) -> None:
    """A way that leads from https to http is noted, and never taken for good."""
    with visiting({"/new": Page(b"x")}) as made:
        plain = made.fetcher._exchange.ask

        def ask(url: str, *rest: object) -> object:
            if url.startswith("https:"):
                return exchange.Answer(301, {"location": "http://news.example/new"}, b"", None)
            return plain(url, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(made.fetcher._exchange, "ask", ask)
        reply = made.fetcher.get("https://news.example/story", robots=False)
    assert (reply.final, reply.downgraded, reply.permanent) == (f"{HOST}/new", True, None)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://News.Example/Story", "https://news.example/Story"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:443/a/", "https://news.example/a/"),
        ("http://news.example:80/a", "http://news.example/a"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("  https://news.example/a#comments ", "https://news.example/a"),
        ("https://news.example/a?utm_source=x&id=5&UTM_Medium=y", "https://news.example/a?id=5"),
        ("https://news.example/a?fbclid=1&gclid=2&igshid=3&msclkid=4", "https://news.example/a"),
        ("https://news.example/a?ref=b&source=c&cid=7", "https://news.example/a?ref=b&source=c&cid=7"),
        ("https://news.example/a?b&c=", "https://news.example/a?b&c="),
        ("https://news.example/a?z=1&a=2", "https://news.example/a?z=1&a=2"),
        ("https://news.example/a?", "https://news.example/a"),
        ("https://news.example/a/../b", "https://news.example/b"),
        ("https://news.example/новости", "https://news.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
        ("https://news.example/%d0%bd", "https://news.example/%D0%BD"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://news.example/a?at_medium=RSS&at_campaign=rss", "https://news.example/a"),
        ("mailto:editor@news.example", "mailto:editor@news.example"),
        ("/story", "/story"),
        (" tag:news.example,2024:1 ", "tag:news.example,2024:1"),
        ("http://news.example:port/a", "http://news.example:port/a"),
        ("", ""),
    ],
)  # fmt: skip
def test_canonical_addresses(url: str, expected: str) -> None:
    """What says how a reader came goes, what says what is read stays."""
    assert canonical(url) == expected


_letters = st.text(st.sampled_from("aZ5/.:?&=#%[]@ é\\utm_\t"), max_size=30)


@given(st.text(max_size=40) | _letters.map(lambda rest: f"https://News.example/{rest}")
       | _letters.map(lambda rest: f"http://{rest}"))  # fmt: skip
@example("https://news.example/a?utm_x#b")
@example("http://news.example//a/./b")
def test_canonical_addresses_stay(url: str) -> None:
    """The spelling of a spelling is the same."""
    once = canonical(url)
    assert canonical(once) == once
