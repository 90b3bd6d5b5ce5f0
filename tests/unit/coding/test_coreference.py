"""Coreference: pronouns, short forms and nouns that take up somebody named before."""

from __future__ import annotations

import pytest

from tests.packaged import a_scene, who
from tests.phrases import a_subject
from tocsin.coding import participants
from tocsin.coding.scene import Scene

FIRM = """
British British PROPN 2 compound
Airways Airways PROPN 6 nsubj
(       (       PUNCT 4 punct
BA      BA      PROPN 2 appos
)       )       PUNCT 4 punct
left    leave   VERB  0 root

BA      BA      PROPN 2 nsubj
returned return VERB  0 root
"""
THEY = """
Assad    Assad    PROPN 2 nsubj Number=Sing
met      meet     VERB  0 root
rebels   rebel    NOUN  2 obj Number=Plur

They     they     PRON  2 nsubj
left     leave    VERB  0 root
"""


def surveyed(rows: str) -> Scene:
    """Return the scene of some rows after its names were noted."""
    scene = a_scene(rows)
    participants.survey(scene)
    return scene


def test_short_form_in_brackets() -> None:
    """Letters in brackets after a name mean its bearer from there on."""
    assert who(surveyed(FIRM), "BA", sentence=1).entity == "company-british-airways"


def test_they_are_several() -> None:
    """The word "they" passes over one person, though he was the subject."""
    scene = surveyed(THEY)
    who(scene, "rebels")
    assert who(scene, "They", sentence=1).sectors == ("REB",)


@pytest.mark.parametrize(
    ("name", "noun", "entity"),
    [
        ("NATO", "alliance", "igo-nato"),
        ("Reuters", "agency", "outlet-reuters"),
        ("Hamas", "movement", "pse-hamas"),
    ],
)
def test_nouns_take_up_their_kind(name: str, noun: str, entity: str) -> None:
    """An alliance takes up an international body, an agency an outlet, a movement a group."""
    rows = a_subject(name, tag="PROPN").replace("NOUN", "PROPN") + "\n\n" + a_subject("The", noun)
    assert who(surveyed(rows), f"The {noun}", sentence=1).entity == entity


def test_several_without_an_article_are_nobody_met_before() -> None:
    """Some militias or other are not the one named before; "the militias" may be."""
    rows = a_subject("Hamas", tag="PROPN").replace("NOUN", "PROPN") + "\n\n"
    scene = surveyed(rows + a_subject("Armed", "militias"))
    assert who(scene, "Armed militias", sentence=1).entity is None


SAID = """
Hamas      Hamas      PROPN 2 nsubj
spoke      speak      VERB  0 root
after      after      SCONJ 5 mark
Hezbollah  Hezbollah  PROPN 5 nsubj
said       say        VERB  2 advcl
it         it         PRON  7 nsubj
struck     strike     VERB  5 ccomp
"""


def test_who_says_so_is_meant_by_it() -> None:
    """A pronoun in what somebody says takes him up, though another leads the sentence."""
    assert who(surveyed(SAID), "it").entity == "lbn-hezbollah"
