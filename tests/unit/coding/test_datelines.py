"""Datelines: the day that an article's head gives."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.coding.datelines import dateline, openings
from tocsin.ontology import packs
from tocsin.ontology.packs import speaking

PUBLISHED = date(2014, 10, 4)

HEADS = [
    ("BAGHDAD, Oct 3 (Reuters) - Rebels left.", date(2014, 10, 3)),
    ("BEIJING, October 4 (Xinhua) -- Talks began.", date(2014, 10, 4)),
    ("Damascus, 3 Oct (AFP) - Rebels left.", None),
    ("DAMASCUS, Syria, 3 Oct (AFP) - Rebels left.", date(2014, 10, 3)),
    ("Friday 3 Oct 2014 Rebels left the port", date(2014, 10, 3)),
    ("Date of publication 3 October 2014 Rebels left", date(2014, 10, 3)),
    ("03.10.2014 Rebels left", date(2014, 10, 3)),
    ("BAGHDAD (Reuters) - Rebels left on Oct 3.", None),
    ("BAGHDAD, Aug 3 (Reuters) - Rebels left.", None),
    ("Rebels left on 3 October 2014.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "day"), HEADS)
def test_dateline(text: str, day: date | None) -> None:
    """A dateline close before the publication gives its day; dates of the story do not."""
    assert dateline(text, PUBLISHED) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Bagdad, 3 oct (EFE).- Los rebeldes se retiraron.", date(2014, 10, 3)),
        ("BAGDAD, 3 de octubre (AP) — Los rebeldes se retiraron.", date(2014, 10, 3)),
        ("Bagdad, 3 ago (EFE).- Los rebeldes se retiraron.", None),
        ("BAGDAD (AP) — Los rebeldes se retiraron el 3 de octubre.", None),
        ("Los rebeldes (kurdos) se retiraron el 3 de octubre.", None),
    ],
)
def test_a_pack_says_how_reports_open(text: str, day: date | None) -> None:
    """In another language the day is told as its time expressions are."""
    with speaking(packs.load()["es"]):
        assert dateline(text, PUBLISHED) == day


def test_without_publication() -> None:
    """Without a day of publication only a dateline with its year tells."""
    assert dateline("BAGHDAD, Oct 3 (Reuters) -", None) is None
    assert dateline("BAGHDAD, Oct 3, 2014 (Reuters) -", None) == date(2014, 10, 3)


@pytest.mark.parametrize(
    "opening",
    [
        "BASRA - ",
        "DAKAR, Senegal — ",
        "BAGHDAD, Oct 3 (Reuters) - ",
        "Baghdad (Reuters) – ",
        "WASHINGTON/BAGHDAD (Reuters) - ",
        "AIN AL-ASAD AIR BASE, Iraq (AP) -- ",
        "St. Petersburg (TASS) - ",
        "KYIV, 4 October 2024 (AFP) – ",
        "N'DJAMENA, Chad - ",
    ],
)
def test_an_opening_ends_with_its_dash(opening: str) -> None:
    """Place, country, day and agency stand before the report, whichever of them is there."""
    text = f"Talks fail again\n\n{opening}The two sides left."
    (found,) = openings(text)
    assert text[slice(*found)].strip() == opening.strip()


@pytest.mark.parametrize(
    "text",
    [
        "The army - which denied it - left the town.",
        "US-led forces - The list so far",
        "ANKARA said on Monday that it would not.",
        "HAMAS - whose leaders live abroad - refused.",
        "Hamas (founded in 1987) refused.",
    ],
)
def test_other_dashes_open_nothing(text: str) -> None:
    """Words set apart by dashes, and names without one, are what a report is about."""
    assert openings(text) == []
