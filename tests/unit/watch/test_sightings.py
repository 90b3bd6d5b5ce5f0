"""What counts of an event: when, where, between whom, how many dead."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from tests.counted import an_event
from tocsin.records.event import Event, Held
from tocsin.watch.sightings import Seen, Side, dyads, family, left_out, party, sighting

DAY = date(2024, 5, 6)


def _seen(event: Event) -> Seen:
    """Return an event as counting reads it out of a store's bytes."""
    return msgspec.json.decode(msgspec.json.encode(event), type=Seen)


def test_a_whole_event() -> None:
    """Day, place, division, dyad, armed actors and deaths come out of the event's record."""
    made = sighting(_seen(an_event("a", DAY, DAY)), {379252: 379253}, {})
    assert (made.day, made.reported, made.given) == (DAY.toordinal(), DAY.toordinal(), True)
    assert (made.located, made.countries, made.area) == ("place", ("SDN",), 379253)
    assert made.dyads == ("SDN>sdn-rsf",)
    assert made.groups == ("SDN", "sdn-rsf")
    assert made.deaths == (3, 4, 4)
    assert (made.family, made.rung, made.civilians) == ("material conflict", 8, False)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, None),
        ({"modality": "possible"}, "not happened"),
        ({"modality": "negated"}, "not happened"),
        ({"level": "retracted"}, "retracted"),
        ({"outcomes": (Held(value="foiled", name="foiled", claims=("claim-a",)),)}, "foiled"),
        ({"outcomes": (Held(value="intercepted", name="", claims=("claim-a",)),)}, None),
        ({"start": date(2024, 5, 1), "end": date(2024, 5, 7)}, None),
        ({"start": date(2024, 5, 1), "end": date(2024, 5, 8)}, "vague days"),
        ({"start": None, "end": None}, None),
    ],
)
def test_what_counts(changes: dict[str, object], why: str | None) -> None:
    """Events that did not happen, were taken back, stopped, or lie in a month count for nothing."""
    assert left_out(_seen(an_event("a", DAY, DAY, **changes))) == why


def test_without_a_day() -> None:
    """An event without a day goes by its first report, is marked, and has nobody's dead."""
    made = sighting(_seen(an_event("a", None, DAY)), {}, {})
    assert (made.day, made.given, made.deaths) == (DAY.toordinal(), False, None)


def test_no_event_after_its_report() -> None:
    """A day after the first report cannot be right; the report's is taken."""
    made = sighting(_seen(an_event("a", date(2024, 6, 1), DAY)), {}, {})
    assert (made.day, made.given) == (DAY.toordinal(), False)


def test_where_without_a_place() -> None:
    """Without a place an event is where whom it hits is, else where who acts is."""
    hit = sighting(_seen(an_event("a", DAY, DAY, places=())), {}, {})
    assert (hit.located, hit.countries, hit.area) == ("recipient", ("SDN",), None)
    alone = sighting(_seen(an_event("a", DAY, DAY, places=(), recipients=())), {}, {})
    assert alone.located == "actor"
    nobody = an_event("a", DAY, DAY, places=(), recipients=(), actors=())
    assert sighting(_seen(nobody), {}, {}).located == "nowhere"


@pytest.mark.parametrize(
    ("side", "name"),
    [
        (Side("SDN", "SDN", ("GOV",)), "SDN"),
        (Side("sdn-army", "SDN", ("MIL",)), "SDN"),
        (Side("sdn-rsf", "SDN", ("REB",)), "sdn-rsf"),
        (Side("rebels", "SDN", ("REB",)), "SDN-REB"),
        (Side("rebels", None, ("REB",)), None),
        (Side("igo-un", "IGO"), "igo-un"),
        (Side("envoys", "IGO"), None),
        (Side("int-islamic-state", None, ("REB",)), "int-islamic-state"),
        (Side("villagers", "SDN", ("CVL",)), "SDN"),
    ],
)
def test_parties(side: Side, name: str | None) -> None:
    """Armed groups and organisations are themselves, all else is its country."""
    assert party(side) == name


def test_dyads() -> None:
    """Who acts stands before whom it is done to; where all act, each does to each."""
    one, other, third = Side("A", "AAA"), Side("B", "BBB"), Side("C", "CCC")
    assert dyads((one, other), (third,)) == ("AAA>CCC", "BBB>CCC")
    assert dyads((one, other), ()) == ("AAA>BBB", "BBB>AAA")
    assert dyads((one,), ()) == ()
    assert dyads((one, one), (one,)) == ("AAA>AAA",)


def test_families() -> None:
    """Every type is in one family; types of one's own are material conflict."""
    assert family("THREATEN") == "verbal conflict"
    assert family("PROTEST") == "protest"
    assert family("CYBERATTACK") == "material conflict"


def test_panels_and_ladder() -> None:
    """A report's panels are the event's; modes stand on rungs of their own, and calm."""
    told = an_event("a", DAY, DAY, modes=("aerial",))
    assert sighting(_seen(told), {}, {}).rung == 9
    calm = sighting(_seen(an_event("a", DAY, DAY, type="RETREAT", modes=("ceasefire",))), {}, {})
    assert (calm.calming, calm.rung, calm.family) == ("ceasefire", 0, "material cooperation")
    assert sighting(_seen(an_event("a", DAY, DAY, type="REQUEST")), {}, {}).pressure
