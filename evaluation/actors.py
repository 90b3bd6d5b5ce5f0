"""Measure whom phrases mean, given the phrases: country and sectors of annotated participants.

Usage: python -m evaluation.actors [--gold FOLDER] [--dyads FILE] [--rows FILE] [--errors N]

FOLDER holds annotated articles. FILE of dyads holds a sentence a row: `text`, the words of its
`source_text` and `target_text`, and their countries `source` and `target`. FILE of rows holds
annotated sentences whose participants have no country: there the share that is settled at all
is counted. What is absent is skipped with a message.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from evaluation.align import Span
from evaluation.measure import Measure, Ratio, ratio
from tocsin.coding import participants
from tocsin.coding.scene import Scene
from tocsin.pipeline.run import Coder, open_coder
from tocsin.records.article import Article, Moment
from tocsin.records.claim import Participant

ROLES = ("actor", "recipient")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A phrase whose bearer is known: its characters, role, and what gold says of it.

    `country` is None where nobody's; `sectors` is None where gold does not say.
    """

    span: Span
    role: str
    country: str | None
    sectors: frozenset[str] | None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What resolving a phrase gave, beside what was asked."""

    asked: Asked
    said: Participant
    quote: str
    day: date | None = None

    @property
    def country_right(self) -> bool:
        """Whether the country is gold's."""
        return self.said.country == self.asked.country

    @property
    def sectors_right(self) -> bool:
        """Whether the sectors are gold's, all of them and no more."""
        return frozenset(self.said.sectors) == self.asked.sectors


def answers(coder: Coder, article: Article, asked: Sequence[Asked]) -> Iterator[Answer]:
    """Yield what each phrase of an article resolves to, asked in order as the coder would."""
    guide = coder.guide
    scene = Scene(article, coder.read(article), guide.lexicon, guide.knowledge, guide.gazetteer)
    participants.survey(scene)
    for one in asked:
        at = words(scene, one.span)
        if at is not None:
            said = participants.resolve(scene, *at, place=one.place)
            yield Answer(one, said, article.text[slice(*one.span)], article.day)


def words(scene: Scene, span: Span) -> tuple[int, int, int] | None:
    """Return the sentence and the half-open range of words that share a character with a span.

    Of a span over several sentences the first one's words count.
    """
    for number, tree in enumerate(scene.trees):
        inside = [i for i, (a, b) in enumerate(tree.s.offsets) if a < span[1] and span[0] < b]
        if inside:
            return number, inside[0], inside[-1] + 1
    return None


def of_article(row: Row) -> tuple[Article, list[Asked]]:
    """Return an annotated article and the phrases of its claims that have a span."""
    asked = [
        Asked(
            (who["span"][0], who["span"][1]),
            role,
            who.get("country"),
            frozenset(who.get("sectors") or ()),
            (claim.get("place") or {}).get("country"),
        )
        for claim in row["claims"]
        for role in ROLES
        for who in claim.get(role + "s") or ()
        if who.get("span")
    ]
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    article = an_article(row["doc"], row["text"], published, outlet=row.get("outlet"))
    return article, asked


def of_dyads(row: Row) -> tuple[Article, list[Asked]]:
    """Return a sentence and the phrases of its two sides, where its text holds them."""
    asked = []
    for role, side in zip(ROLES, ("source", "target"), strict=True):
        for code, phrase in zip(row[side], row[side + "_text"], strict=True):
            start = row["text"].find(phrase) if code and phrase else -1
            if start >= 0:
                asked.append(Asked((start, start + len(phrase)), role, code, None))
    return an_article(row["id"], row["text"], None), asked


def of_rows(rows: Sequence[Row]) -> tuple[Article, list[Asked]]:
    """Return the sentences of an article joined by spaces, and the phrases of their claims."""
    asked, at = [], 0
    for row in rows:
        for claim in row["claims"]:
            for role in ROLES:
                for who in claim.get(role + "s") or ():
                    if who.get("span"):
                        start, end = who["span"][0] + at, who["span"][1] + at
                        asked.append(Asked((start, end), role, None, None))
        at += len(row["text"]) + 1
    published = date.fromisoformat(rows[0]["published"]) if rows[0].get("published") else None
    return an_article(rows[0]["doc"], " ".join(row["text"] for row in rows), published), asked


