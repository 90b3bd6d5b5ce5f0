"""Texts in pieces: every character once, every span under its sign."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.build import a_claim, a_participant, a_span, an_article
from tocsin.records.article import Article
from tocsin.records.claim import Claim
from tocsin.views.pieces import Span, paragraphs, pieces, spans

TEXTS = st.text(alphabet="ab \n\u0301\U0001f600\u05d0", min_size=1, max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """Draw a text with spans across each other."""
    text = draw(TEXTS)
    ends = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=6))
    return text, [
        Span(min(pair), max(pair), "actor", (number,)) for number, pair in enumerate(pairs, 1)
    ]


@given(marked())
def test_no_character_is_lost(case: tuple[str, list[Span]]) -> None:
    """The pieces joined are the text, and each has the signs of exactly the spans over it."""
    text, found = case
    cut = pieces(text, found)
    assert "".join(piece.text for piece in cut) == text
    for piece in cut:
        end = piece.start + len(piece.text)
        over = {
            s.claims[0]
            for s in found
            if s.start <= piece.start and end <= s.end and s.end > s.start
        }
        assert set(piece.claims) == over


@given(marked())
def test_paragraphs_leave_out_breaks_alone(case: tuple[str, list[Span]]) -> None:
    """What paragraphs leave out is white space."""
    text, found = case
    kept = "".join(piece.text for paragraph in paragraphs(text, found) for piece in paragraph)
    assert "".join(kept.split()) == "".join(text.split())


def test_the_narrowest_sign_comes_first(article: Article, claim: Claim) -> None:
    """A trigger within a wider span is a trigger first; a span starts once."""
    wide = a_claim(
        article, "Monday", actors=(a_participant(a_span(article.text, article.text[:33])),)
    )
    cut = pieces(article.text, spans([(1, claim), (2, wide)]))
    attacked = next(piece for piece in cut if piece.text == "attacked")
    assert [sign.role for sign in attacked.signs] == ["trigger", "actor"]
    assert attacked.claims == (1, 2)
    assert attacked.ends == (1,)
    starts = [s for piece in cut for s in piece.signs if s.claims == (2,) and s.starts]
    assert sorted(s.role for s in starts) == ["actor", "trigger"]


def test_one_span_of_two_claims_is_one() -> None:
    """Words in the same role for two claims bear one sign with both numbers."""
    article = an_article()
    rebels = (a_participant(a_span(article.text, "Rebels")),)
    both = [
        (n, a_claim(article, word, actors=rebels)) for n, word in enumerate(("attacked", "said"), 1)
    ]
    first = pieces(article.text, spans(both))[0]
    assert (first.text, first.claims, len(first.signs)) == ("Rebels", (1, 2), 1)
