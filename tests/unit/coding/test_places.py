"""Places: where a claim happens, and in which country."""

from __future__ import annotations

import pytest

from tests.packaged import a_scene, where
from tocsin.coding import places
from tocsin.records.claim import Place
from tocsin.records.reading import Edge

HIT = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root
in        in       ADP   4 case
{word}    {word}   PROPN 2 obl
.         .        PUNCT 2 punct
"""
BESIDE = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root
in        in       ADP   4 case
Tarvos    Tarvos   PROPN 2 obl
,         ,        PUNCT 6 punct
Iraq      Iraq     PROPN 4 appos
.         .        PUNCT 2 punct
"""
TOWN = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root
the       the      DET   5 det
Iraqi     Iraqi    ADJ   5 amod
town      town     NOUN  2 obj
of        of       ADP   7 case
Tarvos    Tarvos   PROPN 5 nmod
.         .        PUNCT 2 punct
"""
SPEAKER = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  7 ccomp
in        in       ADP   4 case
Tarvos    Tarvos   PROPN 2 obl
,         ,        PUNCT 7 punct
Iran      Iran     PROPN 7 nsubj
said      say      VERB  0 root
.         .        PUNCT 7 punct
"""
OTHERS = "\n\nIraq Iraq PROPN 2 nsubj\nleft leave VERB 0 root\n\n" * 2
PAIR = """

Iraq      Iraq     PROPN 4 nsubj
and       and      CCONJ 3 cc
Iran      Iran     PROPN 1 conj
left      leave    VERB  0 root
"""


def found(rows: str, words: str) -> Place:
    """Return the place that words of the first sentence name."""
    scene = a_scene(rows, towns=("Hama", "Tarvos"))
    return places.resolve(scene, 0, *where(scene.reading.sentences[0], words))


@pytest.mark.parametrize(
    ("word", "name", "country", "precision"),
    [
        ("Iraq", "Iraq", "IRQ", "country"),
        ("Baghdad", "Baghdad", "IRQ", "place"),
        ("Darfur", "Darfur", "SDN", "region"),
    ],
)
def test_known_place(word: str, name: str, country: str, precision: str) -> None:
    """A country, a part of one and a capital are each called by their name, in their country."""
    place = found(HIT.format(word=word), word)
    assert (place.name, place.country, place.precision) == (name, country, precision)
    assert (place.span.quote, place.unknown) == (word, None)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        pytest.param(BESIDE, "Tarvos", id="after a comma"),
        pytest.param(BESIDE, "Tarvos , Iraq", id="within the words"),
        pytest.param(TOWN, "Tarvos", id="before its kind"),
        pytest.param(TOWN, "the Iraqi town of Tarvos", id="within the phrase"),
    ],
)
def test_country_in_or_beside(rows: str, words: str) -> None:
    """A place that is not known is of the country whose name stands in or beside it, no more."""
    place = found(rows + PAIR, words)
    assert (place.name, place.country) == (words, "IRQ")
    assert (place.precision, place.latitude, place.geonames) == (None, None, None)
    assert place.unknown


def test_speaker_beside_is_no_country() -> None:
    """A country that says something behind a place's name does not tell where the place is."""
    place = found(SPEAKER + OTHERS, "Tarvos")
    assert place.country != "IRN"


def test_focus_settles_the_country() -> None:
    """A place that nothing names is of the country that the article is about."""
    assert found(HIT.format(word="Tarvos") + OTHERS, "Tarvos").country == "IRQ"


def test_unknown_says_why() -> None:
    """A place of which nothing tells the country stays without, and says why."""
    place = found(HIT.format(word="Tarvos") + PAIR, "Tarvos")
    assert (place.name, place.country) == ("Tarvos", None)
    assert place.unknown


def test_coordinates_are_those_of_the_name() -> None:
    """A town of the gazetteer comes with its GeoNames id, coordinates and how exact they are."""
    place = found(HIT.format(word="Baghdad"), "Baghdad")
    assert (place.geonames, place.precision, place.unknown) == (98182, "place", None)
    assert (place.latitude, place.longitude) == (
        pytest.approx(33.3, abs=0.1),
        pytest.approx(44.4, abs=0.1),
    )


NEAR = """
Rebels    rebel    NOUN  2 nsubj
fought    fight    VERB  0 root
north     north    ADV   2 advmod
of        of       ADP   5 case
Hama      Hama     PROPN 3 nmod
.         .        PUNCT 2 punct
"""


def test_near_a_town_has_no_coordinates() -> None:
    """North of Hama is in Hama's country and no point on a map."""
    place = found(NEAR, "north of Hama")
    assert (place.country, place.precision, place.latitude) == ("SYR", "region", None)


BACK = """
Rebels    rebel    NOUN  2 nsubj
entered   enter    VERB  0 root
the       the      DET   4 det
{noun}    {noun}   NOUN  2 obj
.         .        PUNCT 2 punct

Rebels    rebel    NOUN  2 nsubj
left      leave    VERB  0 root
Hama      Hama     PROPN 2 obj
.         .        PUNCT 2 punct
"""


@pytest.mark.parametrize(
    ("noun", "country", "known"),
    [("town", "SYR", True), ("city", "SYR", True), ("sea", None, False)],
)
def test_a_noun_takes_up_a_name(noun: str, country: str | None, known: bool) -> None:  # noqa: FBT001
    """The town is the town named before; a noun of another kind is not."""
    first, second = BACK.format(noun=noun).strip().split("\n\n")
    scene = a_scene(f"{second}\n\n{first}\n", towns=("Hama",))
    place = places.resolve(scene, 1, *where(scene.reading.sentences[1], f"the {noun}"))
    assert (place.country, place.geonames is not None) == (country, known)


@pytest.mark.parametrize(
    ("first", "second", "read"), [("El", "Fasher", "El"), ("Port", "Sudan", "Port")]
)
def test_a_name_that_is_read_in_part_is_taken_whole(first: str, second: str, read: str) -> None:
    """Where the words beside it make it a place's name."""
    rows = f"""
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root
{first}   {first}  PROPN 2 obj
{second}  {second} PROPN 3 flat
.         .        PUNCT 2 punct
"""
    scene = a_scene(rows, towns=(read,))
    place = places.resolve(scene, 0, 2, 4)
    assert (place.name, place.country) == (f"{first} {second}", "SDN")


def test_what_hangs_on_a_place_is_not_always_its_name() -> None:
    """A town is no town and street."""
    rows = HIT.format(word="Hama").replace(
        ".         .        PUNCT 2 punct", "Doe       Doe      PROPN 4 flat\n.  .  PUNCT 2 punct"
    )
    assert [key[1:] for key in a_scene(rows, towns=("Hama",)).places] == [(3, 4)]


def test_neither_a_person_nor_the_act_is_where_it_happens() -> None:
    """What the network takes for a place is none where it is a known person or the trigger's."""
    rows = """
{who}  {who}  PROPN 2 nsubj
left   leave  VERB  0 root
after  after  ADP   4 case
raids  raid   NOUN  2 obl
in     in     ADP   6 case
Hama   Hama   PROPN 4 nmod
"""
    scene = a_scene(rows.format(who="Putin"), towns=("Hama",))
    name, raids, town = (Edge("place", 0, at, at + 1, 0.9) for at in (0, 3, 5))
    assert places.told(scene, 0, range(3, 4), (name, raids)) is None
    found = places.told(scene, 0, range(3, 4), (name, raids, town))
    assert found is not None
    assert found.name == "Hama"
