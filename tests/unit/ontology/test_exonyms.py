"""What a pack calls countries and actors: found first, respelled, checked, added to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.ontology.test_packs import written
from tocsin.base.errors import OntologyError
from tocsin.ontology import actors, packs
from tocsin.ontology.actors import Knowledge

NAMES = """
countries:
  RUS: {names: [Ruzh], adjectives: [ruzhi], capital: Mozh, metonyms: [Kremlo]}
respellings:
  - countries: [RUS]
    turns: {Sh: X, 'v\\b': f}
    sometimes: [{oi: oy}]
actors:
  igo-icc: [CPI]
"""


def known(folder: Path, **files: str) -> Knowledge:
    """Return what is known in the language of a pack with these files."""
    return actors.load(pack=packs.load(written(folder, **files))["xx"])


def meant(knowledge: Knowledge, text: str) -> list[str]:
    """Return whom a name may mean, likeliest first."""
    return [match.id for match in knowledge.find(text.split(), 0)]


def test_countries_and_actors_have_further_names(tmp_path: Path) -> None:
    """Names, adjectives, a capital and a seat lead to the country, an actor's to the actor."""
    knowledge = known(tmp_path, names=NAMES)
    for text in ("Ruzh", "ruzhi", "Mozh", "Kremlo"):
        assert meant(knowledge, text) == ["RUS"]
    assert meant(knowledge, "Russia") == ["RUS"]


def test_a_languages_own_names_come_first(tmp_path: Path) -> None:
    """Elsewhere the letters mean a party."""
    assert meant(actors.load(), "CPI") == ["ind-cpi"]
    assert meant(known(tmp_path, names=NAMES), "CPI") == ["igo-icc", "ind-cpi"]


def test_actors_may_stand_in_files_of_their_own(tmp_path: Path) -> None:
    """Whatever lies in `actors` beside names.yml is read, and a phrase in small letters fits."""
    folder = written(tmp_path)
    place = folder / "lexicon" / "xx" / "actors"
    place.mkdir()
    (place / "africa.yml").write_text("actors:\n  sdn-rsf: [forzi rapidi]\n", "utf8")
    knowledge = actors.load(pack=packs.load(folder)["xx"])
    assert meant(knowledge, "forzi rapidi") == meant(knowledge, "Forzi Rapidi") == ["sdn-rsf"]


def test_names_of_persons_are_respelled(tmp_path: Path) -> None:
    """Each word may be, in either way; other countries' persons and bodies keep theirs."""
    knowledge = known(tmp_path, names=NAMES)
    for text in ("Sergei Xoigu", "Xoigu", "Xoygu", "Sergei Xoygu", "Sergei Lavrof"):
        assert meant(knowledge, text), text
    assert meant(actors.load(), "Sharif")
    assert meant(knowledge, "Xarif") == []


def test_a_short_word_alone_is_not_respelled(tmp_path: Path) -> None:
    """It could be a word of the language."""
    names = "respellings:\n  - {countries: [AFG], turns: {Ghani: Gan}}\n"
    knowledge = known(tmp_path, names=names)
    assert meant(knowledge, "Gan") == []
    assert meant(knowledge, "Ashraf Gan") == ["afg-ghani"]


def test_words_of_a_name_are_its_bearers(tmp_path: Path) -> None:
    """A pack's names count among an actor's, which tell whose a surname is."""
    knowledge = known(tmp_path, names="actors:\n  rus-lavrov: [Serkio Lavrov]\n")
    assert "Serkio Lavrov" in knowledge.actors["rus-lavrov"].aliases
    assert "Serkio Lavrov" not in actors.load().actors["rus-lavrov"].aliases


def test_a_users_folder_adds_names_to_a_packaged_language(tmp_path: Path) -> None:
    """As it adds words: without a pack.yml of its own."""
    place = tmp_path / "lexicon" / "es"
    place.mkdir(parents=True)
    (place / "names.yml").write_text("actors:\n  sdn-rsf: [los de Hemedti]\n", "utf8")
    pack = packs.load(tmp_path)["es"]
    added = actors.load(pack=pack, added=tmp_path)
    assert meant(added, "los de Hemedti") == ["sdn-rsf"]
    assert meant(added, "Fuerzas de Apoyo Rápido") == ["sdn-rsf"]
    assert meant(actors.load(pack=pack), "los de Hemedti") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("actors:\n  sdn-nobody: [Nadie]\n", "there is no actor sdn-nobody"),
        ("countries:\n  QQQ: {names: [Nada]}\n", "the country QQQ is not in countries.yml"),
        ("countries:\n  RUS: {colour: red}\n", "colour"),
        ("respellings:\n  - {countries: [RUS], turns: {'(': x}}\n", "'\\(' is no pattern"),
        ("respellings:\n  - {countries: [RUS]}\n", "has countries and turns"),
        ("respellings:\n  - {countries: [QQQ], turns: {a: b}}\n", "QQQ, which is unknown"),
        ("people:\n  a: [b]\n", "people"),
    ],
)
def test_wrong_names_are_refused(tmp_path: Path, text: str, said: str) -> None:
    """Each message names what is wrong, and nothing is left out in silence."""
    with pytest.raises(OntologyError, match=said):
        known(tmp_path, names=text)
