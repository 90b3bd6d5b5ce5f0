"""Which entries of a feed are wanted, by patterns that users write.

Patterns run under a clock, since one bad pattern could otherwise stand still for years.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tocsin.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.records.source import Filter
    from tocsin.sources.feeds import Item

LONGEST = 2000  # characters of a part that are searched; addresses may have as many
# Seconds for one search, and for the tries after it: a sound pattern takes a thousandth of the
# first, but on a busy machine seconds pass without it.
SLOWEST = (0.1, 0.2, 0.8)
# What makes patterns go back and forth: the same letter again and again, and a wrong end.
_PROBES = tuple((part * LONGEST)[: LONGEST - 1] + "!" for part in ("a", "1", " ", "ab", "a "))


def wanted(filters: Sequence[Filter], item: Item, language: str | None = None) -> str | None:
    """Return why an entry is left out, None where it is wanted.

    Every pattern must be found in its part, and none that excludes. `language` is the feed's, for
    entries that give none. Raises InputError where a pattern is no good.
    """
    for one in filters:
        parts = _parts(one.part, item, language)
        found = next((part for part in parts if _search(one.matches, part)), None)
        if one.exclude and found is not None:
            return f"its {one.part} {found[:80]!r} matches `{one.matches}`, which is excluded"
        if not one.exclude and found is None:
            shown = ", ".join(repr(part[:80]) for part in parts[:3]) or "unknown"
            return f"its {one.part} ({shown}) does not match `{one.matches}`"
    return None


def fault(pattern: str) -> str | None:
    """Return what is wrong with a pattern, None where it can be used."""
    try:
        for probe in _PROBES:
            _search(pattern, probe)
    except InputError as error:
        return str(error)
    return None


def _parts(part: str, item: Item, language: str | None) -> list[str]:
    """Return the texts of an entry that a filter looks at."""
    if part == "category":
        return list(item.categories)
    values = {"title": item.title, "url": item.url, "language": item.language or language}
    value = values[part]
    return [value] if value else []


def _search(pattern: str, text: str) -> bool:
    compiled = _compiled(pattern)
    for seconds in SLOWEST:
        try:
            return bool(compiled.search(text[:LONGEST], timeout=seconds))
        except TimeoutError:
            continue
    raise InputError(f"the pattern `{pattern[:80]}` takes too long; repeat nothing that repeats")


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any:  # noqa: ANN401 - a pattern of a library without types
    import regex  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        return regex.compile(pattern, regex.IGNORECASE)
    except (regex.error, OverflowError, RecursionError, MemoryError) as error:
        raise InputError(f"the pattern `{pattern[:80]}` does not compile: {error}") from error
