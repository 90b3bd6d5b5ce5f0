"""Triggers: what the network and the lexicon make of words together."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.build import a_proposal
from tests.packaged import a_scene, guide
from tocsin.coding import triggers
from tocsin.coding.triggers import Candidate
from tocsin.coding.weights import Weights
from tocsin.records.reading import Proposal

ATTACKED = """
Rebels     rebel      NOUN  2 nsubj
attacked   attack     VERB  0 root
Tarvos     Tarvos     PROPN 2 obj
.          .          PUNCT 2 punct
"""
FLUMMOXED = ATTACKED.replace("attacked   attack ", "flummoxed  flummox")
LEARNED = guide().learned
SETTINGS = guide().settings


def found(
    rows: str,
    *proposals: Proposal,
    learned: frozenset[str] = LEARNED,
    weights: Weights | None = None,
) -> list[Candidate]:
    """Return the candidates of an article with the default thresholds."""
    return triggers.find(a_scene(rows, proposals=proposals), learned, SETTINGS, weights or {})


def test_lexicon_lifts() -> None:
    """The same network score is worth more on a word that the lexicon lists for the type."""
    proposal = a_proposal(1, chance=0.75)
    (listed,), (unlisted,) = found(ATTACKED, proposal), found(FLUMMOXED, proposal)
    assert listed.score > 0.75 > unlisted.score
    assert listed.entry is not None
    assert listed.entry.lemma == "attack"
    assert unlisted.entry is None


def test_lexicon_decides_close_calls() -> None:
    """A word the network is unsure of is a trigger only where the lexicon lists it."""
    proposal = a_proposal(1, chance=0.45)
    assert [c.type for c in found(ATTACKED, proposal)] == ["ASSAULT"]
    assert found(FLUMMOXED, proposal) == []


def test_network_wins_where_it_is_sure() -> None:
    """A sure network is believed against the lexicon, whose type only gains a little."""
    sure = replace(a_proposal(1), types=(("ACCUSE", 0.9), ("ASSAULT", 0.05)))
    assert [c.type for c in found(ATTACKED, sure)] == ["ACCUSE"]


HELPED = """
The      the      DET   5 det
Council  Council  PROPN 5 nsubj
for      for      ADP   4 case
Support  support  NOUN  2 nmod
attacked attack   VERB  0 root
Tarvos   Tarvos   PROPN 5 obj
"""


def test_words_of_a_name_are_no_triggers() -> None:
    """Where only the lexicon finds types, what a reader sees as a name tells of nothing."""
    apart = LEARNED - {"SUPPORT", "ASSAULT"}
    bare = triggers.find(a_scene(HELPED), apart, SETTINGS, {})
    scene = a_scene(HELPED, people=["Council for Support"])
    named = triggers.find(scene, apart, SETTINGS, {})
    assert [c.type for c in bare] == ["SUPPORT", "ASSAULT"]
    assert [c.type for c in named] == ["ASSAULT"]


def test_lexicon_settles_a_tie() -> None:
    """Of two types that the network finds alike the listed one is taken."""
    torn = replace(a_proposal(1), types=(("ACCUSE", 0.45), ("ASSAULT", 0.45)))
    assert [c.type for c in found(ATTACKED, torn)] == ["ASSAULT"]


def test_unlikely_is_nothing() -> None:
    """What the network hardly believes in is no trigger, listed or not."""
    assert found(ATTACKED, a_proposal(1, chance=0.05)) == []


def test_lexicon_alone_finds_nothing_learned() -> None:
    """A listed word that the network did not propose is no trigger of a type it knows."""
    assert found(ATTACKED) == []


def test_lexicon_alone_finds_types_of_ones_own() -> None:
    """Types that the network never saw come from the lexicon, with its confidence and reason."""
    (candidate,) = found(ATTACKED, learned=LEARNED - {"ASSAULT"})
    assert (candidate.type, candidate.hand) == ("ASSAULT", "lexicon")
    assert candidate.score == SETTINGS.lexicon_often
    assert (candidate.start, candidate.end, candidate.proposal) == (1, 2, None)
    assert "attack" in candidate.because


def test_a_word_is_one_trigger() -> None:
    """Where network and lexicon both see a trigger, it is one."""
    out = found(ATTACKED, a_proposal(1), learned=LEARNED - {"ASSAULT"})
    assert [(c.start, c.type) for c in out] == [(1, "ASSAULT")]


def test_type_of_ones_own_outranks_the_networks() -> None:
    """A word listed for a type that the network cannot know is not lost to a type it does know."""
    proposal = a_proposal(1, code="COERCE", chance=0.6)
    out = found(ATTACKED, proposal, learned=LEARNED - {"ASSAULT"})
    assert [(c.start, c.type, c.hand) for c in out] == [(1, "ASSAULT", "lexicon")]


def test_score_is_a_chance() -> None:
    """A score lies between 0 and 1, even of a network that is certain."""
    for chance in (0.5, 0.9, 1.0):
        for candidate in found(ATTACKED, a_proposal(1, chance=chance)):
            assert 0 < candidate.score < 1


def test_reason_names_both_hands() -> None:
    """A trigger tells what the network scored and what the lexicon says."""
    (candidate,) = found(ATTACKED, a_proposal(1, chance=0.8))
    assert candidate.hand == "model"
    assert "0.80" in candidate.because
    assert candidate.listed == "“attack” is often ASSAULT"


def test_order_is_the_texts() -> None:
    """Triggers come in text order, in whichever order they were proposed."""
    rows = ATTACKED + "\n" + ATTACKED
    out = found(rows, a_proposal(1, sentence=1), a_proposal(1, sentence=0))
    assert [(c.sentence, c.start) for c in out] == [(0, 1), (1, 1)]


@pytest.mark.parametrize("chance", [0.5, 0.7, 0.9])
def test_more_belief_scores_higher(chance: float) -> None:
    """The score grows with what the network believes."""
    (less,), (more,) = (found(ATTACKED, a_proposal(1, chance=c)) for c in (chance, chance + 0.05))
    assert less.score < more.score


def test_whoever_decided_is_the_hand() -> None:
    """A proposal that an endpoint decided is a candidate by its hand, with the lexicon's say."""
    (candidate,) = found(ATTACKED, replace(a_proposal(1, chance=0.95), hand="endpoint"))
    assert candidate.hand == "endpoint"
    assert candidate.because == "the endpoint gives ASSAULT"
    assert candidate.listed == "“attack” is often ASSAULT"


