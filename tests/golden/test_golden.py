"""Golden cases: whether anything changed; a person reads the difference and decides."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden.regenerate import CASES, CHOSEN, changes, expected, frozen, regenerate, written
from tests.packaged import coder

PATHS = sorted(CASES.glob("*.json"))


def name_of(path: Path) -> str:
    """Return how a case is called in reports."""
    return path.stem


def test_there_are_cases() -> None:
    """There are golden cases; the suite cannot pass by having none."""
    assert len(PATHS) >= len(CHOSEN), f"{CASES} holds too few cases: write them with `make golden`"


@pytest.mark.parametrize("path", PATHS, ids=name_of)
def test_nothing_changed(path: Path) -> None:
    """A frozen article is coded into exactly the rows that are kept."""
    case = json.loads(path.read_text("utf8"))
    found = json.loads(json.dumps(expected(frozen(case), coder())))
    lines = changes(case["expected"], found, path.stem)
    assert lines == [], "\n".join(
        [*lines, "if this is meant: make golden, and read the difference"]
    )


@pytest.mark.parametrize("path", PATHS, ids=name_of)
def test_case_is_as_it_is_written(path: Path) -> None:
    """A case is written by the script, never by hand."""
    text = path.read_text("utf8")
    assert text == written(json.loads(text))


def test_difference_is_told_by_record() -> None:
    """A changed record is two lines of the difference, an equal one none."""
    one = {"claims": [{"id": "e1"}, {"id": "e2"}], "entities": []}
    other = {"claims": [{"id": "e1"}, {"id": "e3"}], "entities": []}
    marked = [
        line
        for line in changes(one, other, "x")
        if line[0] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert marked == ['-claims: {"id": "e2"}', '+claims: {"id": "e3"}']
    assert changes(one, one, "x") == []


def test_written_case_reads_back() -> None:
    """What a case's file holds reads back as the case."""
    case = {
        "article": {"doc": "x"},
        "expected": {"claims": [{"a": "ü"}, {"b": []}], "entities": []},
    }
    assert json.loads(written(case)) == case


def test_regenerating_again_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A case that was just written is written the same again, and its first writing is told."""
    assert regenerate(CHOSEN[:1], coder(), tmp_path) == 1
    (path,) = tmp_path.glob("*.json")
    text = path.read_text("utf8")
    assert "+entities: " in capsys.readouterr().out
    assert regenerate((), coder(), tmp_path) == 0
    assert path.read_text("utf8") == text
    assert capsys.readouterr().out == "0 of 1 cases changed\n"
