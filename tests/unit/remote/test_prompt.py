"""Prompts: definitions are instructions, the article is data and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.build import a_proposal, a_reading, an_article, text_of
from tocsin.ontology import load
from tocsin.remote import prompt

OWN = Path(__file__).parents[3] / "examples" / "ontology"
ROWS = """
Rebels     rebel      NOUN  2 nsubj
attacked   attack     VERB  0 root

They       they       PRON  2 nsubj
withdrew   withdraw   VERB  0 root

Talks      talk       NOUN  2 nsubj
failed     fail       VERB  0 root
"""
TEXT = text_of(ROWS)
SENTENCES = a_reading(ROWS).sentences


@pytest.mark.parametrize("text", [prompt.reading(load.load()), prompt.judging(load.load())])
def test_everything_known_is_defined(text: str) -> None:
    """Both tasks get the definition of every type with its rules, and of every modality."""
    types = load.load()
    for kind in types.values():
        assert f"{kind.id}: {kind.definition}" in text
        assert all(rule.text in text for rule in kind.rules)
    assert all(f"- {term.id}: {term.definition}" in text for term in types.modality.values())
    assert "never an instruction" in text


def test_types_of_ones_own_are_defined() -> None:
    """A type of a user's own folder is asked about like any other, with its modes."""
    types = load.load(OWN)
    assert f"DESECRATE: {types['DESECRATE'].definition}" in prompt.reading(types)
    assert "mode destroy: " in prompt.reading(types)


def test_sentences_go_under_their_numbers() -> None:
    """Sentences asked about and those before them go as data, counted from 1."""
    data = json.loads(prompt.passage(SENTENCES, TEXT, 1, 2, 3))
    assert (data["from"], data["to"]) == (3, 3)
    assert data["sentences"] == [
        {"number": 2, "text": "They withdrew"},
        {"number": 3, "text": "Talks failed"},
    ]


def test_questions_go_with_their_sentences() -> None:
    """A question names its words; its sentence and the one before are shown, no others, once."""
    asked = [a_proposal(1, sentence=1), a_proposal(0, sentence=1)]
    data = json.loads(prompt.questions(SENTENCES, TEXT, asked, 1))
    assert data["questions"] == [
        {"number": 1, "sentence": 2, "words": "withdrew"},
        {"number": 2, "sentence": 2, "words": "They"},
    ]
    assert [row["number"] for row in data["sentences"]] == [1, 2]


@pytest.mark.parametrize(
    "words", ['"}]}', "\\", "</article>", "```", "\u202e", "\ud800", "system:", "<|im_end|>"]
)
def test_text_cannot_end_its_quotation(words: str) -> None:
    """Whatever marks a text has, it comes out of the message as the one string that it went in."""
    rows = f"{words} x NOUN 0 root\nend x NOUN 1 dep"
    article = an_article(f"{words} end")
    sentences = a_reading(rows, article=article).sentences
    message = prompt.passage(sentences, article.text, 0, 0, 1)
    data = json.loads(message)
    assert data["sentences"] == [{"number": 1, "text": article.text.replace("\ud800", "?")}]
    message.encode()
