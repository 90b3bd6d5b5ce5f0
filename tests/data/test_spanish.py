"""The Spanish pack as data: every list loads and fits the ontology, and none is thin."""

from __future__ import annotations

from collections import Counter

import pytest

from tocsin.ontology import actors, lexicon, packs
from tocsin.ontology.glosses import counted, expressions, timed
from tocsin.ontology.load import load as load_types
from tocsin.ontology.packs import content, speaking
from tocsin.ontology.rows import Row
from tocsin.ontology.words import groups

PACK = packs.load()["es"]
LEXICON = lexicon.load(pack=PACK)
TYPES = load_types()
KNOWLEDGE = actors.load(pack=PACK)


def test_every_type_has_words() -> None:
    """Each type that is coded has verbs and nouns that tell of it without company."""
    plain = Counter(e.type for e in LEXICON.triggers.entries if e.sense != "sometimes")
    assert set(plain) == set(TYPES)
    assert min(plain.values()) >= 5


def test_triggers_fit_the_ontology() -> None:
    """Modes are those of the type, and frames lead somewhere."""
    for entry in LEXICON.triggers.entries:
        modes = {str(mode) for mode in TYPES[entry.type].modes}
        assert entry.mode is None or entry.mode in modes, entry
        assert entry.words == tuple(word for word in entry.words if word), entry


@pytest.mark.parametrize("part", ["cues", "modality", "agents", "titles"])
def test_other_lists_are_not_thin(part: str) -> None:
    """Whoever speaks, acts or doubts is known by dozens of words."""
    assert len(getattr(LEXICON, part).entries) >= 40


def test_sectors_are_known() -> None:
    """Nouns for people and bodies have sectors of the codebook, or those of what they serve."""
    listed = (*LEXICON.agents.entries, *LEXICON.titles.entries)
    said = {sector for entry in listed for sector in entry.sectors or ()}
    assert said <= actors.SECTORS


def test_groups_are_those_of_the_rules() -> None:
    """Groups that the rules about people and verbs need are there; the others are empty."""
    with speaking(PACK):
        own = groups()
    assert own.keys() == groups().keys()
    needed = ("killing", "dying", "dead", "wounded", "light", "times", "ground", "states")
    assert all(own[name] for name in needed)
    assert "kill" not in own["killing"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Estados Unidos", "USA"), ("EE. UU.", "USA"), ("Reino Unido", "GBR"), ("Siria", "SYR"),
        ("Corea del Norte", "PRK"), ("ucraniana", "UKR"), ("iraníes", "IRN"), ("Pekín", "CHN"),
        ("Países Bajos", "NLD"), ("birmano", "MMR"), ("Casa Blanca", "USA"), ("libaneses", "LBN"),
    ],
)  # fmt: skip
def test_countries_are_called_as_spanish_does(words: str, code: str) -> None:
    """Names, adjectives in all their forms, capitals and seats lead to the country."""
    found = KNOWLEDGE.find(words.split(), 0)
    assert found
    assert found[0].id == code
    assert found[0].end == len(words.split())


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("Fuerzas de Apoyo Rápido", "sdn-rsf"), ("Ejército sudanés", "sdn-armed-forces"),
        ("tropas rusas", "rus-armed-forces"), ("Cancillería china", "chn-foreign-ministry"),
        ("Ministerio ruso de Defensa", "rus-defence-ministry"),
        ("Grupo de Apoyo al Islam y los Musulmanes", "int-jnim"), ("hutíes", "yem-houthis"),
        ("Yihad Islámica", "pse-pij"), ("Hezbolá", "lbn-hezbollah"), ("talibanes", "afg-taliban"),
        ("disidencias de las FARC", "col-farc-dissidents"), ("Clan del Golfo", "col-agc"),
        ("Cártel de Sinaloa", "mex-sinaloa-cartel"), ("Cedeao", "igo-ecowas"), ("CPI", "igo-icc"),
        ("Médicos Sin Fronteras", "ngo-msf"), ("Acnur", "igo-un-unhcr"), ("OTAN", "igo-nato"),
        ("Alí Jamenei", "irn-khamenei"), ("Volodímir Zelenski", "ukr-zelensky"),
        ("Serguéi Shoigú", "rus-shoigu"), ("Hasan Nasralá", "lbn-nasrallah"),
        ("Muamar Gadafi", "lby-gaddafi"), ("Mijaíl Gorbachov", "rus-gorbachev"),
        ("Kirilo Budánov", "ukr-budanov"), ("Mahmud Ahmadineyad", "irn-ahmadinejad"),
    ],
)  # fmt: skip
def test_actors_are_called_as_spanish_does(words: str, actor: str) -> None:
    """Forces, groups, bodies and persons are known by the names of Spanish news."""
    found = KNOWLEDGE.find(words.split(), 0)
    assert found
    assert found[0].id == actor
    assert found[0].end == len(words.split())


