"""Workers: several processes give the records that one gives, in the same order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaged import coder
from tocsin.pipeline import run, workers
from tocsin.records.wire import dump
from tocsin.sources import files

ARTICLES = sorted((Path(__file__).parents[2] / "examples" / "articles").glob("*.json"))[:9]
BAD = Path(__file__).parents[2] / "examples" / "bad"


def test_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles and issues come out byte for byte as a single process writes them, in order."""
    monkeypatch.setattr(workers, "FEW", 2)
    paths = [*ARTICLES, BAD]
    alone = [dump(r) for r in run.run(files.read(paths), coder())]
    spread = workers.code(files.read(paths), coder(), workers.Opening(), workers=2)
    assert [dump(r) for r in spread] == alone


def test_few_need_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A handful of articles is coded without another process."""
    monkeypatch.setattr(workers, "_spread", lambda *_: pytest.fail("another process was begun"))
    found = list(workers.code(files.read(ARTICLES[:2]), coder(), workers.Opening(), workers=2))
    assert len(found) == 2
