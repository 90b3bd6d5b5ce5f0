"""What analysts' judgements mean together, written once: the last that stands wins.

Judgements hold by the words they were about, not by the ids of records: coding an article again
gives its claims other ids where a type or a trigger changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec.structs import replace

from tocsin.base.errors import JudgementError, RecordError
from tocsin.records.claim import Claim
from tocsin.records.event import EVENT_SLOTS
from tocsin.records.judgement import Anchor, Judgement

# What a correction of a claim may change; the rest says where the claim stands.
FIELDS = (
    "type", "modes", "contexts", "modality", "actors", "recipients", "attribution", "condition",
    "deadline", "outcome", "date", "place", "killed", "injured", "arrested", "displaced", "crowd",
    "denied_by", "content_of", "response_to",
)  # fmt: skip
_TYPES = {name: kind for name, kind in Claim.__annotations__.items() if name in FIELDS}


@dataclass(frozen=True, slots=True)
class Settled:
    """Claims as judgements leave them, and what judgements say of claims together.

    `claims` has the corrected ones alone. `chosen` is the value that an analyst settled on, by the
    claim that the event was known by and the slot; `confirmed` the outcomes of threats. `loose`
    names judgements that bear on nothing now, each with the reason.
    """

    claims: Mapping[str, Claim] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()
    chosen: Mapping[tuple[str, str], str] = field(default_factory=dict)
    confirmed: tuple[Judgement, ...] = ()
    loose: tuple[tuple[Judgement, str], ...] = ()


def settle(judgements: Iterable[Judgement], claims: Mapping[str, Sequence[Claim]]) -> Settled:
    """Return what all judgements that stand come to; `claims` are those of the articles judged.

    Where two cannot both hold, the later one does, and the earlier is loose with the reason.
    """
    state = _State(claims)
    for made in sorted(standing(judgements), key=lambda one: (one.time, one.id)):
        state.take(made)
    return state.settled()


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements that nobody has undone."""
    return [made for made in judgements if made.undone is None]


def found(anchor: Anchor, claims: Sequence[Claim], *, typed: bool) -> Claim | None:
    """Return the claim that an anchor is about, as its article is coded now; None where it is gone.

    That is the one of its id; else of those whose trigger shares words with the anchor the one of
    its type, else, unless `typed`, the one that shares most.
    """
    mine = [c for c in claims if c.article == anchor.article]
    for claim in mine:
        if claim.id == anchor.claim:
            return claim
    near = [c for c in mine if c.trigger.overlaps(anchor.span)]
    near.sort(key=lambda c: (c.type != anchor.type, -_shared(c, anchor), c.trigger.start, c.id))
    if not near or (typed and near[0].type != anchor.type):
        return None
    return near[0]


def corrected(claim: Claim, name: str, value: Any) -> Claim:  # noqa: ANN401 - any field's value
    """Return a claim with another value in a field; raise JudgementError where it is none."""
    if name not in FIELDS:
        raise JudgementError(f"{name!r} cannot be corrected; expected one of {', '.join(FIELDS)}")
    try:
        made = msgspec.convert(
            {**msgspec.to_builtins(claim), name: msgspec.to_builtins(value)}, Claim
        )
    except (msgspec.ValidationError, RecordError) as error:
        raise JudgementError(f"{name}: {error}") from error
    return replace(claim, **{name: getattr(made, name)})


def _shared(claim: Claim, anchor: Anchor) -> int:
    return min(claim.trigger.end, anchor.span.end) - max(claim.trigger.start, anchor.span.start)


