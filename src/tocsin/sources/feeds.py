"""RSS, Atom and JSON Feed: what a feed lists, as far as it can be read; the door to feedparser.

Nothing is fetched, no entity is expanded, and a day that cannot be right is noted, not believed.
"""

from __future__ import annotations

import json
import re
from calendar import timegm
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from tocsin.base.errors import InputError
from tocsin.base.ids import digest
from tocsin.records.article import Moment
from tocsin.sources import sandbox
from tocsin.sources.dates import moment, timed
from tocsin.sources.decode import decode
from tocsin.sources.fields import safe, shown
from tocsin.sources.html import declared
from tocsin.sources.xml import shed, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

MOST = 5000  # entries of a feed that are read; the largest feeds have a few hundred
MARKS = 50_000  # tags of a feed that are read; feedparser takes a tenth of a second for a thousand
# No feed lists news from before there were feeds; clocks that were never set say 1970 or 1980.
EARLIEST = date(1995, 1, 1)
AHEAD = timedelta(days=1)  # how far time zones and hasty clocks lie ahead
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_BEGUN = re.compile(r"<(?:\w+:)?(?:item|entry)\b")
_ENDED = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_PAGE = re.compile(r"<html|<!doctype html", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry: `summary` and `content` as printed, HTML or text; `doubts` are what is wrong."""

    key: str
    url: str | None = None
    title: str = ""
    summary: str | None = None
    content: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str | None = None
    outlet: str | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a feed or sitemap lists; `further` are the sitemaps of an index, newest first."""

    title: str = ""
    site: str | None = None
    language: str | None = None
    entries: tuple[Item, ...] = ()
    doubts: tuple[str, ...] = ()
    further: tuple[str, ...] = ()


def read(body: bytes, *, url: str, charset: str | None, now: datetime | None = None) -> Listing:
    """Return what a feed lists; raise InputError where the bytes are none.

    `url` is where they came from, `charset` what the server said; days after `now` are doubted.
    """
    text, doubt = decode(body, charset or declared(body))
    at = now or datetime.now(UTC)
    reader = _json if text.lstrip().startswith("{") else _parsed
    listing = reader(text, url, at)
    entries, doubts = distinct(listing.entries)
    given = (doubt,) if doubt else ()
    told = tuple(dict.fromkeys([*given, *listing.doubts, *doubts]))
    return replace(listing, entries=entries, doubts=told)


def dated(
    printed: object, name: str, now: datetime, doubts: list[str], parsed: Moment | None = None
) -> Moment | None:
    """Return the day that an entry prints, or None; a day that is wrong is added to the doubts.

    `parsed` is what somebody else makes of it where it is in no form that is known here.
    """
    given = str(printed).strip() if isinstance(printed, str | int) else ""
    if printed is None or (isinstance(printed, str) and not given):
        return None
    found = moment(given) or parsed
    if found is None:
        doubts.append(f"`{name}` is {shown(printed)}; expected a day such as 2024-11-21")
        return None
    why = doubtful(found, now)
    if why:
        doubts.append(f"`{name}` is {shown(printed)}: {why}; it is not believed")
        return None
    return found


def doubtful(found: Moment, now: datetime) -> str | None:
    """Return why a day cannot be one of publication; None where it can."""
    if found.day < EARLIEST:
        return f"{found.day} is from before there were feeds"
    if found.day > (now + AHEAD).date():
        return f"{found.day} is still to come on {now.date()}"
    return None


def address(value: object, base: str) -> str | None:
    """Return a whole web address, resolved against the feed's; None for anything else."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        whole = urljoin(base, value.strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    sound = parts.scheme in ("http", "https") and parts.hostname and whole == safe(whole)
    return whole if sound else None


def distinct(entries: Iterable[Item]) -> tuple[tuple[Item, ...], list[str]]:
    """Return the entries, each key once, and the doubts about those that share one.

    Where one key stands for several addresses it names nothing, and the address is the key.
    """
    found: dict[str, Item] = {}
    doubts: list[str] = []
    for item in entries:
        first = found.get(item.key)
        if first is None:
            found[item.key] = item
        elif item.url and item.url != first.url and item.url not in found:
            doubts.append(f"the id {shown(item.key)} is given to several entries")
            found[item.url] = replace(item, key=item.url)
    return tuple(found.values()), doubts


def _parsed(text: str, url: str, now: datetime) -> Listing:
    """Return what feedparser finds in RSS or Atom."""
    doubts = []
    if _ENTITY.search(text):
        text = shed(text)
        doubts.append("it declares entities of its own; they are left as they are written")
    pieces = text.split("<", MARKS + 1)
    if len(pieces) > MARKS + 1:
        text = "<".join(pieces[:-1])
        doubts.append(f"more than {MARKS:,} tags; what comes after them is not read")
    try:
        found = sandbox.run(plain, f"{url}\n{text}")
    except InputError as error:
        raise InputError(f"the feed cannot be read: {error}") from error
    entries = found["entries"]
    if not found["version"] and not entries:
        kind = "a web page" if _PAGE.search(text[:2000]) else "no feed"
        raise InputError(f"found {kind}; expected RSS, Atom or JSON Feed. Check the address")
    cut = bool(entries) and _breaks_off(text)
    entries = entries[:-1] if cut else entries
    if found["bozo"]:
        why = " ".join(found["why"].split())
        doubts.append(f"it is not well formed ({why[:100]}); {len(entries)} entries were read")
    if cut:
        doubts.append("it breaks off in its last entry, which is left out")
    about = found["feed"]
    return Listing(
        title=words(_text(about.get("title"))),
        site=address(about.get("link"), url),
        language=_text(about.get("language")) or None,
        entries=_made(_entry, entries, url, now, doubts),
        doubts=tuple(doubts),
    )


def plain(given: str) -> dict[str, Any]:
    """Return what feedparser finds, in plain data; `given` is the address and, below it, the feed.

    It is meant to be run by `sandbox.run`, since some feeds take feedparser for ever.
    """
    import feedparser  # noqa: PLC0415

    url, _, text = given.partition("\n")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    found = feedparser.parse(text.encode("utf8", "replace"), response_headers=headers)
    return {
        "version": _bare(found.get("version")),
        "bozo": bool(found["bozo"]),
        "why": safe(str(found.get("bozo_exception", ""))),
        "feed": _bare(found["feed"]),
        "entries": _bare(found["entries"]),
    }


def _bare(value: object) -> Any:  # noqa: ANN401 - whatever it was, without its classes
    """Return a value of feedparser in plain data; times are lists of their parts."""
    if isinstance(value, dict):
        return {safe(str(key)): _bare(part) for key, part in dict(value).items()}
    if isinstance(value, list | tuple):
        return [_bare(part) for part in value]
    return value if value is None or isinstance(value, int | float) else safe(str(value))


def _breaks_off(text: str) -> bool:
    """Return whether the last entry of a feed has no end, so that nobody knows what is missing."""
    begun = max((match.start() for match in _BEGUN.finditer(text)), default=-1)
    return begun > max((match.start() for match in _ENDED.finditer(text)), default=-1)


def _entry(entry: Mapping[str, Any], base: str, now: datetime, faults: list[str]) -> Item | None:
    """Return an entry as feedparser has it, or None with a fault where there is nothing in it."""
    doubts: list[str] = []
    url = address(entry.get("feedburner_origlink"), base) or address(entry.get("link"), base)
    title = " ".join(words(_text(entry.get("title"))).split())
    bodies = [_text(part.get("value")) for part in entry.get("content") or ()]
    content = max(bodies, key=len, default="") or None
    summary = _text(entry.get("summary")) or None
    detail = entry.get("title_detail") or {}
    days = {
        name: dated(entry.get(name), name, now, doubts, _struct(entry.get(f"{name}_parsed")))
        for name in ("published", "updated")
    }
    key = _key(entry.get("id"), url, title, content or summary)
    if key is None:
        faults.append("an entry has neither id nor address nor words; left out")
        return None
    return Item(
        key=key,
        url=url or address(entry.get("id"), "-"),
        title=title,
        summary=None if summary == content else summary,
        content=content,
        published=days["published"],
        updated=days["updated"],
        authors=_names(part.get("name") for part in entry.get("authors") or ()),
        categories=_names(t.get("label") or t.get("term") for t in entry.get("tags") or ()),
        language=_text(entry.get("language") or detail.get("language")) or None,
        doubts=tuple(doubts),
    )


def _struct(value: Sequence[int] | None) -> Moment | None:
    """Return the day of a time that feedparser understood, which is in UTC."""
    try:
        found = datetime.fromtimestamp(timegm(tuple(value)), UTC) if value else None
    except (OverflowError, OSError, ValueError):
        return None
    if found is None:
        return None
    if (found.hour, found.minute) == (0, 0):  # how machines write a day without a time
        return Moment(found.date())
    return timed(found)


def _json(text: str, url: str, now: datetime) -> Listing:
    """Return what a JSON Feed lists (https://www.jsonfeed.org/version/1.1/)."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"no JSON ({error}); expected a whole JSON Feed") from error
    items = found.get("items")
    if not isinstance(items, list):
        raise InputError("no list `items`; expected a JSON Feed. Check the address")
    doubts: list[str] = []
    given = [item for item in items if isinstance(item, dict)]
    if len(given) < len(items):
        doubts.append(f"{len(items) - len(given)} items are no objects; left out")
    return Listing(
        title=_text(found.get("title")),
        site=address(found.get("home_page_url"), url),
        language=_text(found.get("language")) or None,
        entries=_made(_item, given, url, now, doubts),
        doubts=tuple(doubts),
    )


def _item(item: Mapping[str, Any], base: str, now: datetime, faults: list[str]) -> Item | None:
    doubts: list[str] = []
    url = address(item.get("url"), base) or address(item.get("external_url"), base)
    content = _text(item.get("content_html")) or _text(item.get("content_text")) or None
    title, summary = _text(item.get("title")), _text(item.get("summary")) or None
    key = _key(item.get("id"), url, title, content or summary)
    if key is None:
        faults.append("an item has neither id nor address nor words; left out")
        return None
    authors = item.get("authors")
    people = authors if isinstance(authors, list) else [item.get("author")]
    tags = item.get("tags")
    return Item(
        key=key,
        url=url,
        title=" ".join(title.split()),
        summary=summary,
        content=content,
        published=dated(item.get("date_published"), "date_published", now, doubts),
        updated=dated(item.get("date_modified"), "date_modified", now, doubts),
        authors=_names(person.get("name") for person in people if isinstance(person, dict)),
        categories=_names(tags if isinstance(tags, list) else ()),
        language=_text(item.get("language")) or None,
        doubts=tuple(doubts),
    )


def _key(name: object, url: str | None, title: str, text: str | None) -> str | None:
    """Return what an entry is known by: its own id, else its address, else its words."""
    given = safe(str(name)).strip() if isinstance(name, str | int) else ""
    if given or url:
        return given or url
    return digest("item", title, text or "") if title or text else None


def _made(
    make: Callable[[Mapping[str, Any], str, datetime, list[str]], Item | None],
    given: Sequence[Mapping[str, Any]],
    base: str,
    now: datetime,
    doubts: list[str],
) -> tuple[Item, ...]:
    """Return the items of as many entries as are read."""
    if len(given) > MOST:
        doubts.append(f"{len(given):,} entries; only the first {MOST:,} are read")
    found = [make(entry, base, now, doubts) for entry in given[:MOST]]
    return tuple(item for item in found if item is not None)


def _names(values: Iterable[object]) -> tuple[str, ...]:
    clean = (" ".join(words(safe(value)).split()) for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(name for name in clean if name))


def _text(value: object) -> str:
    return safe(value).strip() if isinstance(value, str) else ""
