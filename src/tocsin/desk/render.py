"""Pages out of templates: every value escaped, every page with the same frame around it."""

from __future__ import annotations

import re
from functools import cache, partial
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request
from litestar.di import NamedDependency
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template

from tocsin.desk import keys as keyboard
from tocsin.desk import look as looks
from tocsin.desk.doors import Desk
from tocsin.desk.keys import KEYS, SHARED, Key
from tocsin.desk.roles import may
from tocsin.desk.team import asker
from tocsin.desk.texts import LANGUAGES, Texts, chosen, texts
from tocsin.records.series import Unit
from tocsin.views.claim import citation

FOLDER = Path(str(resources.files("tocsin") / "desk"))
BUILT = FOLDER / "static" / "dist"
# A page can hold neither half characters nor control characters other than white space.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

Asked = Request[Any, Any, Any]
# The open desk, as routes are handed it by the name `desk`.
Held = NamedDependency[Desk]


class Tab(NamedTuple):
    """A part of the desk that the navigation leads to: the name of its text, its address."""

    name: str
    href: str


TABS = tuple(
    Tab(name, f"/{name}")
    for name in (
        "watch", "events", "threats", "signals", "forecasts", "claims", "map", "network",
        "sources", "review", "report",
    )
)  # fmt: skip


def page(
    request: Asked, desk: Desk, template: str, /, *, tab: str = "", **context: object
) -> Template:
    """Return a page made of a template and what it shows; `tab` is the part that it belongs to."""
    look = looks.look(request.cookies.get(looks.COOKIE))
    say = texts(chosen(look.language, request.headers.get("accept-language", "")))
    who, shared = asker(request.scope), desk.team is not None

    def allowed(method: str, path: str) -> bool:
        return not shared or may(who.role if who else None, method, path)

    frame = {
        "t": say, "look": look, "tab": tab, "languages": LANGUAGES, "who": who, "may": allowed,
        "tabs": [one for one in TABS if allowed("GET", one.href)], "shared": shared,
        "keys": [
            one
            for one in _keys(request, shared=shared)
            if one.href is None or allowed("GET", one.href)
        ],
        "speech": texts, "here": here(request), "example": desk.example, "built": built,
        "query": request.query_params.get("q", ""), "called": partial(_called, desk, say),
    }  # fmt: skip
    return Template(template_name=template, context=frame | context)


def _called(desk: Desk, say: Texts, name: str) -> str:
    """Return what a country or actor is called, by its code or id; other names stay as they are."""
    unit = Unit("country", name)
    return say.unit(desk.doors.foresight.parties([unit])[unit])


def _keys(request: Asked, *, shared: bool) -> tuple[Key, ...]:
    """Return the keys of a page, those that the reader set among them."""
    known = KEYS + SHARED if shared else KEYS
    return keyboard.keyed(request.cookies.get(keyboard.COOKIE), known)


def here(request: Asked) -> str:
    """Return the address of a request within the desk."""
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


def address(path: str, /, **values: str | None) -> str:
    """Return an address within the desk with what stands behind its `?`, empty values left out."""
    asked = urlencode({key: value for key, value in values.items() if value})
    return quote(path) + (f"?{asked}" if asked else "")


def web(address: str | None) -> str | None:
    """Return an address that a reader may be led to; None for what is no page, such as a script."""
    return address if address and address.startswith(("http://", "https://")) else None


def printable(value: object) -> str:
    """Return text that a page can hold: what cannot be printed is one sign each."""
    return UNPRINTABLE.sub("\ufffd", str(value))


@cache
def built(name: str) -> str:
    """Return the address of a built file, which changes when the file does."""
    file = BUILT / name
    mark = sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "missing"
    return f"/static/{name}?v={mark}"


def engine() -> JinjaTemplateEngine:
    """Return the engine of the desk's templates."""
    found = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_final,
    )
    found.globals |= {"address": address, "web": web, "cite": citation}
    return JinjaTemplateEngine(engine_instance=found)


def _final(value: object) -> object:
    """Return what is put on a page: texts as pages can hold them, nothing for None."""
    if value is None:
        return ""
    return printable(value) if type(value) is str and UNPRINTABLE.search(value) else value
