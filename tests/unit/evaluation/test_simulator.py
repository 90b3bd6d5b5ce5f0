"""Simulated worlds: what was seen grows into what remains, and shifts are where they were put."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evaluation.simulated import remained
from evaluation.simulator import Plan, simulate

PLAN = Plan(series=60, steps=400, level=0.6, seed=4)


def test_a_world_is_the_same_each_time() -> None:
    """One plan makes one world, another seed another."""
    assert (simulate(PLAN).happened == simulate(PLAN).happened).all()
    assert (simulate(PLAN).happened != simulate(replace(PLAN, seed=5)).happened).any()


def test_what_is_seen_becomes_what_remains() -> None:
    """The last days are too low for late reports; old ones have been merged to what remains."""
    world = simulate(PLAN)
    step = 350
    seen = world.seen(step)
    assert (world.seen(399)[:, :200] == world.reported[:, :200]).mean() > 0.999
    assert seen[:, -3:].sum() < 0.8 * world.reported[:, step - 2 : step + 1].sum()
    assert (world.reported <= world.happened).all()


def test_without_delay_or_merges_all_is_seen_at_once() -> None:
    """Where reports come at once and once, an evening sees what remains."""
    world = simulate(replace(PLAN, delay=0, twice=0, found=1))
    assert (world.seen(300) == world.happened[:, :301]).all()


def test_merges_take_counts_down() -> None:
    """Records that are merged later stand too high at first."""
    world = simulate(replace(PLAN, delay=0, twice=0.5))
    assert world.seen(300)[:, -1].sum() > 1.2 * world.reported[:, 300].sum()


def test_the_panel_grows_and_the_world_does_not() -> None:
    """A panel of twice the size reports more of the same events."""
    world = simulate(replace(PLAN, growth=2.0, grown=200, delay=0))
    share = [world.reported[:, some].sum() / world.happened[:, some].sum()
             for some in (slice(0, 200), slice(200, 400))]  # fmt: skip
    assert share == pytest.approx([0.5, 0.75], abs=0.03)


def test_shifts() -> None:
    """The series that shift do so by about the factor that was asked for, the others do not."""
    world = simulate(replace(PLAN, shifted=0.5, shift=3.0, shifts=200, series=200))
    before, after = world.happened[:, :200].mean(1), world.happened[:, 230:].mean(1)
    assert after[world.changed].sum() / before[world.changed].sum() == pytest.approx(3, rel=0.2)
    assert after[~world.changed].sum() / before[~world.changed].sum() == pytest.approx(1, rel=0.2)
    assert 0.4 < np.mean(world.changed) < 0.6


def test_what_remains_of_a_week_is_what_stood_sixty_days_after_it() -> None:
    """The truth of all weeks at once is that of each, late reports and merges included."""
    world = simulate(PLAN)
    final = remained(world)
    for week in (0, 20, 47):
        later = world.seen(7 * (week + 1) + 60)
        assert (final[:, week] == later[:, 7 * week : 7 * week + 7].sum(1)).all()
    assert final.shape == (PLAN.series, 58)
