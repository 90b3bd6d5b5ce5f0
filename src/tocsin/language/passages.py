"""Which stretches of an article are in another language, and which of them say the same again.

Captions of agencies and releases of embassies often stand in two languages, one below the other.
Read as one text they would tell everything twice. A stretch that is certainly in another language
is never read as the article's; it is a twin where the numbers and names in it are those of the
stretch beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from tocsin.language import segment
from tocsin.language.identify import other
from tocsin.ontology.form import packaged
from tocsin.ontology.gazetteer import Gazetteer
from tocsin.ontology.packs import content
from tocsin.ontology.rows import Row
from tocsin.records.article import Article
from tocsin.records.issue import Issue

__all__ = ["Passage", "issues", "split"]

# Letters that a stretch needs for its language to be certain.
FEWEST = 40
# What two stretches must share to say the same: so many marks, and so much of the poorer one's.
SHARED, SHARE = 2, 0.5
# How much longer one may be than the other; Arabic and Chinese are terse.
LONGER = 3.0
# How many stretches may lie between two that say the same, where a text stands whole in one
# language and then in the other.
APART = 12
# How many small words of other languages make a stretch worth a look.
SMALL = 2
# Letters by which names are compared: "Venezolana", "Venezuelan".
STEM = 4
# People that a place needs for its name to count, and what Arabic writes onto names.
KNOWN = 50_000
PARTICLES = ("و", "ب", "ل", "في", "بال", "وال", "ال")
# A run of letters that are not Latin.
_OTHER = re.compile(r"(?:[\u0370-\u1cff\u2c80-\uabff\ufb1d-\ufdff\ufe70-\ufeff]\W{0,3}){20}")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_DIGITS = re.compile(r"\D")
# Words with a capital that open no sentence.
_NAME = re.compile(r"(?<![.!?¿¡:«“\"] )(?<!^)(?<!\n)\b[^\W\d_a-zà-öø-ÿ][\w’'-]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that is not in the article's language, and the twin that says it there."""

    start: int
    end: int
    language: str
    twin: tuple[int, int] | None = None


def split(text: str, language: str, gazetteer: Gazetteer | None = None) -> list[Passage]:
    """Return the stretches of a text that are certainly in another language than the article's.

    With a gazetteer, places whose names are spelled in other letters are seen to be the same.
    """
    if not _suspect(text, language):
        return []
    sentences = segment.sentences(text)
    told = [_language(text[a:b], language) for a, b in sentences]
    if not any(told):
        return []
    rows = [
        (key, [place for _, place in run])
        for key, run in groupby(zip(told, sentences, strict=True), key=lambda pair: pair[0])
    ]
    own = [place for key, run in rows if key is None for place in run]
    out = []
    for key, run in rows:
        start, end = run[0][0], run[-1][1]
        if key is not None and sum(map(str.isalpha, text[start:end])) >= FEWEST:
            out.append(Passage(start, end, key, _twin(text, run, own, gazetteer)))
    return out


def issues(article: Article, passages: Sequence[Passage], language: str) -> Iterator[Issue]:
    """Yield what is to be said of the stretches that are left unread."""
    for passage in passages:
        begin = article.text[passage.start : passage.start + 60].replace("\n", " ")
        if passage.twin:
            told = f"characters {passage.twin[0]}-{passage.twin[1]} say the same and are coded"
        else:
            told = f"an article is coded in one language, this one in {language!r}"
        yield Issue(
            code="twin-passage" if passage.twin else "foreign-passage",
            stage="language",
            severity="note" if passage.twin else "warning",
            file=article.doc,
            article=article.id,
            place=f"characters {passage.start}-{passage.end}",
            message=f"“{begin}...” is in {passage.language!r} and left unread: {told}",
        )


def _language(sentence: str, main: str) -> str | None:
    """Return the language of a sentence where it is certainly not the main one."""
    if sum(map(str.isalpha, sentence)) < FEWEST // 2 or not _strange(sentence, main):
        return None
    found = other(sentence, main)
    # Romance languages are too near each other to be told apart sentence by sentence.
    near = main != "en" and found != "en" and _OTHER.search(sentence) is None
    return None if near else found


