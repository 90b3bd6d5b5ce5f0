"""Events as the ledger sees them on a day: what is reported to have happened, by whom, when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.fusion.sides import keys
from tocsin.fusion.told import Told, order
from tocsin.fusion.uttered import old
from tocsin.records.claim import Claim, Participant
from tocsin.records.event import Event


@dataclass(frozen=True, slots=True)
class Act:
    """One event by the claims known so far: from `start` to `day`, as far as its claims say.

    `dated` says that a claim gives its day; without one the day of the first report stands in.
    """

    event: str
    claims: tuple[Claim, ...]
    articles: frozenset[str]
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    start: date
    day: date
    dated: bool

    @property
    def type(self) -> str:
        """The type that most of its claims have, the first of equal ones."""
        kinds = [claim.type for claim in self.claims]
        return max(kinds, key=lambda kind: (kinds.count(kind), -kinds.index(kind)))

    @property
    def modes(self) -> tuple[str, ...]:
        """The modes of its claims."""
        return tuple(dict.fromkeys(mode for claim in self.claims for mode in claim.modes))


class Acts:
    """All acts of a day by who is in them and by the articles that tell of them."""

    def __init__(self, acts: Iterable[Act]) -> None:
        self.by_actor: dict[str, list[Act]] = {}
        self.by_article: dict[str, list[Act]] = {}
        self.by_event: dict[str, Act] = {}
        for act in acts:
            self.by_event[act.event] = act
            for name in sorted(keys(act.actors)):
                self.by_actor.setdefault(name, []).append(act)
            for article in sorted(act.articles):
                self.by_article.setdefault(article, []).append(act)

    def near(self, sides: Iterable[str], articles: Iterable[str]) -> Iterator[Act]:
        """Yield the acts of some sides, and those that some articles tell of, each once."""
        seen = set()
        for found in (
            *(self.by_actor.get(name, ()) for name in sorted(set(sides))),
            *(self.by_article.get(name, ()) for name in sorted(set(articles))),
        ):
            for act in found:
                if act.event not in seen:
                    seen.add(act.event)
                    yield act


def acts(events: Sequence[Event], told: Mapping[str, Told], today: date) -> Acts:
    """Return what events have been reported up to a day to have happened."""
    made = (
        _act(event.id, sorted(rows, key=order))
        for event in events
        if (rows := [told[name] for name in event.claims if _counts(told.get(name), today)])
    )
    return Acts(made)


def _counts(row: Told | None, today: date) -> bool:
    if row is None or row.day is None or row.day > today or row.byline.retracted:
        return False
    if row.claim.modality != "actual" or row.claim.outcome is not None:
        return False
    return row.claim.date is not None or not old(row.claim.sentence.quote, row.day)


def _act(event: str, rows: Sequence[Told]) -> Act:
    claims = tuple(row.claim for row in rows)
    starts = [c.date.start for c in claims if c.date is not None and c.date.start is not None]
    ends = [c.date.end for c in claims if c.date is not None and c.date.end is not None]
    days = [row.day for row in rows if row.day is not None]
    return Act(
        event=event,
        claims=claims,
        articles=frozenset(claim.article for claim in claims),
        actors=_united(claim.actors for claim in claims),
        recipients=_united(claim.recipients for claim in claims),
        start=min(starts or ends or days),
        day=min(ends or days),
        dated=bool(ends),
    )


def _united(sides: Iterable[tuple[Participant, ...]]) -> tuple[Participant, ...]:
    """Return each participant once, by entity or name."""
    found: dict[str, Participant] = {}
    for side in sides:
        for one in side:
            found.setdefault(one.entity or one.name.casefold(), one)
    return tuple(found.values())
