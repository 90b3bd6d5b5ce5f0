"""Numbered noun phrases: where "at least 12 Syrian soldiers" starts, ends, and what it states."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tocsin.coding import counts
from tocsin.coding.counts import Range
from tocsin.coding.patterns import WORDS
from tocsin.coding.syntax import Tree
from tocsin.ontology.packs import spoken

CLAUSES = ("acl", "advcl", "ccomp", "csubj", "parataxis", "discourse")
SILENT = ("punct", "case", "cop", "mark", "aux", "cc")
BESIDE = ("conj", "appos", "nmod", "obl")
# How far from its word a number may stand, and of what a phrase with one is made.
REACH = 5
NOMINAL = ("NUM", "ADJ", "NOUN", "PROPN")

# Nouns for a part of the number after their "of": "a quarter of a million".
PARTS = frozenset({"quarter", "quarters"})
FRACTIONS = frozenset(
    {
        "half",
        "third",
        "thirds",
        "quarter",
        "quarters",
        "fifth",
        "most",
        "majority",
        "percent",
        "cent",
    }
    | {"%", "part", "rest", "some", "many", "few", "none", "number", "members"}
)

_YEAR = re.compile("1[89][0-9]{2}|20[0-9]{2}")
# Says of a word whether a phrase ends before it.
Ends = Callable[[int], bool]


def is_number(tree: Tree, word: int) -> bool:
    """Return whether a word states a number by itself, or that there is none."""
    form = tree.lower[word]
    digits = form.replace(",", "").isdigit()
    if digits and word and _YEAR.fullmatch(form) and tree.lower[word - 1] in WORDS.months:
        return False
    return digits or tree.s.upos[word] == "NUM" or form == "no" or counts.amounts(form)


def cased(tree: Tree, word: int, *cases: str) -> bool:
    """Return whether a word stands under one of the prepositions."""
    return any(
        tree.s.rels[c] in ("case", "mark") and tree.lower[c] in cases for c in tree.children[word]
    )


def numbered(tree: Tree, word: int) -> bool:
    """Return whether a number, or "no", stands right before a word or hangs on it."""
    near = [c for c in tree.children[word] if c < word]
    return any(is_number(tree, c) for c in (*near, *([word - 1] if word else [])))


def words(tree: Tree, start: int, end: int) -> str:
    """Return some words as they are written, without a space where there is none."""
    out = ""
    for at in range(max(start, 0), min(end, len(tree.s.forms))):
        apart = at > start and tree.s.offsets[at][0] > tree.s.offsets[at - 1][1]
        out += (" " if apart else "") + tree.s.forms[at]
    return out


def phrase(tree: Tree, head: int, ends: Ends, word: int = -1) -> tuple[int, int]:
    """Return the range of a noun phrase without its clauses, up to a word that ends it.

    `word` is the one that tells of the phrase itself.
    """
    kept = set(_kept(tree, head, ends, word))
    if ends(head):
        kept = {i for i in kept if i <= head}
    start, end = min(i for i in kept if i <= head), max(kept) + 1
    end = next((i for i in range(head + 1, end) if ends(i) or includes(tree, i)), end)
    start = next((i + 1 for i in range(head - 1, start - 1, -1) if ends(i)), start)
    while start < head and (tree.s.upos[start] in ("PUNCT", "CCONJ") or _dated(tree, start)):
        start += 1
    start = max((i for i in range(start + 1, head) if _dated(tree, i - 1)), default=start)
    while end - 1 > head and tree.s.upos[end - 1] in ("PUNCT", "CCONJ", "ADP", "AUX"):
        end -= 1
    return _widened(tree, start), _lengthened(tree, end, ends)


def _lengthened(tree: Tree, end: int, ends: Ends) -> int:
    """Return where a phrase ends with what an amount at its end is of: "dozens of people"."""
    amount = counts.amounts(tree.lower[end - 1])
    if not amount or end >= len(tree.s) - 1 or tree.lower[end] != "of":
        return end
    at = end + 1
    while at < len(tree.s) and tree.s.upos[at] in (*NOMINAL, "DET") and not ends(at):
        at += 1
    return _lengthened(tree, at, ends) if at > end + 1 else end


def _kept(tree: Tree, head: int, ends: Ends, word: int) -> Iterator[int]:
    """Yield the words of a phrase: not its clauses, nor what it merely includes."""
    yield head
    for child in tree.children[head]:
        relation = tree.s.rels[child].split(":")[0]
        if ends(child) or relation in CLAUSES or relation in SILENT:
            continue
        subject = relation == "nsubj" and not is_number(tree, child)
        act = tree.s.upos[child] == "VERB" and relation != "amod"
        if subject or act or cased(tree, child, "including", "among"):
            continue
        if _aside(tree, child, relation) or (
            relation in BESIDE and _of_another(tree, child, ends, word)
        ):
            continue
        yield from _kept(tree, child, ends, word)


def _aside(tree: Tree, word: int, relation: str) -> bool:
    """Return whether a word says where people were, and not who: only "of" leads on."""
    cases = [c for c in tree.children[word] if tree.s.rels[c] == "case"]
    bound = counts.part_of_bound(tree.lower[word]) or is_number(tree, word)
    return relation in ("nmod", "obl") and bool(cases) and not bound and not cased(tree, word, "of")


def _of_another(tree: Tree, child: int, ends: Ends, word: int) -> bool:
    """Return whether what stands beside a phrase is told of by a word of its own."""
    below = list(tree.down(child))
    after = max(below) + 1
    if after < len(tree.s) and tree.lower[after] == "of":
        after += 1
    return any(ends(i) for i in (*below, after) if i < len(tree.s) and i != word)


def _dated(tree: Tree, word: int) -> bool:
    """Return whether a number only dates what follows: "2016 at least 12 people"."""
    form, following = tree.s.forms[word], tree.lower[word + 1]
    if not form[0].isdigit():
        return False
    scaled = counts.amounts(following) or not is_number(tree, word + 1)
    return ":" in form or not scaled or following in ("at", "more", "some", "over", "around")


def includes(tree: Tree, word: int) -> bool:
    """Return whether what follows a word is held in what went before: "including"."""
    return tree.lower[word] in ("including", "among")


def shared(tree: Tree, start: int) -> bool:
    """Return whether only a part of what a phrase states is meant: "half of the 200 prisoners"."""
    of = start > 1 and tree.lower[start - 1] == "of"
    return of and tree.lower[start - 2] in FRACTIONS


def _widened(tree: Tree, start: int) -> int:
    """Return where a phrase starts with the words before it that number it or bound its number."""
    more = _numbering(tree, start)
    if more is not None:
        return _widened(tree, more)
    for size in (4, 3, 2, 1):
        whole = [words(tree, start - size, start + inner) for inner in (0, 1, 2)]
        if size <= start and any(map(counts.bounding, whole)):
            return start - size
    joint = tree.lower[start - 1] if start > 0 else ""
    if joint == "and" and start > 2 and tree.lower[start - 3] == "between":
        return start - 3
    return start - 1 if joint == "between" else start


def _numbering(tree: Tree, start: int) -> int | None:
    """Return where a number right before a phrase starts: "ten to", "tens of", "a quarter of"."""
    if start > 0 and is_number(tree, start - 1) and not _dated(tree, start - 1):
        return start - 1
    joint = tree.lower[start - 1] if start > 1 else ""
    ranged = joint in ("to", "or", "-", "–") and is_number(tree, start - 2)
    if ranged or (joint == "of" and counts.amounts(tree.lower[start - 2])):
        return start - 2
    if start > 2 and tree.lower[start - 2] in PARTS and is_number(tree, start):
        return start - 3
    return None


def ongoing(tree: Tree, word: int) -> bool:
    """Return whether a word is a form in -ing, which acts on what follows it."""
    return tree.lower[word].endswith("ing")


def after(tree: Tree, word: int, ends: Ends) -> int | None:
    """Return the head of "at least 22 other people" right after a word."""
    at = word + 1
    while at < len(tree.s) and not is_number(tree, at):
        if at - word > REACH or not counts.part_of_bound(tree.lower[at]):
            return None
        at += 1
    while at + 1 < len(tree.s) and tree.s.upos[at + 1] in NOMINAL and not ends(at + 1):
        at += 1
    # "Killed, 12 wounded": the number is the next word's; in "killing 12 injuring 30" it is not.
    told = at + 1 < len(tree.s) and ends(at + 1) and not ongoing(tree, at + 1)
    return _noun(tree, at) if at < len(tree.s) and not told else None


def before(
    tree: Tree, word: int, ends: Ends, across: tuple[str, ...] = ("AUX", "ADV")
) -> int | None:
    """Return the head of "25 others" right before a word, its "were" left aside."""
    at = word - 1
    while at > 0 and tree.s.upos[at] in across:
        at -= 1
    first = at
    while first > max(0, at - REACH) and not is_number(tree, first):
        if tree.s.upos[first] not in NOMINAL or ends(first):
            return None
        first -= 1
    return _noun(tree, at) if at >= 0 and first >= 0 and is_number(tree, first) else None


def _noun(tree: Tree, word: int) -> int:
    """Return the noun of a phrase by its last word; where nouns lead, adjectives follow them."""
    above = tree.s.heads[word]
    led = spoken().leading and tree.s.upos[word] == "ADJ" and 0 <= above < word
    return above if led and tree.s.upos[above] in ("NOUN", "PROPN") else word


def gapped(tree: Tree, word: int) -> list[int]:
    """Return the numbers that share a verb told once: "two in Homs and three in Hama"."""
    found = []
    for at in range(word + 3, len(tree.s) - 1):
        if tree.s.upos[at] in ("VERB", "AUX"):
            break
        opener = at - 1 - (tree.lower[at - 1] == "another")
        joined = tree.lower[opener] in (",", "and")
        placed = tree.lower[at + 1] in ("in", "on", "at", "near")
        if joined and placed and is_number(tree, at):
            found.append(at)
    return found


def added(one: Range, other: Range) -> Range:
    """Return two counts together; without an upper bound of one there is none of both."""
    high = None if one[1] is None or other[1] is None else one[1] + other[1]
    return one[0] + other[0], high
