"""Which way a time expression looks: the tense of the verb that governs it.

`governing` reads the tree. `nearby` is for text without one: it looks at the words about the
expression, nearest before it first, and tells near where no verb is known among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tocsin.coding.days import Tense
from tocsin.coding.patterns import WORDS
from tocsin.coding.syntax import Tree

_MARKS = frozenset('.!?;:"“”')
_LIKE_PAST = re.compile(r"[a-z]{2,}[^e]ed|[a-z]+ied|agreed|freed|fled")
_BOUND: dict[str, Tense] = {"last": "past", "next": "future", "effective": "future"}
_PAST = frozenset({"have", "has", "had", "was", "were", "did", "'ve", "’ve"})
_PERFECT = frozenset({"have", "has"})
_UNTIL = frozenset({"until", "till", "to", "for"})
# What they take an infinitive of happened, or did not, in their own time (Karttunen 1971).
_IMPLICATIVE = frozenset(
    {"begin", "bother", "cease", "come", "continue", "dare", "decline", "fail", "get", "happen"}
    | {"help", "manage", "neglect", "proceed", "refuse", "start", "stop", "succeed", "use"}
)
_OWNING = frozenset({"'s", "’s", "'", "’"})


def governing(tree: Tree, word: int) -> Tense:
    """Return the tense of the nearest verb above a word; near where none has one."""
    verbs = [at for at in (word, *tree.up(word)) if tree.s.upos[at] in ("VERB", "AUX")]
    for place, verb in enumerate(verbs):
        shown = _shown(tree, verb)
        above = verbs[place + 1] if place + 1 < len(verbs) else None
        if shown == "future" and above is not None and _settled(tree, above):
            return "past"
        if shown:
            return shown
    return "near"


def _settled(tree: Tree, verb: int) -> bool:
    """Return whether what a verb looks ahead to is over: "had planned to", "failed to meet"."""
    implies = tree.s.lemmas[verb].casefold() in _IMPLICATIVE and _shown(tree, verb) == "past"
    return implies or "had" in _helpers(tree, verb)


def _shown(tree: Tree, verb: int) -> Tense | None:
    """Return the tense that a verb and its helpers show, if they show one."""
    helpers = _helpers(tree, verb)
    if not WORDS.forward.isdisjoint(helpers) or tree.lower[verb] in WORDS.forward:
        return "future"
    if "to" in helpers or "Tense=Fut" in tree.s.feats[verb]:
        return "future"
    if not _PAST.isdisjoint(helpers):
        return "past"
    present = not {"is", "are", "be", "being"}.isdisjoint(helpers)
    return "past" if "Tense=Past" in tree.s.feats[verb] and not present else None


def _helpers(tree: Tree, verb: int) -> set[str]:
    """Return the auxiliaries of a verb, and its "to"."""
    return {
        tree.lower[child]
        for child in tree.children[verb]
        if tree.s.rels[child].split(":")[0] == "aux" or tree.lower[child] == "to"
    }


def nearby(before: Sequence[str], after: Sequence[str]) -> Tense:
    """Return the tense that the words about an expression show, those before it first."""
    last = before[-1].casefold() if before else ""
    if last in _BOUND:
        return _BOUND[last]
    if last in _UNTIL and not WORDS.moving.isdisjoint(w.casefold() for w in before[-6:]):
        return "future"
    if after and after[0].casefold() in _OWNING:
        return "near"
    return _leaning(before, back=True) or _leaning(after, back=False) or "near"


def _leaning(words: Sequence[str], *, back: bool) -> Tense | None:
    """Return the tense of the nearest word that shows one, up to the end of the sentence."""
    for at in range(len(words) - 1, -1, -1) if back else range(len(words)):
        word = words[at].casefold()
        if word in _MARKS and at not in (0, len(words) - 1):
            return None
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in WORDS.forward or (word == "to" and _infinitive(following)):
            return "past" if "had" in words[max(at - 4, 0) : at] else "future"
        if word in WORDS.backward or (words[at].islower() and _LIKE_PAST.fullmatch(word)):
            shown = _participle(word, [w.casefold() for w in words[max(at - 3, 0) : at]])
            if shown != "near":
                return shown
    return None


def _participle(word: str, held: Sequence[str]) -> Tense:
    """Return the tense of a past form after the words held before it: "will be held" is ahead."""
    ahead = any(w in WORDS.forward or w == "to" for w in held)
    if ahead and (word in _PERFECT or not {"be", "have"}.isdisjoint(held)):
        return "future"
    return "near" if not {"is", "are", "be", "being"}.isdisjoint(held) else "past"


def _infinitive(word: str) -> bool:
    """Return whether a word after "to" can be a verb: a small word that is no noun's company."""
    return word.islower() and word.isalpha() and word not in WORDS.goals
