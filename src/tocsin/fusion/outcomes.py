"""Events that may be what came of a threat, with the five things that speak for or against each.

They are suggestions: a person confirms one, or a rule that the user asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from tocsin.fusion.acts import Act, Acts
from tocsin.fusion.cues import Kind, cues
from tocsin.fusion.lifecycle import GRACE
from tocsin.fusion.sides import Allies, keys, likeness
from tocsin.fusion.told import Told
from tocsin.records.claim import Participant, Place
from tocsin.records.threat import Candidate, Feature, Threat, Timing

# How much each feature counts. Place and link are seldom told, so their absence costs little.
WEIGHTS: Mapping[str, float] = {
    "actor": 0.3, "act": 0.3, "recipient": 0.15, "place": 0.1, "link": 0.15,
}  # fmt: skip
# Candidates below are not shown, nor more of them than so many an axis.
FLOOR = 0.6
MOST = 5
# What is not known speaks neither for nor against.
UNKNOWN = 0.5
# What an act without a day of its own is worth: it may be background.
UNDATED = 0.9
# What a claim of the thread says of its end is worth.
SAID = 0.9
Axis = Literal["issuer", "target"]
_SAYINGS: tuple[tuple[Axis, str, str], ...] = (
    ("issuer", "undone", "not carried out"), ("target", "unheeded", "not"),
)  # fmt: skip
# A link from which a text ties an act to the threat even where nobody is said to have done it.
_TIED = 0.8
# Types that carry out a threat which does not say with what.
_PLAIN = frozenset({"ASSAULT", "COERCE", "SANCTION"})
# An act later than this is hardly an answer; a threat without a deadline may be answered longer.
_AFTER = timedelta(days=45)
_OPEN = timedelta(days=120)


def candidates(
    threat: Threat, told: Mapping[str, Told], acts: Acts, allied: Allies = frozenset()
) -> tuple[Candidate, ...]:
    """Return the likeliest outcomes among acts, best first, at most five an axis."""
    mine = tuple(told[one.claim] for one in threat.utterances if one.claim in told)
    case = _Case(threat, mine, allied)
    found = [*_issuer(case, acts), *_target(case, acts), *_sayings(case)]
    kept: list[Candidate] = []
    for axis in ("issuer", "target"):
        best = sorted(
            (one for one in found if one.axis == axis and one.score >= FLOOR),
            key=lambda one: (-one.score, one.event, one.did),
        )
        kept += best[:MOST]
    return tuple(kept)


@dataclass(frozen=True)
class _Case:
    """A threat with its claims and who is whose ally."""

    threat: Threat
    mine: tuple[Told, ...]
    allied: Allies

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of its claims."""
        return frozenset(row.claim.id for row in self.mine)

    @cached_property
    def articles(self) -> frozenset[str]:
        """The articles that tell of it."""
        return frozenset(row.claim.article for row in self.mine)

    @cached_property
    def lines(self) -> frozenset[tuple[str, int]]:
        """The sentences that tell of it, by article and where they begin."""
        return frozenset((row.claim.article, row.claim.sentence.start) for row in self.mine)

    @cached_property
    def area(self) -> tuple[Place, ...]:
        """The places of what is threatened and of what is demanded."""
        named = {self.threat.cost_claim, self.threat.demand_claim}
        claims = (row.claim for row in self.mine if row.claim.id in named)
        return tuple(claim.place for claim in claims if claim.place)

    @cached_property
    def forbidden(self) -> frozenset[str]:
        """The types of what a deterrent forbids: acts in its condition, else any attack."""
        spans = [span for span in (self.threat.condition, self.threat.demand) if span is not None]
        acts = {
            row.claim.type
            for row in self.mine
            if row.claim.id == self.threat.demand_claim
            or any(row.claim.trigger.overlaps(span) for span in spans)
        }
        return frozenset(acts & cues().sets["threatened"]) or frozenset({"ASSAULT"})


