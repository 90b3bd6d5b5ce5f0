"""The page on which a reader sets keys of his own, which a cookie keeps."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from tocsin.desk import keys as table
from tocsin.desk.doors import Desk
from tocsin.desk.keys import KEYS, SHARED, Key
from tocsin.desk.render import Asked, Held, page

HOME = "/keys"
YEAR, BAD = 31_536_000, 400
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


def _known(desk: Desk) -> tuple[Key, ...]:
    return KEYS if desk.team is None else KEYS + SHARED


@get(HOME, sync_to_thread=False)
def read(request: Asked, desk: Held) -> Template:
    """Show all keys to be set."""
    mine = table.keyed(request.cookies.get(table.COOKIE), _known(desk))
    return page(request, desk, "mykeys.html", mine=mine, wrong={}, clashes={})


@post(HOME, sync_to_thread=False)
def keep(request: Asked, desk: Held, data: Form) -> Template | Redirect:
    """Keep the keys that are set; show which cannot be, and which cannot be told apart."""
    known = _known(desk)
    said = {} if data.get("reset") else {key.name: data.get(key.name, "") for key in known}
    asked = {name: words for name, words in said.items() if words.strip()}
    made = {name: table.pressed(words[:40]) for name, words in asked.items()}
    wrong = {name: asked[name][:40] for name, press in made.items() if press is None}
    mine = table.changed(known, {name: press for name, press in made.items() if press})
    clashes = table.clashes(mine)
    if wrong or clashes:
        names = {key.name: key for key in mine}
        met = {name: names[other] for name, other in clashes.items()}
        found = page(request, desk, "mykeys.html", mine=mine, wrong=wrong, clashes=met)
        found.status_code = BAD
        return found
    answer = Redirect(HOME, status_code=303)
    answer.set_cookie(
        table.COOKIE, table.cookie(mine), max_age=YEAR, path="/", samesite="lax", httponly=True
    )
    return answer


ROUTES = (read, keep)
