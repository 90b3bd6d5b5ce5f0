"""Whether two sides are one: the same actor, its state, its ally, or nobody that can be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from tocsin.base.text import fold
from tocsin.fusion.cues import cues
from tocsin.fusion.words import words
from tocsin.records.claim import Participant
from tocsin.records.relation import Relation

SAME, STATE, ALIKE, ALLY, KIN = 1.0, 0.8, 0.8, 0.6, 0.4
# Countries of these codes are none: each organisation stands for itself.
_BODIES = frozenset({"IGO", "NGO"})
_EMPTY = frozenset({
    "the", "a", "an", "of", "in", "and", "for", "its", "their", "his", "her", "s", "to", "from",
    "at", "on", "by",
})  # fmt: skip

Allies = frozenset[frozenset[str]]
# The participants of a side by entity, name, country and sectors.
Face = tuple[tuple[str | None, str, str | None, tuple[str, ...]], ...]


class Likeness(NamedTuple):
    """How far two sides are one, from 0 to 1, and in what way; no value where nobody can tell."""

    value: float | None
    because: str


def key(one: Participant) -> str | None:
    """Return what a side is counted under: its country, else its entity; None where unknown."""
    if one.country is not None and one.country not in _BODIES:
        return one.country
    return one.entity


def keys(side: Iterable[Participant]) -> frozenset[str]:
    """Return what the participants of a side are counted under."""
    return frozenset(name for one in side if (name := key(one)) is not None)


def known(side: Iterable[Participant]) -> bool:
    """Return whether somebody of a side can be told: by entity or by country."""
    return any(one.entity is not None or key(one) is not None for one in side)


def named(side: Iterable[Participant]) -> tuple[Participant, ...]:
    """Return those of a side that are somebody; a letter or "he" without more is nobody."""
    return tuple(one for one in side if one.entity or not _nobody(one.name))


def allies(relations: Iterable[Relation]) -> Allies:
    """Return who backs, leads or belongs to whom, as articles state it, in pairs of entities."""
    kept = {"backed_by", "part_of", "allied_with", "leads", "speaks_for", "member_of", "controls"}
    pairs = (
        (one.subject.entity, one.object.entity) for one in relations if one.relation in kept
    )  # fmt: skip
    return frozenset(frozenset((a, b)) for a, b in pairs if a and b and a != b)


def likeness(
    one: Sequence[Participant], other: Sequence[Participant], allied: Allies = frozenset()
) -> Likeness:
    """Return how far two sides are one, by the pair of them that is most alike."""
    found = [_pair(a, b, allied) for a, b in product(named(one), named(other))]
    told = [like for like in found if like.value is not None]
    if not told:
        return Likeness(None, "it is not known who")
    return max(told, key=lambda like: (like.value or 0.0, like.because))


class Alike:
    """How far sides are one, from 0 to 1, as `likeness` has it; two sides are compared once."""

    def __init__(self, allied: Allies = frozenset()) -> None:
        self.allied = allied
        self.found: dict[tuple[Face, Face], float | None] = {}

    def __call__(self, one: Sequence[Participant], other: Sequence[Participant]) -> float | None:
        """Return how far two sides are one; None where nobody can tell."""
        pair = face(one), face(other)
        if pair not in self.found:
            self.found[pair] = likeness(one, other, self.allied).value
        return self.found[pair]


def face(side: Iterable[Participant]) -> Face:
    """Return all of a side that its likeness to others hangs on."""
    return tuple((one.entity, one.name, one.country, one.sectors) for one in side)


def _pair(a: Participant, b: Participant, allied: Allies) -> Likeness:
    if a.entity and a.entity == b.entity:
        return Likeness(SAME, f"both are {a.name}")
    if a.entity and b.entity and frozenset((a.entity, b.entity)) in allied:
        return Likeness(ALLY, f"{a.name} and {b.name} are said to belong together")
    mine, other = _content(a.name), _content(b.name)
    if mine and mine == other:
        return Likeness(SAME, f"both are {a.name}")
    if (key(a) is None) or (key(b) is None):
        return _vague(a, b, mine, other)
    if key(a) != key(b):
        return Likeness(0.0, f"{a.name} is not {b.name}")
    return _compatriots(a, b, mine & other)


def _vague(
    a: Participant, b: Participant, mine: frozenset[str], other: frozenset[str]
) -> Likeness:  # fmt: skip
    """Compare two of whom one has no country: by their words alone."""
    if mine & other and len(mine & other) * 2 >= min(len(mine), len(other)):
        return Likeness(ALIKE, f"{a.name} and {b.name} share their words")
    if a.entity and b.entity:
        return Likeness(0.0, f"{a.name} is not {b.name}")
    return Likeness(None, f"{a.name} may be {b.name}")


def _compatriots(a: Participant, b: Participant, shared: frozenset[str]) -> Likeness:
    """Compare two of one country."""
    if _state(a) and _state(b):
        return Likeness(STATE, f"{a.name} and {b.name} act for one state")
    if _state(a) != _state(b):
        return Likeness(0.0, f"{a.name} and {b.name} are of one country, not of one side")
    if shared:
        return Likeness(ALIKE, f"{a.name} and {b.name} share their words")
    if a.entity and b.entity:
        return Likeness(0.0, f"{a.name} is not {b.name}")
    if set(a.sectors) & set(b.sectors):
        return Likeness(KIN, f"{a.name} and {b.name} are of one country and kind")
    return Likeness(0.0, f"{a.name} is not {b.name}")


def state(one: Participant) -> bool:
    """Return whether somebody acts for a state."""
    return _state(one)


def _state(one: Participant) -> bool:
    if one.entity is not None and one.entity == one.country:
        return True
    held = cues().sets
    return bool(set(one.sectors) & held["state"]) and not set(one.sectors) & held["fighting"]


@lru_cache(maxsize=16_384)
def _nobody(name: str) -> bool:
    """Return whether a name is a pronoun or a paper."""
    listed, folded = words(), fold(name)
    last = folded.split()[-1] if folded else ""
    return folded in listed.pronouns or folded in {"i", "we", "you"} or listed.vessel(last)


def mouth(one: Participant) -> bool:
    """Return whether somebody is only said to speak: "its spokesman", "the statement", "he"."""
    if one.entity is not None or one.country is not None:
        return False
    last = fold(one.name).split()[-1:]
    return _nobody(one.name) or bool(last and last[0] in words().mouths)


@lru_cache(maxsize=16_384)
def _content(name: str) -> frozenset[str]:
    return frozenset(fold(name).split()) - _EMPTY
