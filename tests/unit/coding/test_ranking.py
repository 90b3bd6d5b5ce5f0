"""Ranking: which place each name of a text means, all names weighed together."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tocsin.coding.ranking import LIKELY, Choice, locate
from tocsin.ontology import gazetteer

HELD = gazetteer.load()
FEW = settings(max_examples=25)


def chosen(text: str, *words: str) -> list[Choice]:
    """Return what names of a text mean, given in the order in which they stand."""
    spans, at = [], 0
    for name in words:
        at = text.index(name, at)
        spans.append((at, at := at + len(name)))
    return locate(text, spans, HELD)


def meant(text: str, *words: str) -> list[tuple[str | None, str] | None]:
    """Return country and kind of what names of a text mean."""
    found = [choice.spot for choice in chosen(text, *words)]
    return [None if spot is None else (spot.country, spot.kind) for spot in found]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Shells fell on Tripoli at dawn.", "LBY"),
        ("Shells fell on Tripoli, Libya, at dawn.", "LBY"),
        ("Shells fell on Tripoli, Lebanon, at dawn.", "LBN"),
        ("Shells fell on the Lebanese port of Tripoli.", "LBN"),
        ("Shells fell on Lebanon's Tripoli.", "LBN"),
    ],
)
def test_the_area_beside_a_name_decides(text: str, country: str) -> None:
    """Tripoli is Libya's, the larger one, unless the words beside it say that it is not."""
    (found,) = chosen(text, "Tripoli")
    assert found.spot is not None
    assert (found.spot.country, found.spot.precision) == (country, "place")


def test_two_of_a_name_in_one_text() -> None:
    """A text that tells them apart may speak of both."""
    text = "They flew from Tripoli, Libya, over Malta to Tripoli, Lebanon."
    one, other = chosen(text, "Tripoli", "Tripoli")
    assert one.spot is not None
    assert other.spot is not None
    assert (one.spot.country, other.spot.country) == ("LBY", "LBN")


def test_same_words_mean_the_same_place() -> None:
    """A name that is told once means the same wherever it stands alone in the text."""
    text = "Tripoli is calm. Tripoli, Lebanon, was shelled. Nobody left Tripoli."
    found = chosen(text, "Tripoli", "Tripoli", "Tripoli")
    assert {choice.spot.country for choice in found if choice.spot} == {"LBN"}
    assert len({choice.spot for choice in found}) == 1


def test_lists_of_states() -> None:
    """States in a row are states, not towns of one in the next."""
    text = "Storms crossed Texas, Oklahoma and Kansas."
    assert meant(text, "Texas", "Oklahoma", "Kansas") == [("USA", "ADM1")] * 3


@pytest.mark.parametrize(
    ("text", "town", "state", "name"),
    [
        ("A man died in Tulsa, Okla., on Friday.", "Tulsa", "Okla.", "Oklahoma"),
        ("A man died in Tulsa, OK, on Friday.", "Tulsa", "OK", "Oklahoma"),
        ("A man died in Columbus, Ga., on Friday.", "Columbus", "Ga.", "Georgia"),
        ("A man died in Columbus, OH 43215.", "Columbus", "OH", "Ohio"),
        ("A man died in Paris, Texas.", "Paris", "Texas", "Texas"),
        ("A man died in Lebanon, Tenn., on Friday.", "Lebanon", "Tenn.", "Tennessee"),
    ],
)
def test_short_and_postal_forms(text: str, town: str, state: str, name: str) -> None:
    """A town lies in the state behind it, however that is written."""
    place, area = chosen(text, town, state)
    assert place.spot is not None
    assert area.spot is not None
    assert (area.spot.name, area.spot.kind) == (name, "ADM1")
    assert place.spot.division == area.spot.row


def test_the_capital_of_the_united_states() -> None:
    """Washington, D.C. is no place in the state of Washington."""
    (found,) = chosen("They met in Washington, D.C., on Friday.", "Washington")
    assert found.spot is not None
    assert found.spot.kind == "PPLC"


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Fighters seized the Iraqi town of Hit.", "Hit", ("IRQ", "PPL")),
        ("Jets bombed Syria's Idlib at dawn.", "Idlib", ("SYR", "PPL")),
        ("Jets bombed Idlib province at dawn.", "Idlib", ("SYR", "ADM1")),
        (
            "Jets bombed northern Idlib province at dawn.",
            "northern Idlib province",
            ("SYR", "ADM1"),
        ),
        ("The US sent envoys.", "US", ("USA", "PCLI")),
        ("JUBA - Ministers met.", "JUBA", ("SSD", "PPLC")),
        ("KIEV, Ukraine - Ministers met.", "KIEV", ("UKR", "PPLC")),
    ],
)
def test_what_names_mean(text: str, name: str, place: tuple[str, str]) -> None:
    """Countries, towns and provinces are told apart by the words about them."""
    assert meant(text, name) == [place]


