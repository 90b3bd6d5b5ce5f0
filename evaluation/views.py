"""Forecasts of deaths by country and month, held against the benchmarks of ViEWS.

The data are ViEWS's country-months: features up to an October, and state-based deaths of the twelve
months of the year after next month but one (three to fourteen months ahead). A forecaster is given
nothing but the deaths of each country up to that October, which the features hold: as they are,
lagged, and as sums of 24 months.

    python -m evaluation.views FOLDER [--report evaluation/results/forecasts.md]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tocsin.score import chances, rules
from tocsin.watch import baseline, forecast, hawkes, shape
from tocsin.watch.baseline import Counts
from tocsin.watch.forecast import STRATA, Design
from tocsin.watch.shape import Floats, Shape

YEARS = (2018, 2019, 2020, 2021)
# ViEWS counts months from January 1980 on; the first that the features tell of, December 2015.
FIRST, LAST = 432, 504
AHEAD = tuple(range(3, 15))
WINDOW = 12
# Mean CRPS of 2018 to 2021 as published for the same months.
PUBLISHED = {"negative binomial": 15.88, "hurdle": 16.16, "last value": 20.13, "bootstrap": 25.72}
DESIGN = Design(horizons=AHEAD, halves=hawkes.WEEKLY, window=WINDOW, origins=24, refit=6)
DEVELOPED = (2018, 2019)


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of a forecaster: years, countries, months ahead; and how likely it thought any.

    `tail` is the CRPS of counts from the 90th percentile of what came in the stratum on.
    """

    crps: Floats
    tail: Floats
    in_logs: Floats
    log: Floats
    some: Floats
    held: dict[float, NDArray[np.bool_]]


def load(folder: Path) -> Counts:
    """Return the deaths of each country by month, from December 2015 to December 2021."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    def read(name: str) -> dict[str, Floats]:
        table = pq.read_table(folder / name)
        wanted = [one for one in table.column_names if one.startswith("ged_sb")]
        return {one: np.array(table[one], float) for one in [*wanted, "month_id", "country_id"]}

    actual = [read(f"cm_actuals_{year}.parquet") for year in YEARS]
    known = [read(f"cm_features_to_oct{year}.parquet") for year in YEARS[:-1]]
    names = np.unique(actual[0]["country_id"])
    out = np.full((len(names), LAST + 1), np.nan)

    def put(part: dict[str, Floats], column: str, back: int = 0) -> None:
        row, month = np.searchsorted(names, part["country_id"]), part["month_id"].astype(int) - back
        held = out[row, month]
        told = np.abs(held - part[column]) > 0.5
        if told.any():
            raise SystemExit(f"{column} says otherwise of {told.sum()} country-months")
        out[row, month] = part[column]

    for part in actual:
        put(part, "ged_sb")
    for part in known:
        put(part, "ged_sb")
        for back in range(1, 7):
            put(part, f"ged_sb_tlag_{back}", back)
    # Once more for the month that is left over when the others are known.
    for part in [*known, *known]:
        _differences(part, out, names)
    months = np.rint(out[:, FIRST:])
    if np.isnan(months).any():
        raise SystemExit(f"{np.isnan(months).any(0).sum()} months are missing; expected none")
    return np.asarray(months, np.int64)


def _differences(part: dict[str, Floats], out: Floats, names: Floats) -> None:
    """Put the months that sums of 24 months tell by how they change, and the one left over."""
    sums = np.full(out.shape, np.nan)
    row, month = np.searchsorted(names, part["country_id"]), part["month_id"].astype(int)
    sums[row, month] = part["ged_sb_tsum_24"]
    for at in np.unique(month)[1:]:
        out[:, at - 24] = out[:, at] - (sums[:, at] - sums[:, at - 1])
    for at in np.unique(month):
        left = np.flatnonzero(np.isnan(out[:, at - 23 : at + 1]).any(0)) + at - 23
        if len(left) == 1:
            rest = np.nansum(out[:, at - 23 : at + 1], 1)
            out[:, left[0]] = sums[:, at] - rest


def origins(deaths: Counts) -> Iterator[tuple[int, Counts, Floats]]:
    """Yield each year with the deaths known in the October before, and those that came."""
    for year in YEARS:
        last = 454 + 12 * (year - YEARS[0]) - FIRST
        yield year, deaths[:, : last + 1], deaths[:, last + 3 : last + 15].astype(float)


def everywhere(known: Counts) -> Shape:
    """Return for every country what any country had in any month: ViEWS's bootstrap."""
    values, times = np.unique(known, return_counts=True)
    wide = (len(known), 1, len(values))
    return Shape(
        np.broadcast_to(times / known.size, wide), np.broadcast_to(values.astype(float), wide),
        np.zeros(wide),
    )  # fmt: skip


