"""Rows of a spreadsheet made into judgements: what each is about, what it says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tocsin.base.errors import InputError, TocsinError
from tocsin.base.text import fold
from tocsin.cli import corrections, values
from tocsin.cli.headings import VALUES, Plan
from tocsin.explain.judgement import sentence
from tocsin.ontology import actors
from tocsin.ontology.model import Ontology
from tocsin.pipeline import judging, matching
from tocsin.pipeline.matching import Facts, Match, Miss
from tocsin.records.claim import Attribution, Claim, Count, Interval, Participant, Place
from tocsin.records.event import TOLLS, Event
from tocsin.records.judgement import Judgement, Verdict
from tocsin.sources.dates import moment
from tocsin.store import events
from tocsin.store.open import Store

Row = tuple[int, tuple[str, ...]]
# Two days with a slash between.
_SPAN = re.compile(r"\d{4}-\d\d-\d\d\s*/\s*\d{4}-\d\d-\d\d\Z")


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
    borne: dict[str, int] = field(default_factory=dict)

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
            first = self.taken.setdefault(found.target, number)
            if first != number:
                note = f"row {first} is about the same {found.target.partition('-')[0]} already"
                return Done(number, "left", found.target, found.by, notes=(note,))
            known = judging.known(connection, found.target)
            event = events.load(connection, [found.target]).get(found.target)
        verdict = self.plan.verdict(self.plan.get(row, "verdict"))
        claim = self.corrected.get(known.id, known)
        if verdict == "reject":
            if event is not None:
                note = "rejecting is about a claim; give its id, or the article and its words"
                return Done(number, "left", found.target, found.by, notes=(note,))
            return self._done(number, found, row, [("reject", claim.id, None, None)], [])
        changes, notes = self._values(row, found.target, claim, event)
        asked: list[tuple[Verdict, str, str | None, Any]] = [
            ("correct", found.target, name, after) for name, after in changes
        ]
        if not asked and not self._whole(facts, event):
            notes = [*notes, "found; it says nothing that could be judged"]
        elif not asked and claim.id not in self.accepted | self.borne.keys():
            self.borne[claim.id] = number
            asked = [("accept", claim.id, None, None)]
        return self._done(number, found, row, asked, notes)

    def _whole(self, facts: Facts, event: Event | None) -> bool:
        """Return whether a row that says nothing otherwise bears a claim out by that.

        Of an event somebody must have coded type and parties by himself, as Tocsin's types have
        them: data sets by other rules bear out no coding.
        """
        return event is None or (
            self.plan.form == "own" and bool(facts.type) and bool(facts.people)
        )

    def _done(
        self, number: int, found: Match, row: tuple[str, ...],
        asked: Sequence[tuple[Verdict, str, str | None, Any]], notes: Sequence[str],
    ) -> Done:  # fmt: skip
        reason = " ".join(filter(None, (self.plan.get(row, "reason")[:500], self._tagged(number))))
        author = self.plan.get(row, "author") or self.author
        with self.store.read() as connection:
            made = tuple(
                judging.made(
                    connection, verdict, target, author, self.now, field=name, after=after,
                    reason=reason,
                )
                for verdict, target, name, after in asked
            )  # fmt: skip
        state = "judged" if made else "agrees"
        said = tuple(notes) or (() if made else ("agrees with what stands already",))
        return Done(number, state, found.target, found.by, made, said)

    def _tagged(self, number: int) -> str:
        return f"(row {number} of {self.tag})"

    def _facts(self, row: tuple[str, ...]) -> Facts:
        get = self.plan.get
        words = [get(row, "date"), get(row, "start"), get(row, "end")]
        first, sign, last = words[0].partition("/") if _SPAN.match(words[0]) else (words[0], "", "")
        start = _day(first if sign else words[0] or words[1])
        end = _day(last if sign else words[2] or words[0] or words[1])
        kind = self.plan.type(get(row, "type"))
        if kind and kind.upper() not in self.types:
            raise InputError(f"type {kind!r}: expected one of {', '.join(self.types)}; --mapping")
        people = (*_names(get(row, "actors")), *_names(get(row, "recipients")))
        return Facts(
            claim=get(row, "claim"), event=get(row, "event"), article=get(row, "article"),
            quote=get(row, "quote"), type=kind.upper(), start=start, end=end,
            place=get(row, "place"), country=_country(get(row, "country")), people=people,
        )  # fmt: skip

    def _values(
        self, row: tuple[str, ...], target: str, claim: Claim, event: Event | None
    ) -> tuple[list[tuple[str, Any]], list[str]]:
        """Return what a row says otherwise than what stands, and what of it cannot be taken."""
        changes: list[tuple[str, Any]] = []
        notes: list[str] = []
        for name in VALUES if event is None and self.plan.form == "own" else TOLLS:
            words = self.plan.get(row, name)
            if not words or (name in TOLLS and self.plan.form != "own" and words == "0"):
                continue
            said = self.plan.type(words) if name == "type" else words
            if name == "date" and not _SPAN.match(words):
                said = str(_day(words))
            try:
                after = corrections.read(self.store, target, [(name, said)], self.types)
            except TocsinError as error:
                notes.append(f"not taken: {error}")
                continue
            for field_, value in after:
                before = _best(event, field_) if event else getattr(claim, field_)
                if _same(before, value):
                    continue
                changes.append((field_, value))
                notes += values.unknown(value)
        return changes, notes


def _best(event: Event, kind: str) -> str | None:
    return next((str(one.best) for one in event.tallies if one.kind == kind), None)


def _day(words: str) -> date | None:
    """Return the day that words name; raise InputError where they may mean two."""
    if not words.strip():
        return None
    found = moment(words.strip())
    if found is None or found.precision != "day":
        raise InputError(f"{words!r} is no day; expected one such as 2024-11-21")
    return found.day


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
