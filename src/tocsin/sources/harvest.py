"""Articles made of what a feed says of them and of the pages that it links to."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import to_builtins
from msgspec.structs import replace

from tocsin.base.errors import InputError
from tocsin.base.ids import digest
from tocsin.records.article import Article, Moment
from tocsin.records.capture import Capture, capture_id
from tocsin.records.issue import Issue
from tocsin.sources import forms, html, versions
from tocsin.sources.answers import Answer
from tocsin.sources.dates import moment, timed
from tocsin.sources.decode import decode
from tocsin.sources.feeds import Item, doubtful
from tocsin.sources.fetch import canonical
from tocsin.sources.fields import Given, Spot, article
from tocsin.sources.parcel import Parcel, fingerprint
from tocsin.sources.teaser import is_teaser, length, signs
from tocsin.sources.xml import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tocsin.records.source import Source

# Words from which an entry's text may be the whole article; news in brief has fewer, and its page
# is asked to be sure.
WHOLE = 200
# Types of source that pass on what others published, so that the page knows the outlet better.
_PASSING = frozenset({"aggregator", "archive", "social"})
_SKINS = ("www.", "m.", "mobile.", "amp.")  # hosts under which one site shows itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """What is known of an article beside its page: by the feed, or by the version before."""

    title: str = ""
    published: Moment | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article comes from: its source, the address that was asked, what answered."""

    source: Source
    place: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Made:
    """An article that came in, and what was wrong with it; no parcel where nothing came."""

    parcel: Parcel | None
    issues: tuple[Issue, ...] = ()


def listed(item: Item, language: str | None, kind: str) -> Backing:
    """Return what a feed or sitemap, by its kind, says of an entry; `language` is its own.

    The last change stands for the day of publication in feeds; in sitemaps it may be any tidying.
    """
    return Backing(
        title=item.title,
        published=item.published or (item.updated if kind == "feed" else None),
        authors=item.authors,
        language=item.language or language,
        outlet=item.outlet,
    )


def remembered(known: Article) -> Backing:
    """Return what is known of an article by a version of it."""
    return Backing(
        title=known.title,
        published=known.published,
        authors=known.authors,
        language=known.language,
        outlet=known.outlet,
    )


def mark(item: Item) -> str:
    """Return a name for what a feed says of an entry, which changes as soon as that does.

    Days of publication stay out, since some feeds give every entry the hour of the request, and so
    do the parts of addresses that count readers; the hour of the last change counts where the feed
    has no text that could show one.
    """
    seen = [words(item.summary or ""), words(item.content or "")]
    changed = repr(item.updated) if not item.content else ""
    return digest("entry", canonical(item.url or ""), item.title, *seen, changed)


def entry_text(item: Item) -> str:
    """Return the text that a feed gives of an entry, without its title; empty where there is none.

    What readers would not see is left out of whole articles.
    """
    if not item.content:
        return _paragraphs(item.summary or "")
    plain = _paragraphs(item.content)
    title = escape(item.title)
    page = f"<html><head><title>{title}</title></head><body><article>{item.content}</article>"
    try:
        found = str(forms.page(f"{page}</body></html>")["text"])
    except InputError:
        return plain
    found = found.removeprefix(item.title).strip()
    # Short articles look like furniture to what cleans pages.
    return found if 2 * length(found) > length(plain) else plain


def partial(item: Item, text: str, *, full: bool) -> str | None:
    """Return why an entry's text is not the whole article; `full` is what its feed promises."""
    if full:
        return signs(text, item.title)
    count = length(text)
    short = f"the feed has {count} words of it" if count < WHOLE else None
    return is_teaser(text, item.title) or short


def from_entry(item: Item, text: str, backing: Backing, origin: Origin, *, full: bool) -> Made:
    """Return the article that a feed's own text makes."""
    row = {"text": text, "title": item.title, "url": canonical(item.url) if item.url else None}
    spot = Spot(origin.place, item.key, item.url or item.key)
    found, issues = _made(row, backing, origin, spot)
    if found is None:
        return Made(None, tuple(issues))
    raw = (item.content or item.summary or "").encode("utf8", "replace")
    teaser = (signs if full else is_teaser)(text, item.title) is not None
    return Made(parcel(found, origin, "feed", raw, teaser=teaser), tuple(issues))


