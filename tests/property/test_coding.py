"""Laws of coding: true spans, the same bytes again, and no text that stops it."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build import an_article
from tests.packaged import coder, true_spans
from tocsin.export import gold
from tocsin.records.coded import Coded
from tocsin.records.wire import dump, load

# Each example is read by the packaged network, so there are fewer than elsewhere.
FEW = settings(max_examples=25)
SENTENCES = st.sampled_from(
    [
        "Rebels attacked Tarvos on Monday, the ministry said.",
        "“We will strike again,” he warned, “unless they leave by Friday.”",
        "At least 12 people were killed in Baghdad, according to Reuters.",
        "Iran-backed militias and pro-Israel groups clashed.",
        "The U.S. threatened to impose sanctions on Iraq if it didn't act.",
        "ISRAELI JETS BOMB GAZA CITY",
        "He denied it. She did not.",
        "The prime minister's spokesman, who visited, left.",
    ]
)
ODD = st.sampled_from(
    [
        "🚀",
        "👩‍👩‍👧 🇮🇶",
        "e\u0301\u0323",
        "Z̸̢̛a̷l̶g̵o",
        "قال المتحدث إن القوات",
        "הצבא הודיע",
        "\u202eabc\u202c",
        "\u200b\ufeff",
        "\u00a0\u2028\u2029",
        "\r\n\n\t",
        "'s",
        "—",
        "...",
        "\U0001d518\U0001d52b",
        "ﬃ",
        "İstanbul",
        "中文新闻",
        "“",
        "”",
        '"',
        "-",
    ]
)
TEXTS = st.lists(SENTENCES | ODD, min_size=1, max_size=6).map(" ".join)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))


def read(text: str, day: date | None = None) -> Coded:
    """Return everything coded out of a text."""
    return coder().code(an_article(text, published=day))


@FEW
@given(TEXTS, DAYS)
def test_spans_are_true(text: str, day: date | None) -> None:
    """Emoji, combining marks and right-to-left text leave every span where its words are."""
    true_spans(read(text, day))


@FEW
@given(TEXTS)
def test_same_input_same_bytes(text: str) -> None:
    """The same text gives the same bytes twice."""
    assert dump(read(text)) == dump(read(text))


@FEW
@given(ANY)
def test_any_text_is_coded(text: str) -> None:
    """Any text is coded without an error, its spans true, and its record reads back."""
    coded = read(text)
    true_spans(coded)
    assert load(dump(coded), Coded) == coded
    assert gold.row(coded)["text"] == text


@FEW
@given(st.lists(SENTENCES, min_size=1, max_size=4), ODD)
def test_what_stands_before_moves_spans(parts: list[str], odd: str) -> None:
    """Odd characters in front of a paragraph move its spans and change none of their words."""
    text = "\n\n".join(parts)
    true_spans(read(f"{odd}\n\n{text}"))
