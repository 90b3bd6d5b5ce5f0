"""Rows of a spreadsheet made into judgements: what each is about, what it says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from tocsin.base.errors import InputError, TocsinError
from tocsin.base.text import fold
from tocsin.cli import corrections, days, values
from tocsin.cli.headings import VALUES, Plan
from tocsin.explain.judgement import sentence
from tocsin.ontology import actors
from tocsin.ontology.model import Ontology
from tocsin.pipeline import judging, matching
from tocsin.pipeline.matching import Facts, Match, Miss
from tocsin.records.claim import Attribution, Claim, Count, Interval, Participant, Place
from tocsin.records.event import TOLLS, Event
from tocsin.records.judgement import Judgement, Verdict
from tocsin.store import events
from tocsin.store.open import Store

Row = tuple[int, tuple[str, ...]]
# A claim's id with the number of a pair of parties, as exported rows in POLECAT's form have it.
_PAIR = re.compile(r"(claim-[0-9a-f]{16})-\d+")
# What a row about an event agrees with the event in, where it was found by that.
_BY = {"day": "date", "place": "place", "type": "type"}


@dataclass(frozen=True, slots=True)
class Done:
    """What a row comes to: its record, the judgements, what of it is not taken and why.

    `state` is `judged`, `agrees` with what stands already, or `left` out.
    """

    number: int
    state: str
    target: str = ""
    by: str = ""
    made: tuple[Judgement, ...] = ()
    notes: tuple[str, ...] = ()

    def words(self) -> str:
        """Return what a row comes to, for a person."""
        return "; ".join((*map(sentence, self.made), *self.notes))


class Asked(NamedTuple):
    """A judgement that a row asks for, before it is made."""

    verdict: Verdict
    target: str
    field: str | None = None
    after: Any = None


@dataclass(slots=True)
class Said:
    """What a row says: what it changes, in how much it agrees, what of it cannot be taken and why.

    `notes` are about people and places of the changes that nothing is known of.
    """

    changes: list[tuple[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    agreed: int = 0


@dataclass(slots=True)
class Intake:
    """Makes judgements of rows, in one person's name, at one moment, under one batch's tag.

    `corrected` are claims as analysts left them, `accepted` those that one accepted.
    """

    store: Store
    plan: Plan
    types: Ontology
    author: str
    tag: str
    now: datetime
    corrected: Mapping[str, Claim]
    accepted: frozenset[str]
    taken: dict[str, int] = field(default_factory=dict)
    borne: set[str] = field(default_factory=set)

    def rows(self, rows: Sequence[Row]) -> Iterator[Done]:
        """Yield what each row comes to; a row that is wrong is left out, with the reason."""
        for number, row in rows:
            try:
                yield self._row(number, row)
            except TocsinError as error:
                yield Done(number, "left", notes=(str(error),))

    def _row(self, number: int, row: tuple[str, ...]) -> Done:
        facts = self._facts(row)
        with self.store.read() as connection:
            found = matching.find(connection, facts, self.corrected)
            if isinstance(found, Miss):
                return Done(number, "left", notes=(found.why,))
            known = judging.known(connection, found.target)
            event = events.load(connection, [found.target]).get(found.target)
        asked, notes = self._judged(row, facts, found, self.corrected.get(known.id, known), event)
        first = number if asked is None else self.taken.setdefault(found.target, number)
        if asked and first != number:
            kind = found.target.partition("-")[0]
            asked, notes = None, (f"row {first} is about the same {kind} already",)
        if asked is None:
            return Done(number, "left", found.target, found.by, notes=notes)
        self.borne.update(one.target for one in asked if one.verdict == "accept")
        return self._done(number, found, row, asked, notes)

    def _judged(
        self, row: tuple[str, ...], facts: Facts, found: Match, claim: Claim, event: Event | None
    ) -> tuple[tuple[Asked, ...] | None, tuple[str, ...]]:
        """Return what a row asks for, None where it is to be left out, and what is to be noted."""
        if self.plan.verdict(self.plan.get(row, "verdict")) == "reject":
            why = "rejecting is about a claim; give its id, or the article and its words"
            return ((Asked("reject", claim.id),), ()) if event is None else (None, (why,))
        said = self._said(row, facts, found.target, claim, event)
        own = self.plan.form == "own"
        told = self._said(row, facts, claim.id, claim, None) if event and own else said
        abroad = _abroad(facts, told, claim) if own else ()
        missed = dict.fromkeys((*said.missed, *told.missed, *abroad))
        untaken = _untaken(told, found) if event else ()
        if said.changes:
            asked = tuple(Asked("correct", found.target, *one) for one in said.changes)
            return asked, (*said.notes, *missed, *untaken)
        if missed or (untaken and not said.agreed):
            return None, ("found; nothing taken", *missed, *untaken)
        if not own or (event and not (facts.type and facts.people)):
            # Data sets by other rules bear out no coding, nor does who coded no type and parties.
            return (), untaken or ("found; it says nothing that could be judged",)
        right = not told.changes and claim.id not in self.accepted | self.borne
        return ((Asked("accept", claim.id),) if right else ()), untaken

    def _done(
        self, number: int, found: Match, row: tuple[str, ...],
        asked: Sequence[Asked], notes: Sequence[str],
    ) -> Done:  # fmt: skip
        reason = " ".join(filter(None, (self.plan.get(row, "reason")[:500], self._tagged(number))))
        author = self.plan.get(row, "author") or self.author
        with self.store.read() as connection:
            made = tuple(
                judging.made(
                    connection, one.verdict, one.target, author, self.now, field=one.field,
                    after=one.after, reason=reason,
                )
                for one in asked
            )  # fmt: skip
        state = "judged" if made else "agrees"
        said = tuple(notes) or (() if made else ("agrees with what stands already",))
        return Done(number, state, found.target, found.by, made, said)

    def _tagged(self, number: int) -> str:
        return f"(row {number} of {self.tag})"

    def _facts(self, row: tuple[str, ...]) -> Facts:
        get = self.plan.get
        start, end = self._days(row)
        kind = self.plan.type(get(row, "type"))
        if kind and kind.upper() not in self.types:
            raise InputError(f"type {kind!r}: expected one of {', '.join(self.types)}; --mapping")
        people = (*_names(get(row, "actors")), *_names(get(row, "recipients")))
        return Facts(
            claim=_PAIR.sub(r"\1", get(row, "claim")), event=get(row, "event"),
            article=get(row, "article"), quote=get(row, "quote"), type=kind.upper(),
            start=start, end=end, place=get(row, "place"),
            country=_country(get(row, "country")), people=people,
        )  # fmt: skip

    def _days(self, row: tuple[str, ...]) -> tuple[date | None, date | None]:
        """Return the first and the last day that a row is about."""
        day, start, end = (self.plan.get(row, name) for name in ("date", "start", "end"))
        if day.casefold() in values.EMPTY:
            day = ""
        first, last = days.span(day) or (day or start, end or day or start)
        return days.read(first, self.plan.order), days.read(last, self.plan.order)

    def _said(
        self, row: tuple[str, ...], facts: Facts, target: str, claim: Claim, event: Event | None
    ) -> Said:
        """Return what a row says of a claim, or of the numbers of an event."""
        said = Said()
        own = self.plan.form == "own"
        for name in VALUES if event is None and own else TOLLS:
            words = self._words(row, facts, name)
            if not words or (name in TOLLS and not own and words == "0"):
                continue
            if event is not None and _covers(words, _best(event, name)):
                said.agreed += 1
                continue
            try:
                after = corrections.read(self.store, target, [(name, words)], self.types)
            except TocsinError as error:
                said.missed.append(f"not taken: {error}")
                continue
            for field_, value in after:
                if event is None and _same(getattr(claim, field_), value):
                    said.agreed += 1
                    continue
                said.changes.append((field_, value))
                said.notes += values.unknown(value)
        return said

    def _words(self, row: tuple[str, ...], facts: Facts, name: str) -> str:
        """Return what a row has for a field, days and types as Tocsin writes them."""
        words = self.plan.get(row, name)
        if name == "date" and facts.start is not None:
            return (
                str(facts.start)
                if facts.end in (None, facts.start)
                else f"{facts.start}/{facts.end}"
            )
        return self.plan.type(words) if name == "type" else words


def _untaken(told: Said, found: Match) -> tuple[str, ...]:
    """Return what a row about an event says otherwise than the claim that first told of it.

    By whatever the event was found, the row agrees with that.
    """
    by = {_BY.get(one) for one in found.by.split(", ")}
    names = [name for name, _ in told.changes if name not in TOLLS and name not in by]
    rest = "of an event numbers of people alone are taken; correct its claims"
    return (f"not taken: {', '.join(dict.fromkeys(names))}: {rest}",) if names else ()


def _abroad(facts: Facts, told: Said, claim: Claim) -> tuple[str, ...]:
    """Return that a claim is in another country than a row says, where it corrects no place."""
    there = claim.place.country if claim.place else None
    if not facts.country or there in (None, facts.country) or "place" in dict(told.changes):
        return ()
    return (f"not taken: country: the claim's place is in {there}; correct the place",)


def _best(event: Event, kind: str) -> int | None:
    return next((one.best for one in event.tallies if one.kind == kind), None)


def _covers(words: str, number: int | None) -> bool:
    """Return whether a number of people is what words say, or within the bounds that they give."""
    found = values.numbers(words.strip())
    if found is None or number is None:
        return False
    low, high = int(found["low"]), found["high"] or found["low"]
    return low <= number and (bool(found["open"]) or number <= int(high))


def _names(words: str) -> list[str]:
    return [name.strip() for name in words.split(";") if name.strip()]


def _country(words: str) -> str:
    """Return a country's code by its code or name; empty where it is none that is known."""
    if not words:
        return ""
    known = actors.load().countries
    if words.upper() in known:
        return words.upper()
    wanted = fold(words)
    return next((code for code, one in known.items() if fold(one.name) == wanted), "")


def _same(before: object, after: object) -> bool:
    """Return whether two values say the same, whatever words say it.

    Of people and places the name is enough, or who or what is known to be meant.
    """
    if isinstance(before, Attribution) and isinstance(after, Attribution):
        before, after = before.chain, after.chain
    if isinstance(before, tuple | list) and isinstance(after, tuple | list):
        left = len(before) == len(after)
        return left and all(any(_same(one, other) for one in before) for other in after)
    if isinstance(before, Participant | Place) and isinstance(after, Participant | Place):
        return fold(before.name) == fold(after.name) or bool(_known(before) & _known(after))
    return _bare(before) == _bare(after)


def _known(one: Participant | Place) -> set[str | int]:
    found = one.entity if isinstance(one, Participant) else one.geonames
    return {found} if found else set()


def _bare(value: object) -> object:
    """Return what days or numbers are, without the words that say so."""
    if isinstance(value, Interval):
        return value.start, value.end
    if isinstance(value, Count):
        return value.low, value.high, value.cumulative
    return value
