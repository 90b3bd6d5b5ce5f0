"""Plain text and Markdown: titles, control characters and mark-up."""

from __future__ import annotations

import pytest

from tocsin.base.errors import InputError
from tocsin.sources.prose import clean, headline, markdown


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Army takes town\n\nThe army took it.", "Army takes town"),
        (
            "U.S. strikes depot, Gen. Smith says\nThe depot burned.",
            "U.S. strikes depot, Gen. Smith says",
        ),
        ("The army took the town.\nIt burned.", ""),
        ("The army took it on Monday. Then it left\nMore.", ""),
        ("word " * 60, ""),
    ],
)
def test_a_title_is_short_and_no_sentence(text: str, title: str) -> None:
    """The first line is the title where it is short and has no full stop."""
    assert headline(text) == title


def test_only_control_characters_change() -> None:
    """Line ends become newlines, control characters spaces, and nothing else changes."""
    assert clean("a\r\nb\rc\x00\x1b\td \u00a0\u200d") == ("a\nb\nc  \td \u00a0\u200d", 2)


def test_markdown_leaves_its_words() -> None:
    """Headings, links, emphasis, quotes and bullets leave their words."""
    source = (
        "# Title here\n\nA **bold** and *slanted* [word](https://a.example), `code` and snake_case."
        "\n\n> Quoted\n\n- One\n* Two\n\n---\n\n![alt](x.png) 5 * 3 * 2 <!-- unseen -->\n"
    )
    assert markdown(source)["text"] == (
        "Title here\n\nA bold and slanted word, code and snake_case.\n\n"
        "Quoted\n\nOne\nTwo\n\n\nalt 5 * 3 * 2"
    )


def test_front_matter_gives_fields_and_the_title() -> None:
    """Front matter gives the fields; its title stands in the text once."""
    found = markdown("---\ntitle: Town falls\npublished: 2024-11-21\n---\nThe army took it.\n")
    assert found["title"] == "Town falls"
    assert found["published"] == "2024-11-21"
    assert found["text"] == "Town falls\n\nThe army took it."


@pytest.mark.parametrize("front", ["a: [", "- a\n- b", "word"])
def test_front_matter_must_have_keys(front: str) -> None:
    """Front matter that is not YAML, or has no keys, is refused."""
    with pytest.raises(InputError):
        markdown(f"---\n{front}\n---\nText.")
