"""The command line, by what each command declares to typer: what `--help` shows."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Any

import typer
from typer.models import ArgumentInfo, OptionInfo
from typer.utils import get_params_from_function

from manual.markdown import block, code, made, plain, table
from tocsin.cli.app import COMMANDS, PANELS

KINDS = {int: "NUMBER", float: "NUMBER", str: "TEXT", Path: "PATH", datetime: "DAY"}


def page() -> str:
    """Return the page of all commands with their arguments and options."""
    lead = (
        "Every command says this of itself by `--help`, which has braces around an argument that "
        "must be given. Exit codes: 0 all went well, 1 something "
        "was left out or found wanting, 2 it could not be done, with the reason in one line. "
        "`tocsin --install-completion` teaches your shell (bash, zsh, fish, PowerShell) to "
        "complete commands and options; `tocsin --version` says which Tocsin it is."
    )
    lists = "\n".join(
        f"- {title}: " + ", ".join(f"[{name}](#tocsin-{name})" for name in entries)
        for title, entries in PANELS.items()
    )
    parts = [part for name in COMMANDS for part in _entry(name)]
    return made("Commands", "the commands' own help", lead, lists, *parts)


def _entry(name: str) -> Iterator[str]:
    entry = COMMANDS[name]
    found = getattr(import_module(f"tocsin.cli.{entry.module}"), entry.name)
    yield f"## tocsin {name}"
    if not isinstance(found, typer.Typer):
        yield from _command(f"tocsin {name}", found)
        yield block(f"tocsin {entry.example}", "sh")
        return
    yield plain(str(found.info.help or ""))
    yield block(f"tocsin {entry.example}", "sh")
    for inner in found.registered_commands:
        if inner.callback:
            own = inner.name or inner.callback.__name__.replace("_", "-")
            yield f"### tocsin {name} {own}"
            yield from _command(f"tocsin {name} {own}", inner.callback)


def _command(name: str, function: Callable[..., Any]) -> Iterator[str]:
    text = inspect.cleandoc(function.__doc__ or "").split("\n\n")
    yield "\n\n".join(plain(paragraph) for paragraph in text)
    rows = list(parameters(function))
    arguments = [shown for shown, _, _ in rows if not shown.startswith("-")]
    yield block(" ".join([name, "[OPTIONS]", *arguments]))
    yield table(
        ("argument or option", "is", "unless given"),
        ((code(shown), plain(what), default) for shown, what, default in rows),
    )


def parameters(function: Callable[..., Any]) -> Iterator[tuple[str, str, str]]:
    """Yield how each parameter of a command is given, what it is, and what counts without it."""
    for name, held in get_params_from_function(function).items():
        info: Any = held.default
        if not isinstance(info, OptionInfo | ArgumentInfo):
            bare = held.default is held.empty
            info = ArgumentInfo(default=...) if bare else OptionInfo(default=held.default)
        if not info.hidden:
            kind, many = _kind(held.annotation)
            yield _shown(name, info, kind, many=many), info.help or "", _default(info)


def _kind(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 - any type
    """Return the type of one value, and whether there may be many of them."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, UnionType}:
        return _kind(next(one for one in inner if one is not type(None)))
    if origin in {list, tuple}:
        return inner[0], True
    return hint, False


def _shown(name: str, info: Any, kind: Any, *, many: bool) -> str:  # noqa: ANN401 - typer's own
    more = "..." if many else ""
    if isinstance(info, ArgumentInfo):
        word = info.metavar or name.upper()
        return (word if info.default is ... else f"[{word}]") + more
    names = ", ".join(info.param_decls or (f"--{name.replace('_', '-')}",))
    if kind is bool:
        return names.replace("/", ", ")
    return f"{names} {info.metavar or _word(kind)}{more}"


def _word(kind: Any) -> str:  # noqa: ANN401 - any type
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "|".join(str(one.value) for one in kind)
    return KINDS.get(kind, getattr(kind, "__name__", "TEXT").upper())


def _default(info: Any) -> str:  # noqa: ANN401 - typer's own
    names = [info.envvar] if isinstance(info.envvar, str) else list(info.envvar or ())
    default = info.default
    if default is ...:
        shown = ["must be given"]
    elif default is None or callable(default) or default in (False, "", (), []):
        shown = []
    else:
        shown = [code(getattr(default, "value", default))]
    return ", else ".join([*(code(f"${name}") for name in names), *shown])
