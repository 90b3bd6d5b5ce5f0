"""Quotes: stretches between quotation marks, across sentences and paragraphs."""

from __future__ import annotations

import pytest

from tocsin.coding import quotes


def found(text: str) -> list[str]:
    """Return the quotes of a text in words."""
    return [text[q.start : q.end] for q in quotes.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "He said: “We go. They stay.” Then he left.",
        'He said: "We go. They stay." Then he left.',
        "He said: «We go. They stay.» Then he left.",
        "He said: ''We go. They stay.'' Then he left.",
        "He said: ‘We go, they stay here.’ Then he left.",
    ],
)
def test_marks(text: str) -> None:
    """Every kind of mark opens and closes a quote, over as many sentences as it holds."""
    (quote,) = found(text)
    assert quote[1:-1].strip("'").startswith("We go")
    assert "left" not in quote


def test_apostrophes_are_no_marks() -> None:
    """Apostrophes and plural possessives open nothing."""
    assert found("The rebels' leader won't say it's the army's fault, his aide's aide said.") == []


def test_inner_quotes_belong_to_the_outer() -> None:
    """A quote within a quote is part of it."""
    assert found("“He told me ‘go away at once,’ and I went,” she said.") == [
        "“He told me ‘go away at once,’ and I went,”"
    ]


def test_paragraphs_go_on() -> None:
    """A quote left open goes on in the next paragraph that opens with a mark, in no other."""
    assert found("“We go.\n“They stay.”") == ["“We go.\n“They stay.”"]
    assert found("“We go.\nThey stay.") == ["“We go."]


def test_which_quote_holds_a_character() -> None:
    """The marks belong to their quote; between quotes and around them there is none."""
    text = "“We go,” he said. “They stay.”"
    stretches = quotes.find(text)
    held = [quotes.holding(stretches, at) for at in range(-1, len(text) + 1)]
    wanted = [next((q for q in stretches if q.holds(at)), None) for at in range(-1, len(text) + 1)]
    assert held == wanted
    assert quotes.holding([], 0) is None
