"""Tables with one row a record: their columns, which the codebook describes, and their rows.

CSV, Parquet, GeoJSON, GeoParquet, frames and releases have the same columns. Lists of one kind of
participant run beside each other: the second of `actor_countries` is of the second of `actors`,
and empty where it is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from tocsin.export.forms import Of, Stock
from tocsin.fusion.words import folded
from tocsin.records.article import Byline
from tocsin.records.claim import Count, Interval, Participant
from tocsin.records.event import TOLLS, Event, Held, Tally
from tocsin.records.evidence import Span
from tocsin.records.series import DAYS, Series
from tocsin.records.threat import Threat
from tocsin.views.records import Told

Kind = Literal["text", "number", "share", "day", "flag", "texts"]
Value = str | int | float | date | bool | tuple[str, ...] | None
Row = dict[str, Value]


class Column(NamedTuple):
    """A column: its name, what its values are, and what they mean.

    A `number` is whole, a `share` is not; a `day` has no time; `texts` is a list.
    """

    name: str
    kind: Kind
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what a row is, its columns in order, and how its rows are had from a stock."""

    name: Of
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Stock], Iterator[Row]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(one.name for one in self.columns)


def _sides(name: str, who: str) -> tuple[Column, ...]:
    one = name.removesuffix("s")
    return (
        Column(name, "texts", f"{who}, by name"),
        Column(f"{one}_ids", "texts", f"ids of {name} that Tocsin knows"),
        Column(f"{one}_countries", "texts", f"ISO 3166-1 alpha-3 of {name}, or IGO, or NGO"),
        Column(f"{one}_sectors", "texts", f"PLOVER's sectors of {name}, with spaces between"),
    )


def _place(what: str) -> tuple[Column, ...]:
    return (
        Column("place", "text", what),
        Column("place_country", "text", "ISO 3166-1 alpha-3 of the place"),
        Column("place_geonames", "number", "GeoNames id of the place"),
        Column("latitude", "share", "WGS 84; of the middle where the place is an area"),
        Column("longitude", "share", "WGS 84; of the middle where the place is an area"),
        Column("place_precision", "text", "what is named: country, region, place, point"),
    )


def _tolls() -> Iterator[Column]:
    for name in TOLLS:
        yield Column(f"{name}_low", "number", f"lowest number {_COUNTED[name]} that is reported")
        yield Column(f"{name}_best", "number", "what the newest report of the best origin gives")
        yield Column(f"{name}_high", "number", "highest number; empty where there is no bound")


