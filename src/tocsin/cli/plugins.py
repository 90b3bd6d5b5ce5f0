"""`tocsin plugins`: what other packages add, and what ails it."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from tocsin.base import plugins
from tocsin.base.errors import PluginError
from tocsin.base.plugins import GROUPS, Plugin

# Exit code where something is broken.
BROKEN = 1


def command(
    json: Annotated[bool, typer.Option("--json", help="A record a line.")] = False,
) -> None:
    """List what installed packages add, as docs/plugins.md describes it.

    Each is imported to see that it can be; exit code 1 says that one cannot.
    """
    broken = False
    number = 0
    for group in GROUPS:
        for one in plugins.listed(group):
            fault = _fault(one)
            broken = broken or fault is not None
            number += 1
            _tell(one, fault, json=json)
        for one in plugins.hidden(group):
            number += 1
            _tell(one, "not used: another package has its name", json=json)
    if not json:
        typer.echo(f"{number} plug-in{'s' * (number != 1)}", err=True)
    if broken:
        raise typer.Exit(BROKEN)


def _fault(one: Plugin) -> str | None:
    try:
        plugins.load(one)
    except PluginError as error:
        return str(error)
    return None


def _tell(one: Plugin, fault: str | None, *, json: bool) -> None:
    if json:
        row = {
            "group": one.group, "name": one.name, "package": one.package, "version": one.version,
            "where": one.where, "fault": fault,
        }  # fmt: skip
        typer.echo(msgspec.json.encode(row).decode())
        return
    typer.echo(f"{one.group}  {one.name}  {one.package} {one.version}  {one.where}")
    if fault:
        typer.echo(f"    {fault}")
