"""Feeds and files: well-formed whatever the words are, whole or not at all, each signal once."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.alarms import a_signal
from tocsin.base.channels import Feed, Lines
from tocsin.base.errors import SettingsError
from tocsin.deliver import feed, lines
from tocsin.deliver.failure import NotSentError
from tocsin.deliver.secret import reveal

TITLES = {"event-0000000000000001": "Rebels attack Northfield"}


def test_a_feed_is_read(tmp_path: Path) -> None:
    """A reader of feeds finds every signal with its sentence, and the same names every time."""
    channel = Feed(path=str(tmp_path / "signals.atom"))
    made = [a_signal("LBN"), a_signal("IRQ")]
    feed.write(channel, "team", made, TITLES, "https://desk.example")
    first = Path(channel.path).read_bytes()
    feed.write(channel, "team", made, TITLES, "https://desk.example")
    assert Path(channel.path).read_bytes() == first
    found = feedparser.parse(first)
    assert not found.bozo
    assert [one.title for one in found.entries] == [
        "Surge, Lebanon, material conflict", "Surge, Iraq, material conflict"
    ]  # fmt: skip
    assert found.entries[0].summary == made[0].because
    assert found.entries[0].link == "https://desk.example/events/event-0000000000000001"
    assert len({one.id for one in found.entries}) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["signals.atom"]


@given(words=st.text(max_size=60), unit=st.text(min_size=1, max_size=20))
def test_a_feed_is_well_formed(words: str, unit: str) -> None:
    """No word of an article breaks the feed, control characters and half pairs included."""
    made = [a_signal(unit, because=words, events=("e",))]
    whole = feed.feed(Feed(path="x", title=words), "team", made, {"e": words}, "")
    assert etree.fromstring(whole).tag.endswith("feed")


def test_a_feed_that_cannot_be_written(tmp_path: Path) -> None:
    """Where the folder is not there the error says so, and another try may not help."""
    with pytest.raises(NotSentError, match="cannot be written"):
        feed.write(Feed(path=str(tmp_path / "no" / "x.atom")), "team", [a_signal()], {}, "")


def _ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text("utf8").splitlines()]


def test_each_line_once(tmp_path: Path) -> None:
    """What is there already is not written again."""
    path = tmp_path / "signals.jsonl"
    one, two = a_signal("LBN"), a_signal("IRQ")
    for some in ([one], [one, two], [two]):
        lines.append(Lines(path=str(path)), some, TITLES, "")
    assert _ids(path) == [one.id, two.id]


@pytest.mark.parametrize("left", [1, 40, -1])
def test_a_line_that_was_cut_off(tmp_path: Path, left: int) -> None:
    """A process killed while it wrote leaves half a line; the next one mends the file."""
    path = tmp_path / "signals.jsonl"
    one, two = a_signal("LBN"), a_signal("IRQ")
    lines.append(Lines(path=str(path)), [one], TITLES, "")
    whole = path.read_bytes()
    lines.append(Lines(path=str(path)), [two], TITLES, "")
    path.write_bytes(whole + path.read_bytes()[len(whole) :][:left])
    lines.append(Lines(path=str(path)), [two], TITLES, "")
    assert _ids(path) == [one.id, two.id]


def test_secrets_of_files(tmp_path: Path) -> None:
    """A file of one's own holds a secret; one that others can read is refused."""
    path = tmp_path / "key"
    path.write_text("open sesame\n")
    path.chmod(0o600)
    assert reveal(f"file:{path}") == "open sesame"
    path.chmod(0o644)
    with pytest.raises(SettingsError, match="can be read by others"):
        reveal(f"file:{path}")
    path.chmod(0o600)
    path.write_text("")
    with pytest.raises(SettingsError, match="no secret"):
        reveal(f"file:{path}")
    with pytest.raises(SettingsError, match="is not set"):
        reveal("env:TOCSIN_NOT_THERE")
