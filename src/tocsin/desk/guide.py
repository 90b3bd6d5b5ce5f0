"""A way through the desk in five steps, over whatever the store holds."""

from __future__ import annotations

from typing import NamedTuple

from litestar import get
from litestar.response import Template

from tocsin.desk.render import Asked, Held, address, page
from tocsin.store import events, listing

# Disputed events that the way leads past.
SHOWN = 3


class Step(NamedTuple):
    """A step: the name of its texts, where it leads, and further places by their titles."""

    name: str
    href: str
    more: tuple[tuple[str, str], ...] = ()


@get("/guide", sync_to_thread=True)
def read(request: Asked, desk: Held) -> Template:
    """Show the way, with the most reported disputed events on it."""
    with desk.store.read() as connection:
        lines = listing.lines(connection, by="reports", level="disputed", limit=SHOWN).lines
        if not lines:
            lines = listing.lines(connection, by="reports", limit=SHOWN).lines
        held = events.load(connection, [line.id for line in lines[:1]])
    claim = next((f"/claims/{one.claims[0]}" for one in held.values()), "/claims")
    steps = (
        Step("watch", "/watch"),
        Step(
            "disputed", address("/events", level="disputed", order="reports"),
            tuple((f"/events/{line.id}", line.title) for line in lines),
        ),
        Step("words", claim),
        Step("judge", address("/review", kind="dispute")),
        Step("report", "/report"),
    )  # fmt: skip
    return page(request, desk, "guide.html", tab="watch", steps=steps)


ROUTES = (read,)
