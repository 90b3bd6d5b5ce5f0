"""Articles in other languages: coded by their packs, or left out with the reason."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests import portuguese
from tests.build import an_article
from tests.packaged import coder, true_spans
from tocsin.base import plugins
from tocsin.ontology import packs
from tocsin.pipeline.languages import Languages
from tocsin.pipeline.run import Coder, run
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue

TEXT = (
    "O exército sírio bombardeou Alepo na terça. Rebeldes mataram doze civis em Alepo. "
    "Moçambique não expulsou soldados."
)


@pytest.fixture
def speaker(tmp_path: Path) -> Iterator[Coder]:
    """Return a coder that knows Portuguese, its reader a plug-in of another package."""
    place = portuguese.installed(tmp_path / "site")
    sys.path.insert(0, str(place))
    plugins.listed.cache_clear()
    plugins.hidden.cache_clear()
    folder = portuguese.written(tmp_path / "own")
    base = coder()
    yield replace(base, languages=Languages(base.guide, folder, packs.load(folder)))
    sys.path.remove(str(place))
    plugins.listed.cache_clear()
    plugins.hidden.cache_clear()


def only(results: Iterator[Coded | Issue]) -> Coded:
    """Return the one article that came out, which no issue went with."""
    (found,) = list(results)
    assert isinstance(found, Coded), found
    return found


def test_a_third_language_by_the_recipe(speaker: Coder) -> None:
    """Ten verbs, a few nouns and a tiny reader give claims with evidence, and say who made them."""
    article = an_article(text=TEXT, language="pt")
    found = only(run([article], speaker))
    told = [(c.type, c.trigger.quote, c.modality) for c in found.claims]
    assert told == [
        ("ASSAULT", "bombardeou", "actual"),
        ("ASSAULT", "mataram", "actual"),
        ("SANCTION", "expulsou", "negated"),
    ]
    first, second, _ = found.claims
    assert [(a.country, a.sectors) for a in first.actors] == [("SYR", ("MIL",))]
    assert first.date is not None
    assert first.date.start == first.date.end
    assert [a.sectors for a in second.actors] == [("REB",)]
    assert second.killed is not None
    assert (second.killed.low, second.killed.high) == (12, 12)
    assert second.place is not None
    assert second.place.country == "SYR"
    assert found.stamp.model == "tiny-portuguese-1.0"
    assert true_spans(found) > 0


def test_languages_do_not_mix(speaker: Coder) -> None:
    """English coded before and after Portuguese comes out the same."""
    english = an_article()
    before = only(run([english], speaker))
    only(run([an_article(text=TEXT, language="pt-BR")], speaker))
    assert only(run([english], speaker)) == before
    assert before == only(run([english], coder()))


def test_a_pack_without_its_reader_says_so(tmp_path: Path) -> None:
    """Nothing is coded by half: the issue names the plug-in that the pack asks for."""
    folder = portuguese.written(tmp_path)
    known = Languages(coder().guide, folder, packs.load(folder))
    (found,) = run([an_article(text=TEXT, language="pt")], replace(coder(), languages=known))
    assert isinstance(found, Issue)
    assert found.code == "no-reader"
    assert "read, not coded" in found.message
    assert "tiny-portuguese" in found.message


def test_a_pack_may_have_no_reader_yet(tmp_path: Path) -> None:
    """A pack in the making is loaded, and its articles are left out with what to do."""
    folder = portuguese.written(tmp_path)
    path = folder / "lexicon" / "pt" / "pack.yml"
    path.write_text("code: pt\nname: Portuguese\nreader: none\n", "utf8")
    known = Languages(coder().guide, folder, packs.load(folder))
    (found,) = run([an_article(text=TEXT, language="pt")], replace(coder(), languages=known))
    assert isinstance(found, Issue)
    assert "no reader for pt (Portuguese)" in found.message
    assert "docs/languages.md" in found.message


def test_a_language_without_a_pack_is_foreign() -> None:
    """The issue names the language and those that are read."""
    (found,) = run([an_article(text="Das ist ein Satz. " * 9, language="de")], coder())
    assert isinstance(found, Issue)
    assert found.code == "foreign-language"
    assert "readers exist for en, es" in found.message
