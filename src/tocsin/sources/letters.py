"""A mail message as plain data: its headers in readable characters, its parts as bytes.

The parser is the standard library's; headers are taken as they stand and decoded within bounds,
since its own reading of them takes very long on very odd ones.
"""

from __future__ import annotations

from contextlib import suppress
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from typing import TypedDict

from tocsin.base.errors import InputError
from tocsin.sources import forms

DEPTH, PARTS = 10, 200  # how deep parts may lie in parts, and how many are looked at
_LONGEST = 2_000  # characters of a header that are decoded
_BULK = ("List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID")  # no person sends these


def letter(data: bytes) -> Letter:
    """Return a message in plain data; raise InputError where it is nested beyond reading."""
    try:
        parsed = message_from_bytes(data)
        return _letter(parsed, 0, [PARTS])
    except RecursionError as error:
        raise InputError("its parts lie in each other too deeply") from error


class Attachment(TypedDict):
    """A part with a name: its form where it is one that is read, and then its bytes."""

    name: str
    kind: str
    form: str | None
    data: bytes


class Letter(TypedDict):
    """One message in plain data: headers as they are printed, bodies as bytes with their charset.

    `flowed` and `halved` are `format=flowed` and `delsp=yes` of RFC 3676.
    """

    subject: str
    sender: str
    date: str
    bulk: bool
    plain: list[tuple[bytes, str | None, bool, bool]]
    pages: list[tuple[bytes, str | None]]
    attachments: list[Attachment]
    within: list[Letter]
    beyond: int


def _letter(parsed: Message, depth: int, left: list[int]) -> Letter:
    """Return a message in plain data; `left` counts down the parts that may still be read."""
    made: Letter = {
        "subject": _header(parsed, "Subject"),
        "sender": _header(parsed, "From"),
        "date": _header(parsed, "Date"),
        "bulk": any(name in parsed for name in _BULK),
        "plain": [], "pages": [], "attachments": [], "within": [], "beyond": 0,
    }  # fmt: skip
    _collect(parsed, made, depth, left)
    return made


def _collect(part: Message, made: Letter, depth: int, left: list[int]) -> None:
    """Put the leaves of a part where they belong."""
    left[0] -= 1
    if left[0] < 0 or depth > DEPTH:
        made["beyond"] += 1
        return
    payload = part.get_payload()
    kind = part.get_content_type()
    if isinstance(payload, list):
        for inner in (item for item in payload if isinstance(item, Message)):
            if kind == "message/rfc822":
                made["within"].append(_letter(inner, depth + 1, left))
            else:
                _collect(inner, made, depth + 1, left)
        return
    name = _decoded(str(part.get_filename() or "")[:_LONGEST])
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    charset = part.get_content_charset()
    if name or part.get_content_disposition() == "attachment":
        read = forms.form(name) if name else forms.TYPES.get(kind)
        read = read if read in forms.SINGLE else None
        made["attachments"].append(
            {"name": name or "no name", "kind": kind, "form": read, "data": data if read else b""}
        )
    elif kind == "text/plain" or kind.startswith("multipart/"):  # parts that nothing parts
        flowed = str(part.get_param("format", "")).lower() == "flowed"
        halved = str(part.get_param("delsp", "")).lower() == "yes"
        made["plain"].append((data, charset, flowed, halved))
    elif kind == "text/html":
        made["pages"].append((data, charset))


def _header(parsed: Message, name: str) -> str:
    """Return a header's first value in one line, encoded words decoded as far as they can be."""
    value = parsed.get(name)
    return "" if value is None else _decoded(str(value)[:_LONGEST])


def _decoded(value: str) -> str:
    """Return encoded words in characters, as they were sent where that cannot be done."""
    with suppress(HeaderParseError, ValueError, LookupError, IndexError, TypeError):
        value = str(make_header(decode_header(value)))
    return " ".join(value.encode("utf8", "replace").decode("utf8").split())
