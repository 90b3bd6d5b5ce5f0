"""Who says what: reporting cues, their speakers and contents, within sentences and across quotes.

Terms and span rules follow PARC 3 and PolNeAR: a cue, its source, its content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree, trimmed
from tocsin.ontology.lexicon import Cue
from tocsin.records.claim import Style
from tocsin.records.statement import Polarity

OPENING, CLOSING = "“«„", "”»"
CLAUSES = ("ccomp", "xcomp", "parataxis")
# Verbs whose subject speaks in the passive too: "she was quoted as saying".
QUOTING = frozenset({"quote", "cite"})


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in word positions: content may lie in another sentence than its cue."""

    sentence: int
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    content_sentence: int
    content: tuple[int, int]
    style: Style
    polarity: Polarity
    source_sentence: int


def find(scene: Scene) -> list[Said]:
    """Return the statements of an article, those of running quotes included, in text order."""
    out: list[Said] = []
    for number in range(len(scene.trees)):
        here = list(_within(scene, number))
        if not here and (earlier := _continued(scene, number, out)):
            here = [earlier]
        out += here
    return sorted(out, key=lambda s: (s.content_sentence, s.content))


def _within(scene: Scene, number: int) -> Iterator[Said]:
    """Yield the statements whose cue stands in a sentence."""
    tree, done = scene.trees[number], set()
    for at in range(len(tree.s)):
        for cue, end in _cues(scene, tree, at):
            word = tree.head(at, end)
            if word in done:
                continue
            if cue.pos == "ADP":
                said = _phrase(tree, number, cue, at, end)
            else:
                verb = tree.s.upos[word] == "VERB"
                said = _clause(tree, number, cue, at, end) if verb else None
            if said is not None:
                done.add(word)
                yield said
                break


def _cues(scene: Scene, tree: Tree, at: int) -> Iterator[tuple[Cue, int]]:
    """Yield the cues that start at a word, prepositions by their form, not their lemma."""
    cues = scene.lexicon.cues
    yield from cues.at(tree.s.lemmas, tree.s.upos, at)
    found = cues.at(tree.lower, tree.s.upos, at)
    yield from ((cue, end) for cue, end in found if cue.pos == "ADP")


def _clause(tree: Tree, number: int, cue: Cue, start: int, end: int) -> Said | None:
    """Return the statement of a verb: its clause, or the clause that it interrupts or follows."""
    word = tree.head(start, end)
    source = _subject(tree, word)
    content = _content_below(tree, word) or _content_above(tree, word)
    if content is None or (source is None and cue.sense == "sometimes"):
        return None
    return Said(
        number, _cue_span(tree, word, start, end), source, number, content,
        _style(tree, content), cast("Polarity", cue.stance), number,
    )  # fmt: skip


def _subject(tree: Tree, word: int) -> tuple[int, int] | None:
    """Return the words of a verb's speaker: its subject, or the agent of a passive."""
    if (quoted := _quoted_as(tree, word)) is not None:
        return _speaker(tree, quoted)
    if tree.child(word, "aux:pass", "nsubj:pass") is not None:
        agent = tree.child(word, "obl:agent")
        return _speaker(tree, agent) if agent is not None else None
    for verb in (word, *tree.up(word)):
        subject = next((c for c in tree.children[verb] if tree.s.rels[c] == "nsubj"), None)
        if subject is not None:
            return _speaker(tree, subject)
        if tree.s.rels[verb] not in ("conj", "xcomp"):
            return None
    return None


def _quoted_as(tree: Tree, word: int) -> int | None:
    """Return the subject of "was quoted as saying", for the word "saying"."""
    above, mark = tree.s.heads[word], tree.child(word, "mark", "case")
    if above < 0 or mark is None or tree.lower[mark] != "as":
        return None
    return tree.child(above, "nsubj:pass") if tree.s.lemmas[above] in QUOTING else None


def _speaker(tree: Tree, word: int) -> tuple[int, int] | None:
    """Return the words of a speaker without "by" and without relative clauses."""
    first, last = tree.reach(word)
    first += tree.s.rels[word] == "obl:agent" and tree.lower[first] == "by"
    kept = set(tree.down(word)) - set(_asides(tree, word))
    return trimmed(tree, [i for i in range(first, last) if i in kept])


