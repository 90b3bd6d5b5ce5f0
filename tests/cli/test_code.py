"""`tocsin code`: forms, files, issues and exit codes; what claims say is the gate's to judge."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.command import tocsin
from tests.packaged import true_spans
from tocsin.cli import code
from tocsin.cli.target import Target
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue
from tocsin.records.wire import load

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "examples" / "articles"
BAD = ROOT / "examples" / "bad"
GOOD = ("iraq12-intercept-tessaly", "lebanon01-truce-tessaly")
STORY = "Rebels attack Tarvos\n\nRebels attacked Tarvos on Monday, the ministry said.\n"


class Mixed(NamedTuple):
    """What a run over good and bad files left behind."""

    status: int
    out: str
    err: str
    coded: list[Coded]
    issues: list[Issue]
    folder: Path


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Mixed:
    """Return a run over a good file, three bad ones and another good one, written to files."""
    folder = tmp_path_factory.mktemp("mixed")
    first, last = (ARTICLES / f"{name}.json" for name in GOOD)
    bad = (BAD / "truncated.json", folder / "[draft].txt", BAD / "duplicate.json")
    out, issues = folder / "new" / "out.jsonl", folder / "issues.jsonl"
    status, said, err = tocsin("code", first, *bad, last, "--out", out, "--issues", issues)
    return Mixed(
        status,
        said,
        err,
        [load(line, Coded) for line in out.read_text("utf8").splitlines()],
        [load(line, Issue) for line in issues.read_text("utf8").splitlines()],
        folder,
    )


def test_bad_files_leave_the_good_ones(mixed: Mixed) -> None:
    """The good files are coded in order, whatever stands between them; exit code 1 tells of it."""
    assert [c.article.doc for c in mixed.coded] == list(GOOD)
    assert mixed.status == code.LEFT_OUT


def test_issues_are_records(mixed: Mixed) -> None:
    """Each problem is a record that names its file; a duplicate is no error."""
    assert [(i.code, i.severity) for i in mixed.issues] == [
        ("bad-json", "error"),
        ("missing-file", "error"),
        ("duplicate", "note"),
    ]
    names = [Path(i.file).name for i in mixed.issues]
    assert names == ["truncated.json", "[draft].txt", "duplicate.json"]


def test_issues_are_told(mixed: Mixed) -> None:
    """Each problem is told on standard error, names with brackets in full."""
    said = mixed.err.replace("\n", "")
    assert all(i.code in said for i in mixed.issues)
    assert "[draft].txt" in said


def test_output_goes_to_the_file_alone(mixed: Mixed) -> None:
    """With a file for the output nothing is printed, and no half-written file is left."""
    assert mixed.out == ""
    assert [p.name for p in (mixed.folder / "new").iterdir()] == ["out.jsonl"]


def test_lines_hold_true_spans(mixed: Mixed) -> None:
    """A line of the output is a record that reads back, its spans cut out of its text."""
    assert all(true_spans(coded) for coded in mixed.coded)


class Piped(NamedTuple):
    """What a run over standard input left behind."""

    row: dict[str, object]
    err: str


@pytest.fixture(scope="module")
def piped() -> Piped:
    """Return a run over bare text from standard input, in the gold form."""
    arguments = ["code", "-", "--format", "gold", "--published", "2024-03-05", "--outlet", "Teller"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-m", "tocsin.cli.app", *arguments],
        input=STORY,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf8",
    )
    (line,) = done.stdout.splitlines()
    return Piped(json.loads(line), done.stderr)


def test_standard_input(piped: Piped) -> None:
    """A dash reads standard input, to which options give day and outlet."""
    assert piped.row["published"] == "2024-03-05"
    assert piped.row["outlet"] == "Teller"
    assert piped.row["title"] == "Rebels attack Tarvos"
    assert str(piped.row["text"]).strip() == STORY.strip()
    assert piped.err.startswith("1 articles, ")
    assert piped.err.count("\n") == 1


def test_gold_form(piped: Piped) -> None:
    """The gold form has the keys of a gold file, its spans cut out of the text."""
    assert {"doc", "title", "outlet", "published", "text", "claims", "relations"} <= set(piped.row)
    text = str(piped.row["text"])
    found = list(_spans(piped.row))
    assert found
    assert [s for s in found if text[s[0] : s[1]] != s[2]] == []


def _spans(value: object) -> list[tuple[int, int, str]]:
    if isinstance(value, dict):
        return [s for v in value.values() for s in _spans(v)]
    if isinstance(value, list):
        if len(value) == 3 and isinstance(value[0], int) and isinstance(value[2], str):
            return [(value[0], value[1], value[2])]
        return [s for v in value for s in _spans(v)]
    return []


def test_folder_as_a_table(tmp_path: Path) -> None:
    """A folder is read file by file, hidden files left alone; a table shows every article."""
    (tmp_path / "one.txt").write_text(STORY, "utf8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "two.txt").write_text("Nothing\n\nThe weather was fine.\n", "utf8")
    (tmp_path / ".hidden.txt").write_text("Hidden\n\nHidden.\n", "utf8")
    status, out, _ = tocsin("code", tmp_path, "--format", "table", "--published", "2024-03-05")
    assert status == 0
    assert "Rebels attack Tarvos" in out
    assert "Nothing" in out
    assert "Hidden" not in out


def test_ontology_of_ones_own() -> None:
    """A folder of one's own adds its type, coded from its lexicon, and is stamped."""
    text = "Shrines\n\nThe desecration of the shrine by militants shocked the town.\n"
    folder = ROOT / "examples" / "ontology"
    status, out, _ = tocsin("code", "-", "--ontology", folder, "--format", "jsonl", text=text)
    coded = load(out, Coded)
    (claim,) = [c for c in coded.claims if c.type == "DESECRATE"]
    assert (claim.trigger.quote, claim.modes) == ("desecration", ("destroy",))
    assert status == 0


