"""The reader of a language that a spaCy pipeline parses; the one door to spaCy.

The pipeline gives sentences, words, syntax and names. It proposes no claims: the coder finds those
by the lexicon. Where its trees differ from what the coder's rules read (CODEBOOK's relations are
those of Universal Dependencies 2), they are mended by the grammar words that the pack names.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tocsin.base.errors import ArtefactError
from tocsin.language import bounds, segment
from tocsin.language.bounds import Left
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
_NOMINAL = frozenset({"nsubj", "obj", "iobj", "obl", "nmod"})


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
        draft = _Draft(
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


@dataclass(slots=True)
class _Draft:
    """A sentence's columns while they are mended."""

    forms: list[str]
    lemmas: list[str]
    upos: list[str]
    feats: list[str]
    heads: list[int]
    rels: list[str]

    def mend(self, pack: Pack, verbs: frozenset[str]) -> None:
        """Bring the columns to what the coder's rules read."""
        for at, form in enumerate(self.forms):
            self._participle(pack, verbs, at, form.lower())
            self._finite(pack, verbs, at, form.lower())
            self._joined(verbs, at, form.lower())
        for at in range(len(self.forms)):
            self._relative(at)
            self._apart(at)
            self._passive(pack, at)
            self._reflexive(pack, verbs, at)
            self._completing(pack, at)
            self._controlled(at)
            if self.forms[at].lower() in pack.asides and self.rels[at] in ("mark", "advmod"):
                self._aside(at)
        for at in range(len(self.forms)):
            self._subject(at)
            self._oblique(pack, at)
            self._titled(at)

    def _participle(self, pack: Pack, verbs: frozenset[str], at: int, form: str) -> None:
        """Call an adjective that is a verb's participle by its verb: “impuestas” of “imponer”."""
        if self.upos[at] not in ("ADJ", "VERB") or "VerbForm=Part" not in self.feats[at]:
            return
        if self.lemmas[at] in pack.adjectives:
            return
        if self.lemmas[at] in verbs:
            self.upos[at] = "VERB"
        lemma = _infinitive(form, pack.endings, verbs) if self.upos[at] == "ADJ" else None
        if lemma is not None:
            self.lemmas[at], self.upos[at] = lemma, "VERB"
        if self.upos[at] == "VERB" and self.rels[at] in ("amod", "acl", "advcl"):
            self.feats[at] += "|Voice=Pass"
            self.rels[at] = "acl" if self.rels[at] != "advcl" else "advcl"

    def _finite(self, pack: Pack, verbs: frozenset[str], at: int, form: str) -> None:
        """Call a finite form whose lemma the lexicon does not know by one that it knows."""
        finite = self.upos[at] == "VERB" and "VerbForm=Fin" in self.feats[at]
        if finite and self.lemmas[at] not in verbs:
            self.lemmas[at] = _infinitive(form, pack.finite, verbs) or self.lemmas[at]

    def _joined(self, verbs: frozenset[str], at: int, form: str) -> None:
        """Call a verb with a pronoun written to it by the verb, or by both: “manifestarse”."""
        if self.upos[at] == "VERB" and " " in self.lemmas[at]:
            self.lemmas[at] = form if form in verbs else self.lemmas[at].split()[0]

    def _titled(self, at: int) -> None:
        """Join a name to the title before it, as no comma parts them: “el líder ruso Doe”."""
        between = self.upos[self.heads[at] + 1 : at]
        if self.rels[at] == "appos" and self.upos[at] == "PROPN" and set(between) <= {"ADJ"}:
            self.rels[at] = "flat"

    def _relative(self, at: int) -> None:
        """Mark a clause with a relative pronoun as one, and the pronoun as relative."""
        head = self.heads[at]
        pronoun = self.upos[at] == "PRON" and "Rel" in self.feats[at]
        if head >= 0 and pronoun:
            self.feats[at] = self.feats[at].replace("PronType=Int,Rel", "PronType=Rel")
            if self.rels[head] == "acl":
                self.rels[head] = "acl:relcl"

    def _apart(self, at: int) -> None:
        """Hang a relative clause on the verb above it where its noun is not who does what it says.

        “Ucrania, a la que acusó”, “Pekín, donde se reunirá”: who does both is the same.
        """
        if not self.rels[at].startswith("acl"):
            return
        below = self._below(at)
        taking = [k for k in below if "PronType=" in self.feats[k] and "Rel" in self.feats[k]]
        led = any(self.rels[k] == "case" and self.heads[k] in taking for k in range(at))
        placed = any(self.rels[k].startswith("obl") for k in taking)
        verb = self.heads[at]
        while verb >= 0 and self.upos[verb] != "VERB":
            verb = self.heads[verb]
        owned = any(self.rels[k].startswith("nsubj") for k in below)
        if (led or placed) and not owned and verb >= 0:
            self.rels[at], self.heads[at] = "advcl", verb

    def _below(self, at: int) -> list[int]:
        """Return the words that hang on a word."""
        return [k for k, head in enumerate(self.heads) if head == at]

    def _passive(self, pack: Pack, at: int) -> None:
        """Mark a passive's auxiliary and its subject."""
        head = self.heads[at]
        helps = self.rels[at] in ("aux", "cop") and self.lemmas[at].lower() in pack.passive
        if helps and "VerbForm=Part" in self.feats[head]:
            self.rels[at] = "aux:pass"
            self.rels = [
                "nsubj:pass" if rel == "nsubj" and h == head else rel
                for rel, h in zip(self.rels, self.heads, strict=True)
            ]

    def _reflexive(self, pack: Pack, verbs: frozenset[str], at: int) -> None:
        """Call a verb with its reflexive pronoun by both, where the lexicon lists them so."""
        head = self.heads[at]
        if head >= 0 and pack.reflexive and self.forms[at].lower() == pack.reflexive:
            whole = self.lemmas[head] + pack.reflexive
            if whole in verbs:
                self.lemmas[head] = whole
            if self.rels[at] in ("obj", "iobj"):
                self.rels[at] = "expl"

    def _completing(self, pack: Pack, at: int) -> None:
        """Call an infinitive that completes its verb by that: “acusó a Teherán de armar ...”."""
        head = self.heads[at]
        opens = self.rels[at] in ("mark", "case") and self.forms[at].lower() in pack.openers
        if opens and self.rels[head] == "advcl" and "VerbForm=Inf" in self.feats[head]:
            self.rels[head] = "xcomp"

    def _controlled(self, at: int) -> None:
        """Call an infinitive whose subject is the verb's above it by that: “negó haber atacado”."""
        if self.rels[at] != "ccomp":
            return
        below = self._below(at)
        forms = [at, *(k for k in below if self.rels[k].startswith("aux"))]
        bare = any("VerbForm=Inf" in self.feats[k] for k in forms)
        if bare and not any(self.rels[k].startswith("nsubj") for k in below):
            self.rels[at] = "xcomp"

    def _aside(self, at: int) -> None:
        """Set a clause of who said it beside the clause that it follows: “según informó ...”."""
        head = self.heads[at]
        if self.rels[head] in ("advcl", "obl", "conj") and self.upos[head] == "VERB":
            self.rels[head] = "parataxis"

    def _subject(self, at: int) -> None:
        """Call a bare name before a finite verb that has no subject by that: “Senegal ofreció”."""
        head = self.heads[at]
        bare = self.upos[at] == "PROPN" and self.rels[at] in ("obl", "obj", "nmod") and at < head
        if not bare or "VerbForm=Fin" not in self.feats[head]:
            return
        below = [(k, rel) for k, rel in enumerate(self.rels) if self.heads[k] == head]
        cased = any(h == at and r == "case" for h, r in zip(self.heads, self.rels, strict=True))
        if not cased and not any(rel.startswith("nsubj") for _, rel in below):
            self.rels[at] = "nsubj"

    def _oblique(self, pack: Pack, at: int) -> None:
        """Call what a preposition leads oblique, and who does what a participle says its agent."""
        head = self.heads[at]
        if head < 0 or self.rels[at] not in ("obj", "obl", "nmod", "iobj"):
            return
        cases = [
            self.forms[k].lower()
            for k, h in enumerate(self.heads)
            if h == at and self.rels[k] == "case" and k < at
        ]
        suffers = "Voice=Pass" in self.feats[head] or any(
            h == head and rel == "aux:pass" for h, rel in zip(self.heads, self.rels, strict=True)
        )
        if suffers and cases and cases[0] in pack.agents:
            self.rels[at] = "obl:agent"
        elif self.rels[at] == "obj" and cases and self._has_object(head, at):
            self.rels[at] = "iobj" if cases[0] in ("a", "al") else "obl"

    def _has_object(self, head: int, but: int) -> bool:
        return any(
            h == head and self.rels[k] == "obj" and k < but for k, h in enumerate(self.heads)
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


def _infinitive(
    form: str, endings: Mapping[str, tuple[str, ...]], verbs: frozenset[str]
) -> str | None:
    """Return the known verb that a form is of by its ending, the longest that fits."""
    for ending in sorted(endings, key=len, reverse=True):
        stem = form.removesuffix(ending)
        lemma = next((stem + end for end in endings[ending] if stem + end in verbs), None)
        if stem != form and lemma is not None:
            return lemma
    return None


def _bodies(pack: Pack) -> frozenset[str]:
    """Return the nouns for bodies that act and are no ground."""
    listed = (a for a in lexicon.load(pack=pack).agents.entries if a.kind != "person")
    with speaking(pack):
        apart = groups()["ground"] | groups()["outlets"]
    return frozenset(a.lemma for a in listed) - apart


def _verbs(pack: Pack) -> frozenset[str]:
    """Return the verbs that the pack's lexicon knows."""
    words = lexicon.load(pack=pack)
    lists: Iterable[Any] = (*words.triggers.entries, *words.cues.entries, *words.modality.entries)
    return frozenset(entry.lemma.split()[0] for entry in lists if entry.pos == "VERB")


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
