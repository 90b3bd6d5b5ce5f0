"""One sentence that says why a claim was coded as it is: the words and the hand of each field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from tocsin.explain.marks import counts
from tocsin.explain.wording import (
    bracket,
    days,
    flowing,
    hand,
    joined,
    number,
    person,
    quoted,
    reasons,
)
from tocsin.records.claim import Attribution, Claim, Condition, Interval, Place
from tocsin.records.evidence import Span

# What the network sees, by type; a type of one's own is called by its name.
NOUNS = {
    "ACCUSE": "an accusation", "AGREE": "an agreement", "AID": "aid", "ASSAULT": "an assault",
    "COERCE": "coercion", "CONCEDE": "a concession", "CONSULT": "a consultation",
    "COOPERATE": "cooperation", "MOBILIZE": "a mobilization", "PROTEST": "a protest",
    "REJECT": "a rejection", "REQUEST": "a request", "RETREAT": "a retreat",
    "SANCTION": "a sanction", "SUPPORT": "support", "THREATEN": "a threat",
}  # fmt: skip
TOLD = {
    "actual": "as having happened",
    "negated": "as not having happened",
    "future": "as planned or announced",
    "possible": "as possible",
    "conditional": "as conditional",
    "requested": "as asked for",
}
STYLES = {
    "direct": "in direct speech",
    "indirect": "in indirect speech",
    "mixed": "partly in direct speech",
}
OUTCOMES = {
    "intercepted": "it was intercepted",
    "foiled": "it was foiled",
    "failed": "it failed",
}
COUNTED = {
    "killed": "the number killed",
    "injured": "the number injured",
    "arrested": "the number arrested",
    "displaced": "the number displaced",
    "crowd": "the number in the crowd",
}
LINKS = {
    "content_of": "it is the content of",
    "response_to": "it answers",
    "same_as": "it tells of the same event as",
}
EXTENT = {
    "country": "no nearer than the country",
    "region": "no nearer than the region",
    "place": "to the place",
    "point": "to the point",
}

# The numbers that claims have where they are shown.
Numbers = Mapping[str, int]


def sentence(claim: Claim, numbers: Numbers | None = None) -> str:
    """Return in one sentence which words and which rule or score stand behind each field.

    A field that stays empty for a reason says the reason. Linked claims are called by their
    number, where one is given.
    """
    return "; ".join([_type(claim), *_clauses(claim, numbers or {})]) + "."


def _clauses(claim: Claim, numbers: Numbers) -> Iterator[str]:
    yield from _modes(claim)
    yield _modality(claim)
    if claim.condition is not None:
        yield _condition(claim, claim.condition)
    yield from _parties(claim)
    yield _attribution(claim, claim.attribution)
    if claim.denied_by:
        yield f"it is denied by {joined([person(claim, p, 'denier') for p in claim.denied_by])}"
    if claim.outcome is not None:
        yield OUTCOMES[claim.outcome] + bracket(*_hands(claim, "outcome"))
    if claim.date is not None:
        yield _days(claim, "date", claim.date)
    if claim.deadline is not None:
        yield _days(claim, "deadline", claim.deadline)
    if claim.place is not None:
        yield _place(claim, claim.place)
    yield from _counts(claim)
    yield from _links(claim, numbers)
    yield f"the confidence is {claim.confidence:.2f}"


def _type(claim: Claim) -> str:
    name = " ".join([claim.type, *claim.modes])
    why = {r.hand: r for r in reasons(claim, ("type",))}
    words, model, listed = quoted(claim.trigger), why.get("model"), why.get("lexicon")
    if model is not None:
        score = f" ({model.score:.2f})" if model.score is not None else ""
        because = f"the network takes {words} for {NOUNS.get(claim.type, claim.type)}{score}"
        because += f" and by the lexicon {flowing(listed.because)}" if listed else ""
    elif listed is not None:
        because = f"the words are {words} and by the lexicon {flowing(listed.because)}"
    else:
        because = f"the words are {words}"
    return f"Coded {name} because {because}"


def _hands(claim: Claim, field: str, span: Span | None = None) -> list[str]:
    return [hand(r, span) for r in reasons(claim, (field,), span)]


def _modes(claim: Claim) -> Iterator[str]:
    if claim.modes:
        pairs = zip_longest(claim.modes, reasons(claim, ("modes",))[: len(claim.modes)])
        told = [mode + bracket(hand(why) if why else "") for mode, why in pairs]
        yield f"the {'mode is' if len(told) == 1 else 'modes are'} {joined(told)}"


def _modality(claim: Claim) -> str:
    why = _hands(claim, "modality") or ["no word says otherwise"] * (claim.modality == "actual")
    return f"it is told {TOLD[claim.modality]}{bracket(*why)}"


def _condition(claim: Claim, condition: Condition) -> str:
    words = quoted(condition.span)
    kind = "" if condition.kind in words.casefold() else f"{condition.kind} "
    return f"the condition is {kind}{words}{bracket(*_hands(claim, 'condition', condition.span))}"


def _parties(claim: Claim) -> Iterator[str]:
    """Yield who acts and on whom; nobody found is said once for both."""
    if not claim.actors and not claim.recipients:
        yield "no words were found that name an actor or a recipient"
        return
    for field, one, people in (
        ("actor", "an actor", claim.actors),
        ("recipient", "a recipient", claim.recipients),
    ):
        told = [person(claim, who, field) for who in people]
        if not told:
            yield f"no words were found that name {one}"
        else:
            yield f"the {field}{' is' if len(told) == 1 else 's are'} {joined(told)}"


def _attribution(claim: Claim, told: Attribution | None) -> str:
    if told is None:
        return "no speaker was found, so it stands as the article’s own word"
    inner, *outer = [person(claim, who, "speaker", "relay") for who in reversed(told.chain)]
    words = f"it is said by {inner}"
    if outer:
        words += ", relayed by " + " and then by ".join(outer)
    if told.cue is not None:
        words += f", with {quoted(told.cue)} as the cue, {STYLES[told.style]}"
    return words


def _days(claim: Claim, field: str, interval: Interval) -> str:
    """Return the days of a date or deadline, or why its words mean none."""
    own = reasons(claim, (field,))
    rule = [hand(r) for r in own if r.span is None]
    seen = [hand(r, interval.span) for r in reasons(claim, (field,), interval.span) if r.span]
    words = quoted(interval.span)
    if interval.start is None and interval.end is None:
        because = f": {joined(rule)}" if rule else ""
        return f"there is no {field}, as {words}{bracket(*seen)} stays open{because}"
    return f"the {field} is {days(interval)}{bracket(words, *seen, *rule)}"


def _place(claim: Claim, place: Place) -> str:
    """Return where a claim happens, or why its words are no place on the map."""
    words, seen = quoted(place.span), _hands(claim, "place", place.span)
    if place.unknown is None:
        known = f"GeoNames {place.geonames}" if place.geonames is not None else ""
        extent = EXTENT[place.precision] if place.precision else ""
        told = (*seen, place.country or "", known, extent)
        named = place.name != place.span.quote
        return f"the place is {place.name if named else words}{bracket(words * named, *told)}"
    why = flowing(place.unknown)
    if place.country is None:
        return f"there is no place, as {words}{bracket(*seen)} stays open: {why}"
    land = f"in {place.country} but without a point on the map"
    return f"the place is {words}{bracket(*seen)}, {land}: {why}"


def _counts(claim: Claim) -> Iterator[str]:
    for field, count in counts(claim):
        parts = [quoted(count.span), *_hands(claim, field, count.span)]
        if count.group is not None and not count.span.covers(count.group):
            parts.append(f"of {quoted(count.group)}")
        if count.cumulative:
            parts.append("a running total")
        yield f"{COUNTED[field]} is {number(count)}{bracket(*parts)}"


def _links(claim: Claim, numbers: Numbers) -> Iterator[str]:
    for field, words in LINKS.items():
        other = getattr(claim, field)
        if other is not None:
            why = reasons(claim, (field,))
            by = [quoted(r.span) for r in why if r.span][:1]
            name = f"claim {numbers[other]}" if other in numbers else "another claim"
            yield f"{words} {name}{bracket(*by, *(hand(r) for r in why))}"
