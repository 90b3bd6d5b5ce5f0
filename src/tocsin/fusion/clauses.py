"""The parts of a sentence that threatens: cost, demand and condition, with their claims."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tocsin.fusion.cues import cues, named
from tocsin.fusion.cues import worded as meant
from tocsin.fusion.sides import known, likeness
from tocsin.fusion.told import Told
from tocsin.records.claim import Claim, Participant
from tocsin.records.evidence import Span
from tocsin.records.threat import Polarity

# Characters after a trigger in which words for a cost are looked for.
_NEAR = 90
OPEN = ("future", "possible", "conditional")


@dataclass(frozen=True)
class Page:
    """The claims of one article as the ledger looks at them, in text order."""

    rows: tuple[Told, ...]

    @cached_property
    def held(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims that are the content of another, by its id."""
        found: dict[str, list[Claim]] = {}
        for row in self.rows:
            if row.claim.content_of is not None:
                found.setdefault(row.claim.content_of, []).append(row.claim)
        return {name: tuple(claims) for name, claims in found.items()}

    @cached_property
    def lines(self) -> Mapping[tuple[int, int], tuple[Told, ...]]:
        """The claims by the sentence they stand in."""
        found: dict[tuple[int, int], list[Told]] = {}
        for row in self.rows:
            at = row.claim.sentence
            found.setdefault((at.start, at.end), []).append(row)
        return {at: tuple(rows) for at, rows in found.items()}

    def speaker(self, claim: Claim) -> tuple[Participant, ...]:
        """Return who was last quoted by name before a claim, for "the spokesman" or "it"."""
        before = [
            row.claim.attribution.chain[-1]
            for row in self.rows
            if row.claim.attribution is not None
            and row.claim.sentence.start < claim.sentence.start
            and known(row.claim.attribution.chain[-1:])
        ]
        return tuple(before[-1:])

    def gone(self, claim: Claim) -> bool:
        """Return whether a claim is of a day before the article, so that nobody threatens it."""
        day = self.rows[0].day
        end = claim.date.end if claim.date else None
        return day is not None and end is not None and end < day

    def beside(self, claim: Claim) -> tuple[Claim, ...]:
        """Return the other claims of a claim's sentence."""
        at = claim.sentence.start, claim.sentence.end
        return tuple(row.claim for row in self.lines[at] if row.claim.id != claim.id)


@dataclass(frozen=True, slots=True)
class Clauses:
    """What a sentence threatens, asks for and makes it depend on; empty where it does not say.

    `forbidden` says that the demand is an act not to be done; `object` is who would be hit.
    """

    cost: Span | None = None
    cost_claim: Claim | None = None
    cost_type: str | None = None
    demand: Span | None = None
    demand_claim: Claim | None = None
    demand_type: str | None = None
    condition: Span | None = None
    polarity: Polarity | None = None
    forbidden: bool = False
    by: tuple[Participant, ...] = field(default=())


def clauses(
    claim: Claim, page: Page, issuer: Sequence[Participant], *, due: Span | None, worded: bool
) -> Clauses:  # fmt: skip
    """Return the parts of what a claim says, from the claims it contains and from its words.

    `due` are the words for a deadline, which is no condition. Without `worded` only a claim makes
    a cost.
    """
    inside = page.held.get(claim.id) or _within(claim, page, issuer)
    span, polarity = condition(claim, inside, due)
    acts = [one for one in inside if one.type in cues().sets["threatened"]]
    forbidden = [one for one in acts if _forbidden(claim, one, span)]
    costs = [
        one for one in acts
        if one.modality in OPEN and one not in forbidden and not _suffered(one, issuer)
        and not page.gone(one)
    ]  # fmt: skip
    asked = [one for one in inside if one.modality == "requested" and one not in costs]
    asked += [one for one in inside if one not in asked and one not in costs and one not in acts
              and (span is not None and one.trigger.overlaps(span))]  # fmt: skip
    if cues().means("limits", claim.trigger.quote):
        asked += [one for one in inside if one not in acts and one not in asked]
    cost = min(costs, key=_rank, default=None)
    demand = min(asked or forbidden, key=_rank, default=None)
    told = _cost_words(claim, span) if worded and cost is None else None
    kind = named(cues().costs, cost.type, cost.modes) if cost else None
    if cost is None and told is not None:
        found = meant(cues().costs, told.quote)
        kind = found[0] if found else None
    kind_of = wanted(demand, span, polarity)
    return Clauses(
        cost=phrase(claim, cost) if cost else told,
        cost_claim=cost,
        cost_type=kind.name if kind else None,
        demand=phrase(claim, demand) if demand else None,
        demand_claim=demand,
        demand_type=kind_of,
        condition=span,
        polarity=polarity,
        forbidden=bool(forbidden) and not asked,
        by=cost.actors if cost else (),
    )


def _within(claim: Claim, page: Page, issuer: Sequence[Participant]) -> tuple[Claim, ...]:
    """Return the claims that follow in the sentence and tell of what has not happened.

    A coder may miss that one claim is the content of another; what somebody else is quoted for is
    left out.
    """
    return tuple(
        one for one in page.beside(claim)
        if one.content_of is None
        and claim.trigger.end <= one.trigger.start <= claim.trigger.end + _NEAR
        and one.modality in (*OPEN, "requested")
        and (one.attribution is None or likeness(one.attribution.chain, issuer).value != 0.0)
    )  # fmt: skip


