"""Who says what: reporting cues, their speakers and contents, within sentences and across quotes.

Terms and span rules follow PARC 3 and PolNeAR: a cue, its source, its content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from msgspec import structs

from tocsin.coding import hearing, quotes, speech, votes
from tocsin.coding.contents import mended
from tocsin.coding.quotes import Quote
from tocsin.coding.said import Said, Words
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree, trimmed
from tocsin.coding.weights import Features, Weights
from tocsin.ontology.lexicon import Cue
from tocsin.records.claim import Style
from tocsin.records.reading import Edge, Telling
from tocsin.records.statement import Polarity

CLAUSES = ("ccomp", "xcomp", "parataxis")
MARKS = ('"', "“", "”", "«", "»", "''")


def find(scene: Scene, weights: Weights | None = None) -> list[Said]:
    """Return the statements of an article, those of running quotes included, in text order."""
    stretches = quotes.find(scene.article.text)
    found = [
        replace(said, whole=_whole(scene.trees[said.source_sentence], said))
        for said in _voted(scene, stretches, weights or {})
    ]
    told = [s for s in found if not speech.own_thought(scene, s, stretches)]
    return sorted(speech.quoted(scene, told, stretches), key=lambda s: s.content)


def proposed(scene: Scene) -> Iterator[tuple[Telling, Said | None]]:
    """Yield the cues that the network proposes, each with the statement that a rule finds there."""
    ruled = [list(_within(scene, number)) for number in range(len(scene.trees))]
    for telling in _whole_cues(scene, scene.reading.tellings):
        where = telling.sentence, telling.start, telling.end
        yield telling, next((r for r in ruled[telling.sentence] if r.cued(*where)), None)


def weighed(
    scene: Scene, telling: Telling, backing: Said | None, stretches: Sequence[Quote]
) -> Features:
    """Return what speaks for and against a proposed cue."""
    tree = scene.trees[telling.sentence]
    listed = next(_listed(scene, tree, telling), None)
    return hearing.features(scene, telling, listed, stretches, ruled=backing is not None)


def _voted(scene: Scene, stretches: Sequence[Quote], weights: Weights) -> Iterator[Said]:
    """Yield the statements that network and rules vote for; without a network, all by rule."""
    if not scene.reading.tellings:
        for number in range(len(scene.trees)):
            yield from _within(scene, number)
        return
    for telling, backing in proposed(scene):
        features = weighed(scene, telling, backing, stretches)
        if hearing.likely(features, weights) >= hearing.CUE:
            said = _learned(scene, telling, ruled_source(backing), weights)
            if said is not None:
                yield said


def ruled_source(backing: Said | None) -> Edge | None:
    """Return whom a rule takes to speak."""
    if backing is None or backing.source is None:
        return None
    return Edge("source", backing.source_sentence, *backing.source, votes.UNSEEN, "by rule")


def _whole_cues(scene: Scene, tellings: Iterable[Telling]) -> list[Telling]:
    """Return the network's cues whole: an auxiliary and its verb are one, “has” “denied”."""
    out: list[Telling] = []
    for telling in tellings:
        start, end = _with_verb(scene.trees[telling.sentence], telling.start, telling.end)
        last = out[-1] if out else None
        if last is None or (last.sentence, last.end) <= (telling.sentence, start):
            out.append(structs.replace(telling, start=start, end=end))
            continue
        # Whoever sees the verb sees its source and content best.
        edges = telling.edges or last.edges
        score = max(last.score, telling.score)
        out[-1] = structs.replace(last, end=max(end, last.end), edges=edges, score=score)
    return out


def _with_verb(tree: Tree, start: int, end: int) -> Words:
    """Return a cue of small words with the verb that they help, where it stands close behind."""
    if set(tree.s.upos[start:end]) <= {"AUX", "ADV", "PART"}:
        verb = tree.s.heads[start]
        between = tree.s.upos[end:verb] if verb >= end else ()
        if verb >= end and set(between) <= {"AUX", "ADV", "PART"} and tree.s.upos[verb] == "VERB":
            return start, verb + 1
    return start, end


def _learned(scene: Scene, telling: Telling, ruled: Edge | None, weights: Weights) -> Said | None:
    """Return the statement that the network sees behind a cue, if it sees a content."""
    tree = scene.trees[telling.sentence]
    contents = [e for e in telling.edges if e.role == "content" and e.score >= hearing.EDGE]
    if not contents:
        return None
    source = hearing.source(scene, telling, ruled, weights)
    start, end = _reach(scene, telling, contents, source)
    quoted = any(m in scene.article.text[start:end] for m in MARKS)
    cue = next(_listed(scene, tree, telling), None)
    return Said(
        telling.sentence, (telling.start, telling.end),
        source.sentence if source else telling.sentence,
        (source.start, source.end) if source else None,
        (start, end), "mixed" if quoted else "indirect",
        cast("Polarity", cue.stance) if cue else "asserts", acts=cue is not None and cue.event,
    )  # fmt: skip


