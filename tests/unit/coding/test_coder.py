"""Coder: from a reading to claims, with their people, times, numbers, links and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as with_fields
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.build import a_proposal, a_reading, an_article, text_of
from tests.packaged import guide, true_spans
from tocsin.coding.coder import code
from tocsin.ontology import lexicon, load
from tocsin.records import wire
from tocsin.records.claim import Claim, Modality
from tocsin.records.coded import Coded, Stamp
from tocsin.records.reading import Edge, Proposal

STAMP = Stamp("0", "plover", "none", "none")
HERITAGE = Path(__file__).parents[3] / "examples" / "ontology"
ATTACK = """
Iraqi      Iraqi      ADJ   2 amod
rebels     rebel      NOUN  3 nsubj     Number=Plur
attacked   attack     VERB  0 root      Tense=Past
Syrian     Syrian     ADJ   5 amod
soldiers   soldier    NOUN  3 obj       Number=Plur
in         in         ADP   7 case
Baghdad    Baghdad    PROPN 3 obl
on         on         ADP   9 case
Monday     Monday     PROPN 3 obl
,          ,          PUNCT 12 punct
Reuters    Reuters    PROPN 12 nsubj    Number=Sing
said       say        VERB  3 parataxis Tense=Past
.          .          PUNCT 3 punct
"""
THREAT = """
Iran       Iran       PROPN 2 nsubj     Number=Sing
threatened threaten   VERB  0 root      Tense=Past
to         to         PART  4 mark
attack     attack     VERB  2 xcomp
Israel     Israel     PROPN 4 obj       Number=Sing
unless     unless     SCONJ 8 mark
it         it         PRON  8 nsubj
stopped    stop       VERB  4 advcl
.          .          PUNCT 2 punct
"""
KILLED = """
Rebels     rebel      NOUN  2 nsubj     Number=Plur
killed     kill       VERB  0 root      Tense=Past
at         at         ADP   4 case
least      least      ADJ   5 nummod
12         12         NUM   6 nummod
villagers  villager   NOUN  2 obj       Number=Plur
.          .          PUNCT 2 punct
"""
DEFACED = """
Vandals    vandal     NOUN  2 nsubj     Number=Plur
desecrated desecrate  VERB  0 root      Tense=Past
the        the        DET   4 det
shrine     shrine     NOUN  2 obj       Number=Sing
.          .          PUNCT 2 punct
"""


def edge(role: str, start: int, end: int | None = None, *, score: float = 0.9) -> Edge:
    """Return an edge to words of the first sentence, one word unless told."""
    return Edge(role, 0, start, start + 1 if end is None else end, score)


def coded(rows: str, *proposals: Proposal) -> Coded:
    """Return everything coded out of an article of 5 March 2024, a Tuesday, its spans true."""
    article = an_article(text_of(rows))
    out = code(article, a_reading(rows, article=article, proposals=proposals), guide(), STAMP)
    true_spans(out)
    return out


def claims(rows: str, *proposals: Proposal) -> tuple[Claim, ...]:
    """Return the claims of an article."""
    return coded(rows, *proposals).claims


def one(
    rows: str, start: int, *edges: Edge, kind: str = "ASSAULT", modality: Modality = "actual"
) -> Claim:
    """Return the only claim of an article, proposed at a word with edges."""
    (claim,) = claims(rows, a_proposal(start, code=kind, modality=modality, edges=edges))
    return claim


def quotes(people: Sequence[object]) -> list[str]:
    """Return the words of participants."""
    return [p.span.quote for p in people]  # type: ignore[attr-defined]


def test_proposal_becomes_a_claim() -> None:
    """A proposal becomes a claim with type, trigger, sentence, confidence and a reason."""
    claim = one(ATTACK, 2)
    assert (claim.type, claim.trigger.quote, claim.modality) == ("ASSAULT", "attacked", "actual")
    assert claim.sentence.quote == text_of(ATTACK)
    assert 0.5 < claim.confidence < 1
    assert {"type", "modality"} <= {r.field for r in claim.reasons}


def test_edges_become_participants() -> None:
    """Edges of the network become actors and recipients, resolved."""
    claim = one(ATTACK, 2, edge("actor", 0, 2), edge("recipient", 3, 5))
    assert quotes(claim.actors) == ["Iraqi rebels"]
    assert quotes(claim.recipients) == ["Syrian soldiers"]
    assert [(p.country, p.sectors) for p in (*claim.actors, *claim.recipients)] == [
        ("IRQ", ("REB",)),
        ("SYR", ("MIL",)),
    ]


def test_weak_edges_are_dropped() -> None:
    """An edge below the threshold is not believed."""
    weak = guide().settings.edge - 0.01
    rows = ATTACK.replace("attacked   attack ", "flummoxed  flummox")
    claim = one(rows, 2, edge("actor", 0, 2, score=weak), edge("recipient", 3, 5))
    assert (claim.actors, quotes(claim.recipients)) == ((), ["Syrian soldiers"])


def test_what_the_network_left_open_stays_open() -> None:
    """Where the network weighed a trigger and saw nobody, no frame puts somebody there."""
    claim = one(ATTACK, 2)
    assert (claim.actors, claim.recipients) == ((), ())


def test_every_edge_has_a_reason() -> None:
    """Each field that an edge filled says with which score, and by which words."""
    claim = one(ATTACK, 2, edge("actor", 0, 2), edge("place", 6))
    reasons = {r.field: r for r in claim.reasons}
    assert reasons["actor"].score == pytest.approx(0.9)
    assert reasons["place"].span is not None
    assert reasons["place"].span.quote == "Baghdad"


def test_an_edge_s_hand_is_the_reason_s() -> None:
    """What an endpoint gave is told as the endpoint's, also where the tree mends its words."""
    given = replace(edge("actor", 0, 2), hand="endpoint")
    reasons = {r.field: r for r in one(ATTACK, 2, given, edge("place", 6)).reasons}
    assert (reasons["actor"].hand, reasons["place"].hand) == ("endpoint", "model")
    assert reasons["actor"].because == "the endpoint gives this role"


