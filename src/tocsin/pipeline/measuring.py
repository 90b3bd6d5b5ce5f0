"""All indicators of a store on a day, with the tables that they can be had again from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from tocsin.pipeline import threats, watching
from tocsin.records.indicator import Value
from tocsin.store import documents
from tocsin.watch import measures
from tocsin.watch.columns import Columns
from tocsin.watch.measures import View
from tocsin.watch.owed import Owed, owed, pressing
from tocsin.watch.panels import BEFORE, WEEK, Document, Panel, panel

# Weeks of documents that panels and silences are judged by: a year, and what it is held against.
WEEKS = 52 + BEFORE


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The indicators of a day and what they were made of."""

    on: date
    view: View
    documents: tuple[Document, ...]
    panels: dict[str, tuple[str, ...]]
    owed: tuple[Owed, ...]
    values: tuple[Value, ...]


def measure(connection: Connection, on: date, today: date) -> Measured:
    """Return the indicators of a store as it stood on a day."""
    return measured(connection, on, watching.seen(connection, today))


def measured(connection: Connection, on: date, of: Columns) -> Measured:
    """Return the indicators of a day; `of` are the events that count (`watching.seen`)."""
    view = measures.view(of, on)
    first, last = on.toordinal() - WEEKS * WEEK - WEEK, on.toordinal()
    published = [Document(*row) for row in documents.published(connection)]
    shown = tuple(one for one in published if first < one.day <= last)
    members = watching.members(connection)
    due = tuple(owed(threats.ledger(connection, on).threats))
    made = values(view, shown, members, due)
    return Measured(on=on, view=view, documents=shown, panels=members, owed=due, values=made)


def panels(
    some: tuple[Document, ...], of: dict[str, tuple[str, ...]], on: date
) -> dict[str, Panel]:
    """Return the panels that published anything in the last year, by name; all as one under ""."""
    names = sorted({name for several in of.values() for name in several})
    members = {name: {one for one, several in of.items() if name in several} for name in names}
    if names:
        members[""] = set(of)
    found = {name: panel(some, members[name], on, WEEKS) for name in sorted(members)}
    return {name: one for name, one in found.items() if one is not None}


def values(
    view: View,
    some: tuple[Document, ...],
    of: dict[str, tuple[str, ...]],
    due: tuple[Owed, ...],
) -> tuple[Value, ...]:
    """Return all indicators of a view, documents, the panels of sources, and open threats."""
    return tuple(sorted(_values(view, some, of, due), key=lambda one: one[:4]))


def _values(
    view: View,
    some: tuple[Document, ...],
    of: dict[str, tuple[str, ...]],
    due: tuple[Owed, ...],
) -> Iterator[Value]:
    yield from measures.measured(view)
    yield from pressing(due, view.on)
    for name, made in panels(some, of, view.on).items():
        yield from measures.attention(view, made, name)
    days: dict[str, set[int]] = {}
    for one in some:
        days.setdefault(one.source, set()).add(one.day)
    for source in sorted(days):
        yield from measures.quiet(days[source], view.on, "source", source)
