"""Rows: YAML read as strings, every field taken, nothing misspelt passed over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tocsin.base.errors import OntologyError
from tocsin.ontology.rows import Row, parse, read_rows

if TYPE_CHECKING:
    from pathlib import Path


def test_scalars_stay_strings() -> None:
    """Country codes, dates and numbers are what the file says, and only null is nothing."""
    text = '- {a: NO, b: 2015-01-02, c: 12, d: null, e: "null", f: [x, ~]}'
    assert parse(text) == [
        {"a": "NO", "b": "2015-01-02", "c": "12", "d": None, "e": "null", "f": ["x", None]}
    ]


def test_empty_file_is_nothing() -> None:
    """A file without a document is None."""
    assert parse("# nothing yet\n") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- {a: 1, a: 2}", "repeats"),
        ("- &x {a: 1}\n- *x", "alias"),
        ("- {a: 1", "cannot be read"),
        ("a: 1", "list"),
        ("- 1", "mapping"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, text: str, found: str) -> None:
    """A file that is broken, repeats a field or is no list of mappings is refused by its name."""
    path = tmp_path / "bad.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=found) as caught:
        read_rows(path)
    assert "bad.yml" in str(caught.value)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is an error of the data."""
    with pytest.raises(OntologyError, match="cannot be read"):
        read_rows(tmp_path / "none.yml")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2015-02-03", date(2015, 2, 3), date(2015, 2, 3)),
        ("2015-02", date(2015, 2, 1), date(2015, 2, 28)),
        ("2015-12", date(2015, 12, 1), date(2015, 12, 31)),
        ("2015", date(2015, 1, 1), date(2015, 12, 31)),
    ],
)
def test_days(text: str, first: date, last: date) -> None:
    """A day, month or year has a first and a last day."""
    row = Row({"from": text, "until": text}, "here")
    assert (row.first_day("from"), row.last_day("until")) == (first, last)
    assert (row.first_day("from"), row.last_day("until")) == (None, None)


@pytest.mark.parametrize("text", ["soon", "2015-1", "2015-1-2", "201", "", "2015-13", "20150203"])
def test_bad_days_are_refused(text: str) -> None:
    """What is no day, month or year is refused by place and field."""
    with pytest.raises(OntologyError, match="here: from is"):
        Row({"from": text}, "here").first_day("from")


def test_fields_of_the_wrong_kind() -> None:
    """A list where text belongs, and text where a list belongs, is refused by place and field."""
    with pytest.raises(OntologyError, match="here: a should be text"):
        Row({"a": ["x"]}, "here").maybe("a")
    with pytest.raises(OntologyError, match="here: a should be a list"):
        Row({"a": "x"}, "here").texts("a")
    with pytest.raises(OntologyError, match="here: a should hold texts"):
        Row({"a": ["x", ["y"]]}, "here").texts("a")
