"""One shard's work: read its slices, code what they hold, write the parts; the same anywhere.

A receipt is written last. Where there is one, the shard is done; without it whatever is there is
written over.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tocsin.base.errors import PlanError
from tocsin.base.files import whole
from tocsin.pipeline.parts import Part, Writer
from tocsin.pipeline.run import Coder, open_coder, run
from tocsin.pipeline.workers import Opening
from tocsin.records import wire
from tocsin.records.article import Article
from tocsin.records.coded import Coded, Stamp
from tocsin.records.issue import Issue
from tocsin.sources import slices
from tocsin.sources.slices import Slice

WORK = "_work"  # the folder of what only an unfinished data set needs
MEMORY = 64_000_000  # bytes of readings that a worker remembers
# An article's name and the digest of what was coded out of it.
ROW = np.dtype([("id", "<u8"), ("content", "S64")])


class Task(Struct, frozen=True):
    """A shard to do: its number, what to read, where to write, and the stamp to code it by."""

    number: int
    slices: tuple[Slice, ...]
    out: str
    stamp: Stamp
    columns: dict[str, str] = {}


class Receipt(Struct, frozen=True, forbid_unknown_fields=True):
    """A shard that is done: its files, what it counted, and how many seconds it took.

    `spent` are seconds of a processor, which a busy machine does not stretch; `memory` is the most
    megabytes that its process ever had; `again` counts its texts that were remembered.
    """

    number: int
    parts: tuple[Part, ...]
    counts: dict[str, int]
    seconds: float
    spent: float
    memory: float
    again: int


def open_worker(opening: Opening) -> Coder:
    """Return the coder of a worker, which has one thread and remembers what it read."""
    return open_coder(
        ontology_folder=opening.ontology_folder,
        model=opening.model,
        config=opening.config,
        threads=1,
        memory=MEMORY,
    )


def do(task: Task, coder: Coder) -> Receipt:
    """Code a shard, write what comes out, and return the receipt."""
    if coder.stamp != task.stamp:
        raise PlanError(
            f"this worker codes with {coder.stamp}, the data set is coded with {task.stamp}; "
            "install the same version of Tocsin on every machine"
        )
    begun, spent, before = perf_counter(), process_time(), getattr(coder.reader, "again", 0)
    folder, counts = Path(task.out), Counter[str]()
    writer, seen, issues = Writer(folder, task.number), dict[str, str](), list[Issue]()
    for result in run(_items(task, seen, counts), coder):
        if isinstance(result, Issue):
            issues.append(result)
            continue
        writer.add(result)
        seen[result.article.id] = content(result)
        counts["articles"] += 1
    writer.flush()
    counts["issues"] = len(issues)
    _note(folder, task.number, seen, issues)
    receipt = Receipt(
        number=task.number,
        parts=tuple(writer.parts),
        counts=dict(counts),
        seconds=round(perf_counter() - begun, 3),
        spent=round(process_time() - spent, 3),
        memory=_memory(),
        again=getattr(coder.reader, "again", 0) - before,
    )
    with whole(folder / WORK / f"{task.number:06}.json") as stream:
        stream.write(msgspec.json.encode(receipt))
    return receipt


def content(coded: Coded) -> str:
    """Return the digest of everything coded out of an article, whatever file it stood in."""
    found = hashlib.sha256(coded.article.id.encode())
    for records in (coded.claims, coded.statements, coded.relations, coded.entities):
        found.update(len(records).to_bytes(8, "big"))
        for record in records:
            found.update(wire.dump(record) + b"\n")
    return found.hexdigest()


def receipts(folder: Path) -> dict[int, Receipt]:
    """Return the receipts of the shards of a data set that are done."""
    found = (
        msgspec.json.decode(path.read_bytes(), type=Receipt)
        for path in sorted((folder / WORK).glob("[0-9]*.json"))
    )
    return {receipt.number: receipt for receipt in found}


def contents(folder: Path, number: int) -> NDArray[np.void]:
    """Return the rows, as ROW has it, of the articles that were coded in a shard."""
    found: NDArray[np.void] = np.load(folder / WORK / f"{number:06}.npy", allow_pickle=False)
    return found


def issues(folder: Path, number: int) -> Iterator[Issue]:
    """Yield the issues of a shard."""
    with (folder / WORK / f"{number:06}.issues").open("rb") as stream:
        for line in stream:
            yield wire.load(line, Issue)


def _items(task: Task, seen: dict[str, str], counts: Counter[str]) -> Iterator[Article | Issue]:
    """Yield what the slices hold; an article that was coded in this shard is only counted."""
    for part in task.slices:
        for item in slices.read(part, task.columns or None):
            if isinstance(item, Article) and item.id in seen:
                counts["duplicates"] += 1
            else:
                yield item


def _note(folder: Path, number: int, seen: dict[str, str], found: list[Issue]) -> None:
    """Write the names and digests of what was coded, and the issues."""
    rows = [(int(name.rpartition("-")[2], 16), digest) for name, digest in seen.items()]
    with whole(folder / WORK / f"{number:06}.npy") as stream:
        np.save(stream, np.array(rows, dtype=ROW), allow_pickle=False)
    with whole(folder / WORK / f"{number:06}.issues") as stream:
        stream.writelines(wire.dump(issue) + b"\n" for issue in found)


def _memory() -> float:
    """Return the most megabytes that this process ever had, 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text("ascii").splitlines() if status.exists() else []
    return next((int(x.split()[1]) / 1000 for x in lines if x.startswith("VmHWM")), 0.0)
