"""Events: every value with the claims behind it, nothing averaged, nothing lost."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest

from tests.build import DAY
from tests.hearsay import at, count, on, told, who
from tocsin.base.errors import FusionError
from tocsin.fusion.judged import Judged
from tocsin.fusion.merge import merge
from tocsin.fusion.told import Told
from tocsin.records.event import Event, event_id
from tocsin.records.lineage import Copy, Run

NEXT = DAY + timedelta(1)
MINISTRY = who("the health ministry", country="IRQ", sectors=("GOV",))
MEDIC = who("a doctor", country="IRQ", sectors=("MED",))
PEOPLE = who("residents", country="IRQ", sectors=("CVL",))
IDF = who("Israeli jets", entity="isr-idf", country="ISR", sectors=("MIL",))
ISRAEL = who("Israel", entity="ISR", country="ISR", sectors=("GOV",))
IRAN = who("Iran", entity="IRN", country="IRN", sectors=("GOV",))
PMF = who("the PMF", entity="irq-pmf", country="IRQ", sectors=("PRM",))
GUNMEN = who("gunmen", country="IRQ", sectors=("UAF",))


def event(*rows: Told, judged: Judged | None = None) -> Event:
    """Return the event of claims, which is the same in whatever order they come."""
    found = merge(rows, {}, {}, judged or Judged())
    assert all(merge(o, {}, {}, judged or Judged()) == found for o in list(permutations(rows))[:6])
    return found


def numbers(found: Event, kind: str = "killed") -> tuple[int, int, int | None]:
    """Return low, best and high."""
    tally = next(one for one in found.tallies if one.kind == kind)
    return tally.low, tally.best, tally.high


def kinds(found: Event) -> list[tuple[str, str]]:
    """Return the kinds and slots of the disputes."""
    return [(one.kind, one.slot) for one in found.disputes]


def test_an_event_is_named_after_its_first_claim() -> None:
    """Every claim is a report, oldest first, and all counts are right."""
    first, second = told(said=(MINISTRY,)), told(outlet="B", said=(MEDIC,), day=NEXT)
    found = event(second, first)
    assert found.id == event_id(first.claim.id)
    assert found.claims == (first.claim.id, second.claim.id)
    assert (found.articles, found.copies, found.independent) == (2, 0, 2)
    assert (found.first_reported, found.last_reported) == (DAY, NEXT)


def test_votes_are_of_origins_and_not_of_copies() -> None:
    """Three outlets with one informant weigh as much as one with another."""
    rows = [told(outlet=name, said=(MINISTRY,), modes=("aerial",)) for name in "ABC"]
    others = [
        told(
            "They clashed with the guards.",
            "clashed",
            outlet=name,
            said=(who(name * 3 + "a"),),
            type="COERCE",
        )
        for name in "XY"
    ]
    assert event(*rows, *others).type == "COERCE"
    assert event(*rows, others[0]).modes == ("aerial",)


def test_adding_a_copy_adds_no_origin() -> None:
    """A verbatim copy is one report and one copy more, and nothing else."""
    first, copy = told(said=(MEDIC,), clock="01:00"), told(outlet="B", said=(MEDIC,), clock="02:00")
    size = len(copy.claim.sentence.quote)
    lineage = Copy(
        article=copy.byline.article, parent=first.byline.article, kind="verbatim", share=1.0,
        runs=(Run(0, size, 0, size),),
    )  # fmt: skip
    alone = event(first)
    both = merge([first, copy], {copy.byline.article: lineage}, {})
    assert (both.copies, both.independent, both.origins) == (1, 1, alone.origins)
    assert (alone.level, both.level) == ("single origin", "relayed")


def test_an_entity_and_its_country_are_no_dispute() -> None:
    """No "gunmen" contradict a named group, and what is missing is not different."""
    rows = [
        told(said=(MINISTRY,), actors=(IDF,), recipients=(GUNMEN,)),
        told(outlet="B", said=(MEDIC,), actors=(ISRAEL,), recipients=(PMF,)),
        told(outlet="C", said=(PEOPLE,)),
    ]
    found = event(*rows)
    assert kinds(found) == []
    assert {one.value for one in found.actors} == {"isr-idf", "ISR"}


def test_two_culprits_are_a_dispute_but_leave_the_event() -> None:
    """Origins that name different actors are shown side by side."""
    found = event(
        told(said=(MINISTRY,), actors=(ISRAEL,)), told(outlet="B", said=(MEDIC,), actors=(IRAN,))
    )
    assert kinds(found) == [("actor", "actor")]
    assert {side.value for side in found.disputes[0].sides} == {"ISR", "IRN"}
    assert found.level == "independent"


def test_the_finest_place_that_none_speaks_against() -> None:
    """A country holds a town, a near place fits; two far towns leave only what holds both."""
    country = told(said=(MINISTRY,), place=at("Iraq", size="country"))
    town = told(outlet="B", said=(MEDIC,), place=at("Jurf", 32.86, 44.21))
    near = told(outlet="C", said=(PEOPLE,), place=at("Musayyib", 32.78, 44.29), day=NEXT)
    far = told(outlet="D", said=(who("Al Jazeera Net"),), place=at("Mosul", 36.34, 43.13))
    assert event(country, town, near).place == event(country, town).place
    assert getattr(event(country, town).place, "name", None) == "Jurf"
    quarrel = event(country, town, far)
    assert getattr(quarrel.place, "name", None) == "Iraq"
    assert kinds(quarrel) == [("place", "place")]


def test_days_are_narrowed_where_claims_agree() -> None:
    """A week and a day in it give the day; another day stands apart and is a dispute."""
    week = told(said=(MINISTRY,), date=on(DAY - timedelta(3), DAY + timedelta(3)))
    day = told(outlet="B", said=(MEDIC,), date=on(DAY))
    other = told(outlet="C", said=(PEOPLE,), date=on(NEXT), day=NEXT)
    found = event(week, day)
    assert (found.start, found.end, len(found.days)) == (DAY, DAY, 1)
    quarrel = event(week, day, other)
    assert [(one.start, one.end) for one in quarrel.days] == [(DAY, DAY), (NEXT, NEXT)]
    assert kinds(quarrel) == [("time", "days")]


def test_an_undated_event_stays_undated() -> None:
    """The day of publication is never taken for the day of the event."""
    found = event(told())
    assert (found.days, found.start, found.end) == ((), None, None)


def test_the_newest_of_the_best_borne_out() -> None:
    """Low and high span what is told; best is the newest, never an average."""
    rows = [
        told(said=(MINISTRY,), killed=count(15, None)),
        told(outlet="B", said=(MEDIC,), killed=count(22), day=NEXT),
    ]
    assert numbers(event(*rows)) == (15, 22, None)


def test_nobody_says_one_where_a_number_is_a_limit() -> None:
    """What is only a limit gives 24 where nothing else is told, and gives way to what says more."""
    limit = told(said=(MINISTRY,), killed=count(1, 24, "up to 24"), day=NEXT)
    assert numbers(event(limit)) == (1, 24, 24)
    plain = told(outlet="B", said=(MEDIC,), killed=count(18))
    assert numbers(event(limit, plain)) == (1, 18, 24)
    between = told(said=(MINISTRY,), killed=count(1, 3, "between one and three"))
    assert numbers(event(between)) == (1, 1, 3)


def test_a_side_and_a_denier_come_last() -> None:
    """A number of who denies the event, or fights in it, is not the best however new it is."""
    army = who("the army", entity="irq-army", country="IRQ", sectors=("MIL",))
    rows = [
        told(said=(MEDIC,), killed=count(30), actors=(army,)),
        told(outlet="B", said=(army,), killed=count(7), day=NEXT),
    ]
    assert numbers(event(*rows)) == (7, 30, 30)


def test_running_totals_and_parts_stand_beside() -> None:
    """What holds more than the event, and what is a part of it, is in no bound."""
    rows = [
        told(said=(MINISTRY,), killed=count(9)),
        told("Planes bombed it, killing four.", said=(MINISTRY,), killed=count(4)),
        told(outlet="B", said=(MEDIC,), killed=count(3700, cumulative=True)),
        told(outlet="C", said=(PEOPLE,), killed=count(1, None, "one of its soldiers")),
    ]
    same = [rows[0], Told(rows[1].claim, rows[0].byline), *rows[2:]]
    found = event(*same)
    assert numbers(found) == (9, 9, 9)
    assert len(found.tallies[0].given) == 4


@pytest.mark.parametrize(
    ("first", "second", "later", "disputed"),
    [
        (count(17), count(20), False, True),
        (count(15, None), count(22), False, False),
        (count(30), count(70), True, False),
        (count(27, None), count(7), True, True),
        (count(9), count(9), False, False),
    ],
)
def test_growth_is_no_dispute(first: object, second: object, later: bool, disputed: bool) -> None:  # noqa: FBT001
    """Numbers clash on one day, or where the later is lower; a later, higher one is an update."""
    rows = [
        told(said=(MINISTRY,), killed=first),
        told(outlet="B", said=(MEDIC,), killed=second, day=NEXT if later else DAY),
    ]
    found = event(*rows)
    assert (kinds(found) == [("numeric", "killed")]) is disputed
    assert (found.level == "disputed") is disputed
    update = [edge.slot for edge in found.edges if edge.kind == "updates"]
    assert update == (["killed"] if later and not disputed else [])


def test_crowds_may_be_counted_as_one_likes() -> None:
    """Organisers and police never agree, and nobody doubts the march for that."""
    found = event(
        told(said=(MINISTRY,), crowd=count(0, 149)),
        told(outlet="B", said=(MEDIC,), crowd=count(400)),
    )
    assert (kinds(found), found.level) == ([("numeric", "crowd")], "independent")


def test_an_outcome_that_others_gainsay() -> None:
    """Intercepted, say some; people were hurt, say others."""
    found = event(
        told(said=(IDF,), outcome="intercepted"),
        told(outlet="B", said=(MEDIC,), injured=count(3)),
    )
    assert kinds(found) == [("outcome", "outcome")]
    assert [one.value for one in found.outcomes] == ["intercepted"]


def test_claims_that_a_person_rejected_count_for_nothing() -> None:
    """A rejected claim leaves the event, whose name it keeps; with all rejected there is none."""
    first, second = told(said=(MEDIC,)), told(outlet="B", said=(PEOPLE,), day=NEXT)
    found = event(first, second, judged=Judged(rejected=frozenset({first.claim.id})))
    assert (found.id, found.claims) == (event_id(first.claim.id), (second.claim.id,))
    with pytest.raises(FusionError, match="all 1 claims are rejected"):
        merge([first], {}, {}, Judged(rejected=frozenset({first.claim.id})))


def test_what_a_person_chose_stands() -> None:
    """A settled dispute is still shown, and no longer a reason to call the event disputed."""
    rows = [
        told(said=(MINISTRY,), killed=count(17)),
        told(outlet="B", said=(MEDIC,), killed=count(20)),
    ]
    founder = min(event(*rows).claims, key=lambda claim: event_id(claim) != event(*rows).id)
    found = event(
        *rows, judged=Judged(chosen={(founder, "killed"): "20", (founder, "type"): "COERCE"})
    )
    assert (found.level, kinds(found), numbers(found)) == (
        "independent", [("numeric", "killed")], (17, 20, 20),
    )  # fmt: skip
    assert found.type == "COERCE"


def test_titles() -> None:
    """Day, type with modes, who to whom, where; what never happened says so."""
    row = told(
        said=(MEDIC,), modes=("aerial",), actors=(ISRAEL,), recipients=(PMF,),
        date=on(date(2024, 11, 22)), place=at("Jurf al-Sakhr", 32.86, 44.21),
    )  # fmt: skip
    assert event(row).title == "22 Nov 2024 · ASSAULT aerial · Israel → PMF · Jurf al-Sakhr"
    assert event(told(modality="future", actors=(ISRAEL,))).title == "ASSAULT planned · Israel"


def test_edges_between_claims() -> None:
    """Confirming, refining, claiming and blaming are told by who says it first."""
    group = who("the Resistance", entity="irq-iri", country="IRQ", sectors=("PRM",))
    first = told(said=(MEDIC,), place=at("Iraq", size="country"))
    own = told(outlet="B", said=(group,), actors=(group,), place=at("Jurf", 32.86, 44.21))
    words = "The ministry confirmed that planes bombed the depot."
    third = told(words, outlet="C", said=(MINISTRY,), cue="confirmed", actors=(IDF,), day=NEXT)
    found = event(first, own, third)
    edges = {(edge.kind, edge.claim) for edge in found.edges}
    assert ("takes_responsibility", own.claim.id) in edges
    assert ("blames", third.claim.id) in edges
    assert ("confirms", third.claim.id) in edges
    refines = [edge for edge in found.edges if edge.kind == "refines"]
    assert len(refines) == (1 if first.claim.id == found.claims[0] else 0)


def test_links_to_other_events() -> None:
    """What the coder linked stays linked: contents and answers."""
    found = event(told(content_of="claim-a", response_to="claim-b"))
    assert {(edge.kind, edge.other) for edge in found.edges} == {
        ("content_of", "claim-a"), ("answers", "claim-b"),
    }  # fmt: skip
