"""Shards brought together: articles that came twice are taken out, the rest is summed up."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
from msgspec import Struct

from tocsin.base.errors import PlanError
from tocsin.base.files import whole
from tocsin.pipeline import duck, parts, shift
from tocsin.pipeline.columns import TABLES
from tocsin.pipeline.parts import Part
from tocsin.pipeline.shift import Receipt
from tocsin.records import wire
from tocsin.records.coded import Stamp
from tocsin.records.issue import Issue
from tocsin.sources.slices import Input, Slice

MANIFEST = "manifest.json"
FORMAT = "tocsin-dataset"
VERSION = 1  # raised when a column changes its meaning or leaves
_SUM = 1 << 256


class Plan(Struct, frozen=True, forbid_unknown_fields=True):
    """What a data set is coded out of, shard by shard."""

    stamp: Stamp
    inputs: tuple[Input, ...]
    shards: tuple[tuple[Slice, ...], ...]
    columns: dict[str, str]
    issues: tuple[Issue, ...]


class Digested(Struct, frozen=True, forbid_unknown_fields=True):
    """An input by its content."""

    place: str
    form: str
    bytes: int
    sha256: str


class Shard(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What became of a shard: its slices, what it counted; `failed` says why it is missing."""

    slices: tuple[Slice, ...]
    counts: dict[str, int] = {}
    failed: str | None = None


class Manifest(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a data set holds, and what it was made of.

    `content` is the digest of the stamp and of everything coded, whatever files and shards it came
    in. `issues` counts them by code, `months` the rows of each table by month.
    """

    format: str = FORMAT
    version: int = VERSION
    state: Literal["whole", "partial"]
    content: str
    stamp: Stamp
    counts: dict[str, int]
    issues: dict[str, int]
    months: dict[str, dict[str, int]]
    inputs: tuple[Digested, ...]
    shards: tuple[Shard, ...]
    parts: tuple[Part, ...]

    def fits(self, stamp: Stamp, inputs: Sequence[Input]) -> bool:
        """Return whether a data set is what some inputs give, coded by a coder of this stamp."""
        return self.stamp == stamp and self.inputs == tuple(map(_digested, inputs))


def manifest(folder: Path) -> Manifest:
    """Return the manifest of a data set; raise PlanError where there is none that can be read."""
    path = folder / MANIFEST
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise PlanError(f"{path}: no manifest of a data set ({error})") from error


def gather(folder: Path, plan: Plan, failed: Mapping[int, str]) -> Manifest:
    """Bring the shards that are done together, and return the manifest, which is written last.

    Of articles that are the same the first in the order of the inputs stays. Killed in the middle,
    it comes to the same when it is done again.
    """
    held = shift.receipts(folder)
    gone, total, count = _same(folder, sorted(held))
    kept = [part for n in sorted(held) for part in _kept(folder, held[n], gone.get(n, set()))]
    told = list(_issues(folder, sorted(held), gone, plan.issues))
    parts.finish(folder, kept, told)
    months: dict[str, Counter[str]] = defaultdict(Counter)
    for part in kept:
        months[part.month][part.table] += part.rows
    rows = sum(months.values(), Counter[str]())
    twice = sum(one.counts.get("duplicates", 0) for one in held.values())
    made = Manifest(
        state="whole" if len(held) == len(plan.shards) else "partial",
        content=whole_digest(plan.stamp, total, count),
        stamp=plan.stamp,
        counts={
            **{table: rows[table] for table in TABLES},
            "duplicates": twice + sum(map(len, gone.values())),
            "issues": len(told),
        },
        issues=dict(sorted(Counter(one.code for one in told).items())),
        months={month: dict(months[month]) for month in sorted(months)},
        inputs=tuple(map(_digested, plan.inputs)),
        shards=tuple(_shard(n, part, held, failed) for n, part in enumerate(plan.shards)),
        parts=tuple(kept),
    )
    with whole(folder / duck.FILE) as stream:
        stream.write(duck.script().encode())
    with whole(folder / MANIFEST) as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
    if made.state == "whole":
        shutil.rmtree(folder / shift.WORK, ignore_errors=True)
    return made


def _same(folder: Path, numbers: Sequence[int]) -> tuple[dict[int, set[str]], int, int]:
    """Return by shard the articles that an earlier shard has, and the sum and number of the others.

    Digests are summed modulo 2**256, so that their order does not count and shards add up.
    """
    gone: dict[int, set[str]] = {}
    names = [shift.contents(folder, number)["id"] for number in numbers]
    every = np.concatenate([np.array([], dtype="<u8"), *names])
    _, first = np.unique(every, return_index=True)
    fresh = np.zeros(len(every), dtype=bool)
    fresh[first] = True
    at = total = 0
    for number in numbers:
        rows = shift.contents(folder, number)
        mine = fresh[at : at + len(rows)]
        at += len(rows)
        total += sum(int(digest, 16) for digest in rows["content"][mine])
        left = {f"article-{int(name):016x}" for name in rows["id"][~mine]}
        if left:
            gone[number] = left
    return gone, total % _SUM, len(first)


def whole_digest(stamp: Stamp, total: int, count: int) -> str:
    """Return the digest of a data set: its stamp, how many articles, the sum of their digests."""
    found = hashlib.sha256(msgspec.json.encode(stamp))
    found.update(count.to_bytes(8, "big") + total.to_bytes(32, "big"))
    return found.hexdigest()


def _kept(folder: Path, receipt: Receipt, gone: set[str]) -> Iterator[Part]:
    for part in receipt.parts:
        left = parts.without(folder, part, gone) if gone else part
        if left is not None:
            yield left


def _issues(
    folder: Path, numbers: Sequence[int], gone: Mapping[int, set[str]], planned: Iterable[Issue]
) -> Iterator[Issue]:
    """Yield all issues, each once, in an order that does not hang on shards.

    What was said while an article was coded goes where the article goes.
    """
    found = [
        issue
        for number in numbers
        for issue in shift.issues(folder, number)
        if issue.stage == "sources" or issue.article not in gone.get(number, set())
    ]
    once = {wire.dump(issue): issue for issue in [*planned, *found]}
    for line in sorted(once):
        yield once[line]


def _digested(one: Input) -> Digested:
    return Digested(one.place, one.form, one.size, one.sha256)


def _shard(
    number: int,
    slices: tuple[Slice, ...],
    held: Mapping[int, Receipt],
    failed: Mapping[int, str],
) -> Shard:
    if number in held:
        return Shard(slices, held[number].counts)
    return Shard(slices, failed=failed.get(number, "not done"))
