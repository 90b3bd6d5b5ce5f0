"""Toponyms: what place names may mean, and what the words beside them say of that."""

from __future__ import annotations

import pytest

from tocsin.coding.toponyms import (
    Toponym,
    as_written,
    candidates,
    countries,
    gathered,
    holds,
    is_part,
    mentions,
)
from tocsin.ontology import gazetteer
from tocsin.ontology.gazetteer import MAIN, PEOPLE, Spot

HELD = gazetteer.load()


def titles(words: str) -> set[tuple[str, str | None, str]]:
    """Return what words may name, as name, country and precision."""
    return {(s.name, s.country, s.precision) for s, _ in candidates(words, HELD)}


def names(text: str, *words: str) -> list[Toponym]:
    """Return the toponyms of a text, its names given in the order in which they stand."""
    spans, at = [], 0
    for name in words:
        at = text.index(name, at)
        spans.append((at, at := at + len(name)))
    return gathered(text, spans, HELD)


def the(name: str, country: str, kind: str) -> Spot:
    """Return the most peopled place of a name, country and kind."""
    found = [s for s, _ in HELD.find(name) if s.country == country and s.kind.startswith(kind)]
    return max(found, key=lambda spot: spot.population)


@pytest.mark.parametrize(
    ("words", "name", "country", "precision"),
    [
        ("Baghdad", "Baghdad", "IRQ", "place"),
        ("St. Louis", "St. Louis", "USA", "place"),
        ("Ft. Worth", "Fort Worth", "USA", "place"),
        ("Okla.", "Oklahoma", "USA", "region"),
        ("Raqqa province", "Raqqa", "SYR", "region"),
        ("province of Raqqa", "Raqqa", "SYR", "region"),
        ("northern Iraq", "Iraq", "IRQ", "country"),
        ("north-western Iraq", "Iraq", "IRQ", "country"),
        ("northwest Iraq", "Iraq", "IRQ", "country"),
        ("north-central Nigeria", "Nigeria", "NGA", "country"),
        ("northern and eastern Iraq", "Iraq", "IRQ", "country"),
        ("northern Raqqa province", "Raqqa", "SYR", "region"),
        ("Hama Provinces", "Ḩamāh", "SYR", "region"),
        ("Paris, Texas", "Paris", "USA", "place"),
    ],
)
def test_candidates(words: str, name: str, country: str, precision: str) -> None:
    """Short forms, kinds of places and parts of them do not hide what a name means."""
    assert (name, country, precision) in titles(words)


@pytest.mark.parametrize(
    "words", ["", " ", ",", "-", "'s", "\0", "Tripoli\0", "Qwxtarvos", "Qwxtarvos province"]
)
def test_no_candidates(words: str) -> None:
    """What is no name of any place has no candidates."""
    assert candidates(words, HELD) == []


@pytest.mark.parametrize("words", ["Raqqa province", "Hama Provinces", "Anbar governorate"])
def test_a_kind_of_area_excludes_towns(words: str) -> None:
    """A province is not the town of its name."""
    assert {precision for _, _, precision in titles(words)} == {"region"}


@pytest.mark.parametrize(("words", "country"), [("US", "USA"), ("UK", "GBR"), ("UAE", "ARE")])
def test_acronyms_are_countries(words: str, country: str) -> None:
    """A few capitals are the country they stand for, and no village that is spelled so."""
    assert {(c, p) for _, c, p in titles(words)} == {(country, "country")}


@pytest.mark.parametrize(
    ("words", "name"), [("ROME", "Rome"), ("KIEV", "Kyiv"), ("DOHA", "Doha"), ("JUBA", "Juba")]
)
def test_short_cities_in_capitals(words: str, name: str) -> None:
    """A dateline in capitals may be a large town, however short its name."""
    assert name in {s.name for s, _ in candidates(words, HELD) if s.kind == "PPLC"}


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("northern Syria", True),
        ("north-west Syria", True),
        ("downtown Beirut", True),
        ("far eastern Russia", True),
        ("central and southern Mali", True),
        ("North Macedonia", False),
        ("Northern Ireland", False),
        ("Syria", False),
        ("northern", False),
        ("", False),
    ],
)
def test_is_part(words: str, part: bool) -> None:  # noqa: FBT001
    """A side of a place in lower case is a part of it; in capitals it belongs to a name."""
    assert is_part(words) is part


def test_postal_forms_stand_behind_a_comma() -> None:
    """OK is Oklahoma behind a town, and nothing in a sentence of its own."""
    behind = names("He died in Tulsa, OK, on Friday.", "Tulsa", "OK")[1]
    assert [spot.name for spot, _ in behind.candidates] == ["Oklahoma"]
    (alone,) = names("It was OK on Friday.", "OK")
    assert alone.candidates == []


def test_same_words_are_one_toponym() -> None:
    """Names that are spelled alike are one toponym with all of its places, each counted once."""
    text = "Al-Anbar fell. al-Anbar burns."
    spans = [(0, 8), (15, 23), (0, 8)]
    (one,) = gathered(text, spans, HELD)
    assert one.at == [(0, 8), (15, 23)]


