"""One claim as a candidate row of the ledger, and what is asked of every one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tocsin.fusion.clauses import Clauses, Page
from tocsin.fusion.cues import cues
from tocsin.fusion.deadlines import Due, uttered
from tocsin.fusion.sheet import content
from tocsin.fusion.sides import key, keys, known, likeness, mouth, named
from tocsin.fusion.told import Told
from tocsin.records.claim import Claim, Participant
from tocsin.records.threat import Certainty, Does, ThreatKind

# From here on two sides count as one.
ONE = 0.6
# Words that are reported so long after they were spoken look back.
_FRESH = timedelta(days=45)
_OLD = timedelta(days=90)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Uttered:
    """One claim as a candidate row.

    `founds` says that it can begin a thread; one that cannot only joins. `points` says that it
    names a threat by a noun ("the ultimatum") rather than makes it.
    """

    told: Told
    event: str
    kind: ThreatKind
    does: Does
    issuer: tuple[Participant, ...]
    target: tuple[Participant, ...]
    parts: Clauses
    by: tuple[Participant, ...] = ()
    due: Due | None = None
    certainty: Certainty = "will"
    founds: bool = True
    points: bool = False

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.told.claim

    @property
    def day(self) -> date:
        """The day of the report; nobody makes a candidate of a claim without one."""
        return self.told.day or date.max

    @property
    def spoken(self) -> date:
        """The last day on which the words can have been spoken."""
        days = uttered(self.told)
        return days[1] if days else self.day

    @cached_property
    def words(self) -> frozenset[str]:
        """The roots of the words of cost, demand and condition."""
        spans = (self.parts.cost, self.parts.demand, self.parts.condition)
        return frozenset(word for span in spans if span for word in content(span.quote))


def issuer_of(claim: Claim) -> tuple[Participant, ...]:
    """Return who threatens or asks: the actors, else whoever the words are attributed to."""
    actors = tuple(
        one for one in named(claim.actors) if not _passive(one, claim) and not onlooker([one])
    )
    if not actors and claim.actors and onlooker(claim.actors):
        return named(claim.actors)
    if actors:
        return actors
    if cues().means("limits", claim.trigger.quote):
        return ()
    chain = claim.attribution.chain if claim.attribution else ()
    return tuple(one for one in named(chain[-1:]) if _speaks(one))


def resolved(
    side: tuple[Participant, ...], claim: Claim, page: Page
) -> tuple[Participant, ...]:  # fmt: skip
    """Return a side; where only a mouth is named, whoever was last quoted before."""
    if known(side) or not all(mouth(one) for one in (side or claim.actors)):
        return side
    if not side and not claim.actors:
        return side
    last = tuple(one for one in page.speaker(claim) if _speaks(one))
    return last or side


def _speaks(one: Participant) -> bool:
    """Return whether somebody who is quoted can be the one who threatens: no witness can."""
    held = cues().sets
    return bool(set(one.sectors) & (held["state"] | held["fighting"])) and not people([one])


def _passive(one: Participant, claim: Claim) -> bool:
    """Return whether an actor is a recipient too, as a coder has one it is unsure of."""
    return len(claim.actors) > 1 and one.span in {other.span for other in claim.recipients}


def onlooker(side: Sequence[Participant]) -> bool:
    """Return whether all of a side only watch: their word is an assessment."""
    watching = cues().sets["onlookers"]
    return bool(side) and all(one.sectors and set(one.sectors) <= watching for one in side)


def neutral(one: Participant) -> bool:
    """Return whether somebody threatens nobody with force: the United Nations, an aid agency."""
    return one.country == "NGO" or (one.entity or "").startswith(cues().neutral)


def armed(side: Sequence[Participant]) -> bool:
    """Return whether somebody of a side bears arms."""
    return any(set(one.sectors) & cues().sets["armed"] for one in side)


def people(side: Sequence[Participant]) -> bool:
    """Return whether somebody of a side is of the population."""
    return any(
        set(one.sectors) & cues().sets["people"] and one.entity != (one.country or "")
        for one in side
    )


def looks_back(row: Told, due: Due | None) -> bool:
    """Return whether a claim tells of a threat as past; one that still runs out is not."""
    claim, day, spoken = row.claim, row.day, uttered(row)
    if day is None or spoken is None:
        return True
    given = claim.date.end if claim.date else None
    stale = spoken[1] < day - _FRESH or (given is not None and given < day - _FRESH)
    if due is not None and due.basis != "implicit":
        told_when = due.basis == "explicit" or spoken[0] == spoken[1]
        if due.end < day:
            return True
        if not stale and due.sets:
            return False
        if due.end > day and told_when and spoken[1] >= day - _OLD:
            return False
    if stale:
        return True
    text = claim.sentence.quote
    return cues().says("past", text) is not None or _beside(claim) or old(text, day)


def _beside(claim: Claim) -> bool:
    """Return whether a threat is only that under or despite which something else is told."""
    if not cues().means("nouns", claim.trigger.quote):
        return False
    text = claim.sentence.quote[: claim.trigger.end - claim.sentence.start]
    return cues().says("beside", text) is not None


def old(text: str, day: date) -> bool:
    """Return whether a sentence names a year that is over."""
    return any(day.year - 30 <= int(year) < day.year for year in _YEAR.findall(text))


def points_at(claim: Claim) -> bool:
    """Return whether the trigger is a noun for a threat made before: "its ultimatum"."""
    if not cues().means("nouns", claim.trigger.quote) or claim.trigger.quote.endswith(
        ("ed", "ens")
    ):
        return False
    before = claim.sentence.quote[: claim.trigger.start - claim.sentence.start]
    limit = cues().means("limits", claim.trigger.quote)
    return limit or cues().says("definite", before[-60:]) is not None


def does(claim: Claim, *, past: bool) -> Does:
    """Return what a claim does to a threat, as far as its own sentence tells."""
    start = claim.trigger.start - claim.sentence.start
    text = claim.sentence.quote
    if claim.modality == "negated":
        return "denies"
    if cues().says("withdrawn", text[:start][-60:]):
        return "withdraws"
    if cues().means("limits", claim.trigger.quote) and cues().says("extended", text):
        return "extends"
    return "recalls" if past else "restates"


def certainty(claim: Claim) -> Certainty:
    """Return how sure the threat is, by the words after its trigger."""
    after = claim.sentence.quote[claim.trigger.end - claim.sentence.start :]
    if cues().says("reserves", claim.sentence.quote):
        return "reserves"
    return "may" if cues().says("may", after) else "will"


def others(
    side: Sequence[Participant], issuer: Sequence[Participant], trigger: str
) -> tuple[Participant, ...]:
    """Return whose act is warned of where it is not the issuer's own.

    Whoever threatens or vows speaks of itself. A coder gives an act within a warning the one who
    warns as well: then the others stay.
    """
    if not cues().means("warnings", trigger):
        return ()
    foes = cues().sets["fighting"] - {"PRM"}
    return tuple(
        one for one in named(side)
        if known([one]) and likeness([one], issuer).value == 0.0
        and (key(one) not in keys(issuer) or set(one.sectors) & foes)
    )  # fmt: skip


def given(
    rows: Sequence[Told], due: Due, *, agreed: bool
) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Return who gives whom time, as the sides of a sentence stand around the words for it.

    "Israel has until Sunday" has nobody who gives, nor has what an agreement sets.
    """
    start, text = rows[0].claim.sentence.start, rows[0].claim.sentence.quote
    found = {
        one.span: one
        for row in rows
        for one in named((*row.claim.actors, *row.claim.recipients, *_chain(row.claim)))
        if start <= one.span.start < due.quote.end and not onlooker([one])
    }
    sides = [found[span] for span in sorted(found)]
    inner = tuple(one for one in sides if one.span.start >= due.quote.start)
    outer = [one for one in sides if one.span.end <= due.quote.start]
    if agreed:
        return (), inner[:1] or tuple(outer[-1:])
    for at, one in enumerate(outer):
        if (one.entity or one.sectors) and cues().says(
            "gives", text[one.span.end - start : due.quote.end - start]
        ):
            rest = [
                other for other in (*outer[at + 1 :], *inner) if not other.span.overlaps(one.span)
            ]
            return (one,), tuple(rest[:1])
    return (), tuple(outer[-1:])


def _chain(claim: Claim) -> tuple[Participant, ...]:
    return claim.attribution.chain if claim.attribution else ()
