"""The first screen: what changed, what is due, where, when, on whose word, what needs a person."""

from __future__ import annotations

from litestar import get
from litestar.response import Template

from tocsin.desk import sight
from tocsin.desk.render import Asked, Held, page
from tocsin.desk.waiting import ready
from tocsin.views import atlas, signals, threats, watch

# Seconds that the first screen waits for signals.
PATIENCE = 0.4


@get("/watch", sync_to_thread=True)
def read(request: Asked, desk: Held) -> Template:
    """Show the first screen."""
    lookout = desk.doors.lookout
    ready(desk, "watch")
    index, of = sight.filtered(request, desk)
    foresight = desk.doors.foresight
    made = foresight.signals_soon(desk.store, of.on, PATIENCE)
    ledger = lookout.ledger_soon(desk.store, of.on)
    needs = lookout.needs_soon(desk.store, of.on, desk.doors.bench.near)
    if ledger is None and (of.pick or "").startswith("threat-"):
        ledger = lookout.ledger(desk.store, of.on)
    held = lookout.watched(desk.store)
    with desk.store.read() as connection:
        view = watch.view(
            connection, index, of, ledger=ledger or threats.NONE, needs=needs or watch.NONE,
            held=held,
            corrected=desk.doors.corrected(connection),
        )  # fmt: skip
        fired = signals.first(connection, made or (), of.country, foresight.parties)
    spots = atlas.places(index, view.chosen.timed)
    return page(
        request, desk, "watch.html", tab="watch", view=view, spots=spots,
        unknown=(ledger is None, needs is None, made is None), fired=fired, signals=made,
        **sight.frame("/watch", of),
    )  # fmt: skip


ROUTES = (read,)
