"""Known names: whose they are, on the day and with the words around them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.packaged import a_scene, who
from tests.phrases import a_subject, read, seen

OBASANJO = """
Nigerian  nigerian  ADJ   3 amod
President president PROPN 3 compound
Olusegun  Olusegun  PROPN 5 nsubj
Obasanjo  Obasanjo  PROPN 3 flat
left      leave     VERB  0 root
"""
OTHER = """
Khaleda Khaleda PROPN 3 nsubj
Kweldi  Kweldi  PROPN 1 flat
left    leave   VERB  0 root
"""
FIRM = """
Air      Air      PROPN 2 compound
Zimbabwe Zimbabwe PROPN 3 nsubj
left     leave    VERB  0 root
"""
ETHNIC = """
Ethnic    ethnic    ADJ   2 amod
Albanians Albanian  PROPN 3 nsubj Number=Plur
left      leave     VERB  0 root
"""
LIBYAN = """
A      a      DET  2 det
Libyan Libyan NOUN 3 nsubj Number=Sing
left   leave  VERB 0 root
"""
SERVICE = """
Syrian   syrian   ADJ   3 amod
General  general  PROPN 3 compound
Security security PROPN 4 nsubj
left     leave    VERB  0 root
"""


def test_title_outranks_an_office_abroad() -> None:
    """Without a day a president with a nationality is his country's, whatever else he headed."""
    found = who(a_scene(OBASANJO, day=None), "Nigerian President Olusegun Obasanjo")
    assert (found.entity, *seen(found)) == ("nga-obasanjo", "NGA", ("GOV",))


def test_part_of_a_name_is_somebody_else() -> None:
    """A known first name before another surname does not mean the known person."""
    assert read(OTHER, "Khaleda Kweldi").entity is None


def test_country_as_a_first_name() -> None:
    """A country's name before a surname is a person's."""
    rows = OTHER.replace("Khaleda", "Jordan")
    scene = a_scene(rows, people=("Jordan Kweldi",))
    assert who(scene, "Jordan Kweldi").country is None


@pytest.mark.parametrize(
    ("name", "entity"),
    [("Pan Congress", None), ("National Security Council", None), ("Congress", "USA")],
)
def test_houses_of_others(name: str, entity: str | None) -> None:
    """A house or council in a longer name is not the one that is known by the short name."""
    words = name.split()
    rows = a_subject(*words, tag="PROPN").replace("amod", "compound").replace("NOUN", "PROPN")
    assert read(rows, name).entity == entity


def test_country_within_a_body() -> None:
    """The nationality that a body's name begins with is the country's government."""
    rows = a_subject("Turkish", "military")
    assert seen(read(rows, "Turkish")) == ("TUR", ("GOV",))
    assert seen(read(rows, "Turkish military")) == ("TUR", ("MIL",))


def test_firm_is_no_government() -> None:
    """A country's name in the name of a firm gives its country, not its government."""
    assert seen(read(FIRM, "Air Zimbabwe")) == ("ZWE", ("BUS",))


def test_ethnic_is_no_nationality() -> None:
    """People called ethnic are not of the country of that name; their place tells."""
    assert seen(read(ETHNIC, "Ethnic Albanians", place="SRB")) == ("SRB", ("CVL",))


def test_one_of_a_people() -> None:
    """A nationality as a noun is one of its people."""
    assert seen(read(LIBYAN, "A Libyan")) == ("LBY", ("CVL",))


def test_bodies_not_yet_founded() -> None:
    """Before a body was founded its name describes another, whose country and sort it gives."""
    later = who(a_scene(SERVICE, day=date(2025, 3, 1)), "Syrian General Security")
    before = who(a_scene(SERVICE, day=date(2011, 3, 1)), "Syrian General Security")
    assert later.entity == "syr-gss"
    assert before.entity is None
    assert before.country == "SYR"
