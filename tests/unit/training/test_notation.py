"""The line notation of annotated articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.ontology.load import load
from training import notation

HEAD = "## one-1 | 2020-01-01 | wire\n"
ARTICLE = f"""{HEAD}> Orso told Tarvos that it would strike unless the talks began.
THREATEN violence | told | a: Orso | r: Tarvos
ASSAULT conditional | strike | a: Orso | s: Orso | c: unless the talks began | of: 1
~ Orso | told | that it ... talks began
> "We wait," it said.
~ it | said | "We wait,"
CONSULT possible | wait | a: @Tarvos
"""


def read(tmp_path: Path, text: str) -> tuple[list[notation.Noted], list[notation.Problem]]:
    """Return what a file with this text holds."""
    path = tmp_path / "one.txt"
    path.write_text(text, "utf8")
    return notation.read(path, load())


def test_claims(tmp_path: Path) -> None:
    """A claim has its type, modes, modality, and words by their place in the sentence."""
    (article,), problems = read(tmp_path, ARTICLE)
    assert problems == []
    threat, strike = article.notes[0]
    assert (threat.type, threat.modes, threat.modality) == ("THREATEN", ("violence",), "actual")
    assert article.sentences[0][slice(strike.trigger.start, strike.trigger.end)] == "strike"
    assert (strike.modality, strike.content_of) == ("conditional", 0)


def test_words_of_another_sentence(tmp_path: Path) -> None:
    """Words after @ are found in the nearest other sentence."""
    (article,), _ = read(tmp_path, ARTICLE)
    (who,) = article.notes[1][0].roles["actor"]
    assert (who.text, who.sentence) == ("Tarvos", -1)


def test_statements(tmp_path: Path) -> None:
    """A statement's content may be given by its first and last words."""
    (article,), _ = read(tmp_path, ARTICLE)
    (told,) = article.tellings[0]
    said = article.sentences[0][told.content.start : told.content.end]
    assert said == "that it would strike unless the talks began"
    assert article.told


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("ATTACK | strike", "unknown type"),
        ("ASSAULT violence | strike", "no mode"),
        ("ASSAULT", "no trigger"),
        ("ASSAULT | bomb", "not in the sentence: 'bomb'"),
        ("ASSAULT | strike | a: Ors", "not in the sentence: 'Ors'"),
        ("ASSAULT | strike | x: Orso", "unknown field"),
        ("ASSAULT | strike | of: 3", "is no claim"),
        ("~ Orso | said", "expected source | cue | content"),
    ],
)
def test_problems(tmp_path: Path, line: str, what: str) -> None:
    """A line that cannot be read is a problem that says why; the others are read."""
    (article,), problems = read(tmp_path, f"{HEAD}> Orso will strike.\n{line}\nASSAULT | will\n")
    assert [what in str(p) for p in problems] == [True]
    assert article.notes[0][-1].trigger.text == "will"
