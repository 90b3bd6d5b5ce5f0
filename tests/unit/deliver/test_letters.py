"""Mail against a real server that takes it, refuses it, lets go of it half-way, or is too slow."""

from __future__ import annotations

import email
import shutil
import subprocess
from email.policy import SMTP
from pathlib import Path

import pytest
from msgspec import structs

from tests.alarms import a_message, a_signal, delivering
from tests.post import Manner, mail
from tocsin.base.channels import Letters
from tocsin.base.errors import SettingsError
from tocsin.deliver.failure import NotSentError
from tocsin.deliver.letters import compose, send
from tocsin.deliver.words import Message

PLAIN = Letters(
    host="127.0.0.1", security="none", sender="Tocsin <tocsin@example.org>",
    to=("ann@example.org", "Bo <bo@example.org>"),
)  # fmt: skip


def _send(port: int, channel: Letters = PLAIN, message: Message | None = None) -> tuple[str, ...]:
    return send(structs.replace(channel, port=port), message or a_message(), delivering())


def _failure(manner: Manner, channel: Letters = PLAIN) -> tuple[NotSentError, list[bytes]]:
    with mail(manner) as post, pytest.raises(NotSentError) as caught:
        _send(post.port, channel)
    return caught.value, post.letters


def test_a_letter_arrives() -> None:
    """It says why, with the numbers and the events, and bears the name of the message."""
    with mail() as post:
        assert _send(post.port) == ()
    (text,) = post.letters
    found = email.message_from_bytes(text, policy=SMTP)
    assert found["Subject"] == "[Tocsin] Surge, Lebanon, material conflict"
    assert found["Message-ID"] == f"<{a_message().id}@example.org>"
    assert found["To"] == "ann@example.org, Bo <bo@example.org>"
    body = found.get_content()
    assert "12 events of material conflict in LBN" in body
    assert "found 12, threshold 7, usually 3.5; settings: floor 1, times 2" in body
    assert "Rebels attack Northfield (event-0000000000000001)" in body
    assert [to.partition(":")[2] for to in post.to] == ["<ann@example.org>", "<bo@example.org>"]


@pytest.mark.parametrize(
    ("manner", "again", "unsure"),
    [
        (Manner(says={"220": "554 no"}), False, False),
        (Manner(says={"220": "421 busy"}), True, False),
        (Manner(says={"220": ""}), True, False),
        (Manner(says={"MAIL": "550 not from you"}), False, False),
        (Manner(says={"MAIL": "451 later"}), True, False),
        (Manner(says={"RCPT": "550 nobody of that name"}), False, False),
        (Manner(says={"RCPT": "450 later"}), True, False),
        (Manner(says={"RCPT": ""}), True, False),
        (Manner(says={"DATA": "554 no"}), False, False),
        (Manner(says={".": "554 it looks like spam"}), False, False),
        (Manner(says={".": "452 full"}), True, False),
        (Manner(says={".": ""}), True, True),
        (Manner(says={".": "lost"}), True, True),
        (Manner(says={"EHLO": "gibberish", "HELO": "gibberish"}), False, False),
        (Manner(slow=1.5), True, False),
    ],
)
def test_misbehaviour(manner: Manner, again: bool, unsure: bool) -> None:  # noqa: FBT001 - a case
    """A refusal for now may mend, one for good does not; after the text nobody can be sure."""
    found, _ = _failure(manner)
    assert (found.again, found.unsure) == (again, unsure), str(found)


def test_nobody_there() -> None:
    """Where no server is, nothing has arrived."""
    with mail() as post:
        port = post.port
    with pytest.raises(NotSentError) as caught:
        _send(port)
    assert caught.value.again
    assert not caught.value.unsure


def test_one_reader_is_refused() -> None:
    """The others get the letter, and it is told who does not."""
    with mail(Manner(says={"RCPT TO:<bo@example.org>": "550 nobody of that name"})) as post:
        assert _send(post.port) == ("Bo <bo@example.org>",)
    assert len(post.letters) == 1


def test_login(monkeypatch: pytest.MonkeyPatch) -> None:
    """The right password lets it in, a wrong one is told and never repeated."""
    channel = structs.replace(PLAIN, user="tocsin", password="env:TOCSIN_TEST_MAIL")  # noqa: S106 - the name of one
    manner = Manner(user=("tocsin", "open sesame"))
    monkeypatch.setenv("TOCSIN_TEST_MAIL", "open sesame")
    with mail(manner) as post:
        _send(post.port, channel)
    assert len(post.letters) == 1
    monkeypatch.setenv("TOCSIN_TEST_MAIL", "open barley")
    found, letters = _failure(manner, channel)
    assert letters == []
    assert not found.again
    assert "barley" not in str(found)


def test_no_secrets_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server without STARTTLS gets no password and no letter, unless the channel says none."""
    monkeypatch.setenv("TOCSIN_TEST_MAIL", "open sesame")
    channel = structs.replace(
        PLAIN, security="starttls", user="tocsin", password="env:TOCSIN_TEST_MAIL"  # noqa: S106 - the name of one
    )  # fmt: skip
    with (
        mail(Manner(user=("tocsin", "open sesame"))) as post,
        pytest.raises(NotSentError) as caught,
    ):
        _send(post.port, channel)
    assert "STARTTLS" in str(caught.value)
    assert post.letters == []
    assert not any(line.startswith("AUTH") for line in post.heard)


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a certificate for this machine and its key."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl is installed to make a certificate with")
    folder = tmp_path_factory.mktemp("trust")
    made = (folder / "here.pem", folder / "here.key")
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    words += f" -addext subjectAltName=DNS:localhost -out {made[0]} -keyout {made[1]}"
    subprocess.run([program, *words.split()], check=True, capture_output=True)  # noqa: S603 - our own words
    return made


def test_starttls(trust: tuple[Path, Path]) -> None:
    """Behind STARTTLS the letter arrives where the server shows who it is, else nothing is said."""
    known = structs.replace(PLAIN, host="localhost", security="starttls", authority=str(trust[0]))
    with mail(Manner(trust=trust)) as post:
        _send(post.port, known)
        assert len(post.letters) == 1
        with pytest.raises(NotSentError, match="cannot show who it is"):
            _send(post.port, structs.replace(known, authority=None))
        with pytest.raises(NotSentError, match="cannot show who it is"):
            _send(post.port, structs.replace(known, host="127.0.0.1"))
        assert len(post.letters) == 1


def test_nothing_gets_into_the_headers() -> None:
    """Words of articles cannot add headers, whatever they hold, nor can an address."""
    strange = a_signal("LBN\r\nBcc: eve@example.org", because="x\r\n.\r\nMAIL FROM:<eve@e>")
    with mail() as post:
        _send(post.port, message=a_message(strange))
    (text,) = post.letters
    found = email.message_from_bytes(text, policy=SMTP)
    assert found["Bcc"] is None
    assert len(post.letters) == 1
    with pytest.raises(SettingsError, match="address"):
        compose(structs.replace(PLAIN, to=("ann@example.org\nBcc: eve",)), a_message())
