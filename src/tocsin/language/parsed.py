"""The reader of a language that a spaCy pipeline parses; the one door to spaCy.

The pipeline gives sentences, words, syntax and names. It proposes no claims: the coder finds those
by the lexicon. Where its trees differ from what the coder's rules read (CODEBOOK's relations are
those of Universal Dependencies 2), they are mended by the grammar words that the pack names.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tocsin.base.errors import ArtefactError
from tocsin.language import bounds, segment
from tocsin.language.bounds import Left
from tocsin.language.mended import Draft
from tocsin.ontology import lexicon
from tocsin.ontology.packs import Pack, speaking
from tocsin.ontology.words import groups
from tocsin.records.article import Article
from tocsin.records.reading import Name, NameKind, Reading, Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

# What OntoNotes and WikiNER call kinds of names.
KINDS: Mapping[str, NameKind] = {
    "PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "MISC": "OTH",
}  # fmt: skip
# Longer sentences are tables or junk, read in cuts.
LONGEST = 80
# Characters that are parsed at once; memory grows with them.
MOST = 50_000
_LINE = re.compile(r"[^\n]+")
# Relations of Universal Dependencies 1 under their names in 2.
_RENAMED = {
    "dobj": "obj",
    "nsubjpass": "nsubj:pass",
    "auxpass": "aux:pass",
    "acl:relcl": "acl:relcl",
}


class Parsed:
    """Reads articles of one language with a spaCy pipeline; the same text, the same reading."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._pipeline, self.version = _opened(pack)
        self._verbs = _verbs(pack)
        self._bodies = _bodies(pack)

    def read(self, article: Article, leave: Sequence[tuple[int, int]] = ()) -> Reading:
        """Return the reading of an article but for some stretches, an issue where it is no prose.

        A sentence never crosses a line.
        """
        left: list[Left] = []
        cut = (segment.words(article.text, *place) for place in segment.sentences(article.text))
        for _ in bounds.kept(cut, left):
            pass
        others = [*leave, *((one.start, one.end) for one in left)]
        if self.pack.dateline:  # nobody in it does what the report tells
            others += [match.span() for match in self.pack.dateline.finditer(article.text)]
        reading = Reading(
            article_id=article.id,
            sentences=tuple(self._sentences(article.text, others)),
            language=self.pack.code,
        )
        return replace(reading, issues=(bounds.issue(article, left),)) if left else reading

    def _sentences(self, text: str, leave: Sequence[tuple[int, int]]) -> Iterator[Sentence]:
        for line in _LINE.finditer(text):
            for first, last in _outside(*line.span(), leave):
                for start, end in _pieces(text, first, last):
                    yield from self._parsed(text[start:end], start)

    def _parsed(self, piece: str, base: int) -> Iterator[Sentence]:
        for sentence in self._pipeline(piece).sents:
            words = [w for w in sentence if not w.is_space]
            for at in range(0, len(words), LONGEST):
                part = words[at : at + LONGEST]
                if part:
                    yield self._sentence(part, base)

    def _sentence(self, words: Sequence[Any], base: int) -> Sentence:
        """Return one sentence; words whose heads lie outside of it hang on its first root."""
        place = {w.i: k for k, w in enumerate(words)}
        heads = [-1 if w.head.i == w.i else place.get(w.head.i, -1) for w in words]
        heads = _rooted(heads)
        rels = [
            "root" if h < 0 else _RENAMED.get(w.dep_, w.dep_)
            for w, h in zip(words, heads, strict=True)
        ]
        offsets = tuple((base + w.idx, base + w.idx + len(w.text)) for w in words)
        draft = Draft(
            forms=[w.text for w in words],
            lemmas=[w.lemma_ or w.text for w in words],
            upos=[w.pos_ or "X" for w in words],
            feats=[str(w.morph) for w in words],
            heads=heads,
            rels=rels,
        )
        draft.mend(self.pack, self._verbs)
        return Sentence(
            start=offsets[0][0],
            end=offsets[-1][1],
            forms=tuple(draft.forms),
            offsets=offsets,
            lemmas=tuple(draft.lemmas),
            upos=tuple(draft.upos),
            feats=tuple(draft.feats),
            heads=tuple(draft.heads),
            rels=tuple(draft.rels),
            names=tuple(_names(words, draft.upos, self._bodies)),
        )


def _opened(pack: Pack) -> tuple[Any, str]:
    """Return the pack's pipeline and what it is; raise ArtefactError where it is not installed."""
    try:
        import spacy  # noqa: PLC0415

        with warnings.catch_warnings():
            # The pipeline on PyPI is older than the spaCy that runs on today's Python; docs/
            # decisions/015 tells how the two were tried together.
            warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
            pipeline = spacy.load(pack.model or "")
    except (ImportError, OSError) as error:
        raise ArtefactError(
            f"no reader for {pack.code} ({pack.name}): {_first(error)}; expected the spaCy "
            f"pipeline {pack.model!r}: run {pack.install or 'pip install with its name'}"
        ) from error
    release = metadata.version("spacy")
    version = f"{pipeline.meta['lang']}_{pipeline.meta['name']}-{pipeline.meta['version']}"
    return pipeline, f"{version}/spacy-{release}"


def _first(error: BaseException) -> str:
    return str(error).split(". ", maxsplit=1)[0].splitlines()[0]


def _bodies(pack: Pack) -> frozenset[str]:
    """Return the nouns for bodies that act and are no ground."""
    listed = (a for a in lexicon.load(pack=pack).agents.entries if a.kind != "person")
    with speaking(pack):
        apart = groups()["ground"] | groups()["outlets"]
    return frozenset(a.lemma for a in listed) - apart


def _verbs(pack: Pack) -> frozenset[str]:
    """Return the verbs that the pack's lexicon knows, those with a pronoun without it as well."""
    words = lexicon.load(pack=pack)
    lists: Iterable[Any] = (*words.triggers.entries, *words.cues.entries, *words.modality.entries)
    listed = {entry.lemma.split()[0] for entry in lists if entry.pos == "VERB"}
    return frozenset(listed | {verb.removesuffix(pack.reflexive or "") for verb in listed})


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a stretch in pieces that the parser takes at once, cut at blanks."""
    while end - start > MOST:
        cut = text.rfind(" ", start, start + MOST)
        cut = cut if cut > start else start + MOST
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def _outside(start: int, end: int, leave: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield what is left of a stretch without those to be left out."""
    for first, last in sorted(leave):
        if first < end and start < last:
            if start < first:
                yield start, first
            start = max(start, last)
    if start < end:
        yield start, end


def _rooted(heads: list[int]) -> list[int]:
    """Return heads with one root: further ones hang on the first."""
    root = next((k for k, head in enumerate(heads) if head < 0), 0)
    return [root if head < 0 and k != root else head for k, head in enumerate(heads)]


def _names(words: Sequence[Any], upos: Sequence[str], bodies: frozenset[str]) -> Iterator[Name]:
    """Yield the names of a sentence; one that begins with a common word is none.

    The pipeline takes many a body for a place: "el Gobierno".
    """
    start, kind = -1, ""
    for at, word in enumerate([*words, None]):
        ended = word is None or word.ent_iob_ != "I"
        if start >= 0 and ended:
            known = "ORG" if words[start].text.lower() in bodies else KINDS.get(kind)
            if known and upos[start] in ("PROPN", "NOUN", "X") and words[start].text[:1].isupper():
                yield Name(start, at, known)
            start = -1
        if word is not None and word.ent_iob_ == "B":
            start, kind = at, word.ent_type_
