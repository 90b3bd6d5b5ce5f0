"""One row of fields made into an article; whatever is wrong with a field becomes an issue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from reprlib import Repr
from typing import TYPE_CHECKING

from tocsin.records.article import Article, Moment, article_id
from tocsin.records.issue import Issue, Severity
from tocsin.sources import credits as agencies
from tocsin.sources.dates import moment
from tocsin.sources.prose import headline

if TYPE_CHECKING:
    from datetime import date

LONGEST = 500_000  # characters of a text; a long book has more, no article does
_SHOWN = 60  # characters of a wrong value that an issue repeats
_CLOCK = re.compile(r"\d{2}:\d{2}(?:[+-]\d{2}:\d{2})?")
# NUL ends strings in databases, half a surrogate pair cannot be written; a space keeps offsets.
_UNSAFE = re.compile("[\0\ud800-\udfff]")
# Direction overrides and characters of no width, which make a text read otherwise than it is.
_VEILED = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-_]*)?")

_BRIEF = Repr()
_BRIEF.maxlevel, _BRIEF.maxlist, _BRIEF.maxdict = 3, 10, 10
_BRIEF.maxstring = _BRIEF.maxother = 4 * _SHOWN

Row = Mapping[str, object]
Trouble = tuple[str, Severity, str]


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says about all articles that do not say it themselves."""

    outlet: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an article stands: the file, its stem, and the place in it."""

    file: str
    stem: str
    place: str | None = None

    def issue(
        self, code: str, severity: Severity, message: str, article: str | None = None
    ) -> Issue:
        """Return an issue about this spot."""
        return Issue(
            code=code,
            stage="sources",
            severity=severity,
            file=self.file,
            message=safe(message),
            place=self.place,
            article=article,
        )


def safe(text: str) -> str:
    """Return the text with a space for every character that cannot be kept."""
    return _UNSAFE.sub(" ", text)


def shown(value: object) -> str:
    """Return a wrong value as issues show it, however long or deep it is."""
    printed = _BRIEF.repr(value).encode("utf8", "backslashreplace").decode("utf8")
    return printed if len(printed) <= _SHOWN else f"{printed[:_SHOWN]}..."


def article(row: Row, spot: Spot, given: Given) -> Iterator[Article | Issue]:
    """Yield the article of a row and the issues about it; one issue alone when it has no text."""
    troubles: list[Trouble] = []
    text = _text(row)
    if not isinstance(text, str):
        yield spot.issue(*text)
        return
    text = _safe(text, "text", troubles)
    title = _safe(_string(row, "title", troubles) or headline(text), "title", troubles)
    outlet = _string(row, "outlet", troubles) or given.outlet
    published = _published(row.get("published"), given, troubles)
    authors = _authors(row.get("authors"), troubles)
    made = Article(
        id=article_id(title, text, outlet, published),
        doc=_doc(row, spot),
        title=title,
        text=text,
        outlet=outlet,
        published=published,
        fetched=_day(row, "fetched", troubles),
        language=_language(row, troubles),
        url=_string(row, "url", troubles),
        authors=authors,
        wire=_wire(row, text, authors, outlet),
    )
    yield made
    for trouble in troubles:
        yield spot.issue(*trouble, article=made.id)


def _text(row: Row) -> str | Trouble:
    """Return the text of a row, or why it gives no article."""
    text = row.get("text")
    if text is None:
        return (
            "no-text",
            "error",
            f"no key `text` among {shown(sorted(row))}; expected the article",
        )
    if not isinstance(text, str):
        return "wrong-type", "error", f"`text` is a {type(text).__name__}; expected a string"
    if not text.strip():
        return "no-text", "error", "`text` is empty; expected the article"
    if len(text) > LONGEST:
        return (
            "too-large",
            "error",
            f"`text` has {len(text):,} characters; at most {LONGEST:,} are read",
        )
    return text


def _safe(text: str, key: str, troubles: list[Trouble]) -> str:
    """Return the text without characters that cannot be kept, and note those that deceive."""
    text, count = _UNSAFE.subn(" ", text)
    if count:
        message = f"`{key}` holds {count} NUL or broken characters; each became a space"
        troubles.append(("control-characters", "note", message))
    veiled = len(_VEILED.findall(text))
    if veiled:
        message = f"`{key}` holds {veiled} direction overrides or characters of no width; kept"
        troubles.append(("hidden-characters", "note", message))
    return text


def _string(row: Row, key: str, troubles: list[Trouble]) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        troubles.append(("wrong-type", "warning", f"`{key}` is {shown(value)}; expected a string"))
        return None
    return safe(value).strip() or None


def _published(value: object, given: Given, troubles: list[Trouble]) -> Moment | None:
    if value is None or value == "":
        if given.published:
            return Moment(given.published)
        message = "no day of publication; relative dates such as `yesterday` stay open"
        troubles.append(("undated", "note", message))
        return None
    return _moment(value, "published", troubles)


def _day(row: Row, key: str, troubles: list[Trouble]) -> Moment | None:
    value = row.get(key)
    return None if value is None or value == "" else _moment(value, key, troubles)


def _moment(value: object, key: str, troubles: list[Trouble]) -> Moment | None:
    if isinstance(value, Mapping):  # a Moment as the package itself writes it
        return _record(value, key, troubles)
    printed = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    found = moment(printed)
    if found is None:
        message = f"`{key}` is {shown(value)}; expected a day such as 2024-11-21. No day is kept"
        troubles.append(("bad-date", "warning", message))
    return found


def _record(value: Mapping[object, object], key: str, troubles: list[Trouble]) -> Moment | None:
    day, precision, clock = value.get("day"), value.get("precision", "day"), value.get("clock")
    found = moment(day) if isinstance(day, str) else None
    if found is None or found.precision != "day":
        troubles.append(
            ("bad-date", "warning", f"`{key}` is {shown(value)}; expected a `day` in it")
        )
        return None
    if precision == "minute" and isinstance(clock, str) and _CLOCK.fullmatch(clock):
        return Moment(found.day, "minute", clock)
    coarse = {"month": found.day.replace(day=1), "year": found.day.replace(month=1, day=1)}
    if precision == "month":
        return Moment(coarse["month"], "month")
    return Moment(coarse["year"], "year") if precision == "year" else Moment(found.day)


def _language(row: Row, troubles: list[Trouble]) -> str | None:
    value = _string(row, "language", troubles)
    if value is None:
        return None
    match = _LANGUAGE.fullmatch(value)
    if match is None:
        message = (
            f"`language` is {shown(value)}; expected a code such as `en`. It is told from the text"
        )
        troubles.append(("wrong-type", "warning", message))
        return None
    return match[1].lower()


def _authors(value: object, troubles: list[Trouble]) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if names is None:
        return ()
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        troubles.append(
            ("wrong-type", "warning", f"`authors` is {shown(value)}; expected a list of names")
        )
        return ()
    return tuple(clean for name in names if (clean := safe(name).strip()))


def _wire(
    row: Row, text: str, authors: tuple[str, ...], outlet: str | None
) -> tuple[str, ...]:  # fmt: skip
    """Return the agencies that are credited: those of a record of ours, else by the text."""
    own = row.get("wire")
    if isinstance(own, list | tuple) and all(isinstance(name, str) for name in own):
        return tuple(map(safe, own))
    return agencies.wire(text, authors, outlet)


def _doc(row: Row, spot: Spot) -> str:
    """Return the article's own name, or that of its file with its place among several."""
    for key in ("doc", "id"):
        value = row.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return safe(str(value)).strip()
    number = spot.place.split()[-1] if spot.place else ""
    return f"{spot.stem}#{number}" if number else spot.stem
