"""Mentions and sheets for tests of fusion: what a test does not say is plain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np

from tocsin.fusion.features import NAMES, matrix
from tocsin.fusion.mention import Mention, Sheet, Where, Who
from tocsin.fusion.rarity import terms
from tocsin.fusion.sheet import content, root
from tocsin.fusion.table import Table, table

DAY = date(2024, 11, 22).toordinal()
ISRAEL = Who("israel", "ISR", "ISR", ("GOV",))
HEZBOLLAH = Who("hezbollah", "lbn-hezbollah", "LBN", ("PRM",))
GOMA = Where("goma", "COD", 216281, -1.6585, 29.2205, "place")
BUKAVU = Where("bukavu", "COD", 217831, -2.4908, 28.8428, "place")
BEIRUT = Where("beirut", "LBN", 276781, 33.8933, 35.5016, "place")
CONGO = Where("congo", "COD", 203312, -2.5, 23.5, "country")


def a_mention(
    name: str = "claim-1",
    said: str = "Warplanes struck a depot",
    *,
    lemma: str = "strike",
    article: str = "article-1",
    **more: Any,  # noqa: ANN401 - any field of a mention
) -> Mention:
    """Return a mention; `said` is its sentence, `lemma` any form of the word that tells it."""
    known = {"type": "ASSAULT", "at": (0, 6), "words": content(said)} | more
    return Mention(id=name, article=article, lemma=root(lemma), **known)


def sheets(mentions: Iterable[Mention], *, day: int | None = DAY) -> list[Sheet]:
    """Return the sheets of the articles that mentions stand in, all of one day."""
    return [
        Sheet(
            article=article, day=day, outlet=None, sketch=(),
            terms=terms(word for one in of for word in one.words), mentions=tuple(of),
        )
        for article, of in ((name, list(group)) for name, group in groupby(mentions, _article))
    ]  # fmt: skip


def a_table(*mentions: Mention, day: int | None = DAY) -> Table:
    """Return mentions as a table."""
    return table(sheets(mentions, day=day))


def compared(rows: Table, i: int = 0, j: int = 1) -> dict[str, float]:
    """Return what features say of two rows, by name, without those that say nothing."""
    found = matrix(rows, np.array([i], np.int32), np.array([j], np.int32))[0]
    return {name: float(value) for name, value in zip(NAMES, found, strict=True) if value}


def _article(mention: Mention) -> str:
    return mention.article
