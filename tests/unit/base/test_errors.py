"""Errors: whoever catches the root catches all, and no two kinds are confused."""

from __future__ import annotations

import pytest

from tocsin.base import errors

KINDS = sorted(errors.TocsinError.__subclasses__(), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", KINDS)
def test_root_catches_all(kind: type[errors.TocsinError]) -> None:
    """Every error is a TocsinError, and its message is what it was given."""
    with pytest.raises(errors.TocsinError, match="found 3, expected 4") as caught:
        raise kind("found 3, expected 4")
    assert caught.type is kind


def test_none_hides_another() -> None:
    """No kind of error is a kind of another, save of the root."""
    assert all(kind.__bases__ == (errors.TocsinError,) for kind in KINDS)
