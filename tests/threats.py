"""Builders for the ledger: sentences as claims with their bylines, and events of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from tests.build import a_claim, a_participant, a_span, an_article
from tocsin.fusion.told import Told
from tocsin.records.article import Byline, Moment
from tocsin.records.claim import Claim, Interval, Modality, Participant
from tocsin.records.event import Event, event_id
from tocsin.records.evidence import Span, span_of
from tocsin.records.origin import Report
from tocsin.records.relation import Relation, relation_id

DAY = date(2024, 3, 5)  # a Tuesday
# Who stands in the sentences, as a coder would know them: entity, country, sectors.
WHO: Mapping[str, tuple[str | None, str | None, tuple[str, ...]]] = {
    "Norland": ("NOR", "NOR", ("GOV",)),
    "Norland's army": ("nor-army", "NOR", ("MIL",)),
    "Sudland": ("SDN", "SDN", ("GOV",)),
    "Westland": ("WST", "WST", ("GOV",)),
    "the Front": ("sdn-front", "SDN", ("REB",)),
    "the League": ("igo-league", "IGO", ()),
    "residents": (None, "SDN", ("CVL",)),
    "an analyst": (None, "WST", ("EDU",)),
    "the workers": (None, "NOR", ("LAB",)),
    "officials": (None, None, ("GOV",)),
}


def who(text: str, *names: str) -> tuple[Participant, ...]:
    """Return participants of `WHO` where a text names them."""
    return tuple(
        a_participant(
            a_span(text, name), name.removeprefix("the "), entity=WHO[name][0],
            country=WHO[name][1], sectors=WHO[name][2],
        )
        for name in names
    )  # fmt: skip


def told(
    text: str,
    trigger: str | Span,
    *,
    code: str = "THREATEN",
    day: date | None = DAY,
    outlet: str = "The Teller",
    actors: Sequence[str] = (),
    recipients: Sequence[str] = (),
    speakers: Sequence[str] = (),
    modality: Modality = "actual",
    modes: tuple[str, ...] = (),
    of: Told | None = None,
    when: tuple[date | None, date | None] | None = None,
    deadline: Interval | None = None,
    response_to: str | None = None,
    cue: str | None = None,
) -> Told:
    """Return one claim of a text with its byline; the sentence is the whole text."""
    article = an_article(text, published=day, outlet=outlet)
    claim = a_claim(
        article, trigger, code=code, modes=modes, modality=modality,
        actors=who(text, *actors), recipients=who(text, *recipients),
        speakers=who(text, *speakers), content_of=of.claim.id if of else None,
        when=Interval(*when, span_of(text, 0, 1)) if when else None,
    )  # fmt: skip
    claim = replace(claim, deadline=deadline, response_to=response_to)
    if cue is not None and claim.attribution is not None:
        attribution = replace(claim.attribution, cue=a_span(text, cue))
        claim = replace(claim, attribution=attribution)
    moment = Moment(day) if day else None
    return Told(claim, Byline(article=article.id, outlet=outlet, published=moment))


def by_id(rows: Iterable[Told]) -> dict[str, Told]:
    """Return claims with their bylines by the claims' ids."""
    return {row.claim.id: row for row in rows}


def an_event(*rows: Told) -> Event:
    """Return an event of some claims, each a report of its own outlet."""
    first: Claim = rows[0].claim
    reports = tuple(
        Report(
            claim=row.claim.id, article=row.claim.article, outlet=row.byline.outlet,
            origin=f"origin-{row.byline.outlet}", day=row.day,
        )
        for row in rows
    )  # fmt: skip
    return Event(
        id=event_id(first.id), type=first.type, modality=first.modality, level="single origin",
        reports=reports, origins=(), independent=1, copies=0, articles=1,
    )  # fmt: skip


def events_of(rows: Iterable[Told]) -> list[Event]:
    """Return an event for each claim."""
    return [an_event(row) for row in rows]


def a_relation(one: str, name: str, other: str) -> Relation:
    """Return that a text says how two of `WHO` stand to each other."""
    text = f"{one} and {other}"
    subject, object_ = who(text, one, other)
    return Relation(
        id=relation_id("article", name, subject.span, object_.span), article="article",
        subject=subject, relation=name, object=object_, span=span_of(text, 0, len(text)),  # type: ignore[arg-type]
    )  # fmt: skip
