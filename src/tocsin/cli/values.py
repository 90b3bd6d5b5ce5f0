"""Corrections in plain words: `modality=negated`, `killed=12-40`, `actors="Israel; Hezbollah"`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

import msgspec
from msgspec import structs

from tocsin.base.errors import JudgementError
from tocsin.cli.who import bearers, described
from tocsin.coding import ranking, toponyms
from tocsin.fusion.judgements import FIELDS
from tocsin.ontology import actors, gazetteer
from tocsin.ontology.model import Ontology
from tocsin.records.claim import (
    Attribution,
    Claim,
    Condition,
    Count,
    Interval,
    Modality,
    Outcome,
    Participant,
    Place,
    TimePrecision,
)
from tocsin.records.evidence import Span

# What may be written for a field that should be empty.
EMPTY = frozenset({"", "none", "nothing", "nobody"})
# Why somebody named by a person stays unknown.
STRANGER = "no known actor is called so"
_PEOPLE = re.compile(r"\s*[,;+]\s*|\s+and\s+")
_TAGGED = re.compile(r"(?P<name>[^\[\]]+?)\s*\[(?P<country>[A-Z]{3}|\?)?\s*(?P<sectors>[A-Z ]*)\]")
_COUNT = re.compile(
    r"(?P<low>\d+)(?:\.0)?\s*(?:(?P<open>\+)|(?:-|–|to)\s*(?P<high>\d+)(?:\.0)?)?"
    r"\s*(?P<total>total)?"
)
# Thousands as people set them apart: 1,200, 1.200, 1'200 or 1 200; never 1,2 or 1.200,50.
_THOUSANDS = re.compile(
    r"(?<![\d.,])\d{1,3}(?:([.,'’ \u00a0\u202f])\d{3})(?:\1\d{3})*(?![.,'’]?\d)"
)
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Scene:
    """The claim that is corrected, the day of its article, and the types there are."""

    claim: Claim
    day: date
    ontology: Ontology

    def typed(self, kind: str) -> Scene:
        """Return the claim under another type, without the modes that are not of it."""
        known = self.ontology.types.get(kind)
        modes = tuple(mode for mode in self.claim.modes if known and mode in known.modes)
        return replace(self, claim=structs.replace(self.claim, type=kind, modes=modes))

    def span(self, *names: str) -> Span:
        """Return where one of some names stands in the claim's sentence, else its trigger."""
        return next(filter(None, map(self.find, names)), self.claim.trigger)

    def find(self, words: str) -> Span | None:
        """Return where words stand in the claim's sentence; None where they do not."""
        sentence = self.claim.sentence
        match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", sentence.quote, re.IGNORECASE)
        if match is None or not words:
            return None
        return Span(sentence.start + match.start(), sentence.start + match.end(), match.group())


def value(field: str, words: str, scene: Scene) -> Any:  # noqa: ANN401 - a value of any field
    """Return what some words put into a field of a claim; raise JudgementError where they cannot.

    Words that begin with a bracket are JSON, as records have it.
    """
    if field not in FIELDS:
        raise JudgementError(f"a claim has no {field!r}; expected one of {', '.join(FIELDS)}")
    said = words.strip()
    if said[:1] in ("{", "["):
        return _json(field, said)
    empty = said.casefold() in EMPTY
    if field in _SEVERAL:
        return () if empty else _SEVERAL[field](field, said, scene)
    if empty and field not in ("type", "modality"):
        return None
    return _SINGLE[field](field, said, scene)


def numbers(words: str) -> re.Match[str] | None:
    """Return the parts of a number of people: `low`, and `high`, `open` or `total` where given."""
    return _COUNT.fullmatch(_THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), words))


def pair(given: str) -> tuple[str, str]:
    """Return a field and the words for it; raise JudgementError where no sign parts them."""
    field, sign, words = given.partition("=")
    if not sign or not field.strip():
        raise JudgementError(f"{given!r}: expected FIELD=VALUE, such as modality=negated")
    return field.strip(), words.strip()


def unknown(after: object) -> Iterator[str]:
    """Yield what is not known of the people and places of a value, and what to write instead."""
    people = after.chain if isinstance(after, Attribution) else after
    for one in people if isinstance(people, tuple) else ():
        if isinstance(one, Participant) and one.unknown == STRANGER:
            yield f"{one.name}: {one.unknown}; [IRQ MIL] behind it gives country and sectors"
    if isinstance(after, Place) and after.unknown is not None:
        yield f"{after.name}: {after.unknown}; `tocsin where` tells what names mean"


def _json(field: str, words: str) -> Any:  # noqa: ANN401 - as above
    try:
        return msgspec.json.decode(words)
    except msgspec.DecodeError as error:
        raise JudgementError(f"{field}: no JSON ({error})") from error


def _one_of(field: str, words: str, known: Sequence[str]) -> str:
    """Return the known word that is meant, in whatever case it is written."""
    found = next((one for one in known if one.casefold() == words.casefold()), None)
    if found is None:
        raise JudgementError(f"{field}: found {words!r}; expected one of {', '.join(known)}")
    return found


def _type(field: str, words: str, scene: Scene) -> str:
    return _one_of(field, words, tuple(scene.ontology))


def _modes(field: str, words: str, scene: Scene) -> tuple[str, ...]:
    known = scene.ontology.types.get(scene.claim.type)
    names = tuple(known.modes) if known else ()
    return tuple(_one_of(field, word, names) for word in re.split(r"[,;\s]+", words))


def _contexts(field: str, words: str, scene: Scene) -> tuple[str, ...]:
    known = tuple(scene.ontology.contexts)
    return tuple(_one_of(field, word, known) for word in re.split(r"[,;\s]+", words))


