"""The desk as a web application over a store."""

from __future__ import annotations

from secrets import token_urlsafe

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig

from tocsin.base.errors import InputError, TocsinError
from tocsin.base.ids import digest
from tocsin.desk import (
    api,
    articles,
    claims,
    correct,
    entities,
    errors,
    events,
    finding,
    frame,
    later,
    mapping,
    report,
    review,
    saved,
    sources,
    threats,
    watch,
)
from tocsin.desk.doors import Desk
from tocsin.desk.render import BUILT, FOLDER, engine
from tocsin.desk.security import Guard

# Every module that has pages; each lists its routes as `ROUTES`.
PAGES = (
    frame,
    report,
    saved,
    watch,
    threats,
    mapping,
    api,
    review,
    correct,
    entities,
    sources,
    finding,
    articles,
    claims,
    events,
    later,
)
YEAR = 31_536_000
STYLE = "style.css"


def build(desk: Desk, *, secret: str | None = None) -> Guard:
    """Return the desk as an application; a `secret` that is given makes its tokens outlive it.

    Raises InputError where the package was never built.
    """
    if not (BUILT / STYLE).is_file():
        raise InputError(
            f"{BUILT}: the desk's scripts and styles are missing; `pip install` builds them, "
            "or `npm ci && npm run build` in web/"
        )
    return Guard(_application(desk, secret or token_urlsafe(32)))


def _application(desk: Desk, secret: str) -> Litestar:
    return Litestar(
        route_handlers=[
            Router("/", route_handlers=[route for page in PAGES for route in page.ROUTES]),
            _files(),
        ],
        dependencies={"desk": Provide(lambda: desk, sync_to_thread=False)},
        state=State({"desk": desk}),
        template_config=TemplateConfig(instance=engine()),
        # Browsers keep one jar for all ports of a machine: each desk has a cookie of its own.
        csrf_config=CSRFConfig(
            secret=secret, cookie_name=digest("csrf", secret), cookie_httponly=True,
            cookie_samesite="strict",
        ),
        compression_config=CompressionConfig(
            backend="gzip", gzip_compress_level=5, exclude="/api/v1/changes/stream"
        ),
        exception_handlers={
            TocsinError: errors.known, HTTPException: errors.asked, Exception: errors.unforeseen,
        },
        openapi_config=None,
        logging_config=None,
    )  # fmt: skip


def _files() -> Router:
    """Return the routes of scripts, styles and pictures, whose addresses change when they do."""
    kept = CacheControlHeader(max_age=YEAR, immutable=True)
    return create_static_files_router(
        "/static", directories=[BUILT, FOLDER / "static"], cache_control=kept
    )
