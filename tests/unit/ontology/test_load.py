"""Loading: the packaged data, a user's folder over it, and messages for files that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.base.errors import OntologyError
from tocsin.ontology.load import load, read

TYPE = """\
id: "LOOT"
label: "Loot"
quad: "MX"
score: -8.0
content: false
definition: "Plunder."
roles:
  actor: "who plunders"
  recipient: "who is plundered"
modes:
  - {id: "site", definition: "A site is plundered."}
examples:
  - {sentence: "Men looted the tomb.", trigger: "looted", modes: ["site"]}
contrasts:
  - {sentence: "Men visited the tomb.", trigger: "visited", type: null, why: "A visit."}
"""


def folder(path: Path, text: str, name: str = "loot.yml") -> Path:
    """Return a user's folder with one type file of that text."""
    (path / "types").mkdir(exist_ok=True)
    (path / "types" / name).write_text(text, encoding="utf-8")
    return path


def message(path: Path) -> str:
    """Return what loading the folder complains about."""
    with pytest.raises(OntologyError) as caught:
        load(path)
    return str(caught.value)


def test_packaged_data_loads_twice_alike() -> None:
    """Two readings of the packaged data are equal and have one fingerprint."""
    assert load() == load()
    assert load().fingerprint == load().fingerprint


def test_folder_adds_a_type(tmp_path: Path) -> None:
    """A user's type stands beside the packaged ones, which stay as they are."""
    ontology = load(folder(tmp_path, TYPE))
    assert ontology["LOOT"].modes["site"].definition == "A site is plundered."
    assert ontology["ASSAULT"] == load()["ASSAULT"]
    assert ontology.fingerprint != load().fingerprint


def test_folder_overrides_a_type(tmp_path: Path) -> None:
    """A user's type with a packaged id replaces the packaged one whole."""
    ontology = load(folder(tmp_path, TYPE.replace('"LOOT"', '"PROTEST"')))
    assert ontology["PROTEST"].label == "Loot"
    assert set(ontology["PROTEST"].modes) == {"site"}
    assert len(ontology) == len(load())


def test_folder_adds_and_overrides_terms(tmp_path: Path) -> None:
    """A user's context is added, and one with a packaged id replaces it."""
    text = """\
- {id: "heritage", label: "Heritage", definition: "Old things."}
- {id: "gender", label: "Gender", definition: "Mine."}
"""
    (tmp_path / "contexts.yml").write_text(text, encoding="utf-8")
    contexts = load(tmp_path).contexts
    assert contexts["heritage"].label == "Heritage"
    assert contexts["gender"].definition == "Mine."
    assert len(contexts) == len(load().contexts) + 1


def test_folder_is_named_in_the_version(tmp_path: Path) -> None:
    """A user's name and version stand behind the packaged ones."""
    (tmp_path / "ontology.yml").write_text('name: "loot"\nversion: "2"\n', encoding="utf-8")
    assert load(tmp_path).version == f"{load().version}+loot-2"


def test_empty_folder_changes_nothing(tmp_path: Path) -> None:
    """A folder without types or terms leaves the packaged ontology as it is."""
    assert load(tmp_path) == load()


def test_file_names_do_not_matter(tmp_path: Path) -> None:
    """The fingerprint is that of the content, wherever it stands."""
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    one, two = load(folder(first, TYPE)), load(folder(second, TYPE, "zzz.yml"))
    assert one.fingerprint == two.fingerprint


def test_comments_do_not_matter(tmp_path: Path) -> None:
    """A comment leaves the fingerprint as it is."""
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    one, two = load(folder(first, TYPE)), load(folder(second, f"# A comment.\n{TYPE}"))
    assert one.fingerprint == two.fingerprint


