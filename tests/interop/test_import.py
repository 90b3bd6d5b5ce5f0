"""Hand-coded spreadsheets as judgements: what is matched, what is not and why, kept, taken back."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.command import tocsin
from tests.handmade import URL, claims, standing, stored, table
from tocsin.base.errors import InputError
from tocsin.cli.headings import plan
from tocsin.sources.sheets import read
from tocsin.store import decisions
from tocsin.store.open import open_store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return the file of a store with one article of three claims, fused."""
    return stored(tmp_path / "some.db")


def test_a_preview_keeps_nothing_and_says_all(store: Path, tmp_path: Path) -> None:
    """Without --keep rows are only shown: what would be judged, what is left out and why."""
    file = table(
        tmp_path,
        {"article": URL, "quote": "Rebels shelled  Northfield", "killed": "14", "type": "ASSAULT"},
        {"article": URL, "quote": "attacked Southport", "place": "Southport"},
        {"article": URL, "quote": "the mayor resigned"},
        {"article": URL, "actors": "The army"},
        {"article": "https://nowhere.example/1"},
        {"type": "ASSAULT"},
        {"article": URL, "type": "SHELLING"},
        {"claim": "claim-0000000000000000"},
    )
    code, out, err = tocsin("import", file, "--store", store, "--author", "amal")
    assert code == 1
    told = " ".join(out.split())
    assert "row 2 judged" in told
    assert "killed=14, was 12" in told
    assert "row 3 judged" in told
    assert "is right" in told
    for words in (
        "the article does not have these words", "several claims fit",
        "the store has no article https://nowhere.example/1",
        "it names no claim, event or article", "type 'SHELLING': expected one of ACCUSE",
        "claim-0000000000000000: there is no such claim",
    ):  # fmt: skip
        assert words in told
    assert "8 rows: 2 to judge, 0 that agree, 6 left out; 2 judgements" in err
    assert "nothing is kept yet: 1 event would change; --keep keeps it" in err
    assert standing(store) == []


def test_kept_and_taken_back_as_one(store: Path, tmp_path: Path) -> None:
    """Judgements have author, reason and row; later they agree; --undo takes back just these."""
    _, (first, second, _) = claims()
    file = table(
        tmp_path,
        {"Link": URL, "Passage": "shelled Northfield", "Dead": "14-20", "Coder": "badr",
         "Note": "the hospital's count"},
        {"Link": URL, "Passage": "attacked Southport", "Dead": "", "Coder": "", "Note": ""},
    )  # fmt: skip
    asked = ("import", file, "--store", store, "--author", "amal", "--column", "quote=Passage")
    tocsin("judge", "accept", second.id, "--store", store, "--author", "cara")
    code, _, err = tocsin(*asked, "--keep")
    assert code == 0
    name = re.search(r"kept as (import-[0-9a-f]{16})", err)
    assert name is not None
    mine = [one for one in standing(store) if one.author != "cara"]
    assert [(one.verdict, one.target, one.field, one.author) for one in mine] == [
        ("correct", first.id, "killed", "badr")
    ]
    assert mine[0].reason == f"the hospital's count (row 2 of {name[1]})"
    code, out, err = tocsin(*asked, "--keep")
    assert "1 to judge, 1 that agree" in err
    assert "is right" in out
    code, out, err = tocsin(*asked)
    assert "0 to judge, 2 that agree, 0 left out" in err
    code, _, err = tocsin("import", "--undo", name[1], "--store", store)
    assert (code, "1 judgement of" in err) == (0, True)
    assert {one.verdict for one in standing(store)} == {"accept"}
    with pytest.raises(InputError, match="no judgement of it stands"):
        tocsin("import", "--undo", name[1], "--store", store)
    with open_store(store, readonly=True) as opened, opened.read() as connection:
        assert len(list(decisions.every(connection))) == 3


def test_verdicts(store: Path, tmp_path: Path) -> None:
    """Yes and no accept and reject; what means neither is left out; events are not rejected."""
    _, (first, second, third) = claims()
    file = table(
        tmp_path,
        {"claim": first.id, "verdict": "yes"},
        {"claim": second.id, "verdict": "Wrong"},
        {"claim": third.id, "verdict": "perhaps"},
        {"claim": first.id, "verdict": "no"},
    )
    code, out, _ = tocsin("import", file, "--store", store, "--keep", "--author", "amal")
    assert code == 1
    assert {(one.verdict, one.target) for one in standing(store)} == {
        ("accept", first.id), ("reject", second.id)
    }  # fmt: skip
    told = " ".join(out.split())
    assert "verdict 'perhaps'" in told
    assert "row 2 is about the same claim already" in told


