"""Which reader reads what: the form of a file, and the rows of one that is read as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from tocsin.base.errors import InputError
from tocsin.records.issue import Issue
from tocsin.sources import added, documents, html, prose, rows, sandbox
from tocsin.sources.decode import decode
from tocsin.sources.fields import LONGEST, Row, Spot

FORMS: Mapping[str, str] = {
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
    ".pdf": "pdf",
    ".docx": "docx",
    ".eml": "mail",
    ".mbox": "mbox",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".warc": "warc",
    ".warc.gz": "warc",
}
TYPES: Mapping[str, str] = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
# Forms of one article alone, which is what a file of them, an attachment or a record can hold.
SINGLE = frozenset(TYPES.values())
SUFFIXES = (
    "`.txt`, `.md`, `.html`, `.pdf`, `.docx`, `.json`, `.jsonl`, `.csv`, `.tsv`, `.parquet`, "
    "`.eml`, `.mbox`, `.warc` or `.warc.gz`"
)
_PACKED = (".gz", ".bz2", ".xz", ".zst", ".zip", ".tar", ".tgz", ".7z", ".rar")
_JSON = re.compile(r"\{\s*[\"}]|\[\s*[{\]]")
_SMALL = 10_000  # characters of a page that no process of its own is worth


def form(name: str) -> str | None:
    """Return the form that a file has by its name, None for one that is not read.

    Names that Tocsin does not know itself may be those of a plug-in.
    """
    name = name.lower()
    suffix = ".warc.gz" if name.endswith(".warc.gz") else PurePath(name).suffix
    return FORMS.get(suffix) or added.form(suffix)


def packed(name: str) -> bool:
    """Return whether a file is an archive by its name, which has to be unpacked first."""
    return name.lower().endswith(_PACKED) and form(name) is None


def told(data: bytes) -> str:
    """Return the form of bytes of unknown origin, by how they begin."""
    try:
        text, _ = decode(data, html.declared(data))
    except InputError:
        return "text"
    start = text.lstrip()[:1000].lower()
    if _JSON.match(start):
        return "json"
    if start.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body")):
        return "html"
    return "markdown" if start.startswith("---\n") else "text"


def whole(
    data: bytes, kind: str, spot: Spot, declared: str | None = None
) -> Iterator[tuple[Row, Spot] | Issue]:
    """Yield the rows of a body of the given form, or issues.

    `declared` is the encoding that the body comes with; a page's own word for it comes second.
    """
    if kind.startswith(added.PREFIX):
        yield from added.rows(data, kind, spot)
        return
    if kind in ("pdf", "docx"):
        yield _document(data, kind, spot)
        return
    if kind == "html":
        declared = declared or html.declared(data)
    text, doubt = characters(data, spot, declared)
    if doubt:
        yield doubt
    if text is None:
        return
    if not text.strip():
        message = "no characters but white space; expected an article"
        yield spot.issue("empty-file", "error", message)
        return
    yield from _shaped(text, kind, spot)


def characters(
    data: bytes, spot: Spot, declared: str | None = None
) -> tuple[str | None, Issue | None]:
    """Return the characters of a body, None where it is no text, and what is wrong with them."""
    try:
        text, doubt = decode(data, declared)
    except InputError as error:
        return None, spot.issue("not-text", "error", str(error))
    return text, spot.issue("bad-encoding", "note", doubt) if doubt else None


def page(text: str) -> Row:
    """Return the fields of a page, all but small ones read in the sandbox; or InputError."""
    return html.page(text) if len(text) <= _SMALL else sandbox.run(html.page, text)


def _document(data: bytes, kind: str, spot: Spot) -> tuple[Row, Spot] | Issue:
    try:
        return sandbox.run(documents.pdf if kind == "pdf" else documents.docx, data), spot
    except InputError as error:
        return spot.issue("no-document", "error", str(error))


def _shaped(text: str, kind: str, spot: Spot) -> Iterator[tuple[Row, Spot] | Issue]:
    if kind == "json":
        yield from rows.document(text, spot)
        return
    if kind == "lines":
        yield from rows.lines(enumerate(text.split("\n"), 1), spot)
        return
    cleaned, lost = prose.clean(text)
    if lost:
        message = f"{lost} control characters; each became a space"
        yield spot.issue("control-characters", "note", message)
    if kind == "text" or (kind == "markdown" and len(cleaned) > LONGEST):
        yield prose.plain(cleaned), spot
    elif kind == "markdown":
        yield from _markdown(cleaned, spot)
    else:
        try:
            yield page(cleaned), spot
        except InputError as error:
            yield spot.issue("no-article", "error", str(error))


def _markdown(text: str, spot: Spot) -> Iterator[tuple[Row, Spot] | Issue]:
    try:
        yield prose.markdown(text), spot
    except InputError as error:
        yield spot.issue("bad-front-matter", "warning", str(error))
        yield prose.plain(text), spot