def from_page(backing: Backing, origin: Origin) -> Made:
    """Return the article of a page; raise InputError where the page shows none."""
    answer = origin.answer
    if urlsplit(answer.final).path in ("", "/") and urlsplit(origin.place).path not in ("", "/"):
        raise InputError("it sends to the front page; the article may have been removed")
    text, doubt = decode(answer.body, answer.charset or html.declared(answer.body))
    row = dict(forms.page(text))
    row["url"] = _address(row.get("url"), answer.final)
    spot = Spot(answer.final, origin.place)
    found, issues = _made(row, backing, origin, spot)
    if found is None:
        return Made(None, tuple(issues))
    if doubt:
        issues.append(spot.issue("bad-encoding", "note", doubt, found.id))
    teaser = is_teaser(found.text, found.title) is not None
    return Made(parcel(found, origin, "page", answer.body, teaser=teaser), tuple(issues))


def replacing(found: Parcel, known: Article | None) -> Parcel:
    """Return a parcel that names the version before, `known`, where it is one of the same article.

    What an outlet puts in the place of an article that it takes back is no part of the article.
    """
    if known is None:
        return found
    seen, article = found.capture, found.article
    if seen.teaser and versions.told(known, article):
        seen = replace(seen, teaser=False)
    return Parcel(article, seen, found.raw, known.id if versions.alike(known, article) else None)


def _made(
    row: Mapping[str, object], backing: Backing, origin: Origin, spot: Spot
) -> tuple[Article | None, list[Issue]]:
    """Return the article of a row, with the backing for what the row lacks."""
    text, title = str(row.get("text") or ""), str(row.get("title") or "") or backing.title
    if title and not text.casefold().startswith(title.casefold()):
        text = f"{title}\n\n{text}"
    when = origin.answer.fetched
    published, issues = _published(row.get("published"), backing.published, when, spot)
    outlet = backing.outlet or row.get("outlet") if origin.source.type in _PASSING else None
    authors = row.get("authors")
    whole = {
        "doc": row.get("url") or spot.stem,
        "text": text,
        "title": title,
        "outlet": outlet or origin.source.name,
        "published": to_builtins(published),
        "fetched": to_builtins(timed(when)),
        "language": backing.language,
        "url": row.get("url"),
        "authors": authors if isinstance(authors, list) and authors else list(backing.authors),
    }
    found: Article | None = None
    for part in article(whole, spot, Given()):
        if isinstance(part, Issue):
            issues.append(part)
        else:
            found = part
    name = found.id if found else None
    return found, [replace(issue, article=issue.article or name) for issue in issues]


def _published(
    printed: object, other: Moment | None, now: datetime, spot: Spot
) -> tuple[Moment | None, list[Issue]]:
    """Return the day of publication: the page's where it has one, as fine as anybody gives it."""
    found = moment(str(printed)) if printed else None
    why = doubtful(found, now) if found else None
    if why:
        message = f"the page says {printed}: {why}; it is not believed"
        return other, [spot.issue("bad-date", "warning", message)]
    if found is None or other is None or found == other:
        return found or other, []
    # A day apart is the difference of time zones; the feed knows the hour too.
    if other.precision in ("day", "minute") and abs((found.day - other.day).days) <= 1:
        return (other if found.precision != "minute" else found), []
    message = f"the page says {found.day}, the feed {other.day}; the page's day is kept"
    return found, [spot.issue("two-dates", "note", message)]


def parcel(found: Article, origin: Origin, form: str, raw: bytes, *, teaser: bool) -> Parcel:
    """Return an article with how it came in; `teaser` says that a part of it is missing."""
    name = fingerprint(raw)
    capture = Capture(
        id=capture_id(found.id, origin.place, None, name),
        article=found.id,
        place=origin.place,
        form=form,
        source=origin.source.id,
        final=origin.answer.final,
        fetched=origin.answer.fetched,
        raw=name,
        teaser=teaser,
    )
    return Parcel(found, capture, raw)


def _address(given: object, final: str) -> str:
    """Return an article's own address: what its page calls canonical, if that is on its site."""
    named = canonical(given) if isinstance(given, str) and given.strip() else None
    answered = canonical(final)
    return named if named and _site(named) == _site(answered) else answered


def _site(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    for skin in _SKINS:
        host = host.removeprefix(skin)
    return host


def _paragraphs(fragment: str) -> str:
    return words(fragment).replace("\n", "\n\n")
