"""PDF and Word documents: their running text, title, authors and day; the door to their libraries.

Both functions are meant to be run by `sandbox.run`: a document can bring its parser down.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tocsin.base.errors import InputError
from tocsin.sources.fields import LONGEST

if TYPE_CHECKING:
    from tocsin.sources.fields import Row

PAGES = 500
# A long report with pictures has a few hundred members and some ten million bytes.
_MEMBERS, _UNPACKED = 5_000, 100_000_000
_PACKED = (".zip", ".docx", ".docm", ".jar", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LINE_END = re.compile(r"\r\n?|\n")
_JOINT = re.compile("[\x02\ufffe]")  # what PDFium writes for a hyphen and the end of its line
_BROKEN = re.compile(r"(\w+)[-\u00ad\u2010]\Z")
_WORD_START = re.compile(r"\w+")
_EDGE = 2  # lines at the top and at the bottom of a page that may be no part of the text
_NUMBER = re.compile(r"[-–—|\s]*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d+)?[-–—|\s]*")
_DATE = re.compile(
    r"(?:D:)?(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{2}'?\d{2})?.*"
)
# Titles that programs write by themselves.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|untitled.*|(?:document|doc) ?\d*"
    r"|.*\.(?:docx?|pdf|rtf|indd|odt|qxd|txt|html?))",
    re.IGNORECASE,
)
_FULL = 0.75  # of the longest lines: a shorter one that ends a sentence ends a paragraph
_STOPS = (".", "!", "?", ":", '"', "”", "’", ")", "…")


def pdf(data: bytes) -> Row:
    """Return the fields of a PDF; raise InputError where it has no text that can be read."""
    import pypdfium2  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "it is locked by a password; save it without one" if locked else f"{error}"
        raise InputError(f"the PDF cannot be opened: {reason}") from error
    pages = _pages(document)
    if not any(line.strip() for page in pages for line in page):
        raise InputError(
            f"no text on its {len(pages)} pages, so it is pictures of pages (a scan?); "
            "expected text. Recognise the text first, for example with ocrmypdf"
        )
    about = document.get_metadata_dict()
    text = _paragraphs(_bare(pages))
    return _fields(text, about["Title"], about["Author"], _day(about["CreationDate"]))


def docx(data: bytes) -> Row:
    """Return the fields of a Word document; raise InputError where it cannot be read."""
    _harmless(data)
    import docx as word  # noqa: PLC0415

    try:
        document = word.Document(io.BytesIO(data))
    except Exception as error:  # the library lets through whatever a broken part raises
        raise InputError(f"no Word document that can be read ({type(error).__name__})") from error
    text = "\n\n".join(block for block in _blocks(document.element.body) if block.strip())
    if not text.strip():
        raise InputError("no text in the document; expected an article")
    about = document.core_properties
    author, created = about.author, about.created
    if author == "python-docx":  # the template of that library, with its own author and day
        author = created = None
    title = about.title or _heading(document)
    return _fields(text, title, author, created.isoformat() if created else None)


def _fields(text: str, title: str | None, author: str | None, day: str | None) -> Row:
    """Return the fields, the title at the head of the text where it is not there."""
    name = " ".join((title or "").split())
    if _NO_TITLE.fullmatch(name):
        name = ""
    if name and name.casefold() not in " ".join(text[:2000].split()).casefold():
        text = f"{name}\n\n{text}"
    authors = [part.strip() for part in re.split(r"[;\n]", author or "") if part.strip()]
    return {"title": name or None, "text": text, "authors": authors, "published": day}


def _pages(document: Any) -> list[list[str]]:  # noqa: ANN401 - the library has no types
    """Return the lines of each page."""
    if len(document) > PAGES:
        raise InputError(f"the PDF has {len(document)} pages; at most {PAGES} are read. Split it")
    pages, size = [], 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage().get_text_bounded()
        page.close()
        size += len(text)
        if size > LONGEST:
            raise InputError(f"more than {LONGEST:,} characters, too many for an article. Split it")
        pages.append([line.strip() for line in _LINE_END.split(_JOINT.sub("-\n", text))])
    return pages


def _bare(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the pages without empty lines, page numbers, and lines at their edges that repeat."""
    full = [[line for line in page if line.strip()] for page in pages]
    edges = [{*page[:_EDGE], *page[-_EDGE:]} for page in full]
    times = Counter(key for lines in edges for key in {_alike(line) for line in lines})
    written = sum(bool(page) for page in full)
    heads = {key for key, count in times.items() if count >= 2 and count > written / 2}
    inner = [_inner(page, heads) for page in full]
    return inner if any(inner) else full


