"""The first screen: what changed, what is due, when and on whose word, what needs a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.records.event import Dispute
from tocsin.records.origin import Origin
from tocsin.store import codings, events, series
from tocsin.store.listing import Line
from tocsin.views import threats
from tocsin.views.changed import Changed, changed
from tocsin.views.claim import Corrected, Evidence, evidence
from tocsin.views.filter import Chosen, Filter, chosen
from tocsin.views.index import Index, ordinal
from tocsin.views.lists import Held, Lists, lists
from tocsin.views.series import Weeks, weeks
from tocsin.views.threats import Ledger, Row

# Claims shown of what is picked.
CLAIMS = 3
# Rows of what is due, and days that something stays overdue on the first screen.
DUE, OVERDUE = 6, 14
# What counts as doubtful and grave: so many killed, on the word of one origin or against another's.
GRAVE = 10
_NONE = Held()


class Shown(Struct, frozen=True):
    """The evidence of what is picked: an event, or a threat where `threat` has it."""

    id: str
    title: str
    claims: tuple[Evidence, ...]
    reports: int
    copies: int
    independent: int
    origins: tuple[Origin, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    level: str | None = None
    threat: Row | None = None
    event: Line | None = None


class Needs(Struct, frozen=True):
    """What waits for a person: how many of each."""

    merges: int
    grave: int
    failed: int
    feeds: int


# Nothing, for as long as it is not known what waits.
NONE = Needs(0, 0, 0, 0)


class Tally(Struct, frozen=True):
    """How much the store holds and what of it the filter keeps."""

    articles: int
    events: int
    kept: int


class View(Struct, frozen=True):
    """The first screen."""

    filter: Filter
    chosen: Chosen
    changed: Changed
    due: tuple[Row, ...]
    more_due: int
    weeks: Weeks
    shown: Shown | None
    needs: Needs
    lists: Lists
    tally: Tally
    countries: tuple[tuple[str, int], ...]


def view(
    connection: Connection,
    index: Index,
    of: Filter,
    *,
    ledger: Ledger,
    needs: Needs,
    corrected: Corrected,
    held: Held = _NONE,
) -> View:
    """Return the first screen as a filter has it; `held` is what is watched."""
    keep = chosen(connection, index, of)
    within = keep.timed if of.start or of.end else keep.every
    news = changed(connection, index, within, of)
    late, more = due(ledger, of)
    picked = of.pick or next((one.pick for one in news.rows), None)
    return View(
        filter=of, chosen=keep, changed=news, due=late, more_due=more,
        weeks=weeks(index, keep.every, of),
        shown=shown(connection, picked, ledger, of, corrected) if picked else None,
        needs=needs,
        lists=lists(connection, held, index, of, [one.pick for one in news.rows]),
        tally=Tally(index.articles, len(index), int(keep.timed.sum())),
        countries=countries(index, keep),
    )  # fmt: skip


def due(ledger: Ledger, of: Filter) -> tuple[tuple[Row, ...], int]:
    """Return what falls due within two weeks and what is freshly overdue, the nearest day first."""
    found = [
        one
        for one in (threats.row(made, of.on) for made in ledger.threats)
        if one.group in ("due", "overdue")
        and not (one.late and (one.days or 0) > OVERDUE)
        and (of.country is None or of.country in one.countries)
    ]
    found.sort(key=lambda one: (one.late, one.days or 0, -one.reports, one.id))
    return tuple(found[:DUE]), max(len(found) - DUE, 0)


def countries(index: Index, keep: Chosen) -> tuple[tuple[str, int], ...]:
    """Return the countries of the events on the days chosen, most events first."""
    of = index.country[keep.timed]
    codes, numbers = np.unique(of[of >= 0], return_counts=True)
    named = [(index.names[c], int(n)) for c, n in zip(codes, numbers, strict=True)]
    return tuple(sorted(named, key=lambda one: (-one[1], one[0]))[:12])


def needs(connection: Connection, index: Index, on: date, merges: int) -> Needs:
    """Return what waits for a person as of a day; `merges` are pairs of events, perhaps one."""
    health = series.health(connection)
    doubtful = (index.disputed | (index.independent <= 1)) & (index.killed >= GRAVE)
    recent = (index.last > ordinal(on) - 56) & (index.last <= ordinal(on)) & ~index.reviewed
    return Needs(
        merges=merges, grave=int((doubtful & recent).sum()),
        failed=health.get("failed", 0) + health.get("gone", 0), feeds=sum(health.values()),
    )  # fmt: skip


def shown(
    connection: Connection, pick: str, ledger: Ledger, of: Filter, corrected: Corrected
) -> Shown | None:
    """Return the evidence of an event or a threat; None where there is neither."""
    threat = next((one for one in ledger.threats if one.id == pick), None)
    if threat is not None:
        names = [one.claim for one in threat.utterances]
        return Shown(
            id=threat.id, title=threat.title, claims=_claims(connection, names, corrected),
            reports=len(names), copies=0, independent=threat.independent, origins=threat.origins,
            threat=threats.row(threat, of.on),
        )  # fmt: skip
    one = events.load(connection, [pick]).get(pick)
    if one is None:
        return None
    # One claim of each origin before a second one of any, the newest first.
    ranked: list[tuple[int, int, str]] = []
    seen: dict[str, int] = {}
    for report in sorted(one.reports, key=lambda r: (r.copy_of is not None, -ordinal(r.day))):
        rank = seen[report.origin] = seen.get(report.origin, -1) + 1
        ranked.append((rank, len(ranked), report.claim))
    names = [claim for _, _, claim in sorted(ranked)]
    return Shown(
        id=one.id, title=one.title, claims=_claims(connection, names, corrected),
        reports=len(one.reports), copies=one.copies, independent=one.independent,
        origins=one.origins, disputes=one.disputes, level=one.level,
    )  # fmt: skip


def _claims(
    connection: Connection, names: Sequence[str], corrected: Corrected
) -> tuple[Evidence, ...]:
    few = names[:CLAIMS]
    held = codings.claims(connection, few)
    return tuple(evidence(connection, [held[name] for name in few if name in held], corrected))
