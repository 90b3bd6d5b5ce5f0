"""A source that is visited again and again, with its feed and pages, as a store would see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from tests.server import HOST, NOW, Answer, Asked, Page
from tests.server import Visit as Web
from tocsin.records.article import Article
from tocsin.records.feed import Entry, FeedState
from tocsin.records.source import Feed, Source
from tocsin.sources.poll import Visit, visit

FEED = f"{HOST}/feed.xml"
SENTENCE = "The governor of {} said on Monday that the rebels had left by the northern road. "
HALF = timedelta(minutes=30)


def body(place: str, times: int = 6) -> str:
    """Return the text of an article in paragraphs of HTML."""
    lines = (f"<p>Report {n}. {SENTENCE.format(place) * 2}</p>" for n in range(times))
    return "".join(lines)


def story(place: str, *, head: str = "", times: int = 6, etag: str | None = None) -> Page:
    """Return the page of an article."""
    title = f"Rebels leave {place}"
    text = f"<article><h1>{title}</h1>{body(place, times)}</article>"
    html = f"<html><head><title>{title}</title>{head}</head><body>{text}</body></html>"
    headers = {"Content-Type": "text/html; charset=utf-8"} | ({"ETag": etag} if etag else {})
    return Page(html.encode(), headers=headers)


def conditional(page: Page) -> Answer:
    """Return a page whose server says when nothing changed."""
    etag = page.headers["ETag"]

    def answer(asked: Asked) -> Page:
        same = asked.headers.get("If-None-Match") == etag
        return Page(status=304, headers={"ETag": etag}) if same else page

    return answer


def entry(place: str, more: str = "", day: str = "Thu, 21 Nov 2024 08:00:00 GMT") -> str:
    """Return an entry that links to /place."""
    return f"""<item><title>Rebels leave {place}</title><link>/{place}</link>
    <guid isPermaLink="false">{place}</guid><pubDate>{day}</pubDate>
    <description>In short, from {place}.</description>{more}</item>"""


def feed(*entries: str, etag: str | None = None) -> Page:
    """Return a feed of these entries."""
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    text = f"{head}<title>Wire</title><language>en-GB</language>{''.join(entries)}</channel></rss>"
    headers = {"Content-Type": "application/rss+xml"} | ({"ETag": etag} if etag else {})
    return Page(text.encode(), headers=headers)


@dataclass
class Desk:
    """A source that is visited again and again, and all that a store would remember."""

    web: Web
    source: Source = field(default_factory=lambda: Source(id="wire", name="Tessaly Wire"))
    feed: Feed = field(default_factory=lambda: Feed(url=FEED))
    state: FeedState = field(default_factory=lambda: FeedState(url=FEED, source="wire"))
    entries: dict[str, Entry] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    knows: bool = True

    def visit(self, after: timedelta = timedelta(0)) -> Visit:
        """Visit the feed so long after 10:00 on 21 November 2024, and remember what it brings."""
        found = visit(
            self.source,
            self.feed,
            self.state,
            dict(self.entries),
            self.web.fetcher,
            NOW + after,
            known=self.articles.get if self.knows else lambda _: None,
            chance=lambda: 1.0,
        )
        self.state = found.state
        self.entries |= {entry.key: entry for entry in found.entries}
        self.articles |= {p.article.id: p.article for p in found.parcels}
        return found


def codes(found: Visit) -> list[str]:
    """Return the codes of what went wrong."""
    return [issue.code for issue in found.issues]
