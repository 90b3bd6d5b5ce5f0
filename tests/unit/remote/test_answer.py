"""Answers: what is whole of them, and how they are repeated in messages."""

from __future__ import annotations

import json

import pytest

from tocsin.remote.answer import MOST, rows, shown
from tocsin.remote.client import BadAnswerError

WHOLE = json.dumps({"claims": [{"a": 1}, {"a": [2, "]"]}]})


@pytest.mark.parametrize(
    "content",
    [
        WHOLE,
        f"```json\n{WHOLE}\n```",
        f'<think>Maybe {{"claims": [{{}}]}}? No.</think>\n{WHOLE}',
        WHOLE.replace(" ", "\n  "),
    ],
)
def test_whole_answers(content: str) -> None:
    """A list is whole, whatever a model puts around it."""
    assert rows(content, "claims") == ([{"a": 1}, {"a": [2, "]"]}], True)


@pytest.mark.parametrize("cut", range(WHOLE.index("["), len(WHOLE) - 2))
def test_what_is_whole_before_a_cut_is_kept(cut: int) -> None:
    """Wherever an answer breaks off, the rows that were complete are kept, and the cut is known."""
    found, whole = rows(WHOLE[: cut + 1], "claims")
    assert not whole
    assert found == [{"a": 1}, {"a": [2, "]"]}][: len(found)]
    assert len(found) == (WHOLE[: cut + 1].count("}"))


@pytest.mark.parametrize(
    "content",
    ["I found no claims.", "{}", '{"verdicts": []}', '["claims"]', '{"claims": null}', ""],
)
def test_other_shapes_are_refused(content: str) -> None:
    """An answer without the list asked for is none, and says what it was instead."""
    with pytest.raises(BadAnswerError, match="claims") as caught:
        rows(content, "claims")
    assert content[:20] in str(caught.value)


@pytest.mark.parametrize("junk", ["[" * 100_000, "9" * 10_000 + "x", '"\\ud8', "NaN nan"])
def test_junk_is_a_cut(junk: str) -> None:
    """Nesting without end, numbers without end and half characters end the list, not the run."""
    found, whole = rows('{"claims": [{"a": 1}, ' + junk, "claims")
    assert (found[0], whole) == ({"a": 1}, False)


def test_endless_lists_are_cut() -> None:
    """A model that repeats itself for ever is listened to for so long and no longer."""
    found, whole = rows(json.dumps({"claims": [{}] * (MOST + 5)}), "claims")
    assert (len(found), whole) == (MOST, False)


@pytest.mark.parametrize("said", ["\x1b[2J", "\ud800", "\u202e", "x" * 500, ["x"] * 500, None])
def test_messages_are_short_and_harmless(said: object) -> None:
    """What is repeated has no control characters, no half characters, and an end."""
    text = shown(said)
    assert text.isprintable()
    assert len(text) < 120
    text.encode()
