"""What pages say of options, settings, keys, extras and layers is what the code has."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from manual.pages import DOCS
from tocsin.base import channels
from tocsin.cli import desk, docs, mcp
from tocsin.cli.app import app
from tocsin.desk.keys import KEYS
from tocsin.records.event import EVENT_SLOTS, TOLLS

ROOT = DOCS.parent
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "ARCHITECTURE.md"])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))
SOURCES = sorted((ROOT / "src" / "tocsin").rglob("*.py"))


def page(name: str) -> str:
    """Return the text of a page."""
    return (DOCS / name).read_text("utf8")


def usages() -> dict[str, str]:
    """Return what each command's help has as its usage, without braces."""
    found = {}
    root = get_command(app)
    assert isinstance(root, TyperGroup)
    context = root.make_context("tocsin", ["doctor"])
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        inner = command.commands if isinstance(command, TyperGroup) else {}
        for path, one in (
            {f"{name} {key}": one for key, one in inner.items()} or {name: command}
        ).items():
            pieces = one.collect_usage_pieces(context)
            found[f"tocsin {path}"] = re.sub(r"[{}]", "", " ".join(pieces))
    return found


def test_usages_are_those_of_the_help() -> None:
    """The page of commands has each as its own help has it, braces aside."""
    text = page("reference/commands.md")
    shown = dict(re.findall(r"^```text\n(tocsin [a-z ]+?) (\[OPTIONS\].*)$", text, re.MULTILINE))
    assert shown == usages()


def test_an_event_s_fields_are_named() -> None:
    """The page about fusion names every field of an event that may be corrected, and the words."""
    (said,) = re.findall(r"^An event has other fields: .*$", page("fusion.md"), re.MULTILINE)
    assert set(EVENT_SLOTS) - set(TOLLS) <= set(re.findall(r"`([a-z]+)`", said))


def test_variables_are_named() -> None:
    """The page of settings names every variable of the environment that Tocsin reads."""
    read = {
        name for file in SOURCES for name in re.findall(r"TOCSIN_[A-Z]+", file.read_text("utf8"))
    }
    assert {name for name in read if f"`{name}`" not in page("reference/settings.md")} == set()


def test_kinds_of_channels_are_named() -> None:
    """The default settings name every kind of channel."""
    (said,) = re.findall(r"^# Yours by name: .*$", _defaults(), re.MULTILINE)
    kinds = {one.__struct_config__.tag for one in get_args(channels.AnyChannel)}
    assert set(re.findall(r'"(\w+)"', said)) == kinds


@pytest.mark.parametrize(
    "name", ["mode", "hour", "zone", "quiet", "most", "repeat", "fresh", "desk"]
)
def test_where_a_setting_of_delivery_stands(name: str) -> None:
    """The table says of each setting whether a channel may have one of its own."""
    table = page("signals.md").partition("| stands in |")[2].partition("\n\n")[0]
    own = name in channels.Channel.__struct_fields__
    (row,) = [line for line in table.splitlines() if f"`{name}`" in line.split("|")[1]]
    assert (row.split("|")[2].strip() == "`[deliver]`") is not own


def test_keys_to_pages_are_named() -> None:
    """The page about the desk has each key that leads to a part of it."""
    assert [
        one.press for one in KEYS if one.does == "go" and f"`{one.press}`" not in page("desk.md")
    ] == []


def test_servers_have_ports_of_their_own() -> None:
    """A desk, the manual and a server for assistants can be open side by side."""
    assert len({desk.PORT, docs.PORT, mcp.PORT}) == 3


def test_extras_are_there() -> None:
    """Pages and messages name no extra that there is none of."""
    named = {
        extra
        for file in (*PAGES, *SOURCES)
        for found in re.findall(
            r"pip install '?(?:tocsin[^\s\[]*|\.)\[([a-z,]+)\]", file.read_text("utf8")
        )
        for extra in found.split(",")
    }
    assert named - set(PROJECT["project"]["optional-dependencies"]) == set()


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_blocks_say_what_they_are(file: Path) -> None:
    """Every block of code names its language."""
    fences = re.findall(r"^```.*$", file.read_text("utf8"), re.MULTILINE)
    assert "```" not in fences[::2]


def test_layers_are_those_that_are_held() -> None:
    """The page about the architecture has the layers of the contract, and tells of each."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf8")
    (contract,) = [
        one for one in PROJECT["tool"]["importlinter"]["contracts"] if one["type"] == "layers"
    ]
    assert "```text\n" + "\n".join(contract["layers"]) + "\n```" in text
    layers = {name for layer in contract["layers"] for name in layer.split(" | ")}
    assert {
        name for name in layers if not re.search(rf"^\| .*`{name}`.* \|", text, re.MULTILINE)
    } == set()


def _defaults() -> str:
    return (ROOT / "src" / "tocsin" / "data" / "defaults.toml").read_text("utf8")
