"""Plug-ins: what other installed packages add, found by the entry points that they declare.

A package names them in its `pyproject.toml`, in the groups below (docs/plugins.md):

    [project.entry-points."tocsin.sources"]
    telegrams = "our_package.telegrams:reader"

Nothing of a plug-in is imported before it is needed, and one that is broken costs only itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal, get_args

from tocsin.base.errors import PluginError

Group = Literal["sources", "readers", "coders", "exporters", "notifiers"]
GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True, slots=True)
class Plugin:
    """One thing that a package adds: of which group, under which name, and where it is."""

    group: Group
    name: str
    package: str
    version: str
    entry: EntryPoint

    @property
    def where(self) -> str:
        """The module and the name in it."""
        return self.entry.value

    def __str__(self) -> str:
        return f"plug-in {self.name!r} of the package {self.package} {self.version}"


@cache
def listed(group: Group) -> tuple[Plugin, ...]:
    """Return the plug-ins of a group by name, without importing them.

    Of two with one name the one whose package comes first in the alphabet counts alone.
    """
    return _parted(group)[0]


@cache
def hidden(group: Group) -> tuple[Plugin, ...]:
    """Return the plug-ins that do not count, since another package has their name."""
    return _parted(group)[1]


def get(group: Group, name: str) -> Any:  # noqa: ANN401 - whatever a package offers
    """Return what a plug-in is; raise PluginError where there is none or it cannot be imported."""
    for plugin in listed(group):
        if plugin.name == name:
            return load(plugin)
    known = ", ".join(one.name for one in listed(group)) or "none"
    raise PluginError(
        f"{name!r}: no installed package offers it in `tocsin.{group}`; there are: {known}. "
        "`tocsin plugins` lists them"
    )


def load(plugin: Plugin) -> Any:  # noqa: ANN401 - the same
    """Import a plug-in and return it; raise PluginError, which names its package, if it fails."""
    try:
        return plugin.entry.load()
    except (Exception, SystemExit) as error:
        raise fault(plugin, "cannot be imported", error) from error


def every(group: Group) -> tuple[dict[str, Any], tuple[PluginError, ...]]:
    """Return all plug-ins of a group that can be imported, by name, and what ails the others."""
    found: dict[str, Any] = {}
    faults: list[PluginError] = []
    for plugin in listed(group):
        try:
            found[plugin.name] = load(plugin)
        except PluginError as error:
            faults.append(error)
    return found, tuple(faults)


def called(group: Group, name: str) -> Plugin:
    """Return the plug-in of a name; raise PluginError where there is none."""
    found = next((one for one in listed(group) if one.name == name), None)
    if found is None:
        get(group, name)  # says which there are
        raise AssertionError
    return found


def fault(plugin: Plugin, what: str, error: BaseException) -> PluginError:
    """Return an error that names the package, what it did and what came of that."""
    told = " ".join(f"{type(error).__name__}: {error}".split())
    return PluginError(f"the {plugin} {what} ({told[:300]}); tell its authors, or uninstall it")


def _parted(group: Group) -> tuple[tuple[Plugin, ...], tuple[Plugin, ...]]:
    plugins = {_plugin(group, entry) for entry in entry_points(group=f"tocsin.{group}")}
    first: dict[str, Plugin] = {}
    left = []
    for one in sorted(plugins, key=lambda one: (one.name, one.package, one.where)):
        if one.name in first:
            left.append(one)
        else:
            first[one.name] = one
    return tuple(first.values()), tuple(left)


def _plugin(group: Group, entry: EntryPoint) -> Plugin:
    package, version = (entry.dist.name, entry.dist.version) if entry.dist else ("?", "?")
    return Plugin(group, entry.name, package, version, entry)
