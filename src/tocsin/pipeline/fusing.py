"""Fuses what is new in a store: the same events as a fusion of everything, without doing it all.

A batch of articles is compared with those that it can meet; then all claims that hang
together with one of its own, by pairs however weak, are grouped anew, and the events that changed
are written. Everything else stays as it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from tocsin.base.ids import digest
from tocsin.fusion import copies, fuse
from tocsin.fusion.fuse import Pair
from tocsin.fusion.judgements import Settled, settle
from tocsin.fusion.likeness import Likeness
from tocsin.fusion.mention import Sheet
from tocsin.fusion.told import Sources, Told
from tocsin.fusion.twins import twins
from tocsin.records.event import Event
from tocsin.store import articles, codings, events, fusing, judgements
from tocsin.store.events import Member
from tocsin.store.fusing import Waiting
from tocsin.store.open import Store

# How many articles are fused together: each batch lands whole.
BATCH = 2_000

Group = tuple[str, ...]


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


def work(store: Store, sources: Sources) -> Iterator[Counter[str]]:
    """Fuse what waits, oldest first; yield what each batch counted. A batch lands whole."""
    with store.read() as connection:
        judged = judges(connection)
        left = _waiting(connection, judged)
    for start in range(0, len(left), BATCH):
        with store.write() as connection:
            batch = _Batch(connection, left[start : start + BATCH], judged, sources)
            yield batch.fused()


def again(connection: Connection, names: Collection[str], sources: Sources) -> Counter[str]:
    """Fuse some articles anew, of those that are fused and are not as judgements have them."""
    judged = judges(connection)
    left = [one for one in _waiting(connection, judged) if one.id in names and one.token]
    return _Batch(connection, left, judged, sources).fused() if left else Counter()


def _waiting(connection: Connection, judged: Judges) -> list[Waiting]:
    return [one for one in fusing.coded(connection) if judged.token(one) != one.token]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some articles on their way into events."""

    connection: Connection
    waiting: Sequence[Waiting]
    judges: Judges
    sources: Sources

    def fused(self) -> Counter[str]:
        """Fuse them; return how much of what came of it."""
        own = {one.id for one in self.waiting}
        gone = events.members(self.connection, "article", own)
        hung = events.members(self.connection, "component", {one.component for one in gone})
        lineage = self._alike(own)
        fusing.drop(self.connection, self.waiting, {one.claim for one in gone})
        sheets, near = self._sheets()
        changed = own | self._lineage(near, own, lineage)
        front = {mention.id for one in sheets for mention in one.mentions}
        front |= {one.claim for one in hung if one.article not in own}
        claims, pairs = self._hanging(front)
        groups = self._groups(claims, pairs, near)
        counts = self._write(groups, {*gone, *hung}, changed)
        counts["fused"] = len(self.waiting)
        return counts

    def _sheets(self) -> tuple[list[Sheet], list[Sheet]]:
        """Write the articles' sheets; return them, and all that they can meet with them."""
        made: dict[int, Sheet] = {}
        for some in articles.few([one for one in self.waiting if one.stamp]):
            names = [one.id for one in some]
            by = {one.article.id: one for one in codings.load(self.connection, names)}
            made |= {one.key: fuse.sheet_of(by[one.id], self.judges.settled) for one in some}
        keys = fuse.meeting(made.values())
        tokens = {one.key: self.judges.token(one) or "" for one in self.waiting}
        rows = [(key, tokens[key], one, keys[one.article]) for key, one in made.items()]
        fusing.save(self.connection, rows)
        wanted = {fuse.UNDATED}.union(*keys.values())
        # Whoever has no day may be a copy of any, so it meets all.
        undated = any(one.day is None for one in made.values())
        near = fusing.near(self.connection, None if undated else wanted, Sheet)
        return list(made.values()), near

    def _alike(self, own: Collection[str]) -> set[str]:
        """Return the articles that share their words with some, however many others between."""
        found = fusing.alike(self.connection, own, Likeness)
        return {*own, *(name for one in found for name in (one.left, one.right))}

    def _lineage(
        self, near: Sequence[Sheet], own: Collection[str], was: Collection[str]
    ) -> set[str]:
        """Compare the batch's texts with those near them; return whose parent is another now.

        `was` is what the batch's articles shared their words with before.
        """
        asked = fuse.likely(near, own)
        texts = {
            stored.article.id: stored.article
            for some in articles.few(sorted({name for pair in asked for name in pair}))
            for stored in articles.load(self.connection, some)
        }
        compared = (copies.compare(texts[a], texts[b]) for a, b in asked)
        alike = [one for one in compared if one is not None]
        fusing.add_likeness(self.connection, [(one.left, one.right, one) for one in alike])
        self._pair(near, own, alike)
        group = fusing.alike(self.connection, {*own, *was}, Likeness)
        names = {*own, *was, *(name for one in group for name in (one.left, one.right))}
        before = fusing.copies(self.connection, names)
        made = fuse.lines(fusing.bylines(self.connection, names), group, self.sources)
        fusing.save_copies(self.connection, names, made.values())
        return {name for name in names if before.get(name) != made.get(name)}

    def _pair(self, near: Sequence[Sheet], own: Collection[str], alike: Sequence[Likeness]) -> None:
        """Compare the batch's claims with those near them, and keep the pairs.

        Claims on copied words hang together however little they look alike.
        """
        made = {(one.one, one.other): one.chance for one in fuse.paired(near, own)}
        by = {one.article: one for one in near}
        for one in alike:
            for ends in fuse.links(one, by):
                made.setdefault(ends, fuse.LINK)
        fusing.add_pairs(self.connection, ((a, b, p) for (a, b), p in sorted(made.items())))

    def _hanging(self, front: set[str]) -> tuple[set[str], list[Pair]]:
        """Return all claims that hang together with some, and the pairs that they have."""
        pairs: dict[tuple[str, str], float] = {}
        seen: set[str] = set()
        same = self.judges.settled.same
        while front:
            seen |= front
            found = fusing.pairs(self.connection, front)
            pairs |= found
            ends = {name for pair, chance in found.items() if chance for name in pair}
            ends |= {name for pair in same if front & {*pair} for name in pair}
            front = ends - seen
        claims = seen - self.judges.settled.rejected
        return claims, [Pair(a, b, p) for (a, b), p in sorted(pairs.items())]

    def _groups(
        self, claims: AbstractSet[str], pairs: Sequence[Pair], near: Sequence[Sheet]
    ) -> dict[Group, str]:
        """Return the claims of each event, with the name of what they hang together with."""
        settled = self.judges.settled
        links = [(one.one, one.other) for one in pairs if one.chance]
        parts = fuse.parted(claims, [*links, *settled.same])
        part_of = {name: part for part in parts for name in part}
        mine: dict[Group, list[Pair]] = {part: [] for part in parts}
        for one in pairs:
            part = part_of.get(one.one)
            if part is not None and part is part_of.get(one.other):
                mine[part].append(one)
        sheets = self._of(claims, near)
        mentions = {name: one for sheet in sheets for name, one in fuse.named(sheet).items()}
        by = {one.article: one.mentions for one in sheets}
        of = twins(by, fusing.copies(self.connection, by))
        return {
            group: part[0]
            for part in parts
            for group in fuse.grouped(
                {name: mentions[name] for name in part}, mine[part], of, settled
            )
        }

    def _of(self, claims: AbstractSet[str], near: Sequence[Sheet]) -> list[Sheet]:
        """Return the sheets of the articles that some claims stand in."""
        known = {name for sheet in near for name in fuse.named(sheet)}
        others = events.members(self.connection, "claim", claims - known)
        articles_ = {one.article for one in others}
        wanted = [one for one in near if any(name in claims for name in fuse.named(one))]
        return [*wanted, *fusing.sheets(self.connection, articles_, Sheet)]

    def _write(
        self, groups: Mapping[Group, str], old: Collection[Member], changed: Collection[str]
    ) -> Counter[str]:
        """Write the events that are not as they were; return how many came and how many went."""
        claims = {name for group in groups for name in group}
        was = {*old, *events.members(self.connection, "claim", claims)}
        lineage = events.members(self.connection, "article", changed)
        of = {one.event for one in was} | {one.event for one in lineage}
        held = events.members(self.connection, "event", of)
        before: dict[str, set[Member]] = defaultdict(set)
        for one in held:
            before[one.event].add(one)
        stale = {event for event, mine in before.items()
                 if any(one.article in changed for one in mine)}  # fmt: skip
        kept = {
            (group, component)
            for event, mine in before.items()
            if event not in stale
            and (group := tuple(sorted(one.claim for one in mine))) in groups
            and (component := groups[group]) == next(iter(mine)).component
        }
        fresh = {group: part for group, part in groups.items() if (group, part) not in kept}
        fresh |= self._same(before, stale, groups, old)
        gone = {
            event for event, mine in before.items()
            if (tuple(sorted(one.claim for one in mine)), next(iter(mine)).component) not in kept
        }  # fmt: skip
        dropped = {one.claim for event in gone for one in before[event]}
        events.drop(self.connection, gone, dropped)
        self._add(fresh)
        return Counter({"events": len(fresh), "events replaced": len(gone)})

    def _same(
        self,
        before: Mapping[str, set[Member]],
        stale: Collection[str],
        groups: Mapping[Group, str],
        old: Collection[Member],
    ) -> dict[Group, str]:
        """Return events outside the batch's claims that a copy's new parent changes."""
        grouped = {name for group in groups for name in group} | {one.claim for one in old}
        return {
            tuple(sorted(one.claim for one in before[event])): next(iter(before[event])).component
            for event in stale
            if not any(one.claim in grouped for one in before[event])
        }

    def _add(self, fresh: Mapping[Group, str]) -> None:
        """Make and keep the events of some claims."""
        told = self._told({name for group in fresh for name in group})
        own = {one.byline.article for one in told.values()}
        parents = fusing.copies(self.connection, own)
        made: list[Event] = []
        held: list[Member] = []
        for group, part in sorted(fresh.items()):
            event = fuse.event(group, told, parents, self.sources, self.judges.settled)
            made.append(event)
            held += [
                Member(name, told[name].claim.article, event.id, part) for name in group
            ]  # fmt: skip
        events.add(self.connection, made, held)

    def _told(self, claims: Collection[str]) -> dict[str, Told]:
        """Return claims with the bylines of their articles, as analysts left them."""
        found = codings.claims(self.connection, sorted(claims))
        bylines = fusing.bylines(self.connection, {one.article for one in found.values()})
        settled = self.judges.settled.claims
        return {
            name: Told(settled.get(name, one), bylines[one.article])
            for name, one in found.items()
        }  # fmt: skip
