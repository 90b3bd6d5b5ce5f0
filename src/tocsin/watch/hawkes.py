"""Counts that bring about counts: a self-exciting negative binomial by steps, for many series.

    count of a step ~ negative binomial of mean rate, size r
    rate = seen * (calm * level + quick * fast + steady * slow)

`level` is the series' mean over its history, drawn towards all series' mean; `fast` and `slow` are
exponentially weighted means of its earlier counts. `calm`, `quick` and `steady` are shares, the
same for no two series: each is drawn towards what all series of the fit have together, by gamma
distributions (empirical Bayes), the more the less a series says. `seen` is the size of the panel
times the completeness of a step.

Fitted by expectation and maximisation, all series at once; Poisson, with each series' evidence
divided by its dispersion.

A directed dyad also has the other direction's fast mean in its rate, by a share of its own that is
fitted with the others: who is struck strikes back. Ahead, that mean goes back to its own long one
by the slow half-life.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.watch.baseline import Counts, sized
from tocsin.watch.shape import Floats, Shape, one

# Half-lives in steps: weeks (WATCH, 4) and days.
WEEKLY = (1.0, 8.0)
DAILY = (2.0, 21.0)
# The share of events that others bring about stays below this: more would grow without end.
MOST = 0.98
ROUNDS = 30
# Steps at the start from which the first means are taken; they are not fitted.
LEAD = 8
# How many steps all series' mean counts for against a series' own.
SHRINK = 4.0
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Fit:
    """What was fitted: `shares` (calm, quick, steady) and `size` by series, `level`, half-lives.

    `answer` is the share of the other direction, None where no series has one.
    """

    shares: Floats
    size: Floats
    level: Floats
    halves: tuple[float, float]
    answer: Floats | None = None


@dataclass(frozen=True, slots=True)
class State:
    """The means of earlier counts as a step begins, fast and slow, by series."""

    means: Floats


def fit(
    counts: Counts,
    halves: tuple[float, float] = WEEKLY,
    *,
    seen: Floats | None = None,
    strength: float = 20.0,
    reverse: NDArray[np.intp] | None = None,
) -> Fit:
    """Return the model of each series; `strength` is how many events all series' shares count for.

    It takes at least nine steps. `reverse` is the row of each series' other direction, -1 for none.
    """
    seen = np.ones(counts.shape) if seen is None else seen
    level = levels(counts, seen)
    whole = means(counts, halves, seen)
    past = whole[:, LEAD:-1]
    parts = np.concatenate([np.broadcast_to(level[:, None, None], (*past.shape[:2], 1)), past], 2)
    if reverse is not None:
        parts = np.concatenate([parts, opposite(whole, reverse)[:, LEAD:-1, None]], 2)
    parts = parts * seen[:, LEAD:, None]
    some = counts[:, LEAD:].astype(float)
    row, step = np.nonzero(some)
    came = _Came(row, some[row, step], np.ascontiguousarray(parts[row, step].T), parts.sum(1))
    together = _together(came)
    heat = np.ones(len(some))
    shares = together.repeat(len(some), 0)
    for rounds in (ROUNDS, ROUNDS // 2):
        shares = _shares(came, 1 / heat, together, shares, strength=strength, rounds=rounds)
        size = sizes(some, np.einsum("stp,sp->st", parts, shares))
        heat = 1 + level / size
    answer = None if reverse is None else shares[:, 3]
    return Fit(_tamed(shares[:, :3]), size, level, halves, answer)


def levels(counts: Counts, seen: Floats) -> Floats:
    """Return the mean of each series, drawn towards the mean of all."""
    everywhere = counts.sum() / max(seen.sum(), _TINY)
    return np.asarray((counts.sum(1) + SHRINK * everywhere) / (seen.sum(1) + SHRINK))


def means(counts: Counts, halves: tuple[float, float], seen: Floats | None = None) -> Floats:
    """Return the weighted means before each step and after the last: series, step, fast and slow.

    Each depends on no later count, but for the first steps, which all begin from their mean.
    """
    full = counts if seen is None else counts / np.maximum(seen, _TINY)
    keep = 0.5 ** (1 / np.array(halves))
    out = np.empty((len(counts), counts.shape[1] + 1, 2))
    out[:, 0] = full[:, :LEAD].mean(1)[:, None]
    for step in range(counts.shape[1]):
        out[:, step + 1] = out[:, step] * keep + full[:, step, None] * (1 - keep)
    return out


def opposite(whole: Floats, reverse: NDArray[np.intp]) -> Floats:
    """Return the fast means of each series' other direction, by step; 0 where there is none."""
    return np.where(reverse[:, None] >= 0, whole[reverse, :, 0], 0.0)


