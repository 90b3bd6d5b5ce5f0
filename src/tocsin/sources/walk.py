"""From paths to the files under them, each with the form that it is read in."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tocsin.records.issue import Issue
from tocsin.sources import added, forms
from tocsin.sources.fields import Spot

if TYPE_CHECKING:
    from tocsin.records.issue import Severity

STDIN, ANY = "-", "any"  # standard input, and its form, which is told when it is read


@dataclass(frozen=True, slots=True)
class Shard:
    """A file as it was found: its name, bytes, time of change in nanoseconds, and form.

    Where size or time are others than before, it has to be read anew; standard input has neither.
    """

    place: str
    size: int
    modified: int
    form: str


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: where it is, in which form, and how to open it."""

    spot: Spot
    shard: Shard
    open: Callable[[], BinaryIO]
    lasting: bool = False  # whether it stays open afterwards


def sources(path: Path | str, stdin: BinaryIO | None = None) -> Iterator[Source | Issue]:
    """Yield the files at or under a path, `-` being standard input, and issues for all others."""
    if str(path) == STDIN:
        stream = stdin or sys.stdin.buffer
        shard = Shard(STDIN, 0, 0, ANY)
        yield Source(Spot(STDIN, "stdin"), shard, lambda: stream, lasting=True)
        return
    place = Path(path)
    spot = _spot(place)
    try:
        if place.is_dir():
            yield from _folder(place)
        elif not os.path.lexists(place):
            yield spot.issue("missing-file", "error", "there is no such file; check the path")
        else:
            yield _file(place, "error")
    except (OSError, ValueError) as error:
        yield spot.issue("unreadable", "error", f"it cannot be opened ({reason(error)})")


def reason(error: Exception) -> str:
    """Return what an error says, in the system's own words where it has some."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _folder(folder: Path) -> Iterator[Source | Issue]:
    """Yield the files under a folder in the order of their names, never leaving it by a link."""
    root = folder.resolve()
    found = False
    for place in _walk(folder):
        found = True
        if isinstance(place, Issue):
            yield place
        elif place.is_symlink() and not _inside(place, root):
            message = "a link out of the folder, not followed; name its target to read it"
            yield _spot(place).issue("outside-folder", "note", message)
        else:
            yield _file(place, "note")
    if not found:
        message = f"no files; expected {forms.SUFFIXES}"
        yield _spot(folder).issue("empty-folder", "warning", message)


def _walk(folder: Path) -> Iterator[Path | Issue]:
    """Yield files, links and other things under a folder; hidden ones are passed over."""
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        if place != folder and (place.is_symlink() or not place.is_dir()):
            yield place
            continue
        try:
            entries = sorted(place.iterdir(), reverse=True)
        except OSError as error:
            yield _spot(place).issue("unreadable", "error", f"not opened ({reason(error)})")
            continue
        waiting += [entry for entry in entries if not entry.name.startswith(".")]


def _inside(link: Path, root: Path) -> bool:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # a dangling link, a loop of links
        return False
    return target.is_file() and target.is_relative_to(root)


def _file(place: Path, unknown: Severity) -> Source | Issue:
    """Return a file to read; one of unknown form is an issue of the given severity."""
    spot = _spot(place)
    form = forms.form(place.name)
    if form is None or not place.is_file():
        message = f"expected a file whose name ends in {forms.SUFFIXES}; not read"
        if forms.packed(place.name):
            message = "a packed file; unpack it and give what was in it. Not read"
        elif added.faults():
            message = f"{message}. {'; '.join(added.faults())}"
        return spot.issue("unknown-format", unknown, message)
    try:
        state = place.stat()
    except OSError as error:
        return spot.issue("unreadable", "error", f"it cannot be opened ({reason(error)})")
    shard = Shard(spot.file, state.st_size, state.st_mtime_ns, form)
    return Source(spot, shard, lambda: place.open("rb"))


def _spot(place: Path) -> Spot:
    """Return where a file stands, its name in characters that can be written."""
    try:
        raw = os.fsencode(place)
    except UnicodeEncodeError:  # a name that no file can have
        raw = str(place).encode("utf8", "replace")
    name = raw.decode("utf8", "replace").replace("\0", "\ufffd")
    stem = Path(name).stem
    return Spot(name, Path(stem).stem if name.lower().endswith(".warc.gz") else stem)
