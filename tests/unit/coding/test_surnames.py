"""Surnames: whose they are in an article that names people in full."""

from __future__ import annotations

import pytest

from tests.packaged import a_scene, who
from tocsin.coding import participants, surnames
from tocsin.coding.scene import Scene

FULL = """
{first}    {first}    PROPN 3 nsubj
{last}     {last}     PROPN 1 flat
spoke      speak      VERB  0 root
.          .          PUNCT 3 punct
"""
BARE = """
{last}     {last}     PROPN 2 nsubj
left       leave      VERB  0 root
.          .          PUNCT 2 punct
"""


def told(*sentences: str) -> Scene:
    """Return the scene of sentences, surveyed."""
    scene = a_scene("\n\n".join(sentences))
    participants.survey(scene)
    return scene


@pytest.mark.parametrize(("first", "last"), [("John", "Putin"), ("Omar", "Alloush")])
def test_a_namesake_is_not_whom_the_dictionary_knows(first: str, last: str) -> None:
    """Whom an article brings up by his full name has the surname, in full and alone."""
    scene = told(FULL.format(first=first, last=last), BARE.format(last=last))
    assert who(scene, f"{first} {last}").entity is None
    assert who(scene, last, sentence=1).entity is None


def test_who_needs_no_introduction_keeps_the_name() -> None:
    """A relative who is named later in full takes it from nobody."""
    scene = told(
        BARE.format(last="Putin"),
        FULL.format(first="Igor", last="Putin"),
        BARE.format(last="Putin"),
    )
    assert who(scene, "Putin").entity == "rus-putin"
    assert who(scene, "Igor Putin", sentence=1).entity is None
    assert who(scene, "Putin", sentence=2).entity == "rus-putin"


AIRBASE = """
The        the        DET   5 det
Ayn        Ayn        PROPN 5 compound
al         al         PROPN 5 compound
-          -          PUNCT 4 punct
Assad      Assad      PROPN 6 compound
{noun}     {noun}     NOUN  7 nsubj
fell       fall       VERB  0 root
"""


def test_what_is_called_after_somebody_is_not_he() -> None:
    """A base, a street or a hospital bears a name and is nobody."""
    assert not a_scene(AIRBASE.format(noun="airbase")).known[0]
    assert [k.match.id for k in a_scene(AIRBASE.format(noun="regime")).known[0]] == [
        "syr-assad-bashar"
    ]


def test_a_name_that_is_read_as_a_pronoun_is_a_name() -> None:
    """A long word in capitals is no pronoun; "us" in small letters is no country."""
    rows = "They they PRON 2 nsubj\nblamed blame VERB 0 root\n{word} {word} PRON 2 obj"
    assert [k.match.id for k in a_scene(rows.format(word="Moscow")).known[0]] == ["RUS"]
    assert not a_scene(rows.format(word="us")).known[0]


OFFICER = """
{land}     {land}     ADJ   2 amod
{noun}     {noun}     NOUN  5 nsubj
{first}    {first}    PROPN 2 appos
Dello      Dello      PROPN 3 flat
left       leave      VERB  0 root
.          .          PUNCT 5 punct
"""


def test_of_strangers_the_last_one_named_is_meant() -> None:
    """Two people of one surname are two, and the surname alone is the nearer's."""
    scene = a_scene(
        "\n\n".join(
            (
                OFFICER.format(land="Syrian", noun="activist", first="Anna"),
                OFFICER.format(land="Iraqi", noun="soldier", first="Omar"),
                BARE.format(last="Dello"),
            )
        ),
        people=("Anna Dello", "Omar Dello", "Dello"),
    )
    participants.survey(scene)
    found = who(scene, "Dello", sentence=2)
    assert (found.country, found.sectors) == ("IRQ", ("MIL",))


@pytest.mark.parametrize(
    ("firsts", "own"),
    [
        (("mohammed",), ("mohammad", "javad")),
        (("sergey",), ("sergei",)),
        (("j.",), ("joe",)),
        ((), ("joe",)),
    ],
)
def test_a_name_has_many_spellings(firsts: tuple[str, ...], own: tuple[str, ...]) -> None:
    """One first name may be written in other letters, or as its first, or left out."""
    assert not surnames.strange(firsts, own)


@pytest.mark.parametrize(
    ("firsts", "own"), [(("omar",), ("zahran",)), (("hunter",), ("joe", "joseph"))]
)
def test_another_name_is_a_strangers(firsts: tuple[str, ...], own: tuple[str, ...]) -> None:
    """What is no spelling of it is another's."""
    assert surnames.strange(firsts, own)
