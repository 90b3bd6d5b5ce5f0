"""Tables: CSV however it was exported, Parquet, and which column is which."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tocsin.base.errors import InputError
from tocsin.records.issue import Issue
from tocsin.sources import columns, tables
from tocsin.sources.fields import Spot
from tocsin.sources.piece import Piece

SPOT = Spot("table.csv", "table")
HEADERS = ["title", "text", "outlet", "date"]
ROWS = [
    ["Army takes town", 'It took the town, "all of it".\nIt left.', "The Teller", "2024-11-21"],
    ["Talks go on", "They go on; nobody\tknows | how long.", "The Teller", "2024-11-22"],
]  # fmt: skip


def written(rows: Iterable[Sequence[str]], **style: str) -> bytes:
    """A table in the given style, with its headers."""
    stream = io.StringIO(newline="")
    csv.writer(stream, **style).writerows([HEADERS, *rows])  # type: ignore[arg-type]
    return stream.getvalue().encode()


def opened(
    data: bytes, told: Mapping[str, str] | None = None, sign: str | None = None
) -> tuple[list[Piece], list[Issue]]:
    """The pieces and issues of a table."""
    return split(tables.cells(io.BytesIO(data), SPOT, told, sign))


def split(found: Iterator[Piece | Issue]) -> tuple[list[Piece], list[Issue]]:
    """The pieces and issues of a stream."""
    items = list(found)
    return [i for i in items if isinstance(i, Piece)], [i for i in items if isinstance(i, Issue)]


def codes(issues: Iterable[Issue]) -> list[str]:
    """The codes of issues, without the note of the columns that were guessed."""
    return [issue.code for issue in issues if issue.code != "guessed-columns"]


@pytest.mark.parametrize(
    "style",
    [
        {},
        {"delimiter": ";"},
        {"delimiter": "\t"},
        {"delimiter": "|"},
        {"lineterminator": "\n"},
        {"quoting": csv.QUOTE_ALL},
        {"escapechar": "\\", "doublequote": False},
    ],
)
def test_styles_of_cells(style: dict[str, str]) -> None:
    """Whatever sets cells apart and quotes them, the rows are the same."""
    pieces, issues = opened(written(ROWS, **style))
    assert codes(issues) == []
    for piece, row in zip(pieces, ROWS, strict=True):
        assert piece.row["text"] == f"{row[0]}\n\n{row[1]}"
        assert [piece.row[key] for key in ("title", "outlet", "published")] == [row[0], *row[2:]]


def test_rows_have_their_place() -> None:
    """Offset, length and bytes of a row are those of the file, over lines within cells too."""
    data = written(ROWS)
    pieces, _ = opened(data)
    assert [piece.spot.place for piece in pieces] == ["row 2", "row 3"]
    for piece in pieces:
        assert piece.offset is not None
        assert data[piece.offset : piece.offset + (piece.length or 0)] == piece.raw
    assert sum(piece.length or 0 for piece in pieces) == len(data) - len(",".join(HEADERS)) - 2


@pytest.mark.parametrize(
    ("encoding", "noted"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)],
)
def test_encodings(encoding: str, noted: bool) -> None:  # noqa: FBT001 - a column of the table
    """Accents survive every usual encoding; a guessed one is noted once."""
    rows = [["Lycée", f"Le lycée de François {n}", "x", "2024"] for n in range(3)]
    pieces, issues = opened(written(rows).decode().encode(encoding))
    assert [piece.row["title"] for piece in pieces] == ["Lycée"] * 3
    assert codes(issues) == ["bad-encoding"] * noted
    whole = pieces[0].offset is not None
    assert whole is (encoding != "utf-16")


def test_a_line_for_excel() -> None:
    """The line that tells Excel the sign is no line of headers."""
    pieces, _ = opened(b"sep=;\r\n" + written(ROWS, delimiter=";"))
    assert len(pieces) == 2


def test_ragged_rows_are_issues() -> None:
    """A row with too many or too few cells is not read; the others are."""
    bad = [["a", "b", "c"], ["a", "b", "c", "d", "e"], [""] * 4, [*ROWS[1], "", ""]]
    pieces, issues = opened(written([ROWS[0], *bad]))
    assert [piece.spot.place for piece in pieces] == ["row 2", "row 5"]
    assert codes(issues) == ["ragged-row"] * 2
    assert issues[1].message.startswith("3 cells; expected 4")


def test_a_quotation_mark_that_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark that is never closed costs its own line, and nothing after it."""
    monkeypatch.setattr(tables, "_FIELD", 2000)
    before = csv.field_size_limit(2000)
    try:
        rows = [[f"t{n}", f"It took town {n}.", "x", "2024"] for n in range(400)]
        lines = written(rows, lineterminator="\n").split(b"\n")
        lines[10] = b'"' + lines[10]
        pieces, issues = opened(b"\n".join(lines))
    finally:
        csv.field_size_limit(before)
    assert codes(issues) == ["bad-row"]
    assert [piece.row["title"] for piece in pieces] == [f"t{n}" for n in range(400) if n != 9]


