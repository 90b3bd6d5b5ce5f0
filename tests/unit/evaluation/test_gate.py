"""The gate: floors rise by themselves and fall only with a reason that is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.gate import (
    FEWEST,
    SLACK,
    Drop,
    Floors,
    Measured,
    corpus_hash,
    judge,
    parse,
    pinned,
    raised,
    render,
    stranger,
    verdict,
)
from evaluation.measure import Corpus, ratio

KNOWN = Floors("abc", {"typed F1": 0.6, "modality": 0.9})


def measured(**values: float) -> Measured:
    """Return values measured on the corpus of `KNOWN`."""
    return Measured("gold", "abc", {k.replace("_", " "): v for k, v in values.items()})


def test_a_corpus_is_its_contents() -> None:
    """Order changes nothing about a corpus's hash; one byte, one file more or less does."""
    assert corpus_hash([b"a", b"b"]) == corpus_hash([b"b", b"a"])
    assert len({corpus_hash(c) for c in ([b"a", b"b"], [b"ab"], [b"a"], [b"a", b"a"], [])}) == 5


def test_a_value_at_its_floor_passes_and_one_below_fails() -> None:
    """Only a fall beyond what rounding explains fails."""
    at, slack, below = (
        judge(measured(modality=v), Floors("abc", {"modality": 0.9}))[0].passed
        for v in (0.9, 0.9 - SLACK / 2, 0.9 - 2 * SLACK)
    )
    assert (at, slack, below) == (True, True, False)


def test_a_measure_that_is_gone_fails() -> None:
    """A floor without a value is a failure, never a pass in silence."""
    (verdict,) = (v for v in judge(measured(modality=0.95), KNOWN) if v.measure == "typed F1")
    assert verdict.value is None
    assert not verdict.passed


def test_a_new_measure_passes() -> None:
    """A value without a floor passes until one is pinned."""
    (verdict,) = judge(measured(place=0.1), None)
    assert verdict.passed


@pytest.mark.parametrize("known", [None, Floors("other", {})])
def test_an_unknown_corpus_is_refused(known: Floors | None) -> None:
    """Floors judge only the corpus they were measured on, and say how to pin another."""
    assert "--update" in str(stranger(measured(), known))
    assert stranger(measured(), KNOWN) is None


def test_an_update_pins_a_new_corpus() -> None:
    """A corpus without floors gets its values, rounded down."""
    assert raised(measured(modality=0.91273), None, None) == Floors("abc", {"modality": 0.912})


def test_an_update_raises_and_never_lowers() -> None:
    """Without a reason a floor only rises, and a measure that is gone keeps its floor."""
    after = raised(measured(typed_F1=0.65), KNOWN, None)
    assert after.floors == {"typed F1": 0.65, "modality": 0.9}
    assert raised(measured(typed_F1=0.5, modality=0.5), KNOWN, None) == KNOWN


def test_a_reason_lowers_and_is_kept() -> None:
    """With a reason a fallen floor is lowered, a measure that is gone dropped, both on record."""
    after = raised(measured(typed_F1=0.5), KNOWN, "the gold was corrected")
    assert after.floors == {"typed F1": 0.5}
    assert after.drops == (
        Drop("typed F1", 0.6, 0.5, "the gold was corrected"),
        Drop("modality", 0.9, None, "the gold was corrected"),
    )


def test_a_reason_lowers_nothing_that_holds() -> None:
    """A floor that its value reaches, or misses by rounding, stays where it is."""
    after = raised(measured(typed_F1=0.7, modality=0.9 - SLACK / 2), KNOWN, "why")
    assert after == Floors("abc", {"typed F1": 0.7, "modality": 0.9})


def test_a_changed_corpus_is_pinned_only_with_a_reason() -> None:
    """New contents under an old name leave the floors alone unless somebody says why."""
    changed = Measured("gold", "def", {"typed F1": 0.9, "modality": 0.9})
    assert raised(changed, KNOWN, None) == KNOWN
    assert raised(changed, KNOWN, "two articles more").sha256 == "def"


def test_floors_survive_their_file() -> None:
    """What is written is what is read, quotes and drops and all."""
    drops = (Drop('a "measure"', 0.5, 0.25, "bad – gold\nlines"), Drop("gone", 0.5, None, "split"))
    floors = {"coder on dev": Floors("abc", {'a "measure"': 0.25, "ß, F1": 1.0}, drops)}
    assert parse(render(floors)) == floors
    assert parse(render({})) == {}


def test_values_of_few_items_have_no_floor(tmp_path: Path) -> None:
    """What is measured on a handful of items is reported and never pinned."""
    path = tmp_path / "rows"
    path.write_bytes(b"rows")
    few, many = (ratio(f"{n} items", [(n / 2, n)]) for n in (FEWEST - 1, FEWEST))
    found = pinned(Corpus("gold", (path,), (few, many)))
    assert found == Measured("gold", corpus_hash([b"rows"]), {f"{FEWEST} items": 0.5})


@pytest.mark.parametrize(
    ("value", "sha256", "status"), [(0.9, "abc", 0), (0.8, "abc", 1), (0.9, "def", 2)]
)
def test_the_exit_status_tells(value: float, sha256: str, status: int) -> None:
    """Passed is 0, a fall 1, a corpus that the floors do not know 2."""
    floors = {"gold": Floors("abc", {"modality": 0.9})}
    assert verdict([Measured("gold", sha256, {"modality": value})], floors) == status
