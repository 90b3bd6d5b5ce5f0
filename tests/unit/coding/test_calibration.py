"""Calibration: scores become chances, for the model they were measured with and no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.build import a_proposal, a_reading, an_article, text_of
from tests.packaged import guide
from tocsin.base.errors import ArtefactError
from tocsin.coding.calibration import FILE, Calibration, between, field_name, load
from tocsin.coding.coder import code
from tocsin.records.coded import Stamp

KNOTS = ((0.2, 0.1), (0.6, 0.5), (0.8, 0.9))
STRUCK = """
Rebels     rebel      NOUN  2 nsubj     Number=Plur
attacked   attack     VERB  0 root      Tense=Past
villagers  villager   NOUN  2 obj       Number=Plur
.          .          PUNCT 2 punct
"""


@pytest.mark.parametrize(
    ("score", "chance"), [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.7, 0.7), (0.8, 0.9), (1.0, 0.9)]
)
def test_chances_lie_on_lines_between_knots(score: float, chance: float) -> None:
    """Between two knots the chance is even, beyond the outer ones it is level."""
    assert between(KNOTS, score) == pytest.approx(chance)


def test_one_knot_is_one_chance() -> None:
    """A field of a single score has a single chance."""
    assert {between(((0.5, 0.7),), score) for score in (0.1, 0.5, 0.9)} == {0.7}


def test_unknown_fields_keep_their_score() -> None:
    """Nothing was measured of a field without knots, so its score stays."""
    known = Calibration({"type": KNOTS})
    assert known.chance("type", 0.4) == 0.3
    assert known.chance("actor", 0.4) == 0.4


def test_rules_have_a_row_of_their_own() -> None:
    """What a rule fills is not worth what the network's score of the same height is."""
    assert field_name("place", "model") == "place"
    assert field_name("place", "lexicon") == "place by rule"


def test_another_model_stays_uncalibrated(tmp_path: Path) -> None:
    """A calibration holds for the digest it names; without one, or beside another, scores stay."""
    assert load(tmp_path, "abc") == Calibration()
    (tmp_path / FILE).write_text('model = "abc"\n[knots]\n"type" = [[0.5, 0.25]]\n', "utf8")
    assert load(tmp_path, "abc").chance("type", 0.5) == 0.25
    assert load(tmp_path, "def") == Calibration()


@pytest.mark.parametrize("text", ["model =", 'model = "abc"', 'model = "a"\n[knots]\ntype = [1]'])
def test_a_broken_file_is_refused(tmp_path: Path, text: str) -> None:
    """A file that is no calibration stops, and says which one it is and what makes it anew."""
    (tmp_path / FILE).write_text(text, "utf8")
    with pytest.raises(ArtefactError, match=r"calibration\.toml.*make calibrate"):
        load(tmp_path, "abc")


def test_the_coder_gives_chances() -> None:
    """A claim's confidence is calibrated; what the hands voted on is a chance already."""
    article = an_article(text_of(STRUCK))
    reading = a_reading(STRUCK, article=article, proposals=(a_proposal(1),))
    known = Calibration({"type": ((0.5, 0.25),), "modality": ((0.5, 0.75),)})
    plain, guided = guide(), replace(guide(), calibration=known)
    stamp = Stamp("0", "plover", "none", "none")
    (before,) = code(article, reading, plain, stamp).claims
    (after,) = code(article, reading, guided, stamp).claims
    assert (after.confidence, after.reasons) == (0.25, before.reasons)
