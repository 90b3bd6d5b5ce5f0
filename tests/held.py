"""Events as fusion leaves them, and a stock of a few of them with their claims, for exports."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from csv import QUOTE_NONE, DictReader
from dataclasses import dataclass
from datetime import date
from typing import cast

from msgspec.structs import replace

from tests.build import a_claim, a_participant, a_span, an_article
from tocsin.export import forms
from tocsin.export.forms import Of, Stock, Wrote
from tocsin.records.article import Byline, Moment, byline
from tocsin.records.claim import Claim, Count, Outcome, Participant, claim_id
from tocsin.records.event import Event, Held, Spot, Tally, Toll
from tocsin.records.origin import Report
from tocsin.views.records import Told

DAY = date(2024, 6, 10)


def a_party(
    name: str, sectors: str = "", country: str | None = None, entity: str | None = None
) -> Participant:
    """Return a participant by its name; sectors have spaces between."""
    words = a_span(name, name)
    return a_participant(
        words, name, country=country, sectors=tuple(sectors.split()), entity=entity
    )  # fmt: skip


def a_report(
    text: str,
    trigger: str,
    actors: Sequence[Participant] = (),
    recipients: Sequence[Participant] = (),
    *,
    code: str = "ASSAULT",
    modes: tuple[str, ...] = (),
    outcome: Outcome | None = None,
    killed: int | None = None,
) -> Claim:
    """Return a claim of an article of this text alone."""
    article = an_article(text)
    claim = a_claim(
        article, trigger, code=code, modes=modes, actors=tuple(actors),
        recipients=tuple(recipients), outcome=outcome,
    )  # fmt: skip
    words = claim.trigger
    count = Count(killed, killed, words) if killed is not None else None
    return replace(claim, id=claim_id(article.id, code, words), killed=count)


def an_event(*claims: Claim, place: Spot | None = None) -> Event:
    """Return the event of some claims, each of another outlet and with its own origin."""
    first = claims[0]
    return Event(
        id=first.id.replace("claim", "event"), type=first.type, modality="actual",
        level="single origin", independent=len(claims), copies=0, articles=len(claims),
        origins=(), modes=tuple(sorted({mode for one in claims for mode in one.modes})),
        reports=tuple(
            Report(claim=one.id, article=one.article, outlet=f"Teller {at}", origin=f"origin-{at}",
                   day=DAY)
            for at, one in enumerate(claims)
        ),
        actors=_held([(one, who) for one in claims for who in one.actors]),
        recipients=_held([(one, who) for one in claims for who in one.recipients]),
        outcomes=tuple(
            Held(value=one.outcome, name=one.outcome, claims=(one.id,))
            for one in claims if one.outcome
        ),
        tallies=_tallies(claims), places=(replace(place, best=True),) if place else (),
        start=DAY, end=DAY, first_reported=DAY, last_reported=DAY, title="a title",
    )  # fmt: skip


def _held(given: Sequence[tuple[Claim, Participant]]) -> tuple[Held, ...]:
    found: dict[str, Held] = {}
    for claim, who in given:
        value = who.entity or who.name.lower()
        before = found[value].claims if value in found else ()
        found[value] = Held(
            value=value, name=who.name, claims=(*before, claim.id), country=who.country,
            sectors=who.sectors,
        )  # fmt: skip
    return tuple(found.values())


def _tallies(claims: Sequence[Claim]) -> tuple[Tally, ...]:
    tolls = [
        Toll(low=one.killed.low, high=one.killed.high, claim=one.id, origin=one.id)
        for one in claims
        if one.killed is not None
    ]
    if not tolls:
        return ()
    low, high = min(toll.low for toll in tolls), max(toll.high or 0 for toll in tolls)
    return (
        Tally(kind="killed", low=low, best=tolls[0].low, high=high, as_of=DAY, given=tuple(tolls)),
    )


@dataclass(frozen=True)
class Few:
    """A stock of some claims and the events that they are of."""

    of: Sequence[Claim]
    found: Sequence[Event]
    on: date = DAY

    def claims(self) -> Iterator[Told]:
        """Yield the claims."""
        yield from (Told(one, _byline(one)) for one in self.of)

    def events(self) -> Iterator[Event]:
        """Yield the events."""
        yield from self.found

    def articles(self) -> Iterator[Byline]:
        """Yield where the claims stand."""
        yield from map(_byline, self.of)


def _byline(one: Claim) -> Byline:
    text = one.sentence.quote
    told = byline(an_article(text, published=DAY))
    return replace(
        told, article=one.article, title=text.partition(",")[0], published=Moment(DAY),
        url=f"https://teller.example/{one.article}",
    )  # fmt: skip


def few(*events: Sequence[Claim], place: Spot | None = None) -> Few:
    """Return a stock of events, each of its own claims."""
    claims = [one for some in events for one in some]
    return Few(claims, [an_event(*some, place=place) for some in events])


def written(name: str, stock: Few, of: Of = "events") -> tuple[bytes, Wrote]:
    """Return what a format makes of a stock, and what it counted."""
    out = io.BytesIO()
    wrote = forms.form(name).write(cast("Stock", stock), of, out)
    return out.getvalue(), wrote


def rows(name: str, stock: Few, of: Of = "events") -> list[dict[str, str]]:
    """Return the rows that a format makes of a stock, every cell a text."""
    text = written(name, stock, of)[0].decode()
    if name in ("plover", "gdelt"):
        return list(DictReader(io.StringIO(text), delimiter="\t", quoting=QUOTE_NONE))
    return list(DictReader(io.StringIO(text)))
