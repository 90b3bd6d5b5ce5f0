"""What a shell is told when somebody presses Tab, and the version."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import tocsin
from tests.command import tocsin as run

PROGRAM = Path(sys.executable).with_name("tocsin")


def _answer(shell: str, words: str) -> str:
    """Return what the program tells a shell whose line so far is `words`."""
    asked = {
        "_TOCSIN_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    done = subprocess.run(  # noqa: S603 - our own program
        [PROGRAM], env=os.environ | asked, capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_commands_and_options_are_completed(shell: str) -> None:
    """Each shell is offered the commands that begin so, and the options of the one typed."""
    offered = _answer(shell, "tocsin th")
    assert "threats" in offered
    assert "events" not in offered
    assert "--path" in _answer(shell, "tocsin docs --pa")
    assert "check" in _answer(shell, "tocsin ontology ch")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_put_in(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--show-completion` prints a script for each shell that asks the program."""
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    code, out, _ = run("--show-completion", shell)
    assert code == 0
    assert "_TOCSIN_COMPLETE=complete_" in out


def test_the_version_is_told() -> None:
    """`--version` prints the version alone."""
    assert run("--version") == (0, f"Tocsin {tocsin.__version__}\n", "")
