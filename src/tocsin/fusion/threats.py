"""The ledger: who threatens, demands or warns of what, until when, and what came of it.

Every row is made of claims published up to a day, so that the ledger of a day is the same whatever
is read later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec.structs import replace

from tocsin.fusion.acts import Acts, acts
from tocsin.fusion.clauses import Page
from tocsin.fusion.cues import cues
from tocsin.fusion.entry import entry
from tocsin.fusion.kinds import asking, threatening
from tocsin.fusion.lifecycle import GRACE, SOON, status
from tocsin.fusion.outcomes import candidates
from tocsin.fusion.sides import Alike, allies, keys
from tocsin.fusion.threads import Pairs, group
from tocsin.fusion.told import Told, order
from tocsin.fusion.uttered import ONE, Uttered
from tocsin.fusion.verdicts import settled
from tocsin.fusion.vows import limiting, promising, vowing
from tocsin.records.event import Event
from tocsin.records.judgement import Judgement
from tocsin.records.relation import Relation
from tocsin.records.threat import Threat

# Days after a threat in which a show of force says that it is meant.
_SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How the ledger is kept: days of grace, days before a deadline that count as soon.

    From a score of `auto` on a candidate counts as the outcome without anybody's word; None leaves
    all of it to people.
    """

    grace: int = GRACE
    soon: int = SOON
    auto: float | None = None


def ledger(
    events: Sequence[Event],
    told: Mapping[str, Told],
    today: date,
    *,
    rules: Rules | None = None,
    relations: Iterable[Relation] = (),
    confirmed: Sequence[Judgement] = (),
    same: Pairs = (),
    different: Pairs = (),
) -> tuple[Threat, ...]:
    """Return the threats as they stood on a day, oldest first.

    Nothing published after that day counts, but for what people confirmed of what was known by it.
    `same` and `different` are pairs of claims, the smaller name first. `relations` say who is
    whose ally.
    """
    rules, allied = rules or Rules(), allies(relations)
    known = {name: row for name, row in told.items() if row.day is not None and row.day <= today}
    by_id = {event.id: event for event in events}
    confirmed = _current(confirmed, events)
    threads = group(utterances(events, known), allied=allied, same=same, different=different)
    done = acts(events, known, today)
    rows = [entry(thread, by_id) for thread in threads]
    alike = Alike()
    made = []
    for row in rows:
        shown = replace(
            row, signals=_signals(row, done, alike),
            candidates=candidates(row, known, done, allied),
        )  # fmt: skip
        shown = settled(
            shown, known, today, confirmed=confirmed, auto=rules.auto, grace=rules.grace
        )
        made.append(replace(shown, status=status(shown, today, grace=rules.grace, soon=rules.soon)))
    made.sort(key=lambda row: (row.first_reported or date.max, row.id))
    return tuple(replace(row, answers=_answers(row, made, alike)) for row in made)


def _current(confirmed: Sequence[Judgement], events: Sequence[Event]) -> list[Judgement]:
    """Return judgements of outcomes that name the events which hold their claims now."""
    of = {name: event.id for event in events for name in event.claims}
    return [
        replace(one, other=of.get(one.beside.claim, one.other)) if one.beside else one
        for one in confirmed
    ]  # fmt: skip


def utterances(events: Sequence[Event], told: Mapping[str, Told]) -> tuple[Uttered, ...]:
    """Return the claims that enter the ledger, as candidate rows in the order they were reported.

    Claims without a day of publication are left out: nobody knows when they were known.
    """
    event_of = {name: event.id for event in events for name in event.claims}
    pages: dict[str, list[Told]] = {}
    for name in event_of:
        if name in told and told[name].day is not None:
            pages.setdefault(told[name].byline.article, []).append(told[name])
    found = [
        one
        for rows in pages.values()
        for one in _page(Page(tuple(sorted(rows, key=order))), event_of)
    ]
    return tuple(sorted(found, key=lambda one: order(one.told)))


def _page(page: Page, event_of: Mapping[str, str]) -> Iterator[Uttered]:
    """Yield the candidates of one article, a sentence at a time."""
    for rows in page.lines.values():
        made = [one for row in rows if (one := _made(row, page, event_of[row.claim.id]))]
        if not any(one.kind != "demand" or one.founds for one in made):
            made += [one for row in rows if (one := vowing(row, page, event_of[row.claim.id]))][:1]
        if not any(one.due for one in made) and (limit := limiting(rows, event_of)):
            made.append(limit)
        yield from made


def _made(row: Told, page: Page, event: str) -> Uttered | None:
    if row.claim.type == "THREATEN":
        return threatening(row, page, event)
    if row.claim.type == "REQUEST":
        return asking(row, page, event)
    return promising(row, page, event)


def _signals(threat: Threat, done: Acts, alike: Alike) -> tuple[str, ...]:
    """Return the acts by which the issuer shows that it means it: forces moved, envoys recalled."""
    start = threat.issued
    if start is None or not threat.issuer:
        return ()
    return tuple(
        act.event
        for act in done.near(keys(threat.issuer), ())
        if start <= act.day <= start + _SHOWN
        and any(
            act.type == kind and (mode is None or mode in act.modes)
            for kind, mode in cues().signals
        )
        and (alike(act.actors, threat.issuer) or 0.0) >= ONE
        and alike(act.recipients, threat.target) != 0.0
    )


def _answers(threat: Threat, rows: Sequence[Threat], alike: Alike) -> tuple[str, ...]:
    """Return the threats of the other side that stood when this one was made."""
    return tuple(
        one.id
        for one in rows
        if one.id != threat.id
        and one.issued is not None and threat.issued is not None
        and one.issued <= threat.issued
        and (one.deadline is None or one.deadline.end >= threat.issued)
        and (alike(one.issuer, threat.target) or 0.0) >= ONE
        and (alike(one.target, threat.issuer) or 0.0) >= ONE
    )  # fmt: skip
