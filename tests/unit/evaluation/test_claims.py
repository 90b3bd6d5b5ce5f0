"""Claims beside gold ones: paired by their words, counted class by class."""

from __future__ import annotations

from typing import Any

from evaluation.claims import NOTHING, confused, confusion, paired, tables


def a_claim(start: int, kind: str = "ASSAULT", **fields: object) -> dict[str, Any]:
    """Return a claim of five characters in the gold form."""
    kept = {"type": kind, "modality": "actual", "trigger": [start, start + 5, "....."]}
    return kept | fields


def article(*claims: dict[str, Any]) -> dict[str, Any]:
    """Return an article of these claims."""
    return {"doc": "a", "claims": list(claims)}


def test_claims_pair_once_and_the_rest_stands_alone() -> None:
    """Triggers that share a character pair up; what was missed or added has no partner."""
    pairs = paired(article(a_claim(0), a_claim(20)), article(a_claim(3), a_claim(40)))
    assert [(p.gold is not None, p.said is not None) for p in pairs] == [
        (True, True),
        (True, False),
        (False, True),
    ]


def test_like_claims_on_the_same_words_pair_apart() -> None:
    """Two gold claims on one trigger meet two coded ones, each its own."""
    pairs = paired(article(a_claim(0), a_claim(0)), article(a_claim(0), a_claim(0)))
    assert [p.typed for p in pairs] == [True, True]


def test_types_are_counted_on_both_sides() -> None:
    """A type missed counts for gold, one added for what was said."""
    gold, said = article(a_claim(0), a_claim(20)), article(a_claim(0), a_claim(20, "AID"))
    types = tables(paired(gold, said))["type"]
    assert (types["ASSAULT"].gold, types["ASSAULT"].said, types["ASSAULT"].right) == (2, 1, 1)
    assert (types["AID"].gold, types["AID"].said, types["AID"].right) == (0, 1, 0)


def test_fields_count_where_the_type_is_right() -> None:
    """Modality, modes, roles and chains are counted over claims found and typed."""
    who = {"name": "rebels", "span": [30, 36, "rebels"]}
    gold = a_claim(0, modes=["aerial"], actors=[who], attribution=[who])
    said = a_claim(0, modes=["drone"], actors=[who], modality="future")
    counted = tables(paired(article(gold), article(said)))
    assert counted["modality"]["actual"].recall == 0
    assert set(counted["mode"]) == {"ASSAULT aerial", "ASSAULT drone"}
    assert counted["role"]["actor"].f1 == 1
    assert counted["speakers in the chain"]["1"].f1 == 0


def test_hedges_are_words_of_the_sentence() -> None:
    """A claim is counted under each hedge of its sentence, without one under a dash."""
    text = "..... may have been, reportedly. ....."
    hedged, plain = a_claim(0, sentence=[0, 32]), a_claim(33, sentence=[33, 38])
    gold = article(hedged, plain) | {"text": text}
    rows = tables(paired(gold, article()))["hedge: claim found and typed"]
    assert set(rows) == {"may", "reportedly", NOTHING}


def test_confusions_are_named_the_commonest_first() -> None:
    """What was taken for another type, missed or added is listed by how often."""
    gold = article(a_claim(0), a_claim(10), a_claim(20))
    said = article(a_claim(0, "AID"), a_claim(10, "AID"), a_claim(20))
    assert list(confused(confusion(paired(gold, said)))) == [(2, "ASSAULT", "AID")]
