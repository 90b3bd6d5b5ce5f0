"""Visits of feeds on a real server: states, filters, days, and one bad entry among good ones."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.desk import FEED, HALF, Desk, codes, conditional, entry, feed, story
from tests.server import HOST, Answer, Page, moved, visiting
from tocsin.records.article import Moment
from tocsin.records.source import Feed, Filter, Source
from tocsin.sources import gather, harvest
from tocsin.sources.feeds import Item


def test_nothing_is_fetched_twice() -> None:
    """What is remembered is not fetched again, in whatever order it comes; what is new is."""
    one, two, three = entry("Basra"), entry("Mosul"), entry("Erbil")
    pages: dict[str, Answer | list[Answer]] = {
        f"/{n}": story(n) for n in ("Basra", "Mosul", "Erbil")
    }
    pages["/feed.xml"] = [feed(one, two), feed(two, one, one), feed(three, two, one)]
    with visiting(pages) as web:
        desk = Desk(web)
        counts = [len(desk.visit(n * HALF / 2).parcels) for n in range(4)]
        assert counts == [2, 0, 1, 0]
        assert sorted(path for path in web.site.paths if path != "/feed.xml") == [
            "/Basra",
            "/Erbil",
            "/Mosul",
        ]


def test_not_modified() -> None:
    """A feed that says that nothing changed is not read, and its state says so."""
    page = conditional(feed(entry("Basra"), etag='"f"'))
    with visiting({"/feed.xml": page, "/Basra": story("Basra")}) as web:
        desk = Desk(web)
        desk.visit()
        found = desk.visit(HALF)
    assert (found.state.health, found.state.etag) == ("unchanged", '"f"')
    assert (found.parcels, found.issues, found.entries) == ((), (), ())


def test_one_bad_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages without articles, strange bytes and faults of ours cost no other entry."""
    broken = harvest.entry_text

    def fails(item: Item) -> str:
        if item.key == "Kirkuk":
            raise ZeroDivisionError("ours")
        return broken(item)

    monkeypatch.setattr(harvest, "entry_text", fails)
    names = ("Basra", "Empty", "Binary", "Kirkuk", "Front", "Mosul")
    pages: dict[str, Answer | list[Answer]] = {
        "/feed.xml": feed(*(entry(name) for name in names)),
        "/Basra": story("Basra"),
        "/Empty": Page(b"<html><body><p>Sign in</p></body></html>"),
        "/Binary": Page(b"%PDF-1.7\0\0"),
        "/Kirkuk": story("Kirkuk"),
        "/Front": moved("/"),
        "/": story("Front"),
        "/Mosul": story("Mosul"),
    }
    with visiting(pages) as web:
        found = Desk(web).visit()
    assert [p.article.title[13:] for p in found.parcels] == ["Basra", "Mosul"]
    assert codes(found) == ["not-fetched"] * 4
    said = " ".join(issue.message for issue in found.issues)
    assert all(
        word in said for word in ("no running text", "PDF", "ZeroDivisionError", "front page")
    )


def test_filters() -> None:
    """What filters leave out is named once with the reason, and comes in when they are lifted."""
    source = Source(id="wire", name="W", filters=(Filter(part="title", matches="mosul"),))
    pages: dict[str, Answer | list[Answer]] = {
        "/feed.xml": feed(entry("Basra")),
        "/Basra": story("Basra"),
    }
    with visiting(pages) as web:
        desk = Desk(web, source=source)
        first, second = desk.visit(), desk.visit(HALF)
        desk.source = Source(id="wire", name="W", filters=(Filter(part="title", matches="("),))
        third = desk.visit(2 * HALF)
    assert (codes(first), codes(second)) == (["filtered"], [])
    assert "mosul" in first.issues[0].message
    assert second.state.health == "skipped"
    assert codes(third) == ["bad-filter"]
    assert len(third.parcels) == 1


def test_wrong_and_missing_days() -> None:
    """Wrong days of feed and page are issues; each stands in for the other."""
    wrong = '<meta property="article:published_time" content="2025-10-19T00:00:00Z">'
    right = '<meta property="article:published_time" content="2024-11-19T10:00:00Z">'
    pages: dict[str, Answer | list[Answer]] = {
        "/feed.xml": feed(
            entry("Basra"),
            entry("Mosul", day="Thu, 01 Jan 1970 00:00:00 GMT"),
            entry("Erbil"),
            entry("Najaf", day="Fri, 21 Nov 2036 00:00:00 GMT"),
        ),
        "/Basra": story("Basra", head=wrong),
        "/Mosul": story("Mosul", head=right),
        "/Erbil": story("Erbil", head=right),
        "/Najaf": story("Najaf"),
    }
    with visiting(pages) as web:
        found = Desk(web).visit()
    days = {p.article.title[13:]: p.article.published for p in found.parcels}
    assert days == {
        "Basra": Moment(date(2024, 11, 21), "minute", "08:00+00:00"),
        "Mosul": Moment(date(2024, 11, 19)),
        "Erbil": Moment(date(2024, 11, 19)),
        "Najaf": None,
    }
    assert sorted(codes(found)) == ["bad-date", "bad-date", "bad-date", "two-dates", "undated"]


