"""Something an analyst should look at now, with all that it rests on."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from tocsin.base.ids import digest
from tocsin.records.series import Unit, UnitKind

# What `docs/signals.md` describes, in its order; `rule` is one that an analyst wrote.
SignalKind = Literal[
    "surge", "rising", "class", "exceedance", "change", "silence", "ladder", "deadline", "rule",
]  # fmt: skip
# How a sentence ends that says that what a signal is held against may only not have been read.
UNREAD = "before that it may only be unread."
KINDS: tuple[SignalKind, ...] = get_args(SignalKind)
# What a signal is about: a country, a first-order area, a directed dyad, a place or source that
# fell silent. `any` is what a rule looks at that tells units apart by nothing.
About = Literal["country", "area", "dyad", "place", "source", "any"]


class Signal(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One signal of a day; it depends on nothing that was reported, or happened, after it.

    `value` is what was found, `threshold` what it had to reach and `baseline` what is usual, all
    in the unit that `because` names in its sentence. `events` are those behind it, newest first;
    of a deadline they are the threats. `settings` is every number that another result would need.
    """

    id: str
    kind: SignalKind
    about: About
    unit: str
    family: str
    day: date
    value: float
    threshold: float
    because: str
    baseline: float | None = None
    events: tuple[str, ...] = ()
    settings: dict[str, int | float | str] = {}
    rule: str | None = None

    @property
    def topic(self) -> str:
        """What stays the same while the same signal goes on day after day."""
        return digest("topic", self.kind, self.about, self.unit, self.family, self.rule or "")

    @property
    def unread(self) -> bool:
        """Whether nothing of the unit was read before the time that it is held against."""
        return self.because.endswith(UNREAD)

    @property
    def of(self) -> Unit | None:
        """The unit that it is about, a pair as a dyad; None for a source, or where it is of all."""
        if self.about in {"source", "any"}:
            return None
        kind: UnitKind = "area" if self.unit.isdecimal() else "country"
        kind = "dyad" if self.about == "dyad" else kind
        return Unit(kind, self.unit.replace("~", ">"))


def signal_id(
    kind: SignalKind,
    *,
    about: About,
    unit: str,
    family: str,
    day: date,
    settings: dict[str, int | float | str],
    rule: str | None = None,
) -> str:
    """Return the name of a signal: what it is about, when, and under which settings."""
    told = msgspec.json.encode(settings, order="deterministic").decode()
    return digest("signal", kind, about, unit, family, day.isoformat(), told, rule or "")
