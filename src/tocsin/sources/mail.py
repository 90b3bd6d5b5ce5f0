"""Mail: single messages (`.eml`) and boxes of them (`.mbox`), attachments as articles of their own.

A box is read message by message, so it may be longer than memory. The parser of the standard
library reads whatever it is given; headers are taken as they stand, and decoded with bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING, BinaryIO

from tocsin.base.errors import InputError
from tocsin.records.issue import Issue
from tocsin.sources import forms, sandbox
from tocsin.sources.letters import DEPTH, PARTS, letter
from tocsin.sources.piece import Found, Piece

if TYPE_CHECKING:
    from tocsin.sources.fields import Row, Spot
    from tocsin.sources.letters import Letter

LARGEST = 50_000_000  # bytes of a message, attachments and all
_LINE = 65_536  # bytes of a piece of a line
# Larger messages, and those with more parts than people send, are parsed in their own process.
_SMALL, _FEW = 30_000, 30
_RUNNING = 25  # words of a plain part that is more than a pointer to the page
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
# RFC 4155: the line that opens a message, with the time it came; some programs leave that out.
_OPENING = re.compile(rb"From \S.{0,200}\d{1,2}:\d{2}.{0,40}\d{4}")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
# Pages in mail are laid out by tables, which the reader of web pages takes for figures.
_LAYOUT = re.compile(rb"(</?)(?:table|thead|tbody|tfoot|tr|td|th|center)\b", re.IGNORECASE)
# Senders behind these are outlets, not people.
_DESK = re.compile(
    r"(?:no-?reply|do-?not-?reply|news\w*|info|editor\w*|press\w*|media|alerts?|digest|updates?"
    r"|daily|weekly|bulletin|subscri\w+|contact|hello|mail(?:er|ing)?|list)(?:[+._-].*)?",
    re.IGNORECASE,
)


def message(data: bytes, spot: Spot) -> Iterator[Found]:
    """Yield the article of a message, those of its attachments, and issues."""
    yield from _pieces(data, spot, "mail")


def box(stream: BinaryIO, spot: Spot) -> Iterator[Found]:
    """Yield the articles of all messages of a box with their places in bytes, and issues."""
    number = 0
    for number, (offset, length, data) in enumerate(_messages(stream), 1):
        here = replace(spot, place=f"message {number}")
        if data is None:
            text = f"a message of {length:,} bytes; at most {LARGEST:,} are read"
            yield here.issue("too-large", "error", text)
            continue
        body = _QUOTED.sub(rb"\1", data.partition(b"\n")[2])
        for found in _pieces(body, here, "mbox", f"{number}."):
            if isinstance(found, Issue):
                yield found
            else:
                own = data if found.form == "mbox" else found.raw
                yield replace(found, offset=offset, length=length, raw=own)
    if not number:
        text = "no line that begins with `From `; expected a box of messages"
        yield spot.issue("empty-file", "error", text)


def _messages(stream: BinaryIO) -> Iterator[tuple[int, int, bytes | None]]:
    """Yield offset, length and bytes of each message, None for the bytes of one too large."""
    offset, at, kept, blank = -1, 0, bytearray(), True
    opening = re.compile(rb"From ")
    while line := stream.readline(_LINE):
        if blank and opening.match(line):
            if offset >= 0:
                yield offset, at - offset, bytes(kept) if len(kept) == at - offset else None
            elif _OPENING.match(line):  # a box whose lines have times has no others
                opening = _OPENING
            offset, kept = at, bytearray()
        if offset >= 0 and at + len(line) - offset <= LARGEST:
            kept += line
        at += len(line)
        blank = line in (b"\n", b"\r\n") or offset < 0
    if offset >= 0:
        yield offset, at - offset, bytes(kept) if len(kept) == at - offset else None


def _pieces(data: bytes, spot: Spot, form: str, prefix: str = "") -> Iterator[Found]:
    """Yield what is in one message, all of which has the time of one document to be read.

    `prefix` is what the numbers of its parts begin with, in a box of many messages.
    """
    with sandbox.together():
        found = list(_read(data, spot, form, prefix))
    yield from found


def _read(data: bytes, spot: Spot, form: str, prefix: str) -> Iterator[Found]:
    bound = len(data) > _SMALL or len(_BOUNDARY.findall(data)) > _FEW
    try:
        found = sandbox.run(letter, data) if bound else letter(data)
    except InputError as error:
        yield spot.issue("bad-mail", "error", f"no mail that can be read: {error}")
        return
    except Exception as error:  # noqa: BLE001 - the parser has faults that strange mail finds
        name = type(error).__name__
        yield spot.issue("bad-mail", "error", f"no mail that can be read ({name})")
        return
    yield from _opened(found, data, spot, form, prefix)


def _opened(found: Letter, data: bytes, spot: Spot, form: str, prefix: str) -> Iterator[Found]:
    """Yield the article of a message, then what is attached to it."""
    row, issues = _row(found, spot)
    if row is not None:
        yield Piece(row, spot, form, data)
    yield from issues
    yield from _attached(found, spot, prefix)
    for count, inner in enumerate(found["within"], 1):
        number = f"{prefix}{count}"
        here = replace(spot, place=f"message {number}")
        yield from _opened(inner, data, here, form, f"{number}.")


def _attached(found: Letter, spot: Spot, prefix: str) -> Iterator[Found]:
    """Yield the articles that are attached, and a note of what else is."""
    left = []
    for count, part in enumerate(found["attachments"], 1):
        here = replace(spot, place=f"attachment {prefix}{count}")
        if part["form"] is None:
            left.append(f"`{part['name']}` ({part['kind']})")
            continue
        for item in forms.whole(part["data"], part["form"], here):
            if isinstance(item, Issue):
                yield item
            else:
                yield Piece(_dated(item[0], found), item[1], part["form"], part["data"])
    if left:
        names = ", ".join(left[:10]) + (", ..." if len(left) > 10 else "")
        yield spot.issue("attachment", "note", f"{len(left)} attachments not read: {names}")
    if found["beyond"]:
        text = f"{found['beyond']} parts beyond the first {PARTS}, or {DEPTH} deep, are not read"
        yield spot.issue("too-many-parts", "warning", text)


def _row(found: Letter, spot: Spot) -> tuple[Row | None, list[Issue]]:
    """Return the fields of a message, None where it has no text, and issues about its body."""
    text, issues = _plain(found, spot)
    page: Row = {}
    if found["pages"] and len(text.split()) < _RUNNING:
        body, charset = found["pages"][0]
        for item in forms.whole(_LAYOUT.sub(rb"\1div", body), "html", spot, charset):
            if isinstance(item, Issue):
                issues.append(item)
            else:
                page = item[0]
    text = str(page.get("text") or text)
    if not text.strip():
        return None, _silent(found, spot, issues)
    title = found["subject"]
    if title and title.casefold() not in text[:500].casefold():
        text = f"{title}\n\n{text}"
    outlet, person = _sender(found)
    row = {
        "title": title or None,
        "text": text,
        "outlet": page.get("outlet") or outlet,
        "authors": page.get("authors") or ([person] if person else []),
        "published": _day(found["date"]),
        "url": page.get("url"),
    }
    return row, [issue for issue in issues if issue.code != "no-article"]


def _silent(found: Letter, spot: Spot, issues: list[Issue]) -> list[Issue]:
    """Return the issues of a message without text, which is no fault of a mere envelope."""
    if found["attachments"] or found["within"]:
        return [spot.issue("no-text", "note", "no text of its own beside what is attached")]
    return issues or [spot.issue("no-text", "error", "no text in the message; expected an article")]


def _plain(found: Letter, spot: Spot) -> tuple[str, list[Issue]]:
    """Return the plain text of a message, soft line ends mended, and issues about it."""
    texts: list[str] = []
    issues: list[Issue] = []
    for body, charset, flowed, halved in found["plain"]:
        for item in forms.whole(body, "text", spot, charset):
            if isinstance(item, Issue):
                issues += [item] if item.code != "empty-file" else []
            else:
                text = str(item[0]["text"])
                texts.append(_unflowed(text, halved) if flowed else text)
    return "\n\n".join(text.strip("\n") for text in texts), issues


def _unflowed(text: str, halved: bool) -> str:  # noqa: FBT001 - as the header says it
    """Return text with its soft line ends undone (RFC 3676); a signature's mark is none."""
    return re.sub(r"(?<!\n--)(?<!^--) \n(?=[^\n>])", "" if halved else " ", text)


def _sender(found: Letter) -> tuple[str | None, str | None]:
    """Return the outlet or the person that a message is from."""
    name, address = parseaddr(found["sender"])
    local, _, domain = address.partition("@")
    if found["bulk"] or _DESK.fullmatch(local):
        return name.strip() or domain or None, None
    return None, name.strip() or address or None


def _day(printed: str) -> str | None:
    """Return a Date header as ISO 8601 writes it, as it stands where it is no date."""
    if not printed.strip():
        return None
    try:
        return parsedate_to_datetime(printed).isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return printed.strip()


def _dated(row: Row, found: Letter) -> Row:
    """Return an attachment's fields, with the day of its mail where it has none."""
    return {**row, "published": row.get("published") or _day(found["date"])}
