"""What a store that is read over MCP asks of the pipeline, put together for it."""

from __future__ import annotations

from datetime import date

from tocsin.cli.doors import doors as desks
from tocsin.mcp.doors import Doors, today
from tocsin.store.open import Store
from tocsin.views import filter as filters


def doors() -> Doors:
    """Return the questions that are passed on, each to who knows, as the desk passes them on."""
    held = desks()

    def latest(store: Store) -> date:
        return filters.latest(held.lookout.index(store), today())

    return Doors(
        corrected=held.corrected, ledger=held.lookout.ledger, why=held.why, latest=latest
    )  # fmt: skip