_COUNTED = {
    "killed": "killed", "injured": "injured", "arrested": "arrested", "displaced": "displaced",
    "crowd": "in the crowd",
}  # fmt: skip
ARTICLES = (
    Column("article", "text", "id of the article, a hash of its content"),
    Column("outlet", "text", "who published it"),
    Column("source", "text", "its source in the registry"),
    Column("published", "day", "day of publication"),
    Column("published_precision", "text", "how well the day is known: minute, day, month, year"),
    Column("title", "text", "title"),
    Column("url", "text", "address"),
    Column("wire", "texts", "agencies that it credits"),
    Column("retracted", "flag", "whether its outlet took it back"),
)
CLAIMS = (
    Column("claim", "text", "id of the claim"),
    Column("event", "text", "event that the claim is a report of"),
    *ARTICLES[:7],
    ARTICLES[-1],
    Column("review", "text", "machine, accepted, corrected or rejected by an analyst"),
    Column("type", "text", "PLOVER's type"),
    Column("modes", "texts", "PLOVER's modes"),
    Column("contexts", "texts", "PLOVER's contexts"),
    Column("modality", "text", "actual, negated, future, possible, conditional or requested"),
    *_sides("actors", "who did it"),
    *_sides("recipients", "to whom"),
    *_sides("speakers", "on whose word, outermost first, the outlet left out"),
    Column("speech", "text", "direct, indirect or mixed speech"),
    *_sides("deniers", "who denies it"),
    Column("condition", "text", "words of the condition it stands under"),
    Column("condition_kind", "text", "if or unless"),
    Column("deadline_start", "day", "first day of the deadline that it sets"),
    Column("deadline_end", "day", "last day of the deadline that it sets"),
    Column("outcome", "text", "intercepted, foiled or failed"),
    Column("start", "day", "first day that it was on, as the text gives it; never a guess"),
    Column("end", "day", "last day that it was on"),
    Column("time_precision", "text", "size of the unit of time that the words name"),
    *_place("where it happens, or would happen"),
    *(
        Column(f"{name}_{end}", "number", f"{about} number {_COUNTED[name]}, as stated")
        for name in TOLLS
        for end, about in (("low", "lowest"), ("high", "highest"))
    ),
    Column("content_of", "text", "claim whose content it is: what is threatened, asked for"),
    Column("response_to", "text", "claim that it is said to answer"),
    Column("same_as", "text", "first claim of the article about the same"),
    Column("trigger", "text", "words that express it"),
    Column("trigger_start", "number", "first character of them in the article's text, from 0"),
    Column("trigger_end", "number", "character behind them"),
    Column("quote", "text", "sentence that it stands in, as printed"),
    Column("quote_start", "number", "first character of the quote in the article's text"),
    Column("quote_end", "number", "character behind it"),
    Column("confidence", "share", "0 to 1, how sure the coder is, calibrated on gold"),
)
EVENTS = (
    Column("event", "text", "id of the event; it changes when its first report does"),
    Column("title", "text", "day, type, who to whom, where, in a line"),
    *CLAIMS[11:15],
    Column("level", "text", "how well it is borne out"),
    Column("start", "day", "first day that it was on, as reports give it; never a guess"),
    Column("end", "day", "last day that it was on"),
    Column("first_reported", "day", "day of the first report"),
    Column("last_reported", "day", "day of the last report"),
    *_sides("actors", "who did it"),
    *_sides("recipients", "to whom"),
    *_place("the finest place that nobody contradicts"),
    Column("places", "texts", "all places that reports give"),
    Column("outcomes", "texts", "what came of it: intercepted, foiled, failed"),
    *_tolls(),
    Column("reports", "number", "claims that report it"),
    Column("copies", "number", "how many of them are copied words"),
    Column("articles", "number", "articles with such a claim"),
    Column("independent", "number", "independent origins that assert it"),
    Column("credibility", "number", "1 (confirmed) to 6 (cannot be judged), STANAG 2511"),
    Column("disputed", "texts", "what is disputed: occurrence, actor, place, time, a number"),
    Column("origins", "texts", "who it goes back to"),
    Column("outlets", "texts", "who published it"),
    Column("claims", "texts", "ids of its claims, the first report first"),
)
THREATS = (
    Column("threat", "text", "id of the thread"),
    Column("title", "text", "the thread in a line"),
    Column("kind", "text", "compellent, deterrent, ultimatum, warning, deadline and so on"),
    Column("status", "text", "open, due, grace, extended, withdrawn, resolved, lapsed or void"),
    Column("as_of", "day", "evening that status and outcome are told of"),
    *_sides("issuers", "who threatens or warns"),
    *_sides("targets", "who is threatened or warned"),
    *_sides("agents", "whose act is warned of, where another warns"),
    Column("demand", "text", "words of the demand"),
    Column("cost", "text", "words of what is threatened"),
    Column("cost_type", "text", "PLOVER's type of what is threatened"),
    Column("cost_place", "text", "where it would happen"),
    Column("condition", "text", "words of the condition"),
    Column("polarity", "text", "if, unless, until or when"),
    Column("certainty", "text", "will, may or reserves the right to"),
    Column("gravity", "number", "0 to 6, where the cost is known"),
    Column("issued", "day", "day that it was issued"),
    Column("first_reported", "day", "day of the first report"),
    Column("last_reported", "day", "day of the last report"),
    Column("deadline_start", "day", "first day on which it falls due"),
    Column("deadline_end", "day", "last day on which it falls due"),
    Column("deadline_basis", "text", "explicit, relative or implicit"),
    Column("deadlines_moved", "number", "how often the deadline was moved"),
    Column("target_did", "text", "what the target did"),
    Column("issuer_did", "text", "what the issuer did"),
    Column("timing", "text", "when it did: before, at, grace, after, still open"),
    Column("evidence", "texts", "events that show the outcome"),
    Column("independent", "number", "independent origins"),
    Column("claims", "texts", "ids of the claims that make, repeat or change it"),
)
SERIES = (
    Column("unit_kind", "text", "country, area or dyad"),
    Column("unit", "text", "ISO 3166-1 alpha-3, GeoNames id of the area, or ISR>LBN"),
    Column("family", "text", "PLOVER's four corners, and protest"),
    Column("start", "day", "first day of the week, a Monday"),
    Column("end", "day", "last day of the week"),
    Column("events", "number", "events that count, by the day that they were on"),
)


