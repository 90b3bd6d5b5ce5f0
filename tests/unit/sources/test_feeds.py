"""Feeds: everything that they list comes out, and nothing that they try does harm."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from time import monotonic

import pytest

from tocsin.base.errors import InputError
from tocsin.records.article import Moment
from tocsin.sources import feeds
from tocsin.sources.feeds import Item, Listing, read

NOW = datetime(2024, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://news.example/feeds/all.xml"
HEAD = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Post</title>
 <link>https://news.example/</link><language>en-gb</language>"""
TAIL = "</channel></rss>"


def listing(body: str | bytes, charset: str | None = None) -> Listing:
    """Return what a feed lists on 22 November 2024."""
    data = body.encode() if isinstance(body, str) else body
    return read(data, url=URL, charset=charset, now=NOW)


def only(inner: str) -> Item:
    """Return the one entry of a feed."""
    (item,) = listing(f"{HEAD}<item>{inner}</item>{TAIL}").entries
    return item


def test_rss() -> None:
    """Every field of an entry in RSS comes out, addresses resolved against the feed's."""
    found = listing(
        f"""{HEAD}<item><title>Army &amp; rebels agree</title><link>/2024/1?a=1&amp;b=2</link>
        <guid isPermaLink="false">post-77</guid><pubDate>Thu, 21 Nov 2024 10:00:00 +0300</pubDate>
        <dc:creator>Jane Roe</dc:creator><category>War</category><category>Sudan</category>
        <description><![CDATA[<p>In short.</p>]]></description>
        <content:encoded><![CDATA[<p>In full.</p>]]></content:encoded></item>{TAIL}"""
    )
    assert (found.title, found.site, found.language) == (
        "The Post",
        "https://news.example/",
        "en-gb",
    )
    assert found.entries == (
        Item(
            key="post-77",
            url="https://news.example/2024/1?a=1&b=2",
            title="Army & rebels agree",
            summary="<p>In short.</p>",
            content="<p>In full.</p>",
            published=Moment(date(2024, 11, 21), "minute", "10:00+03:00"),
            authors=("Jane Roe",),
            categories=("War", "Sudan"),
        ),
    )
    assert found.doubts == ()


