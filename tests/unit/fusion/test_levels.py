"""Levels and digits: how well an event is borne out, and how credible each report is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations

from tests.build import DAY
from tests.hearsay import count, told, who
from tocsin.fusion.merge import merge
from tocsin.fusion.told import Sources, Told, registry
from tocsin.records.event import Event
from tocsin.records.source import Source

NEXT = DAY + timedelta(1)
STATES = ("IRN", "IRQ", "ISR")
MINISTRY = who("the health ministry", country="IRQ", sectors=("GOV",))
MEDIC = who("a doctor", country="IRQ", sectors=("MED",))
PEOPLE = who("residents", country="IRQ", sectors=("CVL",))
IDF = who("Israeli jets", entity="isr-idf", country="ISR", sectors=("MIL",))
ISRAEL = who("Israel", entity="ISR", country="ISR", sectors=("GOV",))
IRAN = who("Iran", entity="IRN", country="IRN", sectors=("GOV",))


def event(*rows: Told, sources: Sources | None = None) -> Event:
    """Return the event of claims, which is the same in whatever order they come."""
    found = merge(rows, {}, sources or {})
    assert all(merge(o, {}, sources or {}) == found for o in list(permutations(rows))[:6])
    return found


def kinds(found: Event) -> list[tuple[str, str]]:
    """Return the kinds and slots of the disputes."""
    return [(one.kind, one.slot) for one in found.disputes]


def retracted() -> Sequence[Told]:
    """Return a report, one that relays it, a denial, and its retraction."""
    sources = who("two security sources", country="IRQ", sectors=("COP",))
    site = who("the website Shanasheel News")
    army = who("the army", entity="irq-joc", country="IRQ", sectors=("MIL",))
    return (
        told(
            outlet="Shanasheel News",
            said=(sources,),
            killed=count(3),
            actors=(ISRAEL,),
            clock="04:00",
        ),
        told(outlet="Alvand", said=(site, sources), killed=count(3), clock="09:00"),
        told(outlet="Karkh", said=(army,), modality="negated", clock="12:00"),
        told(outlet="Shanasheel News", title="Correction: no strike", modality="negated", day=NEXT),
    )


def test_a_retraction_takes_the_relays_with_it() -> None:
    """Nobody asserts it any more but those who passed on what was taken back."""
    rows = retracted()
    found = event(*rows)
    assert (found.level, found.credibility, found.independent) == ("retracted", 5, 1)
    stances = {report.claim: (report.stance, report.credibility) for report in found.reports}
    assert [stances[row.claim.id][0] for row in rows] == [
        "asserts",
        "asserts",
        "denies",
        "retracts",
    ]
    edges = {(edge.kind, edge.claim, edge.other) for edge in found.edges}
    assert ("retracts", rows[3].claim.id, rows[0].claim.id) in edges
    assert ("denies", rows[2].claim.id, rows[0].claim.id) in edges


def test_one_who_saw_it_keeps_a_retracted_event_alive() -> None:
    """An origin that does not rest on the retracted report goes on asserting it."""
    found = event(*retracted(), told(outlet="Independent", said=(PEOPLE,), day=NEXT))
    assert found.level == "disputed"


def test_levels() -> None:
    """One origin, many outlets, two origins, three of which one is no side."""
    one = told(said=(MEDIC,))
    assert event(one).level == "single origin"
    assert event(told(said=(MINISTRY,)), told(outlet="B", said=(MINISTRY,))).level == "relayed"
    two = [told(said=(MEDIC,)), told(outlet="B", said=(PEOPLE,))]
    assert event(*two).level == "independent"
    three = [*two, told(outlet="C", said=(IDF,))]
    assert event(*three).level == "corroborated"
    hit = who("x", country="IRQ"), who("y", country="ISR")
    voices = {code: who(code, entity=code, country=code, sectors=("GOV",)) for code in STATES}
    sides = [
        told(outlet=f"{code} Post", said=(voices[code],), actors=(IRAN,), recipients=hit)
        for code in STATES
    ]
    assert event(*sides).level == "independent"


def test_who_is_accused_and_denies() -> None:
    """Responsibility denied is a dispute about the actor, and both sides are there."""
    rows = [
        told(said=(MEDIC,), actors=(IDF,)),
        told(outlet="B", said=(IDF,), modality="negated", actors=(IDF,)),
    ]
    found = event(*rows)
    assert kinds(found) == [("actor", "responsibility")]
    assert [side.claims for side in found.disputes[0].sides] == [(row.claim.id,) for row in rows]
    assert found.level == "disputed"
    assert found.modality == "actual"


def test_credibility() -> None:
    """1 needs two known origins, 2 is unknown independence, 3 one, 4 gainsaid, 6 not to judge."""
    iran, army = told(said=(IRAN,)), told(outlet="B", said=(IDF,))
    medic, people = told(outlet="C", said=(MEDIC,)), told(outlet="D", said=(PEOPLE,))
    assert event(iran, army).credibility == 1
    assert event(medic, people).credibility == 2
    assert (
        event(
            told(said=(ISRAEL,)),
            told(
                outlet="B",
                said=(who("Netanyahu", entity="isr-n", country="ISR", sectors=("GOV",)),),
            ),
        ).credibility
        == 3
    )
    assert event(medic).credibility == 3
    assert event(told(modality="future")).credibility == 6
    denied = told(outlet="E", said=(who("x y", entity="usa-x"),), modality="negated")
    assert event(iran, army, denied).credibility == 2


def test_a_better_letter_on_the_other_side() -> None:
    """What a better source denies is doubtful; an unjudged source is better than none."""
    judged = [
        Source(id="b", name="Good", reliability="B"), Source(id="d", name="Poor", reliability="D"),
    ]  # fmt: skip
    poor = told(outlet="Poor", said=(MEDIC,))
    good = told(outlet="Good", said=(IDF,), modality="negated")
    plain = told(outlet="Unjudged", said=(IDF,), modality="negated")
    digits = {r.claim: r.credibility for r in event(poor, good, sources=registry(judged)).reports}
    assert digits == {poor.claim.id: 4, good.claim.id: 3}
    digits = {r.claim: r.credibility for r in event(poor, plain, sources=registry(judged)).reports}
    assert digits[poor.claim.id] == 3
