"""Countries: every name they go by, and which of several is meant first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.base.errors import OntologyError
from tocsin.ontology.actors import Knowledge, load

if TYPE_CHECKING:
    from pathlib import Path

COUNTRIES = """\
- id: ARV
  iso2: AV
  name: Arvania
  names: [the Arvanian Union, AU]
  adjectives: [Arvanian, Coastal]
  people: [Arvanian, Arvanians]
  capital: Arva
  capitals: [Port Arva]
  metonyms: [Old Mill, {name: Long House, sectors: [LEG]}]
  parts: [{name: Moorland, adjectives: [Moorish], capital: Moortown}]
- {id: BEL, iso2: BE, name: Belmark, adjectives: [Coastal], second: [Coastal]}
- {id: XTA, name: Tarn, of: BEL, partial: true, from: 1990-05-01, until: 2001}
"""


def knowledge_of(path: Path, countries: str = COUNTRIES) -> Knowledge:
    """Return what a folder of countries without actors knows."""
    (path / "countries.yml").write_text(countries, encoding="utf-8")
    return load(path)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Arvania", "ARV"),
        ("the Arvanian Union", "ARV"),
        ("AU", "ARV"),
        ("Arvanians", "ARV"),
        ("Moorish", "ARV"),
        ("Coastal", "ARV"),
        ("Tarn", "XTA"),
        ("au", None),
        ("Arva", None),
        ("Arvania said", None),
        ("", None),
    ],
)
def test_country_named(tmp_path: Path, text: str, country: str | None) -> None:
    """A whole name, adjective or people means a country; a capital or a longer text does not."""
    found = knowledge_of(tmp_path).country_named(text)
    assert (found.id if found else None) == country


def test_codes_of_other_lists(tmp_path: Path) -> None:
    """A country has the codes of other lists that its row gives, and none where it gives none."""
    rows = "- {id: ARV, iso2: AV, iso: 903, cow: 901, gw: 902, fips: AX, name: Arvania}\n"
    country = knowledge_of(tmp_path, rows).countries["ARV"]
    assert (country.iso, country.cow, country.gw, country.fips) == (903, 901, 902, "AX")
    plain = knowledge_of(tmp_path).countries["BEL"]
    assert (plain.iso, plain.cow, plain.gw, plain.fips) == (None, None, None, None)


def test_codes_are_numbers(tmp_path: Path) -> None:
    """A code that should be a number and is none is refused, with its place."""
    with pytest.raises(OntologyError, match="cow should be a number"):
        knowledge_of(tmp_path, "- {id: ARV, cow: USA, name: Arvania}\n")


def test_open_name_means_no_country(tmp_path: Path) -> None:
    """A name that is first of two countries means none."""
    text = COUNTRIES.replace(", second: [Coastal]", "")
    assert knowledge_of(tmp_path, text).country_named("Coastal") is None


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Arvania", {("country", "Arvania")}),
        ("Arvanian", {("adjective", "Arvania"), ("people", "Arvania")}),
        ("Port Arva", {("capital", "Arvania")}),
        ("Old Mill", {("metonym", "Old Mill")}),
        ("Moorland", {("country", "Moorland")}),
        ("Moortown", {("capital", "Moorland")}),
    ],
)
def test_kinds(tmp_path: Path, text: str, kinds: set[tuple[str, str]]) -> None:
    """A match says what kind of name it is, and names the part or house where it is one."""
    matches = knowledge_of(tmp_path).find(text.split(), 0)
    assert {(match.kind, match.name) for match in matches} == kinds


def test_metonyms_have_sectors(tmp_path: Path) -> None:
    """A seat of power stands for the government unless it says otherwise."""
    knowledge = knowledge_of(tmp_path)
    sectors = [knowledge.find(text.split(), 0)[0].sectors for text in ("Old Mill", "Long House")]
    assert sectors == [("GOV",), ("LEG",)]


def test_code(tmp_path: Path) -> None:
    """An entity without an ISO code is recorded under its parent, a territory under its own."""
    countries = knowledge_of(tmp_path).countries
    assert (countries["ARV"].code, countries["XTA"].code) == ("ARV", "BEL")


def test_second_meaning_comes_last(tmp_path: Path) -> None:
    """A word of two countries gives both, the one it first means before the other."""
    matches = knowledge_of(tmp_path).find(["Coastal", "forces"], 0)
    assert [match.id for match in matches] == ["ARV", "BEL"]


@pytest.mark.parametrize(
    ("countries", "found"),
    [
        (COUNTRIES + COUNTRIES, "twice"),
        ("- {id: ARV, name: Arvania, of: BEL}", "BEL"),
        ("- {id: ARV, name: Arvania, citizens: [Arvanian]}", "citizens"),
        ("- {id: ARV, name: Arvania, metonyms: [{name: Mill, sectors: [LGE]}]}", "LGE"),
    ],
)
def test_bad_countries_are_refused(tmp_path: Path, countries: str, found: str) -> None:
    """A country that stands there twice, or names something unknown, is refused."""
    with pytest.raises(OntologyError, match=found):
        knowledge_of(tmp_path, countries)
