"""Which articles are versions of one another, and what a new version changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from tocsin.base.errors import OntologyError
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import parse
from tocsin.records.article import Article
from tocsin.records.capture import Capture
from tocsin.records.version import Change, Version
from tocsin.sources.forms import SINGLE

# Forms of files whose articles have names of their own.
NAMED = frozenset({"json", "lines", "csv", "tsv", "parquet", "mbox", "eml"})
# Longer texts are compared by lines instead of words, which takes long.
WORDS = 20_000
_LINE = re.compile(r"(?<=[.!?])\s+|\n+")
_LONGEST = 600  # characters of a line that can be a notice
_CUT = ("…", "")


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two texts: words added and removed, and the pieces in order.

    Each piece is `=`, `+` or `-` with its words.
    """

    added: int
    removed: int
    pieces: tuple[tuple[str, str], ...]


def chain(article: Article, capture: Capture) -> str:
    """Return the name of the chain that an article belongs to: where it is published.

    That is its address, else its name in a file of many articles, else its file. What has none of
    these is a chain by itself.
    """
    if article.url:
        return f"url {article.url}"
    if capture.form in NAMED and not article.doc.endswith(f"#{_place(article.doc)}"):
        return f"doc {article.outlet or capture.source or ''} {article.doc}"
    if capture.form in SINGLE and capture.place != "-":
        return f"file {capture.place}"
    return f"only {article.id}"


def step(
    article: Article, name: str, before: Article | None, number: int, *, withdrawn: bool = False
) -> Version:
    """Return the version that an article is in a chain, behind the one before if there is one.

    An article that was `withdrawn` before stays so for as long as it says so.
    """
    if before is None:
        return Version(article=article.id, chain=name, number=1, change="first")
    change, notice = _change(before, article, withdrawn=withdrawn)
    found = difference(_whole(before), _whole(article))
    return Version(
        article=article.id, chain=name, number=number + 1, change=change, before=before.id,
        added=found.added, removed=found.removed, notice=notice,
    )  # fmt: skip


def alike(before: Article, after: Article) -> bool:
    """Return whether two texts are versions of one article, whatever their addresses are."""
    if before.url == after.url or before.title == after.title:
        return True
    count = len(_whole(before).split())
    return difference(_whole(before), _whole(after)).removed * 2 < count


def difference(before: str, after: str) -> Difference:
    """Return what changed between two texts, word by word; line by line where they are long."""
    unit = r"\s*\S+" if max(len(before), len(after)) < WORDS * 6 else r"[^\n]*\n?"
    old, new = (re.findall(unit, text) for text in (before, after))
    pieces: list[tuple[str, str]] = []
    added = removed = 0
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("=", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(("-", "".join(old[a:b])))
            removed += sum(len(words.split()) for words in old[a:b])
        if d > c:
            pieces.append(("+", "".join(new[c:d])))
            added += sum(len(words.split()) for words in new[c:d])
    return Difference(added, removed, tuple(pieces))


def between(before: Article, after: Article) -> Difference:
    """Return what changed between two versions of an article, its title counting as text."""
    return difference(_whole(before), _whole(after))


def changes(found: Difference, beside: int) -> Iterator[list[tuple[str, str]]]:
    """Yield what changed, piece by piece, with so many words of what stayed on either side.

    Changes that stand closer together than twice that are one; where words are left out a piece is
    `…`. Space stays with the word behind it.
    """
    change: list[tuple[str, str]] = []
    for at, (sign, words) in enumerate(found.pieces):
        last = at == len(found.pieces) - 1
        same = re.findall(r"\s*\S+", words)
        if sign != "=" or len(same) <= (2 * beside if change and not last else beside):
            change.append((sign, words))
            continue
        if change:
            yield [*change, ("=", "".join(same[:beside])), _CUT]
        change = [] if last else [_CUT, ("=", "".join(same[len(same) - beside :]))]
    if any(sign in "+-" for sign, _ in change):
        yield change


def notices(text: str) -> Iterator[tuple[Change, str]]:
    """Yield the sentences in which an outlet says that it corrected or withdrew an article."""
    for line in _LINE.split(text):
        words = " ".join(line.split())
        if not words or len(words) > _LONGEST:
            continue
        for change, patterns in _patterns().items():
            if any(pattern.search(words) for pattern in patterns):
                yield change, words
                break


def told(before: Article, after: Article) -> list[tuple[Change, str]]:
    """Return what an article says of its own changes that the version before did not say."""
    had = {words for _, words in notices(_whole(before))}
    return [found for found in notices(_whole(after)) if found[1] not in had]


def _change(before: Article, after: Article, *, withdrawn: bool) -> tuple[Change, str | None]:
    new = told(before, after)
    said = list(notices(_whole(after))) if withdrawn else new
    gone = [found for found in said if found[0] == "retraction"]
    return next(iter(gone or new), ("edit", None))


def _whole(article: Article) -> str:
    if article.text.startswith(article.title):
        return article.text
    return f"{article.title}\n{article.text}"


def _place(doc: str) -> str:
    return doc.rpartition("#")[2]


@cache
def _patterns() -> Mapping[Change, tuple[re.Pattern[str], ...]]:
    value = parse((packaged("sources") / "notices.yml").read_text("utf8"))
    found = {}
    for key, change in _KINDS:
        rows = value.get(key) if isinstance(value, dict) else None
        if not isinstance(rows, list):
            raise OntologyError(f"notices.yml: {key} should be a list of patterns")
        try:
            found[change] = tuple(re.compile(str(row), re.IGNORECASE) for row in rows)
        except re.error as error:
            raise OntologyError(f"notices.yml: {key}: {error}; expected patterns") from error
    return found


_KINDS: tuple[tuple[str, Change], ...] = (
    ("retractions", "retraction"), ("corrections", "correction"),
)  # fmt: skip
