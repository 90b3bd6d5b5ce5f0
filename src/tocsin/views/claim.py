"""A claim as a reader sees it: its fields with their words, its chain, why it was coded so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.explain.judgement import sentence as decided
from tocsin.explain.marks import counts
from tocsin.explain.sentence import Numbers, sentence
from tocsin.explain.wording import days, hand, number
from tocsin.records.article import Article
from tocsin.records.claim import Claim, Interval, Participant, Place
from tocsin.records.evidence import Span
from tocsin.store import articles, codings, judgements, listing
from tocsin.store import decisions as deciding
from tocsin.store.listing import Line
from tocsin.views.pieces import Piece, pieces, spans

# How far a person stands behind a claim, and whether it tells of something that happened.
Standing = Literal["machine", "accepted", "corrected", "rejected"]
REAL = frozenset({"actual", "negated"})
LINKS = ("content_of", "response_to", "same_as")
# Characters of the text shown on either side of a sentence.
AROUND = 240

Corrected = Mapping[str, Claim]


class Value(Struct, frozen=True, omit_defaults=True):
    """What a field holds: in words, with the words of the article and the hands behind it.

    `tags` are codes (country, sectors), `unknown` is why something of it stays open, `search` what
    to search for to find more of the same.
    """

    text: str
    span: Span | None = None
    tags: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    unknown: str | None = None
    search: str | None = None


class Slot(Struct, frozen=True, omit_defaults=True):
    """A field of a claim: what a reader asks, its role in the text, its values."""

    slot: str
    role: str
    field: str
    values: tuple[Value, ...] = ()


class Link(Struct, frozen=True):
    """Another claim of the article that this one hangs together with."""

    kind: str
    claim: str
    type: str
    words: str


class Glance(Struct, frozen=True, omit_defaults=True):
    """A claim on one or two lines: what lists, cards and pop-ups show."""

    id: str
    number: int
    article: str
    type: str
    modality: str
    trigger: str
    quote: str
    confidence: float
    modes: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    place: str | None = None
    when: str | None = None
    standing: Standing = "machine"
    real: bool = True
    denied: bool = False


class Evidence(Struct, frozen=True, omit_defaults=True):
    """A claim's sentence with its spans, and where it was published: enough to judge by."""

    glance: Glance
    pieces: tuple[Piece, ...]
    outlet: str | None
    published: date | None
    title: str
    url: str | None
    retracted: bool = False
    event: Line | None = None


class Decision(Struct, frozen=True):
    """What an analyst decided, in a sentence, by whom and when."""

    verdict: str
    words: str
    author: str
    when: date
    reason: str


class View(Struct, frozen=True):
    """A claim with everything a page about it shows."""

    evidence: Evidence
    around: tuple[Piece, ...]
    slots: tuple[Slot, ...]
    links: tuple[Link, ...]
    told: tuple[Link, ...]
    because: str
    decisions: tuple[Decision, ...]
    stamp: str
    coded: Claim


def view(connection: Connection, name: str, corrected: Corrected) -> View | None:
    """Return a claim by its id or the beginning of one; None where there is none, or several."""
    found = listing.claims_called(connection, name)
    claim = codings.claims(connection, found).get(found[0]) if len(found) == 1 else None
    if claim is None:
        return None
    coded = codings.load(connection, [claim.article])[0]
    claims = tuple(corrected.get(one.id, one) for one in coded.claims)
    claim = corrected.get(claim.id, claim)
    numbers = {one.id: at for at, one in enumerate(claims, 1)}
    return View(
        evidence=evidence(connection, [claim], corrected, numbers)[0],
        around=tuple(_around(coded.article, claim, numbers[claim.id])),
        slots=tuple(slots(claim)),
        links=tuple(_links(claim, claims)),
        told=tuple(_told(claim, claims)),
        because=sentence(claim, numbers),
        decisions=tuple(decisions(connection, claim)),
        stamp=f"Tocsin {coded.stamp.version}, {coded.stamp.model}, {coded.stamp.ontology}",
        coded=claim,
    )


def evidence(
    connection: Connection,
    claims: list[Claim],
    corrected: Corrected,
    numbers: Numbers | None = None,
) -> list[Evidence]:
    """Return claims with their sentences and bylines, in the order given."""
    held = {one.article.id: one for one in articles.load(connection, [c.article for c in claims])}
    of = listing.of_claims(connection, [c.id for c in claims])
    verdicts = judged(connection, claims=[c.id for c in claims])
    out = []
    for at, claim in enumerate(claims, 1):
        stored = held[claim.article]
        own = (numbers or {}).get(claim.id, at)
        now = corrected.get(claim.id, claim)
        inside = spans([(own, now)])
        text = stored.article.text
        cut = pieces(text, inside, now.sentence.start, now.sentence.end)
        out.append(
            Evidence(
                glance=glance(now, own, verdicts.get(claim.id)), pieces=tuple(cut),
                outlet=stored.article.outlet,
                published=stored.article.published.day if stored.article.published else None,
                title=stored.article.title, url=stored.article.url,
                retracted=stored.state == "retracted", event=of.get(claim.id),
            )
        )  # fmt: skip
    return out


def citation(one: Evidence) -> str:
    """Return a claim's sentence with its outlet, its day and its id, for quoting elsewhere."""
    day = one.published.isoformat() if one.published else "undated"
    words = " ".join(one.glance.quote.split())
    return f"“{words}” ({one.outlet or 'outlet unknown'}, {day}, {one.glance.id})"


