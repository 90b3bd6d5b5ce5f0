"""The first screen: what changed, what is due, where, when, on whose word, what needs a person."""

from __future__ import annotations

from litestar import get
from litestar.response import Template

from tocsin.desk import sight
from tocsin.desk.render import Asked, Held, page
from tocsin.views import atlas, watch


@get("/watch", sync_to_thread=True)
def read(request: Asked, desk: Held) -> Template:
    """Show the first screen."""
    index, of = sight.filtered(request, desk)
    lookout = desk.doors.lookout
    ledger = lookout.ledger(desk.store, of.on)
    needs = lookout.needs(desk.store, of.on, desk.doors.bench.near)
    with desk.store.read() as connection:
        view = watch.view(
            connection, index, of, ledger=ledger, needs=needs,
            corrected=desk.doors.corrected(connection),
        )  # fmt: skip
    spots = atlas.places(index, view.chosen.timed)
    return page(
        request, desk, "watch.html", tab="watch", view=view, spots=spots,
        **sight.frame("/watch", of),
    )  # fmt: skip


ROUTES = (read,)
