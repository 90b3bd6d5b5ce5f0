"""In what two mentions agree and differ about what was done, and what came of it."""

from __future__ import annotations

import numpy as np

from tocsin.fusion.families import families
from tocsin.fusion.pairs import ACTUAL, NEGATED, Pairs, Truths, equal, reals, truths
from tocsin.fusion.rows import Reals


def same_type(p: Pairs) -> Truths:
    """Both are of one type."""
    return truths((p.a.type == p.b.type) & (p.a.type != 0))


def kin_type(p: Pairs) -> Reals:
    """How often their types name one event, where they differ (`families.yml`)."""
    return reals(families().shares[p.a.family, p.b.family] * (p.a.type != p.b.type))


def no_type(p: Pairs) -> Truths:
    """One has no type."""
    return truths((p.a.type == 0) | (p.b.type == 0))


def same_lemma(p: Pairs) -> Truths:
    """One word tells of both."""
    return truths(p.a.lemma == p.b.lemma)


def rare_lemma(p: Pairs) -> Reals:
    """How rare the word is that tells of both."""
    return reals(p.a.rarity * same_lemma(p))


def kin_lemma(p: Pairs) -> Truths:
    """Two words tell of them that may name one thing (`families.yml`)."""
    return truths(((p.a.kin & p.b.kin) != 0) & ~same_lemma(p))


def near_lemma(p: Pairs) -> Truths:
    """The words that tell of them begin with the same five letters."""
    return truths((p.a.prefix == p.b.prefix) & (p.a.prefix != 0) & ~same_lemma(p))


def modes_shared(p: Pairs) -> Truths:
    """They share a mode."""
    return truths(equal(p.a.modes, p.b.modes).any(axis=(1, 2)))


def modes_clash(p: Pairs) -> Truths:
    """Both are of one type and have modes, but none that they share."""
    given = (p.a.modes[:, 0] != 0) & (p.b.modes[:, 0] != 0)
    return truths(given & same_type(p) & ~modes_shared(p))


def denied(p: Pairs) -> Truths:
    """One says that it happened, the other that it did not."""
    both = p.a.modality, p.b.modality
    return truths((np.minimum(*both) == ACTUAL) & (np.maximum(*both) == NEGATED))


def unsure(p: Pairs) -> Truths:
    """They differ in modality in another way."""
    return truths((p.a.modality != p.b.modality) & ~denied(p))


def tolls_equal(p: Pairs) -> Reals:
    """How often the largest number doubles that they agree on: 1 is 1, 3 are 2, 47 are 5.6."""
    agree = (p.a.tolls == p.b.tolls).all(axis=2)
    largest = np.where(agree, np.nan_to_num(p.a.tolls[:, :, 0]), 0.0).max(axis=1)
    return reals(np.log2(1.0 + np.minimum(largest, 255.0)))


def tolls_overlap(p: Pairs) -> Truths:
    """Their numbers have room for one another, and are not equal: 40 and "dozens"."""
    fit = (_toll_gap(p) == 1.0).any(axis=1)
    return truths(fit & (tolls_equal(p) == 0.0))


def tolls_apart(p: Pairs) -> Reals:
    """How often the number of one doubles to that of the other, where no number fits."""
    gap = np.nan_to_num(_toll_gap(p), nan=1.0)
    fit = tolls_overlap(p) | (tolls_equal(p) > 0.0)
    return reals(np.log2(np.minimum(gap.max(axis=1), 1024.0)) * ~fit)


def _toll_gap(p: Pairs) -> Reals:
    """Return by which factor each number of one misses the range of the other; 1 where it fits."""
    low = np.maximum(p.a.tolls[:, :, 0], p.b.tolls[:, :, 0])
    high = np.minimum(p.a.tolls[:, :, 1], p.b.tolls[:, :, 1])
    return reals(np.maximum(low / np.maximum(high, 1.0), 1.0))


def outcomes_same(p: Pairs) -> Truths:
    """Both came to the same end, and not the intended one: both were intercepted."""
    return truths((p.a.outcome == p.b.outcome) & (p.a.outcome != 0))


def outcomes_clash(p: Pairs) -> Truths:
    """They came to different ends."""
    return truths((p.a.outcome != p.b.outcome) & (p.a.outcome != 0) & (p.b.outcome != 0))
