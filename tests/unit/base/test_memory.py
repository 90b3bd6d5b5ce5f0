"""The collector waits, and goes on afterwards as it did before."""

from __future__ import annotations

import gc

import pytest

from tocsin.base.memory import uncollected


def test_waits_and_goes_on() -> None:
    """Inside no cycles are sought; afterwards they are, whatever went wrong inside."""
    assert gc.isenabled()
    seen = []
    with pytest.raises(ValueError), uncollected():
        raise ValueError(seen.append(gc.isenabled()))
    assert seen == [False]
    assert gc.isenabled()


def test_leaves_it_off_where_it_was() -> None:
    """Whoever had switched the collector off finds it off; one inside another changes nothing."""
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