def _forbidden(claim: Claim, act: Claim, condition: Span | None) -> bool:
    """Return whether an act is what a claim warns against, or what its condition speaks of."""
    if condition is not None and act.trigger.overlaps(condition):
        return True
    start = claim.sentence.start
    between = claim.sentence.quote[claim.trigger.start - start : act.trigger.start - start]
    return act.modality == "possible" and cues().says("against", between) is not None


def _suffered(act: Claim, issuer: Sequence[Participant]) -> bool:
    """Return whether an act that nobody is said to do would hit the issuer itself."""
    return not act.actors and (likeness(act.recipients, issuer).value or 0.0) >= 0.8


def _rank(claim: Claim) -> tuple[int, int, str]:
    return (
        OPEN.index(claim.modality) if claim.modality in OPEN else -1,
        claim.trigger.start,
        claim.id,
    )


def condition(
    claim: Claim, inside: Sequence[Claim], due: Span | None = None
) -> tuple[Span | None, Polarity | None]:
    """Return the condition and its polarity; "if they do not" says what "unless they" says."""
    given = next((one.condition for one in (claim, *inside) if one.condition is not None), None)
    if given is not None and cues().says("conditional", given.span.quote):
        return given.span, _polarity(given.span.quote, given.kind)
    for name in ("condition", "any"):
        match = cues().says(name, claim.sentence.quote)
        found = _span(claim.sentence, match) if match else None
        if match and found and found.quote and not (due and due.overlaps(found)):
            before = claim.sentence.quote[: match.start()]
            if match[0].lower().startswith("until") and cues().says("going", before[-60:]):
                continue
            return found, _polarity(match[0]) if name == "condition" else "if"
    if given is not None:
        return given.span, _polarity(given.span.quote, given.kind)
    match = cues().says("otherwise", claim.sentence.quote)
    return (None, "unless") if match else (None, None)


def _polarity(words: str, kind: str = "") -> Polarity:
    first = words.strip(" \"“'‘").lower().split()[0] if words.split() else ""
    if first == "until":
        return "until"
    if kind == "unless" or first == "unless" or cues().says("negated", words):
        return "unless"
    return "when" if first in {"when", "once"} else "if"


def _cost_words(claim: Claim, condition: Span | None) -> Span | None:
    """Return the words for a cost that stand after the trigger, but not where a reason is given.

    A noun for a threat is followed at once by what is threatened, or by nothing of it.
    """
    start = claim.sentence.start
    text, after = claim.sentence.quote, claim.trigger.end - start
    stop = cues().says("because", text[after:])
    end = min(after + stop.start() if stop else len(text), after + _NEAR)
    if cues().means("limits", claim.trigger.quote):
        return None
    found = meant(cues().costs, text[after:end])
    vague = cues().vague.search(text, after, end)
    spans = []
    if found is not None:
        at = after + found[1].start()
        spans.append(Span(start + at, start + at + len(found[1][0]), found[1][0]))
    if vague is not None:
        spans.append(_span(claim.sentence, vague))
    free = [one for one in spans if condition is None or not one.overlaps(condition)]
    return free[0] if free else None


def wanted(
    demand: Claim | None, condition: Span | None = None, polarity: Polarity | None = None
) -> str | None:
    """Return the kind of what is asked for: by words that mean one, by type, by the condition."""
    if demand is not None:
        found = meant(cues().demands, demand.trigger.quote)
        kind = named(cues().demands, demand.type, demand.modes)
        return found[0].name if found else kind.name if kind else None
    if condition is not None and polarity in ("unless", "until"):
        found = meant(cues().demands, condition.quote)
        return found[0].name if found else None
    return None


def todo(claim: Claim, due: Span, parts: Clauses | None = None) -> Clauses:
    """Return parts with what there is time for, by the words that follow those for the time."""
    parts = parts or Clauses()
    start = due.start - claim.sentence.start
    match = cues().says("todo", claim.sentence.quote[start : start + 160])
    if match is None:
        return parts
    span = Span(due.start + match.start(1), due.start + match.end(1), match[1])
    found = meant(cues().demands, match[1])
    return replace(parts, demand=span, demand_type=found[0].name if found else None)


def phrase(claim: Claim, part: Claim) -> Span:
    """Return the words of a contained claim: from its trigger to the end of its clause."""
    if part.sentence.start != claim.sentence.start:
        return part.trigger
    start = part.trigger.start - claim.sentence.start
    match = _CLAUSE.match(claim.sentence.quote, start)
    end = max(match.end() if match else start, part.trigger.end - claim.sentence.start)
    words = claim.sentence.quote[start:end].rstrip()
    return Span(part.trigger.start, part.trigger.start + len(words), words)


_STOPS = (
    "unless|until|if|and said|but|or else|otherwise|which|who|because|after|as|while|when|where"
    "|adding|saying"
)
_CLAUSE = re.compile(rf"(?:(?!\b(?:{_STOPS})\b)[^,.;:\"”\n]){{1,90}}(?=\b|[,.;:\"”\n]|$)")


def _span(sentence: Span, match: re.Match[str]) -> Span:
    words = match[0].rstrip()
    return Span(sentence.start + match.start(), sentence.start + match.start() + len(words), words)
