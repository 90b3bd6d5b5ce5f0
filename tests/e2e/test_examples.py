"""Example articles from file to claims: what holds of every article, whatever it says."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.packaged import coder, guide, true_spans
from tests.page import whole
from tocsin.export import gold
from tocsin.ontology.countries import SECTORS
from tocsin.pipeline import run
from tocsin.records.claim import Claim, Participant
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue
from tocsin.records.wire import dump, load
from tocsin.sources import files

EXAMPLES = Path(__file__).parents[2] / "examples"
# Every fourth article, from all four crises: enough for laws, and quick.
PATHS = sorted((EXAMPLES / "articles").glob("*.json"))[::4]
EXPECTED = yaml.safe_load((EXAMPLES / "bad.yml").read_text("utf8"))
FOREIGN = "foreign-language"


@cache
def coded() -> dict[str, Coded]:
    """Return the articles by name, each coded once; no issue may come up."""
    results = list(run.run(files.read(PATHS), coder()))
    assert [r for r in results if isinstance(r, Issue)] == []
    return {r.article.doc: r for r in results if isinstance(r, Coded)}


@cache
def bad() -> tuple[Coded | Issue, ...]:
    """Return all that comes of the bad files and of the article that one of them doubles."""
    twin = EXAMPLES / "articles" / "iraq12-intercept-tessaly.json"
    return tuple(run.run(files.read([twin, EXAMPLES / "bad"]), coder()))


def article(path: Path) -> Coded:
    """Return what an article was coded into."""
    return coded()[path.stem]


def people(claim: Claim) -> tuple[Participant, ...]:
    """Return all participants of a claim."""
    chain = claim.attribution.chain if claim.attribution else ()
    return (*claim.actors, *claim.recipients, *claim.denied_by, *chain)


def by_name(path: Path) -> str:
    """Return how an article is called in reports."""
    return path.stem


each = pytest.mark.parametrize("path", PATHS, ids=by_name)


@each
def test_spans_are_true(path: Path) -> None:
    """Every span of every record is cut out of the article's text."""
    assert true_spans(article(path)) > 0


@each
def test_claims_are_of_the_ontology(path: Path) -> None:
    """Types, modes, sectors and countries are codes that are defined."""
    types, knowledge = guide().ontology, guide().knowledge
    codes = {c.code for c in knowledge.countries.values()} | {"IGO", "NGO", None}
    for claim in article(path).claims:
        assert set(claim.modes) <= {str(mode) for mode in types[claim.type].modes}
        assert claim.outcome is None or claim.type == "ASSAULT"
        for who in people(claim):
            assert who.country in codes
            assert set(who.sectors) <= set(SECTORS)


@each
def test_claims_are_in_text_order(path: Path) -> None:
    """Claims stand in text order under ids of their own, none twice on the same words."""
    claims = article(path).claims
    triggers = [(c.trigger.start, c.trigger.end) for c in claims]
    assert triggers == sorted(triggers)
    assert len({c.id for c in claims}) == len(claims)
    assert len({(c.type, *t) for c, t in zip(claims, triggers, strict=True)}) == len(claims)


@each
def test_links_stay_in_the_article(path: Path) -> None:
    """A content hangs on another claim of its article, of a type that has contents."""
    claims = {c.id: c for c in article(path).claims}
    for claim in claims.values():
        if claim.content_of is not None:
            assert claim.content_of != claim.id
            assert guide().ontology[claims[claim.content_of].type].content


@each
def test_unknown_country_has_a_reason(path: Path) -> None:
    """A participant of whom nothing is known says why."""
    for claim in article(path).claims:
        for who in people(claim):
            assert who.entity or who.country or who.sectors or who.unknown, who


@each
def test_every_claim_has_reasons(path: Path) -> None:
    """A claim says which hand took its words for an event, each hand once."""
    for claim in article(path).claims:
        hands = [r.hand for r in claim.reasons if r.field == "type"]
        assert hands in (["model"], ["lexicon"], ["model", "lexicon"])


@each
def test_ids_are_unique(path: Path) -> None:
    """Statements, relations and entities have ids of their own."""
    for part in (article(path).statements, article(path).relations, article(path).entities):
        ids = [record.id for record in part]
        assert len(set(ids)) == len(ids)


@each
def test_page_is_whole(path: Path) -> None:
    """An article's page has all its characters and spans, and nothing that is not its own."""
    whole(article(path))


@each
def test_lines_read_back(path: Path) -> None:
    """A record comes back from its line as it was."""
    assert load(dump(article(path)), Coded) == article(path)


@each
def test_gold_form_has_every_claim(path: Path) -> None:
    """The gold form has the article's claims with links among them."""
    row = gold.row(article(path))
    names = [c["id"] for c in row["claims"]]
    assert len(names) == len(article(path).claims)
    assert {c["content_of"] for c in row["claims"] if "content_of" in c} <= set(names)


def test_every_record_is_stamped() -> None:
    """Every parcel carries the version, ontology and model that made it."""
    assert {c.stamp for c in coded().values()} == {coder().stamp}
    assert all((coder().stamp.ontology, coder().stamp.model))


def test_something_is_found() -> None:
    """Most of the articles tell of events, quote somebody and name somebody."""
    found = coded().values()
    assert sum(bool(c.claims) for c in found) > len(found) / 2
    assert sum(bool(c.statements) for c in found) > len(found) / 2
    assert all(c.entities for c in found)


def test_same_article_same_bytes() -> None:
    """Coding an article again, alone, gives the same bytes."""
    path = PATHS[0]
    (again,) = run.run(files.read([path]), coder())
    assert dump(again) == dump(article(path))


@pytest.mark.parametrize("name", [name for name, row in EXPECTED.items() if row["issue"]])
def test_bad_files_lead_to_their_issues(name: str) -> None:
    """A bad file leads to the issue that is expected of it, under the file's or article's name."""
    told = [i for i in bad() if isinstance(i, Issue) and i.code == EXPECTED[name]["issue"]]
    assert [i for i in told if Path(name).stem in i.file]


def test_bad_files_never_fail_in_coding() -> None:
    """Whatever can be read can be coded."""
    assert [i for i in bad() if isinstance(i, Issue) and i.code == "coding-failed"] == []


def test_bad_files_have_true_spans() -> None:
    """Odd characters, long lines and hidden marks leave the spans true."""
    for result in bad():
        if isinstance(result, Coded):
            true_spans(result)


@pytest.mark.parametrize("name", [n for n, row in EXPECTED.items() if row["issue"] == FOREIGN])
def test_foreign_articles_are_not_coded(name: str) -> None:
    """An article in a language that no reader reads has no claims in English."""
    assert [r for r in bad() if isinstance(r, Coded) and Path(name).stem in r.article.doc] == []
