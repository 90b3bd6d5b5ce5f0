"""The ledger's row: who threatens, demands or warns of what, until when, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from tocsin.base.ids import digest
from tocsin.records.claim import Participant
from tocsin.records.evidence import Span
from tocsin.records.origin import Origin

# FUSION.md, 1.2 and 1.3.
ThreatKind = Literal[
    "compellent", "deterrent", "unconditional", "ultimatum", "demand", "warning",
    "civilian-warning", "deadline", "promise",
]  # fmt: skip
Status = Literal["open", "due", "grace", "extended", "withdrawn", "resolved", "lapsed", "void"]
Polarity = Literal["if", "unless", "until", "when"]
Basis = Literal["explicit", "relative", "implicit", "none"]
Certainty = Literal["will", "may", "reserves"]
# `recalls` looks back at a threat, and neither makes nor keeps it.
Does = Literal["issues", "restates", "extends", "revises", "withdraws", "denies", "recalls"]
Authority = Literal["can bind", "cannot bind", "unknown"]
TargetDid = Literal[
    "complied fully", "complied partly", "complied symbolically", "not", "did the forbidden act",
    "forbidden act did not occur", "cannot tell",
]  # fmt: skip
IssuerDid = Literal[
    "carried out as stated", "lesser form", "different cost", "not carried out", "withdrew",
    "extended", "acted before", "cannot tell",
]  # fmt: skip
Timing = Literal["before", "at", "grace", "after", "still open"]
Reading = Literal["conceded", "stood firm", "backed down so far", "not tested"]


class Utterance(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One claim that makes, repeats, extends, softens, takes back or recalls a threat."""

    claim: str
    article: str
    event: str
    day: date | None
    does: Does = "restates"
    origin: str | None = None
    quote: Span | None = None


class Deadline(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """The days on which a threat falls due, both included; `claim` has the words."""

    start: date
    end: date
    basis: Basis
    claim: str
    quote: Span | None = None


class Feature(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One of the five things that speak for or against an outcome, in words."""

    name: Literal["actor", "recipient", "act", "place", "link"]
    value: float
    because: str


class Candidate(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """An event that may be the outcome of a threat: a suggestion until a person confirms it.

    `axis` says whether it is what the issuer did or what the target did, `day` when.
    """

    event: str
    axis: Literal["issuer", "target"]
    did: str
    timing: Timing
    day: date | None = None
    features: tuple[Feature, ...]
    score: float
    confirmed: bool = False


class Outcome(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What came of a threat, on two axes and a time; `evidence` are events."""

    target: TargetDid = "cannot tell"
    issuer: IssuerDid = "cannot tell"
    timing: Timing = "still open"
    reading: Reading | None = None
    evidence: tuple[str, ...] = ()


class Threat(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A thread of claims that threaten, demand with a deadline or a cost, warn, or set a deadline.

    `issuer` is who binds itself; for a warning `issuer` is who warns and `by` whose act is warned
    of. `demand`, `cost` and `condition` are the words of the article that has them first, with the
    claims they stand for; `object` is who or what would be hit. Specificity runs from 0 to 3 for
    the demand, the cost and the time, `gravity` from 0 to 6 where the cost is known. `answers` are
    threats of the other side that stood when this one was made, `signals` events by which the
    issuer shows that it means it.
    """

    id: str
    kind: ThreatKind
    status: Status
    issuer: tuple[Participant, ...]
    target: tuple[Participant, ...]
    utterances: tuple[Utterance, ...]
    by: tuple[Participant, ...] = ()
    demand: Span | None = None
    demand_claim: str | None = None
    demand_type: str | None = None
    condition: Span | None = None
    polarity: Polarity | None = None
    cost: Span | None = None
    cost_type: str | None = None
    cost_claim: str | None = None
    cost_place: str | None = None
    object: tuple[Participant, ...] = ()
    gravity: int | None = None
    authority: Authority = "unknown"
    modes: tuple[str, ...] = ()
    certainty: Certainty = "will"
    specificity: tuple[int, int, int] = (0, 0, 0)
    issued: date | None = None
    first_reported: date | None = None
    last_reported: date | None = None
    deadline: Deadline | None = None
    moved_from: tuple[Deadline, ...] = ()
    outcome: Outcome = Outcome()
    candidates: tuple[Candidate, ...] = ()
    answers: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    independent: int = 0
    title: str = ""


def threat_id(founder: str) -> str:
    """Return the name of a threat: the claim that reported it first."""
    return digest("threat", founder)
