"""Laws of the second reader: whatever an endpoint answers, what is kept of it is in the text."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.build import a_reading, an_article, text_of
from tests.endpoint import a_role, a_said
from tocsin.ontology import load
from tocsin.records.wire import dump
from tocsin.remote.answer import rows
from tocsin.remote.check import Check
from tocsin.remote.client import BadAnswerError

ROWS = """
Rebels     rebel      NOUN  2 nsubj
attacked   attack     VERB  0 root
Tarvos     Tarvos     PROPN 2 obj

The        the        DET   2 det
army       army       NOUN  3 nsubj
attacked   attack     VERB  0 root
Rebels     rebel      NOUN  3 obj
"""
ARTICLE = an_article(text_of(ROWS))
SENTENCES = a_reading(ROWS, article=ARTICLE).sentences
TYPES = load.load()

words = st.sampled_from(["attacked", "Rebels", "The army", "", "rebels"]) | st.text(max_size=4)
numbers = st.integers(-2, 4) | st.integers()
roles = st.builds(a_role, st.sampled_from(["actor", "date", "boss"]), words, sentence=numbers)
claims = st.builds(
    a_said,
    words,
    code=st.sampled_from(["ASSAULT", "AID", "QUARREL"]),
    sentence=numbers,
    nth=numbers,
    modality=st.sampled_from(["actual", "likely"]),
    modes=st.lists(st.sampled_from(["aerial", "visit"]), max_size=2).map(tuple),
    outcome=st.sampled_from([None, "failed", "won"]),
    parent=st.none() | numbers,
    roles=st.lists(roles, max_size=3).map(tuple),
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(claims | junk, max_size=6))
def test_what_is_kept_is_in_the_text(answer: list[object]) -> None:
    """Every word kept is in its sentence, every id known, every parent another one, no circle."""
    check = Check(ARTICLE, SENTENCES, 0, 0, 2, TYPES, 0.95)
    found = check.proposals(answer)
    for proposal in found:
        spans = [proposal, *proposal.edges]
        assert all(0 <= s.start < s.end <= len(SENTENCES[s.sentence]) for s in spans)
        assert proposal.types[0][0] in TYPES
        assert proposal.modality[0][0] in TYPES.modality
        parent, steps = proposal.parent, 0
        while parent is not None:
            parent, steps = found[parent].parent, steps + 1
            assert steps < len(found)
    assert all(dump(issue) for issue in check.issues)


@given(st.lists(junk | claims, max_size=4), st.data())
def test_a_cut_keeps_a_beginning(answer: list[object], data: st.DataObject) -> None:
    """An answer cut anywhere gives a beginning of what the whole one gives, or is refused."""
    whole = json.dumps({"claims": answer})
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    try:
        found, complete = rows(cut, "claims")
    except BadAnswerError:
        return
    every, all_there = rows(whole, "claims")
    assert all_there
    assert complete == (len(cut) >= len(whole) - 1)
    kept = [json.dumps(row) for row in found]
    # Of a number cut in two a part is a number still.
    assert kept[:-1] == [json.dumps(row) for row in every][: max(0, len(kept) - 1)]


@given(st.text())
def test_any_text_is_an_answer_or_none(content: str) -> None:
    """Text without the list is refused as such, and never fails in another way."""
    try:
        rows(content, "claims")
    except BadAnswerError as error:
        str(error).encode()
