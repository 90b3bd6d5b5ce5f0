"""What the desk asks of the pipeline to keep watch, and what it keeps of the answers."""

from __future__ import annotations

from collections.abc import Callable, Sized
from dataclasses import dataclass, field
from datetime import date

from tocsin.desk.soon import Soon
from tocsin.store.open import Store
from tocsin.views import filter as filters
from tocsin.views import kept, lists, saved, watch
from tocsin.views.index import Index, Shelf
from tocsin.views.kept import Kept
from tocsin.views.lists import About, Held
from tocsin.views.threats import Ledger
from tocsin.views.watch import Needs

# Seconds that the first screen waits for what it can do without for a while.
PATIENCE = 0.4


@dataclass(frozen=True, slots=True)
class Lookout:
    """The ledger of a day, and how an outcome is confirmed in it.

    `confirm` takes a threat, the event that came of it, whose act it was (issuer or target), what
    was done and why, and returns the judgement's id; JudgementError where that cannot be.
    """

    make: Callable[[Store, date], Ledger]
    confirm: Callable[[Store, date, str, str, str, str, str], str]
    shelf: Shelf
    ledgers: Kept[date, Ledger] = field(default_factory=Kept)
    waiting: Kept[date, Needs] = field(default_factory=Kept)
    lists: Kept[str, About] = field(default_factory=Kept)
    soon: Soon = field(default_factory=Soon)

    def warm(self, store: Store, today: date, near: Callable[[Store], Sized]) -> None:
        """Work out what the first screen asks for, so that nobody waits for it."""
        on = filters.latest(self.index(store), today)
        self.ledger(store, on)
        self.needs(store, on, near)

    def index(self, store: Store) -> Index:
        """Return all events in columns."""
        with store.read() as connection:
            return self.shelf.index(connection)

    def ready(self, store: Store) -> bool:
        """Return whether all events are in columns; where they are not, that is begun."""
        found = self.soon.get("index", lambda: self.index(store), PATIENCE)
        return found is not None

    def ledger_soon(self, store: Store, on: date) -> Ledger | None:
        """Return the ledger of a day; None where it takes its time, and is being made."""
        return self.soon.get(f"ledger {on}", lambda: self.ledger(store, on), PATIENCE)

    def needs_soon(self, store: Store, on: date, near: Callable[[Store], Sized]) -> Needs | None:
        """Return what waits for a person; None where that takes its time, and is being found."""
        return self.soon.get(f"needs {on}", lambda: self.needs(store, on, near), PATIENCE)

    def ledger(self, store: Store, on: date) -> Ledger:
        """Return the ledger of a day; it is made anew where the store changed."""
        with store.read() as connection:
            mark = kept.token(connection)
        return self.ledgers.get(on, mark, lambda: self.make(store, on))

    def lately(self, store: Store, on: date) -> Ledger:
        """Return the ledger of a day as it was made last, which a decision or two may have aged."""
        return self.ledgers.last(on) or self.ledger(store, on)

    def watched(self, store: Store) -> Held:
        """Return the entries of watch lists, and the events that each is about."""
        index = self.index(store)
        with store.read() as connection:
            entries = saved.watched(connection)
            mark = f"{index.mark} {' '.join(one.id for one in entries)}"
            found = self.lists.get(store.name, mark, lambda: lists.about(connection, entries))
        return Held(entries, found)

    def needs(self, store: Store, on: date, near: Callable[[Store], Sized]) -> Needs:
        """Return what waits for a person; `near` returns events that nearly are one."""
        index = self.index(store)

        def make() -> Needs:
            with store.read() as connection:
                return watch.needs(connection, index, on, len(near(store)))

        return self.waiting.get(on, index.mark, make)
