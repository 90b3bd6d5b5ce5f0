"""The ontology's records: triggers found in sentences, and a fingerprint of the content alone."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from tocsin.ontology.load import load
from tocsin.ontology.model import Example, Finding, Ontology


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    """Return the packaged ontology."""
    return load()


def spans(sentence: str, trigger: str) -> list[str]:
    """Return the words that the trigger's parts cover."""
    example = Example(sentence, trigger, None)
    return [sentence[start:end] for start, end in example.spans()]


def test_trigger_in_one_piece() -> None:
    """A trigger is found as it is printed."""
    assert spans("Jets bombed the port.", "bombed") == ["bombed"]


def test_trigger_in_two_pieces() -> None:
    """The parts of a trigger that stands apart are found one after the other."""
    assert spans("They lodged a sharp complaint.", "lodged ... complaint") == [
        "lodged",
        "complaint",
    ]


def test_trigger_parts_out_of_order() -> None:
    """A trigger whose parts stand the other way round is not found."""
    assert spans("The complaint was lodged.", "lodged ... complaint") == []


def test_trigger_is_a_whole_word() -> None:
    """A trigger within a longer word does not count as found."""
    assert spans("The envoy said so.", "aid") == []


def test_finding_reads_as_one_line() -> None:
    """A finding says file, key, what was found and expected, and what to do."""
    finding = Finding("types/x.yml", "quad", "'XX'", "one of MC, MX", "use one of them")
    assert str(finding) == "types/x.yml: quad: found 'XX', expected one of MC, MX; use one of them"


def test_ontology_is_a_mapping_by_id(ontology: Ontology) -> None:
    """Types are looked up, listed and counted by their ids."""
    assert ontology["ASSAULT"].id == "ASSAULT"
    assert "FIGHT" not in ontology
    assert len(ontology) == len(list(ontology)) == len(ontology.types)


def test_unknown_type_is_a_key_error(ontology: Ontology) -> None:
    """Looking up a type that is not there fails as it does in any mapping."""
    with pytest.raises(KeyError):
        ontology["FIGHT"]


def test_fingerprint_ignores_order(ontology: Ontology) -> None:
    """The order in which files and terms were read leaves the fingerprint as it is."""
    types = dict(reversed(list(ontology.types.items())))
    sectors = dict(reversed(list(ontology.sectors.items())))
    assert replace(ontology, types=types, sectors=sectors).fingerprint == ontology.fingerprint


def test_fingerprint_ignores_the_version(ontology: Ontology) -> None:
    """The version names the content and is no part of the fingerprint."""
    assert replace(ontology, version="other").fingerprint == ontology.fingerprint


def test_fingerprint_changes_with_a_definition(ontology: Ontology) -> None:
    """A changed word in one definition changes the fingerprint."""
    changed = replace(ontology["AID"], definition="Another definition.")
    types = {**ontology.types, "AID": changed}
    assert replace(ontology, types=types).fingerprint != ontology.fingerprint


def test_fingerprint_changes_with_a_term(ontology: Ontology) -> None:
    """A term that is left out changes the fingerprint."""
    contexts = {key: term for key, term in ontology.contexts.items() if key != "gender"}
    assert replace(ontology, contexts=contexts).fingerprint != ontology.fingerprint


def test_ontology_crosses_processes(ontology: Ontology) -> None:
    """An ontology is taken apart and put together whole, so worker processes can be handed one."""
    assert copy.deepcopy(ontology) == ontology