def judged(
    connection: Connection, article: str | None = None, claims: Collection[str] | None = None
) -> dict[str, Standing]:
    """Return how claims were judged, the last judgement of each, by their ids.

    Those of one article, some by their ids, or all.
    """
    names: dict[str, Standing] = {
        "accept": "accepted", "reject": "rejected", "correct": "corrected",
    }  # fmt: skip
    return {
        target: names[verdict]
        for target, verdict in deciding.verdicts(connection, article=article, targets=claims)
        if verdict in names and target.startswith("claim-")
    }


def glance(claim: Claim, number_: int, standing: Standing | None = None) -> Glance:
    """Return a claim on a line."""
    told = claim.attribution.chain if claim.attribution else ()
    when = claim.date
    return Glance(
        id=claim.id, number=number_, article=claim.article, type=claim.type,
        modality=claim.modality, trigger=claim.trigger.quote, quote=claim.sentence.quote,
        confidence=claim.confidence, modes=claim.modes,
        who=_names(claim.actors), whom=_names(claim.recipients),
        chain=tuple(one.name for one in told),
        place=claim.place.name if claim.place else None,
        when=days(when) if when and (when.start or when.end) else None,
        standing=standing or "machine", real=claim.modality in REAL,
        denied=bool(claim.denied_by),
    )  # fmt: skip


def slots(claim: Claim) -> Iterator[Slot]:
    """Yield the fields of a claim that hold something; who and to whom even where they do not."""
    kind = " ".join((claim.type, *claim.modes))
    what = Value(kind, claim.trigger, (claim.modality,), _why(claim, "type"),
                 search=f"type:{claim.type}")  # fmt: skip
    yield Slot("did", "trigger", "type", (what,))
    yield Slot("who", "actor", "actor", _people(claim, claim.actors, "actor"))
    yield Slot("whom", "recipient", "recipient", _people(claim, claim.recipients, "recipient"))
    if claim.attribution is not None:
        chain = claim.attribution.chain
        yield Slot("word", "speaker", "speaker", _people(claim, chain, "speaker", "said_by"))
    if claim.denied_by:
        yield Slot("word", "denier", "denier", _people(claim, claim.denied_by, "denier", ""))
    if claim.place is not None:
        yield Slot("where", "place", "place", (_place(claim, claim.place),))
    if claim.date is not None:
        yield Slot("when", "date", "date", (_days(claim, "date", claim.date),))
    if claim.deadline is not None:
        yield Slot("due", "deadline", "deadline", (_days(claim, "deadline", claim.deadline),))
    if claim.condition is not None:
        words = claim.condition.span.quote
        value = Value(
            words, claim.condition.span, (claim.condition.kind,), _why(claim, "condition")
        )
        yield Slot("condition", "condition", "condition", (value,))
    for field, count in counts(claim):
        tags = ("running total",) if count.cumulative else ()
        value = Value(number(count), count.span, tags, _why(claim, field))
        yield Slot("many", "count", field, (value,))
    if claim.outcome is not None:
        yield Slot(
            "did", "trigger", "outcome", (Value(claim.outcome, None, (), _why(claim, "outcome")),)
        )


def decisions(connection: Connection, claim: Claim) -> Iterator[Decision]:
    """Yield what analysts decided about a claim and holds, the first decision first."""
    for one in judgements.standing(connection, article=claim.article):
        if one.target == claim.id:
            yield Decision(one.verdict, decided(one), one.author, one.time.date(), one.reason)


def _names(people: tuple[Participant, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in people))


def _why(claim: Claim, *fields: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hand(one) for one in claim.reasons if one.field in fields))


def _people(
    claim: Claim, people: tuple[Participant, ...], field: str, search: str | None = None
) -> tuple[Value, ...]:
    return tuple(_person(claim, one, field, field if search is None else search) for one in people)


def _person(claim: Claim, one: Participant, field: str, search: str) -> Value:
    """Return somebody, with the reasons that are about his words."""
    own = [r for r in claim.reasons if r.field == field and r.span and r.span.overlaps(one.span)]
    asked = one.entity or one.name
    return Value(
        one.name, one.span, tuple(filter(None, (one.country, *one.sectors))),
        tuple(dict.fromkeys(hand(r) for r in own)), one.unknown,
        f'{search}:"{asked}"' if search and '"' not in asked else None,
    )  # fmt: skip


def _place(claim: Claim, place: Place) -> Value:
    tags = tuple(filter(None, (place.country, place.precision)))
    asked = f'place:"{place.name}"' if '"' not in place.name else None
    return Value(place.name, place.span, tags, _why(claim, "place"), place.unknown, asked)


def _days(claim: Claim, field: str, when: Interval) -> Value:
    told = days(when) if when.start or when.end else ""
    return Value(told, when.span, tuple(filter(None, (when.precision,))), _why(claim, field))


def _links(claim: Claim, claims: tuple[Claim, ...]) -> Iterator[Link]:
    known = {one.id: one for one in claims}
    for kind in LINKS:
        other = known.get(getattr(claim, kind) or "")
        if other is not None:
            yield Link(kind, other.id, other.type, other.trigger.quote)


def _told(claim: Claim, claims: tuple[Claim, ...]) -> Iterator[Link]:
    for kind in LINKS:
        for other in claims:
            if getattr(other, kind) == claim.id:
                yield Link(kind, other.id, other.type, other.trigger.quote)


def _around(article: Article, claim: Claim, own: int) -> list[Piece]:
    """Return the sentence of a claim with its spans, and some of what stands around it."""
    text, at = article.text, claim.sentence
    start = text.find(" ", at.start - AROUND) + 1 if at.start > AROUND else 0
    end = text.rfind(" ", 0, at.end + AROUND) if at.end + AROUND < len(text) else len(text)
    return pieces(text, spans([(own, claim)]), min(start, at.start), max(end, at.end))