def an_article(
    doc: str, text: str, published: date | None, *, outlet: str | None = None
) -> Article:
    """Return an article of a corpus."""
    moment = Moment(published) if published else None
    return Article(id=doc, doc=doc, title="", text=text, outlet=outlet, published=moment)


def measures(name: str, found: Iterable[Sequence[Answer]]) -> Iterator[str]:
    """Yield a line for each measured value of a corpus with its number of items."""
    for share in shares(found):
        yield f"{name:8} {share.name:32} {share.value:.3f}  of {share.of}"


def shares(found: Iterable[Sequence[Answer]]) -> list[Measure]:
    """Return how often country and sectors are right for each role, over articles' answers."""
    units: dict[str, list[Ratio]] = {}
    for answers_ in found:
        right: Counter[str] = Counter()
        of: Counter[str] = Counter()
        for answer in answers_:
            for field, ok in _checks(answer):
                measure = f"{answer.asked.role} {field}"
                of[measure] += 1
                right[measure] += ok
        for measure, number in of.items():
            units.setdefault(measure, []).append((right[measure], number))
    return [ratio(measure, units[measure]) for measure in sorted(units)]


def _checks(answer: Answer) -> Iterator[tuple[str, bool]]:
    yield "country", answer.country_right
    if answer.asked.sectors is not None:
        yield "sectors", answer.sectors_right


def settled(name: str, found: Iterable[Answer]) -> Iterator[str]:
    """Yield how often a country and a sector are settled, for phrases without gold of either."""
    people = [answer.said for answer in found]
    for field, known in (
        ("country settled", sum(p.country is not None for p in people)),
        ("sectors settled", sum(bool(p.sectors) for p in people)),
        ("known by name", sum(p.entity is not None for p in people)),
    ):
        yield f"{name:8} {field:32} {known / max(1, len(people)):.3f}  of {len(people)}"


def mistakes(found: Iterable[Answer]) -> Iterator[str]:
    """Yield the phrases resolved to something else than gold, the commonest first."""
    wrong: Counter[str] = Counter()
    for answer in found:
        if not all(ok for _, ok in _checks(answer)):
            gold = f"{answer.asked.country} {'+'.join(sorted(answer.asked.sectors or ()))}"
            said = f"{answer.said.country} {'+'.join(sorted(answer.said.sectors))}"
            why = answer.said.unknown or answer.said.entity or ""
            wrong[f"{answer.quote!r}: gold {gold}, said {said} ({why})"] += 1
    for line, times in wrong.most_common():
        yield f"  {times:3} {line}"


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _articles(folder: Path) -> list[Row]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def corpora(options: argparse.Namespace) -> Iterator[tuple[str, list[tuple[Article, list[Asked]]]]]:
    """Yield each corpus that is there: its name, its articles and what is asked of them."""
    for name in ("gold", "dyads", "rows"):
        path: Path | None = getattr(options, name)
        if path is None:
            continue
        if not path.exists():
            sys.stderr.write(f"{name}: {path} is absent, skipped\n")
        elif name == "gold":
            yield name, [of_article(row) for row in _articles(path)]
        elif name == "dyads":
            yield name, [of_dyads(row) for row in _lines(path)]
        else:
            kept = _lines(path)[: options.limit]
            yield name, [of_rows(list(g)) for _, g in groupby(kept, key=lambda row: row["doc"])]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures of the corpora that are there, and mistakes where asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, help="folder of annotated articles")
    parser.add_argument("--dyads", type=Path, help="sentences with the countries of two sides")
    parser.add_argument("--rows", type=Path, help="annotated sentences without countries")
    parser.add_argument("--limit", type=int, default=300, help="how many rows are read")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N mistakes each")
    parser.add_argument("--threads", type=int, default=0, help="threads of the network")
    options = parser.parse_args(arguments)
    coder: Coder | None = None
    for name, articles in corpora(options):
        coder = coder or open_coder(threads=options.threads)
        held = [list(answers(coder, article, asked)) for article, asked in articles]
        found = [answer for answers_ in held for answer in answers_]
        print("\n".join(settled(name, found) if name == "rows" else measures(name, held)))
        for line in list(mistakes(found) if name != "rows" else ())[: options.errors]:
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
