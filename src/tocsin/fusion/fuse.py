"""From coded articles to events, in the steps that memory and a store share.

What is compared, grouped and merged depends on the claims that hang together alone, never on the
order or the parcels that they come in. So a store that fuses what is new ends where a fusion of
everything does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from msgspec.structs import replace

import tocsin
from tocsin.base.ids import digest
from tocsin.fusion import block, candidates, copies, lineage, match, shingles
from tocsin.fusion.candidates import WINDOW
from tocsin.fusion.cluster import clusters
from tocsin.fusion.compared import Compared, bits, joined, turned
from tocsin.fusion.judged import Judged
from tocsin.fusion.judgements import Settled, settle
from tocsin.fusion.keys import lookups
from tocsin.fusion.likeness import Likeness
from tocsin.fusion.mention import Mention, Sheet
from tocsin.fusion.merge import merge
from tocsin.fusion.pairs import WORLDS
from tocsin.fusion.sheet import sheet
from tocsin.fusion.table import Table, table
from tocsin.fusion.told import Sources, Told, order
from tocsin.fusion.twins import aligned, first, twins
from tocsin.records.article import Byline, byline
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.records.event import Event
from tocsin.records.judgement import Judgement
from tocsin.records.lineage import Copy

# The number under which articles without a day meet; those of days are small and positive.
UNDATED = 0
# Pairs with a smaller chance say as little as pairs that were never compared.
FLOOR = 0.05
# The chance by which claims on copied words hang together and are not compared.
LINK = FLOOR / 2


@cache
def fingerprint() -> str:
    """Return the name of this version and its weights: other ones may fuse otherwise."""
    loaded = match.load()
    told = (f"{name} {weight}" for name, weight in sorted(loaded.weights.items()))
    return digest("fusion", tocsin.__version__, *map(str, loaded), *told)


@dataclass(frozen=True, slots=True)
class Fused:
    """What came of some articles: events by their first report, and which article copied which."""

    events: tuple[Event, ...]
    copies: tuple[Copy, ...]
    told: Mapping[str, Told]
    settled: Settled


def fuse(
    codings: Iterable[Coded],
    *,
    sources: Sources | None = None,
    judgements: Iterable[Judgement] = (),
    bylines: Mapping[str, Byline] | None = None,
) -> Fused:
    """Return what coded articles come to, all in memory; the order they come in does not matter.

    `bylines` tell what an article does not say itself: its source, its chain, whether it was
    retracted.
    """
    found = {one.article.id: one for one in codings}
    registry, known = sources or {}, bylines or {}
    by = {name: known.get(name) or byline(one.article) for name, one in found.items()}
    settled = settle(judgements, {name: one.claims for name, one in found.items()})
    told = {
        claim.id: Told(claim, by[name])
        for name, one in found.items()
        for claim in standing(one.claims, settled)
    }
    sheets = [sheet_of(one, settled) for one in found.values()]
    compared = (copies.compare(found[a].article, found[b].article) for a, b in likely(sheets))
    parents = lines(by, (one for one in compared if one is not None), registry)
    mentions = {name: one for sheet in sheets for name, one in named(sheet).items()}
    of = twins({one.article: one.mentions for one in sheets}, parents)
    groups = grouped(mentions, paired(columns(sheets)), of, settled)
    made = (event(group, told, parents, registry, settled) for group in groups)
    return Fused(
        tuple(sorted(made, key=lambda one: order(told[one.reports[0].claim]))),
        tuple(parents[name] for name in sorted(parents)), told, settled,
    )  # fmt: skip


def standing(claims: Iterable[Claim], settled: Settled) -> list[Claim]:
    """Return the claims of an article that nobody rejected, as they were corrected."""
    return [settled.claims.get(c.id, c) for c in claims if c.id not in settled.rejected]


def sheet_of(coded: Coded, settled: Settled) -> Sheet:
    """Return what fusion keeps of an article, as analysts left its claims."""
    left = replace(coded, claims=tuple(standing(coded.claims, settled)))
    return sheet(left, sketch=shingles.sketch(coded.article.text))


def likely(sheets: Iterable[Sheet], new: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Return the articles whose texts are worth comparing; with `new`, those with a new one."""
    by = {one.article: one for one in sheets}
    sketches = {name: one.sketch for name, one in by.items()}
    return candidates.candidates(sketches, {name: one.day for name, one in by.items()}, new)


