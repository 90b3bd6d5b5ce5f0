"""Tables as nights left them, and every evening between."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from tests.counted import a_sighting
from tocsin.records.sighting import Change, Sighting
from tocsin.watch.columns import columns
from tocsin.watch.history import change, changed, last, spells

FIRST = date(2024, 3, 1)


def _nights(seed: int) -> list[tuple[date, dict[str, Sighting]]]:
    """Return tables of many nights, two of them now and then in one: events come, change and go."""
    chance = Random(seed)  # noqa: S311 - the same nights every time
    table: dict[str, Sighting] = {}
    out = []
    night = FIRST
    for number in range(40):
        for at in range(chance.randint(0, 4)):
            reported = night - timedelta(days=chance.randint(0, 3))
            one = a_sighting(
                f"{number:02}{at}", reported - timedelta(days=chance.randint(0, 9)), reported
            )
            table[one.event] = one
        for name in chance.sample(sorted(table), min(2, len(table))):
            if chance.random() < 0.3:
                del table[name]
            else:
                table[name] = replace(table[name], origins=table[name].origins + 1)
        out.append((night, dict(table)))
        night += timedelta(days=chance.randint(0, 2))
    return out


def _history(nights: list[tuple[date, dict[str, Sighting]]]) -> list[tuple[date, Change]]:
    before: dict[str, Sighting] = {}
    out = []
    for night, table in nights:
        out.append((night, change(before, table)))
        before = table
    return out


def test_every_night_comes_back() -> None:
    """Out of changes every night's table is there again, whatever came of its events since."""
    for seed in range(20):
        nights = _nights(seed)
        of = columns(spells(_history(nights)))
        for night, table in dict(nights).items():
            kept = [
                one.sighting for one, there in zip(of.spells, of.on(night), strict=True) if there
            ]
            assert {one.event: one for one in kept} == table
            assert len(kept) == len(table)
        assert last(by for _, by in _history(nights)) == nights[-1][1]


def test_between_nights() -> None:
    """Between two nights, what is new in the second is seen from its report on."""
    one = a_sighting("a", FIRST, FIRST)
    other = a_sighting("b", FIRST, FIRST + timedelta(days=3))
    early = a_sighting("c", FIRST, FIRST - timedelta(days=9))
    table = {"event-a": one}
    later = table | {"event-b": other, "event-c": early}
    of = columns(
        spells([(FIRST, change({}, table)), (FIRST + timedelta(days=5), change(table, later))])
    )
    seen = {one.sighting.event: date.fromordinal(one.seen) for one in of.spells}
    # The first night did not have c, however early its report: it came in afterwards.
    assert seen == {
        "event-a": FIRST,
        "event-b": FIRST + timedelta(days=3),
        "event-c": FIRST + timedelta(days=1),
    }


def test_before_the_first_night() -> None:
    """Before any table was kept, an event is seen from its first report on."""
    one = a_sighting("a", FIRST, FIRST - timedelta(days=30))
    (spell,) = spells([(FIRST, change({}, {"event-a": one}))])
    assert date.fromordinal(spell.seen) == FIRST - timedelta(days=30)


def test_changes_are_small() -> None:
    """A change holds what is new, other or gone, in one order; without any it is empty."""
    one, other = a_sighting("a", FIRST), a_sighting("b", FIRST)
    two = {"event-b": other, "event-a": one}
    assert change({}, two).put == (one, other)
    assert change(two, two) == Change((), ())
    assert change(two, {"event-a": replace(one, origins=4)}) == Change(
        (replace(one, origins=4),), ("event-b",)
    )
    assert changed(two, Change((), ("event-a",))) == {"event-b": other}