def excited(known: Counts) -> Shape:
    """Return the self-exciting model alone."""
    made = hawkes.fit(known, DESIGN.halves, strength=DESIGN.strength)
    whole = hawkes.ahead(made, hawkes.means(known, DESIGN.halves)[:, -1], max(AHEAD))
    at = np.array(AHEAD) - 1
    return Shape(whole.weight[:, at], whole.mean[:, at], whole.size[:, at])


SIMPLE: dict[str, Callable[[Counts], Shape]] = {
    "zero": baseline.zero,
    "last value (Poisson)": baseline.last,
    "bootstrap of all": everywhere,
    "conflictology, 12 months": lambda known: baseline.conflictology(known, WINDOW),
    "mixture, 12 months": lambda known: baseline.quiet(known, WINDOW),
    "negative binomial, 12 months": lambda known: baseline.negative(known, WINDOW),
    "zero-inflated, 12 months": lambda known: baseline.inflated(known, WINDOW),
    "self-exciting alone": excited,
}


def plain(made: list[Shape], came: list[Floats], least: Floats) -> Scored:
    """Return the scores of shapes, a list entry a year."""
    tables = []
    for one, counts in zip(made, came, strict=True):
        whole = Shape(*(
            np.broadcast_to(part, (len(counts), len(AHEAD), part.shape[2]))
            for part in (one.weight, one.mean, one.size)
        ))  # fmt: skip
        points, need = shape.ladder(), shape.reach([whole], np.ones((len(counts), len(AHEAD), 1)))
        tables.append([
            (some, points[:number], shape.cdf(whole.rows(some), points[:number]))
            for number in np.unique(need) if len(some := np.flatnonzero(need == number))
        ])  # fmt: skip
    masses = [shape.mass(one, counts) for one, counts in zip(made, came, strict=True)]
    return _scored(tables, masses, came, least)


def pooled(designs: list[forecast.Made], came: list[Floats], least: Floats) -> Scored:
    """Return the scores of pools, a list entry a year."""
    masses = [made.mass(counts) for made, counts in zip(designs, came, strict=True)]
    return _scored([list(made.tables()) for made in designs], masses, came, least)


def _scored(
    tables: list[list[tuple[NDArray[np.intp], Floats, Floats]]],
    masses: list[Floats],
    came: list[Floats],
    least: Floats,
) -> Scored:
    crps, tail, in_logs, some = np.zeros((4, len(came), *came[0].shape))
    held = {share: np.zeros(crps.shape, np.bool_) for share in (0.5, 0.8, 0.95)}
    for year, counts in enumerate(came):
        for rows, points, below in tables[year]:
            last = points[-1]
            inside = np.minimum(counts[rows], last)
            # Above the last point a forecast that has ended misses by one a count.
            over = counts[rows] - inside
            crps[year, rows] = rules.crps(points, below, inside) + over
            floor = np.minimum(least[year, rows], last)
            tail[year, rows] = rules.crps(points, below, inside, least=floor) + over
            in_logs[year, rows] = rules.crps_log(points, below, inside)
            some[year, rows] = 1 - below[..., 0]
            for share, flags in held.items():
                reached = [below >= level - 1e-9 for level in ((1 - share) / 2, (1 + share) / 2)]
                for one in reached:
                    one[..., -1] = True
                low, high = (points[one.argmax(-1)] for one in reached)
                flags[year, rows] = rules.covered(low, high, counts[rows])
    log = np.stack([rules.log_score(one) for one in masses])
    return Scored(crps, tail, in_logs, log, some, held)


def measure(deaths: Counts) -> tuple[dict[str, Scored], NDArray[np.intp], Floats]:
    """Return the scores of every forecaster, the strata by year and country, and what came."""
    known = [part for _, part, _ in origins(deaths)]
    came = [part for _, _, part in origins(deaths)]
    strata = np.stack([forecast.strata(part, WINDOW) for part in known])
    least = np.zeros((*strata.shape, 1))
    for at in range(len(STRATA)):
        least[strata == at] = np.quantile(np.stack(came)[strata == at], 0.9)
    least = np.broadcast_to(least, (*strata.shape, len(AHEAD)))
    out = {
        name: plain([make(part) for part in known], came, least) for name, make in SIMPLE.items()
    }
    for name, design in (
        ("pool, not widened", replace(DESIGN, widen=False)),
        ("pool", DESIGN),
    ):
        out[name] = pooled([forecast.forecast(part, design) for part in known], came, least)
    return out, strata, np.stack(came)


