"""An event as a reader sees it: values with the claims behind each, origins, quarrels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.explain import quarrels
from tocsin.explain.event import numbered
from tocsin.explain.lines import Line as Told
from tocsin.explain.lines import Numbers, days, number
from tocsin.explain.origins import DIGITS, LETTERS
from tocsin.records.article import Byline
from tocsin.records.event import Event, Tally, Toll
from tocsin.records.origin import Origin, Report
from tocsin.store import codings, decisions, events, fusing, listing
from tocsin.views.claim import Corrected, Evidence, evidence


class Given(Struct, frozen=True, omit_defaults=True):
    """A value of an event with the claims that give it, by their numbers.

    `best` marks the one that is taken; `taken` is what it is worth in words where that differs.
    """

    text: str
    claims: tuple[int, ...]
    tags: tuple[str, ...] = ()
    origins: int = 0
    best: bool = False
    search: str | None = None
    start: date | None = None
    end: date | None = None


class Row(Struct, frozen=True, omit_defaults=True):
    """One of an event's slots; `disputed` says what so many `origins` cannot agree about."""

    slot: str
    field: str
    given: tuple[Given, ...]
    head: str = ""
    disputed: str | None = None
    origins: int = 0


class Side(Struct, frozen=True):
    """One side of a dispute: what it says, which origins say so, in which claims."""

    text: str
    origins: tuple[str, ...]
    claims: tuple[int, ...]


class Quarrel(Struct, frozen=True):
    """Claims that cannot both hold."""

    title: str
    slot: str
    because: str
    sides: tuple[Side, ...]


class Way(Struct, frozen=True, omit_defaults=True):
    """One report of an origin: who stands between, where it was copied from, its grade in words."""

    number: int
    report: Report
    byline: Byline | None
    steps: tuple[str, ...]
    grade: str
    graded: str
    copied: str | None = None


class Source(Struct, frozen=True):
    """An origin with its reports; `x` of each is its place on the time line, from 0 to 100."""

    origin: Origin
    ways: tuple[Way, ...]


class View(Struct, frozen=True):
    """An event with everything a page about it shows, claims by number in order of reports."""

    event: Event
    rows: tuple[Row, ...]
    quarrels: tuple[Quarrel, ...]
    edges: tuple[Told, ...]
    sources: tuple[Source, ...]
    claims: tuple[Evidence, ...]
    reviewed: bool
    digit: str


def view(connection: Connection, name: str, corrected: Corrected) -> View | None:
    """Return an event by its id, a claim in it, or the beginning of one; None without just one."""
    found = listing.events_called(connection, name)
    if len(found) != 1:
        return None
    one = events.load(connection, found)[found[0]]
    numbers = numbered(one)
    names = {report.article for report in one.reports}
    names |= {report.copy_of for report in one.reports if report.copy_of is not None}
    bylines = fusing.bylines(connection, names)
    held = codings.claims(connection, one.claims)
    outside = {edge.other for edge in one.edges} - set(one.claims)
    elsewhere = {key: line.title for key, line in listing.of_claims(connection, outside).items()}
    return View(
        event=one,
        rows=tuple(_rows(one, numbers)),
        quarrels=tuple(_quarrels(one, numbers)),
        edges=tuple(quarrels.edges(one, numbers, elsewhere)),
        sources=tuple(_sources(one, numbers, bylines)),
        claims=tuple(
            evidence(connection, [held[c] for c in one.claims if c in held], corrected, numbers)
        ),
        reviewed=any(decisions.verdicts(connection, targets=[one.id, *one.claims])),
        digit=DIGITS[one.credibility],
    )


