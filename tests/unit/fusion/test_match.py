"""How likely two mentions tell of one event, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.mentions import BUKAVU, DAY, GOMA, HEZBOLLAH, a_mention, a_table
from tocsin.base.errors import OntologyError
from tocsin.fusion.features import NAMES, matrix
from tocsin.fusion.match import Weights, chances, explain, load, probability
from tocsin.fusion.saying import say

FILE = "bias: -1\nthreshold: 0.5\nabsent: 0.05\nweights: {same_type: 2}\n"


def test_packaged_weights_speak_of_features() -> None:
    """They load, and leave few features without a weight."""
    known = load()
    assert set(known.weights) <= set(NAMES)
    assert 0.0 < known.absent < known.threshold < 1.0


def test_weights_are_read_from_a_file(tmp_path: Path) -> None:
    """A file of one's own takes their place."""
    file = tmp_path / "weights.yml"
    file.write_text(FILE)
    assert load(file) == Weights(-1.0, {"same_type": 2.0}, 0.5, 0.05)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (FILE.replace("same_type", "same_tipe"), "same_tipe"), ("- 1", "should hold"),
        (FILE.replace("bias: -1", "bias: low"), "expected numbers"), ("weights: {}", "bias"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused(tmp_path: Path, wrong: str, said: str) -> None:
    """A weight without a feature, words for numbers, and no mapping at all."""
    file = tmp_path / "weights.yml"
    file.write_text(wrong)
    with pytest.raises(OntologyError, match=said):
        load(file)


def test_a_chance_is_logistic_and_a_veto_ends_it() -> None:
    """The bias alone, one weight, and a veto against everything."""
    matrix = np.zeros((3, len(NAMES)), np.float32)
    matrix[1:, NAMES.index("same_type")] = 1.0
    matrix[2, NAMES.index("veto")] = 1.0
    chances = probability(matrix, Weights(-1.0, {"same_type": 2.0}, 0.5, 0.05))
    assert chances.tolist() == pytest.approx([0.2689, 0.7311, 0.0], abs=1e-3)


def test_chances_are_those_of_the_features(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few pairs are compared at once."""
    rows = a_table(*(a_mention(f"c{k}", where=GOMA, article=f"a{k}") for k in range(4)))
    i, j = (np.asarray(row, np.int32) for row in np.triu_indices(4, 1))
    whole = probability(matrix(rows, i, j))
    monkeypatch.setattr("tocsin.fusion.features.CHUNK", 4)
    assert chances(rows, i, j).tolist() == whole.tolist()


def test_a_verdict_gives_its_reasons_in_sentences() -> None:
    """What weighs most comes first, each reason in words."""
    day: dict[str, Any] = {"start": DAY, "end": DAY}
    rows = a_table(
        a_mention("a", where=GOMA, actors=(HEZBOLLAH,), **day),
        a_mention("b", "Jets struck", where=BUKAVU, actors=(HEZBOLLAH,), article="x", **day),
    )
    weights = Weights(0.0, dict.fromkeys(NAMES[:-1], 1.0), 0.5, 0.05)
    verdict = explain(rows, 0, 1, weights)
    said = {reason.feature: reason.words for reason in verdict.reasons}
    assert said["same_day"] == "both on 22 November 2024"
    assert said["kilometres"] == "Goma and Bukavu are 102 km apart"
    assert said["actors_same"] == "both have hezbollah as actor"
    force = [abs(reason.value * reason.weight) for reason in verdict.reasons]
    assert force == sorted(force, reverse=True)


def test_every_feature_has_words() -> None:
    """Mentions that differ and agree in everything are told without an error."""
    full = a_mention(
        "a", where=GOMA, actors=(HEZBOLLAH,), recipients=(HEZBOLLAH,), start=DAY, end=DAY + 3,
        tolls={"killed": (3, 3)}, outcome="foiled", modes=("aerial",), speakers=(HEZBOLLAH,),
    )  # fmt: skip
    for feature in NAMES:
        assert say(feature, 1.0, full, a_mention("b"))
        assert say(feature, 1.0, full, full)


def test_a_veto_is_the_only_reason() -> None:
    """What was asked for is never what was done."""
    asked = a_mention("b", modality=5, article="x")
    verdict = explain(a_table(a_mention("a"), asked), 0, 1)
    assert verdict.probability == 0.0
    assert [reason.words for reason in verdict.reasons] == [
        "one is actual, the other requested: these are never one event"
    ]
