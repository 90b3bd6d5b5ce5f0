"""What a person asks of a store: put articles in, run, code again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from tocsin.base import settings
from tocsin.base.errors import InputError
from tocsin.base.log import Log
from tocsin.fusion.told import Sources
from tocsin.fusion.told import registry as graded
from tocsin.pipeline import backlog, fusing, ingest, watching
from tocsin.pipeline.plan import Step, Watcher, carry_out, ignore
from tocsin.pipeline.run import Coder, open_coder
from tocsin.pipeline.visits import visits
from tocsin.pipeline.workers import Opening
from tocsin.records.run import Run
from tocsin.records.source import Source
from tocsin.sources import catalog, files, pages
from tocsin.sources.fetch import Fetcher
from tocsin.sources.guard import Guard
from tocsin.store import letters as kept_letters
from tocsin.store import marks
from tocsin.store.open import Store

ADDRESS = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever adds articles says about all of them."""

    outlet: str | None = None
    published: date | None = None
    source: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    allow_private: bool = False


@dataclass(slots=True)
class Lazy:
    """A coder that is opened when the first article needs it, and stays open."""

    opening: Opening
    threads: int = 0
    _open: Coder | None = None

    def coder(self) -> Coder:
        """Return the coder."""
        if self._open is None:
            self._open = open_coder(
                ontology_folder=self.opening.ontology_folder,
                model=self.opening.model,
                threads=self.threads,
                config=self.opening.config,
            )
        return self._open


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


def add(
    store: Store,
    places: Sequence[str],
    given: Given,
    *,
    registry: Path | None = None,
    config: Path | None = None,
    keep_raw: bool = True,
    stdin: BinaryIO | None = None,
    watch: Watcher = ignore,
    log: Log | None = None,
) -> Run:
    """Put the articles of files, folders, archives and addresses into a store.

    Files that were read whole before and have not changed are passed over; one that was cut short
    goes on behind the last article that landed.
    """
    addresses = [place for place in places if place.startswith(ADDRESS)]
    paths = [place for place in places if place not in addresses]
    source = _source(registry, given.source)
    outlet = given.outlet or (source.name if source else None)
    columns = given.columns or (source.columns if source else {})

    def work(run: Run) -> Iterator[Counter[str]]:
        read = files.parcels(
            paths,
            outlet=outlet,
            published=given.published,
            stdin=stdin,
            columns=columns or None,
            source=given.source,
            # What a file says of all its articles may be new, though the file is not.
            after={} if given.published or given.outlet else _after(store, paths),
        )
        yield from ingest.add(store, read, run, now(), keep_raw=keep_raw)
        if addresses:
            chosen = settings.load(config).fetch
            with Fetcher(chosen, guard=Guard(allow_private=given.allow_private)) as fetcher:
                found = (pages.read(address, fetcher, source) for address in addresses)
                yield from ingest.add(
                    store, chain.from_iterable(found), run, now(), keep_raw=keep_raw
                )

    step = Step("add", frozenset(), frozenset({"articles"}), work)
    return carry_out(store, "add", [step], (), clock=now, watch=watch, log=log)


def run(
    store: Store,
    lazy: Lazy,
    *,
    registry: Path | None = None,
    workers: int = 0,
    readings: bool = False,
    allow_private: bool = False,
    watch: Watcher = ignore,
    log: Log | None = None,
) -> Run:
    """Visit the sources that are due, if there is a registry; code what waits, and fuse that."""
    steps = [coding(store, lazy, workers=workers, readings=readings), joining(store, registry)]
    if registry is not None:
        listed = catalog.load(registry)

        def visit(run: Run) -> Iterator[Counter[str]]:
            chosen = settings.load(lazy.opening.config).fetch
            with Fetcher(chosen, guard=Guard(allow_private=allow_private)) as fetcher:
                yield from visits(store, listed, fetcher, run, now)

        steps.insert(0, Step("visit", frozenset(), frozenset({"articles"}), visit))
    return carry_out(store, "run", steps, {"articles"}, clock=now, watch=watch, log=log)


def recode(
    store: Store,
    lazy: Lazy,
    *,
    registry: Path | None = None,
    workers: int = 0,
    readings: bool = False,
    watch: Watcher = ignore,
    log: Log | None = None,
) -> Run:
    """Code again every article that something else than what is installed has coded.

    With `readings` they are kept, and articles whose readings are not are coded again too.
    """
    steps = [
        coding(store, lazy, workers=workers, anew=True, readings=readings), joining(store, registry)
    ]  # fmt: skip
    return carry_out(store, "recode", steps, {"articles"}, clock=now, watch=watch, log=log)


def stale(store: Store, lazy: Lazy, *, readings: bool = False) -> int:
    """Return how many articles `recode` would code."""
    return backlog.pending(store, lazy.coder(), keep=readings)


def coding(
    store: Store, lazy: Lazy, *, workers: int = 0, anew: bool = False, readings: bool = False
) -> Step:
    """Return the step that codes what waits; it opens the coder only where something does."""

    def pending() -> int:
        return stale(store, lazy, readings=readings) if anew else backlog.pending(store)

    def work(run: Run) -> Iterator[Counter[str]]:
        yield from backlog.work(
            store, lazy.coder(), lazy.opening, run, now(), workers=workers, anew=anew,
            keep=readings,
        )  # fmt: skip

    return Step("code", frozenset({"articles"}), frozenset({"codings"}), work, pending)


def fuse(
    store: Store,
    *,
    registry: Path | None = None,
    snapshot: bool = False,
    watch: Watcher = ignore,
    log: Log | None = None,
) -> Run:
    """Bring the claims that are new, changed or judged together into events.

    With `snapshot` what counts of them is kept as it is then (`pipeline.watching`).
    """
    steps = [joining(store, registry), *([watching.snapping(store, now)] if snapshot else [])]
    return carry_out(store, "fuse", steps, {"codings"}, clock=now, watch=watch, log=log)


def joining(store: Store, registry: Path | None) -> Step:
    """Return the step that fuses what waits; reports are graded by the letters of a registry."""
    sources = letters(store, registry)

    def work(run: Run) -> Iterator[Counter[str]]:
        yield from fusing.work(store, sources, run)

    return Step(
        "fuse", frozenset({"codings"}), frozenset({"events"}), work, lambda: fusing.pending(store)
    )


def letters(store: Store, registry: Path | None) -> Sources:
    """Return the sources of a registry by their names, kept for those who come without one.

    Without a registry those are returned that were kept last.
    """
    if registry is None:
        with store.read() as connection:
            return graded(kept_letters.kept(connection))
    listed = catalog.load(registry).sources
    with store.write() as connection:
        kept_letters.keep(connection, listed)
    return graded(listed)


def _source(registry: Path | None, name: str | None) -> Source | None:
    """Return the source of a registry that articles are said to be of."""
    if name is None:
        return None
    if registry is None:
        raise InputError(f"--source {name} needs a registry; give one by --sources")
    found = catalog.load(registry).get(name)
    if found is None:
        raise InputError(f"{registry} has no source {name!r}; `tocsin sources list` shows them")
    return found


def _after(store: Store, paths: Sequence[str]) -> dict[str, int]:
    """Return how many articles of each file are in a store, of files that have not changed."""
    prints = {shard.place: ingest.look(shard) for shard in files.shards(paths)}
    with store.read() as connection:
        known = marks.shards(connection, list(prints))
    same = (at for at in known.values() if at.print == prints[at.place])
    return {at.place: files.DONE if at.done else at.taken for at in same}
