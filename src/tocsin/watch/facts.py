"""What else there is to know of events that count, in columns beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np

from tocsin.records.sighting import Calming
from tocsin.watch.columns import Columns, Flags, Ints

CALMING: tuple[Calming, ...] = get_args(Calming)
# The columns of deaths.
LOW, BEST, HIGH = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A row a spell: deaths lowest, best and highest, 0 where nobody says; area -1, calm -1.

    Spell `armed[n, 0]` has the armed group number `armed[n, 1]`.
    """

    deaths: Ints
    area: Ints
    calm: Ints
    rung: Ints
    origins: Ints
    reported: Ints
    civilians: Flags
    disputed: Flags
    pressure: Flags
    armed: Ints


def facts(of: Columns) -> Facts:
    """Return the facts of some spells."""
    held = [one.sighting for one in of.spells]
    groups: dict[str, int] = {}
    armed = [
        (at, groups.setdefault(name, len(groups)))
        for at, one in enumerate(held)
        for name in one.groups
    ]
    table = np.array(
        [
            (
                *(one.deaths or (0, 0, 0)), -1 if one.area is None else one.area,
                -1 if one.calming is None else CALMING.index(one.calming), one.rung, one.origins,
                one.reported, one.civilians, one.disputed, one.pressure,
            )
            for one in held
        ],
        np.int64,
    ).reshape(len(held), 11)  # fmt: skip
    return Facts(
        deaths=table[:, :3].copy(), area=table[:, 3].copy(), calm=table[:, 4].copy(),
        rung=table[:, 5].copy(), origins=table[:, 6].copy(), reported=table[:, 7].copy(),
        civilians=table[:, 8].astype(bool), disputed=table[:, 9].astype(bool),
        pressure=table[:, 10].astype(bool), armed=np.array(armed, np.int64).reshape(len(armed), 2),
    )  # fmt: skip
