"""What holds of the claims that an endpoint gives.

Nothing is taken on its word that can be looked up: types, modes and roles must be known, words must
stand where they are said to stand. What does not hold is dropped, and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from tocsin.ontology.model import Ontology
from tocsin.records.article import Article
from tocsin.records.issue import Issue
from tocsin.records.reading import Edge, Proposal, Sentence
from tocsin.remote import quote
from tocsin.remote.answer import issue, shown
from tocsin.remote.prompt import ROLES

# Numbers of any size are JSON; beyond these they are noise, which messages would repeat.
Number = Annotated[int, Meta(ge=-9999, le=9_999_999)]


class Role(Struct, frozen=True):
    """Words that play a part in a claim, as said."""

    role: str
    sentence: Number
    words: str
    nth: Number = 1


class Said(Struct, frozen=True):
    """A claim as an endpoint gives it; `parent` is a place in its own list."""

    sentence: Number
    trigger: str
    type: str
    modality: str
    nth: Number = 1
    modes: tuple[str, ...] = ()
    outcome: str | None = None
    parent: Number | None = None
    roles: tuple[Role, ...] = ()


@dataclass(slots=True)
class Check:
    """Looks the claims about one passage up in it, and notes what does not hold.

    Sentences from `shown` on were sent, those from `start` to `stop`, half open, asked about.
    """

    article: Article
    sentences: Sequence[Sentence]
    shown: int
    start: int
    stop: int
    ontology: Ontology
    sure: float
    issues: list[Issue] = field(default_factory=list)

    def proposals(self, rows: Sequence[object]) -> list[Proposal]:
        """Return the claims that hold in text order, their parents counted in this list."""
        kept: dict[int, Proposal] = {}
        parents: dict[int, int] = {}
        for number, row in enumerate(rows):
            said = self._said(row)
            proposal = self._proposal(said) if said else None
            if said is None or proposal is None:
                continue
            if any(_same(proposal, other) for other in kept.values()):
                self._note(said.sentence, f"{shown(said.trigger)} was given as {said.type} before")
                continue
            kept[number] = proposal
            if said.parent is not None:
                parents[number] = said.parent
        return self._linked(kept, parents)

    def _said(self, row: object) -> Said | None:
        try:
            return msgspec.convert(row, Said)
        except msgspec.ValidationError as error:
            self._note(None, f"a claim of another form ({error}): {shown(row)}")
            return None

    def _proposal(self, said: Said) -> Proposal | None:
        """Return a claim as a proposal, if its type and modality are known and its words there."""
        for name, known in ((said.type, self.ontology), (said.modality, self.ontology.modality)):
            if name not in known:
                self._note(said.sentence, f"{shown(name)} for {shown(said.trigger)} is not known")
                return None
        words = self._find(said.sentence, self.start, said.trigger, said.nth, "a trigger")
        if words is None:
            return None
        return Proposal(
            sentence=said.sentence - 1,
            start=words[0],
            end=words[1],
            types=((said.type, self.sure),),
            modality=((said.modality, self.sure),),
            modes=tuple((f"{said.type}:{mode}", self.sure) for mode in self._modes(said)),
            outcome=((self._outcome(said), self.sure),),
            edges=tuple(self._edges(said)),
            hand="endpoint",
        )

    def _modes(self, said: Said) -> Iterator[str]:
        for mode in dict.fromkeys(said.modes):
            if mode in self.ontology[said.type].modes:
                yield mode
            else:
                self._note(said.sentence, f"{shown(mode)} is no mode of {said.type}")

    def _outcome(self, said: Said) -> str:
        if said.outcome is None or said.outcome in self.ontology.outcomes:
            return said.outcome or "none"
        self._note(said.sentence, f"{shown(said.outcome)} is no outcome")
        return "none"

    def _edges(self, said: Said) -> Iterator[Edge]:
        for part in said.roles:
            if part.role not in ROLES:
                self._note(part.sentence, f"{shown(part.role)} is no role")
                continue
            name = f"{part.role} of {shown(said.trigger)}"
            words = self._find(part.sentence, self.shown, part.words, part.nth, name)
            if words is not None:
                yield Edge(part.role, part.sentence - 1, *words, self.sure, hand="endpoint")

    def _find(
        self, sentence: int, first: int, words: str, nth: int, name: str
    ) -> tuple[int, int] | None:
        """Return where words stand in a sentence, counted from 1; note it where they do not."""
        if not first < sentence <= self.stop:
            self._note(sentence, f"{shown(words)} as {name}: the sentence was not asked about")
            return None
        found = quote.find(self.sentences[sentence - 1], words, nth)
        if found is None:
            self._note(sentence, f"{shown(words)} as {name}: no such words there")
        return found

    def _linked(self, kept: Mapping[int, Proposal], parents: Mapping[int, int]) -> list[Proposal]:
        """Return proposals in text order, linked to the claims whose contents they are."""
        order = sorted(kept, key=lambda k: (kept[k].sentence, kept[k].start))
        found = []
        for number in order:
            proposal, parent = kept[number], parents.get(number)
            if parent is not None:
                if parent in kept and number not in _line(parent, parents):
                    proposal = replace(proposal, parent=order.index(parent), parent_score=self.sure)
                else:
                    said = f"{self._words(proposal)} as content of claim {parent}: there is none"
                    self._note(proposal.sentence + 1, said)
            found.append(proposal)
        return found

    def _words(self, proposal: Proposal) -> str:
        forms = self.sentences[proposal.sentence].forms
        return shown(" ".join(forms[proposal.start : proposal.end]))

    def _note(self, sentence: int | None, message: str) -> None:
        self.issues.append(issue(self.article, message, sentence=sentence))


def _same(one: Proposal, other: Proposal) -> bool:
    """Return whether two proposals are one claim given twice."""
    alike = one.sentence == other.sentence and one.types == other.types
    return alike and one.start < other.end and other.start < one.end


def _line(start: int, parents: Mapping[int, int]) -> set[int]:
    """Return a claim and all above it, as far as links lead."""
    line: set[int] = set()
    number: int | None = start
    while number is not None and number not in line:
        line.add(number)
        number = parents.get(number)
    return line
