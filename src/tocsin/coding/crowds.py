"""How many people take part in a protest, as its sentence states it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tocsin.coding import counts, numbered
from tocsin.coding.counts import Range
from tocsin.coding.numbered import cased
from tocsin.coding.syntax import Tree
from tocsin.ontology.words import groups

Crowd = tuple[int, int, Range]


def crowd(tree: Tree, start: int, end: int) -> Crowd | None:
    """Return the range and the number of people of a protest, or None where none is stated."""
    for head in dict.fromkeys(_taking_part(tree, tree.head(start, end))):
        apart = partial(_ends, start, end, head)
        begin, stop = numbered.phrase(tree, head, apart)
        found = counts.parse(numbered.words(tree, begin, stop))
        if found is not None and found != (1, 1) and _people(tree, head):
            return begin, stop, found
    return None


def _ends(start: int, end: int, head: int, word: int) -> bool:
    """Return whether a word of the trigger ends a phrase beside it."""
    return start <= word < end and word != head


def _people(tree: Tree, head: int) -> bool:
    """Return whether a phrase is of people, and not of streets, towns, marches, days."""
    lemma = tree.s.lemmas[head].lower()
    things = groups()["ground"] | groups()["protests"] | groups()["times"] | groups()["arms"]
    return lemma not in things and tree.lower[head] not in ("no", "none", "nobody")


def _taking_part(tree: Tree, word: int) -> Iterator[int]:
    """Yield the heads of who may take part, the likeliest first."""
    if tree.s.lemmas[word].lower() in groups()["protesters"]:
        yield word
    if tree.s.upos[word] in ("NOUN", "PROPN"):
        yield from _of_noun(tree, word)
    else:
        yield from _of_verb(tree, word)


def _of_noun(tree: Tree, word: int) -> Iterator[int]:
    """Yield who takes part in "a strike by 55,000 workers", "a rally that drew 200"."""
    children = tree.children[word]
    yield from (c for c in children if cased(tree, c, "by", "of", "involving", "among"))
    for child in children:
        if tree.s.rels[child].startswith("acl"):
            yield from _drawn(tree, child)
    over, relation = tree.s.heads[word], tree.s.rels[word].split(":")[0]
    if over < 0 or tree.s.upos[over] not in ("VERB", "AUX"):
        return
    if relation == "nsubj":
        yield from _drawn(tree, over)
    elif relation in ("obj", "obl") and tree.s.lemmas[over].lower() in groups()["joining"]:
        yield from _of_verb(tree, over)


def _drawn(tree: Tree, verb: int) -> Iterator[int]:
    """Yield whom a protest drew, or by whom it was attended."""
    if tree.s.lemmas[verb].lower() in groups()["drawing"]:
        yield from (c for c in tree.children[verb] if tree.s.rels[c] == "obj")
    yield from (c for c in tree.children[verb] if tree.s.rels[c] == "obl:agent")


def _of_verb(tree: Tree, word: int) -> Iterator[int]:
    """Yield the subjects of a verb, also those it shares or that stand behind it."""
    children, rels = tree.children[word], tree.s.rels
    own = [c for c in children if rels[c] == "nsubj"]
    yield from own
    if tree.s.lemmas[word].lower() not in groups()["drawing"] and not own:
        # "..., shouted 2,000 demonstrators": the tree may take them for what is shouted.
        yield from (c for c in children if c > word and rels[c] == "obj" and _marching(tree, c))
    over, relation = tree.s.heads[word], rels[word].split(":")[0]
    if over < 0 or own:
        return
    if relation == "acl":
        yield over
    elif relation in ("conj", "xcomp", "advcl") and tree.s.upos[over] == "VERB":
        yield from _of_verb(tree, over)


def _marching(tree: Tree, word: int) -> bool:
    return counts.people(tree.s.lemmas[word].lower())
