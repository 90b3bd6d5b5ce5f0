"""The audit: contradictions and shared names are all found, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.ontology.actors import Knowledge, load
from tocsin.ontology.audit import Clash, clash_rows, clashes, problems

if TYPE_CHECKING:
    from pathlib import Path

COUNTRIES = "- {id: ARV, iso2: AV, name: Arvania}\n- {id: BEL, iso2: BE, name: Belmark}\n"


def person(name: str, role: str, extra: str = "country: ARV") -> str:
    """Return a person as an entry, with one role."""
    return f"- {{id: {name.lower()}, name: {name} Moro, aliases: [Moro], kind: person, {extra}, roles: [{{{role}}}]}}\n"  # noqa: E501


def knowledge_of(path: Path, actors: str, countries: str = COUNTRIES) -> Knowledge:
    """Return what a folder with these actors knows."""
    (path / "actors").mkdir()
    (path / "actors" / "av.yml").write_text(actors, encoding="utf-8")
    (path / "countries.yml").write_text(countries, encoding="utf-8")
    return load(path)


STATE = "office: head-of-state, sectors: [GOV]"


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("until: 2015-06-30", "from: 2015-06-30", 0),
        ("until: 2015-06-29", "from: 2015-06-28", 1),
        ('until: "2015-06"', "from: 2015-06-12", 0),
        ("until: 2015", "from: 2015-06-12", 0),
        ("until: 2015-06-29", 'from: "2015-06"', 0),
        ("until: 2015-06-29", "from: 2015-06-12, acting: true", 0),
        ("until: 2015-06-29, disputed: true", "from: 2015-06-12", 0),
        ("from: 2010-03-02", "from: 2015-03-02", 1),
    ],
)
def test_joint_terms(tmp_path: Path, one: str, other: str, found: int) -> None:
    """Two sure terms of one office may share a handover, or the month or year that dates it."""
    actors = person("Ana", f"{STATE}, {one}") + person("Ben", f"{STATE}, {other}")
    assert len(problems(knowledge_of(tmp_path, actors))) == found


def test_strangers(tmp_path: Path) -> None:
    """Parents, patrons and organisations that nobody knows are each named."""
    extra = "country: ARV, parents: [ghost], patrons: [BEL, spectre]"
    found = problems(knowledge_of(tmp_path, person("Ana", "sectors: [GOV], of: phantom", extra)))
    assert [word for word in ("ghost", "spectre", "phantom") if any(word in f for f in found)] == [
        "ghost",
        "spectre",
        "phantom",
    ]
    assert len(found) == 3


def test_shared_name_of_countries(tmp_path: Path) -> None:
    """A name that two countries claim as their own is a contradiction."""
    countries = COUNTRIES.replace("name: Belmark", "name: Belmark, people: [Arvania]")
    assert problems(knowledge_of(tmp_path, "[]", countries)) == ("arvania first means ARV and BEL",)


@pytest.mark.parametrize(
    ("one", "other", "extra", "apart"),
    [
        ("sectors: [GOV]", "sectors: [GOV]", "country: BEL", "country"),
        ("sectors: [GOV]", "sectors: [OPP]", "country: ARV", "sectors"),
        ("sectors: [GOV]", "sectors: [GOV]", "country: ARV", "full name"),
        ("sectors: [GOV], until: 2015", "sectors: [GOV], from: 2016", "country: ARV", None),
    ],
)
def test_clashes(tmp_path: Path, one: str, other: str, extra: str, apart: str | None) -> None:
    """A name that two actors of one time share is listed with what tells them apart."""
    found = clashes(knowledge_of(tmp_path, person("Ana", one) + person("Ben", other, extra)))
    assert found == ((Clash("moro", ("ana", "ben"), apart),) if apart else ())


def test_clash_rows() -> None:
    """Clashes are written one a line."""
    found = [Clash("moro", ("ana", "ben"), "full name")]
    assert clash_rows(found) == '- {name: "moro", actors: [ana, ben], apart: full name}\n'
