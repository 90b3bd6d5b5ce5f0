"""How much of the articles' words a release holds: enough to check a claim, never the article.

Texts belong to who published them. A quote is the trigger with what stands around it, and all
quotes of an article together are at most a fifth of it; claims behind that have their trigger
alone. Whoever has the articles finds every sentence by its characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from tocsin.records.claim import Claim
from tocsin.records.evidence import Span
from tocsin.views.records import Told

# Characters of a quote, and the share of an article's that all its quotes may be.
LONGEST, SHARE = 120, 0.2


@dataclass(slots=True)
class Quotes:
    """The quotes of claims that come by; `lengths` are the characters of each article's text."""

    lengths: Mapping[str, int]
    shown: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def cut(self, told: Iterable[Told]) -> Iterator[Told]:
        """Yield claims with their sentences cut to quotes; those of an article come in order."""
        for one in told:
            yield replace(one, claim=self._quoted(one.claim))

    @property
    def share(self) -> float:
        """Which share of the articles' characters is shown, of 1."""
        whole = sum(self.lengths.values())
        return sum(map(len, self.shown.values())) / whole if whole else 0.0

    def _quoted(self, claim: Claim) -> Claim:
        shown, most = self.shown[claim.article], SHARE * self.lengths.get(claim.article, 0)
        quote = around(claim.sentence, claim.trigger)
        if len(shown | set(range(quote.start, quote.end))) > most:
            quote = claim.trigger
        shown.update(range(quote.start, quote.end))
        return replace(claim, sentence=quote)


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
