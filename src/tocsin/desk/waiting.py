"""Pages of what is still being worked out: each says so, and comes by itself once it is there."""

from __future__ import annotations

from typing import TypeVar

from litestar.response import Template

from tocsin.desk.doors import Desk
from tocsin.desk.render import Asked, page

T = TypeVar("T")


class Waiting(Exception):  # noqa: N818 - nothing went wrong
    """What a page of a part of the desk shows is still being worked out."""

    def __init__(self, tab: str) -> None:
        super().__init__(f"{tab}: it is being worked out")
        self.tab = tab


def ready(desk: Desk, tab: str) -> None:
    """Raise Waiting as long as the events of the store are not in columns."""
    if not desk.doors.lookout.ready(desk.store):
        raise Waiting(tab)


def done(found: T | None, tab: str) -> T:
    """Return what was worked out; raise Waiting where it is not there yet."""
    if found is None:
        raise Waiting(tab)
    return found


def shown(request: Asked, error: Waiting) -> Template:
    """Return the page that asks again until what was asked for is there."""
    found = page(request, request.app.state.desk, "waiting.html", tab=error.tab)
    found.status_code = 200
    return found
