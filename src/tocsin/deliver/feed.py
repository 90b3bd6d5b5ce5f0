"""Signals as an Atom feed (RFC 4287) in a file, which is written anew, whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from lxml import etree  # type: ignore[import-untyped]

from tocsin.base.channels import Feed
from tocsin.deliver.failure import NotSentError
from tocsin.deliver.words import headline, link, why
from tocsin.records.signal import Signal

ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 has no place for.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(
    channel: Feed, name: str, signals: Sequence[Signal], titles: Mapping[str, str], desk: str
) -> None:
    """Write the feed of a channel; raises NotSentError where the file cannot be written."""
    path = Path(channel.path).expanduser()
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as stream:
            stream.write(feed(channel, name, signals, titles, desk))
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise NotSentError(f"{path}: {error.strerror}; the feed cannot be written") from error


def feed(
    channel: Feed, name: str, signals: Sequence[Signal], titles: Mapping[str, str], desk: str
) -> bytes:
    """Return signals as a feed, the newest first; the same signals give the same bytes."""
    newest = max((one.day for one in signals), default=date(1970, 1, 1))
    root = etree.Element(_name("feed"), nsmap={None: ATOM})
    _put(root, "id", uuid5(NAMESPACE_URL, f"tocsin:channel:{name}").urn)
    _put(root, "title", channel.title)
    _put(root, "updated", _moment(newest))
    _put(etree.SubElement(root, _name("author")), "name", "Tocsin")
    if desk:
        etree.SubElement(root, _name("link"), href=desk)
    for one in signals:
        _entry(root, one, titles, desk)
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return found


def _entry(
    root: etree._Element, one: Signal, titles: Mapping[str, str], desk: str
) -> None:  # fmt: skip
    made = etree.SubElement(root, _name("entry"))
    _put(made, "id", uuid5(NAMESPACE_URL, f"tocsin:{one.id}").urn)
    _put(made, "title", headline(one))
    _put(made, "updated", _moment(one.day))
    etree.SubElement(made, _name("category"), term=one.kind)
    _put(made, "summary", one.because)
    told = [f"Why this fired: {why(one)}."]
    told += [titles.get(event, event) for event in one.events]
    _put(made, "content", "\n".join(told)).set("type", "text")
    for event in one.events[:1]:
        address = link(desk, event)
        if address:
            etree.SubElement(made, _name("link"), rel="alternate", href=_UNFIT.sub("", address))


def _put(parent: etree._Element, name: str, text: str) -> etree._Element:
    made = etree.SubElement(parent, _name(name))
    made.text = _UNFIT.sub("\ufffd", text)
    return made


def _name(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _moment(day: date) -> str:
    """Return the evening of a day: signals are of what was known then."""
    return f"{day}T23:59:59Z"