def _reach(
    scene: Scene, telling: Telling, contents: Sequence[Edge], source: Edge | None
) -> tuple[int, int]:
    """Return the characters from the first to the last word of a content."""
    own = [e for e in contents if e.sentence == telling.sentence]
    if len(own) == len(contents):
        tree, words = (
            scene.trees[telling.sentence],
            (min(e.start for e in own), max(e.end for e in own)),
        )
        said_by = (
            (source.start, source.end) if source and source.sentence == telling.sentence else None
        )
        return _characters(tree, mended(tree, words, (telling.start, telling.end), said_by))
    ends = [scene.trees[e.sentence].s.offsets for e in contents]
    start = min(o[e.start][0] for o, e in zip(ends, contents, strict=True))
    end = max(o[e.end - 1][1] for o, e in zip(ends, contents, strict=True))
    return start, end


def _listed(scene: Scene, tree: Tree, telling: Telling) -> Iterator[Cue]:
    """Yield what the lexicon knows of the words of a cue."""
    for at in range(telling.start, telling.end):
        for cue, end in _cues(scene, tree, at):
            if end <= telling.end:
                yield cue


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
    source = hearing.subject(tree, word)
    content = _content_below(tree, word) or _content_above(tree, word)
    if content is None or (source is None and cue.sense == "sometimes"):
        return None
    return Said(
        number, _cue_span(tree, word, start, end), number, source, _characters(tree, content),
        _style(tree, content), cast("Polarity", cue.stance), acts=cue.event,
    )  # fmt: skip


def _characters(tree: Tree, words: Words) -> Words:
    return tree.s.offsets[words[0]][0], tree.s.offsets[words[1] - 1][1]


def _whole(tree: Tree, said: Said) -> Words | None:
    """Return a source with all that hangs on it; a comma that closes an apposition is its own."""
    if said.source is None:
        return None
    head = tree.head(*said.source)
    kept = [i for i in tree.down(head) if not _told_by(tree, head, i)]
    words = trimmed(tree, (i for i in kept if i >= said.source[0]))
    if words is None:
        return said.source
    start, end = words
    # A title's name belongs to it however the tree hangs it: “Spokeswoman Jessica Ditto”.
    end = next((n.end for n in tree.s.names if n.kind == "PER" and n.start <= end < n.end), end)
    if said.cue is not None and start < said.cue[0] < end:
        end = said.cue[0]
    added = any(
        tree.s.rels[c] in ("appos", "acl:relcl", "acl") and c > head for c in tree.children[head]
    )
    # One that stands behind its cue ends with its sentence or clause instead.
    before = said.cue is not None and end < said.cue[0]
    closes = before and end < len(tree.s) and tree.lower[end] == ","
    if added and closes and "," in tree.lower[start:end]:
        end += 1
    return start, max(end, said.source[1])


def _told_by(tree: Tree, head: int, word: int) -> bool:
    """Return whether a word belongs to a clause that is only set beside a noun."""
    while word not in (head, -1):
        if tree.s.rels[word].split(":")[0] in ("parataxis", "ccomp"):
            return True
        word = tree.s.heads[word]
    return False


def _content_below(tree: Tree, word: int) -> Words | None:
    for child in tree.children[word]:
        if tree.s.rels[child].split(":")[0] in CLAUSES:
            return trimmed(tree, range(*tree.reach(child)))
    return None


def _content_above(tree: Tree, word: int) -> Words | None:
    """Return the clause that a cue interrupts or follows: “...”, he said."""
    if tree.s.rels[word].split(":")[0] != "parataxis":
        return None
    head = tree.s.heads[word]
    below = set(tree.down(head)) - set(tree.down(word))
    side = [i for i in below if i < word] or [i for i in below if i > word]
    return trimmed(tree, side)


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
    content = trimmed(tree, side)
    if content is None:
        return None
    return Said(
        number, (start, end), number, source, _characters(tree, content),
        _style(tree, content), cast("Polarity", cue.stance), acts=cue.event,
    )  # fmt: skip


def _cue_span(tree: Tree, word: int, start: int, end: int) -> Words:
    """Return a cue with its auxiliaries and negation, as PolNeAR has it."""
    first = start
    while (
        first > 0
        and tree.s.heads[first - 1] == word
        and tree.s.rels[first - 1].split(":")[0] in ("aux", "advmod")
    ):
        first -= 1
    return first, end


def _style(tree: Tree, content: Words) -> Style:
    marks = [f for f in tree.s.forms[content[0] : content[1]] if f in MARKS]
    return "mixed" if marks else "indirect"
