"""Which planned event of the example world each claim is of, as far as that is plain.

The plan (`examples/world.yml`) says which articles report an event, and its type, days, place,
actors, and numbers with the words that give them; a claim is of the event that it fits, where it
fits one clearly better than any other. Events are a selection, so a claim that fits none may be of
an event that nobody planned: it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from string import digits
from typing import Any

import yaml

from evaluation.matching import Corpus
from tocsin.base.text import fold
from tocsin.fusion import sheet as sheets
from tocsin.fusion import shingles
from tocsin.pipeline.run import Coder
from tocsin.records.article import Article
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.sources.files import read

# What a claim must fit an event by, and how much better than the next.
ENOUGH, AHEAD = 1.5, 1.0
APART = frozenset({"future", "conditional", "requested"})
TOLLS = ("killed", "injured", "arrested", "displaced", "crowd")
Plan = Mapping[str, Any]


def plan(path: Path) -> Sequence[Plan]:
    """Return the planned events."""
    return list(yaml.safe_load(path.read_text("utf-8"))["events"])


def events(planned: Sequence[Plan], coded: Iterable[Coded]) -> dict[str, str]:
    """Return the event of each claim that is plainly of one, by the claim's id."""
    found: dict[str, str] = {}
    for one in coded:
        told = [e for e in planned if one.article.doc in (*e["reports"], *e.get("recaps", ()))]
        for claim in one.claims:
            best = sorted(((fits(claim, e, one.article), e["id"]) for e in told), reverse=True)
            if best and best[0][0] >= ENOUGH:
                second = best[1][0] if len(best) > 1 else 0.0
                if best[0][0] >= second + AHEAD:
                    found[claim.id] = best[0][1]
    return found


def others(
    planned: Sequence[Plan], coded: Iterable[Coded], known: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Return the events that each claim without one is surely not of.

    Those are events that its article does not tell of, by the plan, and those that it cannot fit.
    """
    return {
        claim.id: frozenset(
            event["id"]
            for event in planned
            if one.article.doc not in (*event["reports"], *event.get("recaps", ()))
            or fits(claim, event, one.article) < 0
        )
        for one in coded
        for claim in one.claims
        if claim.id not in known
    }


def fits(claim: Claim, event: Plan, article: Article) -> float:
    """Return how well a claim fits an event; below 0 where it cannot be of it."""
    if claim.type not in (event["type"], *event.get("also", ())):
        return -9.0
    if claim.modality in APART:
        return -9.0
    found = 0.5 if claim.type == event["type"] else 0.0
    return found + sum(_agreements(claim, event, article))


def _agreements(claim: Claim, event: Plan, article: Article) -> Iterator[float]:
    yield _place(claim, event)
    yield _days(claim, event)
    modes, known = set(event.get("modes", ())), set(claim.modes)
    if modes and known:
        yield 1.0 if modes & known else -0.5
    for side, who in (("actors", claim.actors), ("recipients", claim.recipients)):
        names = {w for name in event[side] for w in fold(name).split() if len(w) > 3}
        told = {w for one in who for w in fold(f"{one.name} {one.span.quote}").split()}
        yield 0.75 if names & told else 0.0
    yield max(_quoted(claim, event, article), default=0.0)


def _place(claim: Claim, event: Plan) -> float:
    place, planned = claim.place, event.get("place") or {}
    if place is None or not planned.get("name"):
        return 0.0
    if fold(planned["name"]) in fold(f"{place.name} {place.span.quote}"):
        return 1.5
    if place.country and planned["country"] and place.country != planned["country"]:
        return -3.0
    return -1.0 if place.precision in ("place", "point") else 0.25


def _days(claim: Claim, event: Plan) -> float:
    days = claim.date
    if days is None or days.start is None or days.end is None or event["day"] is None:
        return 0.0
    first, last = _interval(event["day"])
    if days.start <= last and first <= days.end:
        return 1.5 if (days.end - days.start).days <= 3 else 0.5
    near = min(abs((days.start - last).days), abs((first - days.end).days)) <= 1
    return 0.0 if near else -3.0


def _interval(day: date | Sequence[date]) -> tuple[date, date]:
    return (day, day) if isinstance(day, date) else (day[0], day[-1])


def _quoted(claim: Claim, event: Plan, article: Article) -> Iterator[float]:
    """Yield what the words that the plan quotes from this article say for a claim."""
    for told in (*event.get("tolls", ()), *event.get("denials", ()), *event.get("disputes", ())):
        start = article.text.find(told["quote"])
        if told["article"] != article.doc or start < 0:
            continue
        end = start + len(told["quote"])
        if start < claim.trigger.end and claim.trigger.start < end:
            yield 2.5
        elif start < claim.sentence.end and claim.sentence.start < end:
            given = [getattr(claim, kind) for kind in TOLLS if told.get(kind)]
            yield 2.0 if any(given) else 1.0


def corpus(coder: Coder, examples: Path) -> Corpus:
    """Return the example world as fusion sees it; the topics are its crises."""
    found = [item for item in read([examples / "articles"]) if isinstance(item, Article)]
    coded = [coder.code(article) for article in found]
    return of_coded(coded, plan(examples / "world.yml"))


def of_coded(coded: Sequence[Coded], planned: Sequence[Plan]) -> Corpus:
    """Return coded articles with the planned events of their claims."""
    held = tuple(sheets.sheet(one, sketch=shingles.sketch(one.article.text)) for one in coded)
    crises = {one.article.id: one.article.doc.partition("-")[0].strip(digits) for one in coded}
    found = events(planned, coded)
    return Corpus("world", held, found, crises, others(planned, coded, found))
