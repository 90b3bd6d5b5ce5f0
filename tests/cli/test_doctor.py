"""`tocsin doctor`: an installation that is whole says so."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

import tocsin
from tocsin.base.errors import ArtefactError
from tocsin.cli import doctor
from tocsin.cli.app import app


def test_everything_is_whole() -> None:
    """Every part of this installation is found, checked and told with its state, exit code 0."""
    done = CliRunner().invoke(app, ["doctor"], env={"COLUMNS": "300"})
    assert done.exit_code == 0, done.stdout
    first, *lines = [line for line in done.stdout.splitlines() if line.strip()]
    assert first.startswith(f"Tocsin {tocsin.__version__}, Python 3.")
    parts = [m[1] for line in lines if (m := re.match(r"\s*ok\s+(\w+) ", line))]
    assert parts == ["libraries", "model", "ontology", "actors", "coding"]


@pytest.mark.parametrize(
    "error", [ArtefactError("no model"), ImportError("no library"), OSError("no disk")]
)
def test_failed_check_is_told(error: Exception) -> None:
    """A check that fails is told with its reason instead of ending the others."""

    def broken() -> str:
        raise error

    assert doctor._try(broken) == ("FAILED", str(error))


def test_good_check_is_told() -> None:
    """A check that passes is told with what it found."""
    assert doctor._try(lambda: "3 types") == ("ok", "3 types")
