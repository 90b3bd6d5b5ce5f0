"""Whom the reports of an event go back to, and by which way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tocsin.explain.lines import Line, Numbers, claims, cut
from tocsin.explain.values import who
from tocsin.records.article import Byline
from tocsin.records.event import Event
from tocsin.records.origin import Origin, Report

# STANAG 2511, in its own words.
LETTERS = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable",
    "D": "not usually reliable", "E": "unreliable", "F": "reliability not judged",
}  # fmt: skip
DIGITS = {
    1: "confirmed by other sources", 2: "probably true", 3: "possibly true", 4: "doubtful",
    5: "improbable", 6: "truth cannot be judged",
}  # fmt: skip
STANCES = {
    "asserts": "", "denies": "denies it", "questions": "asks whether it is so",
    "retracts": "takes it back",
}  # fmt: skip
# From whom something comes: "Alvand News ← Shanasheel News ← two security sources".
FROM = " ← "
LONGEST = 60  # characters of a title

Bylines = Mapping[str, Byline]


def origins(event: Event, numbers: Numbers, bylines: Bylines) -> Iterator[Line]:
    """Yield each origin with its kind, and under it the reports that go back to it."""
    for origin in event.origins:
        yield Line(_origin(origin), about=(origin.id,))
        mine = [report for report in event.reports if report.origin == origin.id]
        for reports in _alike(mine):
            yield Line(_report(reports, origin, numbers, bylines), depth=1)


def grades(event: Event) -> Iterator[Line]:
    """Yield what the grades of an event's reports mean: letters of sources, digits of reports."""
    for letter in sorted({report.grade for report in event.reports}):
        yield Line(f"the source: {LETTERS.get(letter, 'unknown')}", letter)
    for digit in sorted({report.credibility for report in event.reports}):
        yield Line(f"the report: {DIGITS[digit]}", str(digit))


def grade(report: Report) -> str:
    """Return the letter of the source and the digit of the report."""
    return f"{report.grade}{report.credibility}"


def _origin(one: Origin) -> str:
    name = who(one.name, one.country, one.sectors)
    if one.kind == "unnamed":
        when = f" on {one.day}" if one.day else ""
        name += f", unnamed, to {one.via}{when}" if one.via else f", unnamed{when}"
    elif one.kind == "named":
        name += ", by name"
    else:
        name += f", {one.kind}, on its own word"
    return name + (", a side of the conflict" if one.party else "")


def _alike(reports: Sequence[Report]) -> Iterator[list[Report]]:
    """Yield reports that came the same way, together."""
    groups: dict[tuple[object, ...], list[Report]] = {}
    for one in reports:
        way = (one.path, one.day, one.stance, one.copy_of, one.grade, one.credibility)
        groups.setdefault(way, []).append(one)
    yield from groups.values()


def _report(reports: Sequence[Report], origin: Origin, numbers: Numbers, bylines: Bylines) -> str:
    """Return the way that reports came, with day and grade; a copy names what it was copied from.

    An outlet on its own word needs no way: its name stands above.
    """
    one = reports[0]
    told = claims([report.claim for report in reports], numbers)
    steps = [*one.path, *([] if one.path[-1:] == (origin.name,) else [origin.name])]
    way = FROM.join(steps or [one.outlet or "an unknown outlet"])
    parts = [f"{told}: {way}", str(one.day) if one.day else "undated", STANCES[one.stance]]
    if one.copy_of is not None:
        parts.append(f"copied from {article(one.copy_of, bylines)}")
    return ", ".join(filter(None, [*parts, grade(one)]))


def article(name: str, bylines: Bylines) -> str:
    """Return an article by its title and outlet, by its id where it is not at hand."""
    found = bylines.get(name)
    if found is None:
        return name
    title = f"“{cut(found.title, LONGEST)}”" if found.title else name
    return f"{title} of {found.outlet}" if found.outlet else title
