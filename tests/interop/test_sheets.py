"""Spreadsheets as people have them: what is read, what bears out nothing, what is asked back."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.command import tocsin
from tests.handmade import URL, claims, standing, stored, table
from tocsin.base.errors import InputError
from tocsin.cli.headings import plan
from tocsin.sources.sheets import read
from tocsin.store.open import open_store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return the file of a store with one article of three claims, fused."""
    return stored(tmp_path / "some.db")


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("killed", "some dozen"), ("killed", "1,2"), ("killed", "9-7"), ("modality", "perhaps"),
        ("modes", "by spoon"), ("country", "Chad"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_accepts_nothing(
    store: Path, tmp_path: Path, field: str, words: str
) -> None:
    """A row that says something otherwise in words that cannot be read is no "this is right"."""
    _, (first, _, _) = claims()
    for row in (
        {"claim": first.id, field: words},
        {"article": URL, "quote": "shelled Northfield", field: words, "verdict": "yes"},
    ):
        file = table(tmp_path, row)
        code, out, err = tocsin("import", file, "--store", store, "--keep", "--author", "amal")
        assert code == 1
        assert f"found; nothing taken; not taken: {field}" in " ".join(out.split())
        assert "0 to judge, 0 that agree, 1 left out" in err
        assert standing(store) == []


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"modality": "negated"}, "not taken: modality: of an event numbers"),
        ({"outcome": "failed"}, "not taken: outcome"),
        ({"place": "Elsewhere", "country": "Sudan"}, "not taken: place"),
        ({"actors": "Rebels; Fishermen"}, "not taken: actors"),
        ({"injured": "3"}, "not taken: injured: no claim of the event gives a number"),
        ({"killed": "10+"}, None),
        ({"killed": "10-14"}, None),
        ({}, None),
    ],
)
def test_rows_about_events_accept_what_they_say_alike(
    store: Path, tmp_path: Path, more: dict[str, str], told: str | None
) -> None:
    """Of an event no more than numbers is corrected, yet what a row says otherwise is no accept."""
    _, (first, _, _) = claims()
    row = {
        "date": "2024-03-04", "place": "Northfield", "type": "ASSAULT", "actors": "Rebels",
        "country": "", "killed": "12",
    }  # fmt: skip
    file = table(tmp_path, row | more)
    _, out, _ = tocsin("import", file, "--store", store, "--keep", "--author", "amal")
    said = " ".join(out.split())
    made = [(one.verdict, one.target) for one in standing(store)]
    whole = more.get("killed", "12") == "12" and told is None
    assert made == ([("accept", first.id)] if whole else [])
    assert told is None or told in said
    assert told is not None or whole or "agrees with what stands already" in said


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("1.200", (1200, 1200)), ("1 200", (1200, 1200)), ("1,200+", (1200, None)),
        ("13+", (13, None)), ("10-14", (10, 14)), ("14.0", (14, 14)), ("1.200–1.400", (1200, 1400)),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(
    store: Path, tmp_path: Path, words: str, after: tuple[int, int | None]
) -> None:
    """Bounds are read, and thousands whatever sets them apart."""
    _, (first, _, _) = claims()
    file = table(tmp_path, {"claim": first.id, "killed": words})
    tocsin("import", file, "--store", store, "--keep", "--author", "amal")
    (made,) = standing(store)
    assert (made.verdict, made.field) == ("correct", "killed")
    assert (made.after["low"], made.after.get("high")) == after


POLECAT = {
    "Event ID": "P1", "Event Date": "2024-03-04", "Event Type": "ASSAULT", "Quad Code": "",
    "Actor Name": "Rebels", "Actor Name Raw": "rebels", "Recipient Name": "", "Country": "SDN",
    "Placename": "Northfield",
}  # fmt: skip


def test_polecat_columns_are_known(store: Path, tmp_path: Path) -> None:
    """Its own ids are none of ours, so day, place and parties tell; it bears out no coding."""
    file = table(tmp_path, POLECAT, POLECAT | {"Event ID": "P2", "Actor Name": "Fishermen"})
    code, out, err = tocsin("import", file, "--store", store, "--keep")
    assert code == 1
    assert "(by day, place, type, party)" in out
    assert "found; it says nothing that could be judged" in " ".join(out.split())
    assert "0 to judge, 1 that agree, 1 left out" in err