def test_what_is_told_elsewhere_holds_for_all() -> None:
    """A name that stands alone lies in the area that the text gives for it elsewhere."""
    text = "Tripoli burns. Tripoli, Lebanon, is poor."
    first, second = names(text, "Tripoli", "Tripoli")
    assert [s.name for s in first.holders] == [s.name for s in second.holders]
    assert "LBN" in {s.country for s in first.holders}


@pytest.mark.parametrize(
    ("text", "name", "holder"),
    [
        ("in Tripoli, Lebanon, they", "Tripoli", "Lebanon"),
        ("in Tripoli (Lebanon) they", "Tripoli", "Lebanon"),
        ("in Tripoli, in Lebanon, they", "Tripoli", "Lebanon"),
        ("in Tulsa, Okla., they", "Tulsa", "Oklahoma"),
        ("in Tulsa, OK, they", "Tulsa", "Oklahoma"),
        ("the Iraqi town of Hit fell", "Hit", "Iraq"),
        ("then Syria's Idlib fell", "Idlib", "Syria"),
        ("then Syria’s Idlib fell", "Idlib", "Syria"),
        ("then Lebanon's northern city of Tripoli fell", "Tripoli", "Lebanon"),
        ("in Washington, D.C., they", "Washington", "District of Columbia"),
        ("in Washington, Pa., they", "Washington", "Pennsylvania"),
        ("in Lebanon, Tenn., they", "Lebanon", "Tennessee"),
    ],
)
def test_holders(text: str, name: str, holder: str) -> None:
    """An area behind a name or before it is where it lies."""
    (one,) = names(text, name)
    assert holder in {spot.name for spot in one.holders}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("over Texas, Oklahoma and Kansas", "Texas"),
        ("over Texas, Oklahoma and Kansas", "Oklahoma"),
        ("between Lebanon, Syria and Iraq", "Lebanon"),
        ("in Tripoli, Sudan said", "Tripoli"),
        ("in Tripoli. Lebanon said", "Tripoli"),
        ("in Tripoli, yesterday", "Tripoli"),
    ],
)
def test_no_holders(text: str, name: str) -> None:
    """Lists of equals, what cannot hold a name, and other sentences tell nothing of it."""
    (one,) = names(text, name)
    assert one.holders == []


@pytest.mark.parametrize(
    ("text", "name", "kinds"),
    [
        ("Idlib and Hama provinces fell", "Idlib", {"ADM1", "ADM2"}),
        ("Idlib and Hama provinces fell", "Hama", {"ADM1", "ADM2"}),
        ("Idlib province fell", "Idlib", {"ADM1", "ADM2"}),
        ("the city of Idlib fell", "Idlib", {"PPL"}),
    ],
)
def test_kinds_beside_a_name(text: str, name: str, kinds: set[str]) -> None:
    """A kind that is said of a name, alone or in a list, leaves only places of it."""
    (one,) = names(text, name)
    assert one.candidates
    assert {spot.kind for spot, _ in one.candidates} <= kinds


def test_countries() -> None:
    """Names, adjectives and institutions of a country all count as mentions of it."""
    text = "Iraqi troops left Iraq. The sheriff's office asked county commissioners."
    assert countries(text, HELD) == {"IRQ": 2, "USA": 2}


@pytest.mark.parametrize("text", ["", "nothing of the kind", "Qwxtarvos", "the Sheriffs Band"])
def test_no_countries(text: str) -> None:
    """A text that speaks of no country counts none; words of public life count as a whole."""
    assert countries(text, HELD).total() == 0


def test_apostrophes_do_not_matter() -> None:
    """A typographic apostrophe in a word of public life changes nothing."""
    assert countries("the sheriff’s office", HELD) == countries("the sheriff's office", HELD)


def test_holds() -> None:
    """A country holds its places, a division its own, and no area holds itself."""
    iraq, anbar, hit = (
        the("Iraq", "IRQ", "PCL"),
        the("Anbar", "IRQ", "ADM1"),
        the("Hit", "IRQ", "P"),
    )
    assert holds(iraq, anbar)
    assert holds(iraq, hit)
    assert holds(anbar, hit)
    assert not holds(hit, anbar)
    assert not holds(iraq, iraq)
    assert not holds(anbar, the("Basra", "IRQ", "PPL"))


def test_as_written() -> None:
    """Words as they stand include postal forms and words for a people."""
    assert {spot.name for spot, _ in as_written("OK", HELD)} == {"Oklahoma"}
    assert {(spot.name, how) for spot, how in as_written("Iraqi", HELD)} == {("Iraq", PEOPLE)}
    assert ("Iraq", MAIN) in {(spot.name, how) for spot, how in as_written("Iraq", HELD)}


def test_mentions() -> None:
    """Names are found by their capitals, the longest first, from where one starts."""
    text = "From New York they flew to Baghdad and then home."
    assert [text[a:b] for a, b in mentions(text, HELD, 4)] == ["New York", "Baghdad"]
    assert [text[a:b] for a, b in mentions(text, HELD, 20)] == ["Baghdad"]
