"""Origins: who knew it, after copies and relays are collapsed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import permutations

from tests.build import DAY
from tests.hearsay import WORDS, also, count, told, who
from tocsin.fusion.houses import independent
from tocsin.fusion.origins import Traced, trace
from tocsin.fusion.told import Sources, Told, registry
from tocsin.records.lineage import Copy, Run
from tocsin.records.source import Source

OFFICIAL = who("a US official", country="USA", sectors=("GOV",))
SOURCES = who("two security sources", country="IRQ", sectors=("COP",))
MINISTRY = who("the Lebanese health ministry", country="LBN", sectors=("GOV",))
ARMY = who("the army", entity="isr-idf", country="ISR", sectors=("MIL",))
NEXT = DAY + timedelta(1)


def traced(
    *rows: Told, copies: Mapping[str, Copy] | None = None, sources: Sources | None = None
) -> Traced:
    """Return the origins of claims; in whatever order they come, they are the same."""
    found = trace(rows, copies or {}, sources or {})
    for order in list(permutations(rows))[:6]:
        assert trace(order, copies or {}, sources or {}) == found
    return found


def kinds(found: Traced) -> list[tuple[str, str]]:
    """Return the kinds and names of origins."""
    return [(origin.kind, origin.name) for origin in found.origins]


def whole(row: Told, parent: Told, *, upto: int | None = None) -> Copy:
    """Return that a claim's article repeats another one from its start on."""
    end = len(row.claim.sentence.quote) if upto is None else upto
    runs = (Run(0, end, 0, end),)
    return Copy(
        article=row.byline.article,
        parent=parent.byline.article,
        kind="verbatim",
        share=1.0,
        runs=runs,
    )


def test_a_name_is_one_origin_whoever_carries_it() -> None:
    """Two outlets that quote one ministry add nothing to each other; a second speaker does."""
    one = told(said=(MINISTRY,))
    other = told(outlet="Another", said=(who("the health ministry", sectors=("GOV",)),), day=NEXT)
    third = told(outlet="Third", said=(ARMY,), day=NEXT)
    assert kinds(traced(one, other)) == [("named", "Lebanese health ministry")]
    assert len(traced(one, other, third).origins) == 2


def test_unnamed_origins_through_different_outlets_stay_two() -> None:
    """Nobody knows whether two security sources are one, so that they are counted as two."""
    one, other = told(said=(SOURCES,)), told(outlet="Another", said=(SOURCES,))
    found = traced(one, other)
    assert {origin.via for origin in found.origins} == {"Another", "The Teller"}
    same_day = told("Planes bombed it again.", said=(SOURCES,))
    assert len(traced(one, same_day).origins) == 1


def test_a_chain_collapses_to_its_end() -> None:
    """X, quoted by Y, cited by Z, is X speaking to Y, whoever comes between."""
    first = told(outlet="Al-Bayraq TV", said=(OFFICIAL,))
    channel, site = who("the Gulf channel Al-Bayraq"), who("Shanasheel News")
    second = told(outlet="Shanasheel News", said=(channel, OFFICIAL), clock="20:00")
    third = told(outlet="Alvand", said=(site, channel, OFFICIAL), day=NEXT)
    found = traced(first, second, third)
    assert kinds(found) == [("unnamed", "US official")]
    assert found.origins[0].via == "Al-Bayraq TV"
    assert found.reports[2].path == ("Alvand", "Shanasheel News", "Al-Bayraq TV")


def test_a_quoted_outlet_is_reached_through() -> None:
    """An outlet that is quoted stands for its own informants where its article is at hand."""
    first = told(outlet="Shanasheel News", said=(SOURCES,), clock="04:00")
    relay = told(outlet="Alvand", said=(who("the website Shanasheel News"),), clock="08:00")
    assert kinds(traced(first, relay)) == [("unnamed", "two security sources")]
    assert kinds(traced(relay)) == [("outlet", "website Shanasheel News")]


def test_the_outlet_itself_is_no_link() -> None:
    """Being told to The Teller names nobody but the article's own outlet."""
    assert kinds(traced(told(said=(who("The Teller"), OFFICIAL)))) == [("unnamed", "US official")]
    assert kinds(traced(told(said=(who("The Teller"),)))) == [("outlet", "The Teller")]


def test_without_a_speaker_it_is_the_outlets_own_or_the_agencys() -> None:
    """A credited agency takes the outlet's place, and is one with the agency's own article."""
    assert kinds(traced(told())) == [("outlet", "The Teller")]
    credited = told(wire=("Tessaly Wire",))
    assert kinds(traced(credited)) == [("agency", "Tessaly Wire")]
    wire = registry([Source(id="tw", name="Tessaly Wire", type="agency")])
    found = traced(credited, told(outlet="Tessaly Wire"), sources=wire)
    assert kinds(found) == [("agency", "Tessaly Wire")]


def test_a_copied_claim_has_the_parents_origin() -> None:
    """Words that were copied bring no origin: an unnamed source stays the parent's."""
    parent = told(outlet="Tessaly Wire", said=(SOURCES,), clock="04:00")
    copy = told(outlet="The Courier", said=(SOURCES,), clock="09:00")
    found = traced(parent, copy, copies={copy.byline.article: whole(copy, parent)})
    assert [origin.via for origin in found.origins] == ["Tessaly Wire"]
    assert [report.copy_of for report in found.reports] == [None, parent.byline.article]
    absent = traced(copy, copies={copy.byline.article: whole(copy, parent)})
    assert absent.origins[0].via == parent.byline.article


