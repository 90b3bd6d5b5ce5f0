"""Near spellings: one slip from a country, and suggestions for a name that nobody has."""

from __future__ import annotations

import pytest

from tests.packaged import knowledge
from tocsin.ontology.nearby import country_near, spellings_near


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Ethopia", "ETH"),
        ("Quatar", "QAT"),
        ("Chenchen", "RUS"),
        ("Agrentina", "ARG"),
        ("Columbia", None),
        ("Alvand", None),
        ("Iran", None),
        ("Ethiopia", None),
        ("minister", None),
    ],
)
def test_one_slip(word: str, country: str | None) -> None:
    """A letter missing, added, wrong or swapped is forgiven in a long word that means nothing."""
    found = country_near(knowledge(), word)
    assert (found.id if found else None) == country


def test_suggestions() -> None:
    """Names spelled nearly like a text are suggested, the nearest first."""
    assert spellings_near(knowledge(), "Vladimir Puttin")[0] == "Vladimir Putin"
    assert spellings_near(knowledge(), "qqqqqqqq") == ()