class _State:
    """Judgements taken one after the other."""

    def __init__(self, claims: Mapping[str, Sequence[Claim]]) -> None:
        self.known = claims
        self.changed: dict[str, Claim] = {}
        self.verdicts: dict[str, Judgement] = {}
        self.pairs: dict[tuple[str, str], Judgement] = {}
        self.chosen: dict[tuple[str, str], str] = {}
        self.confirmed: dict[tuple[str, str], Judgement] = {}
        self.loose: list[tuple[Judgement, str]] = []

    def take(self, made: Judgement) -> None:
        """Take a judgement on top of those before it."""
        one = self._claim(made, made.anchor)
        if one is None:
            return
        if made.verdict in ("accept", "reject"):
            self.verdicts[one.id] = made
        elif made.verdict == "correct":
            self._correct(made, one)
        elif made.verdict == "confirm":
            self._confirm(made, one)
        else:
            self._pair(made, one)

    def _claim(self, made: Judgement, anchor: Anchor | None) -> Claim | None:
        """Return the claim that a judgement is about now; note where there is none."""
        if anchor is None:
            self.loose.append((made, "it names no words of an article"))
            return None
        typed = made.verdict in ("accept", "reject")
        one = found(anchor, self.known.get(anchor.article, ()), typed=typed)
        if one is None:
            kind = f" of type {anchor.type}" if typed else ""
            self.loose.append((made, f"no claim{kind} stands on “{anchor.span.quote}” any more"))
        return one

    def _correct(self, made: Judgement, one: Claim) -> None:
        slot = made.field or ""
        if made.target.startswith("event-"):
            if slot in EVENT_SLOTS:
                self.chosen[one.id, slot] = str(made.after)
            else:
                self.loose.append((made, f"an event has no {slot!r} to choose"))
            return
        try:
            self.changed[one.id] = corrected(self.changed.get(one.id, one), slot, made.after)
        except JudgementError as error:
            self.loose.append((made, str(error)))

    def _confirm(self, made: Judgement, one: Claim) -> None:
        """Take what came of a threat, by the claims that threat and event are known by now."""
        event = self._claim(made, made.beside)
        if event is None or made.anchor is None or made.beside is None:
            return
        ends = replace(made.anchor, claim=one.id), replace(made.beside, claim=event.id)
        self.confirmed[one.id, event.id] = replace(made, anchor=ends[0], beside=ends[1])

    def _pair(self, made: Judgement, one: Claim) -> None:
        other = self._claim(made, made.beside)
        if other is None:
            return
        if one.id == other.id:
            if made.verdict == "different":
                self.loose.append((made, "both stand on one claim now"))
            return
        self.pairs[min(one.id, other.id), max(one.id, other.id)] = made

    def settled(self) -> Settled:
        """Return what they come to."""
        apart = self._apart()
        by = {
            verdict: frozenset(name for name, made in self.verdicts.items()
                               if made.verdict == verdict)
            for verdict in ("accept", "reject")
        }  # fmt: skip
        pairs = {
            verdict: tuple(sorted(
                pair for pair, made in self.pairs.items()
                if made.verdict == verdict and pair not in apart
            ))
            for verdict in ("same", "different")
        }  # fmt: skip
        return Settled(
            claims={name: self.changed[name] for name in sorted(self.changed)},
            accepted=by["accept"], rejected=by["reject"],
            same=pairs["same"], different=pairs["different"],
            chosen=self.chosen, confirmed=tuple(self.confirmed.values()), loose=tuple(self.loose),
        )  # fmt: skip

    def _apart(self) -> set[tuple[str, str]]:
        """Return the pairs whose judgement cannot hold beside later ones; note each."""
        group: dict[str, str] = {}
        parted: list[tuple[str, str]] = []
        out: set[tuple[str, str]] = set()

        def root(name: str) -> str:
            while group.get(name, name) != name:
                name = group[name]
            return name

        newest = sorted(self.pairs.items(), key=lambda item: (item[1].time, item[1].id))
        for pair, made in reversed(newest):
            one, other = map(root, pair)
            if made.verdict == "different":
                clash = one == other
                parted.append(pair)
            else:
                clash = any({root(a), root(b)} == {one, other} for a, b in parted)
                if not clash:
                    group[max(one, other)] = min(one, other)
            if clash:
                out.add(pair)
                parted = [kept for kept in parted if kept != pair]
                self.loose.append((made, "later judgements say the opposite"))
        return out
