"""Context: who took part in an event that a sentence mentions without saying who."""

from __future__ import annotations

from tests.build import a_claim, a_participant, a_span
from tests.packaged import a_scene
from tests.phrases import a_subject
from tocsin.coding import context
from tocsin.coding.scene import Scene
from tocsin.records.claim import Claim, Participant

ROWS = "\n\n".join(
    [
        "Rebels rebel NOUN 2 nsubj\nattacked attack VERB 0 root\nTarvos Tarvos PROPN 2 obj",
        a_subject("The", "raid"),
        a_subject("They"),
        a_subject("Others"),
        a_subject("The", "ambush"),
        a_subject("The", "airstrike"),
        a_subject("The", "strikes"),
    ]
)


def told(scene: Scene, *triggers: str, actors: tuple[Participant, ...] = ()) -> list[Claim]:
    """Return assaults with these triggers, the first with the actors, settled in context."""
    claims = [a_claim(scene.article, trigger) for trigger in triggers]
    first = a_claim(scene.article, triggers[0], actors=actors)
    return context.settle(scene, [first, *claims[1:]])


def test_what_was_taken_up_is_passed_on() -> None:
    """A mention takes its actor from one that itself took it up, though the first is far away."""
    scene = a_scene(ROWS)
    rebels = a_participant(a_span(scene.article.text, "Rebels"), sectors=("REB",))
    found = told(scene, "attacked", "raid", "ambush", actors=(rebels,))
    assert [[a.name for a in claim.actors] for claim in found] == [["Rebels"]] * 3
    assert context.BACKED in [reason.because for reason in found[2].reasons]


def test_too_far_is_another_event() -> None:
    """Without a mention between them two words far apart are not of one event."""
    scene = a_scene(ROWS)
    rebels = a_participant(a_span(scene.article.text, "Rebels"), sectors=("REB",))
    assert told(scene, "attacked", "ambush", actors=(rebels,))[1].actors == ()


def test_words_for_one_thing() -> None:
    """A strike may take up an airstrike, in whatever number."""
    scene = a_scene(ROWS)
    rebels = a_participant(a_span(scene.article.text, "Rebels"), sectors=("REB",))
    found = told(scene, "airstrike", "strikes", actors=(rebels,))
    assert [a.name for a in found[1].actors] == ["Rebels"]


def test_nobody_strikes_himself() -> None:
    """Whoever suffers an assault is not its actor."""
    scene = a_scene(ROWS)
    text = scene.article.text
    town = a_participant(a_span(text, "Tarvos"), "Tarvos", entity="t")
    claim = a_claim(scene.article, "attacked", actors=(town,), recipients=(town,))
    assert context.settle(scene, [claim])[0].actors == ()
