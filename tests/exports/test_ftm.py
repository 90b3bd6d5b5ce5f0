"""Countries and names of FollowTheMoney entities, as its own library takes them."""

from __future__ import annotations

import json

from followthemoney.types import registry

from tests.held import a_party, a_report, few, written
from tocsin.export import ftm
from tocsin.ontology.actors import facts


def test_countries_are_known_to_followthemoney() -> None:
    """Whatever code a country gets, FollowTheMoney has it; a state that is gone has its own."""
    codes = {one.id: ftm.code(one.id) for one in facts().countries}
    assert [code for code in codes.values() if code and not registry.country.validate(code)] == []
    assert [codes[name] for name in ("SUN", "YUG", "CSK", "SCG", "DDR", "FRA")] == [
        "suhh", "yucs", "cshh", "csxx", "dd", "fr",
    ]  # fmt: skip
    assert codes["ANT"] is codes["YMD"] is None


def test_names_that_mean_many() -> None:
    """A few letters in capitals and a bare family name are weak; a whole name is an alias."""
    claim = a_report(
        "Forces fought in Ostry under Brett.", "fought",
        [a_party("Forces", "REB", "SYR", "syr-sdf"), a_party("Brett", "GOV", "USA", "usa-mcgurk")],
    )  # fmt: skip
    made = [json.loads(line) for line in written("ftm", few([claim]))[0].splitlines()]
    named = {one["id"]: one["properties"] for one in made}
    forces, envoy = named["tocsin-syr-sdf"], named["tocsin-usa-mcgurk"]
    assert "SDF" in forces["weakAlias"]
    assert "SDF" not in forces["alias"]
    assert "Democratic Forces of Syria" in forces["alias"]
    assert "McGurk" in envoy["weakAlias"]
    assert "McGurk" not in envoy.get("alias", [])
