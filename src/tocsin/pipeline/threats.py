"""The ledger of a store's threats as they stood on a day, and the outcomes that people confirm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.fusion import threats
from tocsin.fusion.judgements import Settled
from tocsin.fusion.threats import Rules
from tocsin.fusion.told import Told
from tocsin.pipeline import judging
from tocsin.pipeline.fusing import judges
from tocsin.records.event import Event
from tocsin.records.judgement import Judgement, judgement_id
from tocsin.records.relation import Relation
from tocsin.records.threat import Threat
from tocsin.store import codings, events, fusing
from tocsin.store.articles import few
from tocsin.store.tables import event


@dataclass(frozen=True, slots=True)
class Ledger:
    """The threats of a day, oldest first, with the claims and events that they rest on."""

    threats: tuple[Threat, ...]
    told: Mapping[str, Told]
    events: Mapping[str, Event]

    @property
    def titles(self) -> dict[str, str]:
        """The titles of events and threats by their ids."""
        made = {one.id: one.title for one in self.threats}
        return made | {name: one.title for name, one in self.events.items()}


def ledger(connection: Connection, today: date, rules: Rules | None = None) -> Ledger:
    """Return the ledger of a store on a day, made of all its events."""
    settled = judges(connection).settled
    ids = sorted(connection.execute(sa.select(event.c.id)).scalars())
    held = {name: one for some in few(ids) for name, one in events.load(connection, some).items()}
    told, relations = _told(connection, held, settled)
    made = threats.ledger(
        list(held.values()), told, today, rules=rules, relations=relations,
        confirmed=settled.confirmed, same=settled.same, different=settled.different,
    )  # fmt: skip
    return Ledger(made, told, held)


def confirmed(
    connection: Connection,
    threat: Threat,
    event_: str,
    author: str,
    time: datetime,
    *,
    axis: str,
    did: str,
    reason: str = "",
) -> Judgement:
    """Return the judgement that an event is what the issuer or the target of a threat did."""
    founder = next(one.claim for one in threat.utterances if one.does == "issues")
    one, two = judging.known(connection, founder), judging.known(connection, event_)
    before = threat.outcome.issuer if axis == "issuer" else threat.outcome.target
    return Judgement(
        id=judgement_id("confirm", threat.id, author, time, f"{event_} {axis} {did}"),
        verdict="confirm", target=threat.id, author=author, time=time, reason=reason,
        anchor=judging.anchor(one), field=axis, before=before, after=did, other=event_,
        beside=judging.anchor(two),
    )  # fmt: skip


def _told(
    connection: Connection, held: Mapping[str, Event], settled: Settled
) -> tuple[dict[str, Told], list[Relation]]:
    """Return the claims of events as analysts left them, and what articles say of who is whose."""
    articles = sorted({report.article for one in held.values() for report in one.reports})
    claims = {name for one in held.values() for name in one.claims}
    told: dict[str, Told] = {}
    relations: list[Relation] = []
    for some in few(articles):
        bylines = fusing.bylines(connection, some)
        for coded in codings.load(connection, some):
            relations += coded.relations
            told |= {
                claim.id: Told(settled.claims.get(claim.id, claim), bylines[coded.article.id])
                for claim in coded.claims
                if claim.id in claims
            }
    return told, relations
