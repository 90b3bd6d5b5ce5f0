"""The one door to the threads of NumPy's linear algebra."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def _pools() -> ThreadpoolController:
    return ThreadpoolController()


def single() -> AbstractContextManager[object]:
    """Return a context in which NumPy multiplies on one thread.

    Pair scores are many small products: threads that wait for each other would take ten times as
    long wherever something else wants the cores, such as a second process.
    """
    limited: AbstractContextManager[object] = _pools().limit(limits=1, user_api="blas")
    return limited
