"""How an attack ended that did not succeed: intercepted, foiled, failed, by the words around it.

What the defender does is no event of his own: the attack is, with its outcome (the codebook's rule
for interceptions).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.coding import frames
from tocsin.coding.syntax import Tree
from tocsin.ontology.words import groups
from tocsin.records.claim import Outcome

# The groups of verbs that say how it ended, and of words before a noun that do.
ENDINGS: tuple[tuple[str, Outcome], ...] = (
    ("intercepting", "intercepted"),
    ("foiling", "foiled"),
    ("repelling", "failed"),
)
# How many words above an attack may speak of it: "thwarted a series of attempts to attack".
REACH = 3


def find(tree: Tree, start: int, end: int) -> tuple[Outcome, str] | None:
    """Return how the attack of a trigger ended, with the word that says so; None if none does."""
    word = tree.head(start, end)
    stop = next(_stops(tree, word), None)
    return (stop[1], tree.s.forms[stop[0]]) if stop else _failed(tree, word)


@dataclass(frozen=True, slots=True)
class Defence:
    """The words for who stopped an attack, for the weapon that was stopped, and who sent it."""

    who: frames.Range | None
    weapon: frames.Range | None
    sender: frames.Range | None


def defence(tree: Tree, start: int, end: int) -> Defence | None:
    """Return who stopped an attack and what, where a verb says so; None where none does.

    Neither takes part in the attack: the one is no actor of it, the other its weapon.
    """
    word = tree.head(start, end)
    if find(tree, start, end) is None:
        return None
    itself = any(_ends(tree, word, group) for group, _ in ENDINGS)
    verb = word if itself else next((verb for verb, _ in _stops(tree, word)), None)
    if verb is None:
        return None
    weapon = _first(tree, verb, "obj") if itself else None
    return Defence(_first(tree, verb, "nsubj"), weapon, _sender(tree, weapon))


def _first(tree: Tree, verb: int, relation: str) -> frames.Range | None:
    return next(iter(frames.arguments(tree, verb, verb + 1, (relation,), lambda _: True)), None)


def _sender(tree: Tree, weapon: frames.Range | None) -> frames.Range | None:
    """Return who sent what was stopped: "a missile fired by them", "that they fired"."""
    noun = tree.head(*weapon) if weapon else None
    sent = tree.child(noun, "acl") if noun is not None else None
    who = _first(tree, sent, "nsubj") if sent is not None else None
    return who if who is None or noun not in range(*who) else None


def _stops(tree: Tree, word: int) -> Iterator[tuple[int, Outcome]]:
    """Yield the verbs that stop an attack, and how each ends it."""
    for verb, patient in _stopped(tree, word):
        for group, outcome in ENDINGS:
            if _ends(tree, verb, group) and _suits(tree, word, patient, group):
                yield verb, outcome


def _stopped(tree: Tree, word: int) -> Iterator[tuple[int, int]]:
    """Yield verbs that may say what stopped an attack, each with the word that it was done to."""
    patient = frames.patient(tree, word)
    if patient is not None:
        yield word, patient  # "shot down two drones"
        yield from ((verb, patient) for verb in _over(tree, patient))
        yield from ((verb, patient) for verb in _told_of(tree, patient))
    noun = tree.s.heads[word]
    if noun >= 0 and tree.s.rels[word].startswith("acl"):
        yield from ((verb, noun) for verb in _over(tree, noun))  # "drones fired by X were downed"
    yield from ((verb, word) for verb in _over(tree, word))
    yield from ((verb, word) for verb in _told_of(tree, word))


def _over(tree: Tree, word: int) -> Iterator[int]:
    """Yield the finite verb that a noun suffers, across "series of" and "attempt to"."""
    for _ in range(REACH):
        verb = tree.s.heads[word]
        if verb < 0:
            return
        if tree.s.upos[verb] == "VERB":
            if frames.patient(tree, verb) == word and _happened(tree, verb):
                yield verb
            return
        if tree.s.rels[word].split(":")[0] not in ("nmod", "acl", "compound"):
            return
        word = verb


def _told_of(tree: Tree, noun: int) -> Iterator[int]:
    """Yield the passive verb of a clause about a noun: "rockets, all of which were intercepted"."""
    for child in tree.children[noun]:
        if tree.s.rels[child] == "acl:relcl" and frames.passive(tree, child):
            yield child


def _happened(tree: Tree, verb: int) -> bool:
    """Return whether a verb is neither an infinitive nor under a modal: "to prevent attacks"."""
    if "VerbForm=Inf" in tree.s.feats[verb] or "VerbForm=Ger" in tree.s.feats[verb]:
        return False
    if tree.s.rels[verb] == "conj" and tree.s.heads[verb] >= 0:
        return _happened(tree, tree.s.heads[verb])
    return not any(
        tree.lower[c] in ("to", "will", "would", "could", "can", "may", "might", "must", "should")
        or tree.lower[c] in ("not", "n't", "never")
        for c in tree.children[verb]
        if tree.s.rels[c] in ("aux", "mark", "advmod")
    )


def _ends(tree: Tree, verb: int, group: str) -> bool:
    """Return whether a verb is of a group; "bring" and "take" intercept with "down" alone."""
    lemma = tree.s.lemmas[verb].lower()
    if group == "intercepting" and lemma in groups()["downing"]:
        return any(tree.lower[c] == "down" for c in tree.children[verb])
    return lemma in groups()[group]


def _suits(tree: Tree, word: int, patient: int, group: str) -> bool:
    """Return whether what a verb is done to is an attack; one that is foiled goes by any name."""
    if group == "intercepting":
        return _flies(tree, patient)
    return patient == word or tree.s.lemmas[patient].lower() in groups()["attempts"]


def _flies(tree: Tree, word: int) -> bool:
    """Return whether words are something that can be stopped on its way: "two of the drones"."""
    below = [c for c in tree.children[word] if tree.s.rels[c].split(":")[0] == "nmod"]
    return any(tree.s.lemmas[i].lower() in groups()["projectiles"] for i in (word, *below))


def _failed(tree: Tree, word: int) -> tuple[Outcome, str] | None:
    """Return that an attack failed or was foiled by a word before it, or by its own verb."""
    for child in tree.children[word]:
        if tree.s.rels[child] == "amod":
            if tree.lower[child] in groups()["thwarted"]:
                return "foiled", tree.s.forms[child]
            if tree.lower[child] in groups()["abortive"]:
                return "failed", tree.s.forms[child]
    above = tree.s.heads[word]
    if above < 0:
        return None
    relation, lemma = tree.s.rels[word], tree.s.lemmas[above].lower()
    fails = relation == "nsubj" and lemma in groups()["failing"]
    tries = relation in ("xcomp", "ccomp", "acl") and lemma in groups()["attempting"]
    tries = tries or (relation == "compound" and lemma == "attempt")
    return ("failed", tree.s.forms[above]) if (fails or tries) and _happened(tree, above) else None
