"""PDF and Word: the text as people read it, and a refusal with its reason for everything else."""

from __future__ import annotations

import io
import zipfile

import docx as word
import pytest
from docx.oxml import parse_xml

from tests.samples import pdf, zipped
from tocsin.base.errors import InputError
from tocsin.sources import documents, sandbox

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FIRST = "The army took the town of Nyala on Monday after three days of fighting near it,"
LAST = "officials said."


def saved(document: object) -> bytes:
    """The bytes of a Word document."""
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def test_a_pdf_says_who_and_when() -> None:
    """Title, authors and the time of making come out of the document's own data."""
    about = "/Title (Army takes town) /Author (Ann Lee; Bo Li)"
    about += " /CreationDate (D:20241121101500+01'00')"
    row = documents.pdf(pdf([[FIRST, LAST]], about=about))
    assert row == {
        "title": "Army takes town",
        "text": f"Army takes town\n\n{FIRST} {LAST}",
        "authors": ["Ann Lee", "Bo Li"],
        "published": "2024-11-21T10:15:00+01:00",
    }


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("D:20241121101500Z", "2024-11-21T10:15:00+00:00"),
        ("D:20241121101500Z00'00'", "2024-11-21T10:15:00+00:00"),
        ("D:20241121", "2024-11-21"),
        ("D:202411211015", "2024-11-21T10:15:00"),
        ("soon", None),
    ],
)
def test_dates_of_pdfs(printed: str, expected: str | None) -> None:
    """Dates in the form of PDF become those of ISO 8601; others are none."""
    about = f"/CreationDate ({printed})"
    assert documents.pdf(pdf([[FIRST, LAST]], about=about))["published"] == expected


@pytest.mark.parametrize("title", ["Microsoft Word - a.docx", "untitled", "Document1", "x.pdf", ""])
def test_titles_of_programs_are_none(title: str) -> None:
    """A title that a program wrote by itself is not the article's."""
    row = documents.pdf(pdf([[FIRST, LAST]], about=f"/Title ({title})"))
    assert row["title"] is None
    assert str(row["text"]).startswith(FIRST)


def test_lines_become_paragraphs() -> None:
    """Words broken at line ends are whole, paragraphs are apart, true hyphens stay."""
    row = documents.pdf(
        pdf([
            [
                "Army takes town in the north",
                "The army took the town of Nyala on Monday after an inter-",
                "national observer said that the long-term truce had failed, offi-",
                "cials said.",
                "A second paragraph begins here and is long enough to fill a long-",
                "term line of the page, and speaks of the town of El-",
                "Fasher too.",
            ]
        ])
    )  # fmt: skip
    first, second, third = str(row["text"]).split("\n\n")
    assert first == "Army takes town in the north"
    assert second.endswith("an international observer said that the long-term truce had failed, "
                           "officials said.")  # fmt: skip
    assert third.startswith(
        "A second paragraph begins here and is long enough to fill a long-term "
    )
    assert third.endswith("the town of El-Fasher too.")


def test_running_heads_and_page_numbers_go() -> None:
    """What stands at the edge of most pages is no part of the text; the same words within stay."""
    head = "The Teller, 21 November 2024"
    pages = [
        [head, f"The {town} road was open on that day and goes on to the border, says", head]
        + [f"a man in {town} who has walked there."] * 3 + [f"- {number} -"]
        for number, town in enumerate(("Nyala", "Fasher", "Geneina"), 1)
    ]  # fmt: skip
    text = str(documents.pdf(pdf(pages))["text"])
    assert text.startswith("The Nyala road")
    assert text.count(head) == 3
    assert "- 2 -" not in text
    assert "walked there. The Fasher road" in " ".join(text.split())


def test_a_text_of_heads_alone_stays() -> None:
    """Where every line repeats, the lines are the text."""
    assert str(documents.pdf(pdf([[FIRST]] * 3))["text"]).startswith(FIRST)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[], []]), "no text on its 2 pages.*scan"),
        (pdf([["x"]] * 501), "501 pages; at most 500"),
        (b"%PDF-1.4\nnothing", "cannot be opened"),
        (b"", "cannot be opened"),
    ],
)
def test_pdfs_are_refused_with_a_reason(data: bytes, reason: str) -> None:
    """Scans, books and broken files say what is wrong with them."""
    with pytest.raises(InputError, match=reason):
        documents.pdf(data)


