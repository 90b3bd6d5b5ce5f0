"""`tocsin versions`: what changed from version to version, for people and for programs."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.stored import NOW, a_parcel, put
from tocsin.base.errors import InputError
from tocsin.cli.app import app
from tocsin.sources.parcel import Parcel
from tocsin.store import forgetting
from tocsin.store.open import open_store

URL = "https://wire.example/news/1"
TEXT = "Shells hit the market of Northfield on Monday. Twelve people were killed, the mayor said."
NOTICE = "Correction: An earlier version of this article gave the wrong toll."
TEXTS = (TEXT, TEXT.replace("Twelve", "Fourteen") + f"\n\n{NOTICE}", TEXT)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a store with an article that was corrected, and put back as it was."""
    with open_store(tmp_path / "a.db") as store:
        for hours, text in enumerate(TEXTS):
            put(store, _parcel(text), now=NOW + timedelta(hours=hours))
    return tmp_path / "a.db"


def _parcel(text: str) -> Parcel:
    return a_parcel(text, title="Shells hit market", url=URL)


def _asked(file: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, ["versions", *arguments, "--store", str(file)])
    if done.exception is not None:
        raise done.exception
    return done.stdout


def test_for_people(file: Path) -> None:
    """A version a block: when it came, what kind of change it is, by which words."""
    told = _asked(file, URL, "--beside", "2").splitlines()
    assert told[0] == f"{URL}  3 versions"
    assert told[2] == " 1  2024-03-06 12:30  first  Shells hit market"
    line = " 2  2024-03-06 13:30  correction  +12 -1 words  Shells hit market  [old]"
    corrected = told.index(line)
    assert told[corrected + 2 : corrected + 5] == [
        f"    says: {NOTICE}",
        "    … on Monday. [-Twelve-] {+Fourteen+} people were …",
        f"    … mayor said. {{+¶ {NOTICE}+}}",
    ]
    assert any(line.startswith(" 3  as version 1") for line in told)


def test_for_programs(file: Path) -> None:
    """A JSON object a version; its pieces make both texts again."""
    rows = [json.loads(line) for line in _asked(file, URL, "--json").splitlines()]
    assert [(row["number"], row["change"], row["like"]) for row in rows] == [
        (1, "first", None), (2, "correction", None), (3, "edit", 1),
    ]  # fmt: skip
    assert [row["came"] for row in rows] == [NOW.isoformat(), rows[1]["came"], None]
    for number, text in ((1, TEXTS[0]), (2, TEXTS[1])):
        pieces, other = rows[1]["pieces"], "+" if number == 1 else "-"
        whole = "".join(words for sign, words in pieces if sign != other)
        assert whole == f"Shells hit market\n{text}"


def test_ways_to_name_it(file: Path) -> None:
    """An article's id does, and its address with what counts readers."""
    told = _asked(file, URL)
    name = json.loads(_asked(file, URL, "--json").splitlines()[0])["article"]
    assert _asked(file, name) == _asked(file, f"{URL}?utm_source=feed#top") == told
    with pytest.raises(InputError, match="nothing: no article has that id or address"):
        _asked(file, "nothing")


def test_of_a_forgotten_outlet(file: Path) -> None:
    """The versions stay, with how many words changed; the words are gone."""
    with open_store(file) as store, store.write() as connection:
        forgetting.forget(connection, "The Teller", NOW)
    told = _asked(file, URL)
    assert "correction  +12 -1 words  [forgotten]" in told
    assert "Twelve" not in told
    assert "says" not in told
