"""Articles that share more of their wording than two who write by themselves do.

Candidates come from sketches, and are then compared by their words. Which of two alike articles
was there first is another question (`lineage`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tocsin.base.text import fold
from tocsin.fusion.runs import Stretch, Wording, chains, wording
from tocsin.records.article import Article
from tocsin.records.lineage import Run

HEAD: Final = 300  # characters at the beginning of a text in which a credit stands
TAIL: Final = 400  # and at its end

# The thresholds below were set on edited articles and on pairs read by hand; `evaluation.copies`
# measures them. Shares are of the copy's words, counts are of words beyond chance.
_NEAR: Final = 3  # days within which an article is rewritten
_ALIKE: Final = 0.2  # of articles that are near in time
_CREDITED: Final = 0.15  # where the copy credits the other's outlet
_LATE: Final = 0.3  # of articles further apart: background is printed again for months
_MOST: Final = 0.5  # of an article that stands in another one as good as whole
_FEWEST: Final = 12  # words without which no two articles are alike
_FEW: Final = 20  # words of articles that are not alike as good as whole
_MANY: Final = 80  # the same for articles further apart
_CHANGED: Final = 2  # days by which an article may seem older than the one it credits

_CHANCE: Final = 4  # words of each chain that two writers may share by chance
# What a word proves in a quote, which many outlets have from one speaker, and in what both texts
# end with, if that is short enough for a notice.
_LITTLE: Final = 0.1
_NOTICE: Final = 60  # words
_CLOSE: Final = 10  # words behind a notice


class Likeness(Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """Two articles that share their wording, by ids in order.

    `runs` are characters of left that stand in right. `shares` are the parts of the words of each
    that stand in the other, in runs; `credits` says whether each names the other's outlet where
    credits stand, `fellows` which agencies both credit. `longest` is the longest run in words.
    """

    left: str
    right: str
    runs: tuple[Run, ...]
    shares: tuple[float, float]
    credits: tuple[bool, bool]
    fellows: tuple[str, ...]
    longest: int

    def of(self, article: str) -> float:
        """Return the part of an article's words that stand in the other one."""
        return self.shares[article == self.right]

    def credited_by(self, article: str) -> bool:
        """Return whether an article names the other one's outlet where credits stand."""
        return self.credits[article == self.right]

    def runs_of(self, article: str) -> tuple[Run, ...]:
        """Return the characters of an article that stand in the other one."""
        if article == self.left:
            return self.runs
        return tuple(sorted(Run(run.at, run.until, run.start, run.end) for run in self.runs))


def compare(a: Article, b: Article) -> Likeness | None:
    """Return what two articles share, where it is more than chance, quotes and background."""
    left, right = (a, b) if a.id <= b.id else (b, a)
    one, other = wording(left.text), wording(right.text)
    linked = chains(one, other)
    found = [run for chain in linked for run in chain]
    if not found:
        return None
    named = _credits(left, right), _credits(right, left)
    count, shares = _shared(one, other, linked)
    apart = _apart(left, right)
    if not _alike(count, shares, apart, named):
        return None
    return Likeness(
        left.id, right.id,
        runs=tuple(_run(run, one, other) for run in found),
        shares=(_share(one, found, 0), _share(other, found, 1)),
        credits=named, fellows=tuple(sorted({*left.wire} & {*right.wire})),
        longest=max(run.length for run in found),
    )  # fmt: skip


def _alike(
    count: float, shares: tuple[float, float], apart: int | None, named: tuple[bool, bool]
) -> bool:
    """Return whether so much shared wording, as a count and parts of both texts, is a copy's.

    `apart` are the days by which right is the later one; `named` whether each credits the other.
    """
    left, right = shares
    credited = named[0] != named[1] and (apart is None or abs(apart) <= _CHANGED)
    if credited:
        share = shares[named[1]]
    else:
        share = max(shares) if not apart else right if apart > 0 else left
    if count < _FEWEST or (count < _FEW and share < _MOST):
        return False
    if apart is None or abs(apart) > _NEAR:
        return share >= _MOST or (share >= _LATE and count >= _MANY)
    return share >= (_CREDITED if credited else _ALIKE) or (min(shares), count) >= (_MOST, _MANY)


def _shared(
    left: Wording, right: Wording, linked: Sequence[Sequence[Stretch]]
) -> tuple[float, tuple[float, float]]:
    """Return how many words say that text was copied, and their part of the words of each text."""
    ends = len(left.words) - _CLOSE, len(right.words) - _CLOSE
    notice = min(_NOTICE, len(left.words) * _MOST, len(right.words) * _MOST)
    count = 0.0
    for chain in linked:
        weight = sum(_weight(left, right, run) for run in chain)
        last = chain[-1]
        at = last.left + last.length, last.right + last.length
        if at[0] >= ends[0] and at[1] >= ends[1] and weight < notice:
            weight *= _LITTLE
        count += max(0.0, weight - _CHANCE)
    return count, (_part(count, left), _part(count, right))


def _weight(left: Wording, right: Wording, run: Stretch) -> float:
    quoted = left.quoted[run.left : run.left + run.length]
    quoted = quoted | right.quoted[run.right : run.right + run.length]
    return float(np.where(quoted, _LITTLE, 1.0).sum())


def _part(count: float, text: Wording) -> float:
    whole = float(np.where(text.quoted, _LITTLE, 1.0).sum()) - _CHANCE
    return count / whole if whole > 0 else 0.0


def _share(text: Wording, found: Iterable[Stretch], side: int) -> float:
    """Return the part of a text's words that are in runs."""
    inside: NDArray[np.bool_] = np.zeros(len(text.spans), np.bool_)
    for run in found:
        inside[run[side] : run[side] + run.length] = True
    return round(float(inside.mean()), 3)


def _run(run: Stretch, left: Wording, right: Wording) -> Run:
    last = run.length - 1
    return Run(
        start=left.spans[run.left][0], end=left.spans[run.left + last][1],
        at=right.spans[run.right][0], until=right.spans[run.right + last][1],
    )  # fmt: skip


def _apart(left: Article, right: Article) -> int | None:
    if left.day is None or right.day is None:
        return None
    return (right.day - left.day).days


def _credits(article: Article, other: Article) -> bool:
    """Return whether an article names another one's outlet where credits stand, as its own."""
    if other.outlet is None or same_outlet(article.outlet, other.outlet):
        return False
    if any(same_outlet(agency, other.outlet) for agency in article.wire):
        return True
    ends = (article.text[:HEAD], article.text[-TAIL:], *article.authors)
    name = _credit(other.outlet)
    return any(name.search(end) for end in ends)


@lru_cache(maxsize=1024)
def _credit(name: str) -> re.Pattern[str]:
    """Return how an outlet is credited; no verb of its own follows, as in "Reuters reported that".

    So "Today" and "The Independent" are no credits where they are only words.
    """
    plain = re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE) or name.strip()
    forms = {plain, plain.upper(), f"{plain[:1].upper()}{plain[1:]}"}
    spelt = "|".join(sorted(map(re.escape, forms)))
    return re.compile(rf"(?<!\w)(?:{spelt})(?![\w'’])(?!\s+(?!and\b|contributed\b)[a-z])")


def same_outlet(one: str | None, other: str | None) -> bool:
    """Return whether two names are those of one outlet; an unknown outlet is no other's."""
    return one is not None and other is not None and outlet(one) == outlet(other)


def outlet(name: str) -> str:
    """Return an outlet's name as names are compared: folded, without its article."""
    folded = fold(name)
    return folded.removeprefix("the ") or folded
