"""The API answers as its description says, page after page, and says what went wrong in one way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from tests.stored import a_report, keep, put
from tocsin.desk import openapi
from tocsin.desk.deeds import DEEDS
from tocsin.desk.twins import QUESTIONS
from tocsin.pipeline import project
from tocsin.store import changes
from tocsin.store.open import Store

WRITTEN = Path(__file__).parents[2] / "docs" / "openapi.json"
SCHEMA = schemathesis.openapi.from_dict(openapi.document())
READS = [operation.ok() for operation in SCHEMA.get_all_operations()]
LISTS = ("articles", "claims", "events", "statements", "judgements", "sources", "threats")
INJECTED = (
    "' OR 1=1 --", '" OR ""="', "a* NEAR(b", "x'); DROP TABLE event; --", "{words}:x", "\\", "%00",
    "actor:\"'); DELETE FROM claim; --\"", "\u202e\ufffe", "../../etc/passwd", "-", "((((",
    "a" * 3000,
)  # fmt: skip


def test_the_description_is_the_written_one() -> None:
    """docs/openapi.json is what the code answers with (see docs/api.md)."""
    assert json.loads(WRITTEN.read_text("utf8")) == json.loads(
        msgspec.json.encode(openapi.document())
    )


def test_every_question_is_described() -> None:
    """No question is missing, and each may fail in the one way alone."""
    paths = openapi.document()["paths"]
    asked = {f"/api/v1{one.path.rstrip('/')}" for one in (*QUESTIONS, *DEEDS)}
    assert asked == set(paths)
    for held in paths.values():
        for asked in held.values():
            for status, answer in asked["responses"].items():
                told = answer["content"]["application/json"]["schema"]
                assert (told == {"$ref": "#/components/schemas/Faulty"}) is (status >= "300")


@pytest.mark.parametrize("operation", READS, ids=lambda one: one.label)
def test_answers_are_as_described(operation: Any, address: str) -> None:  # noqa: ANN401 - no type
    """Whatever is asked by the rules, and some that is not, the answer is of the kind it says."""

    @given(case=operation.as_strategy())
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    def asked(case: Any) -> None:  # noqa: ANN401 - no type
        answer = case.call(base_url=address)
        assert answer.status_code < 500, answer.text
        told = operation.definition.raw["responses"].get(str(answer.status_code))
        assert told is not None, (answer.status_code, answer.text)
        schema = told["content"]["application/json"]["schema"]
        whole = {**schema, "components": openapi.document()["components"]}
        Draft202012Validator(whole).validate(answer.json())

    asked()


@pytest.mark.parametrize("path", LISTS)
def test_pages_are_the_list(path: str, http: httpx.Client) -> None:
    """Pages of two together are the page of all, none twice, and the last one says null."""
    whole = http.get(f"/{path}", params={"limit": 500}).json()
    assert whole["next"] is None
    found, after = [], None
    while True:
        asked = {"limit": 2} | ({"after": after} if after else {})
        page = http.get(f"/{path}", params=asked).json()
        assert len(page["items"]) <= 2
        found += page["items"]
        after = page["next"]
        if after is None:
            break
    assert found == whole["items"]


def test_records_lead_to_each_other(http: httpx.Client) -> None:
    """An event has claims, a claim its article, and each is found by its id."""
    line = http.get("/events", params={"order": "reports"}).json()["items"][0]
    event = http.get(f"/events/{line['id']}").json()["event"]
    report = event["reports"][0]
    claim = http.get(f"/claims/{report['claim']}").json()
    assert claim["event"] == line["id"]
    assert http.get(f"/events/{report['claim']}").json()["event"] == event
    article = http.get(f"/articles/{report['article']}").json()
    assert report["claim"] in {one["id"] for one in article["claims"]}
    assert http.get(f"/articles/{report['article']}/versions").status_code == 200
    assert http.get(f"/events/{line['id']}/why").json()


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/events?limit=0", 400, "bad-request"), ("/events?nonsense=1", 400, "bad-request"),
        ("/events?query=actr:x", 400, "bad-query"), ("/events?after=zz", 400, "bad-query"),
        ("/claims?after=WzFd", 400, "bad-query"), ("/changes?since=x", 400, "bad-request"),
        ("/events/event-0", 404, "not-found"), ("/nowhere", 404, "not-found"),
        ("/events?order=killed&query=x", 400, "bad-query"),
    ],
)  # fmt: skip
def test_one_shape_of_errors(path: str, status: int, code: str, http: httpx.Client) -> None:
    """Every error has a code, words, and where a search goes wrong the character."""
    answer = http.get(path)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["code"] == code
    assert error["message"]
    assert (error.get("at") is not None) is (code == "bad-query")


def test_errors_before_any_question(http: httpx.Client, address: str) -> None:
    """Wrong methods, foreign names and foreign pages are refused in the same shape."""
    own = {"origin": address}
    answers = [
        http.get("/", headers={"host": "evil.example"}),
        http.post("/judgements", json={}),
        http.post("/judgements", json={}, headers=own),
        http.delete("/events", headers=own),
    ]
    assert [one.status_code for one in answers] == [421, 403, 403, 405]
    assert {one.json()["error"]["code"] for one in answers} == {
        "misdirected", "forbidden", "method-not-allowed",
    }  # fmt: skip


@pytest.mark.parametrize("words", INJECTED)
@pytest.mark.parametrize("path", ["/events", "/claims", "/articles", "/search"])
def test_searches_are_no_commands(path: str, words: str, http: httpx.Client, store: Store) -> None:
    """Words that would be SQL, or the text index's own language, are searched for or refused."""
    answer = http.get(path, params={"query": words})
    assert answer.status_code in (200, 400)
    for name in ("speaker", "article", "after"):
        assert http.get("/statements", params={name: words[:90]}).status_code in (200, 400)
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM claim").scalar_one() > 0


