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
