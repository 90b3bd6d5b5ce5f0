"""Threads: which claims restate one threat."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.threats import DAY, a_relation, an_event, by_id, events_of, told
from tocsin.fusion.sides import Alike, allies
from tocsin.fusion.threads import FLOOR, fit, group
from tocsin.fusion.threats import utterances
from tocsin.fusion.told import Told
from tocsin.fusion.uttered import Uttered


def rows(*claims: Told) -> list[Uttered]:
    """Return all candidates, in the order of the claims."""
    order = {row.claim.id: at for at, row in enumerate(claims)}
    found = utterances(events_of(claims), by_id(claims))
    return sorted(found, key=lambda one: order[one.claim.id])


def said(text: str, trigger: str = "threatened", *, days: int = 0, **sides: str) -> Told:
    """Return a threat told so many days after the first day."""
    return told(
        text, trigger, actors=[sides["by"]] if "by" in sides else [],
        recipients=[sides["to"]] if "to" in sides else [], day=DAY + timedelta(days),
        outlet=f"outlet {days}",
    )  # fmt: skip


def test_same_sides_and_cost() -> None:
    """The same sides and the same cost make one thread within some weeks, not after a year."""
    near, far = (
        rows(
            said("Norland threatened to attack Sudland.", by="Norland", to="Sudland"),
            said("Norland threatened to attack Sudland again.", by="Norland", to="Sudland",
                 days=days),
        )
        for days in (10, 365)
    )  # fmt: skip
    assert (len(group(near)), len(group(far))) == (1, 2)


def test_other_sides() -> None:
    """Another issuer or another target makes another thread."""
    text = "{} threatened to attack {}."
    made = [
        said(text.format(by, to), by=by, to=to, days=at)
        for at, (by, to) in enumerate(
            [("Norland", "Sudland"), ("Westland", "Sudland"), ("Norland", "Westland"),
             ("Norland", "the Front")]
        )
    ]  # fmt: skip
    assert len(group(rows(*made))) == 4


def test_army_speaks_for_its_state() -> None:
    """A state and its army are one side."""
    one, other = rows(
        said("Norland threatened to attack Sudland.", by="Norland", to="Sudland"),
        said("Norland's army threatened to attack Sudland.", by="Norland's army", to="Sudland",
             days=1),
    )  # fmt: skip
    assert fit(one, other) >= 0.5


def test_ally() -> None:
    """An ally counts as the side only where a text says that they belong together."""
    one, other = rows(
        said("Westland threatened to attack Norland.", by="Westland", to="Norland"),
        said("the League threatened to attack Norland.", by="the League", to="Norland", days=1),
    )
    allied = allies([a_relation("Westland", "member_of", "the League")])
    assert fit(one, other) == 0.0
    assert fit(one, other, Alike(allied)) >= 0.5


def test_unknown_side_joins() -> None:
    """Whom nobody can tell is not somebody else: with the same deadline it is one thread."""
    one, other = rows(
        said("Norland gave Sudland until Friday to leave.", "gave", by="Norland", to="Sudland"),
        said("officials gave Sudland until Friday to leave.", "gave", by="officials", to="Sudland",
             days=1),
    )  # fmt: skip
    assert fit(one, other) >= 0.5


def test_deterrent_is_no_demand() -> None:
    """What is to be done and what is not to be done are two threads."""
    one, other = rows(
        said("Norland threatened to attack Sudland if it rearms.", by="Norland", to="Sudland"),
        said("Norland threatened to attack Sudland unless it disarms.", by="Norland",
             to="Sudland", days=1),
    )  # fmt: skip
    assert fit(one, other) == 0.0


def test_fused_claims() -> None:
    """Claims of one event are of one thread, whatever their words."""
    one = said("Norland threatened to attack Sudland.", by="Norland", to="Sudland")
    other = said("A clear threat was issued to attack.", "threat", days=3)
    found = utterances([an_event(one, other)], by_id([one, other]))
    assert len(group(found)) == 1


def test_pointing() -> None:
    """A noun like "the ultimatum" joins the thread of its article or its sides, and begins none."""
    one = said("Norland gave Sudland two days to leave.", "gave", by="Norland", to="Sudland")
    other = said("Norland let its ultimatum to Sudland stand.", "ultimatum", by="Norland",
                 to="Sudland", days=1)  # fmt: skip
    assert group(rows(other)) == []
    assert [len(thread) for thread in group(rows(one, other))] == [2]


def test_order_of_input() -> None:
    """Threads do not depend on the order in which claims come."""
    made = rows(
        said("Norland threatened to attack Sudland.", by="Norland", to="Sudland"),
        said("Westland threatened to attack Sudland.", by="Westland", to="Sudland", days=1),
        said("Norland repeated its threat to attack Sudland.", "threat", by="Norland",
             to="Sudland", days=2),
    )  # fmt: skip
    assert group(made) == group(reversed(made))


WORDS = (
    ("{by} threatened to attack {to}.", "threatened"),
    ("{by} threatened {to} with sanctions unless it leaves the valley by 3 June.", "threatened"),
    ("{by} gave {to} ten days to leave the valley.", "gave"),
    ("{by} let its ultimatum to {to} stand.", "ultimatum"),
    ("{by} withdrew its threat to attack {to}.", "threat"),
    ("{by} had threatened last month to attack {to}.", "threatened"),
    ("{by} demanded that {to} leave the valley.", "demanded"),
)
SIDES = st.sampled_from(["Norland", "Sudland", "Westland", "the Front", ""])


@st.composite
def claims(draw: st.DrawFn, days: st.SearchStrategy[int]) -> Told:
    """Draw a threat, or words about one, of some day; its sides may be told by nobody."""
    text, trigger = draw(st.sampled_from(WORDS))
    by, to = draw(SIDES), draw(SIDES)
    sides = {name: who for name, who in (("by", by), ("to", to)) if who}
    shown = text.format(by=by or "Somebody", to=to or "others")
    return said(shown, trigger, days=draw(days), **sides)


LATER = st.sampled_from([1, 20, 22, 44, 46, 89, 91, 300, 399, 401])


@given(claims(st.just(0)), claims(LATER))
def test_one_thread_where_they_fit(one: Told, other: Told) -> None:
    """A later claim joins a thread just where it fits the earlier one, however far apart."""
    found = rows(one, other)
    assume(len(found) == 2 and found[0].founds)
    joined = any(len(thread) == 2 for thread in group(found))
    assert joined == (fit(found[0], found[1]) >= FLOOR)
