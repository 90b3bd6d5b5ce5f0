"""The line notation of annotated articles: read it, check it, turn it into sentences.

    python -m training.notation FILE...       check files, print every problem and a count

A file holds short articles. A heading opens one, a line with `> ` is its next sentence, and every
line below a sentence is one of its claims:

    ## tariffs-3 | 2018-03-22 | wire
    > Beijing warned that it would answer in kind unless Washington dropped the duties.
    THREATEN restrict | warned | a: Beijing | r: Washington
    SANCTION conditional | answer | a: Beijing | r: Washington | s: Beijing \
| c: unless Washington dropped the duties | of: 1

First stand the type, its modes, and the modality where it is not `actual`; then the trigger, word
for word. Then follow, in any order, `a:` actors, `r:` recipients and `y:` who denies it (joined by
` + `), `s:` the chain of speakers, outermost first (joined by ` > `), `p:` place, `d:` date, `c:`
condition, `k:` killed, `i:` injured, `w:` weapon, `o:` outcome, and `of:` the number, within the
sentence, of the claim whose content it is. Words stand as the sentence has them; `#2` after them
means their second occurrence, `@` before them that the nearest other sentence has them.

Below the claims may follow the sentence's statements, as PARC 3 and PolNeAR mark them:

    ~ Beijing | warned | that it would answer ... dropped the duties

with whose words they are, the words that say so, and what is said, `-` standing for what is not
there, and ` ... ` for the words between the first and the last ones.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tocsin.ontology.load import load
from tocsin.ontology.model import Ontology

MODALITIES = ("actual", "negated", "future", "possible", "conditional", "requested")
OUTCOMES = ("none", "intercepted", "foiled", "failed")
KEYS = {
    "a": "actor", "r": "recipient", "y": "denier", "s": "speaker", "p": "place", "d": "date",
    "c": "condition", "k": "killed", "i": "injured", "w": "weapon",
}  # fmt: skip
JOINTS = {"s": " > "}


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a sentence; `sentence` counts from the annotated one, 0 being itself."""

    text: str
    start: int
    end: int
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """One annotated claim: its trigger and, by role, the words that fill it."""

    type: str
    modes: tuple[str, ...]
    modality: str
    trigger: Words
    roles: dict[str, tuple[Words, ...]]
    outcome: str | None = None
    content_of: int | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """One annotated statement; what it lacks is empty."""

    source: Words | None
    cue: Words | None
    content: Words


@dataclass(slots=True)
class Noted:
    """An annotated article: sentences with their claims and, where marked, their statements."""

    name: str
    published: str
    manner: str
    sentences: list[str] = field(default_factory=list)
    notes: list[list[Note]] = field(default_factory=list)
    tellings: list[list[Telling]] = field(default_factory=list)

    @property
    def told(self) -> bool:
        """Return whether statements are marked in this article."""
        return any(self.tellings)


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be read, and why."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def read(path: Path, ontology: Ontology) -> tuple[list[Noted], list[Problem]]:
    """Return the articles of a file, and the lines that cannot be read."""
    articles: list[Noted] = []
    problems: list[Problem] = []
    pending: list[tuple[int, Noted, int, str]] = []
    for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
        text = line.strip()
        if text.startswith("## "):
            parts = [x.strip() for x in text[3:].split("|")]
            articles.append(Noted(*[*parts, "", "", ""][:3]))
        elif text.startswith("> ") and articles:
            articles[-1].sentences.append(text[2:].strip())
            articles[-1].notes.append([])
            articles[-1].tellings.append([])
        elif text and not text.startswith("#"):
            if not articles or not articles[-1].sentences:
                problems.append(Problem(path, number, "a claim before any sentence"))
            else:
                pending.append((number, articles[-1], len(articles[-1].sentences) - 1, text))
    for number, article, at, text in pending:
        try:
            if text.startswith("~"):
                article.tellings[at].append(_telling(text[1:], article.sentences, at))
            else:
                article.notes[at].append(_note(text, article.sentences, at, ontology))
        except ValueError as error:
            problems.append(Problem(path, number, str(error)))
    for article in articles:
        problems += [Problem(path, 0, f"{article.name}: {what}") for what in _loose(article)]
    return articles, problems