def test_long_cells_and_longer_lines() -> None:
    """A cell longer than the library's limit is read; a line beyond ours is left out."""
    long = ["a", "word " * 60_000, "x", "2024"]
    pieces, issues = opened(written([long, ["b", "z" * 5_000_000, "x", "2024"], ROWS[1]]))
    assert [piece.row["title"] for piece in pieces] == ["a", "Talks go on"]
    assert codes(issues) == ["bad-row"]
    data = written([long, ["b", "z" * 5_000_000, "x", "2024"], ROWS[1]])
    assert data[pieces[1].offset or 0 :] == pieces[1].raw


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["empty-file"]),
        (b"\n\n", ["empty-file"]),
        (b"title,text\n", ["empty-file"]),
        (b"name,age\nx,1\n", ["no-column"]),
        (b"%PDF-1.4\n", ["not-text"]),
        (b"PK\x03\x04\n", ["not-text"]),
        (b'"title,text\n', ["no-column"]),
    ],
)
def test_what_is_no_table(data: bytes, expected: list[str]) -> None:
    """What has no rows, or no text in them, says so."""
    pieces, issues = opened(data)
    assert not pieces
    assert [issue.code for issue in issues][-1:] == expected or codes(issues) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (HEADERS, {"title": "title", "text": "text", "outlet": "outlet", "published": "date"}),
        (["Headline", "Full_Text", "Source", "Pub Date"],
         {"title": "Headline", "text": "Full_Text", "outlet": "Source", "published": "Pub Date"}),
        (["titre", "texte", "auteur"], {"title": "titre", "text": "texte", "authors": "auteur"}),
        (["Überschrift", "Inhalt", "Datum"],
         {"title": "Überschrift", "text": "Inhalt", "published": "Datum"}),
        (["заголовок", "текст", "дата"],
         {"title": "заголовок", "text": "текст", "published": "дата"}),
        (["العنوان", "النص"], {"title": "العنوان", "text": "النص"}),
        (["body", "content", "published", "date"], {"text": "body", "published": "published"}),
        (["x", "y"], {}),
        (["id", "articleBody", "URL", "by-line", "lang"],
         {"doc": "id", "text": "articleBody", "url": "URL", "authors": "by-line",
          "language": "lang"}),
    ],
)  # fmt: skip
def test_headers_are_guessed(headers: list[str], expected: dict[str, str]) -> None:
    """Usual headers of several languages are known, in any case and with any signs."""
    assert tables.mapping(headers) == expected


def test_a_guess_is_noted() -> None:
    """Which columns were taken by guess is said, so that somebody can correct it."""
    _, issues = opened(written(ROWS))
    assert [issue.code for issue in issues] == ["guessed-columns"]
    assert "published from `date`" in issues[0].message
    told = {"title": "title", "text": "text"}
    assert opened(written(ROWS), told)[1] == []


