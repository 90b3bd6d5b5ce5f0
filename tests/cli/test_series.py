"""`tocsin series`: counts, snapshots, and exports that the documented script agrees with."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.command import tocsin
from tests.counted import documented
from tocsin.base.errors import InputError
from tocsin.store.open import open_store

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"
ON = ("--on", "2025-02-01")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the articles on El Fasher, coded and fused, with their sources."""
    folder = tmp_path_factory.mktemp("series")
    (folder / "in").mkdir()
    for file in EXAMPLES.glob("sudan*.json"):
        shutil.copy(file, folder / "in")
    store = folder / "a.db"
    assert tocsin("add", folder / "in", "--store", store)[0] == 0
    assert tocsin("run", "--store", store, "--workers", "1")[0] == 0
    return store


def test_counts(store: Path) -> None:
    """The fullest series stand first, and what counts for nothing is said."""
    code, said, told = tocsin("series", "--store", store, *ON, "--steps", "4")
    assert code == 0
    head, first, *_ = said.splitlines()
    assert head == "weeks from 2024-12-30 to the one of 2025-01-20"
    assert first.startswith("Sudan (SDN)  ")
    assert "series as of 2025-02-01; events that count for nothing:" in told


def test_one_unit(store: Path) -> None:
    """One unit by day is shown with what is to be expected, or why nobody can tell."""
    code, said, _ = tocsin("series", "SDN", "--store", store, *ON, "--step", "day", "--steps", "3")
    assert code == 0
    assert "events so far, expected in the end (90%)" in said
    with pytest.raises(InputError, match="meant SDN"):
        tocsin("series", "sdn", "--store", store)


def test_indicators(store: Path) -> None:
    """A unit's indicators are those of the export, in order; without a unit that is asked for."""
    code, said, told = tocsin("series", "SDN", "--indicators", "--store", store, *ON)
    assert code == 0
    assert said.splitlines()[0].startswith("I1 level 12w")
    assert " indicators of SDN as of 2025-02-01" in told
    code, _, told = tocsin("series", "--indicators", "--store", store)
    assert (code, "name one" in told) == (2, True)


def test_nothing(tmp_path: Path) -> None:
    """A store without events has no series, and its export is empty and agrees."""
    with open_store(tmp_path / "empty.db"):
        pass
    code, said, told = tocsin("series", "--store", tmp_path / "empty.db", *ON)
    assert (code, said, told) == (0, "", "0 of 0 series as of 2025-02-01\n")
    assert tocsin("series", "--export", tmp_path, "--store", tmp_path / "empty.db")[0] == 0
    assert documented()["main"](str(tmp_path)) == 0


def test_json(store: Path) -> None:
    """A series a line, with its key and its counts."""
    _, said, _ = tocsin("series", "SDN", "--store", store, *ON, "--json")
    rows = [json.loads(line) for line in said.splitlines()]
    assert {row["key"]["unit"]["name"] for row in rows} == {"SDN"}
    assert all(len(row["counts"]) == 12 for row in rows)


def test_snapshots(store: Path, tmp_path: Path) -> None:
    """A snapshot is kept, with `fuse` too, listed and checked."""
    own = shutil.copy(store, tmp_path / "own.db")
    assert "gone  snapshot-" in tocsin("series", "--snapshot", "--store", own)[1]
    assert "events counted" in tocsin("fuse", "--snapshot", "--store", own)[2]
    _, said, told = tocsin("series", "--snapshots", "--store", own)
    assert len(said.splitlines()) == 2
    assert " 0 new or changed, 0 gone" in said.splitlines()[1]
    assert told == "2 snapshots, all whole\n"


def test_the_script_agrees(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The script of the documentation makes every indicator of the example world anew."""
    assert tocsin("series", "--export", tmp_path, "--store", store, *ON)[0] == 0
    assert documented()["main"](str(tmp_path)) == 0
    assert " 0 differ" in capsys.readouterr().out
    rows = list(csv.DictReader((tmp_path / "indicators.csv").read_text("utf8").splitlines()))
    assert len({row["indicator"] for row in rows}) > 20
    columns = (tmp_path / "events.csv").read_text("utf8").splitlines()[0].split(",")
    explained = (tmp_path / "README.md").read_text("utf8")
    assert all(f"`{column}`" in explained for column in columns)


def test_a_difference_is_seen(store: Path, tmp_path: Path) -> None:
    """A table that was changed by hand no longer agrees."""
    tocsin("series", "--export", tmp_path, "--store", store, *ON)
    file = tmp_path / "events.csv"
    lines = file.read_text("utf8").splitlines(keepends=True)
    file.write_text("".join(lines[:20]), "utf8")
    assert documented()["main"](str(tmp_path)) > 0
