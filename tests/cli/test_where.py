"""`tocsin where`: which place a name means, one by one and for many texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tocsin.base.errors import InputError
from tocsin.cli.app import app

TEXT = "Shells fell on Tripoli, Lebanon, and on Qwxtarvos."
SPANS = [[15, 22], [24, 31], [40, 49]]
GOOD = {"doc": "a", "text": TEXT, "published": "2014-10-15", "spans": SPANS}


def run(*arguments: str) -> Result:
    """Return the outcome of the verb."""
    return CliRunner().invoke(app, ["where", *arguments])


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file."""
    return [json.loads(line) for line in path.read_text("utf8").splitlines()]


def test_one_name() -> None:
    """A name is told with division, country and reason, and the other places of the name below."""
    done = run("Tripoli")
    first, *others = done.stdout.splitlines()
    assert done.exit_code == 0
    assert first.startswith("Tripoli: Tripoli, ")
    assert "LBY (its name" in first
    assert any("LBN: PPL at 34.4" in line for line in others)


@pytest.mark.parametrize(
    ("context", "country"),
    [("", "LBY"), ("Beirut and Sidon", "LBN"), ("They left Lebanon for Beirut.", "LBN")],
)
def test_context_decides(context: str, country: str) -> None:
    """The places of a text around a name settle what it means."""
    done = run("Tripoli", "--context", context, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["place"]["country"] == country


def test_json() -> None:
    """With --json there is one object: the place, the reason and the candidates, best first."""
    said = json.loads(run("Baghdad", "--json").stdout)
    assert set(said) == {"text", "place", "because", "candidates"}
    assert set(said["place"]) == {"geonameid", "name", "lat", "lon", "country"}
    assert said["place"]["geonameid"] == said["candidates"][0]["geonameid"] == 98182
    scores = [one["score"] for one in said["candidates"]]
    assert scores == sorted(scores, reverse=True)


def test_unresolved() -> None:
    """A name of no place ends with exit code 1 and says why, as text and as JSON."""
    done = run("Qwxtarvos")
    assert done.exit_code == 1
    assert done.stdout == "Qwxtarvos: unresolved (no place of this name is known)\n"
    done = run("Qwxtarvos", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["place"] is None


def test_a_village_alone_is_unresolved() -> None:
    """A name of unlikely places is unresolved, its candidates are still shown."""
    done = run("Lisa")
    first, *others = done.stdout.splitlines()
    assert done.exit_code == 1
    assert "unresolved" in first
    assert others


def test_batch(tmp_path: Path) -> None:
    """Rows come back in order with all of their fields and a place or null for each span."""
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    other = {"doc": "b", "text": "No places.", "spans": [], "more": {"kept": True}}
    batch.write_text(f"{json.dumps(GOOD)}\n\n{json.dumps(other)}\n", "utf8")
    done = run("--batch", str(batch), "--out", str(out))
    assert (done.exit_code, done.stderr) == (0, "")
    first, second = rows(out)
    assert {k: v for k, v in first.items() if k != "places"} == GOOD
    assert second == other | {"places": []}
    tripoli, lebanon, unknown = first["places"]
    assert (tripoli["geonameid"], tripoli["country"]) == (266826, "LBN")
    assert (lebanon["name"], unknown) == ("Lebanon", None)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize(
    "row",
    [
        pytest.param('{"text": "Iraq", "spans": [[0, 4]', id="broken"),
        pytest.param("[1]", id="no object"),
        pytest.param('{"spans": [[0, 4]]}', id="no text"),
        pytest.param('{"text": "Iraq"}', id="no spans"),
        pytest.param('{"text": null, "spans": []}', id="null text"),
        pytest.param('{"text": "Iraq", "spans": [[0, 5]]}', id="beyond the end"),
        pytest.param('{"text": "Iraq", "spans": [[-1, 4]]}', id="before the start"),
        pytest.param('{"text": "Iraq", "spans": [[2, 2]]}', id="empty"),
        pytest.param('{"text": "Iraq", "spans": [[3, 1]]}', id="backwards"),
        pytest.param('{"text": "Iraq", "spans": [[0]]}', id="half a span"),
        pytest.param('{"text": "Iraq", "spans": [["0", "4"]]}', id="words for numbers"),
    ],
)
def test_bad_rows_are_left_out(tmp_path: Path, row: str) -> None:
    """A row that cannot be read is reported with its line; the others are written; exit code 1."""
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    batch.write_text(f"{json.dumps(GOOD)}\n{row}\n{json.dumps(GOOD)}\n", "utf8")
    done = run("--batch", str(batch), "--out", str(out))
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"error bad-row: {batch}:2: ")
    assert [one["doc"] for one in rows(out)] == ["a", "a"]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A row that is not UTF-8 is reported like any other that cannot be read."""
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    batch.write_bytes(b'{"doc": "\xff", "text": "Iraq", "spans": []}\n' + json.dumps(GOOD).encode())
    done = run("--batch", str(batch), "--out", str(out))
    assert done.exit_code == 1
    assert f"{batch}:1: " in done.stderr
    assert len(rows(out)) == 1


def test_spans_count_characters(tmp_path: Path) -> None:
    """Spans are of characters, however many bytes those have."""
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    row = {"text": "🚀 Ḩamāh, Syria", "spans": [[2, 7]]}
    batch.write_text(json.dumps(row, ensure_ascii=False), "utf8")
    assert run("--batch", str(batch), "--out", str(out)).exit_code == 0
    (place,) = rows(out)[0]["places"]
    assert place["country"] == "SYR"


@pytest.mark.parametrize("arguments", [(), ("Iraq", "--batch", __file__), ("--batch", __file__)])
def test_what_to_resolve_must_be_clear(arguments: tuple[str, ...]) -> None:
    """Neither a name nor a batch, both of them, or a batch without --out is an error."""
    done = run(*arguments)
    assert done.exit_code != 0
    assert isinstance(done.exception, InputError)


def test_absent_files() -> None:
    """A batch or a gazetteer that is not there is told by its option."""
    for option in ("--batch", "--gazetteer"):
        done = run("Iraq", option, "gone")
        assert done.exit_code == 2
        assert option in done.output
