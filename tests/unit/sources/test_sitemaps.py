"""Sitemaps: the news that they list comes out, the indexes lead further, bombs do not go off."""

from __future__ import annotations

import gc
import gzip
from datetime import UTC, date, datetime

import pytest

from tocsin.base.errors import InputError
from tocsin.records.article import Moment
from tocsin.sources.feeds import Item, Listing
from tocsin.sources.sitemaps import LARGEST, read

NOW = datetime(2024, 11, 22, 12, 0, tzinfo=UTC)
HEAD = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">"""
ENTRY = """<url><loc>https://news.example/1</loc><image:image><image:title>Photo</image:title>
 </image:image><news:news><news:publication><news:name>The Post</news:name>
 <news:language>en</news:language></news:publication>
 <news:publication_date>2024-11-21T10:00Z</news:publication_date>
 <news:title>Army &amp; rebels</news:title><news:keywords>war, Sudan</news:keywords></news:news>
 </url>"""


def listing(body: str | bytes) -> Listing:
    """Return what a sitemap lists on 22 November 2024."""
    data = body.encode() if isinstance(body, str) else body
    return read(data, url="https://news.example/map.xml", now=NOW)


def test_news() -> None:
    """Every field of the news extension comes out; titles of images are not the article's."""
    found = listing(f"{HEAD}{ENTRY}</urlset>")
    assert found.title == "The Post"
    assert found.entries == (
        Item(
            key="https://news.example/1",
            url="https://news.example/1",
            title="Army & rebels",
            published=Moment(date(2024, 11, 21), "minute", "10:00+00:00"),
            categories=("war", "Sudan"),
            language="en",
            outlet="The Post",
        ),
    )


def test_plain_entries() -> None:
    """The last change is no day of publication; wrong days and missing addresses are noted."""
    found = listing(
        f"""{HEAD}<url><loc>/2</loc><lastmod>2024-11-20</lastmod></url>
        <url><loc>/3</loc><lastmod>1970-01-01</lastmod></url><url/></urlset>"""
    )
    one, other = found.entries
    assert (one.url, one.published, one.updated) == (
        "https://news.example/2",
        None,
        Moment(date(2024, 11, 20)),
    )
    assert "1970" in other.doubts[0]
    assert "without an address" in found.doubts[0]


def test_an_index_leads_further() -> None:
    """The sitemaps of an index come out, the newest first."""
    parts = "".join(
        f"<sitemap><loc>/{day}.xml</loc><lastmod>2024-11-{day}</lastmod></sitemap>"
        for day in (10, 21, 15)
    )
    found = listing(f"<sitemapindex>{parts}</sitemapindex>")
    assert found.entries == ()
    assert [place[-6:] for place in found.further] == ["21.xml", "15.xml", "10.xml"]


def test_gzip() -> None:
    """A gzipped sitemap is read; one that is cut short as far as it goes."""
    whole = gzip.compress(f"{HEAD}{ENTRY}</urlset>".encode())
    assert len(listing(whole).entries) == 1
    many = "".join(f"<url><loc>/{n}</loc></url>" for n in range(5000))
    short = listing(gzip.compress(f"{HEAD}{many}</urlset>".encode())[:-2000])
    assert 0 < len(short.entries) < 5000
    assert any("cut short" in doubt for doubt in short.doubts)


def test_a_bomb() -> None:
    """What unpacks to more than sitemaps may have is refused."""
    bomb = gzip.compress(b"<urlset>" + b" " * (LARGEST + 1))
    assert len(bomb) < 100_000
    with pytest.raises(InputError, match="more than"):
        listing(bomb)


def test_entities_mean_nothing() -> None:
    """No entity grows, and none is fetched."""
    found = listing(
        f"""<!DOCTYPE u [<!ENTITY a "{"a" * 1000}"><!ENTITY f SYSTEM "file:///etc/passwd">]>
        <urlset><url><loc>https://news.example/1</loc><news><title>x &a; &f;</title></news></url>
        </urlset>"""
    )
    assert "root" not in repr(found)
    assert "aaaa" not in repr(found)


def test_unknown_entities_stay_as_they_are_written() -> None:
    """An entity that nobody declared costs neither its title nor the sitemap."""
    found = listing(f"{HEAD}{ENTRY.replace('&amp;', '&nowhere;')}</urlset>")
    assert [item.title for item in found.entries] == ["Army &nowhere; rebels"]


@pytest.mark.parametrize("body", ["", "words", "<html><body/></html>", "\x1f\x8bjunk"])
def test_what_is_no_sitemap(body: str) -> None:
    """What is no sitemap is refused."""
    with pytest.raises(InputError):
        listing(body.encode("latin-1"))


def test_an_empty_one() -> None:
    """A sitemap without entries is a sitemap."""
    assert listing("<urlset/>").entries == ()


def test_no_document_is_left_to_the_collector() -> None:
    """A document that another thread frees can end the process, so none is left lying about."""
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        listing(f"{HEAD}<url><loc>https://a.example/1</loc></url></urlset>")
        gc.collect()
        left = {type(one).__qualname__ for one in gc.garbage if "lxml" in type(one).__module__}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert left == set()
