"""Measure which places toponyms mean, on corpora of articles with their gold spans.

Usage: python -m evaluation.places FILE... [--errors N]

A FILE is XML in the form of LGL or of GeoVirus. The gold spans of an article are resolved together
by `tocsin.coding.ranking`. A toponym with coordinates is right within 161 kilometres (100 miles) of
them; one that stays unresolved counts as 20,000 kilometres off. Toponyms without coordinates are in
no gazetteer as far as their annotators knew, and should stay unresolved. A FILE that is absent is
skipped with a message.
"""

from __future__ import annotations

import argparse
import html
import math
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evaluation.align import Span
from tocsin.coding.ranking import Choice, locate
from tocsin.ontology import actors, gazetteer

NEAR = 161.0  # kilometres that count as right: a hundred miles
LOST = 20000.0  # how far off a toponym is that stays unresolved
DRIFT = 200  # characters by which offsets may have slipped over an entity or a quote
RADIUS = 6371.0
# These corpora are no well-formed XML: texts hold bare ampersands and angle brackets, some in
# CDATA and some not. So the few elements that matter are cut out, and the rest is not looked at.
_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
_TEXT = re.compile(r"<text>(?:\s*<!\[CDATA\[(?P<raw>.*?)\]\]>\s*|(?P<xml>.*?))</text>", re.DOTALL)
_TOPONYM = re.compile(r"<(toponym|location)\b[^>]*>(?P<inside>.*?)</\1>", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_GAZTAG = re.compile(r"<gaztag\b[^>]*\bgeonameid=\"(\d+)\"")


@dataclass(frozen=True, slots=True)
class Toponym:
    """A gold toponym: where it stands and what place it is, as far as its corpus says.

    `country` is ISO 3166-1 alpha-3.
    """

    span: Span
    phrase: str
    spot: tuple[float, float] | None
    identity: int | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its gold toponyms."""

    text: str
    toponyms: tuple[Toponym, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A gold toponym beside what it was resolved to."""

    gold: Toponym
    said: Choice

    @property
    def off(self) -> float:
        """How many kilometres lie between gold and what was said."""
        if self.gold.spot is None or self.said.spot is None:
            return LOST
        return kilometres(self.gold.spot, (self.said.spot.lat, self.said.spot.lon))

    @property
    def near(self) -> bool:
        """Whether what was said lies near enough to gold."""
        return self.off <= NEAR

    @property
    def exact(self) -> bool:
        """Whether what was said is gold's very place."""
        return self.said.spot is not None and self.said.spot.id == self.gold.identity

    @property
    def same_country(self) -> bool:
        """Whether what was said lies in gold's country."""
        return self.said.spot is not None and self.said.spot.country == self.gold.country


def articles(path: Path) -> Iterator[Article]:
    """The articles of a corpus with the toponyms whose words stand in their text."""
    for block in _ARTICLE.findall(path.read_text("utf-8", errors="replace")):
        held = _TEXT.search(block)
        if held:
            text = html.unescape(held["xml"]) if held["raw"] is None else held["raw"]
            found = (_toponym(tag["inside"], text) for tag in _TOPONYM.finditer(block))
            yield Article(text, tuple(one for one in found if one is not None))


def _toponym(inside: str, text: str) -> Toponym | None:
    """The toponym of an element, or None where its words are not in the text."""
    inside = _CDATA.sub(r"\1", inside)
    start, end = _value(inside, "start"), _value(inside, "end")
    if not start or not end:
        return None
    phrase = _value(inside, "phrase", "extractedName", "name")
    span = _settled(text, (int(start), int(end)), phrase or text[int(start) : int(end)])
    if span is None:
        return None
    lat, lon = _value(inside, "lat", "latitude"), _value(inside, "lon", "longitude")
    tag = _GAZTAG.search(inside)
    identity = tag[1] if tag else _value(inside, "geonamesID", "geonameid")
    return Toponym(
        span=span,
        phrase=text[slice(*span)],
        spot=(float(lat), float(lon)) if lat and lon else None,
        identity=int(identity) if identity else None,
        country=_country(_value(inside, "country") or ""),
    )


def _value(inside: str, *names: str) -> str | None:
    """The text of the first element that has one of the names, tried in order."""
    for name in names:
        found = re.search(rf"<{name}(?:\s[^>]*)?>(.*?)</{name}>", inside, re.DOTALL)
        if found:
            return html.unescape(found[1]).strip()
    return None


def _settled(text: str, span: Span, phrase: str) -> Span | None:
    """The span of a phrase, moved to the nearest place where it stands if it has slipped."""
    if not phrase or text[slice(*span)] == phrase:
        return span
    starts = [m.start() for m in re.finditer(re.escape(phrase), text)]
    near = min(starts, key=lambda at: abs(at - span[0]), default=None)
    if near is None or abs(near - span[0]) > DRIFT:
        return None
    return near, near + len(phrase)


@cache
def _country(name: str) -> str | None:
    """The code of the country that a corpus names, if we know the name."""
    found = actors.load().country_named(name) if name else None
    return found.id if found else None


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance between two points (haversine)."""
    a, b, c, d = map(math.radians, (*one, *other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(half)))


def cases(items: Iterable[Article]) -> Iterator[Case]:
    """Each gold toponym of the articles beside what it is resolved to."""
    held = gazetteer.load()
    for item in items:
        said = locate(item.text, [one.span for one in item.toponyms], held)
        yield from map(Case, item.toponyms, said)


def share(found: Sequence[Case], right: Callable[[Case], bool]) -> str:
    """The share of the cases that are right, with its counts."""
    if not found:
        return "    -"
    number = sum(map(right, found))
    return f"{number / len(found):.3f}  {number} of {len(found)}"


def report(found: Sequence[Case]) -> Iterator[str]:
    """The lines of the table."""
    placed = [c for c in found if c.gold.spot is not None]
    lost = [c for c in found if c.gold.spot is None]
    named = [c for c in placed if c.gold.identity is not None]
    landed = [c for c in placed if c.gold.country is not None]
    resolved = [c for c in placed if c.said.spot is not None]
    median = sorted(c.off for c in placed)[len(placed) // 2] if placed else math.nan
    yield f"toponyms                         {len(found)}"
    yield f"within 161 km                    {share(placed, lambda c: c.near)}"
    yield f"within 161 km, of the resolved   {share(resolved, lambda c: c.near)}"
    yield f"exact GeoNames id                {share(named, lambda c: c.exact)}"
    yield f"median error                     {median:.1f} km"
    yield f"country                          {share(landed, lambda c: c.same_country)}"
    yield f"country, of the resolved         {share(_both(landed), lambda c: c.same_country)}"
    yield f"no coordinates, unresolved       {share(lost, lambda c: c.said.spot is None)}"


def _both(found: Iterable[Case]) -> list[Case]:
    """The cases that were resolved to a place with a country."""
    return [c for c in found if c.said.spot is not None and c.said.spot.country is not None]


def misses(found: Iterable[Case], number: int) -> list[Case]:
    """Some toponyms that were resolved too far off or not at all, spread evenly over a corpus."""
    wrong = [c for c in found if c.gold.spot is not None and not c.near]
    kept = min(number, len(wrong))
    return [wrong[k * len(wrong) // kept] for k in range(kept)]


def miss(case: Case) -> str:
    """A miss in a line: phrase, gold, what was chosen, and the score of that."""
    lat, lon = case.gold.spot or (math.nan, math.nan)
    gold = f"{lat:.2f} {lon:.2f} {case.gold.country or ''}".rstrip()
    spot, best = case.said.spot, case.said.options[:1]
    ours = f"{spot.name} {spot.lat:.2f} {spot.lon:.2f} {spot.country}" if spot else "unresolved"
    score = f"{best[0].score:.1f}" if best else "-"
    return f"  {case.gold.phrase!r}: gold {gold}, ours {ours} (score {score}; {case.said.because})"


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The files and the options of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.places", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="corpora of toponyms")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N misses each")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each corpus; one that is absent is skipped with a message."""
    chosen = parse(arguments)
    for path in chosen.files:
        if not path.exists():
            print(f"{path}: absent, skipped")
            continue
        items = list(articles(path))
        began = time.perf_counter()
        found = list(cases(items))
        spent = time.perf_counter() - began
        print(f"{path.name}: {len(items)} articles")
        print("\n".join(report(found)))
        print(f"seconds                          {spent:.1f}")
        for case in misses(found, chosen.errors):
            print(miss(case))
    return 0


if __name__ == "__main__":
    sys.exit(main())
