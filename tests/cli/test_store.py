"""The commands around a store: add, run, search, report, recode, backup, restore, forget."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.command import tocsin
from tocsin.cli.app import COMMANDS, PANELS, app
from tocsin.records.article import Article
from tocsin.records.claim import Claim
from tocsin.records.wire import load

STORY = "Rebels attack Goma\n\nRebels attacked the town of Goma on Monday, the army said.\n"
THREAT = (
    "---\ntitle: Paris warns Bamako\npublished: 2024-03-05\noutlet: The Teller\n---\n"
    "France warned Mali on Monday that it would impose sanctions unless the junta held elections.\n"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with two coded articles and one file that is none."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "in").mkdir()
    (folder / "in" / "goma.txt").write_text(STORY, "utf8")
    (folder / "in" / "mali.md").write_text(THREAT, "utf8")
    (folder / "in" / "bad.json").write_text("{", "utf8")
    file = folder / "a.db"
    code, _, said = tocsin("add", folder / "in", "--store", file, "--log", folder / "log.jsonl")
    assert (code, "2 new" in said) == (1, True)
    assert tocsin("run", "--store", file, "--workers", "1")[0] == 0
    return file


def test_adding_again_adds_nothing(store: Path) -> None:
    """Files that have not changed are passed over."""
    code, _, said = tocsin("add", store.parent / "in", "--store", store)
    assert "nothing to do" in said
    assert code == 0


def test_the_log_is_a_line_an_event(store: Path) -> None:
    """Machines read what happened."""
    lines = (store.parent / "log.jsonl").read_text("utf8").splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["begun", "batch", "done"]


def test_claims_are_found_as_records(store: Path) -> None:
    """A sentence of the search language finds the threat, as `tocsin code` would write it."""
    _, out, said = tocsin("search", "type:THREATEN actor:FRA", "--json", "--store", store)
    (claim,) = (load(line, Claim) for line in out.splitlines())
    assert (claim.type, claim.recipients[0].country) == ("THREATEN", "MLI")
    assert said.startswith("1 claims")


def test_articles_are_found_by_their_words(store: Path) -> None:
    """Articles are searched by title and text."""
    _, out, _ = tocsin("search", "elections", "--kind", "articles", "--json", "--store", store)
    (article,) = (load(line, Article) for line in out.splitlines())
    assert article.title == "Paris warns Bamako"


def test_a_mistake_in_a_search_shows_where(store: Path) -> None:
    """The message points at the character and says what was meant."""
    done = CliRunner().invoke(app, ["search", "actr:ISR", "--store", str(store)])
    assert "actor" in str(done.exception)


def test_what_was_left_out_is_named(store: Path) -> None:
    """The report names file and reason."""
    _, out, _ = tocsin("report", "--store", store)
    assert "bad.json" in out
    assert "bad-json" in out


def test_status_counts(store: Path) -> None:
    """What the store holds, what waits, what the runs did."""
    _, out, _ = tocsin("status", "--store", store)
    rows = dict(line.rsplit(maxsplit=1) for line in out.splitlines()[:8])
    assert (rows["articles"], rows["coded"], rows["waiting"]) == ("2", "2", "0")


def test_nothing_is_coded_again_by_the_same_coder(store: Path) -> None:
    """`recode` has no work until the model, the lexicon or the version is another."""
    assert tocsin("recode", "--dry-run", "--store", store)[1].startswith("0 articles")


def test_a_backup_restores_to_the_same(store: Path, tmp_path: Path) -> None:
    """The copy's search finds what the store's finds; a changed copy is refused."""
    copy, other = tmp_path / "copy.db", tmp_path / "other.db"
    assert tocsin("backup", copy, "--store", store)[0] == 0
    assert tocsin("restore", copy, "--store", other)[0] == 0
    search = ("search", "type:THREATEN", "--json", "--store")
    assert tocsin(*search, other)[1] == tocsin(*search, store)[1]
    with copy.open("ab") as stream:
        stream.write(b"x")
    done = CliRunner().invoke(app, ["restore", str(copy), "--store", str(tmp_path / "third.db")])
    assert "manifest" in str(done.exception)


def test_forgetting_takes_the_texts_only(store: Path, tmp_path: Path) -> None:
    """Without --yes it counts; with it texts and quotations are gone and the ids stay."""
    copy, other = tmp_path / "copy.db", tmp_path / "other.db"
    tocsin("backup", copy, "--store", store)
    tocsin("restore", copy, "--store", other)
    assert "1 article of" in tocsin("forget", "The Teller", "--store", other)[1]
    assert tocsin("search", "elections", "--kind", "articles", "--store", other)[2].startswith("1 ")
    tocsin("forget", "The Teller", "--yes", "--store", other)
    assert tocsin("search", "elections", "--kind", "articles", "--store", other)[2].startswith("0 ")
    assert b"held elections" not in other.read_bytes()


def test_a_forgotten_outlet_is_left_out(store: Path, tmp_path: Path) -> None:
    """Status and report name it; after `remember` the same files bring its articles in."""
    copy, other = tmp_path / "copy.db", tmp_path / "other.db"
    tocsin("backup", copy, "--store", store)
    tocsin("restore", copy, "--store", other)
    tocsin("forget", "The Rumour", "--yes", "--store", other)
    file = tmp_path / "rumour.md"
    file.write_text(THREAT.replace("The Teller", "The Rumour"), "utf8")
    assert "1 left out" in tocsin("add", file, "--store", other)[2]
    assert "forgotten  The Rumour, on" in tocsin("status", "--store", other)[1]
    assert "The Rumour is forgotten on request" in tocsin("report", "--store", other)[1]
    assert tocsin("remember", "the rumour", "--store", other)[0] == 0
    assert "1 new" in tocsin("add", file, "--store", other)[2]
    assert tocsin("remember", "the rumour", "--store", other)[0] == 1


def test_readings_are_kept_when_asked(store: Path, tmp_path: Path) -> None:
    """`recode --readings` keeps the readings of what was coded without; status counts them."""
    copy, other = tmp_path / "copy.db", tmp_path / "other.db"
    tocsin("backup", copy, "--store", store)
    tocsin("restore", copy, "--store", other)
    assert _held(other)["kept readings"] == "0"
    again = ("recode", "--readings", "--store", other, "--workers", "1")
    assert tocsin(*again, "--dry-run")[1].startswith("2 articles")
    assert "2 coded" in tocsin(*again)[2]
    assert _held(other)["kept readings"] == "2"
    assert tocsin(*again, "--dry-run")[1].startswith("0 articles")


def _held(store: Path) -> dict[str, str]:
    """Return what `status` says that a store holds."""
    lines = tocsin("status", "--store", store)[1].partition("\n20")[0].splitlines()
    return dict(line.rsplit(maxsplit=1) for line in lines)


def test_every_command_has_an_example() -> None:
    """Help ends in a line that can be typed, under a heading of what the command is for."""
    for name in COMMANDS:
        code, told, _ = tocsin(name, "--help")
        assert (code, f"Example: tocsin {name}" in told) == (0, True), name
    whole = tocsin("--help")[1]
    assert [whole.index(f" {panel} ") for panel in PANELS] == sorted(
        whole.index(f" {panel} ") for panel in PANELS
    )
