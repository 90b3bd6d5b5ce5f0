"""A situation report: events in sentences, a footnote behind each, what is due, what is unknown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.explain.wording import quoted
from tocsin.records.article import Byline
from tocsin.records.event import Event
from tocsin.records.threat import Threat
from tocsin.store import events, fusing, listing
from tocsin.store.codings import claims as coded
from tocsin.views.records import due
from tocsin.views.telling import Told, listed, span, tell, unknown

# Days ahead that a deadline counts as near.
AHEAD = 14


class Note(Struct, frozen=True):
    """A footnote: where a claim was published, its sentence, and its id, which stays."""

    number: int
    claim: str
    article: str
    outlet: str | None
    title: str
    day: date | None
    url: str | None
    quote: str
    retracted: bool = False


class Sentence(Struct, frozen=True):
    """A sentence and the numbers of its footnotes."""

    text: str
    notes: tuple[int, ...]


class Item(Struct, frozen=True):
    """An event in a report; `pick` is the claim that it was chosen by."""

    pick: str
    event: str
    title: str
    level: str
    sentences: tuple[Sentence, ...]
    unknown: tuple[Sentence, ...]


class Report(Struct, frozen=True):
    """A report of a day; `missing` are picks that no event holds any more."""

    title: str
    on: date
    items: tuple[Item, ...]
    due: tuple[Sentence, ...]
    notes: tuple[Note, ...]
    missing: tuple[str, ...] = ()


class _Notes:
    """Footnotes in the order in which claims are first cited."""

    def __init__(self) -> None:
        """Begin without any."""
        self.numbers: dict[str, int] = {}

    def cited(self, told: Told) -> Sentence:
        """Return a sentence with the numbers of the claims that it rests on."""
        numbers = [
            self.numbers.setdefault(claim, len(self.numbers) + 1) for claim in told.claims
        ]  # fmt: skip
        return Sentence(told.text, tuple(numbers))


def report(
    connection: Connection, title: str, picks: Sequence[str], threats: Iterable[Threat], on: date
) -> Report:
    """Return the report of the events that claims or events' ids name, in the order given.

    An event that several picks name, since it was merged, stands in it once.
    """
    found, missing = _picked(connection, picks)
    notes = _Notes()
    items = tuple(
        Item(
            pick, one.id, one.title, one.level, tuple(map(notes.cited, tell(one))),
            tuple(map(notes.cited, unknown(one))),
        )
        for pick, one in found
    )  # fmt: skip
    near = tuple(notes.cited(_due(one)) for one in threats if due(one, on, AHEAD))
    return Report(
        title, on, items, near, tuple(_notes(connection, notes.numbers)), tuple(missing)
    )  # fmt: skip


def cite(connection: Connection, claim: str) -> str | None:
    """Return a claim's sentence with outlet, title, day, address and id, to paste elsewhere."""
    names = listing.claims_called(connection, claim)
    note = next(_notes(connection, {names[0]: 1}), None) if len(names) == 1 else None
    if note is None:
        return None
    day = span(note.day, note.day) if note.day else "undated"
    parts = [note.outlet or "outlet unknown", f"“{note.title}”", day]
    parts += [note.url] if note.url else []
    return f"“{note.quote}” ({', '.join(parts)}; {note.claim})"


def lasting(connection: Connection, picks: Sequence[str]) -> tuple[str, ...]:
    """Return picks by the claims that first reported their events, which no merge takes away.

    What names no event stays as it is.
    """
    names = [one for one in picks if one.startswith("event-")]
    held = events.load(connection, names)
    return tuple(dict.fromkeys(held[one].reports[0].claim if one in held else one for one in picks))


def _picked(
    connection: Connection, picks: Sequence[str]
) -> tuple[list[tuple[str, Event]], list[str]]:  # fmt: skip
    found: dict[str, tuple[str, Event]] = {}
    missing = []
    for pick in dict.fromkeys(picks):
        names = listing.events_called(connection, pick)
        one = events.load(connection, names).get(names[0]) if len(names) == 1 else None
        if one is None:
            missing.append(pick)
        else:
            found.setdefault(one.id, (pick, one))
    return list(found.values()), missing


def _due(one: Threat) -> Told:
    """Return who has to do what until when, or else, in the words of the claims."""
    issuer = listed([who.name for who in one.issuer]) or "somebody whom no report names"
    target = listed([who.name for who in one.target])
    parts = [f"{issuer}{f' to {target}' if target else ''}: {one.kind}"]
    for name, words in (("demand", one.demand), ("or else", one.cost), ("if", one.condition)):
        if words is not None:
            parts.append(f"{name} {quoted(words)}")
    claims = [one.utterances[0].claim] if one.utterances else []
    when = ""
    if one.deadline is not None:
        when = f"{span(one.deadline.start, one.deadline.end)}: "
        claims.append(one.deadline.claim)
    counted = f"{one.independent} independent origin{'s' * (one.independent != 1)}"
    return Told(f"{when}{'; '.join(parts)} ({counted}).", tuple(dict.fromkeys(claims)))


def _notes(connection: Connection, numbers: Mapping[str, int]) -> Iterator[Note]:
    """Yield the footnotes in order; a claim whose words were forgotten keeps its id alone."""
    known = coded(connection, list(numbers))
    bylines = _bylines(connection, {one.article for one in known.values()})
    for name, number in sorted(numbers.items(), key=lambda pair: pair[1]):
        one = known.get(name)
        if one is None:
            yield Note(number, name, "", None, "no longer in the store", None, None, "")
            continue
        by = bylines[one.article]
        yield Note(
            number, name, one.article, by.outlet, by.title,
            by.published.day if by.published else None, by.url,
            " ".join(one.sentence.quote.split()), by.retracted,
        )  # fmt: skip


def _bylines(connection: Connection, names: Collection[str]) -> Mapping[str, Byline]:
    return fusing.bylines(connection, names)
