"""Links: which claim answers which, and which tells an event again."""

from __future__ import annotations

from tests.build import a_claim, a_participant, a_span
from tests.packaged import a_scene
from tests.phrases import a_subject
from tocsin.coding import links
from tocsin.records.claim import Claim

AFTER = """
Troops   troop   NOUN 2 nsubj
shelled  shell   VERB 0 root
Tarvos   Tarvos  PROPN 2 obj
after    after   ADP  6 case
a        a       DET  6 det
raid     raid    NOUN 2 obl
.        .       PUNCT 2 punct
"""
DRAWN = """
The       the      DET  2 det
raid      raid     NOUN 3 nsubj
drew      draw     VERB 0 root
criticism criticism NOUN 3 obj
.         .        PUNCT 3 punct
"""


def linked(rows: str, *triggers: str, actor: str | None = None) -> list[Claim]:
    """Return assaults with these triggers, linked; the first has the actor."""
    scene = a_scene(rows)
    actors = (a_participant(a_span(scene.article.text, actor)),) if actor else ()
    first = a_claim(scene.article, triggers[0], actors=actors)
    return links.settle(scene, [first, *(a_claim(scene.article, t) for t in triggers[1:])])


def test_what_comes_after_answers() -> None:
    """An act after another is an answer to it, and not the other way round."""
    shelling, raid = linked(AFTER, "shelled", "raid", actor="Troops")
    assert (shelling.response_to, raid.response_to) == (raid.id, None)


def test_what_is_drawn_answers() -> None:
    """What an act draws is an answer to it."""
    raid, criticism = linked(DRAWN, "raid", "criticism", actor="The")
    assert (raid.response_to, criticism.response_to) == (None, raid.id)


def test_taken_up_again() -> None:
    """A noun with an article tells again what its like told first."""
    rows = "\n\n".join(
        [a_subject("A", "raid"), a_subject("The", "raid"), a_subject("The", "siege")]
    )
    first, again, other = linked(rows, "raid", "The raid", "siege")
    assert (first.same_as, again.same_as, other.same_as) == (None, first.id, None)


def test_others_did_another() -> None:
    """What somebody else did is another event."""
    scene = a_scene("\n\n".join([a_subject("A", "raid"), a_subject("The", "raid")]))
    text = scene.article.text
    raid = a_claim(
        scene.article, "raid", actors=(a_participant(a_span(text, "A"), "A", entity="a"),)
    )
    again = a_claim(
        scene.article, "The raid", actors=(a_participant(a_span(text, "The"), "B", entity="b"),)
    )
    assert links.settle(scene, [raid, again])[1].same_as is None
