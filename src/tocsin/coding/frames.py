"""Where a trigger's participants stand in the tree, by the frame that the lexicon gives its word.

Relations are read in the active voice: `nsubj` is the by-phrase of a passive and `obj` its subject.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tocsin.coding.syntax import Tree
from tocsin.ontology.words import groups

Range = tuple[int, int]
# Parts of a phrase that are no part of the participant's name.
OUTSIDE = ("acl:relcl", "acl", "conj", "cc", "punct", "case", "appos", "parataxis", "advcl", "mark")
# Words that bound a number: "at least twelve people". They name nobody, and hang on the number.
BOUNDS = frozenset({"least", "most", "more", "fewer", "less", "about", "some", "nearly", "around"})
CLIMB = 3
NAMING = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "X"})


def arguments(
    tree: Tree, start: int, end: int, relations: Iterable[str], likely: Callable[[int], bool]
) -> list[Range]:
    """Return the word ranges in the first of the relations that holds any, coordinated ones apart.

    `likely` says whether a noun or adjective before a noun names somebody at all.
    """
    word = tree.head(start, end)
    for relation in relations:
        found = _follow(tree, word, relation, likely)
        if found is not None and not start <= found < end:
            return [_phrase(tree, w) for w in _coordinated(tree, found) if not start <= w < end]
    return []


def _follow(tree: Tree, word: int, relation: str, likely: Callable[[int], bool]) -> int | None:
    """Return the word that stands in a relation to a word, voice undone."""
    first, _, rest = relation.partition(">")
    if rest:
        clause = tree.child(word, first)
        return _follow(tree, clause, rest, likely) if clause is not None else None
    if relation in _VOICED:
        return _VOICED[relation](tree, word)
    name, _, preposition = relation.partition(":")
    if preposition and name in ("obl", "nmod") and preposition not in ("poss", "agent"):
        return _oblique(tree, word, preposition)
    if preposition and name == "obj":  # whom Spanish marks: "ordenó a sus soldados"
        return _marked(tree, word, preposition)
    if relation in ("compound", "amod", "nmod:poss"):
        named = (c for c in tree.children[word] if tree.s.rels[c] == relation and likely(c))
        return next(named, None)
    return tree.child(word, relation)


def passive(tree: Tree, word: int) -> bool:
    """Return whether a verb's subject suffers what it says."""
    if any(tree.s.rels[c] in ("nsubj:pass", "aux:pass") for c in tree.children[word]):
        return True
    return "Voice=Pass" in tree.s.feats[word] and tree.s.rels[word].startswith(("acl", "amod"))


def _subject(tree: Tree, word: int) -> int | None:
    if passive(tree, word):
        return tree.child(word, "obl:agent") or _oblique(tree, word, "by")
    own = next((c for c in tree.children[word] if tree.s.rels[c] == "nsubj"), None)
    if own is not None:
        return _antecedent(tree, word, own)
    return _inherited(tree, word) if tree.s.heads[word] >= 0 else None


def _inherited(tree: Tree, word: int) -> int | None:
    """Return the subject that a verb without its own has from the clause or noun above it."""
    relation, head = tree.s.rels[word], tree.s.heads[word]
    if relation in ("acl", "acl:relcl"):
        return head if tree.s.upos[head] in ("NOUN", "PROPN", "PRON") else None
    controlled = head >= 0 and tree.s.lemmas[head].lower() in groups()["object control"]
    if relation == "xcomp" and controlled:
        return _addressed(tree, head) or _object(tree, head) or _subject(tree, head)
    if (relation == "ccomp" and controlled) or (relation == "advcl" and _purposed(tree, word)):
        return _addressed(tree, head)
    if relation in ("xcomp", "conj", "advcl") and tree.s.upos[head] in ("VERB", "ADJ", "NOUN"):
        return _object(tree, head) if passive(tree, head) else _subject(tree, head)
    return None


def _object(tree: Tree, word: int) -> int | None:
    if passive(tree, word):
        own = next(
            (c for c in tree.children[word] if tree.s.rels[c] in ("nsubj:pass", "nsubj")), None
        )
        if own is not None:
            return _antecedent(tree, word, own)
        head = tree.s.heads[word]
        if head >= 0 and tree.s.rels[word].startswith(("acl", "amod")):
            return head
        if head >= 0 and tree.s.rels[word] == "conj":
            return _object(tree, head)
        return None
    objects = [c for c in tree.children[word] if tree.s.rels[c].split(":")[0] == "obj"]
    # A reader may call the article an object beside its noun.
    found = next((c for c in objects if tree.s.upos[c] != "DET"), next(iter(objects), None))
    if found is None:
        found = next((c for c in tree.children[word] if c > word and _bare(tree, c)), None)
    return None if found is None else _antecedent(tree, word, found)


def _bare(tree: Tree, word: int) -> bool:
    """Return whether a noun called oblique is an object after all: no preposition, and no time."""
    if tree.s.rels[word] != "obl" or tree.s.upos[word] not in ("NOUN", "PROPN"):
        return False
    dated = tree.s.lemmas[word].lower() in groups()["times"] or tree.s.upos[word] == "PROPN"
    return not dated and all(tree.s.rels[c] not in ("case", "mark") for c in tree.children[word])


