"""Relays: threats that are handed on by a word which threatens nobody."""

from __future__ import annotations

import pytest

from tests.build import a_claim, a_participant, a_proposal, a_span
from tests.packaged import a_scene
from tocsin.coding import relays
from tocsin.coding.said import Said
from tocsin.coding.scene import Scene
from tocsin.coding.triggers import Candidate

ROWS = """
{speaker}  {speaker}  PROPN 2 nsubj
told       tell       VERB  0 root
{hearer}   {hearer}   PROPN 2 obj
that       that       SCONJ 6 mark
strikes    strike     NOUN  6 nsubj
follow     follow     VERB  2 ccomp
{mark}     {mark}     SCONJ 9 mark
militias   militia    NOUN  9 nsubj
disarm     disarm     VERB  6 advcl
"""


def a_told(**words: str) -> tuple[Scene, Candidate, Said]:
    """Return a scene in which one tells another of strikes, with the strikes and the statement."""
    given = {"speaker": "France", "hearer": "Mali", "mark": "unless"} | words
    scene = a_scene(ROWS.format(**given), proposals=[a_proposal(4, modality="conditional")])
    strikes = Candidate(
        0, 4, 5, "ASSAULT", 0.9, "model", "network", scene.reading.proposals[0]
    )  # fmt: skip
    start = scene.trees[0].s.offsets[3][0]
    content = start, scene.trees[0].s.offsets[-1][1]
    return scene, strikes, Said(0, (1, 2), 0, (0, 1), content, "indirect", "asserts")


def test_a_condition_makes_telling_a_threat() -> None:
    """Who delivers it threatens who hears it, and the strikes are what is threatened."""
    scene, strikes, said = a_told()
    (threat,) = relays.find(scene, [strikes], [said])
    assert (threat.type, threat.start, threat.end) == ("THREATEN", 1, 2)
    assert threat.proposal is not None
    roles = {edge.role: (edge.start, edge.end) for edge in threat.proposal.edges}
    assert roles == {"actor": (0, 1), "recipient": (2, 3), "condition": (6, 9)}
    assert threat.contents == (strikes.proposal,)


@pytest.mark.parametrize(
    "words", [{"mark": "because"}, {"hearer": "Reuters"}, {"hearer": "reporters"}]
)
def test_without_condition_or_concern_it_is_news(words: dict[str, str]) -> None:
    """A reason is no condition, and whoever only passes the news on is not threatened."""
    scene, strikes, said = a_told(**words)
    assert relays.find(scene, [strikes], [said]) == []


def test_another_hand_goes_first() -> None:
    """Words that are a trigger already are left alone."""
    scene, strikes, said = a_told()
    warned = Candidate(0, 1, 2, "THREATEN", 0.9, "model", "network")
    assert relays.find(scene, [strikes, warned], [said]) == []


def test_whoever_tells_of_the_act_tells_of_the_threat() -> None:
    """The speakers of what is threatened are those of the threat, but for who delivers it."""
    scene, strikes, said = a_told()
    (threat,) = relays.find(scene, [strikes], [said])
    article = scene.article
    paris, agency = (a_participant(a_span(article.text, w)) for w in ("France", "Mali"))
    act = a_claim(article, "strikes", speakers=(agency, paris))
    warning = a_claim(article, "told", code="THREATEN", actors=(paris,))
    settled = relays.settle([warning, act], [threat, strikes])
    assert settled[0].attribution is not None
    assert settled[0].attribution.chain == (agency,)
    assert settled[1] == act
