"""`tocsin ontology check`: types and words are looked after before anything is coded with them."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from tocsin.cli.app import app

HERITAGE = Path(__file__).parents[2] / "examples" / "ontology"


def check(*arguments: str) -> tuple[int, str]:
    """Return exit code and output of the check."""
    done = CliRunner().invoke(app, ["ontology", "check", *arguments], env={"COLUMNS": "300"})
    return done.exit_code, done.stdout


def test_packaged_is_whole() -> None:
    """Tocsin's own sixteen types pass."""
    status, out = check()
    assert status == 0
    assert out.startswith("16 types, version plover-")
    assert re.search(r"fingerprint [0-9a-f]{16}: nothing wrong", out)


def test_own_folder_is_laid_over() -> None:
    """The example of a folder of one's own passes and adds its type."""
    status, out = check("--ontology", str(HERITAGE))
    assert status == 0
    assert out.startswith("17 types")
    assert "heritage" in out


def test_broken_folder_is_told(tmp_path: Path) -> None:
    """What is wrong with a folder is told by file, with exit code 1."""
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "broken.yml").write_text('id: "BROKEN"\nquad: "ZZ"\n', "utf8")
    status, out = check("--ontology", str(tmp_path))
    assert status == 1
    assert "broken.yml" in out
    assert "nothing wrong" not in out
