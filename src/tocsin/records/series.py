"""Counts of events through time: of whom or where, of which family, by day or by week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from tocsin.base.ids import digest

UnitKind = Literal["country", "area", "dyad"]
# PLOVER's four corners as in the packaged ontology, with protest taken out of material conflict.
Family = Literal[
    "material conflict", "verbal conflict", "material cooperation", "verbal cooperation", "protest"
]
FAMILIES: tuple[Family, ...] = (
    "material conflict", "verbal conflict", "material cooperation", "verbal cooperation", "protest",
)  # fmt: skip
Step = Literal["day", "week"]
# `event` goes by the first day that an event was on, `report` by the day of its first report.
Clock = Literal["event", "report"]
DAYS: dict[Step, int] = {"day": 1, "week": 7}


class Unit(Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """What is counted over.

    A country is named by ISO 3166-1 alpha-3, an area (a country's first-order division) by its
    GeoNames id, a dyad by who acts and who is acted on: "ISR>IRQ".
    """

    kind: UnitKind
    name: str


class Party(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a unit's name: a country, an area, who acts or is acted on.

    `country` is ISO 3166-1 alpha-2, by which other languages know it. With a `sector` it is those
    of the country that nobody named: "SDN-REB" are rebels of Sudan.
    """

    name: str
    country: str | None = None
    sector: str | None = None


class Key(Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """Which series it is."""

    unit: Unit
    family: Family

    @property
    def id(self) -> str:
        """The name that is made of it."""
        return digest("series", self.unit.kind, self.unit.name, self.family)


class Series(Struct, frozen=True, forbid_unknown_fields=True):
    """Events a step, oldest first, from the step that begins on `start`; weeks begin on Mondays."""

    key: Key
    step: Step
    start: date
    counts: tuple[int, ...]

    @property
    def end(self) -> date:
        """The last day of the last step."""
        return self.start + timedelta(days=DAYS[self.step] * len(self.counts) - 1)
