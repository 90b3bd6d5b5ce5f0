"""A situation report as a PDF, in a font of this machine that has the letters it needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.base.errors import InputError
from tocsin.desk.render import printable, web
from tocsin.views.report import Note, Report, Sentence
from tocsin.views.telling import day

if TYPE_CHECKING:
    from fpdf import FPDF

# Fonts with Latin, Cyrillic and Arabic letters, where systems keep them; none is packaged.
PLACES = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/Library/Fonts/Arial Unicode.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "C:/Windows/Fonts/arial.ttf",
)
FAMILY = "report"


def pdf(report: Report) -> bytes:
    """Return a report as the bytes of a PDF.

    Raises InputError where fpdf2 is not installed or the machine has no font for it.
    """
    page = _begun(report)
    page.set_font_size(18)
    _write(page, report.title)
    page.set_font_size(10)
    _write(page, day(report.on))
    for number, item in enumerate(report.items, 1):
        _head(page, f"{number}. {item.title}")
        _told(page, item.sentences)
    _head(page, "Due")
    for one in report.due:
        _told(page, [one])
    if not report.due:
        _write(page, "Nothing is due in 14 days.")
    _head(page, "Not known")
    for number, item in enumerate(report.items, 1):
        for one in item.unknown:
            _write(page, f"Event {number}: {_marked(one)}")
    if report.missing:
        _write(page, f"No event holds these any more: {', '.join(report.missing)}")
    _head(page, "Notes")
    page.set_font_size(8)
    for note in report.notes:
        _note(page, note)
    return bytes(page.output())


def _begun(report: Report) -> FPDF:
    """Return an empty document with a font; asked for late, since it takes its time to load."""
    try:
        from fpdf import FPDF  # noqa: PLC0415 - as above
    except ImportError as error:
        raise InputError(
            "a PDF needs fpdf2; install it with `pip install tocsin[pdf]`, or take DOCX or HTML"
        ) from error
    font = next((place for place in PLACES if Path(place).is_file()), None)
    if font is None:
        raise InputError(
            "a PDF needs a font with Latin, Cyrillic and Arabic letters and none was found; "
            "install DejaVu Sans, or take DOCX or HTML"
        )
    page = FPDF(format="A4")
    page.set_title(_plain(report.title))
    page.set_creator("Tocsin")
    page.set_auto_page_break(auto=True, margin=18)
    page.add_font(FAMILY, fname=font)
    page.set_font(FAMILY)
    page.set_text_shaping(True)
    page.add_page()
    return page


def _plain(words: str) -> str:
    return " ".join(printable(words).split())


def _head(page: FPDF, words: str) -> None:
    size = page.font_size_pt
    page.ln(3)
    page.set_font_size(12)
    _write(page, words)
    page.set_font_size(size)


def _write(page: FPDF, words: str, link: str = "") -> None:
    page.multi_cell(0, page.font_size * 1.4, _plain(words), align="L", new_x="LMARGIN",
                    new_y="NEXT", link=link)  # fmt: skip
    page.ln(1)


def _told(page: FPDF, sentences: Sequence[Sentence]) -> None:
    _write(page, " ".join(map(_marked, sentences)))


def _marked(one: Sentence) -> str:
    return f"{one.text} [{', '.join(map(str, one.notes))}]"


def _note(page: FPDF, note: Note) -> None:
    when = day(note.day) if note.day else "undated"
    address = web(note.url)
    link = f", {address}" if address else ""
    back = " (retracted)" if note.retracted else ""
    told = f"{note.number}. {note.outlet or 'outlet unknown'}, “{note.title}”, {when}{link}"
    _write(page, f"{told}; {note.claim}{back}. “{note.quote}”", _plain(address or ""))