def report(out: dict[str, Scored], strata: NDArray[np.intp], came: Floats) -> Iterator[str]:
    """Yield the report, line by line."""
    head = " | ".join(str(year) for year in YEARS)
    yield "## Country-months of ViEWS, 2018 to 2021"
    yield ""
    yield (
        f"{came.shape[1]} countries, 12 months a year, 3 to 14 months ahead, from the deaths known "
        "in October (as the last vintage has them, like the published figures). Lower is better."
    )
    yield ""
    yield f"| mean CRPS | {head} | mean |"
    yield f"|---|{'---|' * 5}"
    for name, value in PUBLISHED.items():
        yield f"| *{name}, published* | | | | | {value} |"
    for name, one in out.items():
        yield _row(name, one.crps.mean((1, 2)))
    yield ""
    yield f"| mean log score | {head} | mean |"
    yield f"|---|{'---|' * 5}"
    for name, one in out.items():
        yield _row(name, one.log.mean((1, 2)), 3)
    yield ""
    yield from _against(out, "pool")
    yield from _against(out, "self-exciting alone")
    yield from _strata(out, strata)
    yield from _leads(out)
    yield from _onsets(out, strata, came)


def _row(name: str, values: Floats, digits: int = 2) -> str:
    cells = " | ".join(f"{value:.{digits}f}" for value in [*values, values.mean()])
    return f"| {name} | {cells} |"


def _against(out: dict[str, Scored], name: str) -> Iterator[str]:
    """Yield a table of what others lose to one, countries drawn anew as blocks."""
    yield f"What others score more than *{name}* (95 %, countries drawn as blocks):"
    yield ""
    yield "| forecaster | CRPS 2018–19 | CRPS 2020–21 | log 2018–19 | log 2020–21 |"
    yield "|---|---|---|---|---|"
    mine = out[name]
    for other, one in out.items():
        if other == name:
            continue
        cells = []
        for theirs, own in ((one.crps, mine.crps), (one.log, mine.log)):
            for years in (slice(0, 2), slice(2, 4)):
                gain = (theirs - own)[years]
                blocks = np.broadcast_to(np.arange(gain.shape[1])[None, :, None], gain.shape)
                mean, low, high = chances.bootstrap(gain.ravel(), blocks.ravel())
                cells.append(f"{mean:+.2f} ({low:+.2f} to {high:+.2f})")
        yield f"| {other} | {' | '.join(cells)} |"
    yield ""


def _strata(out: dict[str, Scored], strata: NDArray[np.intp]) -> Iterator[str]:
    """Yield scores and coverage by what the twelve months before were like."""
    yield "By history (12 months before: no death; under one a month; more):"
    yield ""
    yield (
        "| forecaster | history | CRPS | of the upper tenth | of logarithms | log | 50 % holds | "
        "80 % | 95 % |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, one in out.items():
        for at, stratum in enumerate(STRATA):
            some = np.broadcast_to((strata == at)[..., None], one.crps.shape)
            held = " | ".join(f"{flags[some].mean():.3f}" for flags in one.held.values())
            yield (
                f"| {name} | {stratum} ({some.sum():,}) | {one.crps[some].mean():.3f} | "
                f"{one.tail[some].mean():.3f} | {one.in_logs[some].mean():.3f} | "
                f"{one.log[some].mean():.3f} | {held} |"
            )
    yield ""


def _leads(out: dict[str, Scored]) -> Iterator[str]:
    yield "Mean CRPS by months ahead:"
    yield ""
    yield f"| forecaster | {' | '.join(map(str, AHEAD))} |"
    yield f"|---|{'---|' * len(AHEAD)}"
    for name, one in out.items():
        yield f"| {name} | {' | '.join(f'{value:.1f}' for value in one.crps.mean((0, 1)))} |"
    yield ""


def _onsets(out: dict[str, Scored], strata: NDArray[np.intp], came: Floats) -> Iterator[str]:
    """Yield how well the chance of any death ranks and hits after twelve quiet months."""
    quiet = np.broadcast_to((strata == 0)[..., None], came.shape)
    true = came[quiet] > 0
    yield (
        f"A death after twelve months without one ({true.sum():,} of {true.size:,} country-months):"
    )
    yield ""
    yield "| forecaster | average precision | Brier | mean chance |"
    yield "|---|---|---|---|"
    for name, one in out.items():
        said = np.clip(one.some[quiet], 0, 1)
        found = chances.precision(said, true)
        yield f"| {name} | {found:.3f} | {rules.brier(said, true).mean():.4f} | {said.mean():.3f} |"
    yield ""


def main() -> None:
    """Measure the forecasters on the country-months of a folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--report", type=Path)
    chosen = parser.parse_args()
    if not (chosen.folder / "cm_actuals_2018.parquet").exists():
        print(f"{chosen.folder}: no ViEWS country-months; skipped")
        return
    text = "\n".join(report(*measure(load(chosen.folder))))
    print(text)
    if chosen.report:
        chosen.report.write_text(f"# Forecasts\n\n{text}\n", encoding="utf8")


if __name__ == "__main__":
    main()
