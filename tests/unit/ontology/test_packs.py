"""Language packs: found, checked, and spoken one at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.base.errors import OntologyError
from tocsin.ontology import lexicon, packs
from tocsin.ontology.glosses import counted, small, timed
from tocsin.ontology.matters import contexts
from tocsin.ontology.packs import ENGLISH, speaking, spoken
from tocsin.ontology.words import groups


def written(folder: Path, **files: str) -> Path:
    """Return a user's folder with a pack called xx, files by name."""
    place = folder / "lexicon" / "xx"
    place.mkdir(parents=True)
    (place / "pack.yml").write_text("code: xx\nname: Xish\nreader: none\n", "utf8")
    for name, text in files.items():
        (place / f"{name}.yml").write_text(text, "utf8")
    return folder


def test_english_is_the_first_pack() -> None:
    """English stands among the packs as it is spoken by default."""
    found = packs.load()["en"]
    assert (found.code, found.reader, found.folder) == ("en", "network", ENGLISH.folder)
    assert spoken() is ENGLISH


def test_a_users_pack_is_found(tmp_path: Path) -> None:
    """A folder with a pack.yml adds a language; one without adds words to a packaged one."""
    (tmp_path / "lexicon" / "en").mkdir(parents=True)
    found = packs.load(written(tmp_path))
    assert found["xx"].name == "Xish"
    assert set(found) == {*packs.load(), "xx"}


def test_a_packaged_language_is_not_replaced(tmp_path: Path) -> None:
    """A pack of one's own may not take a packaged code: the message says what to do."""
    place = tmp_path / "lexicon" / "es"
    place.mkdir(parents=True)
    (place / "pack.yml").write_text("code: es\nname: Mine\nreader: none\n", "utf8")
    with pytest.raises(OntologyError, match=r"packaged already; remove pack\.yml"):
        packs.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code: xx\nname: Xish\nreader: none\ncolour: red\n", "colour"),
        ("code: yy\nname: Xish\nreader: none\n", "its folder 'xx'"),
        ("code: xx\nname: Xish\n", "reader is missing"),
        ("code: xx\nname: Xish\nreader: none\ndateline: '('\n", "dateline is no pattern"),
        ("code: xx\nname: Xish\nreader: none\ndateline: a\n", "no group"),
        ("code: xx\nname: Xish\nreader: none\nendings: [a]\n", "endings should be a mapping"),
        ("- xx\n", "should be a mapping"),
    ],
)
def test_a_wrong_pack_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """Each message names the file and what is wrong in it."""
    path = written(tmp_path) / "lexicon" / "xx" / "pack.yml"
    path.write_text(text, "utf8")
    with pytest.raises(OntologyError, match=said):
        packs.load(tmp_path)


def test_words_are_those_of_the_language_spoken(tmp_path: Path) -> None:
    """Inside, groups and glosses are the pack's; outside they are English again."""
    folder = written(
        tmp_path,
        words="groups:\n  killing: [zap]\n",
        glosses="words: {ko: of}\nnumbers:\n  - [trisk, three]\n"
        "times:\n  fragments: {MONTH: {mor: march}}\n  turns:\n    - [D MONTH, D MONTH]\n",
    )
    with speaking(packs.load(folder)["xx"]):
        assert groups()["killing"] == {"zap"}
        assert groups()["wounding"] == frozenset()
        assert small(["Ko", "Zap"]) == ("of", "zap")
        assert (counted("trisk zaps"), timed("3 Mor")) == ("three zaps", "3 march")
        assert contexts(["asylum", "seeker"]) == ()
    assert "kill" in groups()["killing"]
    assert (small(["Ko"]), timed("3 Mor")) == (("ko",), "3 Mor")


def test_a_strange_group_is_refused(tmp_path: Path) -> None:
    """A group that no rule speaks of is a slip, and the message lists those there are."""
    pack = packs.load(written(tmp_path, words="groups:\n  kiling: [zap]\n"))["xx"]
    with speaking(pack), pytest.raises(OntologyError, match="no rule speaks of the group 'kiling'"):
        groups()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("numbers:\n  - ['(', one]\n", "is no pattern"),
        ("numbers:\n  - [one]\n", "expected \\[pattern, English\\]"),
        ("times:\n  turns:\n    - [D DAY, D DAY]\n", "no fragment is called DAY"),
        ("words: [a, b]\n", "are mappings"),
    ],
)
def test_wrong_glosses_are_refused(tmp_path: Path, text: str, said: str) -> None:
    """A pattern that cannot be read is named, not left out."""
    pack = packs.load(written(tmp_path, glosses=text))["xx"]
    with speaking(pack), pytest.raises(OntologyError, match=said):
        timed("3 mor")


def test_heads_stand_where_the_language_has_them(tmp_path: Path) -> None:
    """In a language whose nouns lead, the first word of a compound is its head."""
    triggers = "type: ASSAULT\nentries:\n  - {lemma: zap fli, pos: NOUN, sense: always}\n"
    folder = written(tmp_path)
    place = folder / "lexicon" / "xx"
    (place / "triggers").mkdir()
    (place / "triggers" / "assault.yml").write_text(triggers, "utf8")
    (last,) = lexicon.load(pack=packs.load(folder)["xx"]).triggers.entries
    leading = "code: xx\nname: Xish\nreader: none\nleading: true\n"
    (place / "pack.yml").write_text(leading, "utf8")
    (first,) = lexicon.load(pack=packs.load(folder)["xx"]).triggers.entries
    assert (last.head, first.head) == (1, 0)