def _addressed(tree: Tree, verb: int) -> int | None:
    """Return whom a verb is spoken to, where a language marks it: “pidió al Gobierno”."""
    found = tree.child(verb, "iobj")
    return _marked(tree, verb, "to") if found is None else found


def _marked(tree: Tree, verb: int, preposition: str) -> int | None:
    """Return a verb's object if it stands behind a preposition."""
    found = tree.child(verb, "obj")
    return found if found is not None and preposition in _cases(tree, found) else None


def _purposed(tree: Tree, word: int) -> bool:
    """Return whether a clause is what somebody else is to do: “para que liberen”."""
    marks = {tree.lower[c] for c in tree.children[word] if tree.s.rels[c] == "mark"}
    return marks >= {"for", "that"}


# Relations that a passive turns round.
_VOICED = {"nsubj": _subject, "obj": _object}


def _antecedent(tree: Tree, word: int, found: int) -> int:
    """Return the noun that a relative pronoun takes up."""
    if "PronType=Rel" in tree.s.feats[found] and tree.s.rels[word].startswith("acl"):
        return tree.s.heads[word]
    return found


def _oblique(tree: Tree, word: int, preposition: str) -> int | None:
    for child in tree.children[word]:
        oblique = tree.s.rels[child].split(":")[0] in ("obl", "nmod")
        if oblique and preposition in _cases(tree, child):
            return child
    return None


def _cases(tree: Tree, word: int) -> set[str]:
    """Return the prepositions before a word."""
    return {tree.lower[c] for c in tree.children[word] if tree.s.rels[c] == "case"}


def _coordinated(tree: Tree, word: int) -> Iterator[int]:
    yield word
    for child in tree.children[word]:
        if tree.s.rels[child] == "conj":
            yield child


def mended(tree: Tree, start: int, end: int) -> Range:
    """Return a range of small words or bare numbers as the phrase of the noun they belong to."""
    for _ in range(CLIMB):
        head = tree.head(start, end)
        above = tree.s.heads[head]
        small = not any(_names(tree, i) for i in range(start, end))
        counting = tree.s.upos[head] == "NUM" and tree.s.rels[head] in ("nummod", "compound")
        if not (small or counting) or above < 0 or tree.s.upos[above] not in NAMING:
            break
        start, end = _phrase(tree, above)
    if "PronType=Rel" in tree.s.feats[head] and (noun := antecedent(tree, head)) is not None:
        return _phrase(tree, noun)
    return start, end


def _names(tree: Tree, word: int) -> bool:
    return tree.s.upos[word] in NAMING and tree.lower[word] not in BOUNDS


def protesters(tree: Tree) -> Range | None:
    """Return the first people of a sentence who are called by their protest."""
    for word, lemma in enumerate(tree.s.lemmas):
        if lemma.lower() in groups()["protesters"] and tree.s.upos[word] == "NOUN":
            return _phrase(tree, word)
    return None


def claimant(tree: Tree, start: int, end: int) -> Range | None:
    """Return who claims an attack: "claimed daily attacks", "claimed responsibility for it"."""
    verb = tree.s.heads[tree.head(start, end)]
    if verb >= 0 and tree.s.lemmas[verb].lower() in groups()["responsibility"]:
        verb = tree.s.heads[verb]
    if verb < 0 or tree.s.lemmas[verb].lower() not in groups()["claiming"]:
        return None
    found = _subject(tree, verb)
    return None if found is None else _phrase(tree, found)


def patient(tree: Tree, verb: int) -> int | None:
    """Return the word that a verb is done to, voice undone; None where there is none."""
    return _object(tree, verb) if tree.s.upos[verb] == "VERB" else None


def behind(tree: Tree, start: int, end: int) -> Range | None:
    """Return who is said to be behind an attack: "is behind it", "accused of being behind it"."""
    word = tree.head(start, end)
    kept = {tree.s.rels[c]: tree.lower[c] for c in tree.children[word]}
    if kept.get("case") != "behind" or "cop" not in kept:
        return None
    own = tree.child(word, "nsubj")
    found = _antecedent(tree, word, own) if own is not None else _inherited(tree, word)
    return None if found is None else _phrase(tree, found)


def antecedent(tree: Tree, word: int) -> int | None:
    """Return the noun that a relative pronoun takes up."""
    for verb in tree.up(word):
        if tree.s.rels[verb].startswith("acl"):
            return tree.s.heads[verb]
    return None


def _phrase(tree: Tree, word: int) -> Range:
    """Return the range of a noun with what names it, its clauses and coordinates left out."""
    kept = {word}
    for child in tree.children[word]:
        if tree.s.rels[child] not in OUTSIDE and not tree.s.rels[child].startswith("acl"):
            kept |= set(tree.down(child))
    start = end = word
    while start - 1 in kept:
        start -= 1
    while end + 1 in kept:
        end += 1
    return start, end + 1
