"""Events, threats, judgements in words: what stands in the lines is what the records hold."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from tests.build import DAY, TEXT, a_participant, a_span
from tests.hearsay import at, count, on, told, who
from tocsin.explain import judgement, threat, why
from tocsin.explain.event import numbered, parts
from tocsin.explain.lines import claims, number, plain
from tocsin.explain.why import Apart, Joined
from tocsin.fusion.merge import merge
from tocsin.fusion.told import Told
from tocsin.records.event import Edge, Event
from tocsin.records.judgement import Anchor, Judgement
from tocsin.records.lineage import Copy, Run
from tocsin.records.threat import Candidate, Deadline, Feature, Threat, Utterance

ARMY = who("the army", entity="xxx-army", country="XXX", sectors=("MIL",))
REBELS = who("the rebels", entity="xxx-rebels", country="XXX", sectors=("REB",))
SOURCES = who("two officials", country="XXX", sectors=("GOV",))
LATER = date(2024, 3, 7)


def lines(event: Event, *rows: Told, elsewhere: dict[str, str] | None = None) -> list[str]:
    """Return an event in words, without what is at the left of a line."""
    held = {row.claim.id: row.claim for row in rows}
    bylines = {row.byline.article: row.byline for row in rows}
    return [line.strip() for line in plain(parts(event, held, bylines, elsewhere))]


def test_values_name_the_claims_that_give_them() -> None:
    """Who, where, when and how many stand with the numbers of their claims."""
    one = told(said=(ARMY,), actors=(REBELS,), killed=count(3), place=at("Northfield"))
    two = told("Rebels bombed a depot; nine died.", said=(REBELS,), actors=(REBELS,),
               outlet="The Post", date=on(DAY), killed=count(9), day=LATER)  # fmt: skip
    shown = lines(merge([one, two], {}, {}), one, two)
    assert "who     rebels [XXX REB] (claims 1 and 2, 2 origins)" in shown
    assert "where   Northfield [IRQ] (to the place, claim 1)" in shown
    assert "when    2024-03-05 (claim 2)" in shown
    assert "3 by army (claim 1, 2024-03-05)" in shown
    assert "9 by rebels (claim 2, 2024-03-07)" in shown


def test_bounds_that_are_open_are_said() -> None:
    """The number that is taken stands before the bounds of all, which may have no upper one."""
    one = told(said=(ARMY,), killed=count(3, None))
    two = told("Rebels bombed it again.", said=(REBELS,), outlet="The Post", killed=count(9))
    (shown,) = [line for line in lines(merge([one, two], {}, {}), one, two) if "up" in line]
    assert shown.endswith("from 3 up")


def test_the_way_of_a_report_leads_from_outlet_to_origin() -> None:
    """A chain of speakers is one line; a copy names the article that it was copied from."""
    relay = who("Harbour News", country="XXX", sectors=("JRN",))
    one = told(said=(relay, SOURCES), title="Depot bombed")
    two = told("Planes bombed the depot at Northfield on Monday!", outlet="The Echo",
               said=(relay, SOURCES), day=LATER)  # fmt: skip
    copy = Copy(
        article=two.byline.article, parent=one.byline.article, kind="verbatim", share=0.9,
        runs=(Run(0, 48, 0, 48),),
    )  # fmt: skip
    shown = lines(merge([one, two], {copy.article: copy}, {}), one, two)
    assert "claim 1: The Teller ← Harbour News ← two officials, 2024-03-05, F3" in shown
    (copied,) = [line for line in shown if "copied from" in line]
    assert copied.endswith("copied from “Depot bombed” of The Teller, F3")
    assert "2 reports, 1 copy, 1 independent origin, in 2 articles" in shown


def test_sides_of_a_dispute_stand_under_it() -> None:
    """Who says that it happened and who denies it, with their claims."""
    one = told(said=(ARMY,), actors=(ARMY,))
    two = told("The rebels denied that planes bombed it.", said=(REBELS,), outlet="The Post",
               modality="negated", cue="denied")  # fmt: skip
    shown = lines(merge([one, two], {}, {}), one, two)
    at_ = shown.index("whether it happened: rebels denies it")
    assert shown[at_ + 1 : at_ + 3] == [
        "it happened (claim 1, by army)", "it did not happen (claim 2, by rebels)",
    ]  # fmt: skip
    assert "claim 2 denies claim 1: rebels denies what army says" in shown
    assert "disputed: an origin denies it, or gives what cannot be squared with the others" in shown


def test_edges_that_say_the_same_are_one_line() -> None:
    """Claims that stand alike to others are counted together; those of other events are named."""
    one = told(said=(ARMY,))
    event = merge([one], {}, {})
    name = one.claim.id
    edges = (
        Edge(claim=name, kind="content_of", other="claim-far"),
        Edge(claim=name, kind="answers", other="claim-other"),
    )
    shown = lines(replace(event, edges=edges), one, elsewhere={"claim-far": "REQUEST of Friday"})
    assert "claim 1 is the content of REQUEST of Friday" in shown
    assert "claim 1 answers claim-other" in shown


def test_forgotten_words_are_said_to_be_gone() -> None:
    """A claim whose article was forgotten keeps its line without its sentence."""
    one = told()
    shown = lines(merge([one], {}, {}))
    assert shown[-1] == "its words were forgotten on request"


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        ("a", "claim 1"), ("ab", "claims 1 and 2"), ("abc", "claims 1 to 3"),
        ("abcef", "claims 1 to 3, 5 and 6"), ("az", "claim 1 and 1 other claim"), ("", ""),
    ],
)  # fmt: skip
def test_claims_are_called_by_their_numbers(ids: str, words: str) -> None:
    """Runs of three and more are told as such; what has no number is counted."""
    assert claims(ids, {name: at for at, name in enumerate("abcdef", 1)}) == words


def test_numbers_of_people() -> None:
    """An open bound is said, a range as well."""
    said = [number(12, 12), number(12, 40), number(1200, None)]
    assert said == ["12", "12 to 40", "1,200 or more"]


def test_why_names_reasons_and_what_is_missing() -> None:
    """A pair stands with what speaks for it; another event with what speaks against it."""
    one, two = told(said=(ARMY,)), told("Planes bombed it.", said=(REBELS,), outlet="The Post")
    event = merge([one, two], {}, {})
    first, second = event.claims
    merged = Joined(second, first, 0.91, ("both are ASSAULT", "both in Northfield"), ())
    near = Joined("claim-x", first, 0.7, ("both are ASSAULT",), ("2 days apart",))
    found = why.parts([merged], [Apart("event-x", "Another", near, 0.2, 0.5)], numbered(event), {})
    shown = [line.strip() for line in plain(found)]
    assert "claims 1 and 2, 0.91: both are ASSAULT; both in Northfield" in shown
    assert "against it: 2 days apart" in shown
    assert "all claims of both: 0.20 on average, where 0.50 is needed" in shown


def test_judgements_are_sentences() -> None:
    """A correction says what is put in the place of what."""
    claim = told(said=(ARMY,)).claim
    anchor = Anchor(claim="claim-1", article="a", type="ASSAULT", span=claim.trigger)
    made = Judgement(
        id="judgement-1", verdict="correct", target="claim-1", author="ann",
        time=datetime(2024, 3, 6, tzinfo=UTC), anchor=anchor, field="killed",
        before=None, after=count(3, None),
    )  # fmt: skip
    said = judgement.sentence(made)
    assert said == "claim-1 (ASSAULT “bombed”): killed=3 or more, was empty"
    other = replace(made, verdict="different", other="claim-2", beside=replace(anchor, type="AID"))
    assert judgement.sentence(other).endswith("claim-2 (AID “bombed”) are of two events")


def test_a_threat_shows_its_terms_and_what_may_have_come_of_it() -> None:
    """Demand, deadline and the features of a candidate stand in words."""
    words = "leave by Monday"
    deadline = Deadline(start=DAY, end=DAY, basis="explicit", claim="c", quote=None)
    candidate = Candidate(
        event="event-1", axis="issuer", did="carried out as stated", timing="after", score=0.8,
        features=(Feature(name="actor", value=1.0, because="both are army"),),
    )  # fmt: skip
    row = Threat(
        id="threat-1", kind="ultimatum", status="lapsed", title="Army to rebels: leave",
        issuer=(ARMY,), target=(a_participant(a_span(TEXT, "Rebels")),), deadline=deadline,
        demand=a_span(words, "leave"), demand_type="leave", candidates=(candidate,),
        utterances=(Utterance(claim="c", article="a", event="event-0", day=DAY, does="issues"),),
    )  # fmt: skip
    shown = [line.strip() for line in plain(threat.parts(row, {}, {}, {"event-1": "A raid"}))]
    assert "demand     “leave” (leave)" in shown
    assert "deadline   2024-03-05 (explicit)" in shown
    assert "the issuer: carried out as stated, afterwards (0.80, not confirmed)" in shown
    assert "A raid (event-1)" in shown
    assert threat.short(row).endswith("1 possible outcome to confirm")