def test_kinds_after_a_list() -> None:
    """Of two names before "provinces" both are provinces."""
    text = "Fighting went on in Idlib and Hama provinces."
    assert meant(text, "Idlib", "Hama") == [("SYR", "ADM1")] * 2


@pytest.mark.parametrize(
    ("words", "country", "part"),
    [
        ("northern Syria", "SYR", True),
        ("north-western Syria", "SYR", True),
        ("Syria", "SYR", False),
        ("North Macedonia", "MKD", False),
        ("Northern Ireland", "GBR", False),
    ],
)
def test_parts(words: str, country: str, part: bool) -> None:  # noqa: FBT001
    """The north of a country is a part of it; a country called North something is whole."""
    (found,) = chosen(f"Voices from {words} were heard.", words)
    assert found.spot is not None
    assert (found.spot.country, found.part) == (country, part)


def test_countries_that_share_a_name() -> None:
    """Georgia is the country among its towns, and the state among those of the United States."""
    caucasus = "Georgia and its towns of Tbilisi, Batumi and Gori were calm."
    south = "Georgia and its towns of Atlanta, Macon and Savannah were calm."
    assert meant(caucasus, "Georgia", "Tbilisi", "Batumi", "Gori")[0] == ("GEO", "PCLI")
    assert meant(south, "Georgia", "Atlanta", "Macon", "Savannah")[0] == ("USA", "ADM1")


def test_a_country_is_not_its_capital() -> None:
    """A country beside its capital is the country, though the capital is called so for short."""
    text = "Mexico saw few cases outside Mexico City. Mexico City closed its schools."
    first, second = meant(text, "Mexico", "Mexico City")
    assert (first, second) == (("MEX", "PCLI"), ("MEX", "PPLC"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ships met in the Indian Ocean in Seychelles.", "Indian Ocean"),
        ("They fished on Lake Titicaca in Peru.", "Lake Titicaca"),
        ("They walked on the island of Rügen in the Baltic Sea.", "Rügen"),
    ],
)
def test_seas_and_oceans(text: str, name: str) -> None:
    """What lies in several countries may reach into the one beside it, and a sea holds nothing."""
    (found,) = chosen(text, name)
    assert found.spot is not None
    assert found.spot.name == name


def test_neighbours_decide() -> None:
    """Cambridge is the one near the other town of the text."""
    for other, country in (("Boston", "USA"), ("Norwich", "GBR")):
        text = f"From Cambridge they drove to {other}."
        assert meant(text, "Cambridge", other)[0] == (country, "PPL")


PUBLIC = "The sheriff's deputies told county commissioners that the school board met."


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        ("They met in Birmingham.", ("Birmingham",), "GBR"),
        (f"They met in Birmingham. {PUBLIC}", ("Birmingham",), "USA"),
        ("They met in Paris.", ("Paris",), "FRA"),
        (f"They met in Paris, not in Dallas. {PUBLIC}", ("Paris", "Dallas"), "USA"),
    ],
)
def test_words_of_public_life(text: str, names: tuple[str, ...], country: str) -> None:
    """Sheriffs and county commissioners are American, and so are the towns of their stories."""
    found = meant(text, *names)[0]
    assert found is not None
    assert found[0] == country


def test_words_of_public_life_speak_for_a_country() -> None:
    """They bring an American Paris nearer to the French one, even where they do not decide."""

    def ahead(text: str) -> float:
        options = chosen(text, "Paris")[0].options
        best = {c: max(o.score for o in options if o.spot.country == c) for c in ("FRA", "USA")}
        return best["FRA"] - best["USA"]

    assert ahead(f"They met in Paris. {PUBLIC}") < ahead("They met in Paris.")


def test_a_village_needs_company() -> None:
    """A village of which nothing else speaks stays unresolved, with its options and the reason."""
    (alone,) = chosen("They fled the village of Lisa.", "Lisa")
    assert alone.spot is None
    assert alone.options[0].score < LIKELY
    assert "needed" in alone.because
    (told,) = chosen("They fled the Romanian village of Lisa.", "Lisa")
    assert told.spot == alone.options[0].spot