def beside(whole: Floats, reverse: NDArray[np.intp] | None) -> Floats | None:
    """Return by series the other direction's fast mean after the last step, and its long one."""
    if reverse is None:
        return None
    other = opposite(whole, reverse)
    return np.stack([other[:, -1], other.mean(1)], 1)


def answered(made: Fit, others: Floats | None, step: int) -> Floats:
    """Return what the other direction adds to each series' rate so many steps on, from 0 on."""
    if made.answer is None or others is None:
        return np.zeros(len(made.level))
    now, usual = others.T
    return np.asarray(made.answer * (usual + (now - usual) * 0.5 ** (step / made.halves[1])))


def ahead(made: Fit, state: Floats, horizons: int, others: Floats | None = None) -> Shape:
    """Return the forecasts of the next steps, from the means as they are after the last step.

    Mean and variance are exact but for those of the other direction, which `beside` gives; a
    negative binomial has them.
    """
    keep = 0.5 ** (1 / np.array(made.halves))
    pull = made.shares[:, 1:]
    base = made.shares[:, 0] * made.level
    # Means of a step follow from those before: m' = keep * m + (1 - keep) * count.
    turn = np.eye(2) * keep + (1 - keep)[:, None] * pull[:, None, :]
    push = (1 - keep)[:, None] * (1 - keep)[None, :]
    middle, spread = state.copy(), np.zeros((len(state), 2, 2))
    rows: list[tuple[Floats, Floats]] = []
    for step in range(horizons):
        rate = base + (pull * middle).sum(1) + answered(made, others, step)
        unsure = np.einsum("si,sij,sj->s", pull, spread, pull)
        noise = rate + (rate**2 + unsure) / made.size
        rows.append((rate, noise + unsure))
        middle = middle * keep + rate[:, None] * (1 - keep)
        spread = turn @ spread @ turn.transpose(0, 2, 1) + noise[:, None, None] * push
    mean, variance = (np.stack(side, 1) for side in zip(*rows, strict=True))
    return one(mean, sized(mean, variance))


def sizes(counts: Floats, rates: Floats, prior: float = 10.0) -> Floats:
    """Return the size of each series by the spread of its counts around its rates.

    All series' own size counts for so many steps' worth of spread.
    """
    extra = (counts - rates) ** 2 - rates
    whole = max(float(extra.sum()) / max(float((rates**2).sum()), _TINY), 1e-3)
    square = (rates**2).sum(1)
    typical = prior * (square / counts.shape[1] + _TINY)
    over = (extra.sum(1) + typical * whole) / (square + typical)
    return np.asarray(1 / np.clip(over, 1e-2, 50))


@dataclass(frozen=True, slots=True)
class _Came:
    """The counts above zero, of which series each is and what its rate is made of.

    `whole` is what the rates of all steps are made of, by series.
    """

    row: NDArray[np.intp]
    count: Floats
    parts: Floats
    whole: Floats


def _together(came: _Came) -> Floats:
    """Return the shares under which all counts are likeliest, if all series had the same."""
    number = len(came.parts)
    shares, whole = np.full(number, 1 / number), np.maximum(came.whole.sum(0), _TINY)
    for _ in range(ROUNDS):
        rate = np.maximum(shares @ came.parts, _TINY)
        shares = shares * (came.parts @ (came.count / rate)) / whole
    return np.asarray(shares[None, :])


def _shares(
    came: _Came, worth: Floats, centre: Floats, shares: Floats, *, strength: float, rounds: int
) -> Floats:
    """Return the shares of each series by its counts, and gamma priors of so many events."""
    count = came.count * worth[came.row]
    pulled = worth[:, None] * came.whole + strength
    for _ in range(rounds):
        rate = np.maximum(np.einsum("pn,np->n", came.parts, shares[came.row]), _TINY)
        ratio = count / rate
        credit = np.stack(
            [np.bincount(came.row, ratio * part, len(worth)) for part in came.parts], 1
        )
        shares = (credit * shares + strength * centre) / pulled
    return shares


def _tamed(shares: Floats) -> Floats:
    """Return shares under which events do not bring about ever more events."""
    bred = shares[:, 1:].sum(1)
    factor = np.minimum(1, MOST / np.maximum(bred, _TINY))
    return np.concatenate([shares[:, :1], shares[:, 1:] * factor[:, None]], 1)
