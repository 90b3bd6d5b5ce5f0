"""The example world merged by its plan: what fusion makes of claims that are grouped as planned.

`python -m evaluation.world CODED [--plan FILE] [--show EVENT]` reads coded articles and the plan of
the example world, gives each planned event the claims of its articles that speak of it, merges
them, and prints planned and found values side by side. Grouping is by the plan, so that what goes
wrong here is tracing, merging or coding, and never matching.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tocsin.base.text import fold
from tocsin.fusion.copies import compare, lineage
from tocsin.fusion.merge import merge
from tocsin.fusion.told import Sources, Told, registry
from tocsin.records.article import Byline, Moment, byline
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.records.event import TOLLS, Event
from tocsin.records.lineage import Copy
from tocsin.records.source import Source
from tocsin.records.wire import load

Row = Mapping[str, Any]
PLAN = Path("examples/world.yml")
TYPES = {"agency": "agency", "state": "state", "party": "party", "ngo": "ngo"}
# What speaks for a claim being of an event, and from how much on it is.
QUOTED, PLACED, MODED, DATED, NAMED, ENOUGH = 3.0, 2.0, 1.0, 1.0, 1.0, 2.0
ALONE = 1.0  # where the article has no other planned event of the type
_UNTRIED = frozenset({"future", "conditional", "requested"})


class World(NamedTuple):
    """The plan with the coded articles, by their names in the plan."""

    plan: Row
    coded: Mapping[str, Coded]
    bylines: Mapping[str, Byline]
    copies: Mapping[str, Copy]
    sources: Sources


def world(coded: Sequence[Coded], plan: Path = PLAN) -> World:
    """Return the example world as it is planned and as it was coded."""
    given = yaml.safe_load(plan.read_text(encoding="utf-8"))

    found = {one.article.doc: one for one in coded}
    sources = registry(
        Source(
            id=fold(row["name"]).replace(" ", "-"), name=row["name"], country=row["country"],
            type=TYPES.get(row["type"], "daily"),  # type: ignore[arg-type]
        )
        for row in given["outlets"]
    )  # fmt: skip
    bylines = {row["id"]: _byline(row, found[row["id"]]) for row in given["articles"]}
    return World(given, found, bylines, _copies(given, found, bylines, sources), sources)


def _byline(row: Row, one: Coded) -> Byline:
    plain = byline(one.article)
    moment = Moment(row["published"], "minute", row["time"].rstrip("Z"))
    return Byline(
        article=plain.article, outlet=plain.outlet, published=moment, title=plain.title,
        wire=plain.wire,
    )  # fmt: skip


def _copies(
    plan: Row, coded: Mapping[str, Coded], bylines: Mapping[str, Byline], sources: Sources
) -> dict[str, Copy]:
    """Return the planned copies, with the words that they share with their parents."""
    pairs = [(row["id"], row["copy_of"]) for row in plan["articles"] if "copy_of" in row]
    likenesses = [compare(coded[b].article, coded[a].article) for a, b in pairs]
    by_id = {one.article: one for one in bylines.values()}
    found = lineage(by_id, [like for like in likenesses if like is not None], sources)
    return {copy.article: copy for copy in found}


def claims(world: World) -> dict[str, list[Told]]:
    """Return the claims of each planned event, as far as words, days and places tell."""
    out: dict[str, list[Told]] = {event["id"]: [] for event in world.plan["events"]}
    for doc, one in world.coded.items():
        events = [event for event in world.plan["events"] if doc in event["reports"]]
        given: dict[str, str] = {}
        for claim in one.claims:
            best = max(
                ((_fit(event, doc, claim, given), event["id"]) for event in events),
                default=(0.0, ""),
            )
            alone = sum(event["type"] == claim.type for event in events) == 1
            if best[0] >= (ENOUGH if not alone else ALONE):
                given[claim.id] = best[1]
                out[best[1]].append(Told(claim, world.bylines[doc]))
    return out


def _fit(event: Row, doc: str, claim: Claim, given: Mapping[str, str]) -> float:
    """Return how well a claim of an article fits a planned event; nothing if the type differs."""
    if claim.type not in {event["type"], *event.get("also", ())} or claim.modality in _UNTRIED:
        return 0.0
    if claim.same_as is not None and claim.same_as in given:
        return 10.0 if given[claim.same_as] == event["id"] else 0.0
    sentence = set(fold(claim.sentence.quote).split())
    quotes = [set(fold(row["quote"]).split()) for row in _quoted(event, doc, claim)]
    score = QUOTED * any(len(q & sentence) >= 0.7 * len(q) for q in quotes)
    place = fold(event["place"]["name"] or "")
    score += PLACED * bool(place and place in fold(claim.sentence.quote))
    score += MODED * bool(set(claim.modes) & set(event.get("modes", ())))
    score += DATED * _dated(event["day"], claim)
    for side, people in (("actors", claim.actors), ("recipients", claim.recipients)):
        names = {fold(one) for one in event[side]}
        score += NAMED * any(fold(one.name) in names for one in people)
    return float(score)


def _quoted(event: Row, doc: str, claim: Claim) -> Iterable[Row]:
    """Yield what the plan quotes of an article; a quoted number speaks for claims that have it."""
    for part in ("tolls", "disputes", "denials"):
        for row in event.get(part, ()):
            kinds = [kind for kind in TOLLS if kind in row]
            if row["article"] == doc and (
                not kinds or any(getattr(claim, kind) is not None for kind in kinds)
            ):
                yield row


def _dated(day: Any, claim: Claim) -> float:  # noqa: ANN401
    if claim.date is None or day is None:
        return 0.0
    first, last = day if isinstance(day, list) else (day, day)
    start, end = claim.date.start or date.min, claim.date.end or date.max
    return 1.0 if start <= last and first <= end else -2.0


def merged(world: World) -> dict[str, Event]:
    """Return the planned events as fusion makes them out of their claims, where there are any."""
    return {
        name: merge(told, world.copies, world.sources)
        for name, told in claims(world).items()
        if told
    }


def _line(plan: Row, event: Event | None) -> list[str]:
    """Return planned and found values of one event, a mark where they differ."""
    if event is None:
        return [plan["id"], "no claim", "", "", "", "", ""]
    level = "independent" if event.level == "corroborated" else event.level
    copied = {report.article for report in event.reports if report.copy_of}
    origins = sum(
        1 for origin in event.origins
        if any(r.origin == origin.id and r.stance == "asserts" for r in event.reports)
    )  # fmt: skip
    killed = _tolls(plan)
    found = {t.kind: (t.low, t.high) for t in event.tallies}
    return [
        plan["id"],
        _both(plan["origins"], event.independent, f"/{origins}"),
        _both(plan["copies"], len(copied)),
        _both(plan["level"], level),
        _both(killed, {k: found.get(k) for k in killed}),
        _both(len(plan.get("denials", ())), sum(r.stance == "denies" for r in event.reports)),
        " ".join(f"{one.kind}:{one.slot}" for one in event.disputes),
    ]


def _tolls(plan: Row) -> dict[str, tuple[int, int | None]]:
    """Return the bounds of the planned numbers, by kind."""
    out: dict[str, tuple[int, int | None]] = {}
    for kind in ("killed", "injured", "arrested", "crowd"):
        given = [row[kind] for row in plan.get("tolls", ()) if kind in row]
        if given:
            highs = [high for _, high in given]
            out[kind] = min(low for low, _ in given), None if None in highs else max(highs)
    return out


def _both(planned: object, found: object, more: str = "") -> str:
    same = planned == found
    return f"{planned}{more}" if same else f"{planned} ✗ {found}{more}"


def table(world: World, events: Mapping[str, Event]) -> list[list[str]]:
    """Return a row for each planned event."""
    return [_line(plan, events.get(plan["id"])) for plan in world.plan["events"]]


def _show(event: Event, told: Sequence[Told]) -> None:
    print(event.title, event.level, event.credibility)
    sentence = {row.claim.id: (row.byline.title[:30], row.claim) for row in told}
    names = {origin.id: origin for origin in event.origins}
    for report in event.reports:
        title, claim = sentence[report.claim]
        origin = names[report.origin]
        print(f"  {report.day} {report.outlet} [{title}] {report.stance} {report.credibility}")
        print(f"    {claim.trigger.quote!r} {claim.modality}: {claim.sentence.quote[:150]!r}")
        print(f"    {' < '.join(report.path)} < {origin.kind} {origin.name} ({origin.via or ''})")
    for one in (*event.disputes, *event.edges, *event.tallies):
        print("  ", one)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, or what one event is made of."""
    parser = argparse.ArgumentParser(prog="evaluation.world", description=__doc__)
    parser.add_argument("coded", type=Path)
    parser.add_argument("--plan", type=Path, default=PLAN)
    parser.add_argument("--show", metavar="EVENT")
    options = parser.parse_args(arguments)
    records = [load(line, Coded) for line in options.coded.read_bytes().splitlines()]
    whole = world(records, options.plan)
    events = merged(whole)
    if options.show:
        _show(events[options.show], claims(whole)[options.show])
        return
    rows = [["event", "origins", "copies", "level", "tolls", "denials", "disputes"]]
    rows += table(whole, events)
    for row in rows:
        print(" | ".join(cell.ljust(12) for cell in row))
    for at, name in enumerate(rows[0][1:6], 1):
        right = sum("✗" not in row[at] for row in rows[1:] if row[1] != "no claim")
        print(f"{name}: {right} of {sum(row[1] != 'no claim' for row in rows[1:])}")


if __name__ == "__main__":
    main()
