"""The articles written to train on: every line of their notation can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.ontology.load import load
from training import notation

FILES = sorted((Path(notation.__file__).parent / "data" / "en").glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_articles_read(path: Path) -> None:
    """A file of articles holds no line that cannot be read."""
    articles, problems = notation.read(path, load())
    assert problems == []
    assert articles


def test_names_are_unique() -> None:
    """No two articles share a name, by which held-back ones are chosen."""
    names = [a.name for path in FILES for a in notation.read(path, load())[0]]
    assert len(names) == len(set(names))
