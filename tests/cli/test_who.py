"""`tocsin who`: whom a name or an office means on a day."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer import Typer
from typer.testing import CliRunner

from tests.packaged import knowledge
from tocsin.cli import who

app = Typer()
app.command()(who.command)


def run(*arguments: str, code: int = 0) -> list[str]:
    """Return the lines that the verb prints."""
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == code, result.output
    return result.output.splitlines()


def test_name_with_role_and_term() -> None:
    """A name in office shows country, sectors, the role with its term, and other names."""
    lines = run("Abadi", "--on", "2016-01-01")
    assert lines[0].startswith("Haider al-Abadi (irq-abadi): person, IRQ GOV; first meaning")
    assert lines[1].split() == ["role", "prime", "minister,", "2014-09-08", "to", "2018-10-25"]
    assert any(line.strip().startswith("aliases") for line in lines)


def test_former_is_told() -> None:
    """After the term the role is past, and the person a former official."""
    lines = run("Abadi", "--on", "2021-01-01")
    assert "IRQ ELI" in lines[0]
    assert lines[1].strip().startswith("was")


def test_candidates_with_the_reason() -> None:
    """Of two bearers the one in office comes first; the other says why he does not."""
    lines = run("Assad", "--on", "2011-05-05")
    heads = [line for line in lines if not line.startswith(" ")]
    assert heads[0].startswith("Bashar al-Assad")
    assert any("Hafez" in line and "not in office on that day" in line for line in heads[1:])


@pytest.mark.parametrize(
    ("day", "entity"), [("2019-05-01", "irq-abdul-mahdi"), ("2024-05-01", "irq-sudani")]
)
def test_office_is_held_by_the_day(day: str, entity: str) -> None:
    """An office phrase means whoever held it on the day."""
    (found,) = json.loads(run("Iraqi prime minister", "--on", day, "--json")[0])["candidates"]
    assert (found["id"], found["country"], found["sectors"]) == (entity, "IRQ", ["GOV"])
    assert "prime minister" in [role["title"] for role in found["role"]]


def test_descriptions_are_put_together() -> None:
    """A body without a name is a country with sectors."""
    (line,) = run("Iraqi police", "--on", "2019-05-01")
    assert line.startswith("Iraqi police: description, IRQ COP")


def test_country_has_its_government() -> None:
    """A country's name is the country."""
    assert run("Georgia")[0].startswith("Georgia (GEO): country, GEO GOV")


def test_unknown_names_get_suggestions() -> None:
    """A name nobody has is said to be unknown, with names spelled like it; exit code 1."""
    lines = run("Vladimir Puttin Qwx", "--on", "2019-05-01", code=1)
    assert lines[0] == "Vladimir Puttin Qwx: unknown on 2019-05-01"


def test_groups_keep_what_they_were() -> None:
    """A group outside the days that are known of it is what it was last, as the coder has it."""
    first = who.bearers(knowledge(), "Free Syrian Army", date(2026, 1, 1))[0]
    assert first.sectors == ("REB",)
    assert first.because == "not known to be active on that day"
