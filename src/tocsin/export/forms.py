"""The formats that a store can be written in, by name; other packages may add to them.

A package offers a format by the entry point `tocsin.exporters`, which names a `Form` of its own:

    [project.entry-points."tocsin.exporters"]
    calendar = "our_package.calendar:FORM"
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Literal, Protocol, get_args

from tocsin.base import plugins
from tocsin.base.errors import InputError
from tocsin.base.files import whole
from tocsin.records.article import Article, Byline
from tocsin.records.coded import Stamp
from tocsin.records.event import Event
from tocsin.records.judgement import Anchor
from tocsin.records.series import Series
from tocsin.records.threat import Threat
from tocsin.views.records import Told

Of = Literal["claims", "events", "threats", "articles", "series"]
TABLES: tuple[Of, ...] = get_args(Of)
# What is counted while a format is written: `WRITTEN`, and by why how much is left out.
WRITTEN = "written"
Wrote = Counter[str]


class Stock(Protocol):
    """What a store holds, as analysts corrected it; `on` is the day that threats are told of.

    Claims that were rejected are left out; everything comes one by one, in an order that stays.
    """

    @property
    def on(self) -> date:
        """The day that threats and series are told of."""

    def claims(self) -> Iterator[Told]:
        """Yield the claims of articles that stand, in the order in which articles came."""

    def events(self) -> Iterator[Event]:
        """Yield events, those that were reported first first."""

    def threats(self) -> Iterator[Threat]:
        """Yield the threads of the ledger, oldest first."""

    def articles(self) -> Iterator[Byline]:
        """Yield articles that were coded, without their texts."""

    def texts(self) -> Iterator[Article]:
        """Yield the same articles with their texts."""

    def series(self) -> Iterator[Series]:
        """Yield events by week, for every country, area and dyad, and every family."""

    def modified(self) -> Mapping[str, datetime]:
        """Return when each event last became what it is, by a coding or a judgement."""

    def withdrawn(self) -> Iterator[tuple[Anchor, Byline, tuple[datetime, ...]]]:
        """Yield the claims that were ever rejected, their articles, and when each time.

        The last time holds unless the claim is among `claims`.
        """

    def stamps(self) -> Sequence[Stamp]:
        """Return what the articles were coded by, each stamp once."""


@dataclass(frozen=True, slots=True)
class Form:
    """A format: how its files end, what it is in a line, which tables it holds, the first usually.

    `write` writes one table of a stock to a stream, and counts. A form that is `text` may go to a
    terminal; a byte order mark may stand before one that may be `marked`.
    """

    name: str
    ending: str
    about: str
    tables: tuple[Of, ...]
    write: Callable[[Stock, Of, BinaryIO], Wrote]
    text: bool = True
    marked: bool = False


# Each is `FORM` in the module of its name.
OWN: Mapping[str, str] = {
    "csv": "csv", "parquet": "parquet", "jsonl": "jsonl", "geojson": "geojson",
    "geoparquet": "geoparquet", "graphml": "graphml", "gexf": "gexf", "ftm": "ftm",
    "stix": "stix", "plover": "plover", "gdelt": "gdelt", "acled": "acled", "ged": "ged",
}  # fmt: skip


def names() -> tuple[str, ...]:
    """Return the names of all formats, Tocsin's own first."""
    added = (one.name for one in plugins.listed("exporters"))
    return (*OWN, *(name for name in added if name not in OWN))


def form(name: str) -> Form:
    """Return the format of a name; raise InputError where there is none.

    Raises PluginError where the package that offers it is broken.
    """
    if name in OWN:
        found: Form = import_module(f"tocsin.export.{OWN[name]}").FORM
        return found
    if name not in names():
        raise InputError(f"{name!r} is no format; expected one of {', '.join(names())}")
    return _checked(name, plugins.get("exporters", name))


def table(chosen: Form, of: str | None) -> Of:
    """Return the table that is asked of a format; raise InputError where it holds none such."""
    if of is None:
        return chosen.tables[0]
    for known in chosen.tables:
        if known == of:
            return known
    raise InputError(f"{chosen.name} holds no {of}; expected one of {', '.join(chosen.tables)}")


def put(path: Path, write: Callable[[BinaryIO], Wrote]) -> Wrote:
    """Write a file, whole or not at all, and return what was counted; folders are made."""
    try:
        with whole(path) as stream:
            return write(stream)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error}); give another path") from error


def _checked(name: str, found: Any) -> Form:  # noqa: ANN401 - whatever a package offers
    if isinstance(found, Form):
        return found
    plugin = plugins.called("exporters", name)
    raise plugins.fault(plugin, "is no Form", TypeError(f"found {type(found).__name__}"))
