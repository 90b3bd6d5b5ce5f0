"""In what two mentions agree and differ."""

from __future__ import annotations

from math import inf, log2
from typing import Any

import numpy as np
import pytest

from tests.mentions import (
    BEIRUT,
    BUKAVU,
    CONGO,
    DAY,
    GOMA,
    HEZBOLLAH,
    ISRAEL,
    a_mention,
    a_table,
    compared,
    sheets,
)
from tocsin.fusion.features import NAMES, matrix
from tocsin.fusion.mention import Where, Who
from tocsin.fusion.table import table

ARMY = Who("israeli army", "isr-idf", "ISR", ("MIL",))
POLICE = Who("police")


def between(one: dict[str, Any], other: dict[str, Any]) -> dict[str, float]:
    """Return what features say of two mentions in two articles."""
    mentions = a_mention("a", **one), a_mention("b", **{"article": "article-2"} | other)
    return compared(a_table(*mentions))


@pytest.mark.parametrize(
    ("one", "other", "feature", "value"),
    [
        ({}, {}, "same_type", 1.0),
        ({}, {"type": "COERCE"}, "kin_type", 0.6),
        ({}, {"type": ""}, "no_type", 1.0),
        ({}, {"lemma": "struck"}, "same_lemma", 1.0),
        ({}, {"lemma": "raid"}, "kin_lemma", 1.0),
        ({"lemma": "mediator"}, {"lemma": "mediating"}, "same_lemma", 1.0),
        ({"lemma": "evacuee"}, {"lemma": "evacuated"}, "near_lemma", 1.0),
        ({"modes": ("aerial",)}, {"modes": ("drone", "aerial")}, "modes_shared", 1.0),
        ({"modes": ("aerial",)}, {"modes": ("drone",)}, "modes_clash", 1.0),
        ({}, {"modality": 1}, "denied", 1.0),
        ({}, {"modality": 3}, "unsure", 1.0),
        ({"start": DAY, "end": DAY}, {"start": DAY, "end": DAY}, "same_day", 1.0),
        ({"start": DAY, "end": DAY}, {"start": DAY - 9, "end": DAY + 9}, "days_overlap", 1.0),
        ({"start": DAY, "end": DAY}, {"start": DAY - 3, "end": DAY - 3}, "days_apart", 2.0),
        ({"start": DAY, "end": DAY}, {}, "once_dated", 1.0),
        ({}, {}, "never_dated", 1.0),
        ({"start": DAY - 10, "end": DAY - 10}, {}, "day_and_report", 3.0),
        ({"start": DAY + 5, "end": DAY + 5, "modality": 3}, {}, "told_before", 1.0),
        ({"where": GOMA}, {"where": GOMA}, "same_place", 1.0),
        ({"where": GOMA}, {"where": CONGO}, "same_country", 1.0),
        ({"where": GOMA}, {"where": BEIRUT}, "abroad", 1.0),
        ({"actors": (ISRAEL,)}, {"actors": (ISRAEL, HEZBOLLAH)}, "actors_same", 1.0),
        ({"actors": (ISRAEL,)}, {"actors": (ARMY,)}, "actors_alike", 0.0),
        ({"actors": (HEZBOLLAH,)}, {"actors": (ARMY,)}, "actors_foreign", 1.0),
        ({"actors": (HEZBOLLAH,)}, {"actors": (POLICE,)}, "actors_differ", 1.0),
        ({"recipients": (ISRAEL,)}, {"recipients": (ISRAEL,)}, "recipients_same", 1.0),
        ({"actors": (ISRAEL,)}, {"recipients": (ISRAEL,)}, "swapped", 1.0),
        ({"speakers": (ISRAEL,)}, {"speakers": (ISRAEL,)}, "speakers_same", 1.0),
        ({"tolls": {"killed": (7, 7)}}, {"tolls": {"killed": (7, 7)}}, "tolls_equal", 3.0),
        ({"tolls": {"killed": (7, 7)}}, {"tolls": {"killed": (4, inf)}}, "tolls_overlap", 1.0),
        ({"tolls": {"killed": (8, 8)}}, {"tolls": {"killed": (2, 2)}}, "tolls_apart", 2.0),
        ({"outcome": "foiled"}, {"outcome": "foiled"}, "outcomes_same", 1.0),
        ({"outcome": "foiled"}, {"outcome": "failed"}, "outcomes_clash", 1.0),
        ({}, {"article": "article-1"}, "same_article", 1.0),
        ({}, {"article": "article-1", "same_as": "a"}, "coder_same", 1.0),
        ({}, {"article": "article-1"}, "same_sentence", 1.0),
        ({}, {"lemma": "burn"}, "beside", 1.0),
        ({}, {"at": (300, 306), "article": "article-1"}, "lines_apart", 2.0),
        ({}, {"modality": 2}, "veto", 1.0),
        ({}, {"modality": 5}, "veto", 1.0),
        ({}, {"content_of": "a"}, "veto", 1.0),
        ({"modality": 3}, {"modality": 5}, "veto", 0.0),
        ({"modality": 2}, {"modality": 4}, "veto", 0.0),
    ],
)  # fmt: skip
def test_a_feature(one: dict[str, Any], other: dict[str, Any], feature: str, value: float) -> None:
    """What each feature says where it has something to say."""
    assert between(one, other).get(feature, 0.0) == pytest.approx(value)


