"""Entries on a real server: what is new comes in once, whole, and nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.desk import FEED, HALF, Desk, body, codes, conditional, entry, feed, story
from tests.server import HOST, NOW, Answer, Page, moved, visiting
from tocsin.records.article import Moment
from tocsin.records.source import Feed
from tocsin.sources.parcel import fingerprint


def test_a_page_for_a_teaser() -> None:
    """A feed of summaries gives the articles of its pages, with all that is known of them."""
    page = story("Basra")
    with visiting({"/feed.xml": feed(entry("Basra")), "/Basra": page}) as web:
        found = Desk(web).visit()
    (parcel,) = found.parcels
    article, capture = parcel.article, parcel.capture
    assert article.title == "Rebels leave Basra"
    assert article.text.count("northern road") == 12
    assert (article.outlet, article.language) == ("Tessaly Wire", "en")
    assert article.published == Moment(date(2024, 11, 21), "minute", "08:00+00:00")
    assert article.fetched == Moment(NOW.date(), "minute", "10:00+00:00")
    assert article.url == article.doc == f"{HOST}/Basra"
    assert (capture.article, capture.source, capture.form) == (article.id, "wire", "page")
    assert (capture.place, capture.final) == (f"{HOST}/Basra", f"{HOST}/Basra")
    assert (capture.fetched, capture.teaser) == (NOW, False)
    assert parcel.raw == page.body
    assert capture.raw == fingerprint(page.body)
    assert found.issues == ()
    assert (found.state.health, found.state.reason) == ("ok", "read, 1 entry")


def test_whole_articles_in_the_feed() -> None:
    """An article that the feed carries whole is taken from it, and its page left alone."""
    whole = entry("Basra", f"<content:encoded><![CDATA[{body('Basra', 10)}]]></content:encoded>")
    with visiting({"/feed.xml": feed(whole)}) as web:
        desk = Desk(web)
        (parcel,) = desk.visit().parcels
        assert desk.visit(HALF).parcels == ()
        assert web.site.paths == ["/feed.xml", "/feed.xml"]
    assert parcel.article.text.startswith("Rebels leave Basra\n\nReport 0. The governor of")
    assert parcel.article.url == f"{HOST}/Basra"
    assert (parcel.capture.form, parcel.capture.place) == ("feed", FEED)


def test_a_full_feed_is_believed() -> None:
    """Short news of a feed that says it is full is whole; what breaks off is fetched even so."""
    short = entry("Basra")
    cut = entry("Mosul", "<content:encoded>The army, which had...</content:encoded>")
    with visiting({"/feed.xml": feed(short, cut), "/Mosul": story("Mosul")}) as web:
        found = Desk(web, feed=Feed(url=FEED, full=True)).visit()
    assert [(p.capture.form, p.capture.teaser) for p in found.parcels] == [
        ("feed", False),
        ("page", False),
    ]


def test_an_edited_entry() -> None:
    """An entry that changed is fetched again and gives another article; else nothing is made."""
    later = entry("Basra").replace("In short", "Updated")
    again = entry("Basra").replace("In short", "Once more")
    pages: dict[str, Answer | list[Answer]] = {
        "/feed.xml": [feed(entry("Basra")), feed(later), feed(again)],
        "/Basra": [story("Basra"), story("Basra", times=8)],
    }
    with visiting(pages) as web:
        desk = Desk(web)
        (first,) = desk.visit().parcels
        (second,) = desk.visit(HALF).parcels
        assert desk.visit(2 * HALF).parcels == ()
    assert second.article.id != first.article.id
    assert desk.entries["Basra"].article == second.article.id


def test_an_hour_of_its_own_for_every_request_changes_nothing() -> None:
    """A feed that gives each entry the hour of the request does not make it new."""
    bumped = entry("Basra", day="Thu, 21 Nov 2024 09:59:00 GMT")
    with visiting(
        {"/feed.xml": [feed(entry("Basra")), feed(bumped)], "/Basra": story("Basra")}
    ) as web:
        desk = Desk(web)
        desk.visit()
        desk.visit(HALF)
        assert web.site.paths.count("/Basra") == 1


@pytest.mark.parametrize("listed", [True, False])
def test_silent_edits(listed: bool) -> None:  # noqa: FBT001
    """A young article is asked again once an hour, conditionally, whether it is listed or not."""
    edited = conditional(story("Basra", times=9, etag='"b"'))
    first = conditional(story("Basra", etag='"a"'))
    feeds = feed(entry("Basra")), feed(entry("Basra") if listed else entry("Mosul"))
    pages: dict[str, Answer | list[Answer]] = {
        "/feed.xml": list(feeds),
        "/Basra": [first, first, edited],
        "/Mosul": story("Mosul"),
    }
    with visiting(pages) as web:
        desk = Desk(web)
        (before,) = desk.visit().parcels
        made = [desk.visit(n * HALF).parcels for n in range(1, 6)]
        asked = [a.headers.get("If-None-Match") for a in web.site.asked if a.path == "/Basra"]
    found = [parcel for parcels in made for parcel in parcels if "Basra" in parcel.article.title]
    assert asked == [None, '"a"', '"a"']
    assert [len(parcel.article.text) > len(before.article.text) for parcel in found] == [True]
    assert found[0].article.published == before.article.published


def test_old_articles_are_left_alone() -> None:
    """After two days no page is asked again."""
    with visiting({"/feed.xml": feed(entry("Basra")), "/Basra": story("Basra")}) as web:
        desk = Desk(web)
        desk.visit()
        desk.visit(timedelta(days=3))
        assert web.site.paths.count("/Basra") == 1


def test_a_lost_page_is_asked_again() -> None:
    """A page that fails is not forgotten, though the feed would say that nothing changed."""
    page = conditional(feed(entry("Basra"), entry("Mosul"), etag='"f"'))
    down = Page(status=503)
    pages: dict[str, Answer | list[Answer]] = {
        "/feed.xml": page,
        "/Basra": [down, down, down, story("Basra")],
        "/Mosul": story("Mosul"),
    }
    with visiting(pages) as web:
        desk = Desk(web)
        first = desk.visit()
        second = desk.visit(HALF)
        third = desk.visit(2 * HALF)
    assert [p.article.title for p in first.parcels] == ["Rebels leave Mosul"]
    assert codes(first) == ["not-fetched"]
    assert "503" in first.issues[0].message
    (parcel,) = second.parcels
    assert parcel.article.published == Moment(date(2024, 11, 21), "minute", "08:00+00:00")
    assert not parcel.capture.teaser
    assert third.state.health == "unchanged"


def test_a_lost_page_that_is_listed_no_more() -> None:
    """A page that failed is asked for itself when the feed has dropped the entry."""
    down = Page(status=503)
    pages: dict[str, Answer | list[Answer]] = {
        "/feed.xml": [feed(entry("Basra")), feed()],
        "/Basra": [down, down, down, story("Basra")],
    }
    with visiting(pages) as web:
        desk = Desk(web)
        assert desk.visit().parcels == ()
        found = desk.visit(HALF)
    assert [p.article.title for p in found.parcels] == ["Rebels leave Basra"]
    assert found.state.health == "empty"


def test_what_the_feed_says_must_do() -> None:
    """Where the page stays away the feed's few words come in, marked, and it is asked rarely."""
    with visiting({"/feed.xml": feed(entry("Basra")), "/Basra": Page(status=404)}) as web:
        desk = Desk(web)
        found = [desk.visit(n * HALF) for n in range(200)]
        asked = web.site.paths.count("/Basra")
    parcels = [parcel for one in found for parcel in one.parcels]
    assert [(p.capture.form, p.capture.teaser) for p in parcels] == [("feed", True)]
    assert parcels[0].article.text == "Rebels leave Basra\n\nIn short, from Basra."
    assert [code for one in found for code in codes(one)] == ["not-fetched", "teaser", "given-up"]
    assert 5 <= asked <= 9
    assert found[-1].state.health == "unchanged"


