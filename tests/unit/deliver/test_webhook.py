"""Webhooks against a real server: signed, tried again, never at a private address unasked."""

from __future__ import annotations

import base64
import hmac
import json
from datetime import datetime

import pytest

from tests.alarms import NOW, a_message, delivering
from tests.post import TAKEN, hooks
from tests.server import Answer, Page, moved
from tocsin.base.channels import Webhook
from tocsin.base.errors import SettingsError
from tocsin.deliver.failure import NotSentError
from tocsin.deliver.webhook import send, signature

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()


def _now() -> datetime:
    return NOW


def _send(url: str, *, secret: str | None = None, private: bool = True) -> None:
    channel = Webhook(url=url, secret=secret, allow_private=private)
    send(channel, a_message(), delivering(), now=_now)


def _failure(*answers: Answer) -> NotSentError:
    with hooks(*answers) as server, pytest.raises(NotSentError) as caught:
        _send(server.url)
    return caught.value


def test_a_message_arrives_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The body is the message, and its signature is the one that a receiver works out."""
    monkeypatch.setenv("TOCSIN_TEST_HOOK", SECRET)
    with hooks() as server:
        _send(server.url, secret="env:TOCSIN_TEST_HOOK")  # noqa: S106 - the name of one
    (found,) = server.posted
    told = json.loads(found.body)
    assert told["id"] == found.headers["webhook-id"] == a_message().id
    (signal,) = told["signals"]
    assert signal["because"].startswith("12 events")
    assert signal["settings"] == {"times": 2, "floor": 1}
    assert signal["events"][0] == {
        "id": "event-0000000000000001", "title": "Rebels attack Northfield"
    }  # fmt: skip
    stamp = found.headers["webhook-timestamp"]
    assert int(stamp) == int(NOW.timestamp())
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    whole = f"{told['id']}.{stamp}.".encode() + found.body
    expected = base64.b64encode(hmac.digest(key, whole, "sha256")).decode()
    assert found.headers["webhook-signature"] == f"v1,{expected}"
    assert found.headers["content-type"].startswith("application/json")


def test_an_address_may_be_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that the settings only name is found in the environment."""
    with hooks() as server:
        monkeypatch.setenv("TOCSIN_TEST_ADDRESS", server.url)
        _send("env:TOCSIN_TEST_ADDRESS")
    assert len(server.posted) == 1


def test_the_signature_of_the_specification() -> None:
    """The example that the specification of Standard Webhooks prints comes out."""
    found = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
        b'{"test": 2432232314}',
    )  # fmt: skip
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    ("answer", "again", "words"),
    [
        (Page(status=500), True, "500"),
        (Page(status=503, headers={"Retry-After": "7"}), True, "503"),
        (Page(status=429), True, "429"),
        (Page(status=404), False, "404"),
        (Page(status=401), False, "secret"),
        (moved("http://127.0.0.1/elsewhere"), False, "sends elsewhere"),
    ],
)
def test_refusals(answer: Page, again: bool, words: str) -> None:  # noqa: FBT001 - a case
    """Faults of the server may mend, faults of the settings do not; neither is a surprise."""
    found = _failure(answer)
    assert found.again == again
    assert not found.unsure
    assert words in str(found)
    assert found.after == (7.0 if "Retry-After" in answer.headers else 0.0)


@pytest.mark.parametrize(
    "answer",
    [
        Page(raw=b""),  # it hangs up after it had the message
        Page(body=b"x" * 100, sent=10, reset=True),
        Page(body=b"thanks", drip=0.5),
        Page(raw=b"SMTP, if anything\r\n\r\n"),
    ],
)
def test_what_may_have_arrived(answer: Page) -> None:
    """Where the answer is lost, slow or garbled, the message may have arrived."""
    assert _failure(answer).unsure


def test_nobody_there() -> None:
    """Where nobody answers the door nothing has arrived, and another try may help."""
    with hooks() as server:
        url = server.url
    with pytest.raises(NotSentError, match="nobody answers") as caught:
        _send(url)
    assert caught.value.again
    assert not caught.value.unsure


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/hook", "http://169.254.169.254/latest", "http://[::1]/", "http://0x7f.1/",
     "http://10.0.0.8/hook", "ftp://example.org/", "https://user:pass@example.org/"],
)  # fmt: skip
def test_private_addresses(url: str) -> None:
    """What is not on the public internet is never asked, unless the channel says so."""
    with pytest.raises(NotSentError) as caught:
        _send(url, private=False)
    assert not caught.value.again
    assert not caught.value.unsure
    assert "pass" not in str(caught.value) or "password" in str(caught.value)


def test_a_private_server_by_default() -> None:
    """A server on this machine is left alone, and hears nothing."""
    with hooks() as server, pytest.raises(NotSentError):
        _send(server.url, private=False)
    assert server.posted == []


@pytest.mark.parametrize("secret", ["short", "whsec_" + base64.b64encode(b"x" * 8).decode()])
def test_weak_secrets(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that is none, or too short, is refused without being repeated."""
    monkeypatch.setenv("TOCSIN_TEST_HOOK", secret)
    with hooks(TAKEN) as server, pytest.raises(SettingsError) as caught:
        _send(server.url, secret="env:TOCSIN_TEST_HOOK")  # noqa: S106 - the name of one
    assert server.posted == []
    assert secret not in str(caught.value)
