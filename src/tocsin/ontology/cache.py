"""Keeps what was read and checked in the user's cache folder, where JSON loads ten times as fast.

The cache is a convenience: whatever is wrong with it, the files are read as if there were none.
TOCSIN_CACHE names another folder, or is `off`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

import tocsin
from tocsin.base.files import whole
from tocsin.base.ids import digest
from tocsin.base.memory import uncollected

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

VARIABLE = "TOCSIN_CACHE"
OFF = "off"

T = TypeVar("T")


def kept(name: str, files: Iterable[Traversable], kind: type[T], make: Callable[[], T]) -> T:
    """Return what `make` makes of the files, out of the cache where it was made of them before."""
    place, key = folder(), _key(name, files)
    if place is None or key is None:
        return make()
    path = place / f"{key}.json"
    try:
        return _decoded(path.read_bytes(), kind)
    except (OSError, ValueError, msgspec.MsgspecError):
        made = make()
        _keep(path, name, msgspec.json.encode(made))
        return made


def _decoded(content: bytes, kind: type[T]) -> T:
    """Return what JSON holds."""
    with uncollected():
        return msgspec.json.decode(content, type=kind)


def _key(name: str, files: Iterable[Traversable]) -> str | None:
    """Return a name for the state of the files and of the code that reads them.

    None where they lie in an archive, or are gone.
    """
    parts = [tocsin.__version__]
    for file in (*files, *sorted(Path(__file__).parent.glob("*.py"))):
        if not isinstance(file, Path):
            return None
        try:
            state = file.stat()
        except OSError:
            return None
        parts.append(f"{file.name} {state.st_size} {state.st_mtime_ns}")
    return digest(name, *parts)


def _keep(path: Path, name: str, content: bytes) -> None:
    """Write a file whole or not at all, and remove what older states of the data left."""
    try:
        with whole(path) as part:
            part.write(content)
        # Another process may lose its unfinished file here: it has what it needs in memory.
        for old in path.parent.glob(f"{name}-*"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return


def folder() -> Path | None:
    """Return where to keep things, or None where that is unwanted or there is no home."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return None if chosen.lower() == OFF else Path(chosen)
    try:
        return _caches() / "tocsin"
    except RuntimeError:  # nobody's home
        return None


def _caches() -> Path:
    """Return the folder that a system sets apart for caches."""
    if sys.platform == "win32":
        own = os.environ.get("LOCALAPPDATA")
        return Path(own) if own else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    own = os.environ.get("XDG_CACHE_HOME", "")
    return Path(own) if Path(own).is_absolute() else Path.home() / ".cache"