def test_ids_of_others_are_none(store: Path, tmp_path: Path) -> None:
    """A column of somebody's own numbers does not stand before day, place and parties."""
    _, (first, _, _) = claims()
    row = {
        "Event ID": "17", "Event Date": "2024-03-04", "place": "Northfield", "type": "ASSAULT",
        "actors": "Rebels",
    }  # fmt: skip
    file = table(tmp_path, row)
    _, out, _ = tocsin("import", file, "--store", store)
    assert "(by day, place, type, party)" in out
    assert f"{first.id} (ASSAULT" in " ".join(out.split())
    with pytest.raises(InputError, match="what a row is about"):
        plan(read(table(tmp_path, {"colour": "red"})), {}, None)
    with open_store(store, readonly=True) as opened, opened.read() as connection:
        (event,) = connection.execute(sa.text("select min(id) from event")).scalars()
    file = table(tmp_path, row | {"Event ID": event}, row)
    _, out, _ = tocsin("import", file, "--store", store)
    assert "(by the event's id)" in out
    assert "17: there is no such event" in " ".join(out.split())


def test_its_own_plover_comes_back(store: Path, tmp_path: Path) -> None:
    """What was exported in POLECAT's columns is found again, a claim of several pairs too."""
    code, _, _ = tocsin("export", "plover", "--store", store, "--out", tmp_path / "out.tsv")
    assert code == 0
    lines = (tmp_path / "out.tsv").read_text("utf8").splitlines()
    name = lines[1].partition("\t")[0]
    pairs = [line.replace(name, f"{name}-{at}") for line in lines[1:2] for at in (1, 2)]
    (tmp_path / "out.tsv").write_text("\n".join([lines[0], *pairs, *lines[2:]]), "utf8")
    code, out, err = tocsin("import", tmp_path / "out.tsv", "--store", store)
    assert code == 0, out
    assert "4 rows: 0 to judge, 4 that agree, 0 left out" in err


@pytest.mark.parametrize(
    ("rows", "option", "found"),
    [
        (["04.03.2024"], "day-first", ["Northfield"]),
        (["03/04/2024"], "month-first", ["Northfield"]),
        (["04/03/2024", "31/12/2024"], None, ["Northfield"]),
        (["03-04-2024", "12-31-2024"], None, ["Northfield"]),
        (["04/03/2024"], None, []),
        (["04/03/2024", "31/12/2024", "12/31/2024"], None, []),
    ],
)
def test_the_order_of_days(
    store: Path, tmp_path: Path, rows: list[str], option: str | None, found: list[str]
) -> None:
    """An option says it, or the only order in which all days of a table are days; else none is."""
    file = table(tmp_path, *({"date": day, "place": "Northfield"} for day in rows))
    option_ = ("--days", option) if option else ()
    _, out, err = tocsin("import", file, "--store", store, *option_)
    told = " ".join(out.split())
    assert ("(by day, place)" in told) == bool(found)
    assert ("may mean two days; --days day-first or month-first" in told) != bool(found)
    assert ("days are read" in err) == (option is None and bool(found))


def test_what_can_be_no_day(store: Path, tmp_path: Path) -> None:
    """A day that is none in the order that is said is left out."""
    file = table(tmp_path, {"date": "31/12/2024", "place": "Northfield"})
    _, out, _ = tocsin("import", file, "--store", store, "--days", "month-first")
    assert "'31/12/2024' is no day month-first" in " ".join(out.split())


@pytest.mark.parametrize(
    ("data", "header"),
    [
        (b"sep=;\r\nclaim;killed\r\n", 1),
        (b"Codings, spring, 2024\n\nclaim;killed\n", 3),
        (b"sep=;\r\nCodings;\r\nclaim;killed\r\n", 2),
    ],
)
def test_headings_that_stand_lower(store: Path, tmp_path: Path, data: bytes, header: int) -> None:
    """Excel's first line is known, and a title above the headings can be passed over."""
    _, (first, _, _) = claims()
    file = tmp_path / "odd.csv"
    file.write_bytes(data + f"{first.id};14\n".encode())
    _, out, _ = tocsin("import", file, "--store", store, "--header-row", header)
    assert f"row {header + 1} judged" in " ".join(out.split())
    assert "killed=14, was 12" in " ".join(out.split())
    with pytest.raises(InputError, match="nothing from row 9 on"):
        tocsin("import", file, "--store", store, "--header-row", "9")