def named() -> dict[str, set[str]]:
    """Return each name of an actor that the pack's files list, with the actors that have it."""
    out: dict[str, set[str]] = {}
    for file in (PACK.folder / "actors").glob("*.yml"):
        for actor, texts in Row(content(file), file.name).lists("actors"):
            for text in texts:
                out.setdefault(text, set()).add(actor)
    return out


def test_no_name_is_a_word_that_tells_of_events_or_people() -> None:
    """Names in small letters fit everywhere, so none may be a word of the lists."""
    words = {e.lemma for e in (*LEXICON.triggers.entries, *LEXICON.titles.entries)}
    words |= {e.lemma for e in LEXICON.agents.entries} - {"talibán"}
    assert not [name for name in named() if name in words]


def test_names_are_many_and_hardly_shared() -> None:
    """A thousand actors and more; a name of two is for the article to settle."""
    listed = named()
    assert len({actor for actors in listed.values() for actor in actors}) > 1400
    assert sum(len(actors) > 1 for actors in listed.values()) < 8


@pytest.mark.parametrize("words", ["El país", "El tiempo", "La nación", "El mundo"])
def test_an_article_is_no_proof_of_a_name(words: str) -> None:
    """Outlets are called "El País", but only with the capital that says so."""
    with speaking(PACK):
        assert KNOWLEDGE.find([".", *words.split()], 1) == ()
        assert [m.kind for m in KNOWLEDGE.find([".", *words.title().split()], 1)][:1] == ["actor"]


def test_small_letters_make_an_adjective() -> None:
    """The country needs its capital: "siria" is an adjective."""
    assert [m.kind for m in KNOWLEDGE.find(["siria"], 0)] == ["adjective"]


def test_english_knows_no_spanish_names() -> None:
    """A pack adds nothing to the names of another language."""
    assert actors.load().find(["ucraniana"], 0) == ()


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("el lunes", "monday"), ("el lunes pasado", "last monday"), ("15 de marzo", "15 march"),
        ("3 de mayo de 2019", "3 may 2019"), ("hace dos semanas", "2 weeks ago"),
        ("a principios de octubre", "early october"), ("antes del 15 de marzo", "before 15 march"),
        ("hasta el viernes", "until friday"), ("la próxima semana", "next week"),
        ("en un plazo de 48 horas", "within 48 hours"), ("desde 2011", "since 2011"),
    ],
)  # fmt: skip
def test_times_are_told_in_english(spanish: str, english: str) -> None:
    """A time expression becomes the one that the rules for times read."""
    with speaking(PACK):
        assert timed(spanish) == english


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("al menos doce civiles", "at least twelve persons"),
        ("decenas de personas", "dozens of people"),
        ("más de 1.200 soldados", "more than 1200 persons"),
        ("treinta y dos rehenes", "thirty two rehenes"),
    ],
)
def test_numbers_are_told_in_english(spanish: str, english: str) -> None:
    """A phrase keeps its nouns but for people, and has its numbers and bounds in English."""
    with speaking(PACK):
        assert counted(spanish) == english


def test_expressions_are_found_among_words() -> None:
    """The longest expression counts, and words that could begin one begin none."""
    text = "El ejército atacó el lunes 3 de marzo de 2019, y de nuevo ayer ."
    words = text.replace(",", " ,").split()
    with speaking(PACK):
        assert [words[a:b] for a, b in expressions(words)] == [
            ["el", "lunes", "3", "de", "marzo", "de", "2019"],
            ["ayer"],
        ]
