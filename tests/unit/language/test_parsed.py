"""The reader by a spaCy pipeline: true offsets, trees that the coder's rules read, refusal."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tests.build import an_article
from tocsin.base.errors import ArtefactError
from tocsin.language.parsed import Parsed
from tocsin.ontology import packs
from tocsin.records.reading import Reading, Sentence

SPANISH = packs.load()["es"]


@cache
def reader() -> Parsed:
    """Return the reader of Spanish."""
    return Parsed(SPANISH)


def read(text: str) -> Reading:
    """Return the reading of a text."""
    return reader().read(an_article(text=text, language="es"))


def one(text: str) -> Sentence:
    """Return the only sentence of a text."""
    (sentence,) = read(text).sentences
    return sentence


def arc(sentence: Sentence, word: str) -> tuple[str, str]:
    """Return how a word hangs, and on which."""
    at = sentence.forms.index(word)
    head = sentence.heads[at]
    return sentence.rels[at], sentence.forms[head] if head >= 0 else ""


def test_every_word_is_cut_out_of_the_text() -> None:
    """Offsets are those of the article, whatever lines and blanks stand before them."""
    text = "  Caracas, 3 mar.\n\nEl Ejército atacó  Alepo.\nMurieron 12 civiles. Fin."
    reading = read(text)
    assert reading.language == "es"
    for sentence in reading.sentences:
        cut = tuple(text[a:b] for a, b in sentence.offsets)
        assert cut == sentence.forms
        assert "\n" not in text[sentence.start : sentence.end]
        assert list(sentence.heads).count(-1) == 1


def test_the_same_text_gives_the_same_reading() -> None:
    """Nothing is drawn by chance, and nothing hangs on what was read before."""
    text = "El presidente de Irán amenazó a Israel."
    first = read(text)
    read("Otra cosa.")
    assert read(text) == first


def test_a_passive_has_a_patient_and_an_agent() -> None:
    """The subject suffers, and "por" leads who does it."""
    sentence = one("Ucrania fue atacada por soldados rusos.")
    assert arc(sentence, "Ucrania") == ("nsubj:pass", "atacada")
    assert arc(sentence, "fue") == ("aux:pass", "atacada")
    assert arc(sentence, "soldados") == ("obl:agent", "atacada")


def test_a_participle_is_its_verb() -> None:
    """Behind a noun, too: the lexicon lists verbs, and it is passive."""
    sentence = one("Criticó las sanciones impuestas por Estados Unidos.")
    at = sentence.forms.index("impuestas")
    assert (sentence.lemmas[at], sentence.upos[at]) == ("imponer", "VERB")
    assert "Voice=Pass" in sentence.feats[at]
    assert arc(sentence, "Estados") == ("obl:agent", "impuestas")


def test_an_adjective_stays_one() -> None:
    """Armed men were not armed by anybody."""
    sentence = one("Hombres armados mataron a nueve campesinos.")
    assert sentence.upos[sentence.forms.index("armados")] == "ADJ"


def test_a_reflexive_verb_is_listed_with_its_pronoun() -> None:
    """The lexicon tells "retirarse" apart from "retirar"."""
    sentence = one("Los talibanes se retiraron de la ciudad.")
    assert sentence.lemmas[sentence.forms.index("retiraron")] == "retirarse"


def test_a_verb_with_a_pronoun_written_to_it_is_its_verb() -> None:
    """The lexicon lists "manifestarse", the pipeline calls it by two words."""
    sentence = one("La líder llamó a sus seguidores a manifestarse el sábado.")
    assert sentence.lemmas[sentence.forms.index("manifestarse")] == "manifestarse"


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("La policía abatió a cinco pandilleros.", "abatió", "abatir"),
        ("El presidente calificó de traición la rebelión.", "calificó", "calificar"),
    ],
)
def test_a_finite_form_is_of_a_known_verb(text: str, form: str, lemma: str) -> None:
    """Where the pipeline made up a lemma the lexicon's verb is taken; others keep theirs."""
    sentence = one(text)
    assert sentence.lemmas[sentence.forms.index(form)] == lemma


def test_a_name_right_after_a_title_is_the_titles() -> None:
    """A comma would set it apart."""
    assert arc(one("El presidente Volodímir Zelenski pidió sistemas."), "Volodímir") == (
        "flat",
        "presidente",
    )


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("El grupo yihadista Boko Haram atacó una escuela.", "flat"),
        ("El grupo yihadista, Boko Haram, atacó una escuela.", "appos"),
    ],
)
def test_adjectives_may_stand_between(text: str, relation: str) -> None:
    """They are the title's, and a comma sets the name apart."""
    assert arc(one(text), "Boko") == (relation, "grupo")


