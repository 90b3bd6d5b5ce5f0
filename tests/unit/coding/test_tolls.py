"""Tolls: whose claim a number of people is."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.build import a_proposal, a_reading, an_article, text_of
from tests.packaged import guide, true_spans
from tocsin.coding.coder import code
from tocsin.records.claim import Claim, Count
from tocsin.records.coded import Stamp
from tocsin.records.reading import Edge, Proposal

BOMBING = """
The       the       DET    2 det
bombing   bombing   NOUN   3 nsubj
killed    kill      VERB   0 root
at        at        ADP    5 case
least     least     ADJ    7 nmod
12        12        NUM    7 nummod
people    people    NOUN   3 obj
and       and       CCONJ  9 cc
injured   injure    VERB   3 conj
30        30        NUM    9 obj
.         .         PUNCT  3 punct
"""
OFFENSIVE = """
Forty     forty     NUM    2 nummod
fighters  fighter   NOUN   4 nsubj:pass
were      be        AUX    4 aux:pass
killed    kill      VERB   0 root
in        in        ADP    7 case
the       the       DET    7 det
offensive offensive NOUN   4 obl
.         .         PUNCT  4 punct
"""
SHELLED = """
Rebels    rebel     NOUN   2 nsubj
shelled   shell     VERB   0 root
Tarvos    Tarvos    PROPN  2 obj
,         ,         PUNCT  5 punct
killing   kill      VERB   2 advcl
five      five      NUM    5 obj
.         .         PUNCT  2 punct
"""
TWINS = """
Rebels    rebel     NOUN   2 nsubj
killed    kill      VERB   0 root
and       and       CCONJ  4 cc
beheaded  behead    VERB   2 conj
six       six       NUM    6 nummod
guards    guard     NOUN   2 obj
.         .         PUNCT  2 punct
"""
RAID = """
The       the       DET    2 det
raid      raid      NOUN   4 nsubj
could     could     AUX    4 aux
kill      kill      VERB   0 root
hundreds  hundred   NOUN   4 obj
.         .         PUNCT  4 punct
"""
HIT = """
Jets      jet       NOUN   2 nsubj
hit       hit       VERB   0 root
150       150       NUM    4 nummod
targets   target    NOUN   2 obj
.         .         PUNCT  2 punct
"""
CUT = """
Blasts    blast     NOUN   2 nsubj
killed    kill      VERB   0 root
many      many      ADJ    2 obj
,         ,         PUNCT  6 punct
31        31        NUM    6 nummod
dockers   docker    NOUN   2 parataxis
.         .         PUNCT  2 punct
"""
MARCH = """
Hundreds  hundred   NOUN   4 nsubj
of        of        ADP    3 case
dockers   docker    NOUN   1 nmod
marched   march     VERB   0 root
.         .         PUNCT  4 punct
"""


def claims(rows: str, *proposals: Proposal) -> tuple[Claim, ...]:
    """Return the claims of an article of one sentence, all their spans true."""
    article = an_article(text_of(rows))
    reading = a_reading(rows, article=article, proposals=proposals)
    out = code(article, reading, guide(), Stamp("0", "plover", "none", "none"))
    true_spans(out)
    return out.claims


def bounds(count: Count | None) -> tuple[int, int | None] | None:
    """Return the bounds of a count."""
    return None if count is None else (count.low, count.high)


def seen(field: str, start: int, end: int) -> Edge:
    """Return an edge that the network sees for a count."""
    return Edge(field, 0, start, end, 0.9)


def test_attack_noun_has_the_toll() -> None:
    """Of a casualty verb and its attack noun in one clause the noun has the toll."""
    bombing, killed = claims(BOMBING, a_proposal(1), a_proposal(2))
    assert (bounds(bombing.killed), bounds(bombing.injured)) == ((12, None), (30, 30))
    assert (killed.killed, killed.injured) == (None, None)


def test_lone_noun_has_the_toll() -> None:
    """Where only the attack is a claim, what its clause states is its toll, with group and span."""
    (bombing,) = claims(BOMBING, a_proposal(1))
    assert bombing.killed is not None
    assert bombing.killed.span.quote == "at least 12 people"
    assert bombing.killed.group is not None
    assert bombing.killed.group.quote == "people"
    assert [r.because for r in bombing.reasons if r.field == "killed"] == ["counted by “killed”"]


def test_warfare_leaves_the_toll_to_the_verb() -> None:
    """Who is killed in an offensive is one act of it, not its toll."""
    killed, offensive = claims(OFFENSIVE, a_proposal(3), a_proposal(6))
    assert (bounds(killed.killed), offensive.killed) == ((40, 40), None)


def test_following_clause() -> None:
    """A toll in a clause that the attack governs belongs to the attack."""
    (shelled,) = claims(SHELLED, a_proposal(1))
    assert bounds(shelled.killed) == (5, 5)


def test_two_words_for_one_fate() -> None:
    """Verbs that share their victims share the toll."""
    killed, beheaded = claims(TWINS, a_proposal(1), a_proposal(3))
    assert bounds(killed.killed) == bounds(beheaded.killed) == (6, 6)


def test_feared_toll() -> None:
    """What an attack could do is no toll of one that happened, but of one that is feared."""
    (actual,) = claims(RAID, a_proposal(1))
    (feared,) = claims(RAID, a_proposal(1, modality="possible"))
    assert (actual.killed, bounds(feared.killed)) == (None, (200, 999))


def test_targets_are_nobody() -> None:
    """What the network takes for a toll is none where nobody is killed or things are counted."""
    (hit,) = claims(HIT, a_proposal(1, edges=[seen("killed", 2, 4)]))
    assert hit.killed is None


def test_network_alone() -> None:
    """Where the tree leads to no number, the one that the network sees is believed."""
    (killed,) = claims(CUT, a_proposal(1, edges=[seen("killed", 4, 6)]))
    assert bounds(killed.killed) == (31, 31)
    assert [r.hand for r in killed.reasons if r.field == "killed"] == ["model"]


def test_endpoint_alone() -> None:
    """The same where an endpoint gives it, which is then the hand."""
    edge = replace(seen("killed", 4, 6), hand="endpoint")
    (killed,) = claims(CUT, a_proposal(1, edges=[edge]))
    assert [r.hand for r in killed.reasons if r.field == "killed"] == ["endpoint"]


@pytest.mark.parametrize("kind", ["COERCE", "PROTEST"])
def test_types(kind: str) -> None:
    """The dead are counted on assaults alone."""
    (claim,) = claims(OFFENSIVE, a_proposal(6, code=kind))
    assert claim.killed is None


def test_crowd() -> None:
    """Who marches is the crowd of a protest."""
    (march,) = claims(MARCH, a_proposal(3, code="PROTEST"))
    assert bounds(march.crowd) == (200, 999)
    assert march.crowd is not None
    assert march.crowd.span.quote == "Hundreds of dockers"
