"""By which way each claim of an event came: who knew it, which outlet heard it, when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from tocsin.fusion.chains import Chains, chains, headline
from tocsin.fusion.roots import copied, original, root
from tocsin.fusion.speakers import Outlets, Speaker, kindred, outlets, speaker
from tocsin.fusion.stances import stances
from tocsin.fusion.told import Sources, Told
from tocsin.fusion.words import folded, words
from tocsin.records.lineage import Copy
from tocsin.records.origin import Stance


class Trail(NamedTuple):
    """The way of a claim: `informant` is empty where `via`, an outlet, speaks for itself.

    `path` leads from the article's outlet towards the informant; `copied` is the article that the
    words were copied from.
    """

    via: str
    day: date | None
    informant: Speaker | None
    path: tuple[str, ...]
    copied: str | None = None


class Trails:
    """The ways of all claims of one event, each found when it is asked for."""

    def __init__(self, rows: Sequence[Told], copies: Mapping[str, Copy], sources: Sources) -> None:
        self.rows = rows
        self.copies = copies
        self.known = _outlets(rows, sources)
        self.stances: dict[str, Stance] = stances(rows)
        self.chains: Chains = chains(rows, self.known)
        self.inside: dict[str, list[Told]] = {}
        self.outlet: dict[str, list[Told]] = {}
        for row in rows:
            self.inside.setdefault(row.byline.article, []).append(row)
            self.outlet.setdefault(row.byline.outlet or row.byline.article, []).append(row)
        self._found: dict[str, Trail | None] = {}

    def trail(self, row: Told) -> Trail | None:
        """Return the way of a claim, nothing while it is being looked for."""
        if row.claim.id not in self._found:
            self._found[row.claim.id] = None
            self._found[row.claim.id] = self._trail(row)
        return self._found[row.claim.id]

    def _trail(self, row: Told) -> Trail:
        copy = self.copies.get(row.byline.article)
        within = copied(row.claim, copy)
        if copy is not None and within:
            first = original(row.claim, copy, self.inside.get(copy.parent, ()))
            theirs = self.trail(first) if first is not None else None
            if theirs is not None:
                path = (_outlet(row), *theirs.path)
                return theirs._replace(path=path, copied=copy.parent)
        way = self._own(row, within=within)
        return way._replace(copied=copy.parent) if copy is not None and within else way

    def _own(self, row: Told, *, within: bool) -> Trail:
        """Return the way of a claim by its own words."""
        via, day = self._hearer(row, within=within)
        path = (_outlet(row),) if via == _outlet(row) else (_outlet(row), via)
        links = self.chains[row.claim.id]
        if links:
            return self._attributed(row, links, Trail(via, day, None, path))
        if self.stances[row.claim.id] == "asserts":
            if (beside := self._beside(row)) is not None:
                return beside
            if row.claim.type in words().verbal and self._voice is not None:
                return Trail(via, day, self._voice, path)
        return Trail(via, day, None, path[:1] if via == _outlet(row) else path)

    def _attributed(self, row: Told, links: Sequence[Speaker], plain: Trail) -> Trail:
        """Return the way of a claim that has speakers, through the outlets that pass it on."""
        informant, outer = links[-1], links[:-1]
        path = (*plain.path, *(link.name for link in outer))
        if informant.kind == "outlet":
            theirs = self._theirs(row, informant.name, None)
            path = (*path, informant.name)
            if theirs is not None:
                return theirs._replace(path=path, copied=None)
            return Trail(informant.name, None, None, path)
        passing = next((link for link in reversed(outer) if link.kind == "outlet"), None)
        if passing is None:
            return Trail(plain.via, plain.day, informant, path)
        theirs = self._theirs(row, passing.name, informant)
        if theirs is not None:
            return theirs._replace(path=path, copied=None)
        return Trail(passing.name, None, informant, path)

    def _theirs(self, row: Told, outlet: str, informant: Speaker | None) -> Trail | None:
        """Return the way of the claim that another outlet is quoted for, if that is at hand.

        With an informant it is one of the same kind, without one the first that is attributed.
        """
        earlier = [
            other
            for other in self.outlet.get(outlet, ())
            if other.byline.article != row.byline.article
            and (other.day or date.max) <= (row.day or date.max)
            and self.stances[other.claim.id] == "asserts"
        ]
        ways = [way for other in earlier if (way := self.trail(other)) is not None]
        if informant is None:
            return next((w for w in ways if w.informant is not None), next(iter(ways), None))
        if informant.kind != "unnamed":
            return None
        fits = (
            w for w in ways if w.informant is not None and w.informant.kind == "unnamed"
            and kindred(w.informant, informant)
        )  # fmt: skip
        return next(fits, None)

    def _beside(self, row: Told) -> Trail | None:
        """Return the way of the nearest attributed assertion above, for headlines also below.

        What a headline or a following sentence says without a speaker rests on who is quoted.
        """
        inside = self.inside[row.byline.article]
        at = [other.claim.id for other in inside].index(row.claim.id)
        near = [*reversed(inside[:at]), *(inside[at + 1 :] if headline(row) else ())]
        said = (
            o for o in near if self.chains[o.claim.id] and self.stances[o.claim.id] == "asserts"
        )
        return next((way for o in said if (way := self.trail(o)) is not None), None)

    @cached_property
    def _voice(self) -> Speaker | None:
        """The named actor of most claims of an utterance, who speaks where nobody is quoted."""
        votes: Counter[Speaker] = Counter()
        for row in self.rows:
            if row.claim.type in words().verbal and self.stances[row.claim.id] == "asserts":
                actors = {speaker(one, self.known) for one in row.claim.actors}
                votes.update(one for one in actors if one.kind == "named" and not one.vague)
        ranked = sorted(
            votes, key=lambda one: (one.entity is None, -votes[one], one.name, str(one))
        )
        return next(iter(ranked), None)

    def _hearer(self, row: Told, *, within: bool) -> tuple[str, date | None]:
        """Return the outlet whose words a claim stands in, and the day it had them."""
        copy = self.copies.get(row.byline.article)
        if within and copy is not None:
            first = root(row.byline.article, self.copies)
            if first in self.inside:
                return _outlet(self.inside[first][0]), self.inside[first][0].day
            return copy.credit or first, None
        if row.byline.wire:
            return row.byline.wire[0], row.day
        return _outlet(row), row.day


def _outlets(rows: Sequence[Told], sources: Sources) -> Outlets:
    """Return the outlets of the claims, credited agencies, and quoted outlets of the registry."""
    own = {row.byline.outlet for row in rows if row.byline.outlet}
    wires = {wire for row in rows for wire in row.byline.wire}
    links = {
        folded(one.name)
        for row in rows
        if row.claim.attribution is not None
        for one in row.claim.attribution.chain
    }
    return outlets({sources[link].name for link in links if link in sources} | wires | own)


def _outlet(row: Told) -> str:
    return row.byline.outlet or row.byline.article
