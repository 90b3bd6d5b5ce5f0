"""Claims: what contradicts itself is refused, and a claim is named by where it stands."""

from __future__ import annotations

import pytest

from tests.build import TEXT, a_claim, a_span, an_article
from tocsin.base.errors import RecordError
from tocsin.records.claim import Claim, Count, claim_id


def test_the_fixture(claim: Claim) -> None:
    """A built claim is tied to the characters it is made from."""
    assert claim.trigger.quote == "attacked"
    assert claim.actors[0].name == "Rebels"
    assert claim.attribution is not None
    assert claim.attribution.chain[0].span == a_span(TEXT, "the ministry")


@pytest.mark.parametrize("confidence", [-0.01, 1.01, float("nan"), float("inf")])
def test_confidence_is_a_chance(confidence: float) -> None:
    """A confidence outside 0 to 1, or no number at all, is refused."""
    with pytest.raises(RecordError, match="from 0 to 1"):
        a_claim(confidence=confidence)


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_certainty_is_allowed(confidence: float) -> None:
    """Nought and one are confidences."""
    assert a_claim(confidence=confidence).confidence == confidence


def test_trigger_stands_in_its_sentence() -> None:
    """A claim whose trigger lies outside its sentence is refused with the trigger's words."""
    with pytest.raises(RecordError, match="'attacked'"):
        a_claim(sentence=a_span(TEXT, "It named no victims."))


@pytest.mark.parametrize(("low", "high"), [(12, None), (24, 99), (2, 2), (0, 0)])
def test_counts(low: int, high: int | None) -> None:
    """A count may be open above, a range, or exact."""
    assert Count(low, high, a_span(TEXT, "no")).low == low


def test_count_says_no_more_than_it_is_told() -> None:
    """A count is of nobody in particular and no running total unless it says so."""
    count = Count(3, 3, a_span(TEXT, "no"))
    assert (count.group, count.cumulative) == (None, False)


def test_count_the_wrong_way_round() -> None:
    """A count whose high bound is below its low one is refused."""
    with pytest.raises(RecordError, match="low bound comes first"):
        Count(99, 24, a_span(TEXT, "no"))


def test_id_is_place_and_type() -> None:
    """The article, the type and the trigger make the name; actors and scores do not."""
    article = an_article()
    first, second = a_claim(article), a_claim(article, confidence=0.1, modality="possible")
    assert first.id == second.id == claim_id(article.id, "ASSAULT", first.trigger)
    others = [
        a_claim(article, code="COERCE"),
        a_claim(article, "named"),
        a_claim(an_article(outlet=None)),
    ]
    assert len({first.id, *(c.id for c in others)}) == 4
