"""How much of the articles' words a release holds: enough to check a claim, never the article.

Texts belong to who published them. A quote is the trigger with what stands around it. Quotes of an
article are at most a fifth of it, together with what other columns have of its sentences: the
triggers, conditions, demands and costs of all its claims, for which room is kept. Claims that find
none left have their trigger alone. Whoever has the articles finds every sentence by its characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from tocsin.records.claim import Claim
from tocsin.records.evidence import Span
from tocsin.records.threat import Threat
from tocsin.views.records import Told

# Characters of a quote, and the share of an article's that its quotes may be.
LONGEST, SHARE = 120, 0.2


class Shown(NamedTuple):
    """Which share of the articles' characters a release holds, of 1.

    `words` are in quotes, conditions, demands and costs, `most` is that of the article that has
    most of them; `names` is with those of parties, as printed.
    """

    words: float = 0.0
    most: float = 0.0
    names: float = 0.0


@dataclass(slots=True)
class Quotes:
    """The quotes of claims that come by; `lengths` are the characters of each article's text.

    `terms` are the words of threats by the claims that make them, which have a table of their own.
    """

    lengths: Mapping[str, int]
    terms: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    _words: dict[str, int] = field(default_factory=dict)
    _names: int = 0

    def cut(self, told: Iterable[Told]) -> Iterator[Told]:
        """Yield claims with their sentences cut to quotes; those of an article come together."""
        self._words.clear()
        self._names = 0
        for article, some in groupby(told, lambda one: one.claim.article):
            yield from self._article(article, list(some))

    @property
    def shown(self) -> Shown:
        """How much of the articles the claims that came by show."""
        whole = sum(self.lengths.values())
        if not whole:
            return Shown()
        shares = (count / self.lengths[name] for name, count in self._words.items() if count)
        words = sum(self._words.values())
        return Shown(words / whole, max(shares, default=0.0), (words + self._names) / whole)

    def _article(self, article: str, some: Sequence[Told]) -> Iterator[Told]:
        most = SHARE * self.lengths.get(article, 0)
        shown = _within(span for one in some for span in self._kept(one.claim))
        for one in some:
            quote = around(one.claim.sentence, one.claim.trigger)
            if len(shown | _within([quote])) > most:
                quote = one.claim.trigger
            shown |= _within([quote])
            yield replace(one, claim=replace(one.claim, sentence=quote))
        self._words[article] = len(shown)
        self._names += len(_within(span for one in some for span in _named(one.claim)) - shown)

    def _kept(self, claim: Claim) -> Iterator[Span]:
        """Yield the words of a claim that other columns have, whatever its quote is."""
        yield claim.trigger
        if claim.condition is not None:
            yield claim.condition.span
        start, words = claim.sentence.start, claim.sentence.quote
        for one in self.terms.get(claim.id, ()):
            # A thread has its words from one of its claims, and does not say from which.
            if one.start >= start and words[one.start - start :].startswith(one.quote):
                yield one


def threatened(threats: Iterable[Threat]) -> dict[str, list[Span]]:
    """Return the words of threats by the claims that may have them."""
    found: dict[str, list[Span]] = {}
    for one in threats:
        spans = [span for span in (one.demand, one.cost, one.condition) if span is not None]
        for said in one.utterances:
            found.setdefault(said.claim, []).extend(spans)
    return found


def _named(claim: Claim) -> Iterator[Span]:
    """Yield where the parties of a claim are named."""
    chain = claim.attribution.chain if claim.attribution else ()
    for one in (*claim.actors, *claim.recipients, *chain, *claim.denied_by):
        yield one.span


def _within(spans: Iterable[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def around(sentence: Span, trigger: Span) -> Span:
    """Return the words of a sentence around a trigger, at most so many characters of them."""
    if sentence.end - sentence.start <= LONGEST:
        return sentence
    spare = max(0, LONGEST - (trigger.end - trigger.start)) // 2
    start = max(sentence.start, trigger.start - spare)
    end = min(sentence.end, trigger.end + spare)
    words, at = sentence.quote, sentence.start
    # Not within a word.
    while sentence.start < start < trigger.start and not words[start - at - 1].isspace():
        start += 1
    while trigger.end < end < sentence.end and not words[end - at].isspace():
        end -= 1
    return Span(start, end, words[start - at : end - at])
