"""Pages of one article: its text with every span, its versions."""

from __future__ import annotations

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Template

from tocsin.base.errors import InputError
from tocsin.desk.render import Asked, Held, page
from tocsin.views import article


@get("/articles/{name:str}", sync_to_thread=True)
def read(request: Asked, desk: Held, name: FromPath[str]) -> Template:
    """Show an article with what was read out of it."""
    with desk.store.read() as connection:
        view = article.view(connection, name, desk.doors.corrected(connection))
    if view is None:
        raise NotFoundException(name)
    return page(request, desk, "article.html", tab="articles", view=view)


@get("/articles/{name:str}/versions", sync_to_thread=True)
def versions(request: Asked, desk: Held, name: FromPath[str]) -> Template:
    """Show how an article changed."""
    try:
        chains = desk.doors.versions(desk.store, name)
    except InputError as error:
        raise NotFoundException(name) from error
    return page(request, desk, "versions.html", tab="articles", chains=chains, name=name)


ROUTES = (read, versions)
