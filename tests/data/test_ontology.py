"""The packaged ontology as data: complete, consistent, and each type told apart by sentences."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tocsin.ontology import crosswalk
from tocsin.ontology.check import LEAST_CONTRASTS, LEAST_EXAMPLES, check
from tocsin.ontology.form import listed, packaged
from tocsin.ontology.load import TERMS, load
from tocsin.ontology.model import EventType

ONTOLOGY = load()
CROSSWALK = crosswalk.load()
TYPES = list(ONTOLOGY.values())
LEAST_WORDS = 15
ROOT = 2  # digits of a root code
MODED = [(event.id, mode) for event in TYPES for mode in event.modes]
SCORES = {
    "ACCUSE": ("VX", -2.0, 3),
    "AGREE": ("VC", 2.5, 0),
    "AID": ("MC", 10.0, 0),
    "ASSAULT": ("MX", -9.0, 15),
    "COERCE": ("MX", -7.0, 10),
    "CONCEDE": ("VC", 4.5, 0),
    "CONSULT": ("VC", 2.5, 4),
    "COOPERATE": ("MC", 9.5, 0),
    "MOBILIZE": ("MX", -5.5, 4),
    "PROTEST": ("MX", -5.0, 7),
    "REJECT": ("VX", -2.0, 4),
    "REQUEST": ("VX", 0.0, 4),
    "RETREAT": ("MC", 6.5, 6),
    "SANCTION": ("MX", -6.0, 4),
    "SUPPORT": ("VC", 5.0, 0),
    "THREATEN": ("VX", -3.5, 6),
}
EXAMPLE_FOLDER = Path(__file__).parents[2] / "examples" / "ontology"


def test_nothing_is_wrong() -> None:
    """The check finds nothing in the packaged data."""
    assert [str(finding) for finding in check()] == []


def test_types_are_plover() -> None:
    """The sixteen types have PLOVER's quads, scores and numbers of modes."""
    found = {event.id: (event.quad, event.score, len(event.modes)) for event in TYPES}
    assert found == SCORES


def test_types_with_content() -> None:
    """Five types may carry another claim as their content."""
    with_content = {event.id for event in TYPES if event.content}
    assert with_content == {"ACCUSE", "AGREE", "REJECT", "REQUEST", "THREATEN"}


def test_only_consult_has_no_recipient() -> None:
    """Whoever takes part in a CONSULT is an actor; every other type has a recipient."""
    assert [event.id for event in TYPES if event.recipient is None] == ["CONSULT"]


@pytest.mark.parametrize("event", TYPES, ids=lambda event: event.id)
def test_type_is_told_by_sentences(event: EventType) -> None:
    """Each type has a definition, examples, rules with examples, and contrasts."""
    assert len(event.definition.split()) >= LEAST_WORDS
    assert len(event.examples) >= LEAST_EXAMPLES
    assert len(event.contrasts) >= LEAST_CONTRASTS
    assert len(event.rules) >= LEAST_EXAMPLES
    assert all(example.spans() for _, example in event.sentences())
    assert all(contrast.why for contrast in event.contrasts)


def test_no_sentence_stands_twice() -> None:
    """Every sentence is its own: none serves two types or two rules."""
    sentences = Counter(item.sentence for event in TYPES for _, item in event.sentences())
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_every_mode_is_defined_and_shown() -> None:
    """Every mode has a definition of its own, and a sentence that is coded with it."""
    definitions = {mode.definition for event in TYPES for mode in event.modes.values()}
    assert len(definitions) == len(MODED) == sum(count for _, _, count in SCORES.values())
    shown = {
        (item.type, mode) for event in TYPES for _, item in event.sentences() for mode in item.modes
    }
    assert [pair for pair in MODED if pair not in shown] == []


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("quads", 4),
        ("contexts", 37),
        ("sectors", 25),
        ("modality", 6),
        ("outcomes", 3),
        ("relations", 9),
        ("styles", 3),
    ],
)
def test_vocabularies_are_complete(kind: str, count: int) -> None:
    """Each small vocabulary has as many terms as the codebook."""
    terms = getattr(ONTOLOGY, kind)
    assert kind in TERMS
    assert len(terms) == count
    assert list(terms) == sorted(terms)


def test_modality_values() -> None:
    """The six values of modality are those that claims are written with."""
    values = {"actual", "conditional", "future", "negated", "possible", "requested"}
    assert set(ONTOLOGY.modality) == values


def test_every_file_is_commented() -> None:
    """Every data file begins with a comment that names it and says where people go wrong."""
    folders = (packaged("ontology"), packaged("ontology") / "types", packaged("crosswalk"))
    files = [file for folder in folders for file in listed(folder, [])]
    assert len(files) == len(TYPES) + len(TERMS) + 4
    bare = [f.name for f in files if not f.read_text("utf-8").startswith(f"# {f.name}. ")]
    assert bare == []


def test_type_files_are_named_after_their_type() -> None:
    """The file of a type has its id as a name."""
    names = [file.name for file in listed(packaged("ontology") / "types", [])]
    assert names == [f"{key.lower()}.yml" for key in ONTOLOGY]


def test_cameo_codes_are_complete() -> None:
    """All twenty roots and the codebook's detailed codes are there, and two later ones."""
    per_root = Counter(code[:2] for code in CROSSWALK.codes if len(code) > ROOT)
    sizes = [10, 27, 28, 7, 8, 5, 6, 25, 5, 27, 12, 28, 22, 26, 6, 13, 13, 14, 9, 7]
    assert per_root == {f"{root:02}": size for root, size in enumerate(sizes, start=1)}
    assert all(root in CROSSWALK.codes for root in per_root)


def test_cameo_codes_have_parents() -> None:
    """Every four-digit code stands under a three-digit one, and that under a root."""
    codes = set(CROSSWALK.codes)
    assert [code for code in codes if len(code) > ROOT and code[:-1] not in codes] == []


@pytest.mark.parametrize("event", TYPES, ids=lambda event: event.id)
def test_types_survive_the_way_to_cameo_and_back(event: EventType) -> None:
    """The code of a type, or of a type with a mode, leads back to a neighbour of the same kind.

    CONCEDE and RETREAT share one CAMEO root, so they may lead to each other.
    """
    same = {"CONCEDE", "RETREAT"} if event.id in {"CONCEDE", "RETREAT"} else {event.id}
    for modes in ((), *((mode,) for mode in event.modes)):
        back = CROSSWALK.from_cameo(CROSSWALK.to_cameo(event.id, modes))
        assert back is not None
        assert back[0] in same


def test_example_folder_is_sound() -> None:
    """The user's example folder adds its type and gives no findings."""
    assert [str(finding) for finding in check(EXAMPLE_FOLDER)] == []
    ontology = load(EXAMPLE_FOLDER)
    assert set(ontology) - set(ONTOLOGY) == {"DESECRATE"}
    assert "heritage" in ontology.contexts
    codes = crosswalk.load(EXAMPLE_FOLDER)
    assert codes.to_cameo("DESECRATE", ("loot",)) == "1711"
