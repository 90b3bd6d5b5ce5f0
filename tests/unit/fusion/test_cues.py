"""The ledger's knowledge: its types and sectors are the ontology's, its words mean one thing."""

from __future__ import annotations

import pytest

from tocsin.fusion.cues import cues, named, worded
from tocsin.ontology.load import load

CODES = [
    (kind.name, code)
    for kinds in (cues().costs, cues().demands)
    for kind in kinds.values()
    for code in (*kind.does, *kind.part)
] + [("signals", code) for code in cues().signals]


@pytest.mark.parametrize(("name", "code"), CODES, ids=str)
def test_codes(name: str, code: tuple[str, str | None]) -> None:
    """Every type and mode that carries something out is one of the ontology."""
    types = load().types
    kind, mode = code
    assert kind in types, name
    assert mode is None or mode in types[kind].modes, name


def test_sectors() -> None:
    """Every sector in a list is one of the ontology."""
    known = set(load().sectors)
    for name in ("state", "armed", "fighting", "onlookers", "people"):
        assert cues().sets[name] <= known, name


def test_gravity() -> None:
    """Every cost has its gravity on the scale."""
    assert all(kind.gravity in range(7) for kind in cues().costs.values())


@pytest.mark.parametrize(
    ("kind", "modes", "cost"),
    [
        ("ASSAULT", ("aerial",), "force"),
        ("MOBILIZE", ("weapons",), "weapons test"),
        ("COERCE", ("restrict",), "closure"),
        ("SANCTION", ("expel",), "expulsion"),
        ("SANCTION", (), "sanctions"),
        ("CONSULT", (), None),
    ],
)
def test_named(kind: str, modes: tuple[str, ...], cost: str | None) -> None:
    """A type with its modes names one kind of cost, the one that it carries out wholly."""
    found = named(cues().costs, kind, modes)
    assert (found.name if found else None) == cost


def test_worded() -> None:
    """Of several words the first counts, and the longest at a place."""
    found = worded(cues().costs, "would face sanctions and a missile test")
    assert found is not None
    assert (found[0].name, found[1][0]) == ("sanctions", "sanctions")
    assert worded(cues().costs, "would face the war-torn north") is None