def test_a_page_that_is_gone() -> None:
    """A page that is removed for good is asked once, and the feed's words come in at once."""
    with visiting({"/feed.xml": feed(entry("Basra")), "/Basra": Page(status=410)}) as web:
        desk = Desk(web)
        found = [desk.visit(n * HALF) for n in range(5)]
        assert web.site.paths.count("/Basra") == 1
    assert [len(one.parcels) for one in found] == [1, 0, 0, 0, 0]


def test_a_removed_article() -> None:
    """An article whose page goes away later is noted once, with its article."""
    gone = [story("Basra"), Page(status=410)]
    with visiting({"/feed.xml": feed(entry("Basra")), "/Basra": list(gone)}) as web:
        desk = Desk(web)
        (parcel,) = desk.visit().parcels
        found = [desk.visit(n * 2 * HALF) for n in range(1, 4)]
    assert [codes(one) for one in found] == [["removed"], [], []]
    assert found[0].issues[0].article == parcel.article.id


def test_canonical_addresses() -> None:
    """An article goes by the address that its page calls its own, on its own site alone."""
    own = '<link rel="canonical" href="http://www.news.example/basra?utm_source=x">'
    strange = '<link rel="canonical" href="http://evil.example/other">'
    pages: dict[str, Answer | list[Answer]] = {
        "/feed.xml": feed(entry("Basra"), entry("Mosul")),
        "/Basra": story("Basra", head=own),
        "/Mosul": moved("/moved?utm_medium=rss"),
        "/moved?utm_medium=rss": story("Mosul", head=strange),
    }
    with visiting(pages) as web:
        found = Desk(web).visit()
    assert [p.article.url for p in found.parcels] == [
        "http://www.news.example/basra",
        f"{HOST}/moved",
    ]
    assert found.parcels[1].capture.place == f"{HOST}/Mosul"
    assert found.parcels[1].capture.final == f"{HOST}/moved?utm_medium=rss"


def test_a_page_that_goes_behind_a_wall() -> None:
    """What was read whole is not replaced by the beginning that is shown later."""
    shown = f"{body('Basra', 1)}<p>Subscribe to continue reading this article and all others.</p>"
    page = story("Basra")
    wall = Page(page.body.replace(body("Basra").encode(), shown.encode()))
    with visiting({"/feed.xml": feed(entry("Basra")), "/Basra": [story("Basra"), wall]}) as web:
        desk = Desk(web)
        (parcel,) = desk.visit().parcels
        found = [desk.visit(n * 2 * HALF) for n in range(1, 4)]
    assert [codes(one) for one in found] == [["behind-wall"], [], []]
    assert desk.entries["Basra"].article == parcel.article.id


def test_the_same_page_twice() -> None:
    """Entries that share a page, at once or after a change of ids, make one article."""
    twin = entry("Basra").replace('"false">Basra', '"false">other')
    renamed = entry("Basra").replace('"false">Basra', '"false">third')
    pages: dict[str, Answer | list[Answer]] = {
        "/feed.xml": [feed(entry("Basra"), twin), feed(renamed)],
        "/Basra": conditional(story("Basra", etag='"a"')),
    }
    with visiting(pages) as web:
        desk = Desk(web)
        first, second = desk.visit(), desk.visit(HALF)
        assert web.site.paths.count("/Basra") == 1
    assert (len(first.parcels), len(second.parcels)) == (1, 0)
    assert len({entry.article for entry in desk.entries.values()}) == 1
    assert set(desk.entries) == {"Basra", "other", "third"}
