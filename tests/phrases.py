"""Phrases made into small sentences, and whom they are resolved to."""

from __future__ import annotations

from tests.packaged import a_scene, who
from tocsin.coding import participants
from tocsin.records.claim import Participant


def a_subject(*words: str, tag: str = "ADJ") -> str:
    """Return rows in which the words, the last of them a noun, are the subject of "left"."""
    noun, verb = len(words), len(words) + 1
    rows = [f"{w} {w.lower()} {_tag(w, tag)} {noun} {_rel(w)}" for w in words[:-1]]
    number = "Plur" if words[-1].endswith("s") else "Sing"
    lemma = words[-1].removesuffix("s") if number == "Plur" else words[-1]
    rows.append(f"{words[-1]} {lemma} NOUN {verb} nsubj Number={number}")
    return "\n".join([*rows, "left leave VERB 0 root Tense=Past", f". . PUNCT {verb} punct"])


def _tag(word: str, tag: str) -> str:
    return "DET" if word.lower() in ("the", "a", "an") else tag


def _rel(word: str) -> str:
    return "det" if word.lower() in ("the", "a", "an") else "amod"


def read(rows: str, words: str, *, place: str | None = None) -> Participant:
    """Return whom words of a single sentence mean after the article was surveyed."""
    scene = a_scene(rows)
    participants.survey(scene)
    return who(scene, words, place=place)


def seen(found: Participant) -> tuple[str | None, tuple[str, ...]]:
    """Return country and sectors."""
    return found.country, found.sectors
