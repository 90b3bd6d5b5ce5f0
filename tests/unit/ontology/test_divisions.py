"""The first-order divisions that places of the gazetteer lie in."""

from __future__ import annotations

from tocsin.ontology.divisions import divisions, titled

KHARTOUM, STATE, SUDAN = 379252, 379253, 366755


def test_places_in_divisions() -> None:
    """A town is in its division, a division in itself; a country is in none, nor who is unknown."""
    assert divisions([KHARTOUM, STATE, SUDAN, 4_294_967_000]) == {KHARTOUM: STATE, STATE: STATE}
    assert divisions([]) == {}


def test_names() -> None:
    """Divisions have names and countries; what is unknown is left out."""
    assert titled([STATE, 4_294_967_000]) == {STATE: ("Khartoum", "SDN")}