def _note(text: str, sentences: Sequence[str], at: int, ontology: Ontology) -> Note:
    head, *fields = [x.strip() for x in text.split(" | ")]
    type_, modes, modality = _head(head, ontology)
    if not fields:
        raise ValueError("no trigger")
    trigger = _find(fields[0], sentences, at)
    roles: dict[str, tuple[Words, ...]] = {}
    outcome, parent = None, None
    for part in fields[1:]:
        key, colon, value = part.partition(":")
        value = value.strip()
        if not colon or not value:
            raise ValueError(f"no field: {part!r}; expected one like 'a: words'")
        if key == "of" and value.isdigit():
            parent = int(value) - 1
        elif key == "o" and value in OUTCOMES:
            outcome = value
        elif key in KEYS:
            parts = value.split(JOINTS.get(key, " + "))
            roles[KEYS[key]] = tuple(_find(x.strip(), sentences, at) for x in parts)
        else:
            raise ValueError(f"unknown field {part!r}")
    return Note(type_, modes, modality, trigger, roles, outcome, parent)


def _telling(text: str, sentences: Sequence[str], at: int) -> Telling:
    parts = [x.strip() for x in text.split(" | ")]
    if len(parts) != len(("source", "cue", "content")):
        raise ValueError(f"{len(parts)} parts; expected source | cue | content")
    source, cue = (None if x == "-" else _find(x, sentences, at) for x in parts[:2])
    if cue is not None and cue.sentence:
        raise ValueError("a cue stands in its own sentence")
    first, gap, last = parts[2].partition(" ... ")
    content = _find(first, sentences, at)
    if gap:
        end = sentences[at].find(last, content.end)
        if end < 0:
            raise ValueError(f"not in the sentence after {first!r}: {last!r}")
        content = Words(parts[2], content.start, end + len(last))
    return Telling(source, cue, content)


def _head(head: str, ontology: Ontology) -> tuple[str, tuple[str, ...], str]:
    name, *words = head.split()
    if name not in ontology:
        raise ValueError(f"unknown type {name!r}")
    modalities = [w for w in words if w in MODALITIES]
    modes = tuple(w for w in words if w not in MODALITIES)
    strange = [m for m in modes if m not in ontology[name].modes]
    if strange or len(modalities) > 1:
        raise ValueError(f"{name} has no mode {strange}, or more than one modality {modalities}")
    return name, modes, modalities[0] if modalities else "actual"


def _find(words: str, sentences: Sequence[str], at: int) -> Words:
    """Return where words stand; those marked `@` in the nearest sentence, those before first."""
    if words.startswith("@"):
        others = (k for k in range(len(sentences)) if k != at)
        order = sorted(others, key=lambda k: (abs(k - at), k))
        for other in order:
            span = _occurrence(words[1:], sentences[other])
            if span is not None:
                return Words(words[1:], *span, sentence=other - at)
        raise ValueError(f"no other sentence has {words[1:]!r}")
    span = _occurrence(words, sentences[at])
    if span is None:
        raise ValueError(f"not in the sentence: {words!r}")
    return Words(words, *span)


def _occurrence(words: str, sentence: str) -> tuple[int, int] | None:
    wanted, mark, count = words.rpartition("#")
    if not mark or not count.isdigit():
        wanted, count = words, "1"
    # Whole words only: "us" must not be found inside "must".
    left, right = (r"(?<!\w)" * wanted[:1].isalnum(), r"(?!\w)" * wanted[-1:].isalnum())
    found = list(re.finditer(left + re.escape(wanted) + right, sentence))
    if len(found) < int(count):
        return None
    return found[int(count) - 1].span()


def _loose(article: Noted) -> Iterator[str]:
    """Yield what is wrong with an article's claims taken together."""
    for sentence, notes in zip(article.sentences, article.notes, strict=True):
        seen: set[tuple[int, int]] = set()
        for note in notes:
            if note.content_of is not None and not 0 <= note.content_of < len(notes):
                yield f"of: {note.content_of + 1} is no claim of {sentence!r}"
            if (note.trigger.start, note.trigger.end) in seen:
                yield f"two claims with one trigger in {sentence!r}"
            seen.add((note.trigger.start, note.trigger.end))


def main() -> int:
    """Check files; print problems and counts; return 1 where there is a problem."""
    ontology = load()
    failed = False
    for name in sys.argv[1:]:
        articles, problems = read(Path(name), ontology)
        sentences = sum(len(a.sentences) for a in articles)
        claims = sum(len(n) for a in articles for n in a.notes)
        empty = sum(not n for a in articles for n in a.notes)
        told = sum(len(n) for a in articles for n in a.tellings)
        print(*problems, sep="\n", end="\n" if problems else "")
        print(
            f"{name}: {len(articles)} articles, {sentences} sentences ({empty} without a claim), "
            f"{claims} claims, {told} statements, {len(problems)} problems"
        )
        failed |= bool(problems)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
