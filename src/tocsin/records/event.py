"""Claims of one or many articles that are judged to be about one thing, and what they hold."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from tocsin.base.ids import digest
from tocsin.records.claim import Modality, PlacePrecision
from tocsin.records.origin import Credibility, Origin, Report

# FUSION.md, 2.4: how well an event is borne out.
Level = Literal["single origin", "relayed", "independent", "corroborated", "disputed", "retracted"]
DisputeKind = Literal["numeric", "place", "actor", "recipient", "occurrence", "time", "outcome"]
EdgeKind = Literal[
    "denies", "confirms", "retracts", "contradicts", "updates", "refines",
    "takes_responsibility", "blames", "content_of", "answers",
]  # fmt: skip
TOLLS = ("killed", "injured", "arrested", "displaced", "crowd")
# What an analyst may settle for a whole event; claims are corrected by themselves.
EVENT_SLOTS = (
    "type", "place", "time", "outcome", "actor", "recipient", "responsibility", "occurrence",
    *TOLLS,
)  # fmt: skip


class Held(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A value that claims give: who takes part, what came of it, where it was.

    `value` is an entity's id where there is one, else the name in lower case; `name` is for people
    to read.
    """

    value: str
    name: str
    claims: tuple[str, ...]
    origins: tuple[str, ...] = ()
    country: str | None = None
    sectors: tuple[str, ...] = ()


class Spot(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A place that claims give; `best` marks the finest one that no other speaks against."""

    name: str
    claims: tuple[str, ...]
    country: str | None = None
    geonames: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision | None = None
    best: bool = False


class Days(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Days from start to end, both included, that claims give for an event."""

    start: date | None
    end: date | None
    claims: tuple[str, ...]


class Toll(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A number of people as one claim has it, as of the day of its report."""

    low: int
    high: int | None
    claim: str
    origin: str
    as_of: date | None = None
    cumulative: bool = False


class Tally(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """All numbers of one kind: what the newest say, and between which bounds all of them lie.

    `best` is what the newest report of the best-borne-out origin gives; running totals stand beside
    and count in no bound.
    """

    kind: str
    low: int
    best: int
    high: int | None
    as_of: date | None
    given: tuple[Toll, ...]


class Dispute(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Claims that cannot both hold: the slot, the two sides with their claims, and why."""

    kind: DisputeKind
    slot: str
    sides: tuple[Held, ...]
    because: str


class Edge(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """How one claim stands to another."""

    claim: str
    kind: EdgeKind
    other: str
    slot: str | None = None
    because: str = ""


class Event(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One event with its reports, oldest first; every value carries the claims behind it.

    `reports` is every claim, `copies` how many of them stand in copied words, `independent` how
    many origins assert it after that. `modality` is the most real one that is asserted.
    """

    id: str
    type: str
    modality: Modality
    level: Level
    reports: tuple[Report, ...]
    origins: tuple[Origin, ...]
    independent: int
    copies: int
    articles: int
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[Held, ...] = ()
    recipients: tuple[Held, ...] = ()
    places: tuple[Spot, ...] = ()
    days: tuple[Days, ...] = ()
    start: date | None = None
    end: date | None = None
    first_reported: date | None = None
    last_reported: date | None = None
    outcomes: tuple[Held, ...] = ()
    tallies: tuple[Tally, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    edges: tuple[Edge, ...] = ()
    credibility: Credibility = 6
    title: str = ""

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of its claims."""
        return tuple(report.claim for report in self.reports)

    @property
    def place(self) -> Spot | None:
        """The finest place that is borne out, if there is one."""
        return next((spot for spot in self.places if spot.best), None)


def event_id(founder: str) -> str:
    """Return the name of an event: the claim that reported it first."""
    return digest("event", founder)
