"""What a feature says of two mentions, in words for people to read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tocsin.fusion.mention import MODALITIES, Mention, Who

Say = Callable[[float, Mention, Mention], str]


def say(feature: str, value: float, a: Mention, b: Mention) -> str:
    """Return what a feature of a pair says, as part of a sentence."""
    return _SAYINGS[feature](value, a, b)


def _day(mention: Mention) -> str:
    """Return when an event was."""
    if mention.start is None:
        return "no day"
    first = date.fromordinal(mention.start)
    last = date.fromordinal(mention.end if mention.end is not None else mention.start)
    told = f"{first.day} {first:%B %Y}"
    return told if first == last else f"{told} to {last.day} {last:%B %Y}"


def _place(mention: Mention) -> str:
    return mention.where.name.title() if mention.where else "no place"


def _people(people: tuple[Who, ...]) -> str:
    return " and ".join(one.name for one in people) or "nobody"


def _shared(one: tuple[Who, ...], two: tuple[Who, ...]) -> str:
    """Return the names of those whom both sides have."""
    known = {who.entity or who.name for who in two}
    return _people(tuple(who for who in one if (who.entity or who.name) in known)) if one else ""


def _words(a: Mention, b: Mention) -> str:
    return ", ".join(word for word in a.words if word in set(b.words))


def _doubled(value: float, unit: float = 1.0) -> str:
    """Return the number that a count of doublings stands for."""
    return f"{(2.0**value - 1.0) * unit:,.0f}"


def _tolls(a: Mention, b: Mention) -> str:
    """Return the numbers that both give, side by side."""
    kinds = [kind for kind in a.tolls if kind in b.tolls]
    return ", ".join(f"{a.tolls[kind][0]:g} and {b.tolls[kind][0]:g} {kind}" for kind in kinds)


def _modalities(a: Mention, b: Mention) -> str:
    return f"one is {MODALITIES[a.modality]}, the other {MODALITIES[b.modality]}"


def _vetoed(a: Mention, b: Mention) -> str:
    if a.content_of == b.id or b.content_of == a.id:
        return "one is what the other asks for, threatens or tells of"
    return f"{_modalities(a, b)}: these are never one event"


_SAYINGS: dict[str, Say] = {
    "same_type": lambda _, a, __: f"both are {a.type}",
    "kin_type": lambda _, a, b: f"{a.type} and {b.type} may name one event",
    "no_type": lambda *_: "one has no type",
    "same_lemma": lambda _, a, __: f"both are told by “{a.lemma}”",
    "rare_lemma": lambda _, a, __: f"“{a.lemma}” is not a common word",
    "kin_lemma": lambda _, a, b: f"“{a.lemma}” and “{b.lemma}” may name one thing",
    "near_lemma": lambda _, a, b: f"“{a.lemma}” and “{b.lemma}” are of one origin",
    "modes_shared": lambda _, a, b: f"both are {', '.join(m for m in a.modes if m in b.modes)}",
    "modes_clash": lambda _, a, b: f"one is {', '.join(a.modes)}, the other {', '.join(b.modes)}",
    "denied": lambda *_: "one says that it happened, the other that it did not",
    "unsure": lambda _, a, b: _modalities(a, b),
    "same_day": lambda _, a, b: f"both on {_day(a if _length(a) < _length(b) else b)}",
    "days_overlap": lambda _, a, b: f"{_day(a)} and {_day(b)} overlap",
    "days_apart": lambda v, a, b: f"{_doubled(v)} days apart: {_day(a)} and {_day(b)}",
    "once_dated": lambda _, a, b: f"one alone gives a day, {_day(b if a.start is None else a)}",
    "never_dated": lambda *_: "neither gives a day",
    "reports_apart": lambda v, *_: f"the reports are {_doubled(v)} days apart",
    "day_and_report": lambda v, a, b: (
        f"{_day(b if a.start is None else a)} is {_doubled(v)} days from what the other may mean"
    ),
    "told_before": lambda *_: "one was reported before the day that the other gives",
    "years_apart": lambda *_: "one sentence names a year that the other event is not of",
    "same_place": lambda _, a, __: f"both in {_place(a)}",
    "same_country": lambda _, a, b: f"{_place(a)} and {_place(b)} are in one country",
    "kilometres": lambda v, a, b: f"{_place(a)} and {_place(b)} are {_doubled(v, 10)} km apart",
    "abroad": lambda _, a, b: f"{_place(a)} and {_place(b)} are in two countries",
    "places_differ": lambda _, a, b: f"{_place(a)} and {_place(b)} are not called the same",
    "place_told": lambda _, a, b: f"both sentences name {_place(a if a.where else b)}",
    "actors_same": lambda _, a, b: f"both have {_shared(a.actors, b.actors)} as actor",
    "actors_rare": lambda _, a, b: f"{_shared(a.actors, b.actors)} is not a common name",
    "actors_alike": lambda _, a, b: f"{_people(a.actors)} and {_people(b.actors)} go together",
    "actors_foreign": lambda _, a, b: (
        f"the actors, {_people(a.actors)} and {_people(b.actors)}, are of different countries"
    ),
    "actors_differ": lambda _, a, b: (
        f"the actors are called {_people(a.actors)} and {_people(b.actors)}"
    ),
    "actors_told": lambda _, a, b: f"both sentences name {_people(a.actors or b.actors)}",
    "recipients_same": lambda _, a, b: (
        f"both have {_shared(a.recipients, b.recipients)} as recipient"
    ),
    "recipients_rare": lambda _, a, b: (
        f"{_shared(a.recipients, b.recipients)} is not a common name"
    ),
    "recipients_alike": lambda _, a, b: (
        f"{_people(a.recipients)} and {_people(b.recipients)} go together"
    ),
    "recipients_foreign": lambda _, a, b: (
        f"the recipients, {_people(a.recipients)} and {_people(b.recipients)}, are of different "
        "countries"
    ),
    "recipients_differ": lambda _, a, b: (
        f"the recipients are called {_people(a.recipients)} and {_people(b.recipients)}"
    ),
    "recipients_told": lambda _, a, b: (
        f"both sentences name {_people(a.recipients or b.recipients)}"
    ),
    "swapped": lambda *_: "the actor of one is the recipient of the other",
    "speakers_same": lambda _, a, b: f"{_shared(a.speakers, b.speakers)} tells of both",
    "tolls_equal": lambda _, a, b: f"the numbers agree: {_tolls(a, b)}",
    "tolls_overlap": lambda _, a, b: f"the numbers go together: {_tolls(a, b)}",
    "tolls_apart": lambda _, a, b: f"the numbers are apart: {_tolls(a, b)}",
    "outcomes_same": lambda _, a, __: f"both were {a.outcome}",
    "outcomes_clash": lambda _, a, b: f"one was {a.outcome}, the other {b.outcome}",
    "sentences": lambda v, a, b: f"the sentences share {_words(a, b)} ({v:.2f})",
    "wording": lambda *_: "the sentences have almost the same words",
    "beside": lambda _, a, b: f"“{a.lemma}” and “{b.lemma}” stand in the same words",
    "numerals": lambda *_: "the sentences share a number",
    "articles": lambda v, *_: f"the articles share rare words ({v:.2f})",
    "copied": lambda v, *_: f"{v:.0%} of one article stands in the other",
    "same_article": lambda *_: "one article tells of them apart",
    "coder_same": lambda *_: "the article tells of one event twice",
    "same_sentence": lambda *_: "both stand in one sentence",
    "lines_apart": lambda v, *_: f"they stand {_doubled(v)} lines apart",
    "veto": lambda _, a, b: _vetoed(a, b),
}


def _length(mention: Mention) -> int:
    return (mention.end or 0) - (mention.start or 0)
