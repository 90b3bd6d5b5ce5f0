"""Articles coded by several processes at once, in the order they came in."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec

from tocsin.pipeline.run import Coder, Keep, open_coder, run
from tocsin.records import wire
from tocsin.records.article import Article
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue
from tocsin.records.reading import Reading

# Fewer articles than this are done before another process has come up.
FEW = 24
# How many articles a process takes at a time, and how many such shares wait for each process.
SHARE, AHEAD = 4, 3

Item = Article | Issue
Result = Coded | Issue
# A record on its way between processes: written out, as pickling would lose which fields are at
# their defaults.
Parcel = tuple[type[Article | Issue | Coded | Reading], bytes]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a process needs to open a coder like that of the first."""

    ontology_folder: Path | None = None
    model: Path | None = None
    config: Path | None = None


def code(
    items: Iterable[Item],
    coder: Coder,
    opening: Opening,
    *,
    workers: int = 0,
    keep: Keep | None = None,
) -> Iterator[Result]:
    """Yield each article coded, in order, as `run` does; many of them by several processes.

    `workers` is how many processes code, as many as there are cores if 0. The records are the same
    however many there are. `keep` is told of the reading of each article that is coded.
    """
    count = workers or os.cpu_count() or 1
    rest = iter(items)
    yield from run(islice(rest, FEW if count > 1 else None), coder, keep)
    more = next(rest, None)
    if more is not None:
        yield from _spread(chain([more], rest), opening, count, keep)


def _spread(
    items: Iterator[Item], opening: Opening, count: int, keep: Keep | None
) -> Iterator[Result]:
    # Processes are begun anew: a fork of one with running threads may hang.
    context = get_context("spawn")
    with ProcessPoolExecutor(count, context, _open, (opening,)) as pool:
        waiting: deque[Future[list[Parcel]]] = deque()
        while share := list(islice(items, SHARE)):
            packed = [_packed(item) for item in share]
            waiting.append(pool.submit(_code, packed, readings=keep is not None))
            if len(waiting) >= count * AHEAD:
                yield from _handed(waiting.popleft().result(), keep)
        for done in waiting:
            yield from _handed(done.result(), keep)


def _handed(parcels: Iterable[Parcel], keep: Keep | None) -> Iterator[Result]:
    """Yield the results of a share; readings go to whoever keeps them."""
    for result in map(_unpacked, parcels):
        if not isinstance(result, Reading):
            yield result
        elif keep is not None:
            keep(result)


_OPEN: list[Coder] = []


def _open(opening: Opening) -> None:
    _OPEN.append(
        open_coder(
            ontology_folder=opening.ontology_folder,
            model=opening.model,
            config=opening.config,
            threads=1,
        )
    )


def _code(share: Sequence[Parcel], *, readings: bool) -> list[Parcel]:
    done: list[Parcel] = []

    def keep(reading: Reading) -> None:
        done.append((Reading, msgspec.msgpack.encode(reading)))

    for result in run(map(_unpacked, share), _OPEN[0], keep if readings else None):
        done.append(_packed(result))  # noqa: PERF401 - readings stand before what is coded of them
    return done


def _packed(record: Article | Issue | Coded) -> Parcel:
    return type(record), wire.dump(record)


def _unpacked(parcel: Parcel) -> Any:  # noqa: ANN401 - as many kinds as are sent
    kind, line = parcel
    return msgspec.msgpack.decode(line, type=kind) if kind is Reading else wire.load(line, kind)
