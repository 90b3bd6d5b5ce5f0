"""What the first screen, the map and the ledger share: the filter in an address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tocsin.desk.doors import Desk
from tocsin.desk.render import Asked, address
from tocsin.views import filter as filters
from tocsin.views.filter import Filter
from tocsin.views.index import FAMILIES, Index

# Days that "new" may be counted from, as the screen offers them.
SPANS = (1, 7, 28)


def filtered(request: Asked, desk: Desk) -> tuple[Index, Filter]:
    """Return all events in columns, and the filter that an address holds."""
    index = desk.doors.lookout.index(desk.store)
    latest = filters.latest(index, desk.clock().date())
    return index, filters.read(request.query_params, latest)


def linked(path: str, of: Filter) -> Callable[..., str]:
    """Return what makes an address of the same filter with changes; `start` and `end` are days."""

    def to(at: str = path, /, **changes: str | None) -> str:
        for name, key in (("start", "from"), ("end", "to")):
            if name in changes:
                changes[key] = changes.pop(name)
        return address(at, **of.address(**changes))

    return to


def frame(path: str, of: Filter) -> dict[str, object]:
    """Return what every page with a filter gives its template."""
    spans = [(days, (of.on - timedelta(days=days)).isoformat()) for days in SPANS]
    return {
        "of": of, "to": linked(path, of), "path": path, "families": FAMILIES, "spans": spans,
        "held": of.address(),
    }  # fmt: skip
