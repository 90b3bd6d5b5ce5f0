"""Measure how well copies are told from other articles, on copies made by editing real articles.

Usage: python -m evaluation.copies [PATH...] [--seed N]

PATH is what `tocsin code` reads, else the bundled examples. Articles that share more than a tenth
of their runs of three words with an earlier one are left aside. A third of the others are copied at
each of five strengths (`evaluation.edits`), under another outlet, up to three days later; a third
gives the paragraphs that copies bring in from elsewhere. The last third are made to look like
copies and are none: they take over another article's quotes, some background (a sixth of their own
words), or a notice that all of them carry. A copy is found where it gets its original as parent;
every other pair that is called a copy is wrong.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from evaluation.edits import STRENGTHS, Strength, edited, units
from tocsin.fusion import copies
from tocsin.fusion.shingles import sketch, words
from tocsin.records.article import Article, Moment, byline
from tocsin.records.lineage import Copy
from tocsin.sources import files

EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"
RECALL, PRECISION = 0.95, 0.98  # the bars
NOTICE = (
    "Our reports are compiled from agencies, telephone contacts and our own correspondents in the "
    "region. Figures are those given by the speakers named. All rights are reserved, and nothing "
    "here may be printed again without leave."
)
KINDS = ("nothing", "quotes", "background", "notice")
_QUOTE = re.compile(r"(?<!\w)\"(?=\w)[^\"]{40,400}\"(?!\w)|“[^“”]{40,400}”")
BACKGROUND = 6  # background is so many times shorter than the article that it is in
_SHORTEST = 80  # words of an article worth copying
_SHARED = 0.1  # of runs of three words, above which natural copies may be meant


@dataclass(frozen=True, slots=True)
class Trial:
    """Articles, and what is known of them: the original of each copy, what the others took over."""

    articles: Mapping[str, Article]
    originals: Mapping[str, str]
    lookalikes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many copies there were, were found, and what was called a copy and is none, by kind."""

    copies: int
    found: int
    wrong: Counter[str]

    @property
    def recall(self) -> float:
        """Return the part of the copies that were found."""
        return self.found / self.copies if self.copies else 0.0

    @property
    def precision(self) -> float:
        """Return the part of what was called a copy that is one."""
        called = self.found + self.wrong.total()
        return self.found / called if called else 0.0


def read(paths: Sequence[Path]) -> list[Article]:
    """Return the dated articles under the paths that are long enough and unlike earlier ones."""
    seen: list[frozenset[tuple[str, ...]]] = []
    kept = []
    for article in sorted(_articles(paths), key=lambda one: (one.day or 0, one.id)):
        folded = [word for word, _, _ in words(article.text)]
        runs = frozenset(zip(folded, folded[1:], folded[2:], strict=False))
        alike = any(len(runs & other) > _SHARED * min(len(runs), len(other)) for other in seen)
        if len(folded) >= _SHORTEST and not alike:
            seen.append(runs)
            kept.append(article)
    return kept


def _articles(paths: Sequence[Path]) -> Iterator[Article]:
    found = files.read(paths or [EXAMPLES])
    return (one for one in found if isinstance(one, Article) and one.day is not None)


def trial(articles: Sequence[Article], strength: Strength, seed: int) -> Trial:
    """Return originals with their copies, and as many articles that look like copies of them."""
    chance = np.random.default_rng(seed)
    order = [articles[at] for at in chance.permutation(len(articles))]
    originals, others, donors = (order[at::3] for at in range(3))
    texts = [one.text for one in donors]
    found = {one.id: _early(one) for one in originals}
    known: dict[str, str] = {}
    for one in originals:
        copy = _made(one, edited(one.text, one.title, strength, texts, chance), "copy", chance)
        found[copy.id], known[copy.id] = copy, one.id
    alike: dict[str, str] = {}
    for number, (other, one) in enumerate(zip(others, originals, strict=False)):
        kind = KINDS[number % len(KINDS)]
        text = _lookalike(other.text, one.text, kind)
        if text is not None:
            made = _made(replace(other, published=one.published), text, kind, chance)
            found[made.id], alike[made.id] = made, kind
    return Trial(found, known, alike)


