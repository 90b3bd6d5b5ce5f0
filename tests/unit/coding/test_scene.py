"""Scene: the names of an article, and the country it is about."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import DAY
from tests.packaged import a_scene
from tocsin.coding.scene import Scene


def a_story(*names: str, published: date | None = DAY) -> Scene:
    """Return the scene of an article with a sentence for each name, in that order."""
    blocks = []
    for words in names:
        parts = words.split()
        verb = len(parts) + 1
        rows = [f"{w} {w} {_tag(w)} {verb} nsubj" for w in parts]
        blocks.append("\n".join([*rows, "left leave VERB 0 root", f". . PUNCT {verb} punct"]))
    return a_scene("\n\n".join(blocks), day=published)


def _tag(word: str) -> str:
    return {"us": "PRON", "may": "AUX"}.get(word.lower(), "PROPN") if word != "US" else "PROPN"


def names(scene: Scene) -> list[str]:
    """Return the ids of all known names in text order."""
    return [k.match.id for row in scene.known for k in row]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("Iraq", ["IRQ"]),
        ("Hezbollah", ["lbn-hezbollah"]),
        ("Kataib Hezbollah", ["irq-kataib-hezbollah"]),
        ("Iraq Iran", ["IRQ", "IRN"]),
        ("the Rapid Support Forces", ["sdn-rsf"]),
        ("US", ["USA"]),
        ("us", []),
        ("Tarvos", []),
    ],
)
def test_known_names(words: str, ids: list[str]) -> None:
    """Known names are found left to right, the longest at each place, pronouns never."""
    assert names(a_story(words)) == ids


def test_name_stands_where_its_words_are() -> None:
    """A known name ends behind its last word."""
    (known,) = a_story("Omar Kataib Hezbollah").known[0]
    assert (known.start, known.end) == (1, 3)


def test_headline_in_capitals() -> None:
    """A headline in capitals still shows countries, but no one-word actors."""
    rows = "IRAQ iraq PROPN 2 nsubj\nQUITS quit VERB 0 root"
    assert names(a_scene(rows)) == ["IRQ"]


@pytest.mark.parametrize(
    ("day", "entity"),
    [(date(1991, 2, 1), "usa-bush-elder"), (date(2003, 4, 1), "usa-bush")],
)
def test_shared_name_means_the_one_in_office(day: date, entity: str) -> None:
    """A name that two people have means the one in office on the article's day."""
    assert names(a_story("Bush", published=day)) == [entity]


def test_focus_is_the_country_ahead() -> None:
    """The article is about the country that it names clearly more often."""
    assert a_story("Iraq", "Iraq", "Iran").focus == "IRQ"
    assert a_story("Iraq", "Hezbollah", "Lebanon").focus == "LBN"


def test_headline_and_lead_count_more() -> None:
    """A country named on top counts more than one named below."""
    assert a_story("Iraq", "Tarvos", "Tarvos", "Iran").focus == "IRQ"


def test_no_focus_on_several_countries() -> None:
    """An article about two countries alike is about none, and so is one without any."""
    assert a_story("Iraq", "Iran").focus is None
    assert a_story("Tarvos").focus is None


def test_organisations_are_no_focus() -> None:
    """An international organisation is no country that an article is about."""
    assert a_story("UN", "UN", "Iraq").focus == "IRQ"


def test_day_is_the_articles() -> None:
    """Knowledge is asked about the day of publication, of none where there is none."""
    assert a_story("Iraq", published=date(2003, 4, 1)).day == date(2003, 4, 1)
    assert a_scene("Iraq Iraq PROPN 0 root", day=None).day is None


def test_nobody_is_met_before_the_survey() -> None:
    """A fresh scene has met nobody."""
    scene = a_story("Iraq")
    assert (scene.people, scene.mentions) == ({}, [])


def test_which_sentence_holds_a_character() -> None:
    """Every character of a sentence is in it, what stands between two in the next one."""
    scene = a_story("Iraq", "Iran", "Kataib Hezbollah")
    spans = [(tree.s.start, tree.s.end) for tree in scene.trees]
    for at in range(len(scene.article.text)):
        assert scene.sentence(at) == sum(end <= at for _, end in spans)
    assert scene.sentence(spans[-1][1]) == len(spans)
