"""Sets: every corpus that is there is measured, every other one named."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from evaluation import sets
from evaluation.sets import Where, measure
from tests.packaged import guide
from tocsin.pipeline.languages import Languages
from tocsin.pipeline.run import Coder
from tocsin.records.coded import Stamp


class NoReader:
    """A reader that nothing may be read with."""


def a_coder() -> Coder:
    """Return a coder for corpora that are not there."""
    stamp = Stamp("0", "plover", "none", "none")
    return Coder(NoReader(), guide(), stamp, Languages(guide()))  # type: ignore[arg-type]


def test_absent_corpora_are_named_and_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is measured where nothing lies, and each set says what it looked for."""
    gone = tmp_path / "gone"
    found = measure(a_coder(), Where(gone, gone / "rows", gone / "gold", gone / "score.py"))
    assert not found.corpora
    said = capsys.readouterr().err
    for name in ("PolNeAR", "PLV", "GSR", "gold", "dyads", "lgl", "GeoVirus", "TimeML", "EWT test"):
        assert f"{name}: {tmp_path}" in said


def test_what_is_not_given_is_not_looked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Without options there is nothing to measure and nothing to say."""
    assert not measure(a_coder(), Where()).corpora
    assert not capsys.readouterr().err


def test_the_scorer_stands_beside_the_gold() -> None:
    """Unless another is named, gold articles are scored by the scorer in their parent folder."""
    parser = argparse.ArgumentParser()
    sets.arguments(parser)
    options = parser.parse_args(["--gold", "gold/dev"])
    assert sets.located(options).scorer == Path("gold/score.py")