def test_a_long_pdf_is_refused() -> None:
    """A document with more text than an article has is not read to its end."""
    with pytest.raises(InputError, match="more than 500,000 characters"):
        documents.pdf(pdf([["the army and " * 7] * 54] * 110))


def test_a_word_document_in_order() -> None:
    """Paragraphs and rows of tables come in order, with title, author and day."""
    document = word.Document()
    document.core_properties.title = "Army takes town"
    document.core_properties.author = "Ann Lee; Bo Li"
    document.add_heading("Army takes town", 0)
    document.add_paragraph("Before the table.")
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for line in table.rows for cell in line.cells):
        cell.text = f"cell {number}"
    document.add_paragraph("After the table.")
    row = documents.docx(saved(document))
    assert row["title"] == "Army takes town"
    assert row["authors"] == ["Ann Lee", "Bo Li"]
    assert str(row["published"]).startswith("2013-12-23")
    assert row["text"] == (
        "Army takes town\n\nBefore the table.\n\n"
        "cell 0\tcell 1\n\ncell 2\tcell 3\n\nAfter the table."
    )


def test_the_template_of_the_library_says_nothing() -> None:
    """Author and day of the library's template are not the article's; a heading is a title."""
    document = word.Document()
    document.add_heading("Army takes town", 1)
    document.add_paragraph(FIRST)
    row = documents.docx(saved(document))
    assert (row["authors"], row["published"]) == ([], None)
    assert row["title"] == "Army takes town"


def test_what_a_reader_of_word_sees() -> None:
    """Insertions are read, deletions and hidden words are not; breaks and tabs part words."""
    document = word.Document()
    body = document.element.body
    body.insert(0, parse_xml(
        f"<w:p {NAMESPACE}><w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr>"
        "<w:r><w:t>The army</w:t><w:tab/></w:r><w:ins><w:r><w:t>took</w:t><w:br/></w:r></w:ins>"
        "<w:del><w:r><w:delText>lost</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>never</w:t></w:r>"
        "<w:hyperlink><w:r><w:t>the town</w:t></w:r></w:hyperlink></w:p>"
    ))  # fmt: skip
    body.insert(1, parse_xml(
        f"<w:sdt {NAMESPACE}><w:sdtContent><w:p><w:r><w:t>In a form.</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    ))  # fmt: skip
    assert documents.docx(saved(document))["text"] == "The army\ttook\nthe town\n\nIn a form."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 broken", "archive is broken"),
        (zipped({"a.txt": b"x"}), "no Word document"),
        (zipped({f"{n}.xml": b"" for n in range(5001)}), "5,001 parts"),
        (zipped({"word/big.xml": bytes(101_000_000)}), "101,000,000 bytes when unpacked"),
        (zipped({"../../etc/x": b"x"}), "leads out of the archive"),
        (zipped({"/etc/x": b"x"}), "leads out of the archive"),
        (zipped({"..\\x": b"x"}), "leads out of the archive"),
        (zipped({"word/inner.zip": b"x"}), "archive within"),
        (saved(word.Document()), "no text"),
    ],
)
def test_word_documents_are_refused_with_a_reason(data: bytes, reason: str) -> None:
    """Bombs, tricks and what is no document say what is wrong with them."""
    with pytest.raises(InputError, match=reason):
        documents.docx(data)


def test_entities_are_no_bomb() -> None:
    """A document of entities within entities is refused quickly and without much memory."""
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    part = f"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY l0 'ha'>{laughs}]>"
    with zipfile.ZipFile(io.BytesIO(saved(word.Document()))) as good:
        members = {name: good.read(name) for name in good.namelist()}
    body = f"<w:document {NAMESPACE}><w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body>"
    members["word/document.xml"] = f"{part}{body}</w:document>".encode()
    with pytest.raises(InputError):
        sandbox.run(documents.docx, zipped(members))


def test_the_sandbox_runs_both() -> None:
    """Both readers work in the process that they are meant for."""
    document = word.Document()
    document.add_paragraph(FIRST)
    data = saved(document)
    assert sandbox.run(documents.docx, data) == documents.docx(data)
    data = pdf([[FIRST, LAST]])
    assert sandbox.run(documents.pdf, data) == documents.pdf(data)