def test_what_a_copy_adds_is_its_own() -> None:
    """A claim of which less than half stands in the parent's words is the copy's own."""
    parent = told(outlet="Tessaly Wire", clock="04:00")
    copy = told(outlet="The Courier", clock="09:00")
    run = whole(copy, parent, upto=len(WORDS) // 3)
    found = traced(parent, copy, copies={copy.byline.article: run})
    assert kinds(found) == [("outlet", "Tessaly Wire"), ("outlet", "The Courier")]


def test_a_loop_of_copies_ends() -> None:
    """Two articles that are each other's parent are read all the same."""
    one, other = told(outlet="One"), told(outlet="Other")
    loop = {
        one.byline.article: whole(one, other), other.byline.article: whole(other, one)
    }  # fmt: skip
    assert len(traced(one, other, copies=loop).reports) == 2


TEXT = "Ten killed in raid\n\nTen people died, two medics said. Three were hurt. The source wept."


def inside() -> Sequence[Told]:
    """Return a headline, a sentence with a speaker, and one after it without."""
    medics = who("two medics", country="SDN", sectors=("MED",))
    lead = told(
        TEXT,
        "died",
        sentence="Ten people died, two medics said.",
        said=(medics,),
        title="Ten killed in raid",
    )
    head = also(lead, "killed", "Ten killed in raid", TEXT, attribution=None)
    after = also(lead, "hurt", "Three were hurt.", TEXT, attribution=None)
    return lead, head, after


def test_a_headline_rests_on_who_is_quoted_below() -> None:
    """What a headline or a following sentence says without a speaker is the speaker's."""
    assert kinds(traced(*inside())) == [("unnamed", "two medics")]


def test_what_stands_above_the_first_speaker_is_the_outlets() -> None:
    """Only headlines look below them: a sentence of the text rests on what came before."""
    lead, _, after = inside()
    early = also(lead, "hurt", "Three were hurt.", TEXT, attribution=None)
    late = also(lead, "wept", "The source wept.", TEXT, attribution=lead.claim.attribution)
    assert kinds(traced(early, late))[0] == ("outlet", "The Teller")
    assert after.claim.id == early.claim.id


def test_an_utterance_is_its_actors_word() -> None:
    """That a minister demanded something is known from the minister, if nobody else is quoted."""
    saar = who("Gideon Saar", entity="isr-saar", country="ISR", sectors=("GOV",))
    demand = told("Saar asked the council to act.", "asked", type="REQUEST", actors=(saar,))
    assert kinds(traced(demand)) == [("named", "Gideon Saar")]
    act = told(actors=(saar,))
    assert kinds(traced(act)) == [("outlet", "The Teller")]


def test_an_unusual_number_gives_an_unnamed_informant_away() -> None:
    """Two medics who give 30 dead on one day are taken for one; two who give 3 are not."""
    medic = who("a medical source", country="SDN", sectors=("MED",))
    nurse = who("a medical worker", country="SDN", sectors=("MED",))
    rows = [
        told(said=(medic,), killed=count(30)),
        told(outlet="Another", said=(nurse,), killed=count(30)),
    ]
    assert len(traced(*rows).origins) == 1
    few = [
        told(said=(medic,), killed=count(3)),
        told(outlet="Another", said=(nurse,), killed=count(3)),
    ]
    assert len(traced(*few).origins) == 2


def test_officials_who_give_a_ministrys_number_are_the_ministry() -> None:
    """Officials of a country with the ministry's toll speak for the ministry."""
    officials = who("Lebanese officials", country="LBN", sectors=("GOV",))
    ministry = told(said=(MINISTRY,), killed=count(9))
    same = told(outlet="Another", said=(officials,), killed=count(9))
    other = told(outlet="Another", said=(officials,), killed=count(8))
    assert len(traced(ministry, same).origins) == 1
    assert len(traced(ministry, other).origins) == 2


def test_houses() -> None:
    """A minister and the government are two origins of one house; an army is another."""
    saar = told(said=(who("Saar", entity="isr-saar", country="ISR", sectors=("GOV",)),))
    israel = told(outlet="B", said=(who("Israel", entity="ISR", country="ISR", sectors=("GOV",)),))
    army = told(outlet="C", said=(ARMY,))
    found = traced(saar, israel, army)
    assert (len(found.origins), independent(found.origins)) == (3, 2)


def test_sides_are_marked() -> None:
    """Who speaks of its own act is a party, and so is a state that the act befell."""
    hit = who("a village", country="LBN")
    rows = [
        told(said=(ARMY,), actors=(ARMY,), recipients=(hit,)),
        told(outlet="B", said=(MINISTRY,)),
        told(outlet="C", said=(who("a doctor", country="LBN", sectors=("MED",)),)),
    ]
    parties = {origin.name: origin.party for origin in traced(*rows).origins}
    assert parties == {"army": True, "Lebanese health ministry": True, "doctor": False}


def test_letters_come_from_the_registry_alone() -> None:
    """A source that nobody has judged is F."""
    judged = registry([Source(id="teller", name="The Teller", reliability="B")])
    found = traced(told(), told(outlet="Another"), sources=judged)
    assert {report.outlet: report.grade for report in found.reports} == {
        "The Teller": "B", "Another": "F",
    }  # fmt: skip
