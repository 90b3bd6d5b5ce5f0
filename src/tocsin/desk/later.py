"""Parts of the desk that are not there yet: each says so, until its own module takes its place."""

from __future__ import annotations

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.response import Template

from tocsin.desk.render import Asked, Held, page

NAMES: tuple[str, ...] = ()


def _route(name: str) -> HTTPRouteHandler:
    @get(f"/{name}", name=name, sync_to_thread=False)
    def handler(request: Asked, desk: Held) -> Template:
        return page(request, desk, "later.html", tab=name)

    return handler


ROUTES = tuple(_route(name) for name in NAMES)