def test_votes_decide() -> None:
    """Where the hands were weighed, their vote is the score, and decides."""
    proposal = a_proposal(1, chance=0.9)
    (sure,) = found(ATTACKED, proposal, weights={"claim": {"listed": 1.0}})
    assert sure.score == pytest.approx(0.731, abs=0.001)
    assert found(ATTACKED, proposal, weights={"claim": {"bias": -1.0}}) == []


COMPOUND = """
Retaliation retaliation NOUN 2 compound
strikes     strike      NOUN 3 nsubj
followed    follow      VERB 0 root
"""
LIGHT = """
They        they        PRON 2 nsubj
slapped     slap        VERB 0 root
tariffs     tariff      NOUN 2 obj
"""


@pytest.mark.parametrize(
    ("rows", "first", "code", "kept"), [(COMPOUND, 0, "ASSAULT", 1), (LIGHT, 1, "SANCTION", 2)]
)
def test_words_beside_their_noun_are_no_second_trigger(
    rows: str, first: int, code: str, kept: int
) -> None:
    """What only describes the noun beside it, or lends it a verb, is the same event."""
    both = (a_proposal(first, code=code), a_proposal(first + 1, code=code))
    assert [c.start for c in found(rows, *both)] == [kept]


def test_words_in_each_other_are_one_trigger() -> None:
    """Of "retaliation strikes" and "strikes" the likelier counts, of equals the longer."""
    whole = replace(a_proposal(0, chance=0.8), end=2)
    for chance, kept in ((0.95, [(1, 2)]), (0.8, [(0, 2)])):
        out = found(COMPOUND, whole, a_proposal(1, chance=chance))
        assert [(c.start, c.end) for c in out] == kept


def test_neighbours_of_other_types_stay() -> None:
    """Two words side by side that tell of different things are two triggers."""
    both = (a_proposal(0, code="THREATEN"), a_proposal(1))
    assert len(found(COMPOUND, *both)) == 2


DANGER = """
The        the       DET  2 det
{noun}     {lemma}   NOUN 3 nsubj
threatens  threaten  VERB 0 root
to         to        PART 5 mark
unleash    unleash   VERB 3 xcomp
strikes    strike    NOUN 5 obj
"""


@pytest.mark.parametrize(
    ("noun", "lemma", "kept"),
    [
        ("collapse", "collapse", 0), ("fighting", "fighting", 0), ("failure", "failure", 0),
        ("minister", "minister", 1), ("rebels", "rebel", 1), ("draft", "draft", 1),
    ],
)  # fmt: skip
def test_what_only_endangers_makes_no_threat(noun: str, lemma: str, kept: int) -> None:
    """A collapse that threatens to do something binds nobody; people and their texts do."""
    rows = DANGER.format(noun=noun, lemma=lemma)
    assert len(found(rows, a_proposal(2, code="THREATEN"))) == kept
