"""The example world: three crises told by made-up outlets, coded and fused on this machine."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp
from time import time

import tocsin
from tocsin.base.errors import InputError
from tocsin.base.ids import digest
from tocsin.cli.nights import replay
from tocsin.ontology import cache
from tocsin.pipeline import project
from tocsin.pipeline.plan import Watcher, ignore
from tocsin.pipeline.workers import Opening
from tocsin.store.open import open_store

PACKAGE = Path(tocsin.__file__).parent
NAME = "example"
# Seconds after which an example that nobody opened goes: a week.
UNUSED = 7 * 86_400


def articles() -> Path:
    """Return the folder of the example's articles: in the package, else in the working tree."""
    for folder in (PACKAGE / "data" / "examples", PACKAGE.parents[1] / "examples" / "articles"):
        if folder.is_dir():
            return folder
    raise InputError("the example's articles are missing; install Tocsin again")


def world(*, watch: Watcher = ignore) -> Path:
    """Return the store of the example world, made where this Tocsin has not made it before.

    It is kept in the user's cache, else in a folder that goes when the machine is started again.
    """
    kept = cache.folder()
    place = kept / f"{NAME}-{_state()}" if kept else Path(mkdtemp(prefix="tocsin-"))
    file = place / "example.db"
    if file.is_file():
        place.touch()
        return file
    place.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=place.parent, prefix=f"{NAME}-part-") as part:
        made = Path(part) / "made"
        made.mkdir()
        make(made / file.name, watch=watch)
        rmtree(place, ignore_errors=True)
        made.rename(place)
    _tidy(place)
    return file


def make(file: Path, *, watch: Watcher = ignore) -> None:
    """Put the example's articles into a store, code and fuse them, and go through its evenings."""
    with open_store(file) as store:
        project.add(store, [str(articles())], project.Given(), watch=watch)
        project.run(store, project.Lazy(Opening()), watch=watch)
        replay(store)


def _state() -> str:
    """Return a name for what the example is made of: articles, code, knowledge, network."""
    files = [
        file
        for folder in (articles(), PACKAGE)
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix not in (".pyc", ".html", ".css", ".js")
    ]
    states = (f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files)
    return digest(NAME, tocsin.__version__, *states).rpartition("-")[2]


def _tidy(place: Path) -> None:
    """Remove what earlier versions left and nobody opened for long: a desk may be open over it."""
    edge = time() - UNUSED
    for old in place.parent.glob(f"{NAME}-*"):
        if old != place and old.is_dir() and old.stat().st_mtime < edge:
            rmtree(old, ignore_errors=True)