MISSING = {
    "modes_clash", "days_apart", "same_day", "abroad", "kilometres", "places_differ",
    "actors_foreign", "actors_differ", "recipients_foreign", "recipients_differ", "tolls_apart",
    "outcomes_clash", "told_before", "day_and_report",
}  # fmt: skip


def test_what_is_missing_is_no_difference() -> None:
    """A mention with everything against one with nothing: no feature speaks of a difference."""
    full = {
        "start": DAY, "end": DAY, "where": GOMA, "actors": (HEZBOLLAH,), "recipients": (ISRAEL,),
        "tolls": {"killed": (4, 4)}, "outcome": "foiled", "modes": ("aerial",),
    }  # fmt: skip
    assert not MISSING & between(full, {}).keys()
    assert (
        not MISSING
        & compared(a_table(a_mention("a"), a_mention("b", article="x"), day=None)).keys()
    )


def test_kilometres_double() -> None:
    """Goma and Bukavu are about 102 km apart."""
    said = between({"where": GOMA}, {"where": BUKAVU})
    assert said["kilometres"] == pytest.approx(log2(1 + 101.9 / 10), abs=0.05)
    assert "places_differ" not in said


def test_a_place_near_one_of_the_same_name_is_that_place() -> None:
    """The road near Goma is at Goma, but two known places of one name are two."""
    near = Where("the road near goma", "COD")
    assert "same_place" in between({"where": GOMA}, {"where": near})
    assert "places_differ" not in between({"where": GOMA}, {"where": near})
    assert "same_place" not in between({"where": Where("the city")}, {"where": Where("the city")})
    other = Where("goma", "COD", 7, 0.5, 25.2, "place")
    assert "same_place" not in between({"where": GOMA}, {"where": other})


def test_a_person_of_the_same_country_is_alike() -> None:
    """Two of one country go together where their sorts may be the same."""
    soldiers = Who("soldiers", None, "ISR", ())
    assert between({"actors": (ISRAEL,)}, {"actors": (soldiers,)})["actors_alike"] == 1.0


def test_a_name_in_the_other_sentence_counts() -> None:
    """A place and an actor that one claims and the other only names are told."""
    said = {"said": "Fighting raged near Goma as Hezbollah shelled it"}
    found = between({"where": GOMA, "actors": (HEZBOLLAH,)}, said)
    assert found["place_told"] == found["actors_told"] == 1.0


def test_a_year_that_is_named_is_another_time() -> None:
    """A sentence that names a year without a date is not of the year of the report."""
    old = {"said": "The deadliest strike was one in 2013 on Ghouta"}
    assert between(old, {})["years_apart"] == 1.0
    assert "years_apart" not in between({"said": "A strike hit Ghouta in 2024"}, {})


def test_words_are_compared_by_weight() -> None:
    """The same sentence is 1, one without shared words 0; almost the same tells of wording."""
    said = "Gunmen killed the mayor of Qardaha near Kfarshouba"
    same = between({"said": said}, {"said": said})
    assert same["sentences"] == pytest.approx(1.0)
    assert same["wording"] == pytest.approx(1.0)
    assert same["articles"] == pytest.approx(1.0)
    assert "sentences" not in between({"said": said}, {"said": "Talks opened in Geneva"})


def test_copies_are_known_by_their_sketches() -> None:
    """The part of the shorter sketch that stands in the longer."""
    one, two = sheets([a_mention("a"), a_mention("b", article="article-2")])
    known = [
        type(one)(**{n: getattr(s, n) for n in s.__struct_fields__} | {"sketch": sketch})
        for s, sketch in ((one, (1, 2, 3, 4)), (two, (2, 4)))
    ]
    assert compared(table(known))["copied"] == 1.0


def test_features_are_symmetric() -> None:
    """Which mention comes first says nothing."""
    rows = a_table(
        a_mention("a", where=GOMA, actors=(HEZBOLLAH,), start=DAY, end=DAY),
        a_mention("b", "Shells fell on Goma", lemma="fall", article="x", recipients=(HEZBOLLAH,)),
    )
    i, j = np.array([0, 1], np.int32), np.array([1, 0], np.int32)
    one, other = matrix(rows, i, j)
    np.testing.assert_array_equal(one, other)


def test_no_pairs_make_an_empty_matrix() -> None:
    """The columns stay."""
    none = np.zeros(0, np.int32)
    assert matrix(a_table(a_mention()), none, none).shape == (0, len(NAMES))
