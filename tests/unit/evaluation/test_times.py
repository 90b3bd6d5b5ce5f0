"""Measuring times: gold spans are read in place, values compared by their precision."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evaluation.times import cases, document, main, normal, report, value
from tocsin.coding.times import read

DAY = date(2014, 10, 15)
ARTICLE = """<?xml version="1.0" ?>
<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2014-10-15"
functionInDocument="CREATION_TIME">2014-10-15</TIMEX3></DCT>
<TEXT>They will meet on <TIMEX3 tid="t1" type="DATE" value="2014-10-17">Friday</TIMEX3>.
They <EVENT>left</EVENT> <TIMEX3 tid="t2" type="DATE" value="2014-10-19">two days later</TIMEX3>,
and slept for <TIMEX3 tid="t3" type="DURATION" value="P2D">two days</TIMEX3>.</TEXT></TimeML>
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Friday", "2014-10-10"),
        ("last week", "2014-W41"),
        ("the weekend", "2014-W41-WE"),
        ("in May", "2014-05"),
        ("last winter", "2013-WI"),
        ("Q1 2013", "2013-Q1"),
        ("the second half of 2013", "2013-H2"),
        ("this year", "2014"),
        ("the 1990s", "199"),
        ("the 20th century", "19"),
        ("recently", "PAST_REF"),
        ("soldiers", None),
    ],
)
def test_value(text: str, expected: str | None) -> None:
    """A meaning becomes a value of its precision."""
    assert value(read(text, DAY)) == expected


@pytest.mark.parametrize(
    ("gold", "expected"),
    [
        ("2014-10-15T12:00", "2014-10-15"),
        ("2014-W7", "2014-W07"),
        ("199X", "199"),
        ("2014-10-XX", "2014-10"),
        ("1989-WXX", "1989"),
        ("PRESENT_REF", "PRESENT_REF"),
        ("P1D", "P1D"),
    ],
)
def test_normal(gold: str, expected: str) -> None:
    """The time of day and unknown figures of a gold value are left out."""
    assert normal(gold) == expected


def test_cases(tmp_path: Path) -> None:
    """Expressions are read with the tense about them and the times told before."""
    path = tmp_path / "a.tml"
    path.write_text(ARTICLE, encoding="utf-8")
    found = document(path)
    assert found is not None
    assert found.published == DAY
    read_as = [case.ours for case in cases(found)]
    assert read_as[0] == "2014-10-17"
    assert read_as[2] is None


def test_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table counts dates and lengths apart, and errors are shown on demand."""
    (tmp_path / "a.tml").write_text(ARTICLE, encoding="utf-8")
    assert main([str(tmp_path), "--errors", "1"]) == 0
    said = capsys.readouterr().out
    assert "1 articles of 1" in said
    assert "DURATION left without a date     1.000  1 of 1" in said


def test_no_cases() -> None:
    """A share of nothing is not printed as a number."""
    assert all("0." not in line for line in report([]))


def test_absent_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is absent is skipped with a message."""
    assert main([str(tmp_path / "none")]) == 0
    assert "skipped" in capsys.readouterr().out
