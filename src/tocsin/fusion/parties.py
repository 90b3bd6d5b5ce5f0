"""In what two mentions agree and differ about who takes part, and who tells of it."""

from __future__ import annotations

from tocsin.fusion.pairs import Pairs, Sides, Truths, equal, holds, truths
from tocsin.fusion.rows import Reals, Rows


def actors_same(p: Pairs) -> Truths:
    """They share an actor."""
    return p.actors.same


def actors_rare(p: Pairs) -> Reals:
    """How rare the name of the actor is whom they share."""
    return p.actors.rarity


def actors_alike(p: Pairs) -> Truths:
    """Their actors are of one country, and of sorts that go together."""
    return p.actors.alike


def actors_foreign(p: Pairs) -> Truths:
    """Their actors are of different countries."""
    return p.actors.foreign


def actors_differ(p: Pairs) -> Truths:
    """Their actors are named differently, in another way."""
    return _otherwise(p.actors)


def actors_told(p: Pairs) -> Truths:
    """The sentence of one has the name of an actor of the other, and claims no actor itself."""
    return _told(p.a, p.b, p.actors)


def recipients_same(p: Pairs) -> Truths:
    """They share a recipient."""
    return p.recipients.same


def recipients_rare(p: Pairs) -> Reals:
    """How rare the name of the recipient is whom they share."""
    return p.recipients.rarity


def recipients_alike(p: Pairs) -> Truths:
    """Their recipients are of one country, and of sorts that go together."""
    return p.recipients.alike


def recipients_foreign(p: Pairs) -> Truths:
    """Their recipients are of different countries."""
    return p.recipients.foreign


def recipients_differ(p: Pairs) -> Truths:
    """Their recipients are named differently, in another way."""
    return _otherwise(p.recipients)


def recipients_told(p: Pairs) -> Truths:
    """The sentence of one has the name of a recipient of the other, and claims none itself."""
    return _told(p.a, p.b, p.recipients)


def swapped(p: Pairs) -> Truths:
    """The actor of one is the recipient of the other, and they share no actor or recipient."""
    crossed = Sides(p.a.actors, p.b.recipients).same | Sides(p.a.recipients, p.b.actors).same
    return truths(crossed & ~p.actors.same & ~p.recipients.same)


def speakers_same(p: Pairs) -> Truths:
    """One speaker tells of both."""
    return truths(equal(p.a.speakers, p.b.speakers).any(axis=(1, 2)))


def _otherwise(sides: Sides) -> Truths:
    return truths(sides.given & ~sides.same & ~sides.alike & ~sides.foreign)


def _told(a: Rows, b: Rows, sides: Sides) -> Truths:
    one = holds(b.words, sides.one.word) & (sides.two.who[:, 0] == 0)
    return truths(one | (holds(a.words, sides.two.word) & (sides.one.who[:, 0] == 0)))
