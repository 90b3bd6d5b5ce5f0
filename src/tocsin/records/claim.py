"""That an article says this happened, or was threatened, denied, planned; on whose word."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from tocsin.base.errors import RecordError
from tocsin.base.ids import digest
from tocsin.records.evidence import Reason, Span

Modality = Literal["actual", "negated", "future", "possible", "conditional", "requested"]
Style = Literal["direct", "indirect", "mixed"]
Outcome = Literal["intercepted", "foiled", "failed"]
PlacePrecision = Literal["country", "region", "place", "point"]
TimePrecision = Literal[
    "day", "days", "weekend", "week", "month", "season", "quarter", "half", "year", "decade",
    "century", "past", "present", "future",
]  # fmt: skip


class Participant(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """An actor, recipient or speaker as the article has it; `unknown` says why a field is empty.

    `country` is ISO 3166-1 alpha-3, `IGO` or `NGO`; `sectors` are PLOVER's codes.
    """

    span: Span
    name: str
    entity: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    unknown: str | None = None


class Attribution(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """The chain of speakers a claim comes through, outermost first, the outlet itself left out."""

    chain: tuple[Participant, ...]
    cue: Span | None = None
    style: Style = "indirect"


class Condition(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The condition a claim stands under."""

    span: Span
    kind: Literal["if", "unless"]


class Interval(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Days from start to end, both included, as far as the text gives them.

    `precision` is the size of the unit that the words name.
    """

    start: date | None
    end: date | None
    span: Span
    precision: TimePrecision | None = None


class Place(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Where a claim happens; coordinates only where the evidence names a place that has them."""

    span: Span
    name: str
    country: str | None = None
    geonames: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision | None = None
    unknown: str | None = None


class Count(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A number of people as stated: `high` is empty where the text sets no upper bound.

    `group` is who is counted, where the text says it; `cumulative` marks a running total ("bringing
    the toll to 41") that holds more than this event.
    """

    low: int
    high: int | None
    span: Span
    group: Span | None = None
    cumulative: bool = False

    def __post_init__(self) -> None:
        if self.high is not None and self.high < self.low:
            raise RecordError(f"count from {self.low} to {self.high}: the low bound comes first")


class Claim(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One mention of an event in one article, every filled field tied to its characters."""

    id: str
    article: str
    type: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    trigger: Span
    sentence: Span
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    modality: Modality
    condition: Condition | None = None
    deadline: Interval | None = None
    attribution: Attribution | None = None
    content_of: str | None = None
    response_to: str | None = None
    same_as: str | None = None
    denied_by: tuple[Participant, ...] = ()
    outcome: Outcome | None = None
    date: Interval | None = None
    place: Place | None = None
    killed: Count | None = None
    injured: Count | None = None
    arrested: Count | None = None
    displaced: Count | None = None
    crowd: Count | None = None
    confidence: float
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise RecordError(f"confidence {self.confidence}: expected a number from 0 to 1")
        if not self.sentence.covers(self.trigger):
            raise RecordError(
                f"trigger {self.trigger.quote!r} stands outside its sentence; "
                "give the sentence that holds it"
            )


def claim_id(article: str, kind: str, trigger: Span) -> str:
    """Return the name of a claim: its article, its type and the words that express it."""
    return digest("claim", article, kind, str(trigger.start), str(trigger.end))
