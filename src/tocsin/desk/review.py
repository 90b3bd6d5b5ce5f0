"""Review: one question a screen, the last decisions beside it, and all decisions to take along."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Stream, Template

from tocsin.base.errors import JudgementError
from tocsin.desk.deeds import known
from tocsin.desk.doors import Desk
from tocsin.desk.frame import within
from tocsin.desk.lately import Lately
from tocsin.desk.render import Asked, Held, address, page
from tocsin.records import wire
from tocsin.records.judgement import Verdict
from tocsin.store import decisions, queue
from tocsin.store.open import Store
from tocsin.views import decision, review, saved
from tocsin.views.decision import Wish
from tocsin.views.review import Item, Shown

VERDICTS: dict[str, Verdict] = {
    "accept": "accept", "reject": "reject", "correct": "correct", "same": "same",
    "different": "different",
}  # fmt: skip
HOME = "/review"
Form = Annotated[dict[str, str | list[str]], Body(media_type=RequestEncodingType.URL_ENCODED)]

# The queue of a store as it was last put in order, by the store's name.
_QUEUES: Lately[Sequence[Item]] = Lately()


@get("/review", sync_to_thread=True)
def read(
    request: Asked, desk: Held, kind: FromQuery[str] = "", after: FromQuery[str] = ""
) -> Template:
    """Show what matters most of what waits to be decided, behind a place in the queue."""
    every = queue_of(desk)
    items = [one for one in every if kind in ("", one.kind)]
    left = items[behind_place(items, after) :]
    bench = desk.doors.bench
    with desk.store.read() as connection:
        corrected = desk.doors.corrected(connection)
        found: list[Shown] = []
        for item in left:
            seen = review.shown(connection, item, corrected)
            if seen is not None:
                found.append(seen)
            if len(found) == 2:
                break
        steps = decision.recent(connection)
        undo, redo = (
            decision.undoable(connection, bench.author), decision.redoable(connection, bench.author)
        )  # fmt: skip
        again = decision.repeatable(connection, bench.author)
    near = found[0].item.near if found else None
    return page(
        request, desk, "review.html", tab="review", shown=found, left=len(left), steps=steps,
        undo=undo, redo=redo, again=again, kind=kind, kinds=_kinds(every), after=after,
        why=bench.reasons(desk.store, near.one, near.other) if near else None,
    )  # fmt: skip


@post("/review/decide", sync_to_thread=True)
def decide(desk: Held, data: Form) -> Redirect:
    """Keep a decision, and lead back."""
    desk.doors.bench.decide(desk.store, wished(data))
    return Redirect(within(_one(data, "back") or HOME), status_code=303)


@post("/review/undo", sync_to_thread=True)
def undo(desk: Held, data: Form) -> Redirect:
    """Take back a decision: the one that is named, else the last one."""
    return _turned(desk, data, decision.undoable, desk.doors.bench.undo)


@post("/review/redo", sync_to_thread=True)
def redo(desk: Held, data: Form) -> Redirect:
    """Make a decision again that was taken back: the one that is named, else the last one."""
    return _turned(desk, data, decision.redoable, desk.doors.bench.redo)


def _turned(
    desk: Desk,
    data: dict[str, str | list[str]],
    last: Callable[..., decision.Step | None],
    turn: Callable[[Store, Sequence[str]], None],
) -> Redirect:
    """Take back or repeat the judgements that a form names, else those of the last step."""
    names = several(data, "step")
    if not names:
        with desk.store.read() as connection:
            found = last(connection, desk.doors.bench.author)
        names = found.ids if found else ()
    if names:
        known(desk, names)
        turn(desk.store, names)
    return Redirect(within(_one(data, "back") or HOME), status_code=303)


@get("/review/judgements.jsonl", sync_to_thread=False)
def export(desk: Held) -> Stream:
    """Return every judgement ever made, a line each, those taken back among them."""
    name = 'attachment; filename="judgements.jsonl"'
    return Stream(
        _lines(desk.store), media_type="application/x-ndjson",
        headers={"content-disposition": name},
    )  # fmt: skip


def wished(data: dict[str, str | list[str]]) -> Wish:
    """Return what a form wishes; raise JudgementError where it says nothing that can be decided."""
    verdict = VERDICTS.get(_one(data, "verdict"))
    target = _one(data, "target")
    if verdict is None or not target:
        raise JudgementError(
            f"found {_one(data, 'verdict')!r} of {target!r}; expected one of {', '.join(VERDICTS)} "
            "of a claim or event"
        )
    choice = (_one(data, "slot"), _one(data, "choice")) if _one(data, "choice") else None
    fields, words = several(data, "field", empty=True), several(data, "words", empty=True)
    given = tuple(zip(fields, words, strict=False))
    return Wish(
        verdict, target, several(data, "other"), given, choice, _one(data, "reason"),
        several(data, "along"),
    )  # fmt: skip


def several(data: dict[str, str | list[str]], name: str, *, empty: bool = False) -> tuple[str, ...]:
    """Return the values that a form has under a name, empty ones only where they are asked for."""
    held = data.get(name, ())
    values = (held,) if isinstance(held, str) else tuple(held)
    return tuple(value.strip() for value in values if empty or value.strip())


def _one(data: dict[str, str | list[str]], name: str) -> str:
    return next(iter(several(data, name)), "")


def queue_of(desk: Desk) -> Sequence[Item]:
    """Return the queue without what is decided; it is put in order again where the store changed.

    Where that takes its time, it comes in its last order meanwhile.
    """
    near = desk.doors.bench.near(desk.store)
    with desk.store.read() as connection:
        entries = saved.watched(connection)
        mark = repr((*queue.state(connection), *(one.id for one in entries), id(near)))

    def ranked() -> Sequence[Item]:
        with desk.store.read() as connection:
            watched = review.watched(connection, desk.clock().date())
            return review.ranked(connection, near, watched)

    found = _QUEUES.get(desk.store.name, mark, ranked)
    with desk.store.read() as connection:
        return review.undecided(connection, found)


def behind_place(items: Sequence[Item], after: str) -> int:
    """Return where the queue goes on behind an item, which may have been decided since.

    `after` is the rank and the id of the item, with a space between.
    """
    rank, _, name = after.partition(" ")
    ids = {one.id: at for at, one in enumerate(items)}
    if name in ids:
        return ids[name] + 1
    try:
        last = -float(rank), name
    except ValueError:
        return 0
    return next((at for at, one in enumerate(items) if review.place(one) > last), len(items))


def behind(item: Item) -> str:
    """Return the place in the queue behind an item, for addresses."""
    return f"{item.score.rank!r} {item.id}"


def _kinds(items: Sequence[Item]) -> list[tuple[str, int, str]]:
    counts = [(kind, sum(one.kind == kind for one in items)) for kind in review.KINDS]
    return [("", len(items), HOME), *((k, n, address(HOME, kind=k)) for k, n in counts)]


def _lines(store: Store) -> Iterator[bytes]:
    with store.read() as connection:
        for one in decisions.every(connection):
            yield wire.dump(one) + b"\n"


ROUTES = (read, decide, undo, redo, export)
