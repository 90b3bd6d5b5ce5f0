"""What units are called: countries by their names, areas with their country, dyads by both."""

from __future__ import annotations

import pytest

from tocsin.ontology.units import called, parties
from tocsin.records.series import Party, Unit, UnitKind


@pytest.mark.parametrize(
    ("kind", "name", "plain", "spoken"),
    [
        ("country", "IRQ", "Iraq", "Iraq"),
        ("country", "USA", "United States", "the United States"),
        ("country", "NLD", "Netherlands", "the Netherlands"),
        ("area", "379253", "Khartoum, Sudan", "Khartoum, Sudan"),
        ("dyad", "ISR>IRQ-REB", "Israel>rebels of Iraq", "Israel>rebels of Iraq"),
        ("dyad", "CAF>lbn-hezbollah", "Central African Republic>Hezbollah",
         "the Central African Republic>Hezbollah"),
        ("dyad", "?>ISR", "somebody>Israel", "somebody>Israel"),
    ],
)  # fmt: skip
def test_names(kind: UnitKind, name: str, plain: str, spoken: str) -> None:
    """Units have names, and articles where sentences need them."""
    unit = Unit(kind, name)
    assert called([unit]) == {name: plain}
    assert called([unit], spoken=True) == {name: spoken}


@pytest.mark.parametrize(
    ("kind", "name"), [("country", "ZZZ"), ("area", "4294967000"), ("area", "x")]
)
def test_what_nobody_knows(kind: UnitKind, name: str) -> None:
    """What is not known keeps the name that it has."""
    unit = Unit(kind, name)
    assert called([unit]) == {name: name}
    assert parties([unit]) == {unit: (Party(name),)}


def test_parts() -> None:
    """Parts say by what other languages know them, and which sector stands for a country."""
    unit = Unit("dyad", "ISR>IRQ-REB")
    assert parties([unit])[unit] == (Party("Israel", "IL"), Party("Iraq", "IQ", "REB"))
