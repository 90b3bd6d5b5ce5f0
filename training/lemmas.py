"""The lemmas that ship beside the network: the treebanks', and forms of the lexicon's words.

Python's lemminflect gives the forms; where two words share one, neither has it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from lemminflect import getAllInflections

from tocsin.neural.lemmas import apply
from tocsin.ontology import lexicon
from tocsin.ontology.words import groups
from training.corpora import Sentence

# The parts of speech whose forms are written down.
INFLECTED = ("NOUN", "VERB")


def table(trees: Iterable[Sentence]) -> dict[str, str]:
    """Return the lemma of "form TAG": the treebanks' usual one, else that of a listed word."""
    return {**inflected(words()), **usual(trees)}


def usual(trees: Iterable[Sentence]) -> dict[str, str]:
    """Return the usual lemma of every form and part of speech in the treebanks, names left out."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in trees:
        if sentence.upos is None or sentence.lemmas is None:
            continue
        for form, upos, script in zip(sentence.words, sentence.upos, sentence.lemmas, strict=True):
            if upos not in ("PROPN", "PUNCT", "NUM", "SYM", "X"):
                seen[f"{form.lower()} {upos}"][apply(script, form.lower())] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in seen.items()}


def words() -> set[str]:
    """Return the words that the lexicon's triggers, cues, moods and groups are made of."""
    listed = lexicon.load()
    phrases = (*listed.triggers.entries, *listed.cues.entries, *listed.modality.entries)
    out = {word for phrase in phrases for word in phrase.words}
    out |= {word for group in groups().values() for phrase in group for word in phrase.split()}
    return {word for word in out if word.isalpha() and word.islower()}


def inflected(listed: Iterable[str]) -> dict[str, str]:
    """Return the lemma of each form of some words by "form TAG", ambiguous forms left out."""
    lemmas: dict[str, set[str]] = defaultdict(set)
    for word in sorted(listed):
        for tag in INFLECTED:
            for forms in getAllInflections(word, upos=tag).values():
                for form in forms:
                    lemmas[f"{form.lower()} {tag}"].add(word)
    return {key: found.pop() for key, found in lemmas.items() if len(found) == 1}