def _asides(tree: Tree, word: int) -> Iterator[int]:
    """Yield the words of relative clauses under a word; they are no part of a speaker's name."""
    for child in tree.children[word]:
        if tree.s.rels[child] in ("acl:relcl", "parataxis"):
            yield from tree.down(child)


def _content_below(tree: Tree, word: int) -> tuple[int, int] | None:
    for child in tree.children[word]:
        if tree.s.rels[child].split(":")[0] in CLAUSES:
            return _quoted(tree, trimmed(tree, _run(tree, child)))
    return None


def _content_above(tree: Tree, word: int) -> tuple[int, int] | None:
    """Return the clause that a cue interrupts or follows: “...”, he said."""
    if tree.s.rels[word].split(":")[0] != "parataxis":
        return None
    head = tree.s.heads[word]
    below = set(tree.down(head)) - set(tree.down(word))
    side = [i for i in below if i < word] or [i for i in below if i > word]
    return _quoted(tree, trimmed(tree, side))


def _run(tree: Tree, child: int) -> list[int]:
    first, last = tree.reach(child)
    return list(range(first, last))


def _quoted(tree: Tree, content: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return a content widened by the quotation marks right around it."""
    if content is None:
        return None
    start, end = content
    forms = tree.s.forms
    if start > 0 and forms[start - 1] in "\"“'‘«" and forms[start] not in "\"“'‘«":
        start -= 1
    if end < len(forms) and forms[end] in "\"”'’»" and forms[end - 1] not in "\"”'’»":
        end += 1
    return start, end


def _phrase(tree: Tree, number: int, cue: Cue, start: int, end: int) -> Said | None:
    """Return the statement of "according to X": what stands around it in the sentence."""
    top = tree.s.heads[tree.head(start, end)]
    while top >= 0 and tree.s.upos[top] == "ADP":
        top = tree.s.heads[top]
    if top < 0 or start > top:
        return None
    first, last = tree.reach(top)
    source = trimmed(tree, range(max(first, end), last))
    anchor = tree.s.heads[top]
    if source is None or anchor < 0:
        return None
    rest = [i for i in tree.down(anchor) if not first <= i < last]
    side = [i for i in rest if i >= last] if first <= 1 else [i for i in rest if i < first]
    content = _quoted(tree, trimmed(tree, side))
    if content is None:
        return None
    return Said(
        number, (start, end), source, number, content,
        _style(tree, content), cast("Polarity", cue.stance), number,
    )  # fmt: skip


def _cue_span(tree: Tree, word: int, start: int, end: int) -> tuple[int, int]:
    """Return a cue with its auxiliaries and negation, as PolNeAR has it."""
    first = start
    while (
        first > 0
        and tree.s.heads[first - 1] == word
        and tree.s.rels[first - 1].split(":")[0] in ("aux", "advmod")
    ):
        first -= 1
    return first, end


def _style(tree: Tree, content: tuple[int, int]) -> Style:
    forms = tree.s.forms[content[0] : content[1]]
    marks = [f for f in forms if f in '"“”«»' or f == "''"]
    if not marks:
        return "indirect"
    whole = forms[0] in '"“«' and (forms[-1] in '"”»' or forms[-1] in ",.")
    return "direct" if whole else "mixed"


def _continued(scene: Scene, number: int, said: list[Said]) -> Said | None:
    """Return the statement of a sentence that is all quote, or part of one opened before."""
    if not said or number == 0:
        return None
    tree, last = scene.trees[number], said[-1]
    if number - last.sentence > 3 or last.source is None:
        return None
    before = scene.article.text[: tree.s.start]
    paragraph = before[before.rfind("\n\n") + 1 :]
    running = sum(paragraph.count(c) for c in OPENING) > sum(paragraph.count(c) for c in CLOSING)
    running = running or paragraph.count('"') % 2 == 1
    if not (running or _all_quote(tree)):
        return None
    content = trimmed(tree, range(len(tree.s)))
    if content is None:
        return None
    return Said(
        number, None, last.source, number, content, "direct", "asserts", last.source_sentence
    )


def _all_quote(tree: Tree) -> bool:
    """Return whether a sentence is one quote, or opens one; a word in quotation marks is none."""
    first, *rest = tree.s.forms
    closing = [i for i, form in enumerate(rest) if form in CLOSING or form == '"']
    opened = first in OPENING or first == '"'
    return opened and (not closing or closing[-1] >= len(rest) - 2)
