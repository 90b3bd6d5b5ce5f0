"""Forms of files that other packages read, by the entry points of `tocsin.sources`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol, runtime_checkable

from tocsin.base import plugins
from tocsin.base.errors import PluginError
from tocsin.records.issue import Issue
from tocsin.sources.fields import Row, Spot, shown

# Before the name of a plug-in, in the name of a form.
PREFIX = "plug-in:"


@runtime_checkable
class Reader(Protocol):
    """What a package offers: which files it reads by how their names end, and how.

    `read` yields the fields of each article of a file, as JSON has them: `title`, `text`,
    `published`, `outlet` and so on; it may raise whatever it likes.
    """

    suffixes: Collection[str]

    def read(self, data: bytes) -> Iterable[Mapping[str, object]]:
        """Return the articles in a file, as rows of fields."""


@dataclass(frozen=True, slots=True)
class _Known:
    """All readers by name, the names by suffix, and what ails those that are none."""

    readers: Mapping[str, Reader]
    suffixes: Mapping[str, str]
    faults: tuple[str, ...]


def form(suffix: str) -> str | None:
    """Return the form of files whose names end so; None where no package reads them."""
    name = _known().suffixes.get(suffix.lower()) if suffix else None
    return f"{PREFIX}{name}" if name else None


def faults() -> tuple[str, ...]:
    """Return what ails packages that would read further files if they could be imported."""
    return _known().faults


def rows(data: bytes, kind: str, spot: Spot) -> Iterator[tuple[Row, Spot] | Issue]:
    """Yield the rows of a file that a package reads; what it does wrong is an issue."""
    name = kind.removeprefix(PREFIX)
    plugin = plugins.called("sources", name)
    number = 0
    try:
        for row in _known().readers[name].read(data):
            number += 1
            place = replace(spot, place=f"article {number}")
            if isinstance(row, Mapping):
                yield row, place
            else:
                message = f"the {plugin} gave {shown(row)}; expected fields by name"
                yield place.issue("plugin-failed", "error", message)
    except Exception as error:  # noqa: BLE001 - another package's code
        place = replace(spot, place=f"article {number + 1}")
        fault = plugins.fault(plugin, "failed on this file", error)
        yield place.issue("plugin-failed", "error", f"{fault}; what came before it is read")
    else:
        if not number:
            yield spot.issue("empty-file", "error", f"the {plugin} found no article in it")


@cache
def _known() -> _Known:
    found, broken = plugins.every("sources")
    readers: dict[str, Reader] = {}
    suffixes: dict[str, str] = {}
    ailing = [*broken]
    for name, one in found.items():
        if isinstance(one, Reader):
            readers[name] = one
            for suffix in one.suffixes:
                suffixes.setdefault(suffix.lower(), name)
        else:
            ailing.append(_none(name, one))
    return _Known(readers, suffixes, tuple(str(error) for error in ailing))


def _none(name: str, found: object) -> PluginError:
    wrong = TypeError(f"found {type(found).__name__}, expected `suffixes` and `read`")
    return plugins.fault(plugins.called("sources", name), "is no reader of files", wrong)
