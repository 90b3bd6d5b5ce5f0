"""Files, folders and standard input, read one article at a time.

Every problem is an issue in the stream, and reading goes on with what comes next.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tocsin.base.errors import InputError
from tocsin.records.issue import Issue
from tocsin.sources import html, prose, rows
from tocsin.sources.decode import decode
from tocsin.sources.fields import LONGEST, Given, Row, Spot, article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from tocsin.records.article import Article
    from tocsin.records.issue import Severity

LARGEST = 20_000_000  # bytes of a file, or of one line of a file of lines
_FORMS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "lines",
    ".ndjson": "lines",
}
_JSON = re.compile(r"\{\s*[\"}]|\[\s*[{\]]")
_SUFFIXES = "`.txt`, `.md`, `.html`, `.json` or `.jsonl`"

Found = tuple[Row, Spot] | Issue


@dataclass(frozen=True, slots=True)
class _Source:
    """One thing to read: where it is, in which form, and how to open it."""

    spot: Spot
    form: str
    open: Callable[[], BinaryIO]
    lasting: bool = False  # whether it stays open afterwards


def read(
    paths: Iterable[Path | str],
    *,
    outlet: str | None = None,
    published: date | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Issue]:
    """Yield every article found under the paths, and an issue for everything that is wrong.

    `outlet` and `published` hold for articles that do not give their own; `-` is standard input.
    """
    given = Given(outlet, published)
    seen: dict[tuple[str, str], str] = {}
    for path in paths:
        for source in _sources(path, stdin):
            if isinstance(source, Issue):
                yield source
            else:
                yield from _new(source, _articles(source, given), seen)


def _new(
    source: _Source, found: Iterable[Article | Issue], seen: dict[tuple[str, str], str]
) -> Iterator[Article | Issue]:
    """Yield what is found, an article that was there before as an issue instead.

    Rows that go by different names of their own stay apart, whatever their texts: somebody counts
    on finding each again.
    """
    named = source.form not in ("text", "markdown", "html")
    twice: set[str] = set()
    for item in found:
        if isinstance(item, Issue):
            if item.article not in twice:
                yield item
            continue
        key = (item.id, item.doc if named else "")
        if key in seen or (item.id, "") in seen:
            twice.add(item.id)
            first = seen.get(key) or seen[item.id, ""]
            message = f"`{item.doc}` is the same as in {first}; read once"
            yield source.spot.issue("duplicate", "note", message, article=item.id)
        else:
            seen[key] = source.spot.file
            yield item


def _sources(path: Path | str, stdin: BinaryIO | None) -> Iterator[_Source | Issue]:
    if str(path) == "-":
        stream = stdin or sys.stdin.buffer
        yield _Source(Spot("-", "stdin"), "any", lambda: stream, lasting=True)
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
        yield spot.issue("unreadable", "error", f"it cannot be opened ({_reason(error)})")


def _folder(folder: Path) -> Iterator[_Source | Issue]:
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
        yield _spot(folder).issue("empty-folder", "warning", f"no files; expected {_SUFFIXES}")


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
            yield _spot(place).issue("unreadable", "error", f"not opened ({_reason(error)})")
            continue
        waiting += [entry for entry in entries if not entry.name.startswith(".")]


def _inside(link: Path, root: Path) -> bool:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # a dangling link, a loop of links
        return False
    return target.is_file() and target.is_relative_to(root)


def _file(place: Path, unknown: Severity) -> _Source | Issue:
    """Return a file to read; one of unknown form is an issue of the given severity."""
    spot = _spot(place)
    form = _FORMS.get(place.suffix.lower())
    if form is None or not place.is_file():
        message = f"expected a file whose name ends in {_SUFFIXES}; not read"
        return spot.issue("unknown-format", unknown, message)
    return _Source(spot, form, lambda: place.open("rb"))


def _articles(source: _Source, given: Given) -> Iterator[Article | Issue]:
    try:
        stream = source.open()
        try:
            for found in _rows(stream, source):
                if isinstance(found, Issue):
                    yield found
                else:
                    yield from article(*found, given)
        finally:
            if not source.lasting:
                stream.close()
    except OSError as error:
        yield source.spot.issue("unreadable", "error", f"it cannot be read ({_reason(error)})")


def _rows(stream: BinaryIO, source: _Source) -> Iterator[Found]:
    """Yield the rows of fields in a file, whatever its form."""
    if source.form == "lines":
        first = stream.readline(LARGEST + 1)
        if not first.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield from _lines(first, stream, source.spot)
            return
        data = first + stream.read(LARGEST + 1)  # UTF-16 has no lines before it is decoded
    else:
        data = stream.read(LARGEST + 1)
    yield from _whole(data, source)


def _whole(data: bytes, source: _Source) -> Iterator[Found]:
    spot = source.spot
    if len(data) > LARGEST:
        message = f"more than {LARGEST:,} bytes; split it, or give one article a line as `.jsonl`"
        yield spot.issue("too-large", "error", message)
        return
    try:
        text, doubt = decode(data, html.declared(data) if source.form in ("html", "any") else None)
    except InputError as error:
        yield spot.issue("not-text", "error", str(error))
        return
    if doubt:
        yield spot.issue("bad-encoding", "note", doubt)
    if not text.strip():
        message = "no characters but white space; expected an article"
        yield spot.issue("empty-file", "error", message)
        return
    yield from _shaped(text, _sniff(text) if source.form == "any" else source.form, spot)


def _sniff(text: str) -> str:
    """Return the form of a text of unknown origin."""
    start = text.lstrip()[:1000].lower()
    if _JSON.match(start):
        return "json"
    if start.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body")):
        return "html"
    return "markdown" if start.startswith("---\n") else "text"


def _shaped(text: str, form: str, spot: Spot) -> Iterator[Found]:
    if form == "json":
        yield from rows.document(text, spot)
        return
    if form == "lines":
        yield from rows.lines(enumerate(text.split("\n"), 1), spot)
        return
    cleaned, lost = prose.clean(text)
    if lost:
        message = f"{lost} control characters; each became a space"
        yield spot.issue("control-characters", "note", message)
    if form == "text" or (form == "markdown" and len(cleaned) > LONGEST):
        yield prose.plain(cleaned), spot
    elif form == "markdown":
        yield from _markdown(cleaned, spot)
    else:
        try:
            yield html.page(cleaned), spot
        except InputError as error:
            yield spot.issue("no-article", "error", str(error))


def _markdown(text: str, spot: Spot) -> Iterator[Found]:
    try:
        yield prose.markdown(text), spot
    except InputError as error:
        yield spot.issue("bad-front-matter", "warning", str(error))
        yield prose.plain(text), spot


def _lines(first: bytes, stream: BinaryIO, spot: Spot) -> Iterator[Found]:
    """Yield the rows of a file of lines, which may be longer than memory."""
    number, line, empty = 1, first, True
    while line:
        here = Spot(spot.file, spot.stem, f"line {number}")
        if len(line) > LARGEST:
            message = f"a line of more than {LARGEST:,} bytes; the rest of the file is not read"
            yield here.issue("too-large", "error", message)
            return
        if line.strip():
            empty = False
            yield from _line(line, here)
        number, line = number + 1, stream.readline(LARGEST + 1)
    if empty:
        yield spot.issue(
            "empty-file", "error", "no lines with something on them; expected articles"
        )


def _line(line: bytes, spot: Spot) -> Iterator[Found]:
    try:
        text, doubt = decode(line)
    except InputError as error:
        yield spot.issue("not-text", "error", str(error))
        return
    if doubt:
        yield spot.issue("bad-encoding", "note", doubt)
    yield rows.line_row(text, spot)


def _spot(place: Path) -> Spot:
    """Return where a file stands, its name in characters that can be written."""
    name = os.fsencode(place).decode("utf8", "replace")
    return Spot(name, Path(name).stem)


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
