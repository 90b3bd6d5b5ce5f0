"""Stances: asserted, denied, questioned, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.build import DAY
from tests.hearsay import also, count, told, who
from tocsin.fusion.stances import stances
from tocsin.fusion.told import Told

ARMY = who("the army", country="IRQ", sectors=("MIL",))
NO: dict[str, Any] = {"modality": "negated"}
SITES = who("certain websites", country="IRQ", sectors=("JRN",))


def stance(row: Told) -> str:
    """Return the stance of a claim that is alone in its event."""
    return stances([row])[row.claim.id]


@pytest.mark.parametrize(
    ("words", "fields", "found"),
    [
        ("The army bombed the depot.", {}, "asserts"),
        ("The army said it had not bombed the depot.", NO, "denies"),
        ("Nobody was hurt as they bombed it.", {"injured": count(0), **NO}, "asserts"),
    ],
)
def test_by_modality(words: str, fields: dict[str, Any], found: str) -> None:
    """What is negated is denied, but "nobody was hurt" is about a number."""
    assert stance(told(words, **fields)) == found


def test_denying_what_others_report() -> None:
    """Who "denied the news" of a raid denies the raid, though the raid itself is told as a fact."""
    words = "The army denied the news of certain websites that planes bombed the depot."
    news = who("the news")
    assert stance(told(words, said=(ARMY, news, SITES), cue="denied")) == "denies"
    assert stance(told(words, said=(ARMY,), cue="denied")) == "asserts"


def test_doubting() -> None:
    """Who rejects a suggestion questions what may have been."""
    words = "The army rejected the suggestion that homes were bombed."
    fields: dict[str, Any] = {"said": (ARMY,), "cue": "rejected", "modality": "possible"}
    assert stance(told(words, **fields)) == "questions"


def test_denied_by() -> None:
    """A claim that its own speaker denies is denied; one that another denies is still asserted."""
    rebels = who("rebels", entity="reb")
    assert stance(told(denied_by=(ARMY,))) == "denies"
    assert stance(told(said=(ARMY,), denied_by=(ARMY,))) == "denies"
    assert stance(told(said=(rebels,), denied_by=(ARMY,))) == "asserts"


def test_a_retraction_takes_back_what_the_outlet_said_before() -> None:
    """A correction retracts only if the outlet has asserted it; another outlet's denies."""
    first = told()
    later: dict[str, Any] = {
        "day": DAY + timedelta(1),
        "title": "Correction: no strike",
        "modality": "negated",
    }
    words = "There was no strike: nobody bombed the depot."
    own = told(words, **later)
    other = told(words, outlet="Another", **later)
    found = stances([other, own, first])
    assert [found[row.claim.id] for row in (first, own, other)] == ["asserts", "retracts", "denies"]


def test_words_that_retract() -> None:
    """An outlet that "retracts its report" takes it back; another's retraction does not."""
    words = "The Teller retracts its report that planes bombed the depot."
    assert stance(told(words)) == "retracts"
    assert stance(told(words, outlet="Another")) == "asserts"
    assert stance(told(words.replace("retracts its report", "says"))) == "asserts"


def test_an_article_that_opens_with_a_denial() -> None:
    """What nobody is quoted for, below a denial, is the denier's account of it."""
    text = "Nobody bombed it, the army said. Two guards were burnt."
    first = told(
        text, sentence="Nobody bombed it, the army said.", said=(ARMY,), modality="negated"
    )
    second = also(
        first, "burnt", "Two guards were burnt.", text, modality="actual", attribution=None
    )
    assert set(stances([first, second]).values()) == {"denies"}