def _issuer(case: _Case, acts: Acts) -> Iterator[Candidate]:
    """Yield what the issuer, or for a warning the one warned of, did to the target."""
    threat = case.threat
    doer = threat.by or threat.issuer
    kind = cues().costs.get(threat.cost_type or "")
    if not doer or threat.kind in ("deadline", "promise", "demand"):
        return
    for act in _later(case, acts, doer):
        fits, because = _fits(kind, act)
        if fits < UNKNOWN or act.type not in cues().sets["threatened"]:
            continue
        did = "carried out as stated" if fits >= 0.7 else "lesser form"
        if kind is None:
            did = "cannot tell"
        elif _when(threat, act.day) == "before" and threat.kind in ("compellent", "ultimatum"):
            did = "acted before"
        sides = (doer, threat.target)
        yield _candidate(case, act, axis="issuer", did=did, fits=(fits, because), sides=sides)


def _target(case: _Case, acts: Acts) -> Iterator[Candidate]:
    """Yield what the target did: what was asked, a refusal, or what was forbidden."""
    threat = case.threat
    doer = threat.issuer if threat.kind == "promise" else threat.target
    if not doer:
        return
    for act in _later(case, acts, doer):
        done_to = threat.issuer if act.type in cues().sets["refuses"] else ()
        did, fits = _did(case, act)
        if did is not None:
            yield _candidate(case, act, axis="target", did=did, fits=fits, sides=(doer, done_to))


def _did(case: _Case, act: Act) -> tuple[str | None, tuple[float, str]]:
    """Return what an act of the target is to the threat, and how far."""
    threat = case.threat
    if threat.kind == "deterrent":
        broke = act.type in case.forbidden
        return "did the forbidden act" if broke else None, (0.7, f"{act.type} was forbidden")
    if act.type in cues().sets["refuses"] and threat.kind != "promise":
        return "not", (0.7, f"{act.type} refuses what was asked")
    kind = cues().demands.get(threat.demand_type or "")
    if kind is None:
        return None, (0.0, "")
    fits = _fits(kind, act)
    if fits[0] < UNKNOWN:
        return None, fits
    return "complied fully" if fits[0] >= 0.7 else "complied partly", fits


def _sayings(case: _Case) -> Iterator[Candidate]:
    """Yield what claims of the thread themselves say came of it: "passed unheeded"."""
    threat = case.threat
    event = {one.claim: one.event for one in threat.utterances}
    for row in case.mine:
        if threat.deadline and row.day and row.day < threat.deadline.end:
            continue
        for axis, name, did in _SAYINGS:
            match = cues().says(name, row.claim.sentence.quote)
            if match is not None:
                yield Candidate(
                    event=event[row.claim.id], axis=axis, did=did, score=SAID, day=row.day,
                    timing=_when(threat, row.day),
                    features=(
                        Feature(name="actor", value=1.0, because="it speaks of this threat"),
                        Feature(name="act", value=0.8, because=f"it says “{match[0]}”"),
                        Feature(name="link", value=1.0, because="it names the threat itself"),
                    ),
                )  # fmt: skip


def _later(case: _Case, acts: Acts, doer: Sequence[Participant]) -> Iterator[Act]:
    """Yield the acts after a threat was made, by its sides or in articles that recall it."""
    threat = case.threat
    own = {one.event for one in threat.utterances}
    start = threat.issued or threat.first_reported
    if start is None:
        return
    end = threat.deadline.end + _AFTER if threat.deadline else start + _OPEN
    for act in acts.near(keys(doer), case.articles):
        fresh = act.start > start or (act.dated and act.start == start)
        if act.event not in own and fresh and act.day <= end:
            yield act


def _fits(kind: Kind | None, act: Act) -> tuple[float, str]:
    """Return how far an act carries out a cost or a demand, in words."""
    if kind is None:
        return UNKNOWN if act.type in _PLAIN else 0.0, "it is not said what was meant"
    value = max(kind.fits(claim.type, claim.modes) for claim in act.claims)
    words = {1.0: "is", 0.7: "may be", 0.5: "is in part", 0.0: "is not"}
    return value, f"{act.type} {words[value]} {kind.name}"


