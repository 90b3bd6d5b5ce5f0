"""Where copied words come from: which claim of the parent a claim repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.fusion.told import Told
from tocsin.records.claim import Claim
from tocsin.records.evidence import Span
from tocsin.records.lineage import Copy

# A claim is copied where runs hold this part of its sentence.
HALF = 0.5


def copied(claim: Claim, copy: Copy | None) -> bool:
    """Return whether a claim stands in words that its article shares with its parent."""
    if copy is None:
        return False
    return shared(claim.sentence, copy) >= HALF * max(1, claim.sentence.end - claim.sentence.start)


def shared(span: Span, copy: Copy) -> int:
    """Return how many characters of a span stand in runs."""
    return sum(max(0, min(span.end, r.end) - max(span.start, r.start)) for r in copy.runs)


def original(claim: Claim, copy: Copy, parent: Sequence[Told]) -> Told | None:
    """Return the parent's claim that a claim repeats: whose words stand at the same place.

    `parent` are the claims of the parent article in the same event. One with the same trigger comes
    first, then one with the same sentence.
    """
    trigger, sentence = _moved(claim.trigger, copy), _moved(claim.sentence, copy)
    by_word = [row for row in parent if trigger and _meets(row.claim.trigger, trigger)]
    by_line = [row for row in parent if sentence and _meets(row.claim.sentence, sentence)]
    return next(iter(by_word or by_line), None)


def root(article: str, copies: Mapping[str, Copy]) -> str:
    """Return the article at the root of a tree of copies, itself where it is none."""
    seen = {article}
    while (copy := copies.get(article)) is not None and copy.parent not in seen:
        article = copy.parent
        seen.add(article)
    return article


def _moved(span: Span, copy: Copy) -> tuple[int, int] | None:
    """Return the characters of the parent that a span's characters come from."""
    met = [r for r in copy.runs if r.start < span.end and span.start < r.end]
    if not met:
        return None
    start = met[0].at + max(0, span.start - met[0].start)
    end = met[-1].until - max(0, met[-1].end - span.end)
    return (start, end) if start < end else None


def _meets(span: Span, place: tuple[int, int]) -> bool:
    return span.start < place[1] and place[0] < span.end
