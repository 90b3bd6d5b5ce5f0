"""The Python client: the same records as the store has, errors told, decisions made and undone."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.stored import REPORTS
from tocsin.client import ApiError, Client
from tocsin.records.event import Event
from tocsin.store import listing
from tocsin.store.open import Store


@pytest.fixture
def desk(address: str) -> Iterator[Client]:
    """Return a client of a desk."""
    with Client(address) as client:
        yield client


def test_lists_go_on_by_themselves(
    desk: Client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All events come, however many pages they fill, as they are in the store."""
    monkeypatch.setattr("tocsin.client.PAGE", 3)
    with store.read() as connection:
        wanted = listing.lines(connection, limit=500).lines
    assert tuple(desk.events()) == wanted
    assert len(list(desk.claims("type:ASSAULT"))) == 2 * REPORTS
    assert len(list(desk.articles())) == REPORTS
    assert list(desk.judgements()) == list(desk.sources()) == list(desk.statements()) == []
    assert {one.kind for one in desk.changes()} == {"article", "event"}
    assert desk.searches() == desk.watched() == []


def test_one_record(desk: Client) -> None:
    """A record comes whole, of its own type."""
    found = desk.event(next(desk.events()).id).event
    assert isinstance(found, Event)
    claim = desk.claim(found.reports[0].claim)
    assert claim.event == found.id
    assert desk.article(claim.claim.article).claims[0].article == claim.claim.article
    assert list(desk.threats()) == []


def test_a_decision(desk: Client) -> None:
    """A trial changes nothing; a decision is kept, and what was judged says so."""
    name = next(desk.claims()).claim.id
    assert "step" not in desk.judge("reject", name, reason="a drill", dry=True)
    assert list(desk.judgements()) == []
    made = desk.judge("accept", name, reason="read it")
    assert made["step"]["target"] == name
    assert [one.reason for one in desk.judgements()] == ["read it"]
    assert desk.claim(name).standing == "accepted"


@pytest.mark.parametrize(
    ("asked", "status", "code", "at"),
    [("actr:x", 400, "bad-query", 0), ("a OR", 400, "bad-query", 4)],
)
def test_errors_are_told(desk: Client, asked: str, status: int, code: str, at: int) -> None:
    """An error of the desk's comes with its code and its character."""
    with pytest.raises(ApiError) as caught:
        list(desk.events(asked))
    assert (caught.value.status, caught.value.code) == (status, code)
    assert caught.value.at is not None
    assert abs(caught.value.at - at) <= 2


def test_no_desk_there() -> None:
    """Where nothing answers, or something else does, the client says so."""
    with Client("http://127.0.0.1:9") as client, pytest.raises(ApiError, match="is a desk open"):
        client.event("event-1")

    def other(_: httpx.Request) -> httpx.Response:
        return httpx.Response(404, text="<h1>nginx</h1>")

    with (
        Client(transport=httpx.MockTransport(other)) as client,
        pytest.raises(ApiError, match="no desk's error"),
    ):
        client.event("event-1")
