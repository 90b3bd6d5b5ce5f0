"""What pages show, put together for programs: the first screen, somebody, the queue."""

from __future__ import annotations

from msgspec import Struct

from tocsin.views.atlas import Places
from tocsin.views.changed import Changed
from tocsin.views.entity import Known, View
from tocsin.views.filter import Filter
from tocsin.views.lists import Lists
from tocsin.views.review import Shown
from tocsin.views.series import Weeks
from tocsin.views.signals import Fired
from tocsin.views.threats import Row
from tocsin.views.watch import Needs, Tally
from tocsin.views.watch import Shown as Picked


class Screen(Struct, frozen=True):
    """The first screen: what changed, what is due, when, where, what is watched, what waits.

    `shown` is the evidence of what is picked, `more_due` how many more threats are due, `signals`
    are those of the day that there is room for.
    """

    filter: Filter
    changed: Changed
    due: tuple[Row, ...]
    more_due: int
    weeks: Weeks
    places: Places
    lists: Lists
    needs: Needs
    tally: Tally
    countries: tuple[tuple[str, int], ...]
    shown: Picked | None = None
    signals: tuple[Fired, ...] = ()


class Somebody(Struct, frozen=True):
    """Somebody in the texts, and what is known of him besides."""

    view: View
    known: Known | None = None


class Queue(Struct, frozen=True):
    """Questions that wait to be decided, what matters most first; `left` is how many there are.

    `next` is what those behind are asked for by; null at the end.
    """

    items: tuple[Shown, ...]
    left: int
    next: str | None = None
