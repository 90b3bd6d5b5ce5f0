"""What the desk asks of the pipeline to keep watch, and what it keeps of the answers."""

from __future__ import annotations

from collections.abc import Callable, Sized
from dataclasses import dataclass, field
from datetime import date

from tocsin.store.open import Store
from tocsin.views import filter as filters
from tocsin.views import kept, watch
from tocsin.views.index import Index, Shelf
from tocsin.views.kept import Kept
from tocsin.views.threats import Ledger
from tocsin.views.watch import Needs


@dataclass(frozen=True, slots=True)
class Lookout:
    """The ledger of a day, and how an outcome is confirmed in it.

    `confirm` takes a threat, the event that came of it, whose act it was (issuer or target), what
    was done and why, and returns the judgement's id; JudgementError where that cannot be.
    """

    make: Callable[[Store, date], Ledger]
    confirm: Callable[[Store, date, str, str, str, str, str], str]
    shelf: Shelf = field(default_factory=Shelf)
    ledgers: Kept[date, Ledger] = field(default_factory=Kept)
    waiting: Kept[date, Needs] = field(default_factory=Kept)

    def warm(self, store: Store, today: date, near: Callable[[Store], Sized]) -> None:
        """Work out what the first screen asks for, so that nobody waits for it."""
        on = filters.latest(self.index(store), today)
        self.ledger(store, on)
        self.needs(store, on, near)

    def index(self, store: Store) -> Index:
        """Return all events in columns."""
        with store.read() as connection:
            return self.shelf.index(connection)

    def ledger(self, store: Store, on: date) -> Ledger:
        """Return the ledger of a day; it is made anew where the store changed."""
        with store.read() as connection:
            mark = kept.token(connection)
        return self.ledgers.get(on, mark, lambda: self.make(store, on))

    def needs(self, store: Store, on: date, near: Callable[[Store], Sized]) -> Needs:
        """Return what waits for a person; `near` returns events that nearly are one."""
        index = self.index(store)

        def make() -> Needs:
            with store.read() as connection:
                return watch.needs(connection, index, on, len(near(store)))

        return self.waiting.get(on, index.mark, make)
