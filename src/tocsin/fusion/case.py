"""The claims of one event beside their reports, as everything that merges them asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tocsin.fusion.houses import by_id
from tocsin.fusion.origins import Traced
from tocsin.fusion.told import Told, order
from tocsin.records.claim import Claim, Count
from tocsin.records.event import TOLLS
from tocsin.records.origin import Origin, Report


@dataclass(frozen=True)
class Case:
    """Claims and reports in one order, oldest first, with the origins they go back to."""

    rows: tuple[Told, ...]
    traced: Traced

    @cached_property
    def report(self) -> Mapping[str, Report]:
        """The report of each claim."""
        return {report.claim: report for report in self.traced.reports}

    @cached_property
    def origin(self) -> Mapping[str, Origin]:
        """The origins by their ids."""
        return by_id(self.traced.origins)

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """The claims by their ids."""
        return {row.claim.id: row.claim for row in self.rows}

    @cached_property
    def counted(self) -> Mapping[str, list[tuple[Told, Count]]]:
        """The numbers that claims give, by kind, in order."""
        out: dict[str, list[tuple[Told, Count]]] = {}
        for row in self.rows:
            for kind in TOLLS:
                count: Count | None = getattr(row.claim, kind)
                if count is not None:
                    out.setdefault(kind, []).append((row, count))
        return out

    @cached_property
    def fallen(self) -> frozenset[str]:
        """The articles whose report of this event was taken back."""
        return taken_back([self.report[row.claim.id] for row in self.rows])

    @cached_property
    def standing(self) -> tuple[Told, ...]:
        """The claims that assert the event and were not taken back; all where none do."""
        kept = tuple(row for row in self.asserting if row.byline.article not in self.fallen)
        return kept or self.asserting or self.rows

    @cached_property
    def asserting(self) -> tuple[Told, ...]:
        """The claims that assert the event."""
        return tuple(row for row in self.rows if self.report[row.claim.id].stance == "asserts")

    def origins(self, rows: Sequence[Told]) -> tuple[str, ...]:
        """Return the origins of claims, in order of first appearance."""
        report = self.report
        return tuple(dict.fromkeys([report[row.claim.id].origin for row in rows]))

    def apart(self, one: Sequence[Told], other: Sequence[Told]) -> bool:
        """Return whether two sides are of different origins, so that they can gainsay each other.

        What one origin says twice is an update, and what one article says of one event in two ways
        on one origin's word is no quarrel.
        """
        return set(self.origins(one)).isdisjoint(self.origins(other))


def case(told: Sequence[Told], traced: Traced) -> Case:
    """Return the claims of an event with what they were traced to."""
    return Case(tuple(sorted(told, key=order)), traced)


def taken_back(reports: Sequence[Report]) -> frozenset[str]:
    """Return the articles whose report their outlet, or the one they relay, took back.

    A report that comes after the retraction stands for itself; `reports` are in order.
    """
    retracting: dict[str, int] = {}
    for at, one in enumerate(reports):
        if one.stance == "retracts":
            retracting.setdefault(one.outlet or one.article, at)
    return frozenset(
        one.article
        for at, one in enumerate(reports)
        if any(retracting.get(name, -1) >= at for name in one.path)
    )


def grouped(rows: Sequence[Told], key: Callable[[Told], str | None]) -> dict[str, list[Told]]:
    """Return claims by what they have in common, in order of first appearance."""
    out: dict[str, list[Told]] = {}
    for row in rows:
        if (name := key(row)) is not None:
            out.setdefault(name, []).append(row)
    return out
