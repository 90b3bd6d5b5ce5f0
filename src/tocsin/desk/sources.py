"""The page of sources: what they published, how their feeds are, how what they had alone fared."""

from __future__ import annotations

from litestar import get
from litestar.response import Template

from tocsin.desk.render import Asked, Held, page
from tocsin.views import sources


@get("/sources", sync_to_thread=True)
def read(request: Asked, desk: Held) -> Template:
    """Show all sources."""
    with desk.store.read() as connection:
        view = sources.view(connection)
    return page(request, desk, "sources.html", tab="sources", view=view, least=sources.LEAST)


ROUTES = (read,)
