"""The situation report: events are picked, shown in sentences with footnotes, and taken along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template
from msgspec import Struct

from tocsin.base.errors import InputError, QueryError
from tocsin.desk import render
from tocsin.desk.doors import Desk
from tocsin.desk.markdown import markdown
from tocsin.desk.render import Asked, Held, page
from tocsin.records.kept import MOST, Draft
from tocsin.store import kept
from tocsin.views import report as reports
from tocsin.views import saved, search
from tocsin.views.report import Report

# Events that a search offers to pick from.
OFFERED = 10
HTML = "text/html; charset=utf-8"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Pick(Struct, frozen=True):
    """An event to put into a draft or take out of it, known by a claim; `q` was searched for."""

    pick: str
    draft: str = ""
    q: str = ""


class Sheet(Struct, frozen=True):
    """A draft to keep: its title and its picks, with spaces between them."""

    title: str
    picks: str = ""
    draft: str = ""


Form = RequestEncodingType.URL_ENCODED


def _asked(request: Asked, desk: Desk) -> tuple[str, tuple[str, ...], date, Draft | None]:
    """Return the title, the picks and the day that an address holds, and the draft it names."""
    held = request.query_params
    today = desk.clock().date()
    try:
        on = date.fromisoformat(held["on"]) if held.get("on") else today
    except ValueError as error:
        raise QueryError(f"on={held['on']}: expected a day such as 2025-01-26") from error
    name = held.get("draft", "")
    with desk.store.read() as connection:
        draft = kept.find(connection, name, Draft) if name else None
        picks = reports.lasting(connection, held.getall("pick", [])[:MOST])
    if name and draft is None:
        raise NotFoundException(name)
    title = " ".join(held.get("title", "").split())[: saved.LONGEST]
    return (
        title or (draft.title if draft else _title(today)),
        picks or (draft.picks if draft else ()), on, draft,
    )  # fmt: skip


def _title(today: date) -> str:
    return f"Situation report, {today}"


def _made(desk: Desk, title: str, picks: tuple[str, ...], on: date) -> Report:
    threats = desk.doors.lookout.ledger(desk.store, on).threats if picks else ()
    with desk.store.read() as connection:
        return reports.report(connection, title, picks, threats, on)


@get("/report", sync_to_thread=True)
def read(request: Asked, desk: Held) -> Template:
    """Show a report as it would be taken along, with what can be picked for it."""
    title, picks, on, draft = _asked(request, desk)
    made = _made(desk, title, picks, on)
    q = request.query_params.get("q", "").strip()
    with desk.store.read() as connection:
        drafts = saved.drafts(connection)
        found = None
        if q:
            wanted = search.Asked(text=q[: saved.LONG], limit=OFFERED)
            found = search.found(connection, wanted, {}, on)
    chosen = urlencode(
        [("title", title), ("on", on.isoformat()), *(("pick", one) for one in picks)]
    )
    return page(
        request, desk, "report.html", tab="report", report=made, draft=draft, drafts=drafts,
        found=found, q=q, chosen=chosen, picks=picks, formats=tuple(FORMATS),
    )  # fmt: skip


@post("/report/add", sync_to_thread=True)
def add(desk: Held, data: Annotated[Pick, Body(media_type=Form)]) -> Redirect:
    """Put an event into a draft, the last one where none is named, and lead to it."""
    now = desk.clock()
    with desk.store.write() as connection:
        (pick,) = reports.lasting(connection, [data.pick[:100]])
        draft = saved.add(connection, data.draft, pick, now, title=_title(now.date()))
    return _to(draft, data.q)


@post("/report/remove", sync_to_thread=True)
def remove(desk: Held, data: Annotated[Pick, Body(media_type=Form)]) -> Redirect:
    """Take an event out of a draft."""
    with desk.store.write() as connection:
        draft = saved.remove(connection, data.draft, data.pick, desk.clock())
    if draft is None:
        raise NotFoundException(data.draft)
    return _to(draft, data.q)


@post("/report/keep", sync_to_thread=True)
def keep(desk: Held, data: Annotated[Sheet, Body(media_type=Form)]) -> Redirect:
    """Keep a draft under a title; one that had another title before goes."""
    with desk.store.write() as connection:
        picks = reports.lasting(connection, data.picks.split()[:MOST])
        draft = saved.draft(connection, data.title, picks, desk.clock())
        if data.draft and data.draft != draft.id:
            kept.drop(connection, data.draft)
    return _to(draft, "")


@post("/report/drop", sync_to_thread=True)
def drop(desk: Held, data: Annotated[Sheet, Body(media_type=Form)]) -> Redirect:
    """Put a draft away."""
    with desk.store.write() as connection:
        kept.drop(connection, data.draft)
    return Redirect("/report", status_code=303)


@get("/report/file/{kind:str}", sync_to_thread=True)
def file(request: Asked, desk: Held, kind: FromPath[str]) -> Response[bytes]:
    """Return a report as a file."""
    if kind not in FORMATS:
        raise NotFoundException(f"{kind}: expected {', '.join(FORMATS)}")
    title, picks, on, _ = _asked(request, desk)
    media, make = FORMATS[kind]
    body = make(_made(desk, title, picks, on))
    name = f'attachment; filename="report-{on.isoformat()}.{kind}"'
    return Response(body, media_type=media, headers={"content-disposition": name})


@get("/claims/{name:str}/cite", sync_to_thread=True)
def cite(desk: Held, name: FromPath[str]) -> Response[bytes]:
    """Return a claim's sentence with where it was published, to paste elsewhere."""
    with desk.store.read() as connection:
        found = reports.cite(connection, name)
    if found is None:
        raise NotFoundException(name)
    return Response(render.printable(found).encode(), media_type="text/plain; charset=utf-8")


def _to(draft: Draft, q: str) -> Redirect:
    return Redirect(render.address("/report", draft=draft.id, q=q), status_code=303)


def _markdown(report: Report) -> bytes:
    return markdown(report).encode()


def _html(report: Report) -> bytes:
    template = render.engine().engine.get_template("sheet.html")
    return template.render(report=report).encode()


def _docx(report: Report) -> bytes:
    from tocsin.desk.docx import docx  # noqa: PLC0415 - it takes its time to load

    return docx(report)


def _pdf(report: Report) -> bytes:
    from tocsin.desk.pdf import pdf  # noqa: PLC0415 - the same

    try:
        return pdf(report)
    except InputError as error:
        raise QueryError(str(error)) from error


FORMATS: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "md": ("text/markdown; charset=utf-8", _markdown), "html": (HTML, _html),
    "docx": (WORD, _docx), "pdf": ("application/pdf", _pdf),
}  # fmt: skip

ROUTES = (read, add, remove, keep, drop, file, cite)
