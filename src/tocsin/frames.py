"""A store as frames of pandas or polars: claims, events, threats, articles, weekly counts.

    from tocsin import frames

    events = frames.events("iraq.db")
    deaths = events.groupby("place_country")["killed_best"].sum()

A row is a record, columns are those of docs/exports.md with their types: days are days, numbers
may be missing, lists are lists. Corrections are applied, rejected claims left out. A whole table
is in memory; for more, write Parquet (`tocsin export parquet`) and read what you need of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from tocsin.base.errors import InputError
from tocsin.export import parquet
from tocsin.export.forms import Of
from tocsin.export.table import TABLES
from tocsin.pipeline.stock import Stock
from tocsin.store.open import Store, open_store

Frame = Literal["pandas", "polars"]

__all__ = ["articles", "claims", "events", "frame", "series", "threats"]


def claims(store: Store | str | Path, *, kind: Frame = "pandas") -> Any:  # noqa: ANN401 - a frame
    """Return the claims of a store, a row each."""
    return frame(store, "claims", kind=kind)


def events(store: Store | str | Path, *, kind: Frame = "pandas") -> Any:  # noqa: ANN401 - a frame
    """Return the events of a store, a row each."""
    return frame(store, "events", kind=kind)


def threats(store: Store | str | Path, *, kind: Frame = "pandas", on: date | None = None) -> Any:  # noqa: ANN401 - a frame
    """Return the threads of the ledger as of a day, today by default, a row each."""
    return frame(store, "threats", kind=kind, on=on)


def articles(store: Store | str | Path, *, kind: Frame = "pandas") -> Any:  # noqa: ANN401 - a frame
    """Return the articles that were coded, without their texts, a row each."""
    return frame(store, "articles", kind=kind)


def series(store: Store | str | Path, *, kind: Frame = "pandas", on: date | None = None) -> Any:  # noqa: ANN401 - a frame
    """Return how many events there are by week, unit and family, as they stood on a day.

    Weeks without any have no row.
    """
    return frame(store, "series", kind=kind, on=on)


def frame(
    store: Store | str | Path, of: Of, *, kind: Frame = "pandas", on: date | None = None
) -> Any:  # noqa: ANN401 - a frame
    """Return a table of a store, or of the file or URL of one, as a frame.

    Raises InputError where the library is not installed, StoreError where there is no store.
    """
    library = _library(kind)
    table = TABLES[of]
    with _opened(store) as opened, opened.read() as connection:
        stock = Stock(connection, on or datetime.now(UTC).date())
        held = parquet.arrow(table.columns, table.rows(stock))
    if kind == "polars":
        return library.from_arrow(held)
    arrow = parquet.pyarrow()
    # Numbers may be missing, and stay whole all the same.
    types = {arrow.int64(): library.Int64Dtype(), arrow.bool_(): library.BooleanDtype()}
    return held.to_pandas(types_mapper=types.get, date_as_object=False)


def _library(kind: str) -> Any:  # noqa: ANN401 - a module
    if kind not in ("pandas", "polars"):
        raise InputError(f"{kind!r} is no kind of frame; expected pandas or polars")
    try:
        return import_module(kind)
    except ImportError as error:
        raise InputError(f"{kind} is not installed: pip install 'tocsin[{kind}]'") from error


@contextmanager
def _opened(store: Store | str | Path) -> Iterator[Store]:
    if isinstance(store, Store):
        yield store
        return
    with open_store(store, create=False) as opened:
        yield opened