def article(one: Byline) -> Row:
    """Return an article as a row."""
    when = one.published
    return {
        "article": one.article, "outlet": one.outlet, "source": one.source,
        "published": when.day if when else None,
        "published_precision": when.precision if when else None,
        "title": one.title or None, "url": one.url, "wire": one.wire, "retracted": one.retracted,
    }  # fmt: skip


def claim(told: Told) -> Row:
    """Return a claim as a row."""
    one, by, said = told.claim, article(told.byline), told.claim.attribution
    place = one.place
    out: Row = {
        "claim": one.id, "event": told.event, **{name: by[name] for name in by if name != "wire"},
        "review": told.standing, "type": one.type, "modes": one.modes, "contexts": one.contexts,
        "modality": one.modality, **_people("actors", one.actors),
        **_people("recipients", one.recipients),
        **_people("speakers", said.chain if said else ()), "speech": said.style if said else None,
        **_people("deniers", one.denied_by),
        "condition": _flat(one.condition.span if one.condition else None),
        "condition_kind": one.condition.kind if one.condition else None,
        **_days("deadline_start", "deadline_end", one.deadline), "outcome": one.outcome,
        **_days("start", "end", one.date),
        "time_precision": one.date.precision if one.date else None,
        "place": place.name if place else None, "place_country": place.country if place else None,
        "place_geonames": place.geonames if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "place_precision": place.precision if place else None,
    }  # fmt: skip
    for name in TOLLS:
        count: Count | None = getattr(one, name)
        out[f"{name}_low"], out[f"{name}_high"] = (count.low, count.high) if count else (None, None)
    return out | {
        "content_of": one.content_of, "response_to": one.response_to, "same_as": one.same_as,
        "trigger": one.trigger.quote, "trigger_start": one.trigger.start,
        "trigger_end": one.trigger.end, "quote": one.sentence.quote,
        "quote_start": one.sentence.start, "quote_end": one.sentence.end,
        "confidence": one.confidence,
    }  # fmt: skip


def event(one: Event) -> Row:
    """Return an event as a row."""
    place = one.place
    tallies: Mapping[str, Tally] = {tally.kind: tally for tally in one.tallies}
    out: Row = {
        "event": one.id, "title": one.title, "type": one.type, "modes": one.modes,
        "contexts": one.contexts, "modality": one.modality, "level": one.level,
        "start": one.start, "end": one.end, "first_reported": one.first_reported,
        "last_reported": one.last_reported, **_held("actors", one.actors),
        **_held("recipients", one.recipients),
        "place": place.name if place else None, "place_country": place.country if place else None,
        "place_geonames": place.geonames if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "place_precision": place.precision if place else None,
        "places": tuple(spot.name for spot in one.places),
        "outcomes": tuple(held.value for held in one.outcomes),
    }  # fmt: skip
    for name in TOLLS:
        tally = tallies.get(name)
        out[f"{name}_low"] = tally.low if tally else None
        out[f"{name}_best"] = tally.best if tally else None
        out[f"{name}_high"] = tally.high if tally else None
    return out | {
        "reports": len(one.reports), "copies": one.copies, "articles": one.articles,
        "independent": one.independent, "credibility": one.credibility,
        "disputed": tuple(dict.fromkeys(dispute.slot for dispute in one.disputes)),
        "origins": tuple(origin.name for origin in one.origins),
        "outlets": outlets(one), "claims": one.claims,
    }  # fmt: skip


