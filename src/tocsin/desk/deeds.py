"""What programs can have done, in one table: what they send, what comes back, who does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from litestar.exceptions import NotFoundException
from msgspec import Meta, Struct

from tocsin.desk.doors import Desk
from tocsin.records.kept import MOST, Draft, Kind, Saved, Title, Watched, WatchKind
from tocsin.records.remark import LONGEST, Remark, RemarkKind
from tocsin.store import decisions
from tocsin.views import decision, remarks, saved
from tocsin.views import report as reports
from tocsin.views.decision import Step
from tocsin.views.records import Words
from tocsin.views.search import ORDERS

Id = Annotated[str, Meta(min_length=1, max_length=100)]
Note = Annotated[str, Meta(max_length=2_000)]


class Taken(Struct, frozen=True, forbid_unknown_fields=True):
    """The judgements to take back, or to make again, by their ids."""

    ids: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=100)]


class ToSearch(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A search to keep under a name, in the place of one of that name."""

    name: Title
    query: Words = ""
    kind: Kind = "events"
    order: Literal["newest", "oldest", "reports", "killed"] = ORDERS[0]
    level: Annotated[str, Meta(max_length=50)] | None = None


class ToWatch(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody or something to look out for; a dyad has an `other`."""

    kind: WatchKind
    value: Title
    other: Annotated[str, Meta(max_length=200)] = ""
    note: Note = ""


class ToReport(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A draft of a report: its title, and its events by their ids or by claims in them."""

    title: Title
    picks: Annotated[tuple[Id, ...], Meta(max_length=MOST)] = ()


class ToRemark(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A remark of a claim or an event; that it is disputed has no words, a label 60 characters."""

    kind: RemarkKind
    target: Id
    words: Annotated[str, Meta(max_length=LONGEST)] = ""


class ToDrop(Struct, frozen=True, forbid_unknown_fields=True):
    """A search, an entry of a watch list, a draft or a remark to put away, by its id."""

    id: Id


class Dropped(Struct, frozen=True):
    """Whether there was something to put away."""

    dropped: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done: where it is sent, as what, what comes back, who does it."""

    path: str
    summary: str
    asked: type[Struct]
    answer: Any
    do: Callable[[Desk, Any], Any]


def known(desk: Desk, ids: tuple[str, ...]) -> None:
    """Raise where a judgement of some is not there."""
    with desk.store.read() as connection:
        found = {one.id for one in decisions.load(connection, ids)}
    for name in ids:
        if name not in found:
            raise NotFoundException(f"{name}: there is no such judgement")


def _undo(desk: Desk, asked: Taken) -> list[Step]:
    known(desk, asked.ids)
    desk.doors.bench.undo(desk.store, asked.ids)
    return _steps(desk, asked)


def _redo(desk: Desk, asked: Taken) -> list[Step]:
    known(desk, asked.ids)
    desk.doors.bench.redo(desk.store, asked.ids)
    return _steps(desk, asked)


def _steps(desk: Desk, asked: Taken) -> list[Step]:
    with desk.store.read() as connection:
        return decision.steps(reversed(decisions.load(connection, asked.ids)))


def _search(desk: Desk, asked: ToSearch) -> Saved:
    with desk.store.write() as connection:
        return saved.save_search(
            connection, asked.name, asked.query, desk.clock(), kind=asked.kind, order=asked.order,
            level=asked.level,
        )  # fmt: skip


def _watch(desk: Desk, asked: ToWatch) -> Watched:
    with desk.store.write() as connection:
        return saved.watch(
            connection, asked.kind, asked.value, desk.clock(), other=asked.other, note=asked.note
        )


def _report(desk: Desk, asked: ToReport) -> Draft:
    with desk.store.write() as connection:
        picks = reports.lasting(connection, asked.picks)
        return saved.draft(connection, asked.title, picks, desk.clock())


def _remark(desk: Desk, asked: ToRemark) -> Remark:
    with desk.store.write() as connection:
        return remarks.remark(
            connection, asked.kind, asked.target, asked.words, author=desk.doors.bench.author,
            now=desk.clock(),
        )  # fmt: skip


def _drop(desk: Desk, asked: ToDrop) -> Dropped:
    with desk.store.write() as connection:
        return Dropped(saved.drop(connection, asked.id, desk.doors.bench.author))


DEEDS = (
    Deed("/judgements/undo", "Take judgements back", Taken, list[Step], _undo),
    Deed("/judgements/redo", "Make judgements again", Taken, list[Step], _redo),
    Deed("/searches", "Keep a search", ToSearch, Saved, _search),
    Deed("/watched", "Watch somebody or something", ToWatch, Watched, _watch),
    Deed("/reports", "Keep a draft of a report", ToReport, Draft, _report),
    Deed("/remarks", "Remark something of a claim or an event", ToRemark, Remark, _remark),
    Deed("/drop", "Put something away", ToDrop, Dropped, _drop),
)
