"""Evenings of the example world, gone through again: what is kept every night, kept for it too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from tocsin.base import settings
from tocsin.pipeline import carrying, forecasting, resolving, signals, watching
from tocsin.store import forecasts
from tocsin.store import signals as kept
from tocsin.store.open import Store

# Sundays on which forecasts are issued, and days after which they are settled: the example ends
# before the sixty days of others are over.
EVENINGS = (date(2024, 12, 1), date(2025, 1, 12), date(2025, 1, 26))
WAIT = 7


def replay(store: Store, evenings: Sequence[date] = EVENINGS) -> None:
    """Keep the signals of some evenings and the forecasts that they would have issued.

    Each is made as of its own evening, out of nothing that was reported after it. In the end what
    can be settled is settled, so that there is a score.
    """
    chosen = settings.load(None).signals
    last = max(evenings)
    with store.read() as connection:
        of = watching.seen(connection, last)
    for on in evenings:
        with store.read() as connection:
            found = signals.signals(connection, on, last, chosen, of)
            made = [
                forecasting.foretold(connection, on, last, wait=WAIT),
                carrying.carried(connection, on, WAIT),
            ]
        with store.write() as connection:
            kept.keep(connection, found, datetime.combine(on, time(23), UTC))
            for one in made:
                forecasting.issue(connection, one)
    with store.write() as connection:
        due = forecasts.due(connection, last)
        forecasts.settle(connection, resolving.settled(connection, of, due, last))
