"""OPML, in which feed readers exchange their subscriptions (http://opml.org/spec2.opml)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from msgspec.structs import replace

from tocsin.base.errors import InputError
from tocsin.records.source import Feed, Source
from tocsin.sources.feeds import address
from tocsin.sources.xml import element, local, tree, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_APART = re.compile(r"[^a-z0-9]+")
_READ = frozenset(
    {"category", "description", "htmlurl", "language", "text", "title", "type", "url", "xmlurl"}
)


def load(data: bytes, doubts: list[str] | None = None) -> list[Source]:
    """Return the sources of an OPML file; raise InputError where it is none.

    Of a file that was cut or is broken, those that can be read are returned and a doubt is added.
    Outlines of the same name and site are the feeds of one source. The folders that an outline
    stands in, and its categories, become panels. Outlines without a web address are passed over.
    """
    root = tree(data, doubts)
    if local(root).lower() != "opml":
        raise InputError(f"the first element is `{local(root)}`; expected `opml`")
    found: dict[tuple[str, str | None], list[Source]] = {}
    for outline, folders in _outlines(root):
        one = _source(_attributes(outline), folders)
        if one is not None:
            key = (one.name, one.sites[0] if one.sites else None)
            found.setdefault(key, []).append(one)
    taken: dict[str, int] = {}
    return [_named(_joined(same), taken) for same in found.values()]


def dump(sources: Iterable[Source]) -> bytes:
    """Return sources as OPML 2.0, each under its first panel, one outline for each feed."""
    root = element("opml", version="2.0")
    element("title", element("head", root)).text = "Tocsin"
    body = element("body", root)
    folders: dict[str, Any] = {}
    for source in sources:
        parent = body
        if source.panels:
            panel = source.panels[0]
            if panel not in folders:
                folders[panel] = element("outline", body, text=panel)
            parent = folders[panel]
        for given in [_feed(feed) for feed in source.feeds] or [{"type": "link"}]:
            _outline(source, given, parent)
    return written(root)


def slug(name: str, url: str | None = None) -> str:
    """Return an id made of a name in Latin letters, or else of an address's host."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = _APART.sub("-", folded).strip("-")
    host = (urlsplit(url).hostname or "") if url else ""
    return found or _APART.sub("-", host.removeprefix("www.")).strip("-") or "source"


def _outlines(root: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:  # noqa: ANN401 - of lxml
    """Yield the outlines that hold no others, with the names of the folders that they stand in."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(root, ())]
    while waiting:
        node, folders = waiting.pop()
        given = _attributes(node)
        inner = [child for child in node if local(child) in ("body", "outline")]
        if local(node) == "outline" and (not inner or given.get("xmlurl")):
            yield node, folders
        elif local(node) == "outline":
            folders = (*folders, name) if (name := _name(given)) else folders
        waiting += [(child, folders) for child in reversed(inner)]


def _attributes(node: Any) -> dict[str, str]:  # noqa: ANN401 - of lxml
    """Return attributes under names in lower case: files in the wild write `xmlurl` too."""
    names = (name for name in node.keys() if str(name).lower() in _READ)  # noqa: SIM118 - of lxml
    return {str(name).lower(): str(node.get(name)).strip() for name in names}


def _name(given: dict[str, str]) -> str:
    return " ".join((given.get("text") or given.get("title") or "").split())


def _source(given: dict[str, str], folders: tuple[str, ...]) -> Source | None:
    feed = address(given.get("xmlurl"), "")
    site = address(given.get("htmlurl") or (None if feed else given.get("url")), "")
    if feed is None and site is None:
        return None
    name = " ".join((given.get("title") or given.get("text") or "").split())
    categories = [part.strip().strip("/") for part in given.get("category", "").split(",")]
    listed: Literal["feed", "sitemap"] = "sitemap" if given.get("type") == "sitemap" else "feed"
    language = given.get("language", "").lower().replace("_", "-").partition("-")[0]
    return Source(
        id="",
        name=name or urlsplit(site or feed or "").hostname or "",
        languages=(language,) if re.fullmatch("[a-z]{2,3}", language) else (),
        sites=(site,) if site else (),
        feeds=(Feed(url=feed, kind=listed),) if feed else (),
        panels=tuple(dict.fromkeys(part for part in (*folders, *categories) if part)),
        note=given.get("description") or None,
    )


def _named(source: Source, taken: dict[str, int]) -> Source:
    """Return a source with an id that no other has; `taken` are the ids with their last numbers."""
    feed = source.feeds[0].url if source.feeds else None
    stem = slug(source.name, source.sites[0] if source.sites else feed)
    name, number = stem, taken.get(stem, 1)
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.setdefault(name, 1)
    taken[stem] = number
    return replace(source, id=name)


def _joined(same: Sequence[Source]) -> Source:
    """Return one source with the feeds, panels and languages of all."""
    feeds: dict[str, Feed] = {}
    for source in same:
        for feed in source.feeds:
            feeds.setdefault(feed.url, feed)
    return replace(
        same[0],
        feeds=tuple(feeds.values()),
        panels=tuple(dict.fromkeys(panel for source in same for panel in source.panels)),
        languages=tuple(dict.fromkeys(name for source in same for name in source.languages)),
    )


def _feed(feed: Feed) -> dict[str, str]:
    return {"type": "sitemap" if feed.kind == "sitemap" else "rss", "xmlUrl": feed.url}


def _outline(source: Source, given: dict[str, str], parent: Any) -> None:  # noqa: ANN401 - of lxml
    plain = [panel for panel in source.panels if "," not in panel]
    element(
        "outline",
        parent,
        text=source.name,
        title=source.name,
        **given,
        htmlUrl=source.sites[0] if source.sites else None,
        language=source.languages[0] if source.languages else None,
        category=",".join(plain) if len(plain) > 1 else None,
        description=source.note,
    )
