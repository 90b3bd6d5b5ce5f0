"""Who acts on whom: the pairs of parties that the claims of an event name together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import NamedTuple

from tocsin.export.heard import Heard
from tocsin.export.known import Party
from tocsin.records.event import Event
from tocsin.records.origin import Report


class Pair(NamedTuple):
    """Two parties and the reports whose claims name both; a side that no claim fills is None.

    `mutual` is for those of whom neither acts on the other alone: all who meet, who fight.
    """

    actor: Party
    recipient: Party
    reports: tuple[Report, ...]
    mutual: bool = False


def pairs(one: Event, said: Heard) -> list[Pair]:
    """Return who acts on whom, as claims have it; whoever no claim pairs stands alone.

    Parties of two claims are no pair: that the army shelled a town and a nurse was killed there
    does not say who killed her. Where no party is known the only pair is of nobody with nobody.
    """
    found: dict[tuple[str | None, str | None, bool], Pair] = {}
    for report in one.reports:
        for actor, recipient, mutual in _told(one, report.claim, said):
            key = _value(actor), _value(recipient), mutual
            before = found[key].reports if key in found else ()
            found[key] = Pair(actor, recipient, (*before, report), mutual)
    whole = [pair for pair in found.values() if pair.actor and pair.recipient]
    paired = {id(party) for pair in whole for party in pair[:2]}
    halves = [pair for pair in found.values() if (pair.actor is None) != (pair.recipient is None)]
    alone = [pair for pair in halves if id(pair.actor or pair.recipient) not in paired]
    return whole + alone or [Pair(None, None, one.reports)]


def shown(one: Event, reports: Iterable[Report], said: Heard) -> tuple[str, ...]:
    """Return those modes of an event that the claims of some reports give."""
    told = {mode for report in reports for mode in said.modes.get(report.claim, ())}
    return tuple(mode for mode in one.modes if mode in told)


def _value(party: Party) -> str | None:
    return party.value if party is not None else None


def _told(one: Event, claim: str, said: Heard) -> Iterator[tuple[Party, Party, bool]]:
    """Yield the pairs of a claim: everybody with everybody, or the actors among themselves.

    Of a fight nobody says which side hit the people who were hit.
    """
    actors = [held for held in one.actors if claim in held.claims]
    recipients = [held for held in one.recipients if claim in held.claims]
    if len(actors) > 1 and (not recipients or claim in said.fights):
        yield from ((first, second, True) for first, second in combinations(actors, 2))
        yield from ((None, held, False) for held in recipients)
        return
    for actor, recipient in product(actors or (None,), recipients or (None,)):
        yield actor, recipient, False
