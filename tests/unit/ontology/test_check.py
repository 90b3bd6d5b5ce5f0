"""Checking: everything that is wrong with a folder is found, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.ontology.check import check

TYPE = """\
id: "LOOT"
label: "Loot"
quad: "MX"
score: -8.0
content: false
definition: "Plunder."
roles: {actor: "who plunders", recipient: "who is plundered"}
modes:
  - {id: "site", definition: "A site is plundered."}
rules:
  - id: "tombs"
    rule: "Tombs count."
    example: {sentence: "Men looted the tomb.", trigger: "looted", actors: ["Men"]}
    never: ["ASSAULT"]
examples:
  - {sentence: "Men looted the tomb.", trigger: "looted", modes: ["site"]}
  - {sentence: "Men carried it off.", trigger: "carried ... off"}
  - {sentence: "A raid was foiled.", trigger: "raid", outcome: "foiled"}
contrasts:
  - {sentence: "Men shelled the tomb.", trigger: "shelled", type: "ASSAULT", why: "Force."}
  - {sentence: "Men visited the tomb.", trigger: "visited", type: null, why: "A visit."}
"""
CODES = 'types:\n  LOOT: {code: "171", modes: {site: "1711"}}\n'
WORDS = "type: LOOT\nentries:\n  - {lemma: loot, pos: VERB, mode: site}\n"


def folder(path: Path, text: str = TYPE, codes: str = CODES, words: str = WORDS) -> Path:
    """Return a user's folder with a type, its CAMEO codes and its words."""
    for name, content in (
        ("types/loot.yml", text),
        ("crosswalk/cameo.yml", codes),
        ("lexicon/en/triggers/loot.yml", words),
    ):
        file = path / name
        file.parent.mkdir(parents=True)
        file.write_text(content, encoding="utf-8")
    return path


def found(path: Path) -> list[str]:
    """Return the findings of a folder as lines, without the folder's name."""
    return [str(finding).removeprefix(f"{path}/") for finding in check(path)]


def test_sound_folder_has_no_findings(tmp_path: Path) -> None:
    """A folder in order gives no findings."""
    assert found(folder(tmp_path)) == []


@pytest.mark.parametrize(
    ("good", "bad", "start"),
    [
        ('quad: "MX"', 'quad: "XX"', "types/loot.yml: quad: found 'XX'"),
        ('"Plunder."', '""', "types/loot.yml: definition: found nothing"),
        ('trigger: "raid"', 'trigger: "rob"', "types/loot.yml: examples.3.trigger: found 'rob'"),
        ("carried ... off", "off ... carried", "types/loot.yml: examples.2.trigger"),
        ('["Men"]', '["Women"]', "types/loot.yml: rules.tombs.example.actors: found 'Women'"),
        ('modes: ["site"]', 'modes: ["sea"]', "types/loot.yml: examples.1.modes: found 'sea'"),
        ('outcome: "foiled"', 'outcome: "lost"', "types/loot.yml: examples.3.outcome"),
        ('outcome: "foiled"', 'modality: "past"', "types/loot.yml: examples.3.modality"),
        ('never: ["ASSAULT"]', 'never: ["FIGHT"]', "types/loot.yml: rules.tombs.never"),
        ('never: ["ASSAULT"]', 'never: ["LOOT"]', "types/loot.yml: rules.tombs.never"),
        ('type: "ASSAULT"', 'type: "FIGHT"', "types/loot.yml: contrasts.1.type: found 'FIGHT'"),
        ('type: "ASSAULT"', 'type: "LOOT"', "types/loot.yml: contrasts.1.type: found 'LOOT'"),
    ],
)
def test_faults_of_a_type(tmp_path: Path, good: str, bad: str, start: str) -> None:
    """Each fault of a type is found, and it alone."""
    lines = found(folder(tmp_path, TYPE.replace(good, bad)))
    assert len(lines) == 1
    assert lines[0].startswith(start)


def test_several_faults_are_found_at_once(tmp_path: Path) -> None:
    """One broken key does not hide the others."""
    text = TYPE.replace('quad: "MX"', 'quad: "XX"').replace('trigger: "raid"', 'trigger: "rob"')
    keys = [finding.key for finding in check(folder(tmp_path, text))]
    assert keys == ["quad", "examples.3.trigger"]


