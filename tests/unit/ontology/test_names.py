"""Names: found among words however they are spelled and cut, and never in the wrong case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.ontology.names import Match, Names
from tocsin.ontology.spelling import name_key

KNOWN = (
    "US",
    "United States",
    "Tarn",
    "Tarn Valley",
    "Asa'ib Ahl al-Tarn",
    "ash-Shabiba",
    "Quai d'Or",
    "Côte d'Orée",
    "People's Front of Tarn",
    "The Teller",
    "M23",
    "rebel council",
    "El Moro",
    "Tarn, D.C.",
    "Łódka",
    "LeD",
)


@pytest.fixture
def names() -> Names:
    """Return an index of the known names, each its own id."""
    index = Names()
    for name in KNOWN:
        index.add(name, Match(0, "actor", name, name))
    return index


@pytest.mark.parametrize(
    ("words", "found", "end"),
    [
        ("US troops", "US", 1),
        ("U.S. troops", "US", 1),
        ("the US", "US", 2),
        ("Tarn Valley farmers", "Tarn Valley", 2),
        ("Tarn farmers", "Tarn", 1),
        ("Tarn 's farmers", "Tarn", 1),
        ("Tarn’s farmers", "Tarn", 1),
        ("TARN", "Tarn", 1),
        ("Asa'ib Ahl al-Tarn", "Asa'ib Ahl al-Tarn", 3),
        ("Asa’ib Ahl Al - Tarn fighters", "Asa'ib Ahl al-Tarn", 5),
        ("Asa ' ib Ahl al- Tarn", "Asa'ib Ahl al-Tarn", 6),
        ("Asaib Ahl el-Tarn", "Asa'ib Ahl al-Tarn", 3),
        ("al-Shabiba", "ash-Shabiba", 1),
        ("ash - Shabiba", "ash-Shabiba", 3),
        ("Al Shabiba", "ash-Shabiba", 2),
        ("el-Moro", "El Moro", 1),
        ("Quai d' Or", "Quai d'Or", 3),
        ("Quai d 'Or", "Quai d'Or", 3),
        ("Cote d'Oree", "Côte d'Orée", 2),
        ("People 's Front of Tarn", "People's Front of Tarn", 5),
        ("Peoples Front of Tarn", None, 0),
        ("the Teller reported", "The Teller", 2),
        ("Teller reported", None, 0),
        ("M23 rebels", "M23", 1),
        ("m23 rebels", None, 0),
        ("rebel council", "rebel council", 2),
        ("Tarn , D.C. ,", "Tarn, D.C.", 3),
        ("Lodka", "Łódka", 1),
        ("LeD fighters", "LeD", 1),
        ("'", None, 0),
    ],
)
def test_find(names: Names, words: str, found: str | None, end: int) -> None:
    """The longest name from a word on is found, whatever its accents, dashes and quotes."""
    matches = names.find(["so", *words.split()], 1)
    assert [(match.name, match.end - 1) for match in matches] == ([(found, end)] if found else [])


@pytest.mark.parametrize("words", ["us", "Us", "tarn", "united states", "the teller", "Led"])
def test_case_is_kept(names: Names, words: str) -> None:
    """A short acronym in other case, and a name without any capital, is no name."""
    assert names.find(["told", *words.split()], 1) == ()


def test_capital_of_a_sentence_proves_nothing(names: Names) -> None:
    """The first word's capital alone makes no name of several words, but one of one word."""
    assert names.find(["United", "states", "unite"], 0) == ()
    assert names.find(["Tarn", "unites"], 0) != ()
    assert names.find(["the", "united", "States"], 0) != ()


@pytest.mark.parametrize(("word", "found"), [("tarn", True), ("us", False), ("m23", True)])
def test_text_without_case(names: Names, word: str, found: bool) -> None:  # noqa: FBT001
    """Where case means nothing every name matches but acronyms that are everyday words."""
    assert bool(names.find([word], 0, cased=False)) is found


def test_several_meanings() -> None:
    """A name of several things gives each once, first meanings first."""
    index = Names()
    index.add("Tarn", Match(0, "actor", "b", "Tarn"), second=True)
    index.add("Tarn", Match(0, "actor", "a", "Tarn"))
    index.add("TARN", Match(0, "actor", "a", "Tarn"))
    assert [match.id for match in index.find(["TARN"], 0)] == ["a", "b"]


def test_entries_are_complete(names: Names) -> None:
    """Listing the index shows every name, also those no text has asked for."""
    assert {entry.name for entries in names.entries.values() for entry in entries} == set(KNOWN)


@given(st.data())
def test_any_cut_is_found(data: st.DataObject) -> None:
    """However hyphens and apostrophes are cut from words, a name is found whole."""
    index = Names()
    for name in KNOWN:
        index.add(name, Match(0, "actor", name, name))
    name = data.draw(st.sampled_from([n for n in KNOWN if not n.startswith("The")]))
    words: list[str] = []
    for word in name.replace(",", " ,").split():
        parts = [word]
        for mark in ("-", "'"):
            if mark in word and not word.endswith("'s") and data.draw(st.booleans()):
                before, after = word.split(mark)
                parts = data.draw(st.sampled_from([[before, mark, after], [before + mark, after]]))
        words += parts
    matches = index.find([*words, "said"], 0)
    assert [(match.name, match.end) for match in matches] == [(name, len(words))]


@pytest.mark.parametrize(
    ("one", "other"),
    [("el-Sadr", "As-Sadr"), ("the Tarn", "Tarn"), ("U.N.", "UN"), ("Muʿammar", "Muammar")],
)
def test_name_key(one: str, other: str) -> None:
    """Two ways of writing a name have one key."""
    assert name_key(one) == name_key(other)
