"""Teasers: beginnings are told from whole articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tocsin.sources.teaser import is_teaser, length, signs

TITLE = "Rebels take town"
SENTENCE = "The governor said on Monday that the rebels had left the town by the northern road. "
EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "articles").glob("*.json"))


@pytest.mark.parametrize(
    "text",
    [
        TITLE,
        f"{TITLE}\n\nRebels took the town on Monday.",
        f"{TITLE}\n\n{SENTENCE * 3}The mayor, who had...",
        f"{TITLE}\n\n{SENTENCE * 3}The mayor, who had […]",
        f"{TITLE}\n\n{SENTENCE * 4}Read more »",
        f"{TITLE}\n\n{SENTENCE * 4}\n\nLire la suite…",
        f"{TITLE}\n\n{SENTENCE * 4}\n\nЧитать далее",
        f"{TITLE}\n\n{SENTENCE * 4}\n\nاقرأ المزيد",
        f"{TITLE}\n\n{SENTENCE * 4}\n\nSubscribe to continue reading. Already a member?",
        f"{TITLE}\n\n{SENTENCE * 4}\n\nCet article est réservé aux abonnés.",
        f"{TITLE}\n\n{SENTENCE * 40}\n\nYou’ve reached your limit of free articles this month.",
        f"{TITLE}\n\nRebels took it on Monday.\n\nThe post {TITLE} appeared first on The Post.",
    ],
)
def test_teasers(text: str) -> None:
    """What breaks off, sends on, asks for money or says next to nothing is a teaser."""
    assert is_teaser(text, TITLE)


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{SENTENCE * 4}",
        f"{TITLE}\n\n{SENTENCE * 20}And so it goes on...",
        f"{TITLE}\n\n{SENTENCE * 60}\n\nRead more",
        f"{TITLE}\n\nYou can subscribe to read our letter. {SENTENCE * 60}",
        f"{TITLE}\n\n{SENTENCE * 4}The flames had spread on",
        f"{TITLE}\n\n{SENTENCE * 4}The post {TITLE} appeared first on The Post.",
        "反叛分子于周一占领了该镇。" * 20,
    ],
)
def test_whole_articles(text: str) -> None:
    """What only looks like one is none."""
    assert is_teaser(text, TITLE) is None


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_whole(path: Path) -> None:
    """No article of the example world is taken for a teaser."""
    article = json.loads(path.read_text("utf8"))
    assert is_teaser(article["text"], article["title"]) is None


def test_short_news_shows_no_sign() -> None:
    """A flash is short, but nothing in it says that more would come."""
    text = "Explosion heard in the capital."
    assert signs(text, "") is None
    assert is_teaser(text, "") == "it has only 5 words"


def test_length() -> None:
    """Words are counted where there are spaces, letters in pairs where there are none."""
    assert length("two words") == 2
    assert length("反叛分子 said") == 3