def test_atom() -> None:
    """Atom comes out the same, its own base and language included."""
    found = listing(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://a.example/x/">
        <title>T</title><entry><id>tag:1</id><title type="html">l'&amp;eacute;tat</title>
        <link rel="alternate" href="1.html"/><published>2024-11-21</published>
        <updated>2024-11-22T08:30:00Z</updated><author><name>A B</name></author>
        <author><name>C</name></author><category term="war" label="Guerre"/>
        <summary>bref</summary></entry></feed>"""
    )
    (item,) = found.entries
    assert (item.url, item.title, item.language) == (
        "https://a.example/x/1.html",
        "l'état",
        "fr",
    )
    assert item.published == Moment(date(2024, 11, 21))
    assert item.updated == Moment(date(2024, 11, 22), "minute", "08:30+00:00")
    assert (item.authors, item.categories) == (("A B", "C"), ("Guerre",))


def test_json_feed() -> None:
    """JSON Feed comes out the same; what is no object is left out and noted."""
    items: list[object] = [
        {
            "id": 7,
            "url": "/1",
            "title": "T",
            "content_html": "<p>Full</p>",
            "summary": "Short",
            "date_published": "2024-11-21T10:00:00+01:00",
            "authors": [{"name": "A"}, {"name": "B"}],
            "tags": ["war"],
        },
        "no object",
        {},
    ]
    found = listing(json.dumps({"title": "J", "language": "de", "items": items}))
    assert (found.title, found.language) == ("J", "de")
    assert found.entries == (
        Item(
            key="7",
            url="https://news.example/1",
            title="T",
            summary="Short",
            content="<p>Full</p>",
            published=Moment(date(2024, 11, 21), "minute", "10:00+01:00"),
            authors=("A", "B"),
            categories=("war",),
        ),
    )
    assert len(found.doubts) == 2


@pytest.mark.parametrize(
    "printed",
    ["Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 +0000", "2031-05-05", "soon"],
)
def test_wrong_days_are_not_believed(printed: str) -> None:
    """A day that cannot be right is no day, and the entry says so."""
    item = only(f"<title>T</title><link>/1</link><pubDate>{printed}</pubDate>")
    assert item.published is None
    assert printed[:10] in item.doubts[0]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("21 Nov 2024 23:30 EST", Moment(date(2024, 11, 21), "minute", "23:30")),
        ("Thu Nov 21 10:30:00 2024", Moment(date(2024, 11, 21), "minute", "10:30+00:00")),
        ("2024-11", Moment(date(2024, 11, 1), "month")),
        ("Sat, 23 Nov 2024 01:00:00 +1300", Moment(date(2024, 11, 23), "minute", "01:00+13:00")),
    ],
)
def test_days_are_as_precise_as_printed(printed: str, expected: Moment) -> None:
    """A day keeps its precision and its zone; what lies ahead by a zone is believed."""
    item = only(f"<title>T</title><link>/1</link><pubDate>{printed}</pubDate>")
    assert item.published == expected


def test_what_is_cut_short_is_read_as_far_as_it_goes() -> None:
    """A feed that breaks off gives what came before, with a doubt."""
    found = listing(f"{HEAD}<item><title>One</title><link>/1</link></item><item><title>Tw")
    assert found.entries[0].title == "One"
    assert "not well formed" in found.doubts[0]


def test_one_id_for_all() -> None:
    """An id that stands for several addresses names nothing; a repeated entry is one."""
    inner = "".join(
        f"<item><guid isPermaLink='false'>x</guid><title>T</title><link>/{n}</link></item>"
        for n in (1, 2, 2)
    )
    found = listing(f"{HEAD}{inner}{TAIL}")
    assert [item.key for item in found.entries] == ["x", "https://news.example/2"]
    assert "several entries" in found.doubts[0]


def test_an_entry_of_words_alone() -> None:
    """An entry without id and address is known by its words; one without words is left out."""
    found = listing(f"{HEAD}<item><title>Only words</title></item><item></item>{TAIL}")
    (item,) = found.entries
    assert item.key.startswith("item-")
    assert item.url is None
    assert "left out" in found.doubts[0]


@pytest.mark.parametrize("place", ["javascript:alert(1)", "file:///etc/passwd", "//[bad"])
def test_addresses_that_are_none(place: str) -> None:
    """Only addresses of the web are addresses."""
    item = only(f"<guid isPermaLink='false'>1</guid><title>T</title><link>{place}</link>")
    assert item.url is None


def test_encodings() -> None:
    """What the server says of the encoding holds, unless the bytes are UTF-8."""
    text = f"{HEAD}<item><title>Путин</title><link>/1</link></item>{TAIL}"
    assert listing(text.encode("cp1251"), "windows-1251").entries[0].title == "Путин"
    assert listing(text.encode(), "iso-8859-1").entries[0].title == "Путин"
    declared = f'<?xml version="1.0" encoding="koi8-r"?>{text}'.encode("koi8-r")
    assert listing(declared).entries[0].title == "Путин"


def test_entities_mean_nothing() -> None:
    """No entity grows, none is fetched, and the entries are there."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    body = f"""<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>
    {HEAD}<item><title>T &l11; &f;</title><link>/1</link></item>{TAIL}"""
    begun = monotonic()
    found = listing(body)
    assert monotonic() - begun < 5
    assert "root" not in repr(found)
    assert len(found.entries[0].title) < 100
    assert "entities" in found.doubts[0]


def test_too_many_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed of endless tags is read as far as any feed goes, with a doubt."""
    monkeypatch.setattr(feeds, "MARKS", 1000)
    found = listing(f"{HEAD}<item><title>T</title><link>/1</link></item>{'<br>' * 2000}")
    assert found.entries[0].title == "T"
    assert "1,000 tags" in found.doubts[0]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!doctype html><html><body>Not found</body></html>", "web page"),
        (b"", "no feed"),
        (b"some words", "no feed"),
        (b'{"a": 1}', "items"),
        (b'{"items": ' + b"[" * 100_000, "no JSON"),
        (b"%PDF-1.7 ...", "PDF"),
    ],
)
def test_what_is_no_feed(body: bytes, said: str) -> None:
    """What is no feed is refused with what was found."""
    with pytest.raises(InputError, match=said):
        listing(body)
