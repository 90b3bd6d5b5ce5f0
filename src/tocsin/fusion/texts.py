"""In what the texts agree and differ that two mentions stand in."""

from __future__ import annotations

import numpy as np

from tocsin.fusion.deeds import same_lemma
from tocsin.fusion.pairs import Pairs, Truths, equal, reals, truths
from tocsin.fusion.rows import Reals

WORDY = 0.7  # cosine of two sentences from which on they are told in the same words
COPIED = 0.85  # from here on one sentence is a copy of the other
LINE = 100.0  # characters of a line: how near two mentions stand is told in lines


def sentences(p: Pairs) -> Reals:
    """The cosine of the words of both sentences, each by its weight."""
    return p.words


def wording(p: Pairs) -> Reals:
    """How much more than 0.7 that is, where they stand in two articles: the same words again."""
    return reals(np.maximum(p.words - WORDY, 0.0) / (1.0 - WORDY) * ~p.together)


def beside(p: Pairs) -> Truths:
    """Two words tell of them in the same words: two things of one sentence, or of its copies."""
    return truths((p.words >= COPIED) & ~same_lemma(p))


def numerals(p: Pairs) -> Reals:
    """How many numbers both sentences have."""
    return reals(equal(p.a.numerals, p.b.numerals).any(axis=2).sum(axis=1).astype(np.float32))


def articles(p: Pairs) -> Reals:
    """The cosine of the weightiest words of two articles."""
    return reals(p.articles * ~p.together)


def copied(p: Pairs) -> Reals:
    """The part of one article that stands in another word by word."""
    return reals(p.copied * ~p.together)


def same_article(p: Pairs) -> Truths:
    """Both stand in one article, and the coder does not take them for one event."""
    return truths(p.together & ~coder_same(p))


def coder_same(p: Pairs) -> Truths:
    """Both stand in one article, and the coder takes them for one event."""
    return truths(p.together & (p.a.chain == p.b.chain))


def same_sentence(p: Pairs) -> Truths:
    """Both stand in one sentence."""
    return truths(p.together & (p.a.sentence == p.b.sentence))


def lines_apart(p: Pairs) -> Reals:
    """How often the lines between two mentions of one article double."""
    far = np.abs(p.a.at.astype(np.int64) - p.b.at) / LINE
    return reals(np.log2(1.0 + far) * p.together)
