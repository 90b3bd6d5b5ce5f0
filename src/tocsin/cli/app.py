"""`tocsin`: the commands by name."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup
from typer.main import get_command, get_group

from tocsin.base.errors import TocsinError


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: its module, what in it is the command, and how it may be called."""

    module: str
    name: str
    example: str


# In the order of the help, by what they are for.
PANELS: dict[str, dict[str, Entry]] = {
    "Articles into claims": {
        "code": Entry("code", "command", "code articles/ --out coded.jsonl --issues issues.jsonl"),
        "explain": Entry("explain", "command", "explain article.json --reasons"),
    },
    "A store of articles": {
        "add": Entry("add", "command", "add articles/ archive.warc.gz --store iraq.db"),
        "run": Entry("run", "command", "run --sources sources.yml --watch --store iraq.db"),
        "status": Entry("status", "command", "status --store iraq.db"),
        "report": Entry("status", "report", "report --all --store iraq.db"),
        "search": Entry(
            "search", "command", "search type:THREATEN actor:USA recipient:IRQ --store iraq.db"
        ),
        "versions": Entry(
            "versions", "command", "versions https://wire.example/news/1 --store iraq.db"
        ),
        "recode": Entry("recode", "command", "recode --dry-run --store iraq.db"),
    },
    "Events and threats": {
        "fuse": Entry("fuse", "command", "fuse --sources sources.yml --store iraq.db"),
        "events": Entry(
            "events", "command", "events place:Beirut --level disputed --store iraq.db"
        ),
        "event": Entry("event", "command", "event event-8a44 --why --store iraq.db"),
        "threats": Entry("threats", "command", "threats --due 14d --store iraq.db"),
        "judge": Entry(
            "judge", "app", 'judge reject claim-59ac --reason "a drill" --store iraq.db'
        ),
    },
    "Watch": {
        "series": Entry("series", "command", "series SYR --step day --store iraq.db"),
        "watch": Entry("watch", "command", "watch LBN --rules rules.yml --store iraq.db"),
        "forecast": Entry("forecast", "command", "forecast SYR --issue --store iraq.db"),
        "score": Entry("score", "command", "score --by lead --store iraq.db"),
    },
    "Out to other tools": {
        "export": Entry("export", "command", "export geojson --out events.geojson --store iraq.db"),
        "release": Entry("release", "command", "release iraq-2024/ --store iraq.db"),
    },
    "The desk": {
        "desk": Entry("desk", "command", "desk --open --store iraq.db"),
        "users": Entry("users", "app", "users add amal --role admin --store iraq.db"),
    },
    "Other programs": {
        "mcp": Entry("mcp", "command", "mcp --store iraq.db"),
        "import": Entry("intake", "command", "import coded.xlsx --store iraq.db"),
        "datasette": Entry("datasette", "command", "datasette metadata.json --store iraq.db"),
        "plugins": Entry("plugins", "command", "plugins"),
    },
    "Keep a store": {
        "backup": Entry("backup", "command", "backup iraq-2024-12-01.db --store iraq.db"),
        "restore": Entry("backup", "restore", "restore iraq-2024-12-01.db --store again.db"),
        "forget": Entry("backup", "forget", 'forget "Tessaly Wire" --yes --store iraq.db'),
        "remember": Entry("backup", "remember", 'remember "Tessaly Wire" --store iraq.db'),
    },
    "Ask what Tocsin knows": {
        "who": Entry("who", "command", 'who "the Iraqi premier" --on 2014-07-01'),
        "where": Entry("where", "command", 'where Tripoli --context "Hezbollah and the army"'),
        "when": Entry("when", "command", 'when "It must end on Friday." --published 2024-11-20'),
        "docs": Entry("docs", "command", "docs --open"),
    },
    "Look after what it works with": {
        "sources": Entry("sources", "app", "sources check --sources sources.yml"),
        "ontology": Entry("ontology", "app", "ontology check --ontology types/"),
        "gazetteer": Entry("gazetteer", "app", "gazetteer show"),
        "schema": Entry("schema", "command", "schema > schema.json"),
        "doctor": Entry("doctor", "command", "doctor --store iraq.db"),
    },
}
COMMANDS = {name: entry for panel in PANELS.values() for name, entry in panel.items()}


class Commands(TyperGroup):
    """The commands, each imported when it is asked for: coding need not wait for databases."""

    named = False

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - typer hides its types
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - the same
        """Return a command by its name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        if self.named:
            return TyperCommand(cmd_name)
        entry = COMMANDS[cmd_name]
        panel = next(title for title, commands in PANELS.items() if cmd_name in commands)
        found = getattr(import_module(f"tocsin.cli.{entry.module}"), entry.name)
        example = f"Example: tocsin {entry.example}"
        if isinstance(found, typer.Typer):
            group = get_group(found)
            group.name, group.epilog, group.rich_help_panel = cmd_name, example, panel
            for inner in group.commands.values():
                _capitals(inner)
            return group
        alone = typer.Typer(add_completion=False)
        alone.command(cmd_name, epilog=example, rich_help_panel=panel)(found)
        return _capitals(get_command(alone))

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:  # noqa: ANN401 - the same
        """Return what may follow: commands by their names alone, as importing all takes seconds."""
        self.named = True
        try:
            return super().shell_complete(ctx, incomplete)
        finally:
            self.named = False


def _capitals(command: Any) -> Any:  # noqa: ANN401 - typer hides its types
    """Return a command whose arguments all have names in capitals, as the manual shows them."""
    for one in command.params:
        if isinstance(one, TyperArgument) and one.metavar is None:
            one.metavar = str(one.name).upper()
    return command


app = typer.Typer(
    cls=Commands,
    name="tocsin",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        from tocsin import __version__  # noqa: PLC0415 - reads the installation's metadata

        sys.stdout.write(f"Tocsin {__version__}\n")
        raise typer.Exit


@app.callback()
def tocsin(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which it is.")
    ] = False,
) -> None:
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
