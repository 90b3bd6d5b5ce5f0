"""The list of signals: narrowed, in order of days, the few that stand for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tocsin.records.series import Party, Unit
from tocsin.records.signal import UNREAD, About, Signal, SignalKind
from tocsin.store import signals as kept
from tocsin.store.open import Store, open_store
from tocsin.views import signals
from tocsin.views.signals import Wanted
from tocsin.watch.scene import made

ON = date(2024, 11, 27)


def a_signal(
    unit: str = "IRQ",
    *,
    kind: SignalKind = "surge",
    about: About = "country",
    family: str = "material conflict",
    ago: int = 0,
    because: str = "Many events.",
) -> Signal:
    """Return a signal."""
    return made(
        kind, because, about=about, unit=unit, family=family, day=ON - timedelta(days=ago),
        value=6, threshold=4, baseline=2, events=("event-0000000000000001",),
    )  # fmt: skip


def named(units: Iterable[Unit]) -> Mapping[Unit, tuple[Party, ...]]:
    """Return names that are those of the units."""
    return {one: tuple(map(Party, one.name.split(">"))) for one in units}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    with open_store(tmp_path / "empty.db") as opened:
        yield opened


def test_days(store: Store) -> None:
    """The newest day stands first, what is kept beside what is worked out, each once."""
    today, before, old = a_signal(), a_signal(ago=2), a_signal(ago=9)
    with store.write() as connection:
        kept.keep(connection, [today, before, old], datetime.now(UTC))
    with store.read() as connection:
        view = signals.view(connection, [today, a_signal("LBN")], Wanted(), ON, named)
    assert [(day.day, [one.signal.unit for one in day.fired]) for day in view.days] == [
        (ON, ["IRQ", "LBN"]), (ON - timedelta(days=2), ["IRQ"]),
    ]  # fmt: skip
    assert view.total == 3
    assert view.kinds == {"surge": 3}
    assert view.units == (("IRQ", (Party("IRQ"),), 2), ("LBN", (Party("LBN"),), 1))
    assert view.days[0].fired[0].more == 1  # its event is not in this store


@pytest.mark.parametrize(
    ("wanted", "units"),
    [
        (Wanted(kind="rising"), ["LBN"]), (Wanted(unit="isr>lbn"), ["ISR>LBN"]),
        (Wanted(family="protest"), ["SDN"]), (Wanted(kind="deadline"), []),
    ],
)  # fmt: skip
def test_narrowed(store: Store, wanted: Wanted, units: list[str]) -> None:
    """A list keeps to a kind, a unit, a family, and says how many there are without that."""
    some = [
        a_signal("LBN", kind="rising"), a_signal("ISR>LBN", about="dyad"),
        a_signal("SDN", family="protest"),
    ]  # fmt: skip
    with store.read() as connection:
        view = signals.view(connection, some, wanted, ON, named)
    assert [one.signal.unit for day in view.days for one in day.fired] == units
    assert view.total == 3


def test_the_first_screen_has_room_for_few() -> None:
    """Each unit once before any twice; what may only be unread comes last."""
    some = [
        a_signal("IRQ", because=f"A rise. {UNREAD}"), a_signal("LBN"),
        a_signal("LBN", kind="rising"), a_signal("379253", about="area"), a_signal("SDN"),
    ]  # fmt: skip
    ranked = [(one.unit, one.kind) for one in signals.strongest(some)]
    assert [unit for unit, _ in ranked] == ["LBN", "SDN", "379253", "IRQ", "LBN"]
    assert ranked[-1][1] == "rising"


def test_of_a_country(store: Store) -> None:
    """A country's signals are its own and those of its dyads."""
    some = [a_signal("IRQ-REB>ISR", about="dyad"), a_signal("LBN"), a_signal("IRQ")]
    with store.read() as connection:
        found = signals.first(connection, some, "IRQ", named)
    assert sorted(one.signal.unit for one in found) == ["IRQ", "IRQ-REB>ISR"]
