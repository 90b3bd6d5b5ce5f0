"""A claim with the byline of its article, and the source that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tocsin.base.text import fold
from tocsin.records.article import Byline
from tocsin.records.claim import Claim
from tocsin.records.source import Source

# The registry by ids and by names of outlets, folded.
Sources = Mapping[str, Source]


class Told(NamedTuple):
    """A claim and who published it."""

    claim: Claim
    byline: Byline

    @property
    def day(self) -> date | None:
        """The day of publication, where there is one."""
        return self.byline.published.day if self.byline.published else None


def order(told: Told) -> tuple[date, str, str, int, str]:
    """Return what claims are sorted by: when they were reported, then where they stand."""
    published = told.byline.published
    day = published.day if published else date.max
    clock = (published.clock if published else None) or "99"
    return day, clock, told.byline.article, told.claim.trigger.start, told.claim.id


def registry(sources: Iterable[Source]) -> Sources:
    """Return sources by their ids and their names."""
    found: dict[str, Source] = {}
    for source in sources:
        found.setdefault(fold(source.name), source)
        found[source.id] = source
    return found


def source_of(byline: Byline, sources: Sources) -> Source | None:
    """Return the source of an article as the registry has it, if it has."""
    if byline.source is not None and byline.source in sources:
        return sources[byline.source]
    return sources.get(fold(byline.outlet)) if byline.outlet else None