def _early(article: Article) -> Article:
    day = article.day
    return replace(article, published=Moment(day, "minute", "06:00")) if day else article


def _made(article: Article, text: str, how: str, chance: np.random.Generator) -> Article:
    """Return an article of another outlet, some hours or up to three days later."""
    if article.day is None:
        raise ValueError(f"{article.id} has no day, which `read` asks for")
    day = article.day + timedelta(days=int(chance.integers(4)))
    later = Moment(day, "minute", f"{chance.integers(7, 24):02}:00")
    name = f"{how}-{article.id}"
    return replace(article, id=name, text=text, outlet=f"Desk {name}", published=later, wire=())


def _lookalike(text: str, other: str, kind: str) -> str | None:
    """Return a text that took over from another one what is no copying, if there is any."""
    if kind == "quotes":
        quotes = _QUOTE.findall(other)[:3]
        told = [f"{quote} the speaker told a crowded room." for quote in quotes]
        return "\n\n".join([text, *told]) if quotes else None
    if kind == "background":
        told_before = units(other)[-1].split()
        return "\n\n".join([text, " ".join(told_before[: len(text.split()) // BACKGROUND])])
    return f"{text}\n\n{NOTICE}" if kind == "notice" else text


def lineage(articles: Mapping[str, Article]) -> list[Copy]:
    """Return the copies among articles, as fusion finds them, with no registry of sources."""
    pairs = copies.candidates(
        {name: sketch(one.text) for name, one in articles.items()},
        {name: one.day.toordinal() if one.day else None for name, one in articles.items()},
    )
    compared = (copies.compare(articles[left], articles[right]) for left, right in pairs)
    alike = [one for one in compared if one is not None]
    return copies.lineage({name: byline(one) for name, one in articles.items()}, alike, {})


def outcome(one: Trial) -> Outcome:
    """Return what becomes of a trial."""
    called = {copy.article: copy.parent for copy in lineage(one.articles)}
    found = sum(called.get(copy) == original for copy, original in one.originals.items())
    wrong = Counter(
        one.lookalikes.get(copy) or one.lookalikes.get(parent) or "other articles"
        for copy, parent in called.items()
        if one.originals.get(copy) != parent
    )
    return Outcome(len(one.originals), found, wrong)


def report(articles: Sequence[Article], seed: int) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"{len(articles)} articles unlike each other, seed {seed}"
    heads = ("kept", "copies", "found", "wrong")
    yield "".join(f"{head:>8}" for head in heads) + f"{'recall':>9}{'precision':>11}  wrong ones"
    every = Outcome(0, 0, Counter())
    looks: Counter[str] = Counter()
    for number, strength in enumerate(STRENGTHS):
        one = trial(articles, strength, seed + number)
        looks.update(one.lookalikes.values())
        result = outcome(one)
        yield _line(f"{strength.kept:.0%}", result)
        every = Outcome(
            every.copies + result.copies, every.found + result.found, every.wrong + result.wrong
        )
    yield _line("all", every)
    yield "looked like copies: " + ", ".join(f"{count} {kind}" for kind, count in looks.items())
    met = every.recall >= RECALL and every.precision >= PRECISION
    yield f"bars: recall {RECALL}, precision {PRECISION}: {'reached' if met else 'missed'}"


def _line(name: str, one: Outcome) -> str:
    wrong = ", ".join(f"{count} {kind}" for kind, count in sorted(one.wrong.items()))
    return (
        f"{name:>8}{one.copies:>8}{one.found:>8}{one.wrong.total():>8}"
        f"{one.recall:>9.3f}{one.precision:>11.3f}  {wrong}"
    ).rstrip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report of the articles that are there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="*", help="articles, else the bundled examples")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    absent = [path for path in options.paths if not path.exists()]
    for path in absent:
        sys.stderr.write(f"{path} is absent, skipped\n")
    there = [path for path in options.paths if path not in absent]
    if there or not absent:
        print("\n".join(report(read(there), options.seed)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
