"""Stretches in other languages than the article's, and those that only say it again."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.build import an_article
from tests.packaged import coder, examples, places
from tocsin.language import passages
from tocsin.language.identify import other
from tocsin.pipeline.run import run
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue

CAPTION = (
    "SAN TELMO - A Quintanan soldier stands guard in San Telmo on March 3, after a bomb killed 12"
    " people at the port of Almara.\n"
    "SAN TELMO - Un soldado quintanés monta guardia en San Telmo el 3 de marzo, después de que una"
    " bomba matara a 12 personas en el puerto de Almara."
)
ONE_LINE = (
    "A protester throws a stone at riot police in Caracas, Venezuela, on May 1, 2019. Un"
    " manifestante lanza una piedra contra la policía antidisturbios en Caracas, Venezuela, el 1 de"
    " mayo de 2019."
)
EMBASSY = (
    "The United States condemns the attack on the convoy in Khartoum, in which 3 staff of the food"
    " programme were killed and 2 were wounded on 15 April 2023.\n"
    "تدين الولايات المتحدة الهجوم على القافلة في الخرطوم الذي قتل فيه 3 من موظفي برنامج الأغذية"
    " وأصيب 2 بجروح في 15 أبريل 2023."
)
BLOCKS = (
    "The army attacked a camp near Gao on Tuesday and killed 25 fighters, the government said.\n"
    "Two helicopters took part in the operation near Gao, General Dupont said in Bamako.\n"
    "L'armée a attaqué mardi un camp près de Gao et a tué 25 combattants, selon le gouvernement.\n"
    "Deux hélicoptères ont participé à l'opération près de Gao, a déclaré le général Dupont à"
    " Bamako."
)
APART = (
    "The army attacked a camp near Gao on Tuesday and killed 25 fighters, the government said.\n"
    "La présidente du Chili a rencontré son homologue argentin à Santiago pour parler de la crise"
    " du cuivre et des droits des travailleurs."
)


@pytest.mark.parametrize(
    ("text", "language"), [(CAPTION, "es"), (ONE_LINE, "es"), (EMBASSY, "ar"), (BLOCKS, "fr")]
)
def test_twins_are_recognised(text: str, language: str) -> None:
    """A caption, a sentence, a release and blocks of two paragraphs in a second language."""
    (found,) = passages.split(text, "en", places())
    assert found.language == language
    assert found.twin is not None
    assert found.twin[0] == 0
    assert text[found.start : found.end].strip() == text[found.start : found.end]
    assert found.twin[1] <= found.start


def test_another_matter_is_no_twin() -> None:
    """What shares neither figures nor names says something else; it is left unread all the same."""
    (found,) = passages.split(APART, "en", places())
    assert (found.language, found.twin) == ("fr", None)


def test_english_with_foreign_names_is_english() -> None:
    """Names of people and places, and a few foreign words, make no passage."""
    text = (
        "Pedro de la Cruz and Jan van der Berg met in San José de los Andes.\n"
        "The Chancellor said that the Bundestag and the Länder had to agree on the Schuldenbremse."
    )
    assert passages.split(text, "en", places()) == []


def test_the_example_world_has_no_passages() -> None:
    """English articles are read whole."""
    assert all(passages.split(one.article.text, "en") == [] for one in examples())


@pytest.mark.parametrize("text", [CAPTION, EMBASSY, BLOCKS])
def test_a_bilingual_article_is_coded_once(text: str) -> None:
    """It gives the claims of its English half, and notes what was left unread."""
    alone = text.split("\n")[: 2 if text == BLOCKS else 1]
    english = an_article(text="\n".join(alone))
    (half,) = [c for c in run([english], coder()) if isinstance(c, Coded)]
    results = list(run([an_article(text=text)], coder()))
    (whole,) = [c for c in results if isinstance(c, Coded)]
    notes = [r for r in results if isinstance(r, Issue)]
    assert half.claims
    assert Counter((c.type, c.trigger) for c in whole.claims) == Counter(
        (c.type, c.trigger) for c in half.claims
    )
    assert [note.code for note in notes] == ["twin-passage"]
    assert "say the same and are coded" in notes[0].message


def test_a_foreign_passage_is_noted() -> None:
    """What is said in another language alone is lost, and says so."""
    notes = [r for r in run([an_article(text=APART)], coder()) if isinstance(r, Issue)]
    assert [(note.code, note.severity) for note in notes] == [("foreign-passage", "warning")]


def test_a_short_text_is_certainly_not_english() -> None:
    """A sentence too short to tell Spanish from Galician is known not to be English."""
    assert other("Un manifestante lanza una piedra contra la policía.", "en") is not None
    assert other("A protester throws a stone at riot police in the capital.", "en") is None