def test_states_of_the_feed() -> None:
    """Whatever the server does, the feed's state says so in words, and later visits go on."""
    answers: list[Answer] = [
        Page(b"<html><body>Maintenance</body></html>"),
        Page(status=403),
        feed(),
        feed(entry("Basra")),
        Page(status=410),
    ]
    with visiting({"/feed.xml": answers, "/Basra": story("Basra")}) as web:
        desk = Desk(web)
        found = [desk.visit(n * HALF) for n in range(5)]
    assert [(one.state.health, one.state.failures) for one in found] == [
        ("failed", 1),
        ("failed", 2),
        ("empty", 0),
        ("ok", 0),
        ("gone", 1),
    ]
    assert [codes(one) for one in found] == [["feed-failed"], [], [], [], ["feed-gone"]]
    assert "web page" in found[0].state.reason
    assert found[-1].state.due is None


def test_robots() -> None:
    """A feed that robots.txt forbids is skipped for a day, nothing asked."""
    rules = Page(b"User-agent: *\nDisallow: /feed.xml\n")
    with visiting({"/robots.txt": rules, "/feed.xml": feed()}) as web:
        found = Desk(web).visit()
        assert web.site.paths == []
    assert found.state.health == "skipped"
    assert "robots" in found.state.reason


def test_a_feed_that_moved() -> None:
    """The new address is asked from then on; the old one again once the new one fails."""
    pages: dict[str, Answer | list[Answer]] = {
        "/feed.xml": [moved("/new.xml"), feed(entry("Basra"))],
        "/new.xml": [feed(entry("Basra")), feed(entry("Basra")), Page(status=410)],
        "/Basra": story("Basra"),
    }
    with visiting(pages) as web:
        desk = Desk(web)
        found = [desk.visit(n * HALF / 2) for n in range(4)]
        assert [p for p in web.site.paths if p.endswith("xml")] == [
            "/feed.xml",
            "/new.xml",
            "/new.xml",
            "/new.xml",
            "/feed.xml",
        ]
    assert [one.state.health for one in found] == ["moved", "moved", "failed", "unchanged"]
    assert codes(found[0]) == ["feed-moved"]


def test_a_sitemap() -> None:
    """News sitemaps are visited like feeds, through their index, which may have broken parts."""
    parts = "".join(f"<sitemap><loc>/{name}.xml</loc></sitemap>" for name in ("news", "no"))
    index = f"<sitemapindex>{parts}</sitemapindex>"
    news = f"""<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url>
    <loc>{HOST}/Basra</loc><n:news><n:publication><n:name>W</n:name><n:language>en</n:language>
    </n:publication><n:publication_date>2024-11-21T09:00Z</n:publication_date>
    <n:title>Rebels leave Basra</n:title></n:news></url></urlset>"""
    pages: dict[str, Answer | list[Answer]] = {
        "/feed.xml": Page(index.encode()),
        "/news.xml": Page(news.encode()),
        "/Basra": story("Basra"),
    }
    with visiting(pages) as web:
        desk = Desk(web, feed=Feed(url=FEED, kind="sitemap"))
        found, again = desk.visit(), desk.visit(HALF)
    (parcel,) = found.parcels
    assert parcel.article.published == Moment(date(2024, 11, 21), "minute", "09:00+00:00")
    assert parcel.capture.form == "page"
    assert codes(found) == ["bad-feed"]
    assert (again.parcels, again.state.health) == ((), "unchanged")


def test_a_backlog(monkeypatch: pytest.MonkeyPatch) -> None:
    """More pages than one visit fetches come in over several, though the feed stays the same."""
    monkeypatch.setattr(gather, "PAGES", 2)
    names = [f"Town{n}" for n in range(5)]
    pages: dict[str, Answer | list[Answer]] = {f"/{name}": story(name) for name in names}
    pages["/feed.xml"] = conditional(feed(*(entry(name) for name in names), etag='"f"'))
    with visiting(pages) as web:
        desk = Desk(web)
        found = [desk.visit(n * HALF / 10) for n in range(4)]
    assert [len(one.parcels) for one in found] == [2, 2, 1, 0]
    assert [codes(one) for one in found] == [["backlog"], ["backlog"], [], []]


def test_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without anything to know articles by, a quiet feed of a week stays as it is."""
    with visiting({"/feed.xml": feed(entry("Basra")), "/Basra": story("Basra")}) as web:
        desk = Desk(web, knows=False)
        found = [desk.visit(n * 2 * HALF) for n in range(24 * 7)]
        asked = web.site.paths.count("/Basra")
    assert sum(len(one.parcels) for one in found) == 1
    assert all(one.issues == () for one in found)
    assert 40 <= asked <= 48
    assert desk.entries["Basra"].fetched == datetime.fromisoformat("2024-11-21T10:00+00:00")
