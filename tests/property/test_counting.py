"""Laws of counting: the documented script agrees, nothing looks ahead, order does not matter."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counted import ON, a_sighting, documented, sightings
from tocsin.export import series as tables
from tocsin.pipeline.measuring import values
from tocsin.records.series import FAMILIES
from tocsin.records.sighting import Sighting
from tocsin.watch.columns import FOREVER, Columns, Spell, columns, standing
from tocsin.watch.measures import measured, view
from tocsin.watch.owed import Owed
from tocsin.watch.panels import Document
from tocsin.watch.series import counted, ended
from tocsin.watch.triangle import triangle

SCRIPT = documented()
DOCUMENTS = st.lists(
    st.builds(
        Document,
        source=st.sampled_from(["a", "b", "c"]),
        day=st.integers(ON.toordinal() - 460, ON.toordinal()),
        number=st.integers(1, 9),
    ),
    max_size=60,
    unique_by=lambda one: one[:2],
)
DAYS = st.none() | st.integers(-30, 30).map(lambda ago: ON - timedelta(days=ago))
OWED = st.lists(
    st.tuples(st.sampled_from([(), ("SDN>TCD",), ("TCD>SDN", "SDN>TCD")]), DAYS), max_size=5
).map(
    lambda rows: [
        Owed(f"threat-{at}", dyads, due, due and due + timedelta(days=2))
        for at, (dyads, due) in enumerate(rows)
    ]
)
PANELS: dict[str, tuple[str, ...]] = {"a": ("one",), "b": ("one", "two")}


def _differing(of: Columns, on: date, documents: list[Document], owed: list[Owed]) -> str:
    """Return what the documented script says of exported tables."""
    published = tuple(sorted(documents))
    made = values(view(of, on), published, PANELS, tuple(owed))
    with TemporaryDirectory() as folder, redirect_stdout(io.StringIO()) as said:
        tables.write(
            Path(folder), on, date.fromordinal(ended(on, "week") - 1), columns=of,
            counts=counted(of, on), documents=published, panels=PANELS, owed=owed, values=made,
            triangles={name: triangle(of, on, of.family == at) for at, name in enumerate(FAMILIES)},
        )  # fmt: skip
        differ = SCRIPT["main"](folder)
    text = said.getvalue()
    assert f"{len(made):,} indicators" in text
    return text if differ else ""


@settings(max_examples=30, deadline=None)
@given(sightings(), DOCUMENTS, OWED, st.integers(0, 13))
def test_the_script_agrees(
    some: list[Sighting], documents: list[Document], owed: list[Owed], ago: int
) -> None:
    """The script of the documentation makes every indicator anew, to the last digit."""
    on = ON - timedelta(days=ago)
    kept = [one for one in documents if one.day <= on.toordinal()]
    assert _differing(standing(some), on, kept, owed) == ""


@settings(max_examples=15, deadline=None)
@given(sightings(), st.data())
def test_the_script_agrees_on_changes(some: list[Sighting], data: st.DataObject) -> None:
    """It does so where events went again and came late, as nights saw them."""
    spells = [
        Spell(one, one.reported, data.draw(st.sampled_from([FOREVER, one.reported + 3])))
        for one in some
    ]
    assert _differing(columns(spells), ON, [], []) == ""


@settings(max_examples=25, deadline=None)
@given(sightings(), sightings(), st.integers(0, 90))
def test_nothing_looks_ahead(some: list[Sighting], more: list[Sighting], ago: int) -> None:
    """What is first reported after a day changes nothing that was said on it."""
    on = ON - timedelta(days=ago)
    known = [one for one in some if one.reported <= on.toordinal()]
    named = (f"event-x{at:04}" for at in range(len(more)))
    late = [
        Sighting(*(name, *one_fields(one)))
        for name, one in zip(named, more, strict=True)
        if one.reported > on.toordinal()
    ]
    before, after = standing(known), standing([*known, *late])
    for step in ("day", "week"):
        one, other = (counted(of, on, step=step, steps=60) for of in (before, after))
        assert (one.keys, one.left) == (other.keys, other.left)
        assert (one.counts == other.counts).all()
    assert sorted(measured(view(before, on))) == sorted(measured(view(after, on)))


def one_fields(one: Sighting) -> list[object]:
    """Return all fields of an event but its name."""
    return [getattr(one, name) for name in Sighting.__struct_fields__[1:]]


@settings(max_examples=15, deadline=None)
@given(sightings().flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_order_does_not_matter(both: tuple[list[Sighting], list[Sighting]]) -> None:
    """In whichever order events come, counts and indicators are the same."""
    one, other = (standing(some) for some in both)
    assert counted(one, ON).keys == counted(other, ON).keys
    assert (counted(one, ON).counts == counted(other, ON).counts).all()
    assert list(measured(view(one, ON))) == list(measured(view(other, ON)))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_script_agrees_on_many(seed: int) -> None:
    """It does so on a thousand events, where completeness can be told."""
    chance = Random(seed)  # noqa: S311 - the same events every time
    some = []
    for at in range(1_000):
        ago = chance.randint(0, 400)
        day = ON - timedelta(days=ago)
        some.append(
            a_sighting(
                f"{at:04}", day, min(day + timedelta(days=int(chance.expovariate(0.3))), ON),
                family=chance.choice(FAMILIES[:2]), origins=chance.randint(1, 4),
                dyads=chance.choice([("SDN>TCD",), ("TCD>SDN",), ()]),
            )
        )  # fmt: skip
    of = standing(some)
    assert len([one for one in measured(view(of, ON)) if one.indicator.startswith("I13")]) == 28
    assert _differing(of, ON, [], []) == ""
