"""Ledgers that took long to make, kept between runs in the user's cache folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

import msgspec
from msgspec import Struct

import tocsin
from tocsin.base.files import whole
from tocsin.base.ids import digest
from tocsin.ontology import cache
from tocsin.store.open import Store
from tocsin.views.kept import token
from tocsin.views.threats import Ledger

# Seconds of the processor from which a ledger is worth a file, and files kept of a store.
LONG, MOST = 2.0, 8


class _Kept(Struct, frozen=True):
    """A ledger with what it was made of: this version, and the state of a store."""

    mark: str
    ledger: Ledger


def kept(store: Store, on: date, make: Callable[[Store, date], Ledger]) -> Ledger:
    """Return the ledger of a day: out of a file if the store is as it was then, else made anew."""
    folder = cache.folder()
    with store.read() as connection:
        mark = f"{tocsin.__version__} {token(connection)}"
        name = digest("ledger", connection.engine.url.render_as_string(hide_password=True))
    file = folder / f"{name}-{on}.json" if folder else None
    if file and (held := _read(file)) and held.mark == mark:
        return held.ledger
    begun = process_time()
    made = make(store, on)
    if file and process_time() - begun >= LONG:
        _write(file, _Kept(mark, made))
        _tidy(file.parent, name)
    return made


def _read(file: Path) -> _Kept | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Kept)
    except (OSError, ValueError, msgspec.MsgspecError):
        return None


def _write(file: Path, kept: _Kept) -> None:
    """Write a file whole or not at all."""
    try:
        with whole(file) as part:
            part.write(msgspec.json.encode(kept))
    except OSError:
        return  # it is made again the next time


def _tidy(folder: Path, name: str) -> None:
    """Remove all but the latest ledgers of a store."""
    try:
        files = sorted(folder.glob(f"{name}-*.json"), key=lambda one: -one.stat().st_mtime_ns)
        for old in files[MOST:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
