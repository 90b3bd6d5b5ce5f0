"""What no article has, and no reader should spend hours on: sentences and words without end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tocsin.records.article import Article
from tocsin.records.issue import Issue

# Words of a sentence; a quarter of an hour of speech, written down without a stop, has as many.
LONGEST = 2_500
# Characters a word has at least in a stretch of prose, the space behind it included; English has
# five, tables of small numbers have three.
FEWEST = 3
# Words of a stretch, in whole sentences, and how many words are read in stretches that are no
# prose: a long table or list in an article has no more.
STRETCH, MOST = 500, 2_500

Offsets = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Left:
    """Characters that are left unread, and what was found there."""

    start: int
    end: int
    found: str


def kept(sentences: Iterable[Offsets], left: list[Left]) -> Iterator[Offsets]:
    """Yield the words of each sentence that are to be read; add what is not to what is left."""
    odd = 0
    for stretch in _stretches(_shortened(sentences, left)):
        words, start, end = sum(map(len, stretch)), stretch[0][0][0], stretch[-1][-1][1]
        if words > STRETCH and end - start < FEWEST * words:
            odd += words
            if odd > MOST:
                left.append(Left(start, end, f"{words:,} words of fewer than {FEWEST} characters"))
                continue
        yield from stretch


def issue(article: Article, left: Sequence[Left]) -> Issue:
    """Return the issue about all that is left unread of an article."""
    first = min(left, key=lambda stretch: stretch.start)
    size = sum(stretch.end - stretch.start for stretch in left)
    message = (
        f"{size:,} characters are left unread, from {first.start:,} on, where {first.found} stand; "
        f"expected prose, whose sentences have at most {LONGEST:,} words. The rest is read"
    )
    return Issue(
        code="no-prose",
        stage="language",
        severity="warning",
        file=article.doc,
        article=article.id,
        place=f"characters {first.start}-{first.end}",
        message=message,
    )


def _shortened(sentences: Iterable[Offsets], left: list[Left]) -> Iterator[Offsets]:
    """Yield the sentences, the overlong ones without their ends."""
    for words in sentences:
        if len(words) > LONGEST:
            found = f"{len(words) - LONGEST:,} more words of one sentence"
            left.append(Left(words[LONGEST][0], words[-1][1], found))
        yield words[:LONGEST]


def _stretches(sentences: Iterable[Offsets]) -> Iterator[list[Offsets]]:
    """Yield the sentences by so many that they have the words of a stretch, a longer one alone."""
    held: list[Offsets] = []
    size = 0
    for words in sentences:
        if held and len(words) > STRETCH:
            yield held
            held, size = [], 0
        held.append(words)
        size += len(words)
        if size > STRETCH:
            yield held
            held, size = [], 0
    if held:
        yield held