def test_an_infinitive_without_subject_has_the_verbs() -> None:
    """Who denies having attacked is who did not attack."""
    assert arc(one("Moscú negó haber atacado el hospital."), "atacado") == ("xcomp", "negó")


def test_a_relative_clause_of_another_subject_hangs_on_the_verb() -> None:
    """Who broke with Ukraine is who accused it; a noun that does what is told keeps its clause."""
    text = "Rompió relaciones diplomáticas con Ucrania, a la que acusó de apoyar a los terroristas."
    assert arc(one(text), "acusó") == ("advcl", "Rompió")
    assert arc(one("Los soldados que atacaron la ciudad huyeron."), "atacaron")[0] == "acl:relcl"


@pytest.mark.parametrize(
    ("text", "doer", "relation"),
    [
        ("Tres vecinos murieron a manos de soldados.", "soldados", ("obl", "murieron")),
        ("Condenó el secuestro por parte de guerrilleros.", "guerrilleros", ("nmod", "secuestro")),
    ],
)
def test_a_phrase_for_who_does_it_is_one_preposition(
    text: str, doer: str, relation: tuple[str, str]
) -> None:
    """Whoever it leads hangs on the deed, and all its words on him."""
    sentence = one(text)
    assert arc(sentence, doer) == relation
    assert arc(sentence, "de") == ("case", doer)


def test_an_object_hangs_on_a_verb() -> None:
    """Neither a noun before it has one, nor a verb that only tells that an act began again."""
    sentence = one("El juez acusó por delincuencia organizada al alcalde de Tula.")
    assert arc(sentence, "alcalde") == ("obj", "acusó")
    sentence = one("El presidente volvió a pedir misiles a Berlín.")
    assert arc(sentence, "misiles") == ("obj", "pedir")
    assert arc(sentence, "Berlín")[1] == "pedir"


def test_only_some_prepositions_lead_an_object() -> None:
    """It may stand after "a", and not after "de"."""
    sentence = one("El ministro tildó de golpista a la oposición.")
    assert arc(sentence, "golpista") == ("obl", "tildó")
    assert arc(sentence, "oposición") == ("obj", "tildó")


def test_bodies_are_no_places() -> None:
    """The pipeline takes "Gobierno" for a place; a city stays one."""
    names = read("Human Rights Watch pidió al Gobierno que proteja a los líderes en Bogotá.")
    kinds = {" ".join(s.forms[n.start : n.end]): n.kind for s in names.sentences for n in s.names}
    assert kinds["Gobierno"] == "ORG"
    assert kinds["Bogotá"] == "LOC"


@pytest.mark.parametrize(
    "opening",
    ["Puerto Príncipe, 8 mar (EFE).- ", "BOGOTÁ (AP) — ", "Madrid, 3 de mayo (Europa Press) - "],
)
def test_what_opens_a_report_is_not_read(opening: str) -> None:
    """Its place does nothing, and offsets stay true."""
    text = f"{opening}Las pandillas atacaron dos comisarías."
    (sentence,) = read(text).sentences
    assert text[sentence.start : sentence.end] == "Las pandillas atacaron dos comisarías."


def test_stretches_are_left_out() -> None:
    """Other languages' stretches are not read, and offsets stay true."""
    text = "Murieron 12 civiles. Twelve civilians died. Hubo heridos."
    start = text.index("Twelve")
    leave = ((start, text.index("Hubo")),)
    reading = reader().read(an_article(text=text, language="es"), leave)
    assert [text[s.start : s.end] for s in reading.sentences] == [
        "Murieron 12 civiles.",
        "Hubo heridos.",
    ]


def test_tables_are_left_unread() -> None:
    """What is no prose gives an issue and keeps nobody busy."""
    reading = read(("1 2 3 4 5 6 7 8 9 " * 60 + "\n") * 12 + "El Ejército atacó Alepo.")
    assert [issue.code for issue in reading.issues] == ["no-prose"]


def test_a_missing_pipeline_says_what_to_install() -> None:
    """The message names the pipeline and the commands that bring it."""
    pack = replace(SPANISH, model="es_core_news_xx")
    with pytest.raises(ArtefactError, match=r"es_core_news_xx.*tocsin\[spanish\].*--no-deps"):
        Parsed(pack)
