"""Fuse annotated mentions as fusion fuses claims, and score the events that come out.

Nothing here tells fusion what topic an article is of: all articles of a run are fused together.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evaluation import coref
from evaluation.coref import Score
from tocsin.fusion import block, cluster, features, match
from tocsin.fusion.match import Weights
from tocsin.fusion.mention import Mention, Sheet
from tocsin.fusion.pairs import WORLDS
from tocsin.fusion.table import table

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Sheets of articles, the event of each mention that has one, and the topic of each article.

    Mentions without an event are fused and not scored; `others` are the events that such a mention
    is known not to be of.
    """

    name: str
    sheets: tuple[Sheet, ...]
    events: Mapping[str, str]
    topics: Mapping[str, str]
    others: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The topics, in order."""
        found = {self.topics[s.article] for s in self.sheets}
        return sorted(found, key=lambda t: (len(t), t))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Mentions of a corpus with their candidate pairs and what these are like.

    `events` numbers the event of each mention, -1 where none is known; `topics` has its topic. Of
    the pairs that are `known` it is known whether they are of one event.
    """

    mentions: tuple[Mention, ...]
    events: Ints
    topics: NDArray[np.str_]
    i: Ints
    j: Ints
    matrix: NDArray[np.float32]
    known: NDArray[np.bool_]

    @property
    def same(self) -> NDArray[np.bool_]:
        """The pairs of one event."""
        one, other = self.events[self.i], self.events[self.j]
        return np.asarray((one >= 0) & (one == other))

    def of(self, topics: Collection[str]) -> Pairs:
        """Return the mentions and pairs of some topics alone: no pair depends on another."""
        rows = np.isin(self.topics, sorted(topics))
        number = np.cumsum(rows) - 1
        kept = rows[self.i] & rows[self.j]
        return Pairs(
            tuple(m for m, on in zip(self.mentions, rows, strict=True) if on),
            self.events[rows], self.topics[rows],
            number[self.i[kept]].astype(np.int32), number[self.j[kept]].astype(np.int32),
            self.matrix[kept], self.known[kept],
        )  # fmt: skip

    @property
    def reached(self) -> float:
        """The share of the pairs of one event that are candidates."""
        sizes = np.unique(self.events[self.events >= 0], return_counts=True)[1]
        every = int((sizes * (sizes - 1) // 2).sum())
        return float(self.same.sum() / every) if every else 1.0


def pairs(corpus: Corpus) -> Pairs:
    """Return the mentions of a corpus, their candidate pairs, and what these are like."""
    rows = table(corpus.sheets)
    i, j = block.candidates(rows)
    topics = np.array([corpus.topics[m.article] for m in rows.mentions], dtype=np.str_)
    events = _numbered(corpus, rows.mentions)
    known = (events[i] >= 0) & (events[j] >= 0)
    for k in np.flatnonzero((events[i] >= 0) ^ (events[j] >= 0)) if corpus.others else ():
        known[k] = _apart(corpus, rows.mentions[i[k]].id, rows.mentions[j[k]].id)
    return Pairs(rows.mentions, events, topics, i, j, features.matrix(rows, i, j), known)


def _apart(corpus: Corpus, one: str, other: str) -> bool:
    """Return whether a mention without an event is known not to be of another one's."""
    free, event = (
        (one, corpus.events[other]) if other in corpus.events else (other, corpus.events[one])
    )
    return event in corpus.others.get(free, ())


def _numbered(corpus: Corpus, mentions: Sequence[Mention]) -> Ints:
    numbers: dict[str, int] = {}
    found = [corpus.events.get(m.id) for m in mentions]
    numbered = [-1 if e is None else numbers.setdefault(e, len(numbers)) for e in found]
    return np.array(numbered, dtype=np.int32)


def fused(found: Pairs, weights: Weights) -> Ints:
    """Return the cluster of each mention, by the candidate pairs."""
    chances = match.probability(found.matrix, weights)
    worlds = WORLDS[np.array([m.modality for m in found.mentions], dtype=np.int32)]
    return cluster.clusters(
        len(found.mentions), found.i, found.j, chances, worlds=worlds,
        threshold=weights.threshold, absent=weights.absent,
    )  # fmt: skip


def scored(found: Pairs, said: Sequence[Hashable] | Ints) -> Score:
    """Return the score of clusters over the mentions whose event is known."""
    kept = np.flatnonzero(found.events >= 0).tolist()
    return coref.of_labels([int(found.events[k]) for k in kept], [said[k] for k in kept])


def by_lemma(found: Pairs) -> list[Hashable]:
    """Return the clusters of the baseline: mentions with the same lemma are of one event."""
    return [m.lemma for m in found.mentions]


def by_topic(found: Pairs) -> list[Hashable]:
    """Return the clusters of the same lemma within a gold topic, which nobody has in the wild."""
    return [(t, m.lemma) for t, m in zip(found.topics.tolist(), found.mentions, strict=True)]


def shown(parts: Sequence[tuple[Pairs, Weights]]) -> Iterator[str]:
    """Yield the mean score over parts, each with weights that do not know it, and the baselines."""
    ours = [scored(found, fused(found, weights)) for found, weights in parts]
    yield _line("tocsin", ours)
    yield _line("same lemma", [scored(found, by_lemma(found)) for found, _ in parts])
    yield _line("same lemma, gold topics", [scored(found, by_topic(found)) for found, _ in parts])
    number = sum(int((found.events >= 0).sum()) for found, _ in parts)
    pairs_ = sum(len(found.i) for found, _ in parts) / max(1, number)
    reached = sum(found.reached for found, _ in parts) / len(parts)
    yield f"{number} mentions, {pairs_:.1f} candidates each, {reached:.2f} of the true pairs"


def _line(name: str, scores: Sequence[Score]) -> str:
    """Return the means; with several parts also where 95 % of parts like these should lie."""
    rows = [(s.conll, s.muc.f1, s.b3.f1, s.ceafe.f1) for s in scores]
    mean = 100 * np.array(rows).mean(0)
    spread = 196 * float(np.std([s.conll for s in scores], ddof=1)) if len(scores) > 1 else 0.0
    return (
        f"{name:24} CoNLL {mean[0]:5.1f} +-{spread:4.1f}  "
        f"MUC {mean[1]:5.1f}  B3 {mean[2]:5.1f}  CEAF-e {mean[3]:5.1f}"
    )


def mistakes(found: Pairs, weights: Weights, number: int) -> Iterator[str]:
    """Yield the pairs that weights are most wrong about, those joined first."""
    chances = match.probability(found.matrix, weights)
    for wrong, sign in ((found.known & ~found.same, -1), (found.same, 1)):
        rows = np.flatnonzero(wrong)
        for k in rows[np.argsort(sign * chances[rows], kind="stable")][:number]:
            a, b = found.mentions[found.i[k]], found.mentions[found.j[k]]
            words = " ".join(a.words[:12]), " ".join(b.words[:12])
            yield (
                f"{chances[k]:.2f} {'missed' if sign > 0 else 'joined'}: "
                f"{a.article} {a.lemma} ({words[0]}) / {b.article} {b.lemma} ({words[1]})"
            )


def folds(topics: Sequence[str], number: int, turn: int = 0) -> Iterator[tuple[set[str], set[str]]]:
    """Yield topics to train on and to test on, each tested once; a turn deals them anew."""
    dealt = list(topics)
    if turn:
        np.random.default_rng(turn).shuffle(dealt)
    for k in range(number):
        test = set(dealt[k::number])
        yield set(topics) - test, test
