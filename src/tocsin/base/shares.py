"""Shares of small numbers, with what they may be."""

from __future__ import annotations


def interval(count: int, n: int, out: float) -> tuple[float, float]:
    """Return the bounds of a share of `count` in `n`, with a chance of `out` beyond each.

    They are quantiles of the Beta distribution over a flat one before anything was counted.
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - few ask for it

    a, b = count + 1, n - count + 1
    return float(betaincinv(a, b, out)), float(betaincinv(a, b, 1 - out))
