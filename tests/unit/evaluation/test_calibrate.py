"""Calibrating: a rising map from scores to chances, judged on articles it was not fitted on."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from evaluation.calibrate import (
    FEW,
    Sample,
    applied,
    bins,
    brier,
    crossed,
    ece,
    fit,
    isotonic,
    platt,
    render,
    samples,
)
from tocsin.coding.calibration import FILE, Knots, load


def drawn(number: int, seed: int = 1) -> list[Sample]:
    """Return samples whose chance is the square of their score: all are too sure of themselves."""
    chance = random.Random(seed)  # noqa: S311 - a test wants the same numbers again
    scores = [round(chance.random(), 3) for _ in range(number)]
    return [Sample(f"a{k % 40}", "type", s, chance.random() < s * s) for k, s in enumerate(scores)]


def a_claim(**fields: object) -> dict[str, Any]:
    """Return a claim in the gold form, an attack at characters 10 to 16."""
    kept = {"type": "ASSAULT", "modality": "actual", "trigger": [10, 16, "attack"]}
    return kept | fields


@pytest.mark.parametrize(("make", "number"), [(isotonic, 2000), (isotonic, 30), (platt, 100)])
def test_maps_rise(make: Callable[[list[tuple[float, bool]]], Knots], number: int) -> None:
    """A higher score is never worth less, and no chance is 0 or 1."""
    knots = make([(s.score, s.right) for s in drawn(number)])
    assert all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(knots))
    assert all(0 < chance < 1 for _, chance in knots)


@pytest.mark.parametrize("number", [100, 2000])
def test_fitting_mends_scores_it_never_saw(number: int) -> None:
    """On other samples of the same kind, calibrated scores keep what they promise far better."""
    maps, others = fit(drawn(number)), drawn(2000, seed=2)
    after = applied(others, maps)
    assert ece(after) < 0.6 * ece(others)
    assert brier(after) < brier(others)


def test_a_falling_curve_is_level() -> None:
    """Where higher scores are right less often, both fits give everyone the same chance."""
    points = [(0.2, True)] * 60 + [(0.8, False)] * 60
    assert len({chance for _, chance in platt(points)}) == 1
    assert len({chance for _, chance in isotonic(points)}) == 1


def test_one_score_has_one_chance() -> None:
    """What a rule fills has one score, and gets the share that is right."""
    ((score, chance),) = isotonic([(0.5, True)] * 149 + [(0.5, False)] * 49)
    assert (score, chance) == (0.5, 0.75)


def test_few_samples_teach_nothing() -> None:
    """A field seen too seldom keeps its scores."""
    assert fit(drawn(FEW - 1)) == {}


def test_crossing_judges_each_article_by_the_others() -> None:
    """Every sample comes back once, its score by a map without its article."""
    found = drawn(2000)
    after = crossed(found)
    assert sorted(s.doc for s in after) == sorted(s.doc for s in found)
    assert ece(after) < ece(found)


def test_bins_hold_like_scores() -> None:
    """A score of 1 falls into the last bin; the error is the weighted distance of each bin."""
    found = [Sample("a", "type", 1.0, right=True), Sample("a", "type", 0.95, right=False)]
    (last,) = bins(found)
    assert (last.number, last.right) == (2, 0.5)
    assert ece(found) == pytest.approx(0.475)


def test_fields_are_judged_where_the_type_is_right() -> None:
    """The type is always a sample; roles, modality and modes are where gold has that type."""
    reasons = [
        {"field": "type", "hand": "model", "score": 0.9},
        {"field": "modality", "hand": "model", "score": 0.8},
        {"field": "actor", "hand": "model", "score": 0.7, "span": [0, 6, "rebels"]},
        {"field": "place", "hand": "lexicon", "score": 0.5, "span": [30, 34, "Homs"]},
        {"field": "modes", "hand": "model", "score": 0.4, "because": "network 0.40 for aerial"},
        {"field": "date", "hand": "lexicon"},
    ]
    gold = a_claim(modes=["aerial"], actors=[{"name": "rebels", "span": [0, 6, "rebels"]}])
    said = a_claim(reasons=reasons, confidence=0.9)
    right = {s.field: s.right for s in samples({"doc": "a", "claims": [gold]}, {"claims": [said]})}
    assert right == {
        "type": True,
        "modality": True,
        "actor": True,
        "place by rule": False,
        "modes": True,
    }
    wrong = {"claims": [said | {"type": "AID"}]}
    assert [s.field for s in samples({"doc": "a", "claims": [gold]}, wrong)] == ["type"]


def test_a_speaker_named_elsewhere_is_no_mistake() -> None:
    """Where gold names a speaker outside the sentence, another one seen cannot be judged."""
    reason = {"field": "speaker", "hand": "model", "score": 0.7, "span": [0, 6, "rebels"]}
    gold = a_claim(attribution=[{"name": "the army", "span": None}])
    said = {"claims": [a_claim(reasons=[reason])]}
    assert not list(samples({"doc": "a", "claims": [gold]}, said))


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    """What is fitted is what the coder applies, for the model it was fitted with."""
    maps = fit(drawn(500))
    (tmp_path / FILE).write_text(render("abc", maps), "utf8")
    assert load(tmp_path, "abc").knots == maps
