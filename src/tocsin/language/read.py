"""From an article's text to its reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from tocsin.language import bounds, segment
from tocsin.neural import blas, heads, tree
from tocsin.neural.artefact import Artefact
from tocsin.neural.lemmas import apply
from tocsin.neural.session import Session
from tocsin.neural.tokenizer import Pieces, shape
from tocsin.records.article import Article
from tocsin.records.reading import Edge, Name, Proposal, Reading, Sentence, Telling

# Windows as the network was trained on, in word pieces.
WINDOW = 128
# Longer runs without a sentence end are tables or junk, read in cuts. Words have at most six
# pieces and the network 512 positions.
LONGEST = 80
# Larger batches outgrow the caches of common processors and run slower.
BATCH = 4

# How nouns hang, and verbs don't.
NOMINAL = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod"})

Offsets = list[tuple[int, int]]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Window:
    """Sentences that are read together: (number, words) and the place of each first word."""

    sentences: tuple[tuple[int, Offsets], ...]
    bases: tuple[int, ...]

    def where(self, word: int) -> tuple[int, int]:
        """Return (sentence number, word in it) of a word of the window."""
        k = max(k for k, base in enumerate(self.bases) if base <= word)
        return self.sentences[k][0], word - self.bases[k]

    def words(self, start: int, end: int) -> tuple[int, int, int]:
        """Return (sentence number, start, end) of a span, cut off where its sentence ends."""
        sentence, first = self.where(start)
        last, tail = self.where(end - 1)
        return sentence, first, (tail if last == sentence else first) + 1


class Reader:
    """Reads articles with one network; the same text gives the same reading."""

    def __init__(self, artefact: Artefact, *, threads: int = 0) -> None:
        self.artefact = artefact
        self._session = Session(artefact.folder / "reader.onnx", threads=threads)
        self._pieces = Pieces(artefact.folder / "tokenizer.json")

    def read(self, article: Article, leave: Sequence[tuple[int, int]] = ()) -> Reading:
        """Return the reading of an article, with an issue where a part of it is no prose.

        Sentences in the stretches to be left out are not read.
        """
        left: list[bounds.Left] = []
        found = _sentences(article.text)
        if leave:
            found = (words for words in found if not _inside(words, leave))
        sentences = list(_parts(bounds.kept(found, left)))
        reading = self.read_words(article.id, article.text, sentences)
        return replace(reading, issues=(bounds.issue(article, left),)) if left else reading

    def read_words(self, article_id: str, text: str, sentences: Sequence[Offsets]) -> Reading:
        """Return the reading of a text whose sentences and words are already known."""
        windows = list(self._windows(text, sentences))
        order = sorted(range(len(windows)), key=lambda k: -windows[k][1])
        done: dict[int, tuple[list[Sentence], list[Proposal], list[Telling]]] = {}
        for at in range(0, len(order), BATCH):
            group = order[at : at + BATCH]
            outputs = self._score(text, [windows[k][0] for k in group])
            with blas.single():
                for k, out in zip(group, outputs, strict=True):
                    done[k] = self._decode(text, windows[k][0], out)
        read: list[Sentence] = []
        proposals: list[Proposal] = []
        tellings: list[Telling] = []
        for k in range(len(windows)):
            found, proposed, told = done[k]
            read += found
            tellings += told
            proposals += [_shift(p, len(proposals)) for p in proposed] if proposals else proposed
        return Reading(
            article_id=article_id,
            sentences=tuple(read),
            proposals=tuple(proposals),
            tellings=tuple(tellings),
        )

    def _windows(self, text: str, sentences: Sequence[Offsets]) -> Iterator[tuple[_Window, int]]:
        """Yield windows of consecutive sentences with their sizes in pieces."""
        held: list[tuple[int, Offsets]] = []
        size = 1
        for number, offsets in enumerate(sentences):
            need = sum(map(len, self._pieces.ids([text[a:b] for a, b in offsets]))) + 1
            if held and size + need > WINDOW:
                yield _window(held), size
                held, size = [], 1
            held.append((number, offsets))
            size += need
        if held:
            yield _window(held), size

    def _score(self, text: str, windows: Sequence[_Window]) -> list[heads.Floats]:
        """Return the outputs [N, K] of each window."""
        rows = [self._numbers(text, w) for w in windows]
        ids = _pad([r[0] for r in rows])
        shapes = _pad([r[1] for r in rows])
        first = _pad([r[2] for r in rows])
        out = self._session.run(ids, shapes, first)
        return [out[k, : len(r[2])] for k, r in enumerate(rows)]

    def _numbers(self, text: str, window: _Window) -> tuple[list[int], list[int], list[int]]:
        ids, shapes, first = [self._pieces.start], [0], []
        for _, offsets in window.sentences:
            forms = [text[a:b] for a, b in offsets]
            for form, pieces in zip(forms, self._pieces.ids(forms), strict=True):
                first.append(len(ids))
                ids.extend(pieces)
                shapes.extend([shape(form)] * len(pieces))
            ids.append(self._pieces.stop)
            shapes.append(0)
        return ids, shapes, first

    def _decode(
        self, text: str, window: _Window, out: heads.Floats
    ) -> tuple[list[Sentence], list[Proposal], list[Telling]]:
        read = []
        for base, (_, offsets) in zip(window.bases, window.sentences, strict=True):
            read.append(self._sentence(text, offsets, out[base : base + len(offsets)]))
        proposals = [_proposal(t, window) for t in heads.triggers(self.artefact, out)]
        return read, proposals, [_telling(c, window) for c in heads.cues(self.artefact, out)]

    def _sentence(self, text: str, offsets: Offsets, out: heads.Floats) -> Sentence:
        art = self.artefact
        forms = tuple(text[a:b] for a, b in offsets)
        found = tree.best(heads.arcs(art, out))
        rels = heads.relations(art, out, [i if h < 0 else h for i, h in enumerate(found)])
        upos = _agreeing(heads.choices(art, out, "upos"), found, rels)
        return Sentence(
            start=offsets[0][0],
            end=offsets[-1][1],
            forms=forms,
            offsets=tuple(offsets),
            lemmas=tuple(self._lemmas(forms, upos, heads.choices(art, out, "lemma"))),
            upos=tuple(upos),
            feats=tuple(heads.choices(art, out, "feats")),
            heads=tuple(found),
            rels=tuple(rels),
            names=tuple(
                Name(a, b, kind)  # type: ignore[arg-type]
                for a, b, kind in heads.spans(heads.choices(art, out, "name"))
            ),
        )

    def _lemmas(
        self, forms: Sequence[str], upos: Sequence[str], scripts: Sequence[str]
    ) -> Iterator[str]:
        """Yield lemmas: those that the treebanks have, else what the network's script makes."""
        for form, tag, script in zip(forms, upos, scripts, strict=True):
            known = self.artefact.lemmas.get(f"{form.lower()} {tag}")
            # A noun that the treebanks do not have and that ends in no "s" is its own lemma.
            single = tag == "NOUN" and not form.lower().endswith("s")
            yield known or (form.lower() if single else apply(script, form))


