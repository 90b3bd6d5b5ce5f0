"""Whether the other direction of a dyad helps to foretell it: `python -m evaluation.answers`.

Dyads come in pairs, A towards B and B towards A; weekly counts excite themselves, and in a share
each other. Every sixth week the four weeks ahead are foretold by the pool of
`tocsin.watch.forecast`, with the other direction in its self-exciting part and without it. The term
may stay where it wins in both halves of the weeks if counts do answer each other, and loses nothing
if they do not.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tocsin.score import chances, rules
from tocsin.watch import forecast, hawkes
from tocsin.watch.forecast import WEEKLY, Made
from tocsin.watch.shape import Floats

DYADS, WEEKS, FIRST, EVERY, SEEDS = 80, 150, 98, 12, 3
FAST, SLOW, SIZE, LEVEL = 0.3, 0.2, 5.0, 0.8
SHARES = (0.0, 0.1, 0.2)


def world(share: float, seed: int) -> NDArray[np.int64]:
    """Return weekly counts of dyads; rows 0 and 1, 2 and 3 and so on answer each other."""
    generator = np.random.default_rng(seed)
    level = LEVEL * np.exp(generator.standard_normal(DYADS))
    keep = 0.5 ** (1 / np.array(hawkes.WEEKLY))
    means = np.repeat(level[:, None], 2, 1)
    other, out = opposite(DYADS), np.zeros((DYADS, WEEKS), np.int64)
    for week in range(WEEKS):
        own = level * (1 - FAST - SLOW - share) + means @ np.array([FAST, SLOW])
        rate = own + share * means[other, 0] * level / level[other]
        out[:, week] = generator.poisson(generator.gamma(SIZE, rate / SIZE))
        means = means * keep + out[:, week, None] * (1 - keep)
    return out


def opposite(number: int) -> NDArray[np.intp]:
    """Return the row of each dyad's other direction."""
    return np.arange(number, dtype=np.intp) ^ 1


def scores(made: Made, came: Floats) -> tuple[Floats, Floats]:
    """Return the CRPS and log score of forecasts by series and weeks ahead."""
    crps = np.zeros(came.shape)
    for some, points, below in made.tables():
        crps[some] = rules.crps(points, below, np.minimum(came[some], points[-1]))
    return crps, rules.log_score(made.mass(came))


def study(share: float) -> tuple[Floats, Floats, NDArray[np.intp], float]:
    """Return what the term saves in CRPS and log score by origin and dyad, the halves, its share.

    The last is the share that is fitted, the mean over dyads.
    """
    gains: tuple[list[Floats], list[Floats]] = ([], [])
    half: list[int] = []
    found: list[float] = []
    for seed in range(1, SEEDS + 1):
        counts = world(share, seed)
        origins = range(FIRST, WEEKS - max(WEEKLY.horizons) + 1, EVERY)
        for at, origin in enumerate(origins):
            known, came = counts[:, :origin], counts[:, origin : origin + 4].astype(float)
            plain = scores(forecast.forecast(known, WEEKLY), came)
            made = forecast.forecast(known, WEEKLY, reverse=opposite(DYADS))
            for kept, before, after in zip(gains, plain, scores(made, came), strict=True):
                kept.append((before - after).mean(1))
            half.append(2 * at // len(origins))
            found.append(0.0 if made.model.answer is None else float(made.model.answer.mean()))
    crps, log = (np.stack(side) for side in gains)
    return crps, log, np.array(half), float(np.mean(found))


def report() -> Iterator[str]:
    """Yield a table of what the term saves, by how much counts answer each other."""
    yield "| share | fitted | CRPS saved, first half | second | log, first half | second |"
    yield "|---|---|---|---|---|---|"
    for share in SHARES:
        *gains, half, found = study(share)
        cells = []
        for gain in gains:
            for part in (0, 1):
                some = np.asarray(gain)[half == part]
                blocks = np.broadcast_to(np.arange(some.shape[1]), some.shape)
                mean, low, high = chances.bootstrap(some.ravel(), blocks.ravel())
                cells.append(f"{mean:+.4f} ({low:+.4f} to {high:+.4f})")
        yield f"| {share:.1f} | {found:.3f} | {' | '.join(cells)} |"


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