def test_place_and_date() -> None:
    """Place and date are resolved, the date against the day of publication."""
    claim = one(ATTACK, 2, edge("place", 6), edge("date", 7, 9))
    assert claim.place is not None
    assert (claim.place.name, claim.place.country) == ("Baghdad", "IRQ")
    assert claim.date is not None
    assert (claim.date.start, claim.date.end) == (date(2024, 3, 4), date(2024, 3, 4))
    assert "Monday" in claim.date.span.quote


def test_future_dates_lie_ahead() -> None:
    """The same weekday lies ahead for what is only planned."""
    claim = one(ATTACK, 2, edge("date", 8), modality="future")
    assert claim.date is not None
    assert claim.date.start == date(2024, 3, 11)


def test_speaker_edge_is_the_chain() -> None:
    """The chain of speakers is the network's, outermost first."""
    claim = one(ATTACK, 2, edge("speaker", 10))
    assert claim.attribution is not None
    assert quotes(claim.attribution.chain) == ["Reuters"]


def test_statement_around_gives_the_speaker() -> None:
    """Without an edge the speaker is that of the statement in whose content the trigger stands."""
    claim = one(ATTACK, 2)
    assert claim.attribution is not None
    assert quotes(claim.attribution.chain) == ["Reuters"]
    assert claim.attribution.cue is not None
    assert (claim.attribution.cue.quote, claim.attribution.style) == ("said", "indirect")


def test_nobody_speaks() -> None:
    """A claim that the outlet makes itself has no attribution."""
    assert one(KILLED, 1).attribution is None


def test_content_is_linked() -> None:
    """The threatened act is the content of the threat."""
    threat = a_proposal(1, code="THREATEN")
    act = a_proposal(3, modality="conditional", parent=0)
    first, second = claims(THREAT, threat, act)
    assert (second.content_of, first.content_of) == (first.id, None)


def test_content_needs_a_type_that_has_any() -> None:
    """Only types that are declared to have a content get one."""
    types = guide().ontology
    for kind in ("THREATEN", "ASSAULT", "REQUEST", "CONSULT"):
        first, second = claims(THREAT, a_proposal(1, code=kind), a_proposal(3, parent=0))
        assert (second.content_of == first.id) == types[kind].content, kind


def test_weak_links_are_dropped() -> None:
    """A link below the threshold is none."""
    act = replace(a_proposal(3, parent=0), parent_score=guide().settings.link - 0.01)
    _, second = claims(THREAT, a_proposal(1, code="THREATEN"), act)
    assert second.content_of is None


def test_content_of_nothing_coded_stands_alone() -> None:
    """Where the threat itself is not believed, its content has no link."""
    doubtful = a_proposal(1, code="THREATEN", chance=0.02)
    (claim,) = claims(THREAT, doubtful, a_proposal(3, parent=0))
    assert claim.content_of is None


@pytest.mark.parametrize(
    ("word", "kind"), [("unless", "unless"), ("until", "unless"), ("if", "if"), ("once", "if")]
)
def test_condition_kind(word: str, kind: str) -> None:
    """A condition is an "unless" where its first word says so, else an "if"."""
    rows = THREAT.replace("unless     unless", f"{word} {word}")
    claim = one(rows, 3, edge("condition", 5, 8), modality="conditional")
    assert claim.condition is not None
    assert (claim.condition.kind, claim.condition.span.quote) == (kind, f"{word} it stopped")


