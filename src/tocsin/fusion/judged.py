"""What analysts decided about the claims of an event, as merging needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Judged:
    """Claims that were rejected, and values that were chosen.

    `chosen` maps an event's founding claim and a slot ("type", "place", "killed", "outcome", …) to
    the value that a person holds right: a type, a place's name or GeoNames id, a number, a word.
    Corrections of claims are applied before merging and stand in the claims themselves.
    """

    rejected: frozenset[str] = frozenset()
    chosen: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def choice(self, founder: str, slot: str) -> str | None:
        """Return the value chosen for a slot of an event, if one was."""
        return self.chosen.get((founder, slot))


NOTHING = Judged()