def _candidate(
    case: _Case,
    act: Act,
    *,
    axis: Axis,
    did: str,
    fits: tuple[float, str],
    sides: tuple[Sequence[Participant], Sequence[Participant]],
) -> Candidate:
    """Return an act as what one side did, with its features; 0 where too little is known."""
    features = (
        _who("actor", act.actors, sides[0], case.allied),
        Feature(name="act", value=fits[0], because=fits[1]),
        _who("recipient", act.recipients, sides[1], case.allied),
        _place(case, act),
        _link(case, act),
    )
    score = sum(WEIGHTS[one.name] * one.value for one in features)
    score *= (1.0 if act.dated else UNDATED) * _told(features)
    return Candidate(
        event=act.event, axis=axis, did=did, timing=_when(case.threat, act.day), day=act.day,
        features=features, score=round(score, 3),
    )  # fmt: skip


def _told(features: Sequence[Feature]) -> bool:
    """Return whether enough is known: who did it, and either to whom or that texts tie the two."""
    actor, _, recipient, _, link = (one.value for one in features)
    if recipient < UNKNOWN and link < 1.0:
        return False
    sure = actor > UNKNOWN or (actor == UNKNOWN and link >= _TIED)
    return sure and (recipient > UNKNOWN or link >= UNKNOWN or actor == 1.0)


def _who(
    name: Literal["actor", "recipient"],
    one: Sequence[Participant],
    other: Sequence[Participant],
    allied: Allies,
) -> Feature:
    """Return how far who did it, or whom it was done to, is the side that was meant."""
    if not one or not other:
        return Feature(name=name, value=UNKNOWN, because=f"the {name} is not known")
    like = likeness(one, other, allied)
    value = UNKNOWN if like.value is None else like.value
    return Feature(name=name, value=value, because=like.because)


def _place(case: _Case, act: Act) -> Feature:
    """Return whether an act was within the area that was named."""
    threat, area = case.threat, case.area
    spots = [claim.place for claim in act.claims if claim.place]
    if not spots or not (area or threat.cost_place):
        return Feature(name="place", value=UNKNOWN, because="no place was named for both")
    names = {p.name.casefold() for p in area} | {(threat.cost_place or "").casefold()}
    if any(spot.name.casefold() in names for spot in spots):
        return Feature(name="place", value=1.0, because=f"both name {spots[0].name}")
    lands = {p.country for p in area if p.country}
    if not lands:
        return Feature(name="place", value=UNKNOWN, because="the area that was named is not known")
    inside = any(spot.country in lands for spot in spots)
    wide = any(p.precision in ("country", "region", None) for p in area)
    value = (0.9 if wide else 0.6) if inside else 0.0
    where = "within" if inside else "outside"
    return Feature(name="place", value=value, because=f"{spots[0].name} is {where} the area")


def _link(case: _Case, act: Act) -> Feature:
    """Return what in a text ties an act to the threat."""
    if any(claim.response_to in case.names for claim in act.claims):
        return Feature(name="link", value=1.0, because="it is said to answer the threat")
    if any((c.article, c.sentence.start) in case.lines for c in act.claims):
        return Feature(name="link", value=1.0, because="one sentence tells of both")
    for claim in act.claims:
        match = cues().says("promised", claim.sentence.quote)
        if match is not None:
            return Feature(name="link", value=0.8, because=f"it says “{match[0]}”")
    if case.articles & act.articles:
        return Feature(name="link", value=0.6, because="one article tells of both")
    return Feature(name="link", value=0.0, because="no text ties it to the threat")


def _when(threat: Threat, day: date | None) -> Timing:
    """Return when something was, against the deadline; without one it is after the threat."""
    if threat.deadline is None or day is None:
        return "after"
    if day < threat.deadline.start:
        return "before"
    if day <= threat.deadline.end:
        return "at"
    return "grace" if day <= threat.deadline.end + timedelta(GRACE) else "after"
