"""The desk as a web application over a store."""

from __future__ import annotations

from collections.abc import Collection
from secrets import token_urlsafe

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig

from tocsin.base.errors import InputError, TocsinError
from tocsin.base.ids import digest
from tocsin.desk import (
    account,
    api,
    articles,
    audit,
    claims,
    correct,
    coverage,
    entities,
    errors,
    events,
    finding,
    forecasts,
    frame,
    gate,
    guide,
    hands,
    mapping,
    mykeys,
    remarks,
    report,
    review,
    saved,
    series,
    signals,
    signin,
    sources,
    threats,
    users,
    waiting,
    watch,
)
from tocsin.desk.doors import Desk
from tocsin.desk.former import Moved
from tocsin.desk.render import BUILT, FOLDER, engine
from tocsin.desk.security import LOOPBACK, Guard
from tocsin.desk.waiting import Waiting

# Every module that has pages; each lists its routes as `ROUTES`.
PAGES = (
    frame,
    report,
    remarks,
    saved,
    watch,
    threats,
    signals,
    series,
    forecasts,
    mapping,
    mykeys,
    guide,
    api,
    review,
    correct,
    entities,
    sources,
    coverage,
    finding,
    articles,
    claims,
    events,
)
# What is there where several people share the desk.
SHARED = (signin, account, users, audit)
YEAR = 31_536_000
STYLE = "style.css"


def build(
    desk: Desk, *, secret: str | None = None, names: Collection[str] = LOOPBACK
) -> Guard:  # fmt: skip
    """Return the desk as an application; a `secret` that is given makes its tokens outlive it.

    `names` are those by which it may be asked for.
    Raises InputError where the package was never built.
    """
    if not (BUILT / STYLE).is_file():
        raise InputError(
            f"{BUILT}: the desk's scripts and styles are missing; `pip install` builds them, "
            "or `npm ci && npm run build` in web/"
        )
    return Guard(application(desk, secret or token_urlsafe(32)), names, desk.team)


def application(desk: Desk, secret: str) -> Litestar:
    """Return the routes of a desk, each of them behind the gate where it has a team."""
    shared = desk.team is not None
    pages = (*PAGES, *SHARED) if shared else PAGES
    # Browsers keep one jar for all ports of a machine: each desk has a cookie of its own.
    tokens = CSRFConfig(
        secret=secret, cookie_name=digest("csrf", secret), cookie_httponly=True,
        cookie_samesite="strict", cookie_secure=desk.team is not None and desk.team.https,
    )  # fmt: skip
    return Litestar(
        route_handlers=[
            Router("/", route_handlers=[route for page in pages for route in page.ROUTES]),
            _files(),
        ],
        dependencies={"desk": Provide(hands.provider(desk), sync_to_thread=False)},
        guards=[gate.guard] if shared else [],
        state=State({"desk": desk}),
        template_config=TemplateConfig(instance=engine()),
        middleware=[DefineMiddleware(gate.Csrf, config=tokens)],
        compression_config=CompressionConfig(
            backend="gzip", gzip_compress_level=5, exclude="/api/v1/changes/stream"
        ),
        exception_handlers={
            TocsinError: errors.known, Moved: errors.moved, Waiting: waiting.shown,
            HTTPException: errors.asked, Exception: errors.unforeseen,
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