def _rows(one: Event, numbers: Numbers) -> Iterator[Row]:
    """Yield the slots that hold something, in the order in which people ask."""
    disputed = {name: d for d in one.disputes for name in (d.kind, d.slot)}

    def row(slot: str, field: str, given: Sequence[Given], head: str = "") -> Row:
        singular = {"actors": "actor", "recipients": "recipient", "days": "time"}.get(field, field)
        found = disputed.get(field) or disputed.get(singular)
        if found is None:
            return Row(slot, field, tuple(given), head)
        origins = {name for side in found.sides for name in side.origins}
        return Row(slot, field, tuple(given), head, found.because, len(origins))

    def people(slot: str, field: str, search: str) -> Row:
        given = [
            Given(
                held.name, _numbers(held.claims, numbers),
                tuple(filter(None, (held.country, *held.sectors))), len(held.origins),
                search=_asked(search, held.value),
            )
            for held in getattr(one, field)
        ]  # fmt: skip
        return row(slot, field, given)

    yield people("who", "actors", "actor")
    yield people("whom", "recipients", "recipient")
    if one.places:
        given = [
            Given(
                spot.name, _numbers(spot.claims, numbers),
                tuple(filter(None, (spot.country, spot.precision))), best=spot.best,
                search=_asked("place", spot.name),
            )
            for spot in one.places
        ]  # fmt: skip
        yield row("where", "place", given)
    if one.days:
        when = [
            Given(days(d.start, d.end), _numbers(d.claims, numbers), start=d.start, end=d.end)
            for d in one.days
        ]
        yield row("when", "days", when)
    if one.outcomes:
        yield people("did", "outcomes", "")
    for tally in one.tallies:
        yield row("many", tally.kind, list(_tolls(tally, numbers)), spread(tally))


def spread(tally: Tally) -> str:
    """Return between which bounds the numbers of one kind lie: "12", "12–40", "12 or more"."""
    if tally.high is None:
        return f"{tally.low:,}+"
    return f"{tally.low:,}" if tally.low == tally.high else f"{tally.low:,}–{tally.high:,}"


def _tolls(tally: Tally, numbers: Numbers) -> Iterator[Given]:
    groups: dict[tuple[str, bool], list[Toll]] = {}
    for toll in tally.given:
        groups.setdefault((number(toll.low, toll.high), toll.cumulative), []).append(toll)
    for (text, cumulative), tolls in groups.items():
        seen = sorted({toll.as_of for toll in tolls if toll.as_of})
        tags = (*(("running total",) if cumulative else ()), *_as_of(seen))
        best = not cumulative and any(tally.best in _stated(toll) for toll in tolls)
        given = _numbers([toll.claim for toll in tolls], numbers)
        yield Given(text, given, tags, len({toll.origin for toll in tolls}), best)


def _stated(toll: Toll) -> tuple[int | None, ...]:
    """Return what a toll may give as its number; of "up to 24" that is its limit."""
    return (toll.low, toll.high) if toll.low <= 1 else (toll.low,)


def _as_of(seen: Sequence[date]) -> tuple[str, ...]:
    return (f"as of {days(seen[0], seen[-1])}",) if seen else ()


def _quarrels(one: Event, numbers: Numbers) -> Iterator[Quarrel]:
    names = {origin.id: origin.name for origin in one.origins}
    for dispute in one.disputes:
        sides = tuple(
            Side(
                side.name,
                tuple(dict.fromkeys(names[name] for name in side.origins if name in names)),
                _numbers(side.claims, numbers),
            )
            for side in dispute.sides
        )
        yield Quarrel(quarrels.TITLES[dispute.kind], dispute.slot, dispute.because, sides)


def _sources(
    one: Event, numbers: Numbers, bylines: Mapping[str, Byline]
) -> Iterator[Source]:  # fmt: skip
    for origin in one.origins:
        mine = [report for report in one.reports if report.origin == origin.id]
        yield Source(origin, tuple(_way(report, origin, numbers, bylines) for report in mine))


def _way(report: Report, origin: Origin, numbers: Numbers, bylines: Mapping[str, Byline]) -> Way:
    """Return how a report came: outlet first, origin last, nobody named twice in a row."""
    steps = [*report.path, *([] if report.path[-1:] == (origin.name,) else [origin.name])]
    copied = bylines.get(report.copy_of or "")
    return Way(
        number=numbers[report.claim], report=report, byline=bylines.get(report.article),
        steps=tuple(steps or [report.outlet or "?"]), grade=f"{report.grade}{report.credibility}",
        graded=f"{LETTERS.get(report.grade, '?')}; {DIGITS[report.credibility]}",
        copied=(copied.outlet or copied.title) if copied else None,
    )  # fmt: skip


def _numbers(claims: Sequence[str], numbers: Numbers) -> tuple[int, ...]:
    return tuple(sorted({numbers[name] for name in claims if name in numbers}))


def _asked(field: str, value: str) -> str | None:
    return f'{field}:"{value}"' if field and '"' not in value else None
