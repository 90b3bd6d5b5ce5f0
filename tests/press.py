"""What outlets print: feeds in four forms, pages with what stands around an article."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import format_datetime
from html import escape

KINDS = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "sitemap": "application/xml",
}
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_MENU = "<nav><a href='/'>Home</a> <a href='/war'>War</a> <a href='/talks'>Talks</a></nav>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a feed says of one article; a day that is wrong is a text, as it is printed."""

    key: str
    url: str
    title: str
    summary: str
    content: tuple[str, ...] = ()
    published: datetime | str | None = None
    updated: datetime | None = None


def feed(form: str, title: str, lines: Sequence[Line]) -> bytes:
    """Return a feed as a server would send it."""
    if form == "json":
        return json.dumps({"title": title, "language": "en", "items": _items(lines)}).encode()
    named = f"<title>{title}</title>"
    head, end = {
        "rss": (
            f'<rss version="2.0" xmlns:content="{_CONTENT}"><channel>{named}',
            "</channel></rss>",
        ),
        "atom": (
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">{named}<id>tag:{title}</id>',
            "</feed>",
        ),
        "sitemap": (
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="{_NEWS}">',
            "</urlset>",
        ),
    }[form]
    return f"{head}{''.join(entry(form, line) for line in lines)}{end}".encode()


def entry(form: str, line: Line) -> str:
    """Return the part of a feed in XML that is about one article."""
    return {"rss": _rss, "atom": _atom, "sitemap": _sitemap}[form](line)


def page(
    title: str,
    paragraphs: Sequence[str],
    *,
    day: date | None,
    canonical: str | None,
    below: str,
    encoding: str = "utf-8",
) -> bytes:
    """Return a page; `below` stands in its last line, which is no part of the article."""
    head = f'<meta charset="{encoding}"><title>{escape(title)}</title>'
    if canonical:
        head += f'<link rel="canonical" href="{canonical}">'
    if day:
        head += f'<meta property="article:published_time" content="{day}T09:00:00+00:00">'
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    article = f"<article><h1>{escape(title)}</h1>{body}</article>"
    whole = f"<html lang='en'><head>{head}</head><body>{_MENU}{article}<footer>{below}</footer>"
    return f"{whole}</body></html>".encode("cp1252" if encoding == "latin" else "utf-8")


def _rss(line: Line) -> str:
    day = line.published
    printed = format_datetime(day, usegmt=True) if isinstance(day, datetime) else day
    return (
        f"<item><title>{escape(line.title)}</title><link>{escape(line.url)}</link>"
        f'<guid isPermaLink="false">{escape(line.key)}</guid>'
        + (f"<pubDate>{printed}</pubDate>" if printed else "")
        + f"<description>{escape(line.summary)}</description>"
        + (f"<content:encoded>{escape(_html(line))}</content:encoded>" if line.content else "")
        + "</item>"
    )


def _atom(line: Line) -> str:
    return (
        f"<entry><id>{escape(line.key)}</id><title>{escape(line.title)}</title>"
        f'<link href="{escape(line.url)}"/>'
        + (f"<published>{_printed(line.published)}</published>" if line.published else "")
        + (f"<updated>{_printed(line.updated)}</updated>" if line.updated else "")
        + f"<summary>{escape(line.summary)}</summary>"
        + (f'<content type="html">{escape(_html(line))}</content>' if line.content else "")
        + "</entry>"
    )


def _sitemap(line: Line) -> str:
    day = _printed(line.published)
    return (
        f"<url><loc>{escape(line.url)}</loc>"
        + (f"<lastmod>{_printed(line.updated)}</lastmod>" if line.updated else "")
        + "<news:news><news:publication><news:language>en</news:language></news:publication>"
        + (f"<news:publication_date>{day}</news:publication_date>" if day else "")
        + f"<news:title>{escape(line.title)}</news:title></news:news></url>"
    )


def _items(lines: Sequence[Line]) -> list[dict[str, str | None]]:
    return [
        {
            "id": line.key,
            "url": line.url,
            "title": line.title,
            "summary": line.summary,
            "date_published": _printed(line.published),
            "date_modified": _printed(line.updated),
            **({"content_html": _html(line)} if line.content else {}),
        }
        for line in lines
    ]


def _html(line: Line) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in line.content)


def _printed(day: datetime | str | None) -> str | None:
    return day.isoformat() if isinstance(day, datetime) else day