def test_acled_columns_are_known(store: Path, tmp_path: Path) -> None:
    """Its rows are found by day, place and parties; its dead are chosen, its codes correct none."""
    acled = {
        "event_id_cnty": "SUD1", "event_date": "04 March 2024", "event_type": "Battles",
        "actor1": "Rebels of the North (2019-)", "actor2": "", "country": "Sudan",
        "location": "Northfield", "fatalities": "14", "notes": "Shelling of Northfield.",
    }  # fmt: skip
    file = table(
        tmp_path, acled,
        acled | {"event_id_cnty": "SUD2", "actor1": "Fishermen"},
        acled | {"event_id_cnty": "SUD3", "event_date": "05 March 2020"},
        acled | {"event_id_cnty": "SUD4", "event_type": "Protests"},
        acled | {"event_id_cnty": "SUD5", "event_date": "04/03/2024"},
    )  # fmt: skip
    code, out, _ = tocsin("import", file, "--store", store, "--keep", "--author", "amal")
    assert code == 1
    (made,) = standing(store)
    assert (made.verdict, made.field, made.after) == ("correct", "killed", "14")
    assert made.reason.startswith("Shelling of Northfield. (row 2 of import-")
    told = " ".join(out.split())
    assert "(by day, place, type, party)" in told
    assert "the events of that day have other parties (Rebels" in told
    assert "no event of type ASSAULT of that day is known there" in told
    assert "no event of type PROTEST of that day is known there" in told
    assert "'04/03/2024' may mean two days" in told
    file = table(tmp_path, acled | {"fatalities": "0"}, name="again.csv")
    _, out, err = tocsin("import", file, "--store", store, "--keep", "--author", "amal")
    assert "found; it says nothing that could be judged" in " ".join(out.split())
    assert "0 judgements" in err or "no judgements" in err


def test_a_workbook_and_a_report(store: Path, tmp_path: Path) -> None:
    """Excel's days and numbers are read; the report has every row, and no cell is a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["article", "quote", "date", "killed", "comment"],
        [URL, "shelled Northfield", date(2024, 3, 4), 12.0, "=1+1"],
        [None, None, None, None, None],
        [URL, "nothing of the kind", None, None, "+evil"],
    ):
        sheet.append(row)
    file = tmp_path / "coded.xlsx"
    book.save(file)
    report = tmp_path / "out" / "report.csv"
    code, _, err = tocsin("import", file, "--store", store, "--report", report)
    assert code == 1
    assert "2 rows: 1 to judge" in err
    rows = list(csv.DictReader(report.read_text("utf8").splitlines()))
    assert [row["tocsin_state"] for row in rows] == ["judged", "left"]
    assert rows[0]["date"] == "2024-03-04"
    assert rows[1]["comment"] == "'+evil"
    with pytest.raises(InputError, match="no sheet 'Codes'"):
        tocsin("import", file, "--store", store, "--sheet", "Codes")


def test_a_mapping(store: Path, tmp_path: Path) -> None:
    """A file says what headings, codes and verdicts mean."""
    _, (first, second, _) = claims()
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        '[columns]\nclaim = "Ref"\ntype = "Kind"\nverdict = "OK?"\n'
        '[types]\n"Armed clash" = "ASSAULT"\n"Demonstration" = "PROTEST"\n'
        '[verdicts]\n"passt" = "accept"\n'
    )
    file = table(
        tmp_path,
        {"Ref": first.id, "Kind": "armed clash", "OK?": "passt"},
        {"Ref": second.id, "Kind": "Demonstration", "OK?": ""},
    )
    code, out, _ = tocsin("import", file, "--store", store, "--mapping", mapping)
    assert code == 0, out
    assert "type=PROTEST" in " ".join(out.split())
    mapping.write_text("[colums]\n")
    with pytest.raises(InputError, match="expected TOML with"):
        tocsin("import", file, "--store", store, "--mapping", mapping)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing in it"),
        (b"\n\n", "nothing in it"),
        (b"a,a\n1,2\n", "two columns are called 'a'"),
        (b"colour,size\nred,1\n", "no column says what a row is about"),
        (b"PK\x03\x04rest", "expected text"),
        (b"%PDF-1.4", "expected text"),
    ],
)
def test_tables_that_are_none(store: Path, tmp_path: Path, data: bytes, words: str) -> None:
    """What is no table is refused plainly, and nothing is judged."""
    file = tmp_path / "odd.csv"
    file.write_bytes(data)
    with pytest.raises(InputError, match=words):
        tocsin("import", file, "--store", store)
    assert standing(store) == []


def test_broken_workbooks_and_files(store: Path, tmp_path: Path) -> None:
    """So are broken workbooks and missing files; --undo and a table exclude each other."""
    file = tmp_path / "odd.xlsx"
    file.write_bytes(b"PK\x03\x04rest")
    with pytest.raises(InputError, match="no workbook"):
        tocsin("import", file, "--store", store)
    with pytest.raises(InputError, match="cannot be read"):
        tocsin("import", tmp_path / "none.csv", "--store", store)
    with pytest.raises(InputError, match="or --undo"):
        tocsin("import", "--store", store)
    with pytest.raises(InputError, match="is no import"):
        tocsin("import", "--undo", "all", "--store", store)


def test_tables_as_people_save_them(tmp_path: Path) -> None:
    """Semicolons, a byte order mark, short rows and other columns do no harm."""
    file = tmp_path / "german.csv"
    file.write_bytes("\ufeffArticle;Quote;Farbe\nhttps://a.example;„so“\n".encode())
    sheet = read(file)
    assert sheet.rows == ((2, ("https://a.example", "„so“", "")),)
    found = plan(sheet, {}, None)
    assert dict(found.columns) == {"article": 0, "quote": 1}
    with pytest.raises(InputError, match="no column is called 'Nope'"):
        plan(sheet, {"quote": "Nope"}, None)
