"""Context: who took part in an event that a sentence mentions without saying who."""

from __future__ import annotations

from datetime import date

from tests.build import a_claim, a_participant, a_span
from tests.packaged import a_scene
from tests.phrases import a_subject
from tocsin.coding import context
from tocsin.coding.scene import Scene
from tocsin.records.claim import Claim, Interval, Participant, Place

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


def day(scene: Scene, start: date) -> Interval:
    """Return a day that the article's first word stands for."""
    return Interval(start, start, a_span(scene.article.text, "Rebels"))


def test_what_cannot_be_one_event_lends_no_actor() -> None:
    """An airstrike of other years or in another country is another."""
    scene = a_scene(ROWS)
    text = scene.article.text
    rebels = a_participant(a_span(text, "Rebels"), sectors=("REB",))
    here = a_participant(a_span(text, "They"), country="SYR")
    inside, outside = (
        Place(span=here.span, name="", country=code, precision="place") for code in ("SYR", "IRQ")
    )
    last, now = day(scene, date(2013, 8, 21)), day(scene, date(2018, 4, 7))
    first = a_claim(
        scene.article, "airstrike", actors=(rebels,), recipients=(here,), when=now, place=inside
    )
    others = {
        "alike": a_claim(scene.article, "strikes", recipients=(here,), when=now, place=inside),
        "earlier": a_claim(scene.article, "strikes", when=last),
        "elsewhere": a_claim(scene.article, "strikes", place=outside),
    }
    lent = {name: bool(context.settle(scene, [first, c])[1].actors) for name, c in others.items()}
    assert lent == {"alike": True, "earlier": False, "elsewhere": False}


def test_far_mentions_are_of_the_same_people() -> None:
    """Whose people they are is a guess of neighbours, and tells apart what is told far away."""
    near, far = "raid", "More strikes"
    rows = "\n\n".join([ROWS, a_subject("They"), a_subject("They"), a_subject("More", "strikes")])
    scene = a_scene(rows)
    text = scene.article.text
    rebels = a_participant(a_span(text, "Rebels"), sectors=("REB",))
    here, there = (a_participant(a_span(text, "They"), country=code) for code in ("SYR", "IRQ"))
    strike = a_span(text, far)
    first = a_claim(scene.article, "airstrike", actors=(rebels,), recipients=(here,))
    for whom, lent in ((here, True), (there, False)):
        second = a_claim(scene.article, strike, recipients=(whom,))
        assert bool(context.settle(scene, [first, second])[1].actors) == lent
    attack = a_claim(scene.article, "attacked", actors=(rebels,), recipients=(here,))
    taken = a_claim(scene.article, near, recipients=(there,))
    assert context.settle(scene, [attack, taken])[1].actors


def test_what_is_taken_up_is_as_real() -> None:
    """Who struck is not whoever may strike, told of by other words."""
    scene = a_scene(ROWS)
    rebels = a_participant(a_span(scene.article.text, "Rebels"), sectors=("REB",))
    first = a_claim(scene.article, "attacked", actors=(rebels,))
    lent = {
        mood: bool(
            context.settle(scene, [first, a_claim(scene.article, "raid", modality=mood)])[1].actors
        )
        for mood in ("actual", "possible")
    }
    assert lent == {"actual": True, "possible": False}


def test_a_states_strikes_kill_none_of_its_soldiers() -> None:
    """Of one state are who acts for it and who serves it, whatever each is called."""
    scene = a_scene(ROWS)
    text = scene.article.text
    planes = a_participant(a_span(text, "They"), "planes", country="ISR", sectors=("MIL",))
    rows = {"MIL": False, "CVL": True}
    for sector, lent in rows.items():
        dead = a_participant(a_span(text, "Others"), "dead", country="ISR", sectors=(sector,))
        first = a_claim(scene.article, "airstrike", actors=(planes,))
        second = a_claim(scene.article, "strikes", recipients=(dead,))
        assert bool(context.settle(scene, [first, second])[1].actors) == lent


def test_nobody_strikes_himself() -> None:
    """Whoever suffers an assault is not its actor."""
    scene = a_scene(ROWS)
    text = scene.article.text
    town = a_participant(a_span(text, "Tarvos"), "Tarvos", entity="t")
    claim = a_claim(scene.article, "attacked", actors=(town,), recipients=(town,))
    assert context.settle(scene, [claim])[0].actors == ()
