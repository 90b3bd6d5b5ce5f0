"""Single addresses: a page, a text, a feed, nothing, fetched from a real server."""

from __future__ import annotations

from tests.desk import entry, feed, story
from tests.server import HOST, NOW, Page, visiting
from tocsin.records.issue import Issue
from tocsin.records.source import Source
from tocsin.sources import pages
from tocsin.sources.parcel import Parcel

TRACKED = "?utm_source=mail"
WIRE = Source(id="wire", name="Tessaly Wire")
PAGES = {
    "/tarvos": story("Tarvos", head='<meta property="og:site_name" content="Northern Post">'),
    "/plain.txt": Page(
        b"Rebels leave Tarvos\n\nThe rebels left on Monday, the army said.",
        headers={"Content-Type": "text/plain; charset=utf-8"},
    ),
    "/feed.xml": feed(entry("tarvos")),
}


def found(path: str, source: Source | None = None) -> list[Parcel | Issue]:
    """Return what an address gives."""
    with visiting({f"{at}{TRACKED}": page for at, page in PAGES.items()}) as web:
        return list(pages.read(f"{HOST}{path}{TRACKED}", web.fetcher, source))


def test_a_page_is_an_article_with_its_capture() -> None:
    """Title, outlet and address are the page's, the capture names what was asked and the bytes."""
    parcel = next(item for item in found("/tarvos") if isinstance(item, Parcel))
    assert parcel.article.title == "Rebels leave Tarvos"
    assert (parcel.article.outlet, parcel.article.url) == ("Northern Post", f"{HOST}/tarvos")
    assert parcel.capture.source is None
    assert parcel.capture.place == f"{HOST}/tarvos{TRACKED}"
    assert parcel.capture.fetched == NOW
    assert parcel.raw == PAGES["/tarvos"].body


def test_a_source_of_the_registry_is_the_outlet() -> None:
    """What a person calls a source counts more than what its pages say."""
    parcel = next(item for item in found("/tarvos", WIRE) if isinstance(item, Parcel))
    assert (parcel.article.outlet, parcel.capture.source) == ("Tessaly Wire", "wire")


def test_a_text_is_an_article() -> None:
    """Bare text has its first line as title."""
    parcel = next(item for item in found("/plain.txt") if isinstance(item, Parcel))
    assert parcel.article.title == "Rebels leave Tarvos"
    assert parcel.capture.form == "text"


def test_a_feed_and_nothing_are_issues() -> None:
    """Each says what was found and what to do."""
    (told,) = found("/feed.xml")
    (gone,) = found("/nowhere")
    assert isinstance(told, Issue)
    assert "tocsin sources add" in told.message
    assert isinstance(gone, Issue)
    assert gone.code == "not-fetched"
