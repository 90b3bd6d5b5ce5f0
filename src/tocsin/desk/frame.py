"""The frame around all pages: where the desk begins, how it looks, what its palette offers."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect
from msgspec import Struct

from tocsin.desk import look as looks
from tocsin.desk.look import Density, Look, Theme
from tocsin.desk.texts import LANGUAGES

START = "/watch"
YEAR = 31_536_000


class Wish(Struct, frozen=True):
    """How the desk is to look, and the page to go back to."""

    theme: Theme = "system"
    density: Density = "comfortable"
    language: str = ""
    back: str = START


@get("/", sync_to_thread=False)
def start() -> Redirect:
    """Lead to the first screen."""
    return Redirect(START)


@post("/look", sync_to_thread=False)
def wear(data: Annotated[Wish, Body(media_type=RequestEncodingType.URL_ENCODED)]) -> Redirect:
    """Keep how the desk is to look, and lead back."""
    language = data.language if data.language in LANGUAGES else ""
    answer = Redirect(within(data.back), status_code=303)
    value = looks.cookie(Look(data.theme, data.density, language))
    answer.set_cookie(looks.COOKIE, value, max_age=YEAR, path="/", samesite="lax")
    return answer


def within(address: str) -> str:
    """Return an address if it is one of the desk's own, else the first screen's."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return START
    own = not parts.scheme and not parts.netloc and address.startswith("/")
    # Browsers read a backslash as a slash, and leave tabs and line ends out.
    odd = "\\" in address or not address.isprintable()
    return address if own and not odd and not address.startswith("//") else START


ROUTES = (start, wear)
