"""In what two mentions agree and differ, as numbers; what is missing is never a difference."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tocsin.fusion import deeds, parties, scenes, texts
from tocsin.fusion.pairs import WORLDS, Pairs, Truths, truths
from tocsin.fusion.rows import Numbers, Reals
from tocsin.fusion.table import Table

Feature = Callable[[Pairs], Truths] | Callable[[Pairs], Reals]

CHUNK = 100_000  # pairs compared at once: some hundred megabytes


def veto(p: Pairs) -> Truths:
    """They cannot be of one event: other worlds, or one is what the other one asks or threatens."""
    worlds = WORLDS[p.a.modality], WORLDS[p.b.modality]
    apart = (worlds[0] != worlds[1]) & (worlds[0] != 0) & (worlds[1] != 0)
    inside = (p.a.content == p.b.name) | (p.b.content == p.a.name)
    return truths(apart | inside)


FEATURES: tuple[Feature, ...] = (
    deeds.same_type,
    deeds.kin_type,
    deeds.no_type,
    deeds.same_lemma,
    deeds.rare_lemma,
    deeds.kin_lemma,
    deeds.near_lemma,
    deeds.modes_shared,
    deeds.modes_clash,
    deeds.denied,
    deeds.unsure,
    scenes.same_day,
    scenes.days_overlap,
    scenes.days_apart,
    scenes.once_dated,
    scenes.never_dated,
    scenes.reports_apart,
    scenes.day_and_report,
    scenes.told_before,
    scenes.years_apart,
    scenes.same_place,
    scenes.same_country,
    scenes.kilometres,
    scenes.abroad,
    scenes.places_differ,
    scenes.place_told,
    parties.actors_same,
    parties.actors_rare,
    parties.actors_alike,
    parties.actors_foreign,
    parties.actors_differ,
    parties.actors_told,
    parties.recipients_same,
    parties.recipients_rare,
    parties.recipients_alike,
    parties.recipients_foreign,
    parties.recipients_differ,
    parties.recipients_told,
    parties.swapped,
    parties.speakers_same,
    deeds.tolls_equal,
    deeds.tolls_overlap,
    deeds.tolls_apart,
    deeds.outcomes_same,
    deeds.outcomes_clash,
    texts.sentences,
    texts.wording,
    texts.beside,
    texts.numerals,
    texts.articles,
    texts.copied,
    texts.same_article,
    texts.coder_same,
    texts.same_sentence,
    texts.lines_apart,
    veto,
)
# Names of the columns of `matrix`; the last makes a probability 0 whatever the rest says.
NAMES: tuple[str, ...] = tuple(feature.__name__ for feature in FEATURES)


def matrix(table: Table, i: Numbers, j: Numbers) -> Reals:
    """Return one row a pair with one column a feature, in the order of `NAMES`."""
    out: Reals = np.empty((len(i), len(FEATURES)), np.float32)
    for start in range(0, len(i), CHUNK):
        rows = slice(start, start + CHUNK)
        pairs = Pairs(table, i[rows], j[rows])
        for column, feature in enumerate(FEATURES):
            out[rows, column] = feature(pairs)
    return out
