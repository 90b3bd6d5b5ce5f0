"""A threat told to a person: who threatens whom with what, until when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tocsin.explain.lines import Line, Part, counted, days, labelled
from tocsin.explain.origins import Bylines
from tocsin.explain.values import who
from tocsin.explain.wording import bracket, joined, quoted
from tocsin.records.claim import Claim, Participant
from tocsin.records.evidence import Span
from tocsin.records.threat import Candidate, Deadline, Threat, Utterance

KINDS = {
    "compellent": "asks for an act, or else",
    "deterrent": "forbids an act, or else",
    "unconditional": "announces an act, on no condition",
    "ultimatum": "asks for an act by a day, or else",
    "demand": "asks for an act",
    "warning": "warns of what another will do",
    "civilian-warning": "tells civilians to leave or to keep away",
    "deadline": "a day by which something is due, without a threat",
    "promise": "binds itself to an act",
}
STATUSES = {
    "open": "nothing has closed it",
    "due": "its deadline is near",
    "grace": "its deadline has just passed",
    "extended": "its deadline was moved",
    "withdrawn": "taken back",
    "resolved": "done as asked, or carried out",
    "lapsed": "its deadline has passed and nothing has closed it",
    "void": "a person judged that it is none",
}
DOES = {
    "issues": "makes it", "restates": "repeats it", "extends": "gives more time",
    "revises": "changes it", "withdraws": "takes it back", "denies": "denies it",
    "recalls": "looks back at it",
}  # fmt: skip
TIMINGS = {
    "before": "before the deadline", "at": "on the deadline", "grace": "just after the deadline",
    "after": "afterwards", "still open": "still open",
}  # fmt: skip

Titles = Mapping[str, str]


def parts(
    threat: Threat, claims: Mapping[str, Claim], bylines: Bylines, titles: Titles
) -> tuple[Part, ...]:
    """Return a threat in parts; `titles` are those of the events and threats that it points to."""
    found = (
        Part(threat.title, tuple(head(threat))),
        Part("Terms", tuple(_terms(threat))),
        Part("Outcome", tuple(_outcome(threat, titles))),
        Part("What may have come of it", tuple(_candidates(threat.candidates, titles))),
        Part("Shows that it is meant", tuple(_named(threat.signals, titles))),
        Part("Answers", tuple(_named(threat.answers, titles))),
        Part("Said", tuple(_said(threat.utterances, claims, bylines))),
    )
    return tuple(part for part in found if part.lines)


def head(threat: Threat) -> Iterator[Line]:
    """Yield a threat's id, its kind, how it stands, and how often it was reported."""
    yield Line(threat.id, about=(threat.id,))
    yield Line(f"{threat.kind}: {KINDS[threat.kind]}")
    yield Line(f"{threat.status}: {STATUSES[threat.status]}")
    yield Line(tally(threat))


def tally(threat: Threat) -> str:
    """Return how many reports and origins a threat has, and when it was reported."""
    told = counted(len(threat.utterances), "report")
    seen = days(threat.first_reported, threat.last_reported)
    return f"{told}, {counted(threat.independent, 'independent origin')}, reported {seen}"


def _terms(threat: Threat) -> Iterator[Line]:
    yield from _people("issuer", threat.issuer)
    yield from _people("target", threat.target)
    yield from _people("by", threat.by)
    yield from _words("demand", threat.demand, threat.demand_type)
    yield from _words("condition", threat.condition, threat.polarity)
    yield from _words("cost", threat.cost, threat.cost_type)
    yield from _people("object", threat.object)
    if threat.cost_place is not None:
        yield Line(threat.cost_place, "place")
    if threat.issued is not None:
        yield Line(str(threat.issued), "issued")
    if threat.deadline is not None:
        yield Line(_deadline(threat.deadline), "deadline")
    yield from labelled("moved from", [_deadline(one) for one in threat.moved_from])
    demand, cost, time = threat.specificity
    yield Line(f"demand {demand} of 3, cost {cost} of 3, time {time} of 3", "exact")
    if threat.gravity is not None:
        yield Line(f"{threat.gravity} of 6", "gravity")
    bound = "" if threat.authority == "unknown" else f"; who says so {threat.authority} the issuer"
    yield Line(f"{threat.certainty}{bound}", "certainty")


def _people(label: str, side: Sequence[Participant]) -> Iterator[Line]:
    yield from labelled(label, [who(one.name, one.country, one.sectors) for one in side])


def _words(label: str, span: Span | None, kind: str | None) -> Iterator[Line]:
    if span is not None:
        yield Line(quoted(span) + bracket(kind or ""), label)
    elif kind is not None:
        yield Line(kind, label)


def _deadline(one: Deadline) -> str:
    quote = quoted(one.quote) if one.quote is not None else ""
    return days(one.start, one.end) + bracket(quote, one.basis)


def _outcome(threat: Threat, titles: Titles) -> Iterator[Line]:
    made = threat.outcome
    yield Line(made.target, "target")
    yield Line(made.issuer, "issuer")
    yield Line(TIMINGS[made.timing], "when")
    if made.reading is not None:
        yield Line(made.reading, "reading")
    yield from labelled("shown by", [_title(name, titles) for name in made.evidence])


def _candidates(found: Sequence[Candidate], titles: Titles) -> Iterator[Line]:
    """Yield the events that may be an outcome, each with the features that speak for it."""
    for one in found:
        day = f", {one.day}" if one.day else ""
        sure = "confirmed" if one.confirmed else f"{one.score:.2f}, not confirmed"
        words = f"the {one.axis}: {one.did}, {TIMINGS[one.timing]}{day} ({sure})"
        yield Line(words, about=(one.event,))
        yield Line(_title(one.event, titles), depth=1, about=(one.event,))
        told = [f"{part.name} {part.value:.2f}, {part.because}" for part in one.features]
        yield Line("; ".join(told), depth=1)


def _named(names: Sequence[str], titles: Titles) -> Iterator[Line]:
    for name in names:
        yield Line(_title(name, titles), about=(name,))


def _title(name: str, titles: Titles) -> str:
    return f"{titles[name]} ({name})" if name in titles else name


def _said(
    utterances: Sequence[Utterance], claims: Mapping[str, Claim], bylines: Bylines
) -> Iterator[Line]:
    for number, one in enumerate(utterances, 1):
        outlet = bylines[one.article].outlet if one.article in bylines else None
        words = [str(one.day) if one.day else "undated", outlet or "?", DOES[one.does], one.claim]
        yield Line("  ".join(words), str(number), about=(one.claim, one.article))
        if one.claim in claims:
            quote = " ".join(claims[one.claim].sentence.quote.split())
            yield Line(f"“{quote}”", depth=1)


def short(threat: Threat) -> str:
    """Return in one line how a threat stands, until when, and what is known of its outcome."""
    due = f", until {days(threat.deadline.start, threat.deadline.end)}" if threat.deadline else ""
    made = [f"the {axis}: {did}" for axis, did in _known(threat)]
    end = f"; {joined(made)}" if made else ""
    if not made and threat.candidates:
        end = f"; {counted(len(threat.candidates), 'possible outcome')} to confirm"
    return f"{threat.kind}, {threat.status}{due}: {tally(threat)}{end}"


def _known(threat: Threat) -> Iterator[tuple[str, str]]:
    for axis, did in (("issuer", threat.outcome.issuer), ("target", threat.outcome.target)):
        if did != "cannot tell":
            yield axis, did
