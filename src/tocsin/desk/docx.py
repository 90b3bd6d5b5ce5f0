"""A situation report as a Word document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from tocsin.desk.render import printable, web
from tocsin.views.report import Note, Report, Sentence
from tocsin.views.telling import day

# What XML cannot hold, besides what cannot be printed.
_BARRED = re.compile("[\x0c\ufffe\uffff]")


def docx(report: Report) -> bytes:
    """Return a report as the bytes of a document; footnotes stand at its end, by number."""
    found = Document()
    found.core_properties.title = plain(report.title)
    found.core_properties.author = "Tocsin"
    found.add_heading(plain(report.title), 0)
    found.add_paragraph(day(report.on))
    for number, item in enumerate(report.items, 1):
        found.add_heading(f"{number}. {plain(item.title)}", 1)
        _told(found.add_paragraph(), item.sentences)
    found.add_heading("Due", 1)
    for one in report.due:
        _told(found.add_paragraph(style="List Bullet"), [one])
    if not report.due:
        found.add_paragraph("Nothing is due in 14 days.")
    found.add_heading("Not known", 1)
    for number, item in enumerate(report.items, 1):
        for one in item.unknown:
            line = found.add_paragraph(f"Event {number}: ", style="List Bullet")
            _told(line, [one])
    if report.missing:
        found.add_paragraph(plain(f"No event holds these any more: {', '.join(report.missing)}"))
    found.add_heading("Notes", 1)
    for note in report.notes:
        _note(found.add_paragraph(), note)
    out = BytesIO()
    found.save(out)
    return out.getvalue()


def plain(words: str) -> str:
    """Return words on one line that XML can hold."""
    return " ".join(_BARRED.sub("\ufffd", printable(words)).split())


def _told(paragraph: Any, sentences: Sequence[Sentence]) -> None:  # noqa: ANN401 - no types
    for one in sentences:
        paragraph.add_run(plain(one.text))
        marks = paragraph.add_run(" " + ", ".join(map(str, one.notes)) + " ")
        marks.font.superscript = True


def _note(paragraph: Any, note: Note) -> None:  # noqa: ANN401 - no types
    when = day(note.day) if note.day else "undated"
    told = f"{note.number}. {note.outlet or 'outlet unknown'}, “{note.title}”, {when}"
    paragraph.add_run(plain(told))
    address = web(note.url)
    if address:
        paragraph.add_run(", ")
        _link(paragraph, plain(address))
    back = " (retracted)" if note.retracted else ""
    paragraph.add_run(plain(f"; {note.claim}{back}. “{note.quote}”"))
    for run in paragraph.runs:
        run.font.size = Pt(9)


def _link(paragraph: Any, address: str) -> None:  # noqa: ANN401 - no types
    """Put a link behind a paragraph; the library reads links but has no call that makes one."""
    to = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link, run, words = (OxmlElement(name) for name in ("w:hyperlink", "w:r", "w:t"))
    link.set(qn("r:id"), to)
    words.text = address
    run.append(words)
    link.append(run)
    paragraph._p.append(link)  # noqa: SLF001 - as the library's own guide does
