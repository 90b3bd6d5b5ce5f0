"""Corrections with their effects shown first, splits, merges, and who decided what of a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from tocsin.base.errors import JudgementError
from tocsin.desk.doors import Desk
from tocsin.desk.former import missing
from tocsin.desk.frame import within
from tocsin.desk.render import Asked, Held, page
from tocsin.store import events, former, listing
from tocsin.views import claim, decision, event, search
from tocsin.views.decision import Effect, Wish
from tocsin.views.written import written

# Events offered to merge with.
OFFERED = 12


class Blank(NamedTuple):
    """A field to fill in: its name, what it holds, what the form has, and words known for it."""

    name: str
    held: str
    words: str
    known: Sequence[str]


def _claim(desk: Desk, name: str) -> claim.View:
    with desk.store.read() as connection:
        found = claim.view(connection, name, desk.doors.corrected(connection))
    if found is None:
        raise NotFoundException(name)
    return found


def _event(desk: Desk, name: str) -> event.View:
    with desk.store.read() as connection:
        found = event.view(connection, name, desk.doors.corrected(connection))
        if found is None:
            raise missing(name, former.heir(connection, name))
    return found


@get("/claims/{name:str}/correct", sync_to_thread=True)
def correct(
    request: Asked,
    desk: Held,
    name: FromPath[str],
    reason: FromQuery[str] = "",
    back: FromQuery[str] = "",
) -> Template:
    """Show a claim's fields to be corrected and, where some are, all that would change."""
    view = _claim(desk, name)
    asked = request.query_params
    blanks = []
    for field, known in desk.doors.bench.fields():
        held = written(view.coded, field)
        blanks.append(Blank(field, held, asked.get(field, held), known))
    changed = [one for one in blanks if one.words.strip() != one.held]
    given = tuple((one.name, one.words) for one in changed)
    effect, fault = _effect(desk, Wish("correct", view.coded.id, given=given), wanted=bool(given))
    return page(
        request, desk, "correct.html", tab="review", view=view, blanks=blanks, given=given,
        unchanged="reason" in asked and not given,
        effect=effect, fault=fault, reason=reason, back=_back(back, f"/claims/{view.coded.id}"),
    )  # fmt: skip


@get("/events/{name:str}/split", sync_to_thread=True)
def split(
    request: Asked,
    desk: Held,
    name: FromPath[str],
    reason: FromQuery[str] = "",
    back: FromQuery[str] = "",
) -> Template:
    """Show an event's claims to be parted from it and, where some are chosen, what would change."""
    view = _event(desk, name)
    chosen = [one for one in request.query_params.getall("out", []) if one in view.event.claims]
    stay = [one for one in view.event.claims if one not in chosen]
    target, *along = chosen or [""]
    wish = Wish("different", target, tuple(stay), along=tuple(along))
    effect, fault = _effect(desk, wish, wanted=bool(chosen and stay))
    return page(
        request, desk, "split.html", tab="review", view=view, chosen=chosen, stay=stay,
        effect=effect, fault=fault, reason=reason, back=_back(back, f"/events/{view.event.id}"),
    )  # fmt: skip


@get("/events/{name:str}/merge", sync_to_thread=True)
def merge(
    request: Asked,
    desk: Held,
    name: FromPath[str],
    q: FromQuery[str] = "",
    other: FromQuery[str] = "",
) -> Template:
    """Show events that one could be merged with and, where one is chosen, what would change."""
    view = _event(desk, name)
    with desk.store.read() as connection:
        asked = search.Asked(q[:2_000].strip(), limit=OFFERED)
        found = search.found(connection, asked, {}, desk.clock().date())
        near = [
            (one.other if one.one == view.event.id else one.one, one.mean)
            for one in desk.doors.bench.near(desk.store)
            if view.event.id in (one.one, one.other)
        ]
        lines = listing.named(connection, [key for key, _ in near])
    near.sort(key=lambda one: -one[1])
    offered = [(lines[key], mean) for key, mean in near if key in lines][:OFFERED]
    effect, fault = _effect(
        desk, Wish("same", view.event.id, (other,)), wanted=other not in ("", view.event.id)
    )
    return page(
        request, desk, "merge.html", tab="review", view=view, offered=offered, q=q, other=other,
        found=[one for one in found.events if one.id != view.event.id] if q else [],
        unread=found.fault, effect=effect, fault=fault,
        reason=request.query_params.get("reason", ""),
        back=_back(request.query_params.get("back", ""), f"/events/{view.event.id}"),
    )  # fmt: skip


@get("/claims/{name:str}/history", sync_to_thread=True)
def of_claim(request: Asked, desk: Held, name: FromPath[str]) -> Template:
    """Show who decided what of a claim, when and why, with what it held before and after."""
    view = _claim(desk, name)
    one = view.coded
    with desk.store.read() as connection:
        steps = decision.history(connection, {one.article}, {one.id})
    return _history(request, desk, steps, f"/claims/{one.id}", f"{one.type} {one.trigger.quote}")


@get("/events/{name:str}/history", sync_to_thread=True)
def of_event(request: Asked, desk: Held, name: FromPath[str]) -> Template:
    """Show who decided what of an event and its claims."""
    with desk.store.read() as connection:
        found = events.load(connection, [name]).get(name)
        if found is None:
            raise missing(name, former.heir(connection, name))
        articles = {report.article for report in found.reports}
        steps = decision.history(connection, articles, {name, *found.claims})
    return _history(request, desk, steps, f"/events/{name}", found.title)


def _history(
    request: Asked, desk: Desk, steps: Sequence[decision.Step], of: str, title: str
) -> Template:
    return page(
        request, desk, "history.html", tab="review", steps=steps, of=of, title=title, back=of
    )


def _effect(desk: Desk, wish: Wish, *, wanted: bool) -> tuple[Effect | None, str]:
    """Return what a wish would change, if it is one, and why it cannot be one."""
    if not wanted:
        return None, ""
    try:
        found = desk.doors.bench.effect(desk.store, wish)
    except JudgementError as error:
        return None, str(error)
    held = desk.doors.lookout.lately(desk.store, desk.clock().date())
    return decision.resting(found, held.threats), ""


def _back(asked: str, own: str) -> str:
    return within(asked) if asked else own


ROUTES = (correct, split, merge, of_claim, of_event)
