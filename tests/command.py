"""The command line, run as a user types it."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from tocsin.cli.app import app


def tocsin(*arguments: str | Path, text: str | None = None) -> tuple[int, str, str]:
    """Return exit code, output and messages; `text` is what comes in by standard input."""
    done = CliRunner().invoke(app, [str(a) for a in arguments], input=text)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr
