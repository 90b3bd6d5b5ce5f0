"""Messages posted to a web address, signed so that whoever gets them can tell who sent them.

Signatures are those of the Standard Webhooks specification (standardwebhooks.com), version 1, for
which there are libraries in most languages: `webhook-id` stays the same when a message is tried
again, so that whoever has it already can pass over it; HMAC-SHA256 is taken over the id, the
seconds since 1970 and the body, with dots between.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import msgspec

import tocsin
from tocsin.base.channels import Delivering, Webhook
from tocsin.base.errors import SettingsError
from tocsin.deliver.failure import NotSentError
from tocsin.deliver.secret import reveal
from tocsin.deliver.words import Message, payload
from tocsin.sources.exchange import Answer, Exchange, normal
from tocsin.sources.guard import Guard, NotFetchedError
from tocsin.sources.limits import Limits
from tocsin.sources.pace import seconds

LARGEST = 1_000_000  # bytes of an answer, which nobody reads
SHORTEST = 24  # bytes of a secret, by the specification
_PREFIX = "whsec_"
# Reasons for which nothing of a message can have arrived.
_BEFORE = frozenset({"dns", "refused", "private", "port", "bad-address", "tls"})
_BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


def send(
    channel: Webhook,
    message: Message,
    settings: Delivering,
    *,
    now: Callable[[], datetime],
    guard: Guard | None = None,
) -> None:
    """Post a message; raises NotSentError unless the answer says that it was taken."""
    body = msgspec.json.encode(payload(message))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        **_signed(channel, message, body, now()),
    }
    judge = guard or Guard(allow_private=channel.allow_private)
    limits = Limits(
        connect=settings.connect, read=settings.read, total=settings.total, size=LARGEST,
        wire=LARGEST, header=65_536, cut=True,
    )  # fmt: skip
    exchange = Exchange(judge, f"tocsin/{tocsin.__version__}")
    try:
        # Some services have a secret in the address itself.
        named = channel.url.startswith(("env:", "file:"))
        address = normal(reveal(channel.url) if named else channel.url)
        judge.check(address)
        answer = exchange.ask(address, headers, limits, body=body)
    except NotFetchedError as error:
        again = error.again or error.reason in ("too-slow", "broken")
        unsure = error.reason not in _BEFORE
        raise NotSentError(str(error), again=again, unsure=unsure) from error
    finally:
        exchange.close()
    _judge(answer, now())


def signature(secret: str, name: str, stamp: int, body: bytes) -> str:
    """Return the `webhook-signature` of a message; SettingsError for a secret that is none.

    Secrets are base64 of 24 bytes or more, with or without `whsec_` before it.
    """
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SettingsError("the secret of a webhook is no base64; expected whsec_...") from error
    if len(key) < SHORTEST:
        raise SettingsError(
            f"the secret of a webhook has {len(key)} bytes; expected {SHORTEST} or more, such as "
            "`openssl rand -base64 32` gives"
        )
    signed = b".".join((name.encode(), str(stamp).encode(), body))
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def _signed(channel: Webhook, message: Message, body: bytes, now: datetime) -> dict[str, str]:
    stamp = int(now.timestamp())
    told = {"webhook-id": message.id, "webhook-timestamp": str(stamp)}
    if channel.secret is not None:
        key = reveal(channel.secret)
        told["webhook-signature"] = signature(key, message.id, stamp, body)
    return told


def _judge(answer: Answer, now: datetime) -> None:
    """Raise NotSentError for every status but those that say that a message was taken."""
    status = answer.status
    if 200 <= status < 300:
        return
    said = f"it answered {status}"
    if 300 <= status < 400:
        raise NotSentError(f"{said}, it sends elsewhere; give the address that it sends to")
    if status in _BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        after = seconds(answer.headers.get("retry-after"), now) or 0.0
        raise NotSentError(said, again=True, after=after)
    raise NotSentError(f"{said}; check the address and the secret of the channel")
