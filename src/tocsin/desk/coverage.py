"""The page of coverage: of which outlets there are articles when, and where they are missing."""

from __future__ import annotations

from datetime import date

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template

from tocsin.desk.render import Asked, Held, page
from tocsin.views import coverage


@get("/coverage", sync_to_thread=True)
def read(request: Asked, desk: Held, to: FromQuery[str] = "") -> Template:
    """Show the half year that ends on a day, else on the day of the last article."""
    with desk.store.read() as connection:
        view = coverage.view(connection, _day(to))
    return page(request, desk, "coverage.html", tab="sources", view=view, chance=coverage.CHANCE)


def _day(words: str) -> date | None:
    """Return a day; None where an address has something else for it."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


ROUTES = (read,)