@pytest.mark.parametrize(
    "name", ["..%2f..%2fetc%2fpasswd", "%2e%2e", "a'--", "%00", "event-" + "f" * 99]
)
@pytest.mark.parametrize("path", ["/articles", "/claims", "/events", "/threats"])
def test_ids_are_no_paths(path: str, name: str, http: httpx.Client) -> None:
    """What is no id names nothing."""
    answer = http.get(f"{path}/{name}")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not-found"


def test_what_changed(http: httpx.Client, store: Store) -> None:
    """A cursor brings what changed behind it, each record once; the next one brings nothing."""
    start = http.get("/changes", params={"limit": 500}).json()
    assert start["next"] is None
    assert {one["kind"] for one in start["items"]} == {"article", "event"}
    parcel, coded = a_report(100)
    put(store, parcel)
    keep(store, coded)
    project.fuse(store)
    after = http.get("/changes", params={"since": start["cursor"]}).json()
    fresh = [one["id"] for one in after["items"] if not one["gone"]]
    assert parcel.article.id in fresh
    assert any(one.startswith("event-") for one in fresh)
    assert len({one["id"] for one in after["items"]}) == len(after["items"])
    last = http.get("/changes", params={"since": after["cursor"]}).json()
    assert (last["items"], last["cursor"]) == ([], after["cursor"])


def test_a_record_that_goes_is_told(store: Store) -> None:
    """What is taken out is told as gone, behind what was told before."""
    with store.write() as connection:
        before = changes.last(connection)
        name = connection.exec_driver_sql("SELECT id FROM event LIMIT 1").scalar_one()
        connection.exec_driver_sql("DELETE FROM event WHERE id = ?", (name,))
        told = changes.since(connection, before, 10)
        assert [(one.kind, one.id, one.gone) for one in told] == [("event", name, True)]
        connection.rollback()


def test_a_stream_of_changes(http: httpx.Client) -> None:
    """A stream sends what a page of changes has, each with its cursor, and goes on from one."""
    page = http.get("/changes", params={"limit": 3}).json()["items"]
    headers = {"last-event-id": str(page[0]["cursor"])}
    with http.stream("GET", "/changes/stream", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        found = []
        for line in answer.iter_lines():
            if line.startswith("data: "):
                found.append(json.loads(line.removeprefix("data: ")))
            if len(found) == 2:
                break
    assert found == page[1:]
