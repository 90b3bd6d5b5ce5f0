"""An exporter: the deadlines of threats as a calendar that other programs open (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import BinaryIO

from tocsin.export.forms import WRITTEN, Form, Of, Stock, Wrote
from tocsin.records.threat import Threat

LINE = 73  # bytes of a line, longer ones go on in the next


def write(stock: Stock, _of: Of, stream: BinaryIO) -> Wrote:
    """Write every threat with a deadline; the others are counted as left out."""
    wrote: Wrote = Wrote()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tocsin//tidings//EN"]
    stamp = f"{stock.on:%Y%m%d}T000000Z"
    for threat in stock.threats():
        if threat.deadline is None:
            wrote["no deadline"] += 1
            continue
        lines += _entry(threat, stamp)
        wrote[WRITTEN] += 1
    lines.append("END:VCALENDAR")
    stream.writelines(b"".join(_folded(line)) for line in lines)
    return wrote


def _entry(threat: Threat, stamp: str) -> Iterator[str]:
    assert threat.deadline is not None  # noqa: S101 - looked at before
    after = threat.deadline.end + timedelta(days=1)
    yield "BEGIN:VEVENT"
    yield f"UID:{threat.id}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{threat.deadline.start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    yield f"SUMMARY:{_plain(threat.title)}"
    yield f"DESCRIPTION:{_plain(f'{threat.kind}, {threat.status}')}"
    yield "END:VEVENT"


def _plain(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(escaped.split())


def _folded(line: str) -> Iterator[bytes]:
    data = line.encode()
    while len(data) > LINE:
        cut = LINE
        while data[cut] & 0xC0 == 0x80:  # within a letter
            cut -= 1
        yield data[:cut] + b"\r\n "
        data = data[cut:]
    yield data + b"\r\n"


FORM = Form("calendar", ".ics", "deadlines of threats, for calendars", ("threats",), write)
