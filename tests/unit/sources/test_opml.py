"""OPML: subscriptions come in and go out again, feeds and names kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.base.errors import InputError
from tocsin.records.source import Feed, Source
from tocsin.sources.opml import dump, load, slug

FILE = b"""<?xml version="1.0"?><opml version="1.1"><head><title>x</title></head><body>
<outline text="Iraq"><outline text="Agencies">
 <outline type="rss" text="short" title="Tessaly Wire" xmlUrl="https://tessaly.example/feed.xml"
  htmlUrl="https://tessaly.example/" category="/wire,world" language="en-US"/>
 <outline type="rss" title="Tessaly Wire" text="x" xmlurl="https://tessaly.example/two.xml"
  htmlUrl="https://tessaly.example/"/></outline></outline>
<outline text="&#1575;&#1604;&#1586;&#1605;&#1575;&#1606;" xmlUrl="https://www.azzaman.example/rss"/>
<outline text="Tessaly wire" xmlUrl="https://other.example/feed"/>
<outline text="no address"/><outline text="bad" xmlUrl="javascript:1"/>
</body></opml>"""


def test_load() -> None:
    """Folders and categories are panels, feeds of one outlet one source, ids unlike."""
    wire, zaman, other = load(FILE)
    assert wire == Source(
        id="tessaly-wire",
        name="Tessaly Wire",
        languages=("en",),
        sites=("https://tessaly.example/",),
        feeds=(
            Feed(url="https://tessaly.example/feed.xml"),
            Feed(url="https://tessaly.example/two.xml"),
        ),
        panels=("Iraq", "Agencies", "wire", "world"),
    )
    assert (zaman.id, zaman.name) == ("azzaman-example", "الزمان")
    assert other.id == "tessaly-wire-2"


@pytest.mark.parametrize("data", [b"", b"words", b"<rss/>", b"\x00\x01"])
def test_what_is_no_opml(data: bytes) -> None:
    """What is no OPML is refused."""
    with pytest.raises(InputError, match="expected"):
        load(data)


def test_what_was_cut_is_said() -> None:
    """Of a file that was cut the whole outlines come, and a doubt says that it was."""
    doubts: list[str] = []
    assert len(load(FILE, doubts)) == 3
    assert doubts == []
    cut = FILE[: FILE.index(b'<outline text="Tessaly wire"') + 20]
    assert [source.id for source in load(cut, doubts)] == ["tessaly-wire", "azzaman-example"]
    assert len(doubts) == 1
    assert "not well formed" in doubts[0]


def test_deep_folders() -> None:
    """Folders as deep as anybody makes them, and deeper, end in an answer."""
    data = b"<opml><body>" + b'<outline text="a">' * 5000 + b'<outline xmlUrl="http://a.example"/>'
    assert isinstance(load(data), list)


def test_entities_mean_nothing() -> None:
    """No entity is fetched."""
    data = b"""<!DOCTYPE o [<!ENTITY f SYSTEM "file:///etc/passwd">]><opml><body>
    <outline text="a &f;" xmlUrl="https://a.example/f"/></body></opml>"""
    assert "root:" not in repr(load(data))


def test_round_trip() -> None:
    """Kinds of feeds, panels, notes and sources without feeds survive."""
    sources = [
        Source(
            id="a-b",
            name='A & <B> "C"',
            languages=("fr",),
            sites=("https://a.example/",),
            feeds=(
                Feed(url="https://a.example/f?x=1&y=2"),
                Feed(url="https://a.example/s.xml", kind="sitemap"),
            ),
            panels=("one", "two"),
            note="A note.",
        ),
        Source(id="paper", name="Paper", sites=("https://paper.example/",)),
    ]
    found = load(dump(sources))
    assert found == [
        Source(
            id="a-b-c",
            name='A & <B> "C"',
            languages=("fr",),
            sites=("https://a.example/",),
            feeds=sources[0].feeds,
            panels=("one", "two"),
            note="A note.",
        ),
        sources[1],
    ]


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")))


@given(st.lists(st.tuples(NAMES, st.integers(0, 10**6)), unique_by=lambda pair: pair[1]))
def test_feeds_and_names_are_kept(pairs: list[tuple[str, int]]) -> None:
    """Whatever the names, every feed comes back under its name, with an id of its own."""
    sources = [
        Source(
            id=f"s{n}",
            name=" ".join(name.split()) or "x",
            feeds=(Feed(url=f"http://e.example/{n}"),),
        )
        for name, n in pairs
    ]
    found = load(dump(sources))
    back = {feed.url: source.name for source in found for feed in source.feeds}
    clean = {
        feed.url: source.name.translate({0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD})
        for source in sources
        for feed in source.feeds
    }
    assert back == clean
    assert len({source.id for source in found}) == len(found)


def test_slug() -> None:
    """An id is made of the name, or of the host where no Latin letter is in it."""
    assert slug("L'Orient-Le Jour é") == "l-orient-le-jour-e"
    assert slug("新闻", "https://www.news.example/x") == "news-example"
    assert slug("新闻") == "source"
