"""Actors are called as most claims call them, in either database."""

from __future__ import annotations

from tests.build import a_claim, a_participant, a_span
from tests.stored import a_coded, a_parcel, keep, put
from tocsin.store import actors
from tocsin.store.open import Store
from tocsin.views import entity

TEXTS = (
    ("Aland attacked Northfield.", "Aland", "Northfield"),
    ("Aland shelled Northfield.", "Aland", "Northfield"),
    # Its name comes first by the alphabet and last by the day.
    ("Aaport attacked Northfield.", "Aaport", "Northfield"),
)


def test_usual_name(store: Store) -> None:
    """A name that a text gives once is not what lists and neighbours show."""
    for number, (text, who, whom) in enumerate(TEXTS):
        parcel = a_parcel(text, place=f"tales/{number}.txt")
        word = text.split()[1]
        actor = a_participant(a_span(text, who), country="ALA", entity="ALA")
        recipient = a_participant(a_span(text, whom), country="NOR", entity="NOR")
        put(store, parcel)
        claim = a_claim(parcel.article, word, actors=(actor,), recipients=(recipient,))
        keep(store, a_coded(parcel.article, claim))
    with store.read() as connection:
        listed = {one.name: (one.shown, one.country, one.acts) for one in actors.listed(connection)}
        found = [one.shown for one in actors.listed(connection, "aaport")]
        beside = entity.view(connection, "NOR", {})
    assert listed == {"ALA": ("Aland", "ALA", 3), "NOR": ("Northfield", "NOR", 0)}
    assert found == ["Aland"]
    assert beside is not None
    assert [edge.shown for edge in beside.edges] == ["Aland"]
