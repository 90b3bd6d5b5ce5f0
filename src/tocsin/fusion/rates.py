"""Statistics of a ledger: who has what open, who follows through, how soon, how often it moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median

import numpy as np
from msgspec import Struct

from tocsin.base.shares import interval
from tocsin.fusion.lifecycle import SOON, closed, due
from tocsin.fusion.sides import key
from tocsin.records.threat import Threat

# A share of fewer threats than this is not shown.
FEWEST = 5
# The chance that what is so lies beyond either bound of a share.
OUT = 0.025
# Kinds by which an issuer binds itself; warnings, deadlines and demands bind nobody.
BINDING = frozenset({"compellent", "deterrent", "unconditional", "ultimatum"})
_DONE = frozenset({"carried out as stated", "lesser form", "different cost", "acted before"})
_UNDONE = frozenset({"not carried out", "withdrew"})


class Share(Struct, frozen=True, kw_only=True):
    """How many of how many; `value` with the bounds of 95 % under a flat prior, Beta(1, 1).

    Where there are fewer than five, value and bounds are hidden and `note` says so.
    """

    count: int
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


class Step(Struct, frozen=True, kw_only=True):
    """From so many days on, the share of threats that have not been carried out (Kaplan-Meier)."""

    days: int
    waiting: float
    at_risk: int


class Load(Struct, frozen=True, kw_only=True):
    """What one issuer has open, and what of that may fall due within a week."""

    issuer: str
    open: int
    due: int


class Rates(Struct, frozen=True, kw_only=True):
    """The statistics of a ledger on a day; `slippage` is the median of days deadlines moved by."""

    loads: tuple[Load, ...]
    followed: Share
    followed_by: Mapping[str, Share]
    waiting: tuple[Step, ...]
    extended: Share
    slippage: float | None
    single: Share


def rates(threats: Sequence[Threat], today: date, *, soon: int = SOON) -> Rates:
    """Return the statistics of threats as they stand on a day.

    Follow-through counts settled threats alone, of kinds that bind the issuer: those it carried out
    against those it did not or took back. What nobody could tell is in neither.
    """
    settled = [
        one for one in threats if one.kind in BINDING and one.outcome.issuer in _DONE | _UNDONE
    ]
    timed = [one for one in threats if one.deadline is not None]
    slips = [
        (one.deadline.end - one.moved_from[0].end).days
        for one in timed
        if one.deadline is not None and one.moved_from
    ]
    return Rates(
        loads=_loads(threats, today, soon),
        followed=_followed(settled),
        followed_by={
            name: _followed([one for one in settled if issuer(one) == name])
            for name in sorted({issuer(one) for one in settled})
        },
        waiting=waiting(threats, today),
        extended=share(sum(bool(one.moved_from) for one in timed), len(timed)),
        slippage=float(median(slips)) if slips else None,
        single=share(sum(one.independent == 1 for one in threats), len(threats)),
    )


def share(count: int, n: int) -> Share:
    """Return a share with its interval; hidden where it rests on fewer than five."""
    if n < FEWEST:
        return Share(count=count, n=n, note=f"hidden: {n} threats, fewer than {FEWEST}")
    low, high = interval(count, n, OUT)
    return Share(count=count, n=n, value=(count + 1) / (n + 2), low=low, high=high)


def waiting(threats: Iterable[Threat], today: date) -> tuple[Step, ...]:
    """Return the share of threats not carried out after so many days since they were made.

    A threat that ended otherwise counts until then, an open one until the day.
    """
    done: list[int] = []
    still: list[int] = []
    for one in threats:
        if one.kind not in BINDING or one.issued is None:
            continue
        end = one.last_reported if closed(one) and one.last_reported else today
        acted = acted_on(one)
        days = ((acted or end) - one.issued).days
        (done if acted is not None else still).append(max(days, 0))
    if not done:
        return ()
    from scipy.stats import CensoredData, ecdf  # noqa: PLC0415 - slow to import

    curve = ecdf(CensoredData(uncensored=np.array(done, float), right=np.array(still, float))).sf
    every = np.array(done + still)
    return tuple(
        Step(days=int(day), waiting=float(left), at_risk=int((every >= day).sum()))
        for day, left in zip(curve.quantiles, curve.probabilities, strict=True)
        if day in set(done)
    )


def acted_on(threat: Threat) -> date | None:
    """Return the day on which the issuer carried a threat out, where that is settled."""
    if threat.outcome.issuer not in _DONE:
        return None
    days = [
        one.day
        for one in threat.candidates
        if one.confirmed and one.axis == "issuer" and one.day is not None
    ]
    return min(days, default=None)


def issuer(threat: Threat) -> str:
    """Return what a threat is counted under: the issuer's country or entity, else its name."""
    if not threat.issuer:
        return "unknown"
    return key(threat.issuer[0]) or threat.issuer[0].name


def _loads(threats: Iterable[Threat], today: date, soon: int) -> tuple[Load, ...]:
    live = [one for one in threats if one.status not in ("resolved", "withdrawn", "lapsed", "void")]
    opened = Counter(issuer(one) for one in live)
    near = Counter(issuer(one) for one in live if due(one, today, within=soon))
    return tuple(
        Load(issuer=name, open=count, due=near[name])
        for name, count in sorted(opened.items(), key=lambda one: (-one[1], one[0]))
    )


def _followed(settled: Sequence[Threat]) -> Share:
    return share(sum(one.outcome.issuer in _DONE for one in settled), len(settled))
