"""The log: who did what, when and from where, for those who look after the others."""

from __future__ import annotations

from datetime import date

from litestar import get
from litestar.response import Template

from tocsin.desk.render import Asked, Held, address, page
from tocsin.records.team import ACTS
from tocsin.store import deeds, teams
from tocsin.store.deeds import Wanted

# Deeds on a page.
ROWS = 100


@get("/audit", sync_to_thread=True)
def read(request: Asked, desk: Held) -> Template:
    """Show the log, the latest first, narrowed down to somebody, a kind of deed or some days."""
    asked = request.query_params
    who, act = asked.get("who", "")[:64], next((a for a in ACTS if a == asked.get("act")), None)
    start, end = _day(asked.get("from")), _day(asked.get("to"))
    after = asked.get("after", "")
    behind = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    wanted = Wanted(who=who or None, act=act, start=start, end=end)
    with desk.store.read() as connection:
        found = deeds.listed(connection, wanted, after=behind, limit=ROWS)
        names = [one.name for one in teams.people(connection)]
    held = {
        "who": who, "act": act, "from": str(start) if start else None,
        "to": str(end) if end else None,
    }  # fmt: skip
    onward = address("/audit", **held, after=str(found.next)) if found.next else None
    return page(
        request, desk, "audit.html", tab="account", found=found.deeds, names=names, acts=ACTS,
        held=held, onward=onward, first=address("/audit", **held) if behind else None,
    )  # fmt: skip


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat(words or "")
    except ValueError:
        return None


ROUTES = (read,)