def cut(text: str) -> Iterator[Offsets]:
    """Yield the words of each sentence of a text, overlong sentences in parts."""
    return _parts(_sentences(text))


def _sentences(text: str) -> Iterator[Offsets]:
    for start, end in segment.sentences(text):
        yield segment.words(text, start, end)


def _inside(words: Offsets, stretches: Sequence[tuple[int, int]]) -> bool:
    """Return whether a sentence begins in one of some stretches."""
    return bool(words) and any(start <= words[0][0] < end for start, end in stretches)


def _parts(sentences: Iterable[bounds.Offsets]) -> Iterator[Offsets]:
    for words in sentences:
        for at in range(0, len(words), LONGEST):
            yield list(words[at : at + LONGEST])


def _agreeing(upos: Sequence[str], above: Sequence[int], rels: Sequence[str]) -> list[str]:
    """Return parts of speech that agree with the tree: a subject with an article is no verb."""
    articled = {h for h, rel in zip(above, rels, strict=True) if rel == "det"}
    return [
        "NOUN" if tag == "VERB" and i in articled and rels[i] in NOMINAL else tag
        for i, tag in enumerate(upos)
    ]


def _window(held: Sequence[tuple[int, Offsets]]) -> _Window:
    bases, at = [], 0
    for _, offsets in held:
        bases.append(at)
        at += len(offsets)
    return _Window(tuple(held), tuple(bases))


def _pad(rows: Sequence[Sequence[int]]) -> Ints:
    out = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for k, row in enumerate(rows):
        out[k, : len(row)] = row
    return out


def _proposal(trigger: heads.Trigger, window: _Window) -> Proposal:
    sentence, start, end = window.words(trigger.start, trigger.end)
    return Proposal(
        sentence=sentence,
        start=start,
        end=end,
        types=trigger.types,
        modality=trigger.modality,
        modes=trigger.modes,
        outcome=trigger.outcome,
        edges=tuple(_edges(trigger.edges, window)),
        parent=trigger.parent,
        parent_score=trigger.parent_score,
    )


def _telling(cue: heads.Cue, window: _Window) -> Telling:
    sentence, start, end = window.words(cue.start, cue.end)
    edges = tuple(_edges(cue.edges, window))
    return Telling(sentence=sentence, start=start, end=end, score=cue.score, edges=edges)


def _edges(found: Iterable[tuple[str, int, int, float]], window: _Window) -> Iterator[Edge]:
    """Yield the edges that end within one sentence."""
    for role, a, b, score in found:
        where, first = window.where(a)
        stop, tail = window.where(b - 1)
        if where == stop:
            yield Edge(role, where, first, tail + 1, score)


def _shift(proposal: Proposal, by: int) -> Proposal:
    """Return a proposal whose parent counts from the start of the article."""
    if proposal.parent is None:
        return proposal
    return replace(proposal, parent=proposal.parent + by)
