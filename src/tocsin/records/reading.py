"""An article's sentences, words, syntax, names, and what is proposed about them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tocsin.records.evidence import Hand
from tocsin.records.issue import Issue

NameKind = Literal["PER", "ORG", "LOC", "OTH"]


class Name(Struct, frozen=True):
    """A proper name: word positions in its sentence, half open."""

    start: int
    end: int
    kind: NameKind


class Sentence(Struct, frozen=True, kw_only=True):
    """One sentence in columns: a word's offsets, lemma, part of speech, features, head, relation.

    `heads` are positions in the sentence, -1 for the root; `offsets` count in `Article.text`.
    """

    start: int
    end: int
    forms: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    rels: tuple[str, ...]
    names: tuple[Name, ...] = ()

    def __len__(self) -> int:
        return len(self.forms)


class Edge(Struct, frozen=True):
    """A role between a trigger and words of its own or a neighbouring sentence.

    `because` names the rule behind an edge that no reader saw.
    """

    role: str
    sentence: int
    start: int
    end: int
    score: float
    because: str | None = None
    hand: Hand = "model"


class Proposal(Struct, frozen=True, kw_only=True):
    """A trigger that a reader proposes, with everything it scored about it.

    `types` are (type, probability), most likely first; what is missing from 1 is "no claim".
    `parent` is the place of another proposal in `Reading.proposals` whose content this one is.
    `hand` is who decided on type and modality; each edge has its own.
    """

    sentence: int
    start: int
    end: int
    types: tuple[tuple[str, float], ...]
    modality: tuple[tuple[str, float], ...]
    modes: tuple[tuple[str, float], ...] = ()
    outcome: tuple[tuple[str, float], ...] = ()
    edges: tuple[Edge, ...] = ()
    parent: int | None = None
    parent_score: float = 0.0
    hand: Hand = "model"


class Telling(Struct, frozen=True, kw_only=True):
    """Reporting words that the network proposes, with edges to their source and content."""

    sentence: int
    start: int
    end: int
    score: float
    edges: tuple[Edge, ...] = ()


class Reading(Struct, frozen=True, kw_only=True):
    """All that the reader found in one article, before anything is coded.

    `endpoint` is the second reader that had a say, for the stamp; `issues` what went wrong;
    `language` is the one that it was read in, an ISO 639-1 code.
    """

    article_id: str
    sentences: tuple[Sentence, ...]
    proposals: tuple[Proposal, ...] = ()
    tellings: tuple[Telling, ...] = ()
    endpoint: str | None = None
    issues: tuple[Issue, ...] = ()
    language: str = "en"
