"""What is wrong with a registry beyond its form: names nobody knows, rules that cannot hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.ontology.actors import Knowledge
from tocsin.ontology.actors import load as load_actors
from tocsin.ontology.model import Finding
from tocsin.sources.feeds import address
from tocsin.sources.filters import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.records.source import Source
    from tocsin.sources.catalog import Catalog

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
Fault = tuple[str, str, str, str]  # key, what was found, what was expected, what to do


def check(catalog: Catalog, knowledge: Knowledge | None = None) -> tuple[Finding, ...]:
    """Return everything that is wrong with a registry, source by source."""
    known = knowledge or load_actors()
    found = list(catalog.findings)
    names: set[str] = set()
    owners: dict[str, str] = {}
    for source in catalog.sources:
        faults = [*_once(source, names, owners), *_known(source, known), *_sound(source)]
        found += [Finding(catalog.file, f"{source.id}.{key}", *rest) for key, *rest in faults]
    return tuple(found)


def _once(source: Source, names: set[str], owners: dict[str, str]) -> Iterator[Fault]:
    """Yield ids and feeds that were there before."""
    if source.id in names:
        yield "id", f"`{source.id}` a second time", "an id of its own", "rename one of the two"
    names.add(source.id)
    for number, feed in enumerate(source.feeds):
        if feed.url in owners:
            what = f"{feed.url}, a feed of `{owners[feed.url]}`"
            yield f"feeds[{number}].url", what, "each feed once", "remove it from one of them"
        owners.setdefault(feed.url, source.id)


def _known(source: Source, knowledge: Knowledge) -> Iterator[Fault]:
    """Yield countries and actors that the ontology does not know."""
    if source.country is not None and source.country not in knowledge.countries:
        fix = "use a code such as IRQ, or leave it out where it is unknown"
        yield "country", f"`{source.country}`", "an ISO 3166-1 alpha-3 code", fix
    if source.actor is not None and source.actor not in knowledge.actors:
        fix = "look it up with `tocsin who`, or leave it out"
        yield "actor", f"`{source.actor}`", "the id of an actor that is known", fix


def _sound(source: Source) -> Iterator[Fault]:
    """Yield values that cannot be right, whatever else is known."""
    if not _ID.fullmatch(source.id):
        yield "id", f"`{source.id}`", "lower-case letters, digits and hyphens", "rename it"
    if not source.name.strip():
        yield "name", "nothing", "the outlet's name", "write it as the outlet does"
    for language in source.languages:
        if not _LANGUAGE.fullmatch(language):
            yield "languages", f"`{language}`", "ISO 639 codes such as en", "correct it"
    for number, feed in enumerate(source.feeds):
        if address(feed.url, "") is None:
            yield f"feeds[{number}].url", f"`{feed.url}`", "an http or https address", "correct it"
    for number, one in enumerate(source.filters):
        why = fault(one.matches)
        if why:
            key = f"filters[{number}].matches"
            yield key, why, "a pattern that can be searched for", "correct the pattern"
    yield from _judged(source)


def _judged(source: Source) -> Iterator[Fault]:
    if source.reliability != "F" and (source.reviewer is None or source.reviewed is None):
        expected = "who judged it and when (`reviewer`, `reviewed`)"
        fix = "add both, or leave the letter at F: a letter is a person's judgement"
        yield "reliability", f"{source.reliability} without a reviewer or a day", expected, fix
    if source.daily is not None:
        low, high = source.daily
        if low < 0 or high < low:
            expected = "articles of a healthy day, from and to, such as [5, 40]"
            yield "daily", f"[{low}, {high}]", expected, "give the smaller number first"
