"""Coverage: which outlets the store has articles of, week by week, and where they are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from math import exp

from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.base.text import fold
from tocsin.records.source import Source
from tocsin.store import coverage, letters
from tocsin.store.coverage import Span

# Weeks shown at a time: half a year, or since the first article.
WEEKS = 26
# A week without articles is a gap where so few such weeks were due by chance (Poisson).
CHANCE = 0.05
# Outlets and gaps shown at most.
OUTLETS, GAPS = 100, 30


class Week(Struct, frozen=True):
    """Seven days with the articles of all outlets, and how many outlets have any."""

    start: date
    end: date
    articles: int
    outlets: int


class Cell(Struct, frozen=True):
    """A week of an outlet: its articles, whether they are missing, how many they are (0 to 4)."""

    articles: int
    gap: bool = False
    shade: int = 0


class Row(Struct, frozen=True):
    """An outlet week by week; `usual` is how many articles a week of it has on average."""

    name: str | None
    source: Source | None
    first: date | None
    last: date | None
    articles: int
    usual: float
    cells: tuple[Cell, ...]


class Gap(Struct, frozen=True):
    """Weeks in which an outlet has no article though it usually has some."""

    name: str | None
    start: date
    end: date
    weeks: int
    usual: float
    open: bool


class Part(Struct, frozen=True):
    """A value of the registry: how many sources have it, and how many of them have articles."""

    value: str | None
    sources: int
    met: int


class View(Struct, frozen=True):
    """Half a year of coverage, and what the registry names.

    `more` outlets are not shown, `undated` articles have no day; `earlier` and `later` are the last
    days of the half years before and after, where those have articles. `registry` has sources by
    country, language and type.
    """

    weeks: tuple[Week, ...]
    rows: tuple[Row, ...]
    more: int
    gaps: tuple[Gap, ...]
    more_gaps: int
    undated: int
    earlier: date | None
    later: date | None
    registered: int
    registry: tuple[tuple[str, tuple[Part, ...]], ...]


def view(connection: Connection, to: date | None = None) -> View:
    """Return the half year that ends on a day; by default on the last day of any article."""
    spans = coverage.spans(connection)
    kept = letters.kept(connection)
    last = max((one.last for one in spans if one.last), default=None)
    first = min((one.first for one in spans if one.first), default=None)
    on = min(to or last, last) if last else None
    weeks = _weeks(first, on) if first and on else []
    counts = _counts(connection, weeks)
    rows = sorted(
        _rows(spans, kept, weeks, counts), key=lambda row: (-row.articles, row.name or "")
    )
    seen = [row for row in rows if row.articles or any(cell.gap for cell in row.cells)]
    gaps = sorted(
        (gap for row in seen for gap in _gaps(row, weeks)),
        key=lambda gap: (-gap.weeks * gap.usual, gap.name or ""),
    )
    length = timedelta(weeks=WEEKS)
    return View(
        weeks=tuple(_summed(weeks, counts)), rows=tuple(seen[:OUTLETS]),
        more=len(seen[OUTLETS:]), gaps=tuple(gaps[:GAPS]), more_gaps=len(gaps[GAPS:]),
        undated=sum(one.undated for one in spans),
        earlier=on - length if on and first and weeks[0][0] > first else None,
        later=min(on + length, last) if on and last and on < last else None,
        registered=len(kept), registry=tuple(_registry(kept, rows)),
    )  # fmt: skip


def _weeks(first: date, on: date) -> list[tuple[date, date]]:
    """Return first and last days of the weeks up to a day, none before the first article's."""
    told = max((on - first).days // 7 + 1, 1)
    ends = [on - timedelta(weeks=back) for back in reversed(range(min(told, WEEKS)))]
    return [(end - timedelta(days=6), end) for end in ends]


def _counts(
    connection: Connection, weeks: Sequence[tuple[date, date]]
) -> dict[str | None, list[int]]:  # fmt: skip
    """Return how many articles each outlet has in each week."""
    out: dict[str | None, list[int]] = {}
    if weeks:
        start = weeks[0][0]
        for one in coverage.counts(connection, start, weeks[-1][1]):
            out.setdefault(one.folded, [0] * len(weeks))[(one.day - start).days // 7] += (
                one.articles
            )
    return out


def _summed(
    weeks: Sequence[tuple[date, date]], counts: dict[str | None, list[int]]
) -> Iterator[Week]:  # fmt: skip
    for at, (start, end) in enumerate(weeks):
        own = [row[at] for row in counts.values()]
        yield Week(start, end, sum(own), sum(number > 0 for number in own))


def _rows(
    spans: Iterable[Span],
    kept: Iterable[Source],
    weeks: Sequence[tuple[date, date]],
    counts: dict[str | None, list[int]],
) -> Iterator[Row]:
    by = {fold(one.name): one for one in kept} | {one.id: one for one in kept}
    for span in spans:
        own = counts.get(span.folded, [0] * len(weeks))
        # Before its first article nobody knows whether it was read.
        known = [span.first is not None and span.first <= end for _, end in weeks]
        usual = sum(own) / (sum(known) or 1)
        missed = exp(-usual) < CHANCE
        most = max(own, default=0)
        cells = tuple(
            Cell(number, missed and here and not number, -(-4 * number // most) if most else 0)
            for number, here in zip(own, known, strict=True)
        )
        source = by.get(span.source or "") or by.get(fold(span.name or ""))
        yield Row(span.name, source, span.first, span.last, sum(own), usual, cells)


def _gaps(row: Row, weeks: Sequence[tuple[date, date]]) -> Iterator[Gap]:
    numbered = zip(row.cells, weeks, strict=True)
    for gap, some in groupby(numbered, key=lambda pair: pair[0].gap):
        days = [week for _, week in some]
        if gap:
            start, end = days[0][0], days[-1][1]
            yield Gap(row.name, start, end, len(days), row.usual, end == weeks[-1][1])


def _registry(
    kept: Sequence[Source], rows: Iterable[Row]
) -> Iterator[tuple[str, tuple[Part, ...]]]:  # fmt: skip
    """Yield the sources of the registry by what it says of them, unknown values last."""
    met = {row.source.id for row in rows if row.source and row.articles}
    kinds: tuple[tuple[str, Callable[[Source], Sequence[str | None]]], ...] = (
        ("country", lambda source: [source.country]),
        ("language", lambda source: source.languages or [None]),
        ("type", lambda source: [source.type]),
    )
    for name, of in kinds:
        all_: Counter[str | None] = Counter()
        heard: Counter[str | None] = Counter()
        for source in kept:
            for value in of(source):
                all_[value] += 1
                heard[value] += source.id in met
        ranked = sorted(all_, key=lambda v: (v is None, -all_[v], v or ""))
        yield name, tuple(Part(value, all_[value], heard[value]) for value in ranked)