def test_settings_of_ones_own(tmp_path: Path) -> None:
    """A settings file is laid over the defaults: no claim is sure enough for the highest bar."""
    config = tmp_path / "own.toml"
    config.write_text("[coding]\nvote = 1.0\n", "utf8")
    status, out, _ = tocsin("code", "-", "--config", config, "--format", "jsonl", text=STORY)
    assert (status, load(out, Coded).claims) == (0, ())


def test_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    """A run that breaks off leaves the file that was there, and no part of its own."""
    path = tmp_path / "out.jsonl"
    path.write_text("before\n", "utf8")

    def broken() -> None:
        with Target(path) as stream:
            stream.write("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert path.read_text("utf8") == "before\n"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_error_of_the_model_is_one_line(tmp_path: Path) -> None:
    """A model that is none ends in one line and exit code 2, and touches no output."""
    out = tmp_path / "out.jsonl"
    (tmp_path / "model").mkdir()
    arguments = ["code", "-", "--model", str(tmp_path / "model"), "--out", str(out)]
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-m", "tocsin.cli.app", *arguments],
        input=STORY,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("tocsin: ")
    assert "Traceback" not in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["code"],
        ["code", "x.txt", "--format", "xml"],
        ["code", "x.txt", "--published", "yesterday"],
        ["code", "x.txt", "--threads", "-1"],
        ["code", "x.txt", "--ontology", "no-such-folder"],
        ["decode", "x.txt"],
    ],
)
def test_wrong_use_is_refused(arguments: list[str]) -> None:
    """Unknown words and values are refused with exit code 2 before anything is read."""
    status, out, err = tocsin(*arguments)
    assert (status, out) == (2, "")
    assert err


@pytest.mark.parametrize(
    "command", [[], ["code"], ["explain"], ["doctor"], ["schema"], ["ontology", "check"]]
)
def test_help(command: list[str]) -> None:
    """Every command explains itself."""
    status, out, _ = tocsin(*command, "--help")
    assert status == 0
    assert "Usage" in out
