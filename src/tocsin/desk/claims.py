"""Pages of one claim: its fields with their evidence, and the card that others point at."""

from __future__ import annotations

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Template

from tocsin.desk.doors import Desk
from tocsin.desk.render import Asked, Held, page
from tocsin.views import claim, remarks
from tocsin.views.claim import View


def _view(desk: Desk, name: str) -> View:
    with desk.store.read() as connection:
        view = claim.view(connection, name, desk.doors.corrected(connection))
    if view is None:
        raise NotFoundException(name)
    return view


@get("/claims/{name:str}", sync_to_thread=True)
def read(request: Asked, desk: Held, name: FromPath[str]) -> Template:
    """Show a claim with the words and the hand behind every field."""
    view = _view(desk, name)
    with desk.store.read() as connection:
        found = remarks.about(connection, [name])
    return page(
        request, desk, "claim.html", tab="claims", view=view, remarks=found,
        me=desk.doors.bench.author,
    )  # fmt: skip


@get("/claims/{name:str}/card", sync_to_thread=True)
def card(request: Asked, desk: Held, name: FromPath[str]) -> Template:
    """Show a claim's sentence and where it comes from, in a piece of a page."""
    return page(request, desk, "card.html", evidence=_view(desk, name).evidence)


ROUTES = (read, card)
