"""Which claims of a store are one event, when some come in: only what they can change is looked at.

Claims merge while the mean chance of their pairs is at the threshold, the likeliest first, and no
mean is above all of its parts. So claims without a pair at the threshold or above, which are not
tied in another way, never merge, and what one group does bears on another only by a merge with it.
Two parts that were each grouped by themselves are grouped as one when the groups of both that are
tied come out as they were, side by side. Those that do not are grouped anew with all that they are
tied to, and so on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from sqlalchemy.engine import Connection

from tocsin.fusion import fuse, match
from tocsin.fusion.compared import Compared, joined
from tocsin.fusion.judgements import Settled
from tocsin.fusion.mention import Mention, Sheet
from tocsin.fusion.twins import twins
from tocsin.records.lineage import Copy
from tocsin.store import events, fusing
from tocsin.store.events import Member

# By how much rounding may put a mean above its parts.
SLACK = 1e-6

Group = tuple[str, ...]


class Grouping:
    """Claims with what they are grouped by: their pairs, their sheets, whose words they copy."""

    def __init__(self, connection: Connection, settled: Settled, sheets: Iterable[Sheet]) -> None:
        self.connection, self.settled = connection, settled
        self.least = match.load().threshold - SLACK
        self.pairs = joined([])
        self.ties: defaultdict[str, set[str]] = defaultdict(set)
        self.sheets: dict[str, Sheet] = {}
        self.mentions: dict[str, Mention] = {}
        self.copies: dict[str, Copy] = {}
        self.done: dict[frozenset[str], list[Group]] = {}  # the groups of claims that are tied
        self.group: dict[str, Group] = {}  # of each claim, as it was before any part met another
        self.event: dict[Group, str] = {}  # the store's
        self._hold(sheets)
        self.tie(settled.same)

    def add(self, pairs: Compared) -> None:
        """Take in pairs with their chances."""
        self.pairs = joined([self.pairs, pairs])
        near = pairs.where((pairs.chance >= self.least) | (pairs.chance == np.float32(fuse.LINK)))
        self.tie(near.names("claim"))

    def tie(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take in pairs of claims that may merge whatever their chance."""
        for one, other in pairs:
            self.ties[one].add(other)
            self.ties[other].add(one)

    def read(self, members: Sequence[Member]) -> None:
        """Take in what claims of the store are grouped by."""
        found = fusing.chances(self.connection, {one.claim for one in members})
        self.add(Compared(*found))
        lacking = {one.article for one in members} - self.sheets.keys()
        self._hold(fusing.sheets(self.connection, lacking, Sheet))

    def settle(self, claims: AbstractSet[str]) -> tuple[set[Group], frozenset[str]]:
        """Return the groups of claims that are in no event yet, and the events that they undo.

        What was in those is in the groups.
        """
        own = self._grouped(claims)
        self.group |= {name: group for group in own for name in group}
        met = self._tied(claims) - own
        ends = {end for group in met for name in group for end in self.ties[name] & claims}
        asked, undone, made = set[Group](), set[Group](), own
        more = met | {self.group[name] for name in ends}
        while more:
            asked |= more
            made = self._grouped({name for group in asked for name in group})
            undone = asked - made
            more = self._tied({name for group in undone for name in group}) - asked
        anew = {name for group in undone for name in group}
        groups = (own - undone) | {group for group in made if not anew.isdisjoint(group)}
        return groups, frozenset(self.event[group] for group in undone if group in self.event)

    def _tied(self, claims: Collection[str]) -> set[Group]:
        """Return the groups of what is tied to some claims."""
        ends = {end for name in claims for end in self.ties.get(name, ())}
        found = events.members(self.connection, "claim", ends - self.group.keys())
        members = events.members(self.connection, "event", {one.event for one in found})
        self.read(members)
        held = defaultdict(list)
        for one in members:
            held[one.event].append(one.claim)
        for event, names in held.items():
            group = tuple(sorted(names))
            self.event[group] = event
            self.group |= dict.fromkeys(group, group)
        return {self.group[end] for end in ends if end in self.group}

    def _grouped(self, claims: AbstractSet[str]) -> set[Group]:
        """Return the groups of some claims, with no regard to others."""
        articles = {self.mentions[name].article for name in claims}
        of = twins({name: self.sheets[name].mentions for name in articles}, self.copies)
        parts = self._parts(claims, of)
        home = {name: part for part in parts - self.done.keys() for name in part}
        self.done |= {part: [] for part in home.values()}
        new = {name: self.mentions[name] for name in home}
        for group in fuse.grouped(new, self.pairs, of, self.settled):
            self.done[home[group[0]]].append(group)
        return {group for part in parts for group in self.done[part]}

    def _parts(self, claims: AbstractSet[str], of: Mapping[str, str]) -> set[frozenset[str]]:
        """Return the parts of some claims that nothing ties to each other."""
        ties = defaultdict(set, {name: self.ties[name] for name in claims & self.ties.keys()})
        for one, other in of.items():
            ties[one] = ties[one] | {other}
            ties[other] = ties[other] | {one}
        left, parts = set(claims), set[frozenset[str]]()
        while left:
            front = part = {left.pop()}
            while front:
                front = {end for name in front for end in ties[name]} & left
                left -= front
                part |= front
            parts.add(frozenset(part))
        return parts

    def _hold(self, sheets: Iterable[Sheet]) -> None:
        new = {one.article: one for one in sheets}
        self.sheets |= new
        self.mentions |= {mention.id: mention for one in new.values() for mention in one.mentions}
        self.copies |= fusing.copies(self.connection, new)
