"""Events that count, the shortest way; and documented indicators out of exported tables."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tocsin.records.event import Days, Event, Held, Spot, Tally, event_id
from tocsin.records.series import FAMILIES
from tocsin.records.sighting import Sighting

ON = date(2024, 6, 30)  # a Sunday
SCRIPT = Path(__file__).parent.parent / "docs" / "indicators.py"
TYPES = ("ASSAULT", "THREATEN", "AID", "CONSULT", "PROTEST")


def a_sighting(name: str, day: date, reported: date | None = None, **other: Any) -> Sighting:  # noqa: ANN401 - any field
    """Return an event that counts: an attack in Sudan, unless something else is said."""
    fields: dict[str, Any] = {
        "type": "ASSAULT", "family": "material conflict", "given": True, "located": "place",
        "countries": ("SDN",), "area": None, "dyads": (), "groups": (), "deaths": None,
        "civilians": False, "origins": 1, "disputed": False, "rung": 8, "calming": None,
        "pressure": False, "panels": (),
    }  # fmt: skip
    seen = reported or day
    return Sighting(
        event=f"event-{name}", day=day.toordinal(), reported=seen.toordinal(), **fields | other
    )


def an_event(name: str, day: date | None, reported: date, **other: Any) -> Event:  # noqa: ANN401 - any field
    """Return an event of a store: Sudan's army attacks the rebels of the RSF in Khartoum."""
    claim = f"claim-{name * 16:.16}"
    fields: dict[str, Any] = {
        "type": "ASSAULT", "modality": "actual", "level": "independent", "reports": (),
        "origins": (), "independent": 2, "copies": 0, "articles": 1, "start": day, "end": day,
        "first_reported": reported, "last_reported": reported,
        "actors": (Held(value="SDN", name="Sudan", claims=(claim,), country="SDN",
                        sectors=("MIL",)),),
        "recipients": (Held(value="sdn-rsf", name="RSF", claims=(claim,), country="SDN",
                            sectors=("REB",)),),
        "places": (Spot(name="Khartoum", claims=(claim,), country="SDN", geonames=379252,
                        precision="place", best=True),),
        "tallies": (Tally(kind="killed", low=3, best=4, high=None, as_of=None, given=()),),
        "days": (Days(start=day, end=day, claims=(claim,)),) if day else (),
    }  # fmt: skip
    return Event(id=event_id(claim), **fields | other)


def documented() -> dict[str, Callable[..., Any]]:
    """Return the functions of the documented script."""
    return runpy.run_path(str(SCRIPT))


def sightings() -> st.SearchStrategy[list[Sighting]]:
    """Return lists of events of a year and more, of few places and parties."""
    days = st.integers(0, 500)
    fields = st.fixed_dictionaries({
        "type": st.sampled_from(TYPES),
        "family": st.sampled_from(FAMILIES),
        "countries": st.sampled_from([(), ("SDN",), ("SDN", "TCD"), ("TCD",)]),
        "area": st.sampled_from([None, 1, 2, 3]),
        "dyads": st.sampled_from([(), ("SDN>TCD",), ("TCD>SDN",), ("SDN>SDN", "SDN>TCD")]),
        "groups": st.sampled_from([(), ("SDN",), ("SDN", "sdn-rsf")]),
        "deaths": st.sampled_from([None, (0, 1, 1), (3, 4, 70)]),
        "civilians": st.booleans(),
        "origins": st.integers(0, 5),
        "disputed": st.booleans(),
        "rung": st.integers(0, 10),
        "calming": st.sampled_from([None, "talks", "ceasefire", "release", "withdrawal"]),
        "pressure": st.booleans(),
        "panels": st.sampled_from([(), ("one",), ("one", "two")]),
    })  # fmt: skip
    one = st.tuples(days, st.integers(0, 80), fields)
    return st.lists(one, max_size=60).map(
        lambda rows: [
            a_sighting(
                f"{at:04}", date.fromordinal(ON.toordinal() - ago),
                date.fromordinal(min(ON.toordinal() - ago + late, ON.toordinal())), **other,
            )
            for at, (ago, late, other) in enumerate(rows)
        ]
    )  # fmt: skip