def _modality(field: str, words: str, _scene: Scene) -> str:
    return _one_of(field, words, get_args(Modality))


def _outcome(field: str, words: str, _scene: Scene) -> str:
    return _one_of(field, words, get_args(Outcome))


def _people(_field: str, words: str, scene: Scene) -> tuple[Participant, ...]:
    return tuple(_person(name, scene) for name in _names(words))


def _names(words: str) -> list[str]:
    """Return the names in a list; one that is known as a whole is not taken apart."""
    if _PEOPLE.search(words) and actors.load().names.named(words):
        return [words]
    return [name for name in _PEOPLE.split(words) if name]


def _person(words: str, scene: Scene) -> Participant:
    """Return whom a name or an office means on the article's day, or who is given in brackets."""
    tagged = _TAGGED.fullmatch(words)
    if tagged is not None:
        name, country = tagged["name"], tagged["country"]
        return Participant(
            span=scene.span(name), name=name, country=None if country == "?" else country,
            sectors=tuple(tagged["sectors"].split()),
        )  # fmt: skip
    known = bearers(actors.load(), words, scene.day) or described(actors.load(), words, scene.day)
    if not known:
        return Participant(span=scene.span(words), name=words, unknown=STRANGER)
    one = known[0]
    aliases = one.actor.aliases if one.actor else ()
    return Participant(
        span=scene.span(words, one.name, *aliases), name=one.name, entity=one.id or None,
        country=one.country, sectors=one.sectors,
    )  # fmt: skip


def _attribution(_field: str, words: str, scene: Scene) -> Attribution:
    """Return the chain of speakers; who said it first is written first, as searches show it."""
    before = scene.claim.attribution
    chain = tuple(_person(name.strip(), scene) for name in reversed(words.split("<")))
    if before is None:
        return Attribution(chain=chain)
    return Attribution(chain=chain, cue=before.cue, style=before.style)


def _condition(field: str, words: str, scene: Scene) -> Condition:
    span = scene.find(words)
    if span is None:
        raise JudgementError(f"{field}: {words!r} does not stand in the claim's sentence")
    return Condition(span, "unless" if words.casefold().startswith("unless") else "if")


def _interval(field: str, words: str, scene: Scene) -> Interval:
    """Return a day, a month, a year, or the days from one to another; an end may be left open."""
    first, sign, last = (part.strip() for part in words.partition("/"))
    start = _unit(field, first, words) if first else None
    end = (_unit(field, last, words) if last else None) if sign else start
    if start is None and end is None:
        raise JudgementError(f"{field}: found {words!r}; expected a day such as 2024-11-22")
    before: Interval | None = getattr(scene.claim, field)
    days = start[0] if start else None, end[1] if end else None
    if days[0] and days[1] and days[1] < days[0]:
        raise JudgementError(f"{field}: {days[1]} is before {days[0]}; give the earlier day first")
    precision = start[2] if start is not None and start == end else "days"
    return Interval(*days, before.span if before else scene.claim.trigger, precision)


def _unit(field: str, words: str, whole: str) -> tuple[date, date, TimePrecision]:
    """Return the first and the last day of a day, month or year."""
    match = _DAY.fullmatch(words)
    try:
        year, month, day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        raise JudgementError(
            f"{field}: found {whole!r}; expected a day such as 2024-11-22, a month such as "
            "2024-11, or two with a slash between, such as 2024-11-22/2024-11-23"
        ) from error
    if day:
        return first, first, "day"
    last = first.replace(month=month or 12, day=monthrange(year, month or 12)[1])
    return first, last, "month" if month else "year"


def _place(_field: str, words: str, scene: Scene) -> Place:
    """Return the place of a name, as the gazetteer has it beside the claim's sentence."""
    held = gazetteer.load()
    text = f"{words} . {scene.claim.sentence.quote}"
    spans = [(0, len(words)), *toponyms.mentions(text, held, len(words))]
    choice = ranking.locate(text, spans, held)[0]
    name = words.partition(",")[0].strip()
    span = scene.span(words, name)
    if choice.spot is None:
        return Place(span=span, name=words, unknown=choice.because)
    spot = choice.spot
    return Place(
        span=span, name=name, country=spot.country, geonames=spot.id,
        latitude=round(spot.lat, 5), longitude=round(spot.lon, 5), precision=spot.precision,
    )  # fmt: skip


def _count(field: str, words: str, scene: Scene) -> Count:
    match = numbers(words)
    if match is None:
        raise JudgementError(
            f"{field}: found {words!r}; expected a number such as 12, 12-40, 12+, or 41 total"
        )
    low = int(match["low"])
    high = None if match["open"] else int(match["high"] or match["low"])
    if high is not None and high < low:
        raise JudgementError(f"{field}: {high} is less than {low}; give the smaller number first")
    before: Count | None = getattr(scene.claim, field)
    printed = scene.find(match["low"]) or scene.find(f"{low:,}")
    span = printed or (before.span if before else scene.claim.trigger)
    return Count(low, high, span, before.group if before else None, bool(match["total"]))


def _claim(_field: str, words: str, _scene: Scene) -> str:
    return words


_Reader = Callable[[str, str, Scene], Any]
_SEVERAL: dict[str, _Reader] = {
    "modes": _modes, "contexts": _contexts, "actors": _people, "recipients": _people,
    "denied_by": _people,
}  # fmt: skip
_SINGLE: dict[str, _Reader] = {
    "type": _type, "modality": _modality, "outcome": _outcome, "attribution": _attribution,
    "condition": _condition, "deadline": _interval, "date": _interval, "place": _place,
    "killed": _count, "injured": _count, "arrested": _count, "displaced": _count, "crowd": _count,
    "content_of": _claim, "response_to": _claim,
}  # fmt: skip
