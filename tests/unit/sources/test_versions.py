"""Versions: which articles are one chain, and what a new version changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.build import an_article
from tocsin.records.article import Article
from tocsin.records.capture import Capture
from tocsin.records.version import Version
from tocsin.sources import versions

TOLL = "Shells hit the market.\nTwelve people were killed, the mayor said."


def a_capture(form: str = "text", place: str = "a.txt") -> Capture:
    """Return a capture of whatever article."""
    return Capture(id="capture-1", article="article-1", place=place, form=form)


def changed(before: str, after: str) -> Version:
    """Return the version that one text is behind another."""
    return versions.step(an_article(after), "url x", an_article(before), 1)


@pytest.mark.parametrize(
    ("article", "capture", "expected"),
    [
        (replace(an_article(), url="https://a.example/1"), a_capture(), "url https://a.example/1"),
        (replace(an_article(), doc="n-7"), a_capture("lines", "a.jsonl"), "doc The Teller n-7"),
        (an_article(), a_capture("html", "b.html"), "file b.html"),
    ],
)
def test_a_chain_is_where_an_article_is_published(
    article: Article, capture: Capture, expected: str
) -> None:
    """An address makes a chain, else a name of one's own, else the file."""
    assert versions.chain(article, capture) == expected


def test_what_has_no_place_is_a_chain_by_itself() -> None:
    """A row without a name, and standard input, are versions of nothing."""
    row = replace(an_article(), doc="a#3")
    assert versions.chain(row, a_capture("lines")) == f"only {row.id}"
    assert versions.chain(an_article(), a_capture("text", "-")).startswith("only ")


def test_an_edit_is_counted_in_words() -> None:
    """A new toll is one word less and one more."""
    step = changed(TOLL, TOLL.replace("Twelve", "Fourteen"))
    assert (step.change, step.added, step.removed, step.number) == ("edit", 1, 1, 2)


@pytest.mark.parametrize(
    ("notice", "change"),
    [
        ("Correction: An earlier version gave the wrong toll.", "correction"),
        ("This article was amended on 3 May to correct the name of the village.", "correction"),
        ("(Corrects spelling of name in second paragraph)", "correction"),
        ("This story has been retracted.", "retraction"),
        ("KILL: please do not use the story above.", "retraction"),
        ("Officials said they would correct course and withdraw from the town.", "edit"),
        ("The minister retracted his statement.", "edit"),
    ],
)
def test_notices_are_the_outlets_own(notice: str, change: str) -> None:
    """What an outlet says of its article is a notice; what people do in it is none."""
    step = changed(TOLL, f"{TOLL}\n{notice}")
    assert step.change == change
    assert step.notice == (None if change == "edit" else notice)


def test_an_old_notice_is_no_new_one() -> None:
    """A correction that stood there before does not make the next edit one."""
    noted = f"{TOLL}\nCorrection: the toll was wrong."
    assert changed(noted, noted.replace("Twelve", "Ten")).change == "edit"


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_pieces_make_both_texts(before: str, after: str) -> None:
    """The pieces kept and removed are the old words, those kept and added the new ones."""
    pieces = versions.difference(before, after).pieces
    old = "".join(words for kind, words in pieces if kind != "+")
    new = "".join(words for kind, words in pieces if kind != "-")
    assert (old.split(), new.split()) == (before.split(), after.split())


def test_long_texts_are_compared_by_lines() -> None:
    """A book does not take minutes."""
    book = "".join(f"line {n} of a book that goes on and on\n" for n in range(5000))
    found = versions.difference(book, book.replace("line 7 ", "line seven "))
    assert (found.added, found.removed) == (10, 10)


@given(
    st.lists(st.sampled_from("abc"), max_size=30),
    st.lists(st.sampled_from("abc"), max_size=30),
    st.integers(0, 4),
)
def test_changes_are_all_that_changed(before: list[str], after: list[str], beside: int) -> None:
    """Every word that went or came is shown once, beside no more words than asked for."""
    found = versions.difference(" ".join(before), " ".join(after))
    shown = list(versions.changes(found, beside))
    for sign in "+-":
        whole = [words for kind, words in found.pieces if kind == sign]
        assert [words for change in shown for kind, words in change if kind == sign] == whole
    for change in shown:
        kinds = [kind for kind, _ in change]
        assert set(kinds) & {"+", "-"}
        assert "…" not in kinds[1:-1]
        for at, (kind, words) in enumerate(change):
            outer = at == 0 or at == len(change) - 1 or "…" in (kinds[at - 1], kinds[at + 1])
            limit = beside if outer else 2 * beside
            assert kind != "=" or len(words.split()) <= limit


def test_titles_are_compared_too() -> None:
    """A headline that is toned down is a change, though the text stayed."""
    before, after = (an_article(TOLL, title=title) for title in ("Massacre", "Attack"))
    assert versions.between(before, after).pieces[:2] == (("-", "Massacre"), ("+", "Attack"))