def links(alike: Likeness, sheets: Mapping[str, Sheet]) -> set[tuple[str, str]]:
    """Return the claims that stand on words which two articles share, whichever is the copy."""
    sides = [(one, sheets[one].mentions) for one in (alike.left, alike.right)]
    return {
        (min(a, b), max(a, b))
        for (one, mine), (_, theirs) in (sides, sides[::-1])
        for a, b in aligned(alike.runs_of(one), mine, theirs)
    }


def lines(
    bylines: Mapping[str, Byline], alike: Iterable[Likeness], sources: Sources
) -> dict[str, Copy]:
    """Return which article is a copy of which, by the copy."""
    return {one.article: one for one in lineage.lineage(bylines, list(alike), sources)}


def columns(sheets: Iterable[Sheet]) -> Table:
    """Return the mentions of articles as columns, the oldest first."""
    return table(sorted(sheets, key=lambda one: (one.day or 0, one.article)))


def meeting(rows: Table) -> dict[str, set[int]]:
    """Return under which numbers an article meets others, by the article.

    Two articles that share none have no claims to compare, and are no copies of each other unless
    one of them has no day.
    """
    out = {
        one.article: {UNDATED} if one.day is None else _spells(one.day) for one in rows.sheets
    }  # fmt: skip
    if len(rows):
        at, found = lookups(rows)
        articles = [rows.sheets[owner].article for owner in rows.owner[at].tolist()]
        for article, key in zip(articles, found.view(np.int64).tolist(), strict=True):
            out[article].add(key)
    return out


def _spells(day: int) -> set[int]:
    """Return numbers of which articles that are near enough in time to be copies share one."""
    half = (WINDOW + 1) // 2
    return set(range((day - half) // WINDOW, (day + half) // WINDOW + 1))


def paired(rows: Table, new: Collection[str] | None = None) -> Compared:
    """Return the pairs of claims that may tell of one event; with `new`, those of new articles."""
    if not len(rows):
        return joined([])
    fresh = None
    if new is not None:
        wanted = frozenset(new)
        mine = np.fromiter((one.article in wanted for one in rows.sheets), bool, len(rows.sheets))
        fresh = mine[rows.owner]
    i, j = block.candidates(rows, fresh)
    chance = match.chances(rows, i, j)
    kept = (chance >= FLOOR) | (chance == 0.0)
    names = bits(mention.id for mention in rows.mentions)
    return turned(names[i[kept]], names[j[kept]], chance[kept])


def named(sheet: Sheet) -> dict[str, Mention]:
    """Return the mentions of an article by their names."""
    return {one.id: one for one in sheet.mentions}


def grouped(
    mentions: Mapping[str, Mention],
    pairs: Compared,
    of: Mapping[str, str],
    settled: Settled,
) -> list[tuple[str, ...]]:
    """Return the claims of each event, as chances and judgements have them.

    `of` names the claims that others copy: copies go where those do, unless they are judged to
    be different from something.
    """
    apart = {name for pair in settled.different for name in pair}
    copied = {
        name: other for name, other in of.items()
        if name in mentions and name not in apart and other in mentions
    }  # fmt: skip
    goes = {name: first(name, copied) for name in mentions}
    names = sorted(set(goes.values()))
    at = {name: k for k, name in enumerate(names)}
    i, j, kept = pairs.among(bits(names))
    label = clusters(
        len(names), i, j, kept.chance,
        same=[(at[goes[a]], at[goes[b]]) for a, b in settled.same
              if goes.get(a) in at and goes.get(b) in at],
        different=[(at[a], at[b]) for a, b in settled.different if a in at and b in at],
        worlds=np.array([WORLDS[mentions[name].modality] for name in names], dtype=np.int32),
    )  # fmt: skip
    cluster = dict(zip(names, label.tolist(), strict=True))
    whole = sorted(mentions)
    return _parts(whole, [cluster[goes[name]] for name in whole])


def _parts(names: Sequence[str], label: Sequence[int]) -> list[tuple[str, ...]]:
    groups: dict[int, list[str]] = {}
    for name, of in zip(names, label, strict=True):
        groups.setdefault(of, []).append(name)
    return [tuple(groups[of]) for of in sorted(groups)]


def event(
    group: Sequence[str],
    told: Mapping[str, Told],
    parents: Mapping[str, Copy],
    sources: Sources,
    settled: Settled,
) -> Event:
    """Return the event that some claims tell of."""
    mine = sorted((told[name] for name in group), key=order)
    first = mine[0].claim.id
    chosen = {
        (first, slot): value for (name, slot), value in settled.chosen.items() if name in group
    }
    return merge(mine, parents, sources, Judged(chosen=chosen))
