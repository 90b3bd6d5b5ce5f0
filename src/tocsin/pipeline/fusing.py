"""Fuses what is new in a store: the same events as a fusion of everything, without doing it all.

A batch of articles is compared with those that it can meet. Then its claims are grouped anew,
with those of the events that they were in or may go into; where that changes an event, it is
grouped anew with those that it may go into, and so on. Everything else stays as it was: an event
that no claim leaves or joins merges as it did before, whatever comes beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy.engine import Connection

from tocsin.base.ids import digest
from tocsin.base.memory import uncollected
from tocsin.fusion import copies, fuse
from tocsin.fusion.judgements import Settled, settle
from tocsin.fusion.likeness import Likeness
from tocsin.fusion.mention import Sheet
from tocsin.fusion.table import Table
from tocsin.fusion.told import Sources, Told
from tocsin.pipeline.grouping import Group, Grouping
from tocsin.records.claim import Claim
from tocsin.records.event import Event
from tocsin.records.run import Run
from tocsin.store import articles, codings, events, fusing, judgements, marks
from tocsin.store.events import Member
from tocsin.store.fusing import Waiting
from tocsin.store.open import Store

# How many articles are fused together: each batch lands whole.
BATCH = 2_000


class Turned(NamedTuple):
    """What fusing some articles came to: counts, the events written, and the ids of those gone."""

    counts: Counter[str]
    made: tuple[Event, ...] = ()
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judges:
    """What all judgements that stand come to; `by` names those that bear on an article."""

    settled: Settled
    by: Mapping[str, str]

    def token(self, one: Waiting) -> str | None:
        """Return the name of what an article's sheet is made of; None where it must have none."""
        if not one.stamp:
            return None
        return digest("token", fuse.fingerprint(), one.stamp, one.state, self.by.get(one.id, ""))


def judges(connection: Connection) -> Judges:
    """Return the judgements of a store, with what they come to."""
    made = judgements.standing(connection)
    by: dict[str, set[str]] = defaultdict(set)
    for one in made:
        for anchor in (one.anchor, one.beside):
            if anchor is not None:
                by[anchor.article].add(one.id)
    held = {one.article.id: one.claims for one in codings.load(connection, sorted(by))}
    return Judges(settle(made, held), {name: digest("by", *sorted(of)) for name, of in by.items()})


def pending(store: Store) -> int:
    """Return how many articles wait to be fused."""
    with store.read() as connection:
        return len(_waiting(connection, judges(connection)))


def work(store: Store, sources: Sources, run: Run | None = None) -> Iterator[Counter[str]]:
    """Fuse what waits, oldest first; yield what each batch counted, which a run adds up.

    A batch lands whole.
    """
    with store.read() as connection:
        judged = judges(connection)
        left = _waiting(connection, judged)
    for start in range(0, len(left), BATCH):
        with store.write() as connection:
            batch = _Batch(connection, left[start : start + BATCH], judged, sources)
            counts = batch.fused().counts
            if run is not None:
                marks.count(connection, run, counts)
        yield counts


def again(connection: Connection, names: Collection[str], sources: Sources) -> Counter[str]:
    """Fuse some articles anew, of those that are fused and are not as judgements have them."""
    return turned(connection, names, sources).counts


def turned(connection: Connection, names: Collection[str], sources: Sources) -> Turned:
    """Do what `again` does; return which events that wrote and which it took out."""
    judged = judges(connection)
    left = [one for one in _waiting(connection, judged) if one.id in names and one.token]
    return _Batch(connection, left, judged, sources).fused() if left else Turned(Counter())


