"""Records and views put into the answers of tools, cut and cleaned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from tocsin.explain.event import LEVELS
from tocsin.explain.lines import number
from tocsin.explain.origins import STANCES
from tocsin.explain.threat import STATUSES
from tocsin.mcp import answers, bounds
from tocsin.mcp.bounds import called, name, quote, said, some
from tocsin.records.claim import Claim
from tocsin.records.event import Event
from tocsin.views import claim as claims
from tocsin.views import event as events
from tocsin.views import sources, telling
from tocsin.views import threats as ledgers
from tocsin.views.claim import Standing, glance
from tocsin.views.records import Told

NOBODY = "machine only: no person has looked at it"
STANDINGS: dict[Standing, str] = {
    "machine": NOBODY,
    "accepted": "reviewed: a person accepted it",
    "corrected": "reviewed: a person corrected it",
    "rejected": "reviewed: a person rejected it; do not rely on it",
}


def told(one: Told) -> answers.Claim:
    """Return a claim in short, with where it was published."""
    claim, byline = one.claim, one.byline
    short = glance(claim, 0)
    return answers.Claim(
        id=claim.id, type=claim.type, modality=claim.modality, modes=list(claim.modes),
        actors=_names(short.who), recipients=_names(short.whom),
        on_whose_word=word(claim, byline.outlet), quote=quote(claim.sentence.quote),
        outlet=called(byline.outlet, "outlet unknown"),
        published=byline.published.day if byline.published else None, title=called(byline.title),
        article=claim.article, event=one.event, standing=STANDINGS[one.standing],
        confidence=round(claim.confidence, 2), place=name(short.place), when=name(short.when),
        denied_by=_names(tuple(one.name for one in claim.denied_by)), retracted=byline.retracted,
    )  # fmt: skip


def word(claim: Claim, outlet: str | None) -> str:
    """Return on whose word a claim stands: who said it, through whom, where it was published."""
    by = called(outlet, "an outlet that is not known")
    if claim.attribution is None or not claim.attribution.chain:
        return f"the outlet's own word ({by}); no speaker is named"
    inner, *outer = [called(one.name) for one in reversed(claim.attribution.chain)]
    way = "".join(f", relayed by {one}" for one in outer)
    return f"the word of {inner}{way}, published by {by}"


def line(one: Event) -> answers.EventLine:
    """Return an event in short."""
    killed = next((tally for tally in one.tallies if tally.kind == "killed"), None)
    return answers.EventLine(
        id=one.id, title=called(one.title), type=one.type, modality=one.modality,
        level=one.level, level_means=LEVELS.get(one.level, ""),
        first_reported=one.first_reported, last_reported=one.last_reported,
        reports=len(one.reports), copies=one.copies, independent_origins=one.independent,
        articles=one.articles, disputed=bool(one.disputes),
        killed=telling.extent(killed) if killed else None,
    )  # fmt: skip


def event(view: events.View, claims_: Sequence[Told], why: Sequence[str]) -> answers.Event:
    """Return an event with its first claims and everything that is known of it, within bounds."""
    one = view.event
    ids = {number: report.claim for number, report in enumerate(one.reports, 1)}
    origins, others = some(view.sources, bounds.MANY)
    return answers.Event(
        event=line(one),
        standing="reviewed: a person judged some of it" if view.reviewed else NOBODY,
        sentences=_sentences(telling.tell(one)), not_said=_sentences(telling.unknown(one)),
        slots=[_slot(row, ids) for row in view.rows],
        disputes=[_dispute(quarrel, ids) for quarrel in view.quarrels[: bounds.SEVERAL]],
        origins=[_origin(source) for source in origins],
        claims=[told(each) for each in claims_], more_claims=len(view.claims) - len(claims_),
        more_origins=others,
        why_one_event=[said(each) for each in why[: bounds.SEVERAL]],
    )  # fmt: skip


def _sentences(found: Iterable[telling.Told]) -> list[answers.Sentence]:
    return [
        answers.Sentence(said(one.text), list(one.claims))
        for one in islice(found, bounds.MANY)
    ]  # fmt: skip


def _slot(row: events.Row, ids: dict[int, str]) -> answers.Slot:
    given, more = some(row.given, bounds.SEVERAL)
    values = [
        answers.Value(
            text=called(one.text), claims=[ids[at] for at in one.claims if at in ids],
            tags=_names(one.tags), origins=one.origins, best=one.best,
        )
        for one in given
    ]  # fmt: skip
    disputed = said(row.disputed) if row.disputed else None
    return answers.Slot(slot=row.field, values=values, disputed=disputed, more=more)


def _dispute(one: events.Quarrel, ids: dict[int, str]) -> answers.Dispute:
    sides = [
        answers.Side(
            called(side.text), _names(side.origins), [ids[at] for at in side.claims if at in ids]
        )
        for side in one.sides
    ]
    return answers.Dispute(called(one.title), said(one.because), sides)


def _origin(one: events.Source) -> answers.Origin:
    ways, more = some(one.ways, bounds.SEVERAL)
    reports = [
        answers.Report(
            claim=way.report.claim, way=_names(way.steps), day=way.report.day,
            stance=STANCES[way.report.stance] or "says so", copied_from=name(way.copied),
            grade=f"{way.grade}: {way.graded}",
        )
        for way in ways
    ]  # fmt: skip
    return answers.Origin(
        name=called(one.origin.name), kind=one.origin.kind,
        side_of_the_conflict=one.origin.party, reports=reports, more=more,
    )  # fmt: skip


def opened(view: claims.View, claim: Told) -> answers.Opened:
    """Return a claim with all its evidence."""
    ends = [
        *(answers.Link(_KINDS[one.kind][0], one.claim, one.type, quote(one.words))
          for one in view.links),
        *(answers.Link(_KINDS[one.kind][1], one.claim, one.type, quote(one.words))
          for one in view.told),
    ]  # fmt: skip
    return answers.Opened(
        claim=told(claim),
        fields=[_words(slot, value) for slot in view.slots
                for value in slot.values[: bounds.SEVERAL]],
        around=quote("".join(piece.text for piece in view.around)), because=said(view.because),
        links=ends[: bounds.MANY],
        decisions=[
            answers.Decision(said(one.words), called(one.author), one.when, said(one.reason))
            for one in view.decisions[-bounds.SEVERAL :]
        ],
        url=name(view.evidence.url), coded_by=view.stamp,
    )  # fmt: skip


# How a claim stands to one that it points to, and how that one stands to it.
_KINDS = {
    "content_of": ("is the content of", "has as its content"),
    "response_to": ("answers", "is answered by"),
    "same_as": ("tells of the same event as", "tells of the same event as"),
}


def _words(slot: claims.Slot, value: claims.Value) -> answers.Words:
    span = value.span
    return answers.Words(
        field=slot.field, value=called(value.text), quote=quote(span.quote) if span else None,
        start=span.start if span else None, end=span.end if span else None,
        tags=_names(value.tags), why=[said(one) for one in value.why[: bounds.SEVERAL]],
        unknown=said(value.unknown) if value.unknown else None,
    )  # fmt: skip


def threat(row: ledgers.Row, ids: Sequence[str] = (), words: str | None = None) -> answers.Threat:
    """Return a threat of the ledger in short, with the newest claims and words for it."""
    due = row.deadline
    return answers.Threat(
        id=row.id, title=called(row.title), kind=row.kind, status=row.status,
        status_means=STATUSES[row.status], issuer=_names(row.issuer), target=_names(row.target),
        certainty=row.certainty, reports=row.reports, independent_origins=row.origins,
        first_issued=row.issued, last_reported=row.last, demand=name(row.demand),
        cost=name(row.cost), condition=name(row.condition),
        due_from=due.start if due else None, due_until=due.end if due else None,
        days=row.days, overdue=row.late, did=row.did, target_did=row.target_did,
        claims=list(ids), quote=quote(words) if words else None,
    )  # fmt: skip


def maybe(one: ledgers.Proposal) -> answers.Maybe:
    """Return an event that may be the outcome of a threat."""
    found = one.candidate
    return answers.Maybe(
        found.event, called(one.event.title if one.event else ""), found.axis, found.did,
        [said(each.because) for each in found.features], found.confirmed,
    )  # fmt: skip


def source(row: sources.Row) -> answers.Source:
    """Return an outlet with how it fared."""
    one, known = row.outlet, row.source
    return answers.Source(
        outlet=called(one.name, "outlet unknown"), articles=one.articles, claims=one.claims,
        events=row.events, first=one.first, last=one.last, alone_at_first=row.record.tried,
        borne_out_later=row.record.borne, country=known.country if known else None,
        language=known.languages[0] if known and known.languages else None,
        grade=known.reliability if known else None,
    )  # fmt: skip


def interval(share: float, low: float, high: float) -> str:
    """Return between which counts, or chances, what comes lies with a chance of so much."""
    whole = low == int(low) and high == int(high)
    told = number(int(low), int(high)) if whole else f"{low:.2f} to {high:.2f}"
    return f"{share:.0%}: {told}"


def _names(found: Sequence[str]) -> list[str]:
    return [called(one) for one in found[: bounds.SEVERAL]]
