"""FollowTheMoney entities, one a line, for Aleph, OpenAleph and yente.

Articles are Article, events are Event with the articles as proof, parties that Tocsin knows are
Person, Organization or PublicBody, and a Mention says which article names whom. Parties that go by
words alone ("gunmen") would be matched with strangers, so they stand in an event's notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, BinaryIO

import msgspec

from tocsin.base.ids import digest
from tocsin.explain.event import tally
from tocsin.export.forms import WRITTEN, Form, Of, Stock, Wrote
from tocsin.export.known import country
from tocsin.export.parquet import whole
from tocsin.export.table import known, outlets
from tocsin.ontology.actors import Actor, facts
from tocsin.records.article import Byline
from tocsin.records.event import Event, Held
from tocsin.views.records import Told

Entity = dict[str, Any]
_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
# FollowTheMoney's codes of states that are gone, where they are not ISO's; it knows no others of
# them by a code of their own.
FORMER = {"CSK": "cshh", "DDR": "dd", "SCG": "csxx", "SUN": "suhh", "YUG": "yucs"}
# Letters of a name in capitals that are too few to tell whom it means: IS, SDF.
SHORT = 4


def write(stock: Stock, _of: Of, out: BinaryIO) -> Wrote:
    """Write entities, each before what points at it."""
    wrote = Wrote()
    for made in entities(stock):
        out.write(msgspec.json.encode(made) + b"\n")
        wrote[WRITTEN] += 1
    return wrote


def entities(stock: Stock) -> Iterator[Entity]:
    """Yield articles, parties, who is named where, and events."""
    for byline in stock.articles():
        yield _article(byline)
    seen: set[str] = set()
    for told in stock.claims():
        yield from _named(told, seen)
    for one in stock.events():
        for held in (*one.actors, *one.recipients):
            name = known(held)
            if name is not None and name not in seen:
                seen.add(name)
                yield _party(name, held.name, held.country, held.sectors)
        yield _event(one)


def _article(one: Byline) -> Entity:
    return _entity(
        one.article, "Article", title=one.title, publisher=one.outlet, sourceUrl=one.url,
        publishedAt=_day(one.published.day if one.published else None),
        keywords="retracted" if one.retracted else None,
    )  # fmt: skip


def _named(told: Told, seen: set[str]) -> Iterator[Entity]:
    """Yield the known parties and speakers of a claim, and that its article names them."""
    claim = told.claim
    chain = claim.attribution.chain if claim.attribution else ()
    for who in (*claim.actors, *claim.recipients, *chain, *claim.denied_by):
        if who.entity is None:
            continue
        if who.entity not in seen:
            seen.add(who.entity)
            yield _party(who.entity, who.name, who.country, who.sectors)
        name = digest("mention", claim.article, who.entity)
        if name not in seen:
            seen.add(name)
            yield _entity(
                name, "Mention", document=claim.article, resolved=party_id(who.entity),
                name=who.name, detectedSchema=_schema(who.entity, who.sectors),
                contextCountry=code(who.country),
            )  # fmt: skip


def _party(name: str, label: str, where: str | None, sectors: tuple[str, ...]) -> Entity:
    actor = _actors().get(name)
    schema = _schema(name, sectors)
    nation = {"nationality" if schema == "Person" else "country": code(where)}
    others = [other for other in actor.aliases if other != label] if actor else []
    weak = [other for other in others if _weak(other, schema)]
    return _entity(
        party_id(name), schema, name=label, keywords=sectors,
        alias=[other for other in others if other not in weak], weakAlias=weak, **nation,
    )  # fmt: skip


def _weak(name: str, schema: str) -> bool:
    """Return whether a name means many: few letters in capitals, one word of a person's name."""
    letters = [one for one in name if one.isalpha()]
    short = len(letters) <= SHORT and all(one.isupper() for one in letters)
    return short or (schema == "Person" and " " not in name.strip())


def party_id(name: str) -> str:
    """Return the id of a known party as an entity."""
    return f"tocsin-{name}"


def _schema(name: str, sectors: Iterable[str]) -> str:
    actor = _actors().get(name)
    if actor is not None and actor.kind == "person":
        return "Person"
    state = country(name) is not None or not _STATE.isdisjoint(sectors)
    return "PublicBody" if state else "Organization"


def _event(one: Event) -> Entity:
    place = one.place
    told = tally(len(one.reports), one.copies, one.independent)
    killed = next((number for number in one.tallies if number.kind == "killed"), None)
    notes = [f"{role}: {held.name}" for role, held in _strangers(one)]
    notes += (
        [f"killed: {killed.low} to {killed.high or 'more'}, {killed.best} taken"]
        if (killed is not None)
        else []
    )
    return _entity(
        one.id, "Event", name=one.title or one.type, summary=f"{one.modality}; {one.level}; {told}",
        startDate=_day(one.start), endDate=_day(one.end), recordId=one.id,
        location=place.name if place else None, country=code(place.country) if place else None,
        involved=[party_id(name) for name in map(known, (*one.actors, *one.recipients)) if name],
        proof=[report.article for report in one.reports], publisher=outlets(one),
        keywords=(one.type, *one.modes, *one.contexts), notes=notes,
    )  # fmt: skip


def _strangers(one: Event) -> Iterator[tuple[str, Held]]:
    for role, some in (("actor", one.actors), ("recipient", one.recipients)):
        yield from ((role, held) for held in some if known(held) is None)


def _entity(name: str, schema: str, /, **given: str | Iterable[str] | None) -> Entity:
    """Return an entity with the properties that hold something, each a list of texts, once each."""
    held = {
        key: list(dict.fromkeys(whole(one) for one in _texts(value) if one))
        for key, value in given.items()
    }
    return {"id": name, "schema": schema, "properties": {k: v for k, v in held.items() if v}}


def _texts(value: str | Iterable[str] | None) -> Iterable[str]:
    return (value,) if isinstance(value, str) else (value or ())


def code(alpha3: str | None) -> str | None:
    """Return the code that FollowTheMoney has for a country, usually two small letters."""
    found = country(alpha3)
    if found is None or found.until is not None:
        return FORMER.get(alpha3 or "")
    return found.iso2.lower() if found.iso2 else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


@cache
def _actors() -> dict[str, Actor]:
    return {one.id: one for one in facts().actors}


FORM = Form(
    "ftm", ".ftm.json", "FollowTheMoney entities, for Aleph and its like", ("events",), write
)
