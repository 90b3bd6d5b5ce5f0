"""What fusion keeps of a coded article."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import a_claim, a_participant, a_span, an_article
from tocsin.fusion import rarity
from tocsin.fusion.sheet import LIGHT, MOST, content, head, root, sheet
from tocsin.records.claim import Interval
from tocsin.records.coded import Coded, Stamp

STAMP = Stamp(version="0", ontology="o", model="m", gazetteer="g")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("struck", "strikes"), ("airstrikes", "strike"), ("explosion", "exploded"),
        ("killing", "killed"), ("deaths", "died"), ("withdrew", "withdrawal"),
        ("defence", "defense"), ("shot", "shooting"), ("negotiators", "negotiate"),
        ("Assad's", "Assad"), ("besieging", "siege"), ("expulsion", "expelled"),
    ],
)  # fmt: skip
def test_forms_of_a_word_have_one_root(one: str, other: str) -> None:
    """Irregular forms, spellings and derived nouns come together."""
    assert root(one) == root(other)


@pytest.mark.parametrize(
    ("one", "other"), [("strike", "attack"), ("arm", "army"), ("die", "kill"), ("war", "warn")]
)
def test_other_words_have_other_roots(one: str, other: str) -> None:
    """A root is not a synonym."""
    assert root(one) != root(other)


@pytest.mark.parametrize(
    ("trigger", "word"),
    [
        ("drone strikes", "strike"), ("pulled out", "pull"), ("use of force", "use"),
        ("carried out an attack", "attack"), ("held talks", "talk"), ("held", "hold"),
        ("back down", "back"), ("cease-fire", "fire"),
    ],
)  # fmt: skip
def test_the_head_of_a_trigger_tells_the_event(trigger: str, word: str) -> None:
    """The last word before a particle, or the noun after a light verb."""
    assert head(trigger) == root(word)


def test_content_words_leave_out_days_and_common_words() -> None:
    """Names of days and what every text has are no content; numbers are."""
    said = "On Friday 22 November the army said that it had shelled Qardaha."
    assert content(said) == ("22", "armi", "shell", "qardaha")


def test_of_a_long_sentence_the_rarest_words_stay() -> None:
    """A list of forty names and one common word loses the common word."""
    names = [f"qarda{chr(97 + k % 26)}{chr(97 + k // 26)}x" for k in range(MOST)]
    found = content(" ".join(["army", *names]))
    assert len(found) == MOST
    assert "armi" not in found


def test_rarity_goes_from_every_text_to_none() -> None:
    """Common words weigh little, unknown ones 1, years and numbers in between."""
    assert rarity.weight("the") < LIGHT < rarity.weight("polic") < rarity.weight("hezbollah")
    assert rarity.weight("qardaha") == 1.0
    assert rarity.weight("2024") < rarity.weight("47") < 1.0


def test_terms_are_the_rarest_words_of_length_one() -> None:
    """Forty words at most, the squares of whose weights make 1; numbers are none of them."""
    words = ["the", "qardaha", "qardaha", "47", *(f"w{chr(97 + k)}q" for k in range(26)), "polic"]
    found = rarity.terms(words * 2)
    assert sum(weight**2 for weight in found.values()) == pytest.approx(1.0)
    assert max(found, key=lambda word: found[word]) == "qardaha"
    assert "47" not in found
    assert len(rarity.terms(f"name{chr(97 + k % 26)}{chr(97 + k // 26)}" for k in range(99))) == 40


def _coded() -> Coded:
    article = an_article("Israeli jets struck a depot near Qardaha on Friday, killing three.")
    day = Interval(date(2024, 11, 22), date(2024, 11, 22), a_span(article.text, "on Friday"))
    actor = a_participant(a_span(article.text, "Israeli jets"), "the Israeli jets", country="ISR")
    claim = a_claim(article, "struck", actors=(actor,), when=day)
    return Coded(article=article, claims=(claim,), stamp=STAMP)


def test_a_sheet_keeps_what_a_claim_says() -> None:
    """A claim becomes a mention with its lemma, days as numbers, and words of its sentence."""
    coded = _coded()
    made = sheet(coded, sketch=(1, 2))
    (mention,) = made.mentions
    assert made.article == mention.article == coded.article.id
    assert made.sketch == (1, 2)
    assert mention.lemma == "strike"
    assert mention.start == mention.end == date(2024, 11, 22).toordinal()
    assert mention.actors[0].name == "israeli jets"
    assert "qardaha" in mention.words
    assert "qardaha" in made.terms