@pytest.mark.parametrize("name", ["Qwxtarvos", "Qwxtarvos province", "northern Qwxtarvos"])
def test_names_that_nobody_has(name: str) -> None:
    """A name of no place means none, and says so; it is no part of anything."""
    (found,) = chosen(f"Soldiers entered {name}.", name)
    assert found == Choice(None, (), "no place of this name is known")


TEXT = (
    "The US and Iraq met in Paris, Texas. Shells fell on Hit, Ramadi and northern Syria, on Gaza, "
    "the Wide Sea, South Sudan, Tulsa, Okla., Qwxtarvos, Lisa and Tripoli. The Red Sea is calm, as "
    "are Europe, the Hague, Crimea, Bagram Air Base and the Golan Heights."
)
NAMES = (
    "US", "Iraq", "Paris", "Texas", "Hit", "Ramadi", "northern Syria", "Gaza", "Wide Sea",
    "South Sudan", "Tulsa", "Okla.", "Qwxtarvos", "Lisa", "Tripoli", "Red Sea", "Europe",
    "the Hague", "Crimea", "Bagram Air Base", "Golan Heights",
)  # fmt: skip


def test_spots_are_sound() -> None:
    """Every option has a place on the map, a country that is known or none, and its own row."""
    for choice in chosen(TEXT, *NAMES):
        for spot in (option.spot for option in choice.options):
            assert HELD[spot.row] == spot
            assert spot.name
            assert spot.kind in HELD.kinds
            assert abs(spot.lat) <= 90
            assert abs(spot.lon) <= 180
            assert (spot.lat, spot.lon) != (0, 0)
            assert spot.country is None or spot.country in HELD.countries
            assert spot.id is None or spot.id > 0
            assert spot.population >= 0
            above = [HELD[row] for row in (spot.division, spot.district) if row is not None]
            assert all(area.country == spot.country for area in above)
            assert all(area.kind.startswith("ADM") for area in above)


def test_choices_are_sound() -> None:
    """A choice is its best option or none; options are sorted, each place once, each with why."""
    for choice in chosen(TEXT, *NAMES):
        scores = [option.score for option in choice.options]
        assert scores == sorted(scores, reverse=True)
        assert len({option.spot.row for option in choice.options}) == len(scores)
        assert all(option.because for option in choice.options)
        assert choice.because
        if choice.spot is None:
            assert not choice.part
            assert not scores or scores[0] < LIKELY
        else:
            assert choice.spot == choice.options[0].spot
            assert scores[0] >= LIKELY


def test_determinism() -> None:
    """The same text gives the same choices, and the order of the spans changes none."""
    assert chosen(TEXT, *NAMES) == chosen(TEXT, *NAMES)
    spans = [(TEXT.index(name), TEXT.index(name) + len(name)) for name in NAMES]
    there, back = locate(TEXT, spans, HELD), locate(TEXT, spans[::-1], HELD)[::-1]
    assert [c.spot for c in there] == [c.spot for c in back]


def test_no_spans() -> None:
    """A text of which nothing is asked has no choices; a span asked twice has the same twice."""
    assert locate("Baghdad", [], HELD) == []
    first, second = locate("Baghdad", [(0, 7), (0, 7)], HELD)
    assert first == second


WORDS = st.sampled_from([*NAMES, ",", ", ", "(", " of ", "provinces", "'s ", "the Iraqi town of "])
TEXTS = st.lists(WORDS | st.text(max_size=6), max_size=12).map(" ".join) | st.text(max_size=40)


@st.composite
def asked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """Return any text with any spans of it, empty ones and some that run over its end included."""
    text = draw(TEXTS)
    ends = st.integers(0, len(text) + 2)
    pairs = st.tuples(ends, ends).map(lambda ends: (min(ends), max(ends)))
    return text, draw(st.lists(pairs, max_size=6))


@FEW
@given(asked())
@example(("A NUL in Tripoli\0 and alone: \0", [(9, 17), (29, 30)]))
def test_any_text_and_spans(query: tuple[str, list[tuple[int, int]]]) -> None:
    """Whatever the text and its spans, each span gets one choice and nothing is raised."""
    text, spans = query
    found = locate(text, spans, HELD)
    assert len(found) == len(spans)
    assert all(choice.because for choice in found)
