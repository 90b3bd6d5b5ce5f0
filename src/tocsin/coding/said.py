"""What a statement is to the coder: who says what, by which words."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.records.claim import Style
from tocsin.records.statement import Polarity

Words = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: cue and source in words of their sentences, content in characters.

    `source` is who speaks, `whole` the same with appositions and relative clauses, as PARC has it;
    `acts` says that the cue may be a claim itself, as accusing and asking are.
    """

    sentence: int
    cue: Words | None
    source_sentence: int
    source: Words | None
    content: Words
    style: Style
    polarity: Polarity
    whole: Words | None = None
    acts: bool = False

    def cued(self, sentence: int, start: int, end: int) -> bool:
        """Return whether words of a sentence share one with the cue."""
        if self.cue is None or self.sentence != sentence:
            return False
        return self.cue[0] < end and start < self.cue[1]

    def holds(self, at: int) -> bool:
        """Return whether a character stands in the content."""
        return self.content[0] <= at < self.content[1]