def test_counts() -> None:
    """A stated number of dead is a range, with the words that state it."""
    claim = one(KILLED, 1, edge("recipient", 2, 6), edge("killed", 2, 5))
    assert claim.killed is not None
    assert (claim.killed.low, claim.killed.high) == (12, None)
    assert claim.injured is None


def test_words_that_count_nobody() -> None:
    """An edge to words without a number gives no count."""
    claim = one(ATTACK, 2, edge("killed", 6))
    assert claim.killed is None


def test_modes_are_of_the_type() -> None:
    """Only modes of the claim's own type are kept, in order."""
    proposal = replace(
        a_proposal(2),
        modes=(("ASSAULT:firearms", 0.9), ("ASSAULT:aerial", 0.8), ("COERCE:arrest", 0.9)),
    )
    (claim,) = claims(ATTACK, proposal)
    assert claim.modes == ("aerial", "firearms")


def test_a_second_mode_needs_more() -> None:
    """What is only possible beside a likely mode is left out."""
    proposal = replace(
        a_proposal(2),
        modes=(("ASSAULT:firearms", 0.9), ("ASSAULT:suicide-attack", 0.4)),
    )
    (claim,) = claims(ATTACK, proposal)
    assert claim.modes == ("firearms",)


def test_mode_of_the_lexicon() -> None:
    """Where the network is sure of no mode, the listed word's mode is taken."""
    rows = ATTACK.replace("attacked   attack ", "bombed     bomb   ")
    proposal = replace(a_proposal(2), modes=(("ASSAULT:aerial", 0.1),))
    (claim,) = claims(rows, proposal)
    assert claim.modes == ("explosives",)


def test_outcome_is_of_attacks() -> None:
    """An outcome is kept on attacks alone."""
    (attack,) = claims(ATTACK, a_proposal(2, outcome="intercepted"))
    (other,) = claims(ATTACK, a_proposal(2, code="COERCE", outcome="intercepted"))
    assert (attack.outcome, other.outcome) == ("intercepted", None)


@pytest.mark.parametrize(
    "modality", ["actual", "negated", "future", "possible", "conditional", "requested"]
)
def test_modality_is_the_networks(modality: Modality) -> None:
    """The modality is what the network holds likeliest."""
    assert one(ATTACK, 2, modality=modality).modality == modality


def test_denier() -> None:
    """Who denies a claim stands in its own field."""
    claim = one(ATTACK, 2, edge("denier", 10))
    assert quotes(claim.denied_by) == ["Reuters"]


def test_type_of_ones_own() -> None:
    """A user's type is coded from the lexicon alone, its confidence that of the lexicon."""
    own = with_fields(guide(), ontology=load.load(HERITAGE), lexicon=lexicon.load(HERITAGE))
    article = an_article(text_of(DEFACED))
    (claim,) = code(article, a_reading(DEFACED, article=article), own, STAMP).claims
    assert (claim.type, claim.modes, claim.trigger.quote) == (
        "DESECRATE",
        ("destroy",),
        "desecrated",
    )
    assert claim.confidence == own.settings.lexicon_always
    assert {(r.field, r.hand) for r in claim.reasons} >= {("type", "lexicon"), ("actor", "lexicon")}
    assert (quotes(claim.actors), quotes(claim.recipients)) == (["Vandals"], ["the shrine"])


def test_nothing_proposed_nothing_claimed() -> None:
    """Without a proposal there is no claim, though statements and entities there are."""
    out = coded(ATTACK)
    assert out.claims == ()
    assert [s.cue.quote for s in out.statements if s.cue] == ["said"]
    assert {"Iraq", "Syria", "Reuters"} <= {e.name for e in out.entities}


def test_statement_has_its_speaker() -> None:
    """A statement's source is resolved."""
    (statement,) = coded(ATTACK).statements
    assert statement.speaker is not None
    assert (statement.speaker.entity, statement.polarity) == ("outlet-reuters", "asserts")


def test_empty_article() -> None:
    """An article without a sentence has nothing coded."""
    article = an_article(" ")
    out = code(article, a_reading("", article=article), guide(), STAMP)
    assert (out.claims, out.statements, out.relations, out.entities) == ((), (), (), ())


def test_same_input_same_bytes() -> None:
    """Coding the same reading twice gives the same bytes."""
    proposal = a_proposal(2, edges=(edge("actor", 0, 2), edge("recipient", 3, 5), edge("place", 6)))
    assert wire.dump(coded(ATTACK, proposal)) == wire.dump(coded(ATTACK, proposal))


def test_order_is_the_texts() -> None:
    """Claims come in text order, whatever order they were proposed in, under ids of their own."""
    out = claims(f"{ATTACK}\n{KILLED}", a_proposal(1, sentence=1), a_proposal(2, sentence=0))
    assert [c.trigger.quote for c in out] == ["attacked", "killed"]
    assert len({c.id for c in out}) == 2