@pytest.mark.parametrize(
    ("good", "bad", "parts"),
    [
        ('quad: "MX"', 'quad: "XX"', ["quad", "'XX'", "one of MC, MX, VC, VX"]),
        ("score: -8.0", "score: high", ["score", "'high'", "a number"]),
        ("content: false", "content: perhaps", ["content", "'perhaps'", "true or false"]),
        ('definition: "Plunder."\n', "", ["definition", "nothing", "a text", "add `definition:`"]),
        ('id: "LOOT"', 'id: "loot it"', ["id", "'loot it'", "[A-Z]"]),
        ("label:", "lable:", ["label", "nothing", "a text"]),
        ('  actor: "who plunders"\n', "", ["roles.actor", "nothing", "a text"]),
        ("roles:\n", "roles: none\nothers:\n", ["roles", "'none'", "a mapping"]),
        ('modes: ["site"]', 'modes: "site"', ["examples.1.modes", "'site'", "a list of texts"]),
        ("type: null, ", "", ["contrasts.1.type", "nothing", "a type or null"]),
        ("examples:\n", "examples: none\nrest:\n", ["examples", "'none'", "a list"]),
    ],
)
def test_broken_type_is_refused(tmp_path: Path, good: str, bad: str, parts: list[str]) -> None:
    """A broken key is named with its file, what was found, what was expected and what to do."""
    said = message(folder(tmp_path, TYPE.replace(good, bad)))
    assert said.startswith(str(tmp_path / "types" / "loot.yml"))
    assert all(part in said for part in parts)
    assert "; " in said


def test_unknown_key_is_refused(tmp_path: Path) -> None:
    """A key that nothing reads is an error, since it is mostly a misspelt one."""
    said = message(folder(tmp_path, f"{TYPE}parent: MX\n"))
    assert "parent: found a key that is not known here" in said


def test_mode_twice_is_refused(tmp_path: Path) -> None:
    """Two modes of one id are an error."""
    extra = '  - {id: "site", definition: "Again."}\n'
    said = message(folder(tmp_path, TYPE.replace("examples:", f"{extra}examples:")))
    assert "modes.site.id: found the mode 'site' twice" in said


def test_type_twice_in_one_folder_is_refused(tmp_path: Path) -> None:
    """Two files of one folder that define one type are an error that names both."""
    folder(tmp_path, TYPE)
    said = message(folder(tmp_path, TYPE, "other.yml"))
    assert "'LOOT', which" in said
    assert "loot.yml" in said
    assert "other.yml" in said


@pytest.mark.parametrize(
    "text",
    ["id: [", "id: LOOT\nid: LOOT\n", "id: &a LOOT\nlabel: *a\n", "- a list\n", "", "\x00"],
    ids=["syntax", "key twice", "alias", "list", "empty", "control character"],
)
def test_unreadable_file_is_refused(tmp_path: Path, text: str) -> None:
    """A file that is no plain mapping is an error that names it, and never another exception."""
    assert "loot.yml" in message(folder(tmp_path, text))


def test_latin_1_is_refused(tmp_path: Path) -> None:
    """A file in another encoding is an error that asks for UTF-8."""
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "loot.yml").write_bytes('id: "\xc9"'.encode("latin-1"))
    assert "UTF-8" in message(tmp_path)


def test_other_ending_is_refused(tmp_path: Path) -> None:
    """A .yaml file is not passed over in silence."""
    assert "rename it to loot.yml" in message(folder(tmp_path, TYPE, "loot.yaml"))


def test_absent_folder_is_refused(tmp_path: Path) -> None:
    """A folder that is not there is an error that names it."""
    assert str(tmp_path / "none") in message(tmp_path / "none")


def test_term_twice_is_refused(tmp_path: Path) -> None:
    """Two terms of one id are an error."""
    line = '- {id: "x", label: "X", definition: "X."}\n'
    (tmp_path / "contexts.yml").write_text(line * 2, encoding="utf-8")
    assert "'x', which" in message(tmp_path)


def test_all_faults_are_counted(tmp_path: Path) -> None:
    """The message shows one fault and says how many others there are and how to see them."""
    text = TYPE.replace('quad: "MX"', 'quad: "XX"').replace("score: -8.0", "score: high")
    said = message(folder(tmp_path, text))
    assert "(1 more: run `tocsin ontology check`)" in said
    assert [finding.key for finding in read(tmp_path).findings] == ["quad", "score"]


def test_codes_that_yaml_misreads_stay_texts(tmp_path: Path) -> None:
    """NO and 010 without quotes are read as they are printed."""
    line = "- {id: NO, label: 010, definition: Yes}\n"
    (tmp_path / "contexts.yml").write_text(line, encoding="utf-8")
    term = load(tmp_path).contexts["NO"]
    assert (term.label, term.definition) == ("010", "Yes")
