"""Sentences about an event, made of its values alone, each with the claims that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tocsin.explain.quarrels import TITLES
from tocsin.explain.wording import joined
from tocsin.records.event import Event, Held, Tally
from tocsin.records.origin import Origin

# What each type is called as an act: plain, past, and what leads to whom it was done to.
ACTS: Mapping[str, tuple[str, str, str]] = {
    "ACCUSE": ("make an accusation", "made an accusation", "against"),
    "AGREE": ("reach an agreement", "reached an agreement", "with"),
    "AID": ("give aid", "gave aid", "to"),
    "ASSAULT": ("carry out an attack", "carried out an attack", "on"),
    "COERCE": ("use coercion", "used coercion", "against"),
    "CONCEDE": ("make a concession", "made a concession", "to"),
    "CONSULT": ("hold consultations", "held consultations", "with"),
    "COOPERATE": ("cooperate", "cooperated", "with"),
    "MOBILIZE": ("mobilise", "mobilised", "against"),
    "PROTEST": ("protest", "protested", "against"),
    "REJECT": ("make a rejection", "made a rejection", "directed at"),
    "REQUEST": ("make a request", "made a request", "to"),
    "RETREAT": ("stand down or let go", "stood down or let go", "towards"),
    "SANCTION": ("impose sanctions", "imposed sanctions", "on"),
    "SUPPORT": ("express support", "expressed support", "for"),
    "THREATEN": ("make a threat", "made a threat", "against"),
}
# How many people, and what of them.
MANY = {
    "killed": "{n} killed", "injured": "{n} injured", "arrested": "{n} arrested",
    "displaced": "{n} displaced", "crowd": "{n} in the crowd",
}  # fmt: skip
# Names in one list; how many more there are is said.
NAMES = 4


class Told(NamedTuple):
    """A sentence and the claims that say so."""

    text: str
    claims: tuple[str, ...]


def tell(event: Event) -> Iterator[Told]:
    """Yield what an event is, on whose word, how many, and what is disputed."""
    yield Told(lead(event), _firsts(event))
    yield _sources(event)
    origins = {origin.id: origin for origin in event.origins}
    for tally in event.tallies:
        yield from _tally(tally, origins)
    if event.outcomes:
        names = joined([one.name for one in event.outcomes])
        yield Told(f"What came of it: {names}.", _claims(event.outcomes))
    for one in event.disputes:
        title = "who did it" if one.slot == "responsibility" else TITLES[one.kind]
        topic = one.slot if one.kind == "numeric" else title
        sides = " against ".join(_side(side, origins) for side in one.sides)
        yield Told(f"Disputed, {topic}: {sides}.", _claims(one.sides))


def unknown(event: Event) -> Iterator[Told]:
    """Yield what no report of an event says, and what only one origin does."""
    first = _firsts(event)[:1]
    if not event.actors:
        yield Told("No report names who did it.", first)
    if not event.places:
        yield Told("No report says where.", first)
    if event.start is None and event.end is None:
        yield Told("No report says on which day.", first)
    if event.independent <= 1:
        names = [origin.name for origin in event.origins][:1]
        yield Told(f"It rests on one origin alone: {joined(names) or 'unknown'}.", first)


def lead(event: Event) -> str:
    """Return who did what to whom, where and when, told as real as the reports tell it."""
    plain, past, to = ACTS.get(
        event.type, (f"do what is coded {event.type}", f"did what is coded {event.type}", "towards")
    )
    who = listed([one.name for one in event.actors]) or "somebody whom no report names"
    said = {
        "actual": f"{who} {past}",
        "negated": f"{who} did not {plain}",
        "future": f"it is planned or announced that {who} will {plain}",
        "possible": f"it is possible that {who} will {plain} or did so",
        "conditional": f"under a condition, {who} would {plain}",
        "requested": f"it is asked that {who} {plain}",
    }[event.modality]
    modes = f" ({', '.join(event.modes)})" if event.modes else ""
    whom = listed([one.name for one in event.recipients])
    place = event.place or next(iter(event.places), None)
    where = f", {place.name}" if place else ""
    text = f"{_when(event)}{where}: {said}{modes}{f' {to} {whom}' if whom else ''}."
    back = "Taken back since by who reported it. " if event.level == "retracted" else ""
    return back + text[0].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """Return names as a list, long ones cut with how many more there are."""
    own = [" ".join(name.split()) for name in dict.fromkeys(names)]
    return joined([*own[:NAMES], f"{len(own) - NAMES} more"] if len(own) > NAMES else own)


def day(found: date) -> str:
    """Return a day as people write it."""
    return f"{found.day} {found:%B} {found.year}"


def span(start: date | None, end: date | None) -> str:
    """Return days from one to another."""
    if start and end and start != end:
        return f"{day(start)} to {day(end)}"
    known = start or end
    return day(known) if known else "day unknown"


def extent(tally: Tally) -> str:
    """Return a number, or the range of those given: "12", "12 to 40", "12 or more"."""
    if tally.high is None:
        return f"{tally.low:,} or more"
    return f"{tally.low:,}" if tally.low == tally.high else f"{tally.low:,} to {tally.high:,}"


def _when(event: Event) -> str:
    return span(event.start, event.end)


def _sources(event: Event) -> Told:
    """Return who says so: every origin with how it came, and how many of the reports are copies."""
    ways: dict[str, str | None] = {}
    for report in event.reports:
        if report.stance == "asserts" and report.copy_of is None:
            ways.setdefault(report.origin, report.outlet)
    names = []
    for origin in event.origins:
        if origin.id in ways:
            through = ways[origin.id]
            by = f" through {through}" if through and through != origin.name else ""
            names.append(f"{origin.name}{by}{' (a side of the conflict)' if origin.party else ''}")
    copies = f", {event.copies} of them in copied words" if event.copies else ""
    many = f"{len(event.reports)} report{'s' * (len(event.reports) != 1)}"
    counted = f"{event.independent} independent origin{'s' * (event.independent != 1)}"
    return Told(
        f"According to {listed(names) or 'nobody by name'}; {event.level}: {counted}, "
        f"{many}{copies}.",
        _firsts(event),
    )


def _tally(tally: Tally, origins: Mapping[str, Origin]) -> Iterator[Told]:
    """Yield between which bounds the numbers of one kind lie, then running totals by themselves."""
    words = MANY.get(tally.kind, "{n} " + tally.kind)
    own = [toll for toll in tally.given if not toll.cumulative]
    if own:
        said: dict[str, list[str]] = {}
        for toll in own:
            number = f"{toll.low:,}" + (
                "+" if toll.high is None else "" if toll.high == toll.low else f"–{toll.high:,}"
            )
            said.setdefault(number, []).append(_name(toll.origin, origins))
        by = "; ".join(f"{number} by {listed(names)}" for number, names in said.items())
        as_of = f", as of {day(tally.as_of)}" if tally.as_of else ""
        text = words.format(n=extent(tally))
        yield Told(f"{text}{as_of} ({by}).", _once([(t.claim, (t.origin, t.low)) for t in own]))
    totals = [toll for toll in tally.given if toll.cumulative]
    if totals:
        top = max(totals, key=lambda toll: toll.low)
        who = _name(top.origin, origins)
        yield Told(
            f"A running total that holds more than this event: {words.format(n=f'{top.low:,}')}, "
            f"by {who}.", (top.claim,),
        )  # fmt: skip


def _name(origin: str, origins: Mapping[str, Origin]) -> str:
    return origins[origin].name if origin in origins else "an origin not named"


def _side(side: Held, origins: Mapping[str, Origin]) -> str:
    names = [origins[name].name for name in side.origins if name in origins]
    return f"{side.name}{f' (by {listed(names)})' if names else ''}"


def _firsts(event: Event) -> tuple[str, ...]:
    """Return the first claim of each origin that asserts it; the first report where none does."""
    asserted = [one for one in event.reports if one.stance == "asserts"]
    own = [one for one in asserted if one.copy_of is None] or asserted or event.reports[:1]
    return _once([(one.claim, one.origin) for one in own])


def _claims(held: Iterable[Held]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in held for name in one.claims[:3]))


def _once(pairs: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    """Return the first claim of each key."""
    found: dict[object, str] = {}
    for claim, key in pairs:
        found.setdefault(key, claim)
    return tuple(dict.fromkeys(found.values()))