def _suspect(text: str, main: str) -> bool:
    """Return whether a text can hold another language than its main one, at a glance."""
    if main != "en" or _OTHER.search(text):
        return True
    return any(_small(line) >= SMALL for line in text.splitlines())


def _strange(sentence: str, main: str) -> bool:
    """Return the same of a sentence."""
    return main != "en" or _small(sentence) >= SMALL or _OTHER.search(sentence) is not None


def _small(text: str) -> int:
    """Return how many words of a text English would not have: small ones, those with accents."""
    small = _others()
    return sum(word in small or not word.isascii() for word in _WORD.findall(text.lower()))


@cache
def _others() -> frozenset[str]:
    """Return the small words of other languages than English, by which a glance knows them."""
    listed = content(Path(str(packaged("lexicon"))) / "small.yml").get("small")
    rows = Row(dict(listed) if isinstance(listed, dict) else {}, "small.yml")
    return frozenset(word for code in list(rows.fields) for word in rows.texts(code))


def _twin(
    text: str,
    run: Sequence[tuple[int, int]],
    own: Sequence[tuple[int, int]],
    gazetteer: Gazetteer | None,
) -> tuple[int, int] | None:
    """Return the stretch of the article's language that says what some sentences say.

    As many sentences right before or after them are tried first, then those further off.
    """
    start, end = run[0][0], run[-1][1]
    before = [k for k, (_, b) in enumerate(own) if b <= start]
    pivot = len(before)
    marks = _marks(text[start:end], gazetteer)
    spans = set()
    for size in range(max(1, len(run) - 1), len(run) + 2):
        for first in range(max(0, pivot - size - APART), min(len(own) - size, pivot + APART) + 1):
            spans.add((first, first + size))
    found = []
    for first, last in spans:
        if first < pivot < last:
            continue  # it would go round the stretch itself
        a, b = own[first][0], own[last - 1][1]
        gap = pivot - last if last <= pivot else first - pivot
        score = _alike(marks, _marks(text[a:b], gazetteer), (end - start) / (b - a))
        if score:
            found.append((-score, gap, (a, b)))
    return min(found)[2] if found else None


def _alike(one: frozenset[str], other: frozenset[str], longer: float) -> float:
    """Return how much of the poorer stretch's marks two share; 0 where it proves nothing."""
    if not 1 / LONGER <= longer <= LONGER or not one or not other:
        return 0.0
    shared = len(one & other)
    share = shared / min(len(one), len(other))
    return share if shared >= SHARED and share >= SHARE else 0.0


def _marks(text: str, gazetteer: Gazetteer | None) -> frozenset[str]:
    """Return what a stretch has in common with its translation: figures, names, places."""
    figures = {_DIGITS.sub("", found) for found in _NUMBER.findall(_western(text))}
    marks = figures | set(_names(text))
    return frozenset(marks | set(_spots(text, gazetteer)) if gazetteer else marks)


def _western(text: str) -> str:
    """Return a text with the digits of other scripts as those of Latin ones."""
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text
    )


def _names(text: str) -> Iterator[str]:
    """Yield the names of a stretch without accents, cut to what languages agree on."""
    for match in _NAME.finditer(text):
        plain = unicodedata.normalize("NFKD", match[0])
        letters = "".join(c for c in plain.lower() if c.isalpha() and c.isascii())
        if len(letters) >= STEM:
            yield letters[:STEM]


def _spots(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the largest place that each word in other letters, or name in Latin ones, can mean."""
    words = [match[0] for match in _NAME.finditer(text)]
    words += [word for word in _WORD.findall(text) if len(word) > 2 and not word.isascii()]
    for word in dict.fromkeys(words):
        for form in (word, *(word.removeprefix(p) for p in PARTICLES if word.startswith(p))):
            spots = [spot for spot, _ in gazetteer.find(form)]
            best = max(spots, key=lambda spot: spot.population, default=None)
            if best is not None and best.population >= KNOWN:
                yield f"place {best.id}"
                break
