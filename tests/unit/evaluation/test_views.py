"""The country-months of ViEWS: months found again in lags and sums, scores in the report."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evaluation import views

pq = pytest.importorskip("pyarrow.parquet")
COUNTRIES = 6


def _deaths() -> np.ndarray:
    generator = np.random.default_rng(1)
    level = np.array([0, 0, 0.3, 2, 15, 120])[:, None]
    return generator.negative_binomial(0.7, 0.7 / (0.7 + level), (COUNTRIES, views.LAST + 1))


@pytest.fixture
def folder(tmp_path: Path) -> tuple[Path, np.ndarray]:
    """Return files as ViEWS gives them, and the deaths that they were made of."""
    import pyarrow as pa  # noqa: PLC0415

    deaths = _deaths()
    names = np.arange(1, COUNTRIES + 1)

    def put(name: str, months: range, columns: dict[str, np.ndarray]) -> None:
        rows = {"month_id": np.repeat(np.array(months), COUNTRIES),
                "country_id": np.tile(names, len(months))}  # fmt: skip
        pq.write_table(pa.table(columns | rows), tmp_path / name)

    def flat(months: range, back: int = 0) -> np.ndarray:
        return deaths[:, [month - back for month in months]].T.ravel().astype(float)

    for at, year in enumerate(views.YEARS):
        months = range(457 + 12 * at, 469 + 12 * at)
        put(f"cm_actuals_{year}.parquet", months, {"ged_sb": flat(months)})
        known = range(months.start - 2, months.stop - 2)
        sums = sum(flat(known, back) for back in range(24))
        lags = {f"ged_sb_tlag_{back}": flat(known, back) for back in range(1, 7)}
        put(f"cm_features_to_oct{year}.parquet", known,
            {"ged_sb": flat(known), "ged_sb_tsum_24": sums} | lags)  # fmt: skip
    return tmp_path, deaths


def test_all_months_are_found_again(folder: tuple[Path, np.ndarray]) -> None:
    """Months that no file tells of stand in sums of 24 months, and how they change."""
    path, deaths = folder
    assert (views.load(path) == deaths[:, views.FIRST :]).all()


def test_nothing_after_october_is_known(folder: tuple[Path, np.ndarray]) -> None:
    """A year's forecasts end with the October before it; what came begins in January."""
    path, deaths = folder
    for at, (year, known, came) in enumerate(views.origins(views.load(path))):
        october = 454 + 12 * at
        assert year == 2018 + at
        assert (known[:, -1] == deaths[:, october]).all()
        assert (came == deaths[:, october + 3 : october + 15]).all()


def test_the_report(folder: tuple[Path, np.ndarray]) -> None:
    """Every forecaster stands in the report, with what was published beside it."""
    text = "\n".join(views.report(*views.measure(views.load(folder[0]))))
    for name in [*views.SIMPLE, *views.PUBLISHED, "pool"]:
        assert f"| {name} |" in text or f"*{name}, published*" in text
