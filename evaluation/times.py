"""Measure what days time expressions mean, on TimeML articles with their gold spans.

Usage: python -m evaluation.times FOLDER [--errors N]

Every gold TIMEX3 outside the creation time is read by `tocsin.coding.times`, in text order, against
the day of creation or that of the dateline, and with the times that the text told before it. The
tense is that of the words about it (`tocsin.coding.tense.nearby`): no tree is built, so the figures
are a floor for what the coder does. Values are compared as days, weeks, months and so on:
what a gold value says of the time of day is left out, "-XX" at its end is no digit more, and weeks
have two figures.
"""

from __future__ import annotations

import argparse
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tocsin.coding.datelines import dateline
from tocsin.coding.days import Period
from tocsin.coding.tense import nearby
from tocsin.coding.times import KEPT, Meaning, read
from tocsin.language.segment import sentences, words

SEASONS = ("WI", "SP", "SU", "FA")


@dataclass(frozen=True, slots=True)
class Timex:
    """A gold expression: its words, where they stand, its type and value."""

    text: str
    start: int
    end: int
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """An article with the day of its creation, its text, and its gold expressions."""

    name: str
    published: date
    text: str
    body: int
    timexes: tuple[Timex, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A gold expression beside what we read it as."""

    document: str
    timex: Timex
    context: str
    tense: str
    meaning: Meaning

    @property
    def ours(self) -> str | None:
        """Our meaning as a TIMEX3 value, or None where we tell none."""
        return value(self.meaning)

    @property
    def right(self) -> bool:
        """Whether our value is gold's."""
        return self.ours == normal(self.timex.value)


def document(path: Path) -> Document | None:
    """The document of a TimeML file, or None where its day of creation is unknown."""
    root = ET.parse(path).getroot()  # noqa: S314 - corpora are local and trusted
    pieces: list[str] = []
    found: list[Timex] = []
    published, body = None, 0
    for node, text in walk(root):
        start = sum(map(len, pieces))
        if node is None:
            pieces.append(text)
        elif node.tag == "TEXT":
            body = start
        elif node.tag == "TIMEX3" and node.get("functionInDocument") == "CREATION_TIME":
            published = published or _day(node.get("value", ""))
        elif node.tag == "TIMEX3":
            inner = "".join(node.itertext())
            span = start, start + len(inner)
            kind, told = node.get("type", ""), node.get("value", "")
            found.append(Timex(" ".join(inner.split()), *span, kind, told))
    if published is None:
        return None
    return Document(path.stem, published, "".join(pieces), body, tuple(found))


def walk(node: ET.Element) -> Iterator[tuple[ET.Element | None, str]]:
    """The elements and the pieces of text under an element, in text order."""
    yield node, ""
    if node.text:
        yield None, node.text
    for child in node:
        yield from walk(child)
        if child.tail:
            yield None, child.tail


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def cases(item: Document) -> Iterator[Case]:
    """Each gold expression of a document as the coder would read it, in text order."""
    anchor = dateline(item.text[item.body :], item.published) or item.published
    ends = sentences(item.text)
    told: list[Period] = []
    for timex in item.timexes:
        first, last = next(
            ((a, b) for a, b in ends if a <= timex.start < b), (timex.start, timex.end)
        )
        before = [item.text[a:b] for a, b in words(item.text, first, timex.start)]
        after = [item.text[a:b] for a, b in words(item.text, timex.end, max(last, timex.end))]
        tense = nearby(before, after)
        meaning = read(timex.text, anchor, tense=tense, told=told, sure=False)
        if meaning.period is not None and timex.kind != "SET":
            told = [*told, meaning.period][-KEPT:]
        context = " ".join([*before[-9:], f"[{timex.text}]", *after[:6]])
        yield Case(item.name, timex, context, tense, meaning)


def value(meaning: Meaning) -> str | None:
    """The TIMEX3 value of a meaning: its first day, cut to its precision."""
    day, precision = meaning.start, meaning.precision
    if precision in ("past", "present", "future"):
        return f"{precision.upper()}_REF"
    if day is None or precision is None:
        return None
    year, week, _ = day.isocalendar()
    forms = {
        "day": f"{day}",
        "days": f"{day}",
        "weekend": f"{year}-W{week:02d}-WE",
        "week": f"{year}-W{week:02d}",
        "month": f"{day:%Y-%m}",
        "season": f"{day.year - (day.month < 3)}-{SEASONS[day.month % 12 // 3]}",
        "quarter": f"{day:%Y}-Q{(day.month + 2) // 3}",
        "half": f"{day:%Y}-H{1 + day.month // 7}",
        "year": f"{day:%Y}",
        "decade": f"{day:%Y}"[:3],
        "century": f"{day:%Y}"[:2],
    }
    return forms[precision]


def normal(gold: str) -> str:
    """A gold value without the time of day and without unknown figures at its end."""
    if not gold[:1].isdigit():
        return gold
    gold = re.sub(r"T.*", "", gold)
    gold = re.sub(r"W(\d)(?!\d)", r"W0\1", gold)
    return re.sub(r"(?:-?X+)+$", "", re.sub(r"-[WQ]X+$", "", gold)) if "X" in gold else gold


def error(case: Case) -> str:
    """The class of a wrong case."""
    ours, gold = case.ours, normal(case.timex.value)
    if ours is None:
        return "not told"
    if gold.startswith("P"):
        return "gold is a vague past" if gold == "PAST_REF" else "gold is present or a length"
    if gold.endswith("_REF"):
        return "gold is a vague present or future"
    if ours.endswith("_REF"):
        return "vague, gold is exact"
    if len(ours) != len(gold) or re.sub(r"\d", "9", ours) != re.sub(r"\d", "9", gold):
        return "another precision"
    return "too early" if ours < gold else "too late"


def share(chosen: Iterable[bool]) -> str:
    """The share of what holds, with its counts."""
    held = list(chosen)
    if not held:
        return "    -"
    return f"{sum(held) / len(held):.3f}  {sum(held)} of {len(held)}"


def anchored(case: Case) -> bool:
    """Whether a length of time is counted from the day: "the past three years"."""
    return bool(re.search(r"\b(?:past|last|next|coming|recent)\b", case.timex.text.lower()))


def report(found: list[Case]) -> Iterator[str]:
    """The lines of the table."""
    dates = [c for c in found if c.timex.kind == "DATE"]
    exact = [c for c in dates if not c.timex.value.endswith("_REF")]
    lengths = [c for c in found if c.timex.kind == "DURATION"]
    bound, free = [c for c in lengths if anchored(c)], [c for c in lengths if not anchored(c)]
    times = [c for c in found if c.timex.kind == "TIME"]
    sets = [c for c in found if c.timex.kind == "SET"]
    yield f"DATE, value                      {share(c.right for c in dates)}"
    yield f"DATE without *_REF               {share(c.right for c in exact)}"
    yield f"DATE, values as they stand       {share(c.ours == c.timex.value for c in dates)}"
    yield f"DATE, right where told           {share(c.right for c in dates if c.ours)}"
    yield f"TIME, by its day                 {share(c.right for c in times)}"
    yield f"DURATION left without a date     {share(c.ours is None for c in free)}"
    yield f"DURATION anchored, days told     {share(c.meaning.start is not None for c in bound)}"
    yield f"SET left without a date          {share(c.ours is None for c in sets)}"
    yield ""
    counts = Counter(error(c) for c in dates if not c.right)
    yield from (f"{number:5}  {name}" for name, number in counts.most_common())


def parse(arguments: list[str]) -> argparse.Namespace:
    """The folder and the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.times", description=__doc__)
    parser.add_argument("folder", type=Path, help="TimeML files (.tml), in folders or not")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N wrong cases")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Print the table for a folder; one that is absent is skipped with a message."""
    chosen = parse(arguments)
    paths = sorted(chosen.folder.rglob("*.tml")) if chosen.folder.exists() else []
    if not paths:
        sys.stdout.write(f"{chosen.folder}: no TimeML files, skipped\n")
        return 0
    items = [item for item in map(document, paths) if item is not None]
    found = [case for item in items for case in cases(item)]
    sys.stdout.write(f"{len(items)} articles of {len(paths)}\n")
    sys.stdout.writelines(line + "\n" for line in report(found))
    wrong = [c for c in found if c.timex.kind in ("DATE", "TIME") and not c.right]
    for case in wrong[: chosen.errors]:
        sys.stdout.write(
            f"\n{case.document}: {case.timex.value}, ours {case.ours} ({case.tense}; "
            f"{case.meaning.because})\n    {case.context}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