def test_columns_that_are_told() -> None:
    """A header, several in a row and a constant fill fields; a plus sign may be in a header."""
    told = {"title": "Hed", "text": "lead + body", "outlet": "=The Teller", "authors": "by+line"}
    data = b"hed,lead,body,by+line\nTown taken,It was on Monday.,It rained.,Ann Lee; Bo Li\n"
    (piece,), issues = opened(data, told)
    assert issues == []
    assert piece.row == {
        "title": "Town taken",
        "text": "Town taken\n\nIt was on Monday.\n\nIt rained.",
        "outlet": "The Teller",
        "authors": ["Ann Lee", "Bo Li"],
    }


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"text": "nothing"}, "no column `nothing` for `text`; the table has `title`"),
        ({"title": "title"}, "no column for `text`"),
        ({"text": "text", "colour": "title"}, "no field `colour`"),
    ],
)
def test_columns_that_are_told_wrong(told: dict[str, str], reason: str) -> None:
    """A mapping that does not fit is refused before the first row, with what is there."""
    with pytest.raises(InputError, match=reason):
        columns.plan(HEADERS, told)
    assert codes(opened(written(ROWS), told)[1]) == ["no-column"]


def parquet(table: object, **style: int) -> bytes:
    """The bytes of a Parquet file."""
    stream = io.BytesIO()
    pq.write_table(table, stream, **style)
    return stream.getvalue()


def test_parquet() -> None:
    """Rows come with days, lists and missing cells as other readers give them."""
    table = pa.table({
        "headline": ["a", "b", None],
        "body": ["It took the town.", "It left.", "It rained."],
        "date": [date(2024, 11, 21), None, date(2024, 11, 23)],
        "authors": [["Ann Lee", "Bo Li"], [], None],
        "crawl_date": [datetime(2024, 11, 21, 10, 15)] * 3,  # noqa: DTZ001 - as tables have it
        "unused": [1.5, 2.5, None],
    })  # fmt: skip
    found = tables.parquet(io.BytesIO(parquet(table)), SPOT)
    pieces, issues = split(found)
    assert codes(issues) == []
    assert pieces[0].row == {
        "title": "a",
        "text": "a\n\nIt took the town.",
        "published": "2024-11-21",
        "fetched": "2024-11-21T10:15:00",
        "authors": ["Ann Lee", "Bo Li"],
    }
    assert [piece.row.get("title") for piece in pieces] == ["a", "b", None]
    assert b'"body":"It left."' in (pieces[1].raw or b"")
    assert (pieces[1].form, pieces[1].offset, pieces[1].spot.place) == ("parquet", None, "row 2")


def test_parquet_in_batches() -> None:
    """Rows over several groups and batches come once each, in order, and lazily."""
    table = pa.table({"text": [f"It took town {n}." for n in range(1000)]})
    found = tables.parquet(io.BytesIO(parquet(table, row_group_size=300)), SPOT)
    pieces, _ = split(found)
    assert [piece.row["text"] for piece in pieces] == [f"It took town {n}." for n in range(1000)]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1", b"x" * 500])
def test_broken_parquet(data: bytes) -> None:
    """A file that is none is one issue."""
    pieces, issues = split(tables.parquet(io.BytesIO(data), SPOT))
    assert (pieces, codes(issues)) == ([], ["bad-table"])


def test_parquet_cut_within() -> None:
    """Rows that are broken within the file end it with an issue, what came before is kept."""
    table = pa.table({"text": [sha256(b"%d" % n).hexdigest() * 2 for n in range(2000)]})
    data = bytearray(parquet(table, row_group_size=500))
    data[len(data) // 2 : len(data) // 2 + 9000] = bytes(9000)
    pieces, issues = split(tables.parquet(io.BytesIO(bytes(data)), SPOT))
    assert pieces
    assert codes(issues) == ["bad-table"]


def test_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is missing the issue says how to get it."""
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    _, issues = split(tables.parquet(io.BytesIO(b""), SPOT))
    assert codes(issues) == ["not-installed"]
    assert "pip install 'tocsin[parquet]'" in issues[0].message
