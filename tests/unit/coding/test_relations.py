"""Relations: what titles and joined words say of how two actors stand to each other."""

from __future__ import annotations

import pytest

from tests.packaged import a_scene, true_spans
from tocsin.coding import participants, relations
from tocsin.records.coded import Coded, Stamp
from tocsin.records.relation import Relation

SPOKESMAN = """
Iraqi     Iraqi     ADJ   3 amod
army      army      NOUN  3 compound Number=Sing
spokesman spokesman NOUN  6 nsubj    Number=Sing
Omar      Omar      PROPN 3 flat     Number=Sing
Dello     Dello     PROPN 4 flat     Number=Sing
spoke     speak     VERB  0 root     Tense=Past
.         .         PUNCT 6 punct
"""
BARE = """
army      army      NOUN  2 compound Number=Sing
spokesman spokesman NOUN  5 nsubj    Number=Sing
Omar      Omar      PROPN 2 flat     Number=Sing
Dello     Dello     PROPN 3 flat     Number=Sing
spoke     speak     VERB  0 root     Tense=Past
.         .         PUNCT 5 punct
"""
MINISTER = """
Iraqi     Iraqi     ADJ   3 amod
Prime     prime     ADJ   3 amod
Minister  minister  NOUN  6 nsubj    Number=Sing
Omar      Omar      PROPN 3 flat     Number=Sing
Dello     Dello     PROPN 4 flat     Number=Sing
spoke     speak     VERB  0 root     Tense=Past
"""
BACKED = """
Iran      Iran      PROPN 3 compound Number=Sing
-         -         PUNCT 3 punct
{word}    back      VERB  4 amod
militias  militia   NOUN  5 nsubj    Number=Plur
left      leave     VERB  0 root     Tense=Past
.         .         PUNCT 5 punct
"""
SIDED = """
{word}    pro-iran  ADJ   2 amod
militias  militia   NOUN  3 nsubj    Number=Plur
left      leave     VERB  0 root     Tense=Past
.         .         PUNCT 3 punct
"""


def found(rows: str, people: tuple[str, ...] = ("Omar Dello",)) -> tuple[Relation, ...]:
    """Return the relations of an article, each of their spans cut out of its text."""
    scene = a_scene(rows, people=people)
    participants.survey(scene)
    out = relations.find(scene)
    true_spans(Coded(article=scene.article, relations=out, stamp=Stamp("0", "o", "m", "g")))
    return out


def told(relation: Relation) -> tuple[str, str, str]:
    """Return a relation in its own words."""
    return relation.subject.span.quote, relation.relation, relation.object.span.quote


def test_spokesman_of_an_army() -> None:
    """A spokesman's title names the body he speaks for, with its nationality."""
    (relation,) = found(SPOKESMAN)
    assert told(relation) == ("Omar Dello", "speaks_for", "Iraqi army")
    assert (relation.object.country, relation.object.sectors) == ("IRQ", ("MIL",))
    assert relation.span.quote == "Iraqi army spokesman Omar Dello"


def test_spokesman_of_a_body_that_is_not_named() -> None:
    """A body without a nationality is one too; of whose it stays open."""
    (relation,) = found(BARE)
    assert told(relation) == ("Omar Dello", "speaks_for", "army")
    assert (relation.object.country, relation.object.sectors) == (None, ("MIL",))


def test_head_of_government_leads() -> None:
    """A head of government leads the country that his title names."""
    (relation,) = found(MINISTER)
    assert told(relation) == ("Omar Dello", "leads", "Iraqi")
    assert relation.object.entity == "IRQ"


def test_title_without_a_name_tells_nothing() -> None:
    """A title that stands before no person's name makes no relation."""
    assert found(SPOKESMAN, people=()) == ()


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("backed", "backed_by"),
        ("funded", "backed_by"),
        ("aligned", "allied_with"),
        ("based", "based_in"),
    ],
)
def test_joined_word(word: str, kind: str) -> None:
    """A word joined to a name says how the group that follows stands to it."""
    (relation,) = found(BACKED.format(word=word))
    assert told(relation) == ("militias", kind, "Iran")
    assert relation.span.quote == f"Iran - {word} militias"
    assert (relation.object.entity, relation.subject.sectors) == ("IRN", ("PRM",))


@pytest.mark.parametrize(("word", "kind"), [("led", "leads"), ("controlled", "controls")])
def test_joined_word_turned_round(word: str, kind: str) -> None:
    """In "Iran-led militias" it is Iran that leads."""
    (relation,) = found(BACKED.format(word=word))
    assert told(relation) == ("Iran", kind, "militias")


@pytest.mark.parametrize(
    ("word", "kind", "name", "code"),
    [
        ("pro-Iran", "allied_with", "Iran", "IRN"),
        ("Pro-Iranian", "allied_with", "Iranian", "IRN"),
        ("anti-Israel", "opposes", "Israel", "ISR"),
    ],
)
def test_side_within_a_word(word: str, kind: str, name: str, code: str) -> None:
    """A name inside a word is the other side, and its span is that part of the word."""
    (relation,) = found(SIDED.format(word=word))
    assert told(relation) == ("militias", kind, name)
    assert relation.object.country == code
    assert relation.span.quote == f"{word} militias"


def test_side_of_no_known_name_is_none() -> None:
    """Nobody known is named in "anti-government", so it takes no side."""
    assert found(SIDED.format(word="anti-government")) == ()


def test_known_names_alone_tell_nothing() -> None:
    """Two names beside each other without such a word make no relation."""
    rows = BACKED.format(word="and").replace("- ", ", ")
    assert found(rows) == ()


def test_relations_are_in_text_order_and_told_once() -> None:
    """Relations come in the order of the text."""
    out = found("\n\n".join([SPOKESMAN, BACKED.format(word="backed"), MINISTER]))
    assert [r.relation for r in out] == ["speaks_for", "backed_by", "leads"]
    assert [r.span.start for r in out] == sorted(r.span.start for r in out)
