"""What a registry covers and what it leaves open, as a page of Markdown generated from it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tocsin.ontology.actors import load as load_actors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tocsin.records.source import Source
    from tocsin.sources.catalog import Catalog

UNKNOWN = "unknown"
_SHOWN = 20  # sources that a line of what is missing names


def coverage(catalog: Catalog) -> str:
    """Return the page: sources by country, type, language and panel, and what is unknown."""
    sources = catalog.sources
    active = sum(source.active for source in sources)
    feeds = sum(len(source.feeds) for source in sources)
    tables: tuple[tuple[str, Callable[[Source], Iterable[str]]], ...] = (
        ("Country", lambda source: [source.country] if source.country else []),
        ("Type", lambda source: [source.type]),
        ("Language", lambda source: source.languages),
        ("Panel", lambda source: source.panels),
        ("Reliability", lambda source: [source.reliability]),
    )
    total = f"{_count(len(sources), 'source')}, {active} of them active, {_count(feeds, 'feed')}."
    parts = [
        "# Coverage of sources",
        f"{total} Generated from the registry; what nobody entered stays unknown.",
        *(_table(name, sources, of) for name, of in tables),
        _missing(sources),
    ]
    if catalog.findings:
        lines = "\n".join(f"- {_cell(str(finding))}" for finding in catalog.findings)
        parts.append(f"## Not read\n\n{lines}")
    return "\n\n".join(parts) + "\n"


def _table(name: str, sources: Iterable[Source], of: Callable[[Source], Iterable[str]]) -> str:
    """Return a table of sources and feeds by one property, the most frequent first."""
    count: Counter[str] = Counter()
    feeds: Counter[str] = Counter()
    for source in sources:
        for value in dict.fromkeys(of(source) or [UNKNOWN]):
            count[value] += 1
            feeds[value] += len(source.feeds)
    rows = [
        f"| {_cell(_label(name, value))} | {count[value]} | {feeds[value]} |"
        for value in sorted(count, key=lambda v: (v == UNKNOWN, -count[v], v))
    ]
    head = f"## {name}\n\n| {name} | Sources | Feeds |\n|---|---:|---:|"
    return "\n".join([head, *rows])


def _missing(sources: Iterable[Source]) -> str:
    """Return which sources lack what a person should say of them."""
    wanting: tuple[tuple[str, Callable[[Source], bool]], ...] = (
        ("country", lambda source: source.country is None),
        ("language", lambda source: not source.languages),
        ("owner", lambda source: source.owner is None),
        ("type", lambda source: source.type == "other"),
        ("reliability, judged by a person", lambda source: source.reviewer is None),
        ("panel", lambda source: not source.panels),
        ("healthy day", lambda source: source.daily is None),
        ("known actor", lambda source: source.actor is None),
        ("feed", lambda source: not source.feeds),
    )
    rows = []
    for what, lacks in wanting:
        names = [source.name for source in sources if lacks(source)]
        if names:
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            rows.append(f"| {what} | {len(names)} | {_cell(', '.join(names[:_SHOWN]))}{more} |")
    if not rows:
        return "## Missing\n\nNothing: every source says everything."
    return "\n".join(["## Missing\n\n| Missing | Sources | Which |\n|---|---:|---|", *rows])


def _label(name: str, value: str) -> str:
    if name != "Country" or value == UNKNOWN:
        return value
    country = load_actors().countries.get(value)
    return f"{country.name} ({value})" if country else f"{value}, no country that is known"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _cell(text: str) -> str:
    """Return a text that breaks no table and starts no HTML."""
    text = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
    return text.replace("<", "&lt;").replace(">", "&gt;")
