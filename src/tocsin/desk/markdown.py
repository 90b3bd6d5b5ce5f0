"""A situation report as Markdown with footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from tocsin.desk.render import printable, web
from tocsin.views.report import Note, Report, Sentence
from tocsin.views.telling import day

# What could be read as markup anywhere; what is markup at the start of a line alone is never there.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~&^=:@$-])")


def markdown(report: Report) -> str:
    """Return a report as Markdown; nothing in it but its own marks is markup."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {plain(report.title)}"
    yield f"\n{day(report.on)}"
    for number, item in enumerate(report.items, 1):
        yield f"\n## {number}. {plain(item.title)}\n"
        yield _told(item.sentences)
    yield "\n## Due\n"
    yield from ([f"- {_sentence(one)}" for one in report.due] or ["Nothing is due in 14 days."])
    yield "\n## Not known\n"
    open_ = [
        f"- Event {number}: {_sentence(one)}"
        for number, item in enumerate(report.items, 1)
        for one in item.unknown
    ]
    yield from (open_ or ["Nothing that these reports leave open by rule."])
    if report.missing:
        yield f"\nNo event holds these any more: {plain(', '.join(report.missing))}"
    yield ""
    yield from map(_note, report.notes)


def _told(sentences: Sequence[Sentence]) -> str:
    return " ".join(map(_sentence, sentences))


def _sentence(one: Sentence) -> str:
    return plain(one.text) + "".join(f"[^{number}]" for number in one.notes)


def _note(note: Note) -> str:
    parts = [
        note.outlet or "outlet unknown",
        f"“{note.title}”",
        day(note.day) if note.day else "undated",
    ]
    told = plain(", ".join(parts))
    address = web(note.url)
    # Only what can stand in an address does; brackets and quotation marks are written as codes.
    link = f", <{quote(printable(address), safe=_SAFE)}>" if address else ""
    back = " (retracted)" if note.retracted else ""
    return f"[^{note.number}]: {told}{link}; `{note.claim}`{back}. {plain(f'“{note.quote}”')}"


_SAFE = ":/?#@!$&'*+,;=%-._~"


def plain(words: str) -> str:
    """Return words on one line in which nothing is markup."""
    return _MARKUP.sub(r"\\\1", " ".join(printable(words).split()))
