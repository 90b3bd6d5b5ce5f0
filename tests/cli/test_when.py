"""`tocsin when`: every expression of a text with its days and the reason."""

from __future__ import annotations

import json

from typer import Typer
from typer.testing import CliRunner

from tocsin.base.errors import InputError
from tocsin.cli import when

app = Typer()
app.command()(when.command)


def run(*arguments: str) -> list[str]:
    """Return the lines that the verb prints."""
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def test_each_expression_has_its_line() -> None:
    """Days, precision, rule and anchor stand beside the words."""
    lines = run("They met on Friday and will leave next month.", "--published", "2014-10-15")
    assert lines == [
        "“on Friday”  2014-10-10  day  rule “weekday”, from 2014-10-15, looking back",
        "“next month”  2014-11-01/2014-11-30  month  rule “calendar”, from 2014-10-15",
    ]


def test_the_tense_can_be_given() -> None:
    """A tense on the command line outranks the verbs."""
    lines = run("They met on Friday.", "--published", "2014-10-15", "--tense", "future")
    assert lines[0].startswith("“on Friday”  2014-10-17  day")


def test_without_a_day_of_publication() -> None:
    """What hangs on the day of publication stays unresolved, with the reason."""
    lines = run("They met last week, as in 1948.")
    assert "unresolved" in lines[0]
    assert "day of publication" in lines[0]
    assert lines[1] == "“in 1948”  1948-01-01/1948-12-31  year  rule “year”, by itself"


def test_none_found() -> None:
    """A text without times says so."""
    assert run("Nobody slept.") == ["no time expressions"]


def test_an_empty_text_is_refused() -> None:
    """An empty text is an error that says what to give."""
    result = CliRunner().invoke(app, [" "])
    assert isinstance(result.exception, InputError)
    assert "give it in quotes" in str(result.exception)


def test_json_has_offsets_and_days() -> None:
    """One object tells where each expression stands and which days it means."""
    text = "They met on Tuesday."
    (found,) = json.loads(run(text, "--published", "2024-11-20", "--json")[0])["expressions"]
    assert text[slice(*found["span"])] == found["text"] == "on Tuesday"
    assert (found["start"], found["end"], found["precision"]) == ("2024-11-19", "2024-11-19", "day")
