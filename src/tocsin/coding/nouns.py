"""What the common nouns of a phrase say of the people or the body they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree
from tocsin.ontology.lexicon import Agent, Title
from tocsin.ontology.words import groups

# Words of a phrase that a lexicon entry may begin before.
LONGEST = 6  # words of an entry before its head, at most
BEFORE = 3


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun says about sort and sectors.

    `sectors` is None where it takes those of what it belongs to; then `usual` are its own where
    nothing tells what that is.
    """

    kind: str
    sectors: tuple[str, ...] | None
    office: str | None = None
    country: str | None = None
    usual: tuple[str, ...] = ()


# Who holds ground, holds it by arms: "opposition-held areas".
HELD = frozenset({"captured", "controlled", "held", "occupied", "run", "seized"})
PEOPLE = Noun("person", ("CVL",), usual=("CVL",))


def noun(scene: Scene, number: int, start: int, end: int, head: int) -> Noun | None:
    """Return what the lexicon knows of the head noun, by the longest phrase that holds it."""
    tree = scene.trees[number]
    found = _entries(scene, number, tree.s.lemmas, (start, end), head)
    if not found:
        # A lemma that the reader made up is worth less than the word itself.
        words = [_singular(form.lower()) for form in tree.s.forms]
        found = _entries(scene, number, words, (start, end), head)
    if not found:
        return _aged(tree, head) or anywhere(scene, number, start, end)
    longest = max(length for length, _ in found)
    return _joined([entry for length, entry in found if length == longest])


def _entries(
    scene: Scene, number: int, words: Sequence[str], phrase: tuple[int, int], head: int
) -> list[tuple[int, Title | Agent]]:
    """Return the entries whose words hold the head, each with its length in words."""
    tags = scene.trees[number].s.upos
    indexes = (scene.lexicon.titles, scene.lexicon.agents)
    return [
        (stop - at, entry)
        for at in range(max(0, phrase[0] - BEFORE, head - LONGEST), min(phrase[1], head + 1))
        for index in indexes
        for entry, stop in index.at(words, tags, at)
        if at <= head < stop and not _courteous(entry)
    ]


def _courteous(entry: Title | Agent) -> bool:
    """Return whether a title says nothing of its bearer: "Mr"."""
    return isinstance(entry, Title) and entry.office == "honorific"


def _singular(word: str) -> str:
    """Return a word in "men" as one of them: "seaman"."""
    return word[:-2] + "an" if word.endswith("men") else word


def _joined(entries: list[Title | Agent]) -> Noun:
    """Return what entries of the same words say together, a title's word before an agent's."""
    first = entries[0]
    usual = next((e.sectors for e in entries if e.sectors), ())
    kind = "person" if isinstance(first, Title) else first.kind
    office = first.office if isinstance(first, Title) else None
    return Noun(kind, first.sectors, office, first.country, usual)


def anywhere(scene: Scene, number: int, start: int, end: int) -> Noun | None:
    """Return what a title or kind of people anywhere in the phrase says, last first.

    Word classes do not count here: "rebel" and "military" often stand as adjectives. A word that
    says nothing by itself ("forces") leaves the word to those before it ("army forces").
    """
    found = list(_all(scene, number, start, end))
    return next((n for n in found if n.sectors), found[0] if found else None)


def _all(scene: Scene, number: int, start: int, end: int) -> Iterator[Noun]:
    tree = scene.trees[number]
    taken = {w for k in scene.known[number] for w in range(k.start, k.end)}
    tags = ["NOUN" if tag in ("NOUN", "PROPN", "ADJ") else tag for tag in tree.s.upos]
    words = [
        form.lower() if tag == "ADJ" else lemma
        for form, tag, lemma in zip(tree.s.forms, tree.s.upos, tree.s.lemmas, strict=True)
    ]
    for at in range(end - 1, start - 1, -1):
        if at in taken:
            continue
        entries: list[Title | Agent] = [
            *(t for t, _ in scene.lexicon.titles.at(words, tags, at) if not _courteous(t)),
            *(entry for entry, _ in scene.lexicon.agents.at(words, tags, at)),
        ]
        if entries:
            yield _joined(entries)