def _waiting(connection: Connection, judged: Judges) -> list[Waiting]:
    return [one for one in fusing.coded(connection) if judged.token(one) != one.token]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some articles on their way into events."""

    connection: Connection
    waiting: Sequence[Waiting]
    judges: Judges
    sources: Sources
    _claims: dict[str, Claim] = field(default_factory=dict)  # those that were read already

    def fused(self) -> Turned:
        """Fuse them; return what came of it."""
        with uncollected():
            return self._fused()

    def _fused(self) -> Turned:
        own = {one.id for one in self.waiting}
        lineage = self._alike(own)
        fusing.drop(self.connection, self.waiting, self._claims_of(own))
        sheets, near = self._sheets()
        alike, parents = self._lineage(near, own, lineage)
        grouping = Grouping(self.connection, self.judges.settled, near.sheets)
        self._pair(near, own, alike, grouping)
        torn, mates = self._torn(own, parents)
        grouping.read(mates)
        fresh = {mention.id for mention in sheets.mentions}
        groups, undone = grouping.settle(fresh | {one.claim for one in mates})
        made = self._replaced(undone, groups)
        gone = torn | undone
        counts = {"events": len(made), "events replaced": len(gone), "fused": len(own)}
        return Turned(+Counter(counts), made, gone)

    def _claims_of(self, own: Collection[str]) -> set[str]:
        return {one.claim for one in events.members(self.connection, "article", own)}

    def _sheets(self) -> tuple[Table, Table]:
        """Write the articles' sheets; return them, and all that they can meet with them."""
        made: dict[int, Sheet] = {}
        for some in articles.few([one for one in self.waiting if one.stamp]):
            by = {one.article.id: one for one in codings.claimed(self.connection, _ids(some))}
            made |= {one.key: fuse.sheet_of(by[one.id], self.judges.settled) for one in some}
            self._claims.update((c.id, c) for one in by.values() for c in one.claims)
        table = fuse.columns(made.values())
        keys = fuse.meeting(table)
        tokens = {one.key: self.judges.token(one) or "" for one in self.waiting}
        rows = [(key, tokens[key], one, keys[one.article]) for key, one in made.items()]
        fusing.save(self.connection, rows)
        wanted = {fuse.UNDATED}.union(*keys.values())
        # Whoever has no day may be a copy of any, so it meets all.
        undated = any(one.day is None for one in made.values())
        others = fusing.near(self.connection, None if undated else wanted, Sheet, made)
        return table, fuse.columns([*made.values(), *others]) if others else table

    def _alike(self, own: Collection[str]) -> set[str]:
        """Return the articles that share their words with some, however many others between."""
        found = fusing.alike(self.connection, own, Likeness)
        return {*own, *(name for one in found for name in (one.left, one.right))}

    def _lineage(
        self, near: Table, own: Collection[str], was: Collection[str]
    ) -> tuple[list[Likeness], set[str]]:
        """Compare the batch's texts with those near them.

        Return which are alike, and the articles whose parent, or one before it, is another now;
        `was` is what the batch's articles shared their words with before.
        """
        asked = fuse.likely(near.sheets, own)
        texts = {
            stored.article.id: stored.article
            for some in articles.few(sorted({name for pair in asked for name in pair}))
            for stored in articles.load(self.connection, some)
        }
        compared = (copies.compare(texts[a], texts[b]) for a, b in asked)
        alike = [one for one in compared if one is not None]
        fusing.add_likeness(self.connection, [(one.left, one.right, one) for one in alike])
        group = fusing.alike(self.connection, {*own, *was}, Likeness)
        names = {*own, *was, *(name for one in group for name in (one.left, one.right))}
        before = fusing.copies(self.connection, names)
        made = fuse.lines(fusing.bylines(self.connection, names), group, self.sources)
        fusing.save_copies(self.connection, names, made.values())
        changed = {name for name in names if before.get(name) != made.get(name)}
        while heirs := {n for n, one in made.items() if one.parent in changed} - changed:
            changed |= heirs
        return alike, changed

    def _pair(
        self, near: Table, own: Collection[str], alike: Sequence[Likeness], into: Grouping
    ) -> None:
        """Compare the batch's claims with those near them; keep the pairs.

        Claims on copied words go together however little they look alike.
        """
        new = None if all(one.article in own for one in near.sheets) else own
        made = fuse.paired(near, new)
        by = {one.article: one for one in near.sheets}
        linked = {ends for one in alike for ends in fuse.links(one, by)}
        whole = made.filled(linked, fuse.LINK)
        fusing.add_pairs(self.connection, *whole)
        into.add(whole)
        into.tie(linked)

    def _torn(
        self, own: Collection[str], parents: Collection[str]
    ) -> tuple[frozenset[str], list[Member]]:
        """Take out the events that have a claim of the batch, or in copied words with a new parent.

        Return them, and their claims that are not of the batch.
        """
        torn = events.members(self.connection, "article", {*own, *parents})
        gone = frozenset(one.event for one in torn)
        held = events.members(self.connection, "event", gone)
        events.drop(self.connection, gone, {one.claim for one in held})
        return gone, [one for one in held if one.article not in own]

    def _replaced(self, undone: Collection[str], groups: Collection[Group]) -> tuple[Event, ...]:
        """Make and keep the events of some claims, in place of others; return them."""
        events.drop(self.connection, undone, {name for group in groups for name in group})
        told = self._told({name for group in groups for name in group})
        own = {one.byline.article for one in told.values()}
        parents = fusing.copies(self.connection, own)
        made: list[Event] = []
        held: list[Member] = []
        for group in sorted(groups):
            event = fuse.event(group, told, parents, self.sources, self.judges.settled)
            made.append(event)
            held += [
                Member(name, told[name].claim.article, event.id, group[0]) for name in group
            ]  # fmt: skip
        events.add(self.connection, made, held)
        return tuple(made)

    def _told(self, claims: AbstractSet[str]) -> dict[str, Told]:
        """Return claims with the bylines of their articles, as analysts left them."""
        unread = sorted(claims - self._claims.keys())
        self._claims.update(codings.claims(self.connection, unread))
        found = {name: self._claims[name] for name in claims}
        bylines = fusing.bylines(self.connection, {one.article for one in found.values()})
        settled = self.judges.settled.claims
        return {
            name: Told(settled.get(name, one), bylines[one.article])
            for name, one in found.items()
        }  # fmt: skip


def _ids(waiting: Iterable[Waiting]) -> list[str]:
    return [one.id for one in waiting]
