"""Distributions as answers to questions, and as the scoreboard reads them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from msgspec import structs

from tocsin.records.forecast import (
    Forecast,
    Interval,
    Part,
    Question,
    Rule,
    forecast_id,
    question_id,
)
from tocsin.records.series import DAYS, Key
from tocsin.watch import conformal, forecast, paths
from tocsin.watch.forecast import Made
from tocsin.watch.scene import whose
from tocsin.watch.series import Counts
from tocsin.watch.shape import Floats, Shape

SHARES = (0.5, 0.8, 0.95)
RESOLVER = "tocsin: counts of the series as known on the deadline"
_ASKED: dict[Rule, str] = {
    "count": "How many events of {what} in {days}?",
    "some": "One or more events of {what} in {days}?",
    "surge": "A surge of {what} in {days}: twice the mean of the four weeks before, "
    "which is one a week or more?",
    "high": "More events of {what} in {days} than in any of the 52 weeks before?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms something is foretold.

    `data` names what the counts were made of, `stamp` how; questions are settled `wait` days after
    their time is over. `names` has what units are called in sentences, by their names.
    """

    data: str
    stamp: str
    wait: int
    names: Mapping[str, str]


def answers(held: Counts, made: Made, terms: Terms) -> Iterator[tuple[Question, Forecast]]:
    """Yield each question of each series with its answer."""
    pooled, bounds = made.pooled, _bounds(made)
    window = held.counts[:, -made.design.window :]
    some = 1 - made.cdf(np.zeros(1))[..., 0]
    for row, key in enumerate(held.keys):
        chances: dict[Rule, Floats] = {"some": some[row]}
        chances |= _chances(held, made, row, key)
        for at, lead in enumerate(made.design.horizons):
            blank = Forecast(
                id="", question="", issued=held.on, lead=lead, data=terms.data,
                stamp=terms.stamp, stratum=forecast.STRATA[made.strata[row]],
            )  # fmt: skip
            asked = _question("count", key, held, lead, terms)
            yield asked, structs.replace(
                _named(blank, asked), parts=_parts(pooled, row, at),
                curve=tuple(_short(level) for level in made.curves[row, at].tolist()),
                median=float(bounds[row, at, 0]), intervals=_intervals(bounds[row, at]),
                window=tuple(window[row].tolist()),
            )  # fmt: skip
            for rule, told in chances.items():
                asked = _question(rule, key, held, lead, terms)
                yield asked, structs.replace(_named(blank, asked), chance=_chance(told[at]))


def distribution(said: Sequence[Forecast]) -> tuple[Shape, Floats]:
    """Return the distributions of counts as they were issued, a row a forecast, and curves."""
    wide = max((len(one.parts) for one in said), default=0)
    table = np.zeros((len(said), 1, wide, 3))
    for row, one in enumerate(said):
        for at, (weight, mean, size) in enumerate(one.parts):
            table[row, 0, at] = (weight, mean, np.inf if size is None else size)
    curves = np.array([one.curve or conformal.LEVELS for one in said])[:, None, :]
    return Shape(table[..., 0], table[..., 1], table[..., 2]), curves


def _question(rule: Rule, key: Key, held: Counts, lead: int, terms: Terms) -> Question:
    width = DAYS[held.step]
    start = held.start + timedelta(days=width * (held.counts.shape[1] + lead - 1))
    end = start + timedelta(days=width - 1)
    where = terms.names.get(key.unit.name, key.unit.name)
    days = f"the week from {start} to {end}" if held.step == "week" else start.isoformat()
    return Question(
        id=question_id(rule, key.id, held.step, start, end),
        text=_ASKED[rule].format(what=f"{key.family} {whose(where)}", days=days),
        rule=rule, start=start, end=end, deadline=end + timedelta(days=terms.wait),
        resolver=RESOLVER, key=key, step=held.step,
    )  # fmt: skip


def _named(blank: Forecast, asked: Question) -> Forecast:
    name = forecast_id(asked.id, blank.issued)
    return structs.replace(blank, id=name, question=asked.id)


def _chances(held: Counts, made: Made, row: int, key: Key) -> dict[Rule, Floats]:
    """Return by horizon the chances of a surge and of a new high; for weeks alone."""
    if held.step != "week":
        return {}
    drawn = paths.courses(made, row, max(made.design.horizons), paths.seeded(key.id, held.on))
    at, counts = np.array(made.design.horizons) - 1, held.counts[row]
    chances: dict[Rule, Floats] = {
        "surge": paths.surges(counts, drawn),
        "high": paths.heights(counts, drawn),
    }
    # That no course did so is no proof that none can.
    return {
        rule: (len(drawn) * told[at] + 0.5) / (len(drawn) + 1) for rule, told in chances.items()
    }


def _chance(value: float) -> float:
    return min(max(round(float(value), 6), 0.0), 1.0)


def _short(value: float) -> float:
    return float(f"{value:.6g}")


def _parts(pooled: Shape, row: int, at: int) -> tuple[Part, ...]:
    """Return the parts of a distribution, equal ones as one."""
    held: dict[tuple[float, float | None], float] = {}
    columns = (side[row, at].tolist() for side in (pooled.weight, pooled.mean, pooled.size))
    for weight, mean, size in zip(*columns, strict=True):
        kind = (_short(mean), None if np.isinf(size) else _short(size))
        if weight > 0:
            held[kind] = held.get(kind, 0.0) + weight
    return tuple((_short(weight), mean, size) for (mean, size), weight in held.items())


def _intervals(bounds: Floats) -> tuple[Interval, ...]:
    number = len(SHARES)
    low, high = bounds[1 : 1 + number].tolist(), bounds[1 + number :].tolist()
    return tuple(Interval(*one) for one in zip(SHARES, low, high, strict=True))


def _bounds(made: Made) -> Floats:
    """Return by series and horizon the median, the lower bounds, the upper bounds."""
    tails = [(1 - share) / 2 for share in SHARES]
    wanted = [0.5, *tails, *(1 - tail for tail in tails)]
    out = np.zeros((*made.weights.shape[:2], len(wanted)))
    for some, points, below in made.tables():
        for at, level in enumerate(wanted):
            # The last point stands for all above it.
            reached = below >= level - 1e-9
            reached[..., -1] = True
            out[some, :, at] = points[reached.argmax(-1)]
    return out
