"""A Python client of a desk's API: records in, records out, page after page.

from tocsin.client import Client

with Client() as desk:
    for event in desk.events("country:SDN killed:>10"):
        print(event.title, event.reports)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote, urlsplit

import httpx
import msgspec
from msgspec import Struct

from tocsin.base.errors import TocsinError
from tocsin.records.article import Byline
from tocsin.records.judgement import Judgement, Verdict
from tocsin.records.kept import Draft, Saved, Watched
from tocsin.records.remark import Remark, RemarkKind
from tocsin.records.source import Source
from tocsin.records.statement import Statement
from tocsin.records.threat import Threat
from tocsin.store.actors import Listed
from tocsin.store.changes import Change
from tocsin.store.listing import Line
from tocsin.views.atlas import Atlas
from tocsin.views.decision import Step
from tocsin.views.entity import Site, Way
from tocsin.views.outlook import View as Outlook
from tocsin.views.records import Changes, Page, Read, Told, Whole
from tocsin.views.remarks import View as Remarks
from tocsin.views.report import Report
from tocsin.views.review import Shown
from tocsin.views.scores import View as Scores
from tocsin.views.signals import View as Signals
from tocsin.views.signals import Whole as Fired
from tocsin.views.sources import View as Outlets
from tocsin.views.threats import Rows, Thread
from tocsin.views.twins import Queue, Screen, Somebody
from tocsin.views.units import Table
from tocsin.views.units import View as Unit

T = TypeVar("T")
ADDRESS = "http://127.0.0.1:8421"
# Seconds that an answer may take: a first ledger of threats over a large store takes some.
PATIENCE = 60.0
PAGE = 200


class ApiError(TocsinError):
    """A desk that did not answer, or answered with an error.

    `status` is HTTP's (0 where nothing was answered), `code` names the error for programs, `at` is
    the character where a search goes wrong.
    """

    def __init__(
        self, message: str, *, status: int = 0, code: str = "no-answer", at: int | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.at = status, code, at


class _Fault(Struct, frozen=True):
    code: str
    message: str
    at: int | None = None


class _Faulty(Struct, frozen=True):
    error: _Fault


class Client:
    """A desk somewhere; close it, or use it in a `with` statement.

    Lists come as iterators that ask for the next page when they need it. Every method raises
    ApiError where there is no answer or the answer is an error.
    """

    def __init__(
        self, address: str = ADDRESS, *, token: str | None = None, timeout: float = PATIENCE,
        transport: httpx.BaseTransport | None = None,
    ) -> None:  # fmt: skip
        """Reach the desk at an address, a team's with a token; nothing is asked yet."""
        parts = urlsplit(address)
        self._token = token
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._http = httpx.Client(
            base_url=f"{address.rstrip('/')}/api/v1",
            timeout=timeout,
            transport=transport,
            headers={"authorization": f"Bearer {token}"} if token else None,
            follow_redirects=True,  # events that were merged lead to where they went
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Let go of the desk."""
        self._http.close()

    def articles(self, query: str = "", *, order: str = "newest") -> Iterator[Byline]:
        """Yield the articles that a search finds, without their texts."""
        return self._pages("/articles", Byline, query=query, order=order)

    def article(self, name: str) -> Read:
        """Return an article with everything that was read out of it."""
        return self._get(f"/articles/{quote(name, safe='')}", Read)

    def claims(self, query: str = "", *, order: str = "newest") -> Iterator[Told]:
        """Yield the claims that a search finds, with where each was published."""
        return self._pages("/claims", Told, query=query, order=order)

    def claim(self, name: str) -> Told:
        """Return a claim by its id."""
        return self._get(f"/claims/{quote(name, safe='')}", Told)

    def events(
        self, query: str = "", *, order: str = "newest", level: str | None = None
    ) -> Iterator[Line]:
        """Yield events in short: all of them, or those whose claims a search finds."""
        return self._pages("/events", Line, query=query, order=order, level=level)

    def event(self, name: str) -> Whole:
        """Return an event by its id, or the one that a claim is in."""
        return self._get(f"/events/{quote(name, safe='')}", Whole)

    def threats(
        self, *, on: date | None = None, status: str | None = None, due: int | None = None
    ) -> Iterator[Threat]:
        """Yield the ledger of a day, newest first: all threats, or those that stand or fall so."""
        return self._pages("/threats", Threat, on=on, status=status, due=due)

    def threat(self, name: str) -> Threat:
        """Return a threat by its id."""
        return self._get(f"/threats/{quote(name, safe='')}", Threat)

    def statements(
        self, *, speaker: str | None = None, article: str | None = None,
        polarity: str | None = None,
    ) -> Iterator[Statement]:  # fmt: skip
        """Yield who says what: of a speaker (an entity's id or a name), in an article."""
        asked = {"speaker": speaker, "article": article, "polarity": polarity}
        return self._pages("/statements", Statement, **asked)

    def judgements(self, *, undone: bool = True) -> Iterator[Judgement]:
        """Yield what analysts decided, in the order they did."""
        return self._pages("/judgements", Judgement, undone=str(undone).lower())

    def sources(self) -> Iterator[Source]:
        """Yield the registry of sources."""
        return self._pages("/sources", Source)

    def searches(self) -> list[Saved]:
        """Return the saved searches."""
        return self._get("/searches", list[Saved])

    def watched(self) -> list[Watched]:
        """Return the watch lists."""
        return self._get("/watched", list[Watched])

    def changes(self, since: int = 0, *, kind: str | None = None) -> Iterator[Change]:
        """Yield what changed behind a cursor until nothing is left; each has its own cursor."""
        cursor: int | None = since
        while cursor is not None:
            page = self._get("/changes", Changes, since=cursor, kind=kind, limit=PAGE)
            yield from page.items
            cursor = page.next

    def screen(self, query: str = "", **sight: object) -> Screen:
        """Return the first screen; `on`, `since`, `country`, `family`, `box`, `pick` narrow it."""
        return self._get("/watch", Screen, query=query, **sight)

    def map(self, query: str = "", **sight: object) -> Atlas:
        """Return where events are, by the same filter."""
        return self._get("/map", Atlas, query=query, **sight)

    def ledger(self, *, on: date | None = None, status: str | None = None) -> Rows:
        """Return the ledger of a day in groups, what is due first."""
        return self._get("/ledger", Rows, on=on, status=status)

    def thread(self, name: str, *, on: date | None = None) -> Thread:
        """Return all that was said of a threat, and what may have come of it."""
        return self._get(f"/threats/{quote(name, safe='')}/thread", Thread, on=on)

    def signals(
        self, *, on: date | None = None, days: int = 7, kind: str | None = None,
        unit: str | None = None, family: str | None = None,
    ) -> Signals:  # fmt: skip
        """Return what fired in the days up to one, the newest day first."""
        return self._get("/signals", Signals, on=on, days=days, kind=kind, unit=unit, family=family)

    def signal(self, name: str, *, on: date | None = None) -> Fired:
        """Return a signal that is kept, or one of a day, with all that is behind it."""
        return self._get(f"/signals/{quote(name, safe='')}", Fired, on=on)

    def series(self, *, on: date | None = None) -> Table:
        """Return all indicators of a day, with the units, panels and sources that there are."""
        return self._get("/series", Table, on=on)

    def unit(self, kind: str, name: str, *, on: date | None = None) -> Unit:
        """Return a country, area or dyad through time, with its indicators."""
        return self._get("/unit", Unit, kind=kind, name=name, on=on)

    def forecasts(self, **asked: object) -> Outlook:
        """Return what is foretold; `on`, `kind`, `step`, `unit`, `family` narrow it."""
        return self._get("/forecasts", Outlook, **asked)

    def scores(self, by: str = "stratum") -> Scores:
        """Return how all forecasts did, by history, lead, family, unit or day."""
        return self._get("/scores", Scores, by=by)

    def actors(self, words: str = "") -> list[Listed]:
        """Return those who are named most, or whose names hold some words."""
        return self._get("/actors", list[Listed], words=words)

    def actor(self, name: str) -> Somebody:
        """Return somebody by an entity's id or a name: what he did and said, with whom."""
        return self._get("/actor", Somebody, name=name)

    def dyad(self, one: str, other: str) -> tuple[Way, Way]:
        """Return what one does to the other, and the other to him."""
        return self._get("/dyad", tuple[Way, Way], one=one, other=other)

    def place(self, name: str) -> Site:
        """Return the events of a place by how well they are placed."""
        return self._get("/place", Site, name=name)

    def outlets(self) -> Outlets:
        """Return outlets with their feeds, and how what they had alone fared."""
        return self._get("/outlets", Outlets)

    def review(self, kind: str | None = None) -> Iterator[Shown]:
        """Yield what waits to be decided, what matters most first."""
        after: str | None = None
        while True:
            page = self._get("/review", Queue, kind=kind, after=after)
            yield from page.items
            after = page.next
            if after is None:
                return

    def history(self, name: str) -> list[Step]:
        """Return who decided what of a claim or an event, the latest decision first."""
        kind = "events" if name.startswith("event-") else "claims"
        return self._get(f"/{kind}/{quote(name, safe='')}/history", list[Step])

    def remarks(self, label: str = "") -> Remarks:
        """Return all notes, labels and disputes; or those of the claims that bear a label."""
        return self._get("/remarks", Remarks, label=label)

    def drafts(self) -> list[Draft]:
        """Return the drafts of reports."""
        return self._get("/reports", list[Draft])

    def report(self, name: str, *, on: date | None = None) -> Report:
        """Return a draft as it would be taken along, by its id."""
        return self._get(f"/reports/{quote(name, safe='')}", Report, on=on)

    def undo(self, *ids: str) -> list[Step]:
        """Take judgements back, by their ids; return them as they are now."""
        return self._post("/judgements/undo", list[Step], {"ids": ids})

    def redo(self, *ids: str) -> list[Step]:
        """Make judgements again that were taken back."""
        return self._post("/judgements/redo", list[Step], {"ids": ids})

    def save(self, name: str, query: str, *, kind: str = "events") -> Saved:
        """Keep a search under a name."""
        return self._post("/searches", Saved, {"name": name, "query": query, "kind": kind})

    def watch(self, kind: str, value: str, other: str = "") -> Watched:
        """Watch an actor, a place, a phrase, or a dyad with its `other`."""
        return self._post("/watched", Watched, {"kind": kind, "value": value, "other": other})

    def draft(self, title: str, picks: Sequence[str]) -> Draft:
        """Keep a report of some events, by their ids or by claims in them."""
        return self._post("/reports", Draft, {"title": title, "picks": list(picks)})

    def remark(self, kind: RemarkKind, target: str, words: str = "") -> Remark:
        """Note something of a claim or an event, label it, or hold it to be disputed."""
        return self._post("/remarks", Remark, {"kind": kind, "target": target, "words": words})

    def drop(self, name: str) -> bool:
        """Put away what is kept, or one's own remark, by its id; return whether it was there."""
        return self._post("/drop", dict[str, bool], {"id": name})["dropped"]

    def judge(
        self, verdict: Verdict, target: str, *, others: Sequence[str] = (),
        along: Sequence[str] = (), reason: str = "", dry: bool = False, **given: str,
    ) -> dict[str, Any]:  # fmt: skip
        """Decide about a record and return what that changes; `dry` changes nothing.

        Further names are a claim's fields with the words for them: `killed="12-40"`.
        """
        body = {
            "verdict": verdict, "target": target, "others": list(others), "given": given,
            "along": list(along), "reason": reason, "dry": dry,
        }  # fmt: skip
        return self._post("/judgements", dict[str, Any], body)

    def _post(self, path: str, kind: type[T], body: dict[str, Any]) -> T:
        headers = {} if self._token else self._signed()
        return self._ask("POST", path, kind, json=body, headers=headers)

    def _signed(self) -> dict[str, str]:
        """Return what a change must bear at a desk that asks for no token."""
        self._get("", dict[str, Any])  # the answer carries it
        held = next((v for k, v in self._http.cookies.items() if k.startswith("csrf")), "")
        return {"x-csrftoken": held, "origin": self._origin}

    def _pages(self, path: str, kind: type[T], /, **asked: object) -> Iterator[T]:
        after: str | None = None
        while True:
            page: Page[T] = self._get(path, Page[kind], after=after, limit=PAGE, **asked)  # type: ignore[valid-type]
            yield from page.items
            after = page.next
            if after is None:
                return

    def _get(self, path: str, kind: type[T], /, **asked: object) -> T:
        given = {name: str(value) for name, value in asked.items() if value is not None}
        return self._ask("GET", path, kind, params=given)

    def _ask(self, method: str, path: str, kind: type[T], /, **request: Any) -> T:  # noqa: ANN401 - httpx's own
        try:
            answer = self._http.request(method, path, **request)
        except httpx.HTTPError as error:
            raise ApiError(
                f"{self._origin}: {error or type(error).__name__}; is a desk open there "
                "(`tocsin desk`)?"
            ) from error
        if answer.is_error:
            raise self._error(answer)
        try:
            return msgspec.json.decode(answer.content, type=kind)
        except msgspec.MsgspecError as error:
            raise ApiError(
                f"{answer.url}: not what this client expects ({error}); desk and client may be of "
                "different versions", status=answer.status_code, code="unreadable",
            ) from error  # fmt: skip

    def _error(self, answer: httpx.Response) -> ApiError:
        try:
            told = msgspec.json.decode(answer.content, type=_Faulty).error
        except msgspec.MsgspecError:
            return ApiError(
                f"{answer.url}: {answer.status_code}, and no desk's error; check the address",
                status=answer.status_code, code="unreadable",
            )  # fmt: skip
        return ApiError(told.message, status=answer.status_code, code=told.code, at=told.at)
