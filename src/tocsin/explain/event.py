"""An event told to a person: its values, quarrels, origins and claims, a part for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tocsin.explain.lines import Line, Numbers, Part, counted, days
from tocsin.explain.origins import DIGITS, Bylines, grade, grades, origins
from tocsin.explain.quarrels import disputes, edges
from tocsin.explain.values import values
from tocsin.explain.wording import quoted
from tocsin.records.claim import Claim
from tocsin.records.event import Event
from tocsin.records.origin import Report

LEVELS = {
    "single origin": "one origin, in one outlet",
    "relayed": "one origin, in several outlets",
    "independent": "two independent origins",
    "corroborated": "three independent origins or more, not all sides of the conflict",
    "disputed": "an origin denies it, or gives what cannot be squared with the others",
    "retracted": "taken back by who reported it",
}


def parts(
    event: Event,
    claims: Mapping[str, Claim],
    bylines: Bylines,
    elsewhere: Mapping[str, str] | None = None,
) -> tuple[Part, ...]:
    """Return an event in parts; those that would be empty are left out.

    `bylines` are of its articles and of those that they were copied from; `elsewhere` says what the
    claims of other events are that its own point to.
    """
    numbers = numbered(event)
    found = (
        Part(event.title, tuple(head(event))),
        Part("Values", tuple(values(event, numbers))),
        Part("Disputes", tuple(disputes(event, numbers))),
        Part("Claim against claim", tuple(edges(event, numbers, elsewhere or {}))),
        Part("Origins", tuple(origins(event, numbers, bylines))),
        Part("Grades", tuple(grades(event))),
        Part("Claims", tuple(_claims(event, claims))),
    )
    return tuple(part for part in found if part.lines)


def numbered(event: Event) -> Numbers:
    """Return the numbers by which an event's claims are called: 1 is the first report."""
    return {report.claim: number for number, report in enumerate(event.reports, 1)}


def head(event: Event) -> Iterator[Line]:
    """Yield an event's id, how well it is borne out, and when it was reported."""
    yield Line(event.id, about=(event.id,))
    yield Line(f"{event.level}: {LEVELS[event.level]}")
    told = tally(len(event.reports), event.copies, event.independent)
    yield Line(f"{told}, in {counted(event.articles, 'article')}")
    seen = days(event.first_reported, event.last_reported)
    said = f"reported {seen}" if event.first_reported else "undated"
    yield Line(f"{said}; credibility {event.credibility}, {DIGITS[event.credibility]}")


def tally(reports: int, copies: int, independent: int) -> str:
    """Return how many reports, copies and independent origins an event has."""
    copied = "1 copy" if copies == 1 else f"{copies or 'no'} copies"
    return f"{counted(reports, 'report')}, {copied}, {counted(independent, 'independent origin')}"


def _claims(event: Event, claims: Mapping[str, Claim]) -> Iterator[Line]:
    for number, report in enumerate(event.reports, 1):
        claim = claims.get(report.claim)
        yield Line(_claim(report, claim), str(number), about=(report.claim, report.article))
        if claim is None:
            yield Line("its words were forgotten on request", depth=1)
        else:
            yield Line(f"“{' '.join(claim.sentence.quote.split())}”", depth=1)


def _claim(report: Report, claim: Claim | None) -> str:
    """Return one line of a claim: when and where it stands, its grade, what it was coded as."""
    day = str(report.day) if report.day else "undated"
    parts = [day, report.outlet or "?", grade(report)]
    if claim is not None:
        told = "" if claim.modality == "actual" else claim.modality
        parts.append(" ".join(filter(None, [claim.type, *claim.modes, told])))
        parts.append(quoted(claim.trigger))
    return "  ".join([*parts, report.claim])
