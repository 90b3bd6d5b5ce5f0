"""`tocsin watch`: signals of a day, rules replayed, and what goes out by a settings file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.happened import Said, after, an_event
from tocsin.base.errors import InputError, SettingsError, TocsinError
from tocsin.cli.app import app
from tocsin.records.event import Event
from tocsin.records.signal import Signal
from tocsin.records.wire import load
from tocsin.store import events
from tocsin.store.open import open_store

ON = "2024-02-04"  # day 34
RULES = """
- id: many
  title: Many attacks
  kind: threshold
  match: type:ASSAULT
  count: 6
  within: 7d
  same: country
"""


def tocsin(*arguments: str | Path) -> tuple[str, str]:
    """Return output and messages of the command line."""
    done = CliRunner().invoke(app, [str(a) for a in arguments])
    if done.exception is not None:
        raise done.exception
    return done.stdout, done.stderr


def _events() -> list[Event]:
    """Return five quiet weeks of attacks, and a loud one."""
    days = [0, 3, 7, 10, 14, 17, 21, 24, *[30] * 8]
    return [an_event(f"e{at}", [Said(day, of=day, country="LBN")]) for at, day in enumerate(days)]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store of events alone."""
    path = tmp_path / "watch.db"
    with open_store(path) as opened, opened.write() as connection:
        events.add(connection, _events(), [])
    return path


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Return a file with a rule."""
    path = tmp_path / "rules.yml"
    path.write_text(RULES)
    return path


def test_signals_of_a_day(store: Path) -> None:
    """Each has its headline, its sentence, the numbers behind it and how many events."""
    out, told = tocsin("watch", "--on", ON, "--store", store)
    assert "Surge, Lebanon, material conflict" in out
    assert "8 events of material conflict in Lebanon in the seven days to 2024-02-04" in out
    assert (
        "found 8, threshold 4, usually 2; settings: floor 1, times 2, weeks 4; 8 events  LBN" in out
    )
    assert told.startswith("2 of 2 signals as of 2024-02-04 (2 surge)")
    one, told = tocsin("watch", "ISR>LBN", "--on", ON, "--store", store)
    assert "in Lebanon" not in one
    assert "by Israel against Lebanon" in one
    assert told.startswith("1 of 2 signals")
    assert tocsin("watch", "--on", "2024-01-20", "--store", store)[0] == ""
    assert tocsin("watch", "--on", ON, "--kind", "change", "--store", store)[0] == ""


def test_records(store: Path, rules: Path) -> None:
    """As JSON each line is a signal; rules are among them."""
    found, _ = tocsin("watch", "--on", "2024-01-31", "--rules", rules, "--json", "--store", store)
    made = [load(line, Signal) for line in found.splitlines()]
    # There are not five weeks yet that a surge could be told by.
    assert [one.kind for one in made] == ["rule"]
    assert made[-1].rule == "many"
    assert len(made[-1].events) == 9  # the one of day 24 is within the seven days


def test_a_rule_is_tried_on_history(store: Path, rules: Path) -> None:
    """The tester says on which days a rule would have fired, how often, and by which events."""
    out, _ = tocsin(
        "watch", "--rules", rules, "--test", "--since", "2024-01-01", "--on", ON, "--store", store
    )
    assert out.startswith("many: 1 signal on 1 day of 35\n    2024-01-31  LBN  Many attacks: ")
    assert out.count("event-") == 9


def test_wrong_rules(store: Path, tmp_path: Path) -> None:
    """A rule that cannot be read ends the command with the line that is wrong."""
    path = tmp_path / "wrong.yml"
    path.write_text(RULES.replace("count: 6", "count: many"))
    with pytest.raises(InputError, match=r"wrong\.yml, line 6: `many` behind `count:`"):
        tocsin("watch", "--rules", path, "--store", store)


def test_delivery(store: Path, tmp_path: Path) -> None:
    """What is found is kept and goes out once; without channels the command says what it lacks."""
    settings = tmp_path / "tocsin.toml"
    out = tmp_path / "out.jsonl"
    settings.write_text(
        f'[deliver]\nfresh = 36500\n[deliver.channels.file]\nkind = "jsonl"\npath = "{out}"\n'
    )
    for new, sent in (("2", 2), ("no", 0)):
        _, told = tocsin("watch", "--on", ON, "--deliver", "--config", settings, "--store", store)
        assert f"{new} signals new in the store" in told
        assert f"deliveries: {sent} sent, 0 waiting, 0 failed, 0 unsure" in told
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert sorted(row["unit"] for row in rows) == ["ISR>LBN", "LBN"]
    assert rows[0]["events"][0]["title"].startswith("ASSAULT e")
    with pytest.raises(SettingsError, match=r"expected \[deliver\.channels\.NAME\]"):
        tocsin("watch", "--on", ON, "--deliver", "--store", store)
    assert tocsin("watch", "--deliveries", "--config", settings, "--store", store) == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        '[deliver.channels.x]\nkind = "pigeon"\n',
        '[deliver.channels.x]\nkind = "webhook"\nurl = "https://x"\nsecret = "hunter2"\n',
        '[deliver.channels.x]\nkind = "smtp"\nhost = "x"\nsender = "a@b"\nto = []\n',
        '[deliver]\nquiet = "at night"\n',
    ],
)
def test_settings_that_are_none(store: Path, tmp_path: Path, text: str) -> None:
    """Channels that are not known, secrets in the file, times that are none: all are refused."""
    settings = tmp_path / "tocsin.toml"
    settings.write_text(text)
    with pytest.raises(TocsinError) as caught:
        tocsin("watch", "--deliver", "--config", settings, "--store", store)
    assert "hunter2" not in str(caught.value)


def test_days_are_those_of_the_builder() -> None:
    """The day above is the one that the events are counted from."""
    assert after(34).isoformat() == ON