def test_too_few_sentences(tmp_path: Path) -> None:
    """A type needs three examples and two contrasts."""
    lines = TYPE.splitlines(keepends=True)
    text = "".join(line for line in lines if "raid" not in line and "visited" not in line)
    assert [line.split(";")[0] for line in found(folder(tmp_path, text))] == [
        "types/loot.yml: examples: found 2, expected 3 or more",
        "types/loot.yml: contrasts: found 1, expected 2 or more",
    ]


def test_rule_twice(tmp_path: Path) -> None:
    """Two rules of one id are found."""
    again = '  - {id: "tombs", rule: "Again.", example: {sentence: "A raid.", trigger: "raid"}}\n'
    lines = found(folder(tmp_path, TYPE.replace("examples:", f"{again}examples:", 1)))
    assert [line.split(";")[0] for line in lines] == [
        "types/loot.yml: rules.tombs.id: found the rule twice, expected each rule once"
    ]


def test_type_without_a_code(tmp_path: Path) -> None:
    """A type that the crosswalk does not know is found."""
    lines = found(folder(tmp_path, codes="types: {}\n"))
    assert len(lines) == 1
    assert "the crosswalk: found no CAMEO code" in lines[0]


@pytest.mark.parametrize(
    ("codes", "start"),
    [
        (CODES.replace('"171"', '"999"'), "crosswalk/cameo.yml: types.LOOT.code: found '999'"),
        (CODES.replace("site", "sea"), "types/loot.yml: modes.sea: found a CAMEO code for an"),
        ('types:\n  LOOT: {code: "171"}\n', "types/loot.yml: modes.site: found no CAMEO code"),
        (
            f'codes:\n  "999": {{label: "x", type: "GONE"}}\n{CODES}',
            "crosswalk/cameo.yml: codes.999.type: found 'GONE'",
        ),
        (
            f'codes:\n  "999": {{label: "x", type: "LOOT", mode: "sea"}}\n{CODES}',
            "crosswalk/cameo.yml: codes.999.mode: found 'sea'",
        ),
        (f'{CODES}  GONE: {{code: "171"}}\n', "crosswalk/cameo.yml: types: found 'GONE'"),
    ],
)
def test_faults_of_a_crosswalk(tmp_path: Path, codes: str, start: str) -> None:
    """A code that points nowhere, and a mode without a code, are found."""
    assert any(line.startswith(start) for line in found(folder(tmp_path, codes=codes)))


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (WORDS.replace("LOOT", "GONE"), "lexicon/en/triggers/loot.yml: type: found 'GONE'"),
        (WORDS.replace("mode: site", "mode: sea"), "lexicon/en/triggers/loot.yml: entries.1.mode"),
        ("type: [", "lexicon/en/triggers/loot.yml: the file: found"),
    ],
)
def test_faults_of_a_lexicon(tmp_path: Path, words: str, start: str) -> None:
    """A lexicon of an unknown type or mode, or one that cannot be read, is found."""
    lines = found(folder(tmp_path, words=words))
    assert len(lines) == 1
    assert lines[0].startswith(start)


def test_override_is_checked_against_the_packaged_words(tmp_path: Path) -> None:
    """A replaced type that drops its modes leaves the packaged lexicon and crosswalk dangling."""
    folder(tmp_path, TYPE.replace('"LOOT"', '"PROTEST"').replace("LOOT", "PROTEST"), "", "")
    lines = found(tmp_path)
    assert any("codes.141.mode: found 'demo'" in line for line in lines)
    assert any("protest.yml: entries." in line for line in lines)


def test_stray_names(tmp_path: Path) -> None:
    """Files and folders that nothing reads are found: they are mostly misspelt."""
    folder(tmp_path)
    (tmp_path / "context.yml").write_text("", encoding="utf-8")
    (tmp_path / "type").mkdir()
    (tmp_path / "type" / "x.yml").write_text("", encoding="utf-8")
    (tmp_path / "README.md").write_text("", encoding="utf-8")
    assert [line.split(":")[0] for line in found(tmp_path)] == ["context.yml", "type"]


def test_absent_folder(tmp_path: Path) -> None:
    """A folder that is not there is one finding."""
    assert [finding.key for finding in check(tmp_path / "none")] == ["the folder"]
