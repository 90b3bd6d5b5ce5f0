"""`tocsin`: the commands by name."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from tocsin.base.errors import TocsinError

# In the order of the help: each command's module, and what in it is the command.
COMMANDS = {
    "code": "code:command",
    "explain": "explain:command",
    "add": "add:command",
    "run": "run:command",
    "status": "status:command",
    "search": "search:command",
    "report": "status:report",
    "recode": "recode:command",
    "backup": "backup:command",
    "restore": "backup:restore",
    "forget": "backup:forget",
    "who": "who:command",
    "where": "where:command",
    "when": "when:command",
    "doctor": "doctor:command",
    "schema": "schema:command",
    "sources": "sources:app",
    "ontology": "ontology:app",
    "gazetteer": "gazetteer:app",
}


class Commands(TyperGroup):
    """The commands, each imported when it is asked for: coding need not wait for databases."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - typer hides its types
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - the same
        """Return a command by its name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(f"tocsin.cli.{module}"), name)
        if isinstance(found, typer.Typer):
            group = get_group(found)
            group.name = cmd_name
            return group
        alone = typer.Typer(add_completion=False)
        alone.command(cmd_name)(found)
        return get_command(alone)


app = typer.Typer(
    cls=Commands,
    name="tocsin",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def tocsin() -> None:
    """Read conflict and political news into claims, each tied to the words that make it."""


def main() -> None:
    """Run the command line; errors of Tocsin's own end in one line and exit code 2."""
    try:
        app()
    except TocsinError as error:
        sys.stderr.write(f"tocsin: {error}\n")
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