def _inner(page: list[str], heads: set[str]) -> list[str]:
    first, last = 0, len(page)
    while first < min(_EDGE, last) and _repeated(page[first], heads):
        first += 1
    while last > max(first, len(page) - _EDGE) and _repeated(page[last - 1], heads):
        last -= 1
    return page[first:last]


def _repeated(line: str, heads: set[str]) -> bool:
    return _alike(line) in heads or _NUMBER.fullmatch(line.lower()) is not None


def _alike(line: str) -> str:
    """Return what is the same on every page of a running head: all but its numbers."""
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


def _paragraphs(pages: Sequence[Sequence[str]]) -> str:
    """Return lines joined into paragraphs: a short line that ends a sentence is the last of one.

    Words broken at line ends are mended.
    """
    lines = [line for page in pages for line in page]
    written = set(re.findall(r"\w+-\w+", "\n".join(lines)))
    widths = sorted(len(line) for line in lines)
    full = _FULL * widths[int(0.9 * (len(widths) - 1))]
    joined = ""
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        broken, rest = _BROKEN.search(line), _WORD_START.match(after)
        if broken and rest:
            joined += line if _hyphened(broken[1], rest[0], written) else line[:-1]
            continue
        ends = len(line) < full and (line.endswith(_STOPS) or after[:1].isupper())
        joined += line + ("\n\n" if ends else " ")
    return joined.strip()


def _hyphened(before: str, after: str, written: set[str]) -> bool:
    """Return whether a hyphen at a line's end is the word's own.

    It is where the document writes the same word with one elsewhere, or a name or number follows.
    """
    return f"{before}-{after}" in written or not after[0].islower() or before[-1].isdigit()


def _day(printed: str) -> str | None:
    """Return a PDF's date (ISO 32000, 7.9.4) as ISO 8601 writes it."""
    match = _DATE.fullmatch(printed.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    clock = f"T{hour}:{minute}:{second or '00'}" if hour else ""
    shift = (zone or "").replace("'", "")
    shift = "+00:00" if shift == "Z" else f"{shift[:3]}:{shift[3:]}" if shift else ""
    return f"{year}-{month}-{day}{clock}{shift if clock else ''}"


def _harmless(data: bytes) -> None:
    """Refuse an archive that is more, or other, than a document."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InputError(f"no Word document: its archive is broken ({error})") from error
    size = sum(member.file_size for member in members)
    if len(members) > _MEMBERS or size > _UNPACKED:
        raise InputError(
            f"{len(members):,} parts of {size:,} bytes when unpacked; "
            f"at most {_MEMBERS:,} of {_UNPACKED:,} bytes are opened"
        )
    for member in members:
        parts = re.split(r"[/\\]", member.orig_filename)
        if (
            ".." in parts
            or parts[0] in ("", ".")
            or ":" in parts[0]
            or "\0" in member.orig_filename
        ):
            raise InputError("a part of its archive leads out of the archive; not opened")
        # Word keeps embedded workbooks there, which nobody opens.
        if member.filename.lower().endswith(_PACKED) and "embeddings" not in parts:
            raise InputError("an archive within its archive, which no document has; not opened")


def _heading(document: Any) -> str | None:  # noqa: ANN401 - as the library has it
    """Return the first paragraph in the style of a title or first heading."""
    for paragraph in document.paragraphs[:20]:
        name = str(getattr(paragraph.style, "name", None) or "")
        if name in ("Title", "Heading 1") and paragraph.text.strip():
            return str(paragraph.text)
    return None


def _blocks(parent: Any) -> Iterator[str]:  # noqa: ANN401 - an element of lxml, which has no types
    """Yield paragraphs, and rows of tables with their cells set apart by tabs, in order."""
    for element in parent:
        if element.tag == _WORD + "p":
            yield _written(element)
        elif element.tag == _WORD + "tr":
            cells = (" ".join(_blocks(cell)) for cell in element.iterchildren(_WORD + "tc"))
            yield "\t".join(" ".join(cell.split()) for cell in cells)
        elif isinstance(element.tag, str) and element.tag != _WORD + "sectPr":
            yield from _blocks(element)


def _written(paragraph: Any) -> str:  # noqa: ANN401 - an element of lxml
    """Return what a reader sees of a paragraph: insertions too, nothing deleted or hidden."""
    text = ""
    for run in paragraph.iter(_WORD + "r"):
        hidden = run.find(f"{_WORD}rPr/{_WORD}vanish") is not None
        if hidden or next(run.iterancestors(_FALLBACK), None) is not None:
            continue
        for part in run:
            if part.tag == _WORD + "t":
                text += part.text or ""
            elif part.tag in (_WORD + "tab", _WORD + "br", _WORD + "cr"):
                text += "\t" if part.tag == _WORD + "tab" else "\n"
            elif part.tag == _WORD + "noBreakHyphen":
                text += "-"
    return text
