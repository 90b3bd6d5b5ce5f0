"""The client against a real server: answers, refusals, delays, lies about length, and no server."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from msgspec.structs import replace

from tests.endpoint import Reply, nobody, says, serving
from tocsin.base import settings
from tocsin.base.errors import EndpointError
from tocsin.base.settings import Asking
from tocsin.remote.client import BadAnswerError, Client, Endpoint, NoAnswerError

QUICK = replace(settings.load().endpoint, timeout=5.0, retries=2, pause=1.0, patience=30.0)
GOOD = says("fine")
BROKEN = Reply(b"oops", status=500)


class Asker:
    """A client whose waits are kept instead of waited."""

    def __init__(self, url: str, asking: Asking = QUICK, key: str | None = None) -> None:
        self.waits: list[float] = []
        endpoint = Endpoint(url, "small", key)
        self.client = Client(endpoint, asking, wait=self.waits.append, chance=lambda: 1.0)

    def ask(self) -> str:
        """Return the answer to some question."""
        return self.client.ask("Define.", "{}", "claims", {"type": "object"})


def fails(asker: Asker, kind: type[EndpointError], match: str) -> EndpointError:
    """Return the error that a question ends in."""
    with pytest.raises(kind, match=match) as caught:
        asker.ask()
    return caught.value


def test_a_question_has_its_form() -> None:
    """A request has model, messages, schema, no chance in it, and a limit."""
    with serving(GOOD) as service:
        assert Asker(service.url).ask() == "fine"
    (asked,) = service.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.body == {
        "model": "small",
        "messages": [
            {"role": "system", "content": "Define."},
            {"role": "user", "content": "{}"},
        ],
        "temperature": 0,
        "seed": QUICK.seed,
        "max_tokens": QUICK.tokens,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "claims", "strict": True, "schema": {"type": "object"}},
        },
    }
    assert "Authorization" not in asked.headers


def test_what_servers_refuse_can_be_left_out() -> None:
    """Schema and limit are left out where the settings say so."""
    with serving(GOOD) as service:
        Asker(service.url, replace(QUICK, strict=False, tokens=0)).ask()
    assert not {"response_format", "max_tokens"} & set(service.asked[0].body)


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("", "/chat/completions"),
        ("/v1/", "/v1/chat/completions"),
        ("/api/openai", "/api/openai/chat/completions"),
        ("/v1/chat/completions", "/v1/chat/completions"),
        ("/deployments/x?api-version=1", "/deployments/x/chat/completions?api-version=1"),
    ],
)
def test_base_addresses(base: str, path: str) -> None:
    """A base address may have any path, a query, or the whole path already."""
    with serving(GOOD, base=base) as service:
        Asker(service.url).ask()
    assert service.asked[0].path == path


@pytest.mark.parametrize(
    "url", ["localhost:8000", "ftp://host/v1", "http://", "http://host:port/v1", "http://[::1/", ""]
)
def test_other_addresses_are_refused(url: str) -> None:
    """An address that is none of a web service is refused before anything is sent."""
    with pytest.raises(EndpointError, match="http://localhost"):
        Endpoint(url, "small")


def test_keys_go_into_one_header() -> None:
    """A key is sent as a bearer token and shown nowhere, not even where a server repeats it."""
    key = "s3cret-key"
    with serving(Reply(b"bad key s3cret-key", status=401)) as service:
        asker = Asker(service.url, key=key)
        error = fails(asker, EndpointError, "401")
    assert service.asked[0].headers["Authorization"] == "Bearer s3cret-key"
    assert "bad key ..." in str(error)
    assert key not in f"{error}{asker.client.endpoint}"


def test_keys_that_no_header_can_carry_are_refused() -> None:
    """A key with a line break or a foreign letter is refused without being repeated."""
    for key in ("one\ntwo", "schlüssel"):
        with pytest.raises(EndpointError, match="no header can carry") as caught:
            Endpoint("http://localhost", "small", key)
        assert key not in str(caught.value)


def test_passwords_in_addresses_are_not_told() -> None:
    """Messages show an address without user, password and query."""
    address = nobody().replace("//", "//user:word@") + "?token=word"
    error = fails(Asker(address, replace(QUICK, retries=0)), EndpointError, "no connection")
    assert "word" not in str(error)


@pytest.mark.parametrize("reply", [BROKEN, Reply(status=429), Reply(status=408), Reply(status=503)])
def test_another_try_may_help(reply: Reply) -> None:
    """A server that fails or is busy is asked again, each time after twice the wait."""
    with serving(reply, reply, GOOD) as service:
        asker = Asker(service.url)
        assert asker.ask() == "fine"
    assert asker.waits == [1.0, 2.0]


def test_waits_differ_between_runs() -> None:
    """Chance shortens a wait by up to half, so that many runs do not come back at once."""
    with serving(BROKEN, GOOD) as service:
        asker = Asker(service.url)
        asker.client = Client(
            asker.client.endpoint, QUICK, wait=asker.waits.append, chance=lambda: 0.0
        )
        asker.ask()
    assert asker.waits == [0.5]


def test_retry_after_in_seconds() -> None:
    """A server that says how long it wants to be left alone is left alone so long."""
    with serving(Reply(status=429, headers={"Retry-After": "7"}), GOOD) as service:
        asker = Asker(service.url)
        assert asker.ask() == "fine"
    assert asker.waits == [7.0]


def test_retry_after_as_a_moment() -> None:
    """The same, where it names the moment."""
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    with serving(Reply(status=503, headers={"Retry-After": moment}), GOOD) as service:
        asker = Asker(service.url)
        asker.ask()
    assert 15 < asker.waits[0] <= 20


@pytest.mark.parametrize("value", ["soon", "nan", "-5", "Mon, 99 Foo 2020"])
def test_retry_after_that_says_nothing(value: str) -> None:
    """A header that makes no sense is as good as none."""
    with serving(Reply(status=429, headers={"Retry-After": value}), GOOD) as service:
        asker = Asker(service.url)
        asker.ask()
    assert asker.waits == [1.0]


@pytest.mark.parametrize("value", ["3600", "inf"])
def test_too_long_a_wait_is_given_up(value: str) -> None:
    """A server that asks for more patience than there is gets no second try."""
    with serving(Reply(status=429, headers={"Retry-After": value})) as service:
        asker = Asker(service.url)
        fails(asker, NoAnswerError, "429")
    assert (len(service.asked), asker.waits) == (1, [])


def test_after_failure_for_good_there_is_one_try() -> None:
    """A server that went on failing gets one try at a time until it answers again."""
    with serving(BROKEN, BROKEN, BROKEN, BROKEN, GOOD, BROKEN, GOOD) as service:
        asker = Asker(service.url)
        for tried in (3, 4):
            fails(asker, NoAnswerError, "500, 'oops'")
            assert len(service.asked) == tried
        assert asker.ask() == "fine"
        assert asker.ask() == "fine"
    assert len(service.asked) == 7


@pytest.mark.parametrize(
    ("status", "advice"),
    [(400, "strict = false"), (401, "--endpoint-key-env"), (403, "may this key"), (404, "/v1")],
)
def test_refusals_before_any_answer_end_the_run(status: int, advice: str) -> None:
    """Whoever was never answered and is refused is told what to mend, without another try."""
    with serving(Reply(b"no", status=status)) as service:
        error = fails(Asker(service.url), EndpointError, f"status {status}, 'no'.*{advice}")
    assert not isinstance(error, NoAnswerError)
    assert len(service.asked) == 1


def test_later_refusals_cost_one_answer() -> None:
    """A refusal after an answer is that of its question, and does not end the run."""
    with serving(GOOD, Reply(status=401), GOOD) as service:
        asker = Asker(service.url)
        asker.ask()
        fails(asker, NoAnswerError, "401")
        assert asker.ask() == "fine"


def test_redirects_are_not_followed() -> None:
    """A server that sends elsewhere is not followed there, with the key."""
    with (
        serving(GOOD) as other,
        serving(Reply(status=307, headers={"Location": other.url})) as service,
    ):
        fails(Asker(service.url, key="k"), EndpointError, "sends elsewhere")
    assert other.asked == []


def test_slow_servers_are_asked_again() -> None:
    """A try that takes too long is given up and made again."""
    late = Reply(GOOD.body, late=30.0)
    with serving(late, GOOD) as service:
        assert Asker(service.url, replace(QUICK, timeout=0.2)).ask() == "fine"
    assert len(service.asked) == 2


def test_slow_servers_are_given_up() -> None:
    """A server that is always too slow is told with the limit."""
    with serving(Reply(late=30.0)) as service:
        fails(
            Asker(service.url, replace(QUICK, timeout=0.2, retries=1)),
            NoAnswerError,
            r"no answer within 0\.2 s",
        )


def test_dripping_answers_are_given_up() -> None:
    """An answer that comes drop by drop is given up like one that does not come."""
    with serving(Reply(b" " * 40, drip=0.05)) as service:
        begun = time.monotonic()
        fails(
            Asker(service.url, replace(QUICK, timeout=0.3, retries=0)),
            NoAnswerError,
            "no whole answer",
        )
    assert time.monotonic() - begun < 2


def test_a_connection_that_breaks_off_is_tried_again() -> None:
    """A server that hangs up in the middle of an answer is asked again."""
    with serving(Reply(GOOD.body, sent=20), GOOD) as service:
        assert Asker(service.url).ask() == "fine"
    assert len(service.asked) == 2


def test_nobody_there_ends_the_run() -> None:
    """Where nobody listens the run ends after the tries, and the message says where it asked."""
    url = nobody()
    asker = Asker(url)
    error = fails(asker, EndpointError, "no connection")
    assert not isinstance(error, NoAnswerError)
    assert url in str(error)
    assert asker.waits == [1.0, 2.0]


def test_a_server_that_goes_away_costs_its_questions() -> None:
    """Where somebody answered before, nobody there is a failure of the question alone."""
    with serving(GOOD) as service:
        asker = Asker(service.url)
        asker.ask()
    fails(asker, NoAnswerError, "no connection")


def test_huge_answers_are_refused() -> None:
    """An answer beyond the limit is refused while it comes."""
    with serving(says("x" * 100_000)) as service:
        fails(Asker(service.url, replace(QUICK, size=5000)), BadAnswerError, "more than 5000 bytes")
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"choices": []}',
        b'{"choices": {"0": 1}}',
        b'{"choices": [{"text": "x"}]}',
        b'{"choices": [{"message": "x"}]}',
        b'{"choices": [{"message": {"content": null, "refusal": "I cannot"}}]}',
        b'{"choices": [{"message": {"content": ["x"]}}]}',
        b"[" * 100_000,
    ],
)
def test_other_envelopes_are_no_answers(body: bytes) -> None:
    """A body that is no chat completion with a text is refused, without another try."""
    with serving(Reply(body)) as service, pytest.raises(BadAnswerError):
        Asker(service.url).ask()
    assert len(service.asked) == 1


def test_refusals_of_the_model_are_told() -> None:
    """A model that declines is told in its own words."""
    row = {"choices": [{"message": {"content": None, "refusal": "I cannot help"}}]}
    with serving(Reply(json.dumps(row).encode())) as service:
        fails(Asker(service.url), BadAnswerError, "I cannot help")


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without httpx the error names it, and what brings it back."""
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(EndpointError, match=r"httpx.*install Tocsin again"):
        Client(Endpoint("http://localhost", "small"), QUICK)


def test_names_tell_what_was_asked() -> None:
    """A reader's name has task, model and a digest that changes with whatever is asked."""
    client = Client(Endpoint("http://localhost", "small"), QUICK)
    other = Client(Endpoint("http://localhost", "small"), replace(QUICK, seed=7))
    moved = Client(Endpoint("http://elsewhere", "small"), QUICK)
    name = client.name("read", "Define.", {})
    assert name.startswith("read small prompt-")
    assert moved.name("read", "Define.", {}) == name
    others = {client.name("read", "Define!", {}), other.name("read", "Define.", {})}
    assert len({name, *others}) == 3
