"""`tocsin gazetteer`: what the gazetteer holds, and making another one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import tocsin
from tocsin.base.errors import InputError, OntologyError
from tocsin.cli.app import app
from tocsin.ontology import gazetteer

LINE = (
    "{id}\t{name}\t{name}\t{others}\t{lat}\t{lon}\t{cls}\t{kind}\tIQ\t\t{a1}\t{a2}\t\t\t{pop}\t\t\t"
    "Asia/Baghdad\t2024-01-01\n"
)


def run(*arguments: str, environment: dict[str, str] | None = None) -> Result:
    """Return the outcome of a command."""
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "300"} | (environment or {}))


def line(number: int, name: str, kind: str, **other: object) -> str:
    """Return a line of a dump of Iraq."""
    base = {"others": "", "lat": 33.6, "lon": 42.8, "a1": "01", "a2": "", "pop": 0}
    cls = {"AD": "A", "PC": "A", "PP": "P"}.get(kind[:2], "S")
    return LINE.format_map(base | {"id": number, "name": name, "kind": kind, "cls": cls} | other)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """Return a dump of Iraq with an invented town, its province and a base."""
    lines = [
        line(1, "Iraq", "PCLI", lat=33, lon=44, a1=""),
        line(2, "Qwx", "ADM1"),
        line(3, "Tarvos", "PPL", others="Tarwos", pop=44000),
        line(4, "Tarvos Base", "AIRB", lat=33.7),
        line(5, "Tarvos Mall", "MALL"),
    ]
    path = tmp_path / "IQ.txt"
    path.write_text("".join(lines), "utf8")
    return path


def test_show() -> None:
    """The gazetteer in use tells its places, names, version and folder."""
    done = run("gazetteer", "show")
    held = gazetteer.load()
    assert done.exit_code == 0
    assert done.stdout == (
        f"{len(held):,} places, {len(held.names):,} names, version {held.version}\n"
        f"in {held.folder}\n"
    )


def test_build_and_use(tmp_path: Path, dump: Path) -> None:
    """An index made of a dump answers at once, by --gazetteer and by the environment."""
    folder = tmp_path / "index"
    done = run("gazetteer", "build", "--geonames", str(dump), "--out", str(folder))
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert f"reading {dump}" in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == [
        "gazetteer.toml", "names.marisa", "places.npy", "titles.bin",
    ]  # fmt: skip
    done = run("where", "Tarwos", "--gazetteer", str(folder), "--json")
    assert done.exit_code == 0, done.output
    place = json.loads(done.stdout)["place"]
    assert (place["geonameid"], place["name"], place["country"]) == (3, "Tarvos", "IRQ")
    assert run("where", "Tarvos").exit_code == 1
    shown = run("gazetteer", "show", environment={gazetteer.VARIABLE: str(folder)})
    assert str(folder) in shown.stdout
    assert f"version {tocsin.__version__}" in shown.stdout


def test_what_a_dump_gives(tmp_path: Path, dump: Path) -> None:
    """An index tells what it was made of, and leaves out spots that news does not name."""
    folder = tmp_path / "index"
    run("gazetteer", "build", "--geonames", str(dump), "--out", str(folder))
    held = gazetteer.load(folder)
    assert 'sources = ["IQ.txt"]' in (folder / "gazetteer.toml").read_text("utf8")
    assert [spot.kind for spot, _ in held.find("Tarvos Base")] == ["AIRB"]
    assert held.find("Tarvos Mall") == []


def test_classes(tmp_path: Path, dump: Path) -> None:
    """Only the wanted classes of a dump are taken; its divisions always are."""
    folder = tmp_path / "index"
    run("gazetteer", "build", "--geonames", str(dump), "--out", str(folder), "--classes", "P")
    held = gazetteer.load(folder)
    assert held.find("Tarvos Base") == []
    assert [spot.kind for spot, _ in held.find("Tarvos")] == ["PPL"]
    assert [spot.kind for spot, _ in held.find("Qwx")] == ["ADM1"]


def test_building_twice(tmp_path: Path, dump: Path) -> None:
    """An index may be made anew in its folder, and the same dump gives the same files."""
    folder = tmp_path / "index"
    made = []
    for _ in range(2):
        done = run("gazetteer", "build", "--geonames", str(dump), "--out", str(folder))
        assert done.exit_code == 0
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1]


def test_other_files_are_safe(tmp_path: Path, dump: Path) -> None:
    """A folder that holds other files is left as it is."""
    done = run("gazetteer", "build", "--geonames", str(dump), "--out", str(tmp_path))
    assert isinstance(done.exception, InputError)
    assert "--out" in str(done.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["IQ.txt"]


def test_something_else_than_a_dump(tmp_path: Path) -> None:
    """A file that is no dump is refused with its line, and no index is begun."""
    path, folder = tmp_path / "x.txt", tmp_path / "index"
    path.write_text("a\tb\n", "utf8")
    done = run("gazetteer", "build", "--geonames", str(path), "--out", str(folder))
    assert isinstance(done.exception, InputError)
    assert "x.txt:1: 2 columns" in str(done.exception)
    assert not folder.exists()


def test_an_empty_folder_is_no_gazetteer(tmp_path: Path) -> None:
    """Asking a folder without an index says how to make one."""
    done = run("where", "Iraq", "--gazetteer", str(tmp_path))
    assert isinstance(done.exception, OntologyError)
    assert "tocsin gazetteer build" in str(done.exception)