def _aged(tree: Tree, head: int) -> Noun | None:
    """Return that somebody known by his age alone is one of the people: "a 26-year-old"."""
    before = [form.lower() for form in tree.s.forms[max(0, head - 2) : head]]
    form = tree.lower[head]
    aged = form.endswith("year-old") or (form in ("old", "olds") and "year" in before)
    return PEOPLE if aged else None


def sectors(scene: Scene, number: int, head: int, what: Noun) -> tuple[str, ...]:
    """Return the sectors of a noun that nobody is named for: its own, or of the words around it.

    "Army forces" are the army's, "a group of men" are men, "officials" are the government's.
    """
    if what.sectors is not None:
        return what.sectors
    tree = scene.trees[number]
    for child in reversed(tree.children[head]):
        if tree.s.rels[child] in ("compound", "amod") and tree.s.upos[child] in ("NOUN", "ADJ"):
            before = anywhere(scene, number, child, child + 1)
            if before is not None and before.sectors:
                return before.sectors
    below = complement(tree, head)
    if below is not None:
        inner = noun(scene, number, below, below + 1, below)
        if inner is not None and (found := sectors(scene, number, below, inner)):
            return found
    return what.usual


def ground(scene: Scene, number: int, head: int) -> tuple[str, ...]:
    """Return whose ground a place is by its own words: a police post, a house, a rebel-held town.

    A town or field is nobody's by its name alone.
    """
    tree = scene.trees[number]
    if tree.lower[head] != tree.s.forms[head]:
        return ()
    if tree.s.lemmas[head].lower() in groups()["dwellings"]:
        return PEOPLE.usual
    own = noun(scene, number, head, head + 1, head)
    if own is not None and own.sectors:
        return own.sectors
    held = False
    for at in range(head - 1, min(tree.down(head), default=head) - 1, -1):
        form = tree.lower[at]
        if form in ("residential", "civilian", "populated"):
            return PEOPLE.usual
        if tree.s.upos[at] in ("ADP", "VERB") and form not in HELD:
            break
        held = held or form in HELD
        before = anywhere(scene, number, at, at + 1)
        if before is not None and before.sectors:
            return ("REB",) if held and before.sectors == ("OPP",) else before.sectors
    return ()


def complement(tree: Tree, head: int) -> int | None:
    """Return the noun that a noun takes with "of": "men" of "a group of men"."""
    for child in tree.children[head]:
        if child > head and tree.s.rels[child].split(":")[0] == "nmod":
            cases = [tree.lower[c] for c in tree.children[child] if c < child]
            if "of" in cases:
                return child
    return None


def solid(tree: Tree, start: int, end: int) -> int:
    """Return the head of a phrase; of a clause, its subject: "the Red Cross operating in Doe".

    What follows an owner heads it ("Russia's Doe"), what stands before a preposition ("police in
    Doe"), however the words around were read.
    """
    head = tree.head(start, end)
    if head + 1 < end - 1 and tree.s.forms[head + 1] in ("'s", "’s"):
        return tree.head(head + 2, end)
    for child in tree.children[head]:
        if start < child < head and tree.s.upos[child] == "ADP" and tree.s.rels[child] == "case":
            return tree.head(start, child)
    if tree.s.upos[head] == "ADJ" or tree.s.lemmas[head].lower() != tree.s.lemmas[head]:
        joined = tree.child(head, "conj")
        common = joined is not None and joined < end and tree.s.upos[joined] == "NOUN"
        if common and tree.lower[head] != tree.s.forms[head]:
            return joined or head
    subject = tree.child(head, "nsubj") if tree.s.upos[head] == "VERB" else None
    return subject if subject is not None and start <= subject < end else head


def whole(tree: Tree, start: int, end: int, head: int) -> int:
    """Return the noun that a phrase is about, where its head only counts or gathers others."""
    while (below := complement(tree, head)) is not None and start <= below < end:
        gathers = tree.s.lemmas[head].lower() in groups()["gathering"]
        if not gathers and tree.s.upos[head] not in ("DET", "NUM", "PRON"):
            break
        head = below
    return head


def former(tree: Tree, start: int, head: int) -> bool:
    """Return whether a phrase speaks of somebody who no longer is what it calls him."""
    return any(tree.lower[i] in groups()["former"] for i in range(max(0, start - 1), head))