def threat(one: Threat, on: date) -> Row:
    """Return a thread of the ledger as a row, as of a day."""
    due, did = one.deadline, one.outcome
    return {
        "threat": one.id, "title": one.title, "kind": one.kind, "status": one.status, "as_of": on,
        **_people("issuers", one.issuer), **_people("targets", one.target),
        **_people("agents", one.by), "demand": _flat(one.demand), "cost": _flat(one.cost),
        "cost_type": one.cost_type, "cost_place": one.cost_place,
        "condition": _flat(one.condition), "polarity": one.polarity, "certainty": one.certainty,
        "gravity": one.gravity, "issued": one.issued, "first_reported": one.first_reported,
        "last_reported": one.last_reported, "deadline_start": due.start if due else None,
        "deadline_end": due.end if due else None, "deadline_basis": due.basis if due else None,
        "deadlines_moved": len(one.moved_from), "target_did": did.target,
        "issuer_did": did.issuer, "timing": did.timing, "evidence": did.evidence,
        "independent": one.independent, "claims": tuple(said.claim for said in one.utterances),
    }  # fmt: skip


def series(one: Series) -> Iterator[Row]:
    """Yield the weeks of a series that have events as rows."""
    width = DAYS[one.step]
    for at, count in enumerate(one.counts):
        if count:
            start = one.start + timedelta(days=width * at)
            yield {
                "unit_kind": one.key.unit.kind, "unit": one.key.unit.name,
                "family": one.key.family, "start": start,
                "end": start + timedelta(days=width - 1), "events": count,
            }  # fmt: skip


def outlets(one: Event) -> tuple[str, ...]:
    """Return who published an event, in the order of their reports."""
    return tuple(dict.fromkeys(report.outlet for report in one.reports if report.outlet))


def known(one: Held) -> str | None:
    """Return the id of a participant that Tocsin knows; None where it goes by its words."""
    return None if one.value in folded(one.name) else one.value


def _people(name: str, some: Sequence[Participant]) -> Row:
    return _beside(name, [(one.name, one.entity, one.country, one.sectors) for one in some])


def _held(name: str, some: Sequence[Held]) -> Row:
    return _beside(name, [(one.name, known(one), one.country, one.sectors) for one in some])


def _beside(
    name: str, some: Sequence[tuple[str, str | None, str | None, tuple[str, ...]]]
) -> Row:  # fmt: skip
    one = name.removesuffix("s")
    return {
        name: tuple(who for who, *_ in some),
        f"{one}_ids": tuple(id_ or "" for _, id_, *_ in some),
        f"{one}_countries": tuple(country or "" for *_, country, _ in some),
        f"{one}_sectors": tuple(" ".join(sectors) for *_, sectors in some),
    }


def _days(start: str, end: str, of: Interval | None) -> Row:
    return {start: of.start if of else None, end: of.end if of else None}


def _flat(words: Span | None) -> str | None:
    return " ".join(words.quote.split()) if words else None


TABLES: Mapping[Of, Table] = {
    "claims": Table(
        "claims", "That an article says this happened, was threatened, denied, planned.", CLAIMS,
        lambda stock: map(claim, stock.claims()),
    ),
    "events": Table(
        "events", "Claims of one or many articles that are about one thing.", EVENTS,
        lambda stock: map(event, stock.events()),
    ),
    "threats": Table(
        "threats", "Threats, demands with a deadline and warnings, and what came of them.",
        THREATS, lambda stock: (threat(one, stock.on) for one in stock.threats()),
    ),
    "articles": Table(
        "articles", "Articles that were read, without their texts.", ARTICLES,
        lambda stock: map(article, stock.articles()),
    ),
    "series": Table(
        "series", "Events by week, country, area or dyad, and family; weeks with some alone.",
        SERIES,
        lambda stock: (row for one in stock.series() for row in series(one)),
    ),
}  # fmt: skip
