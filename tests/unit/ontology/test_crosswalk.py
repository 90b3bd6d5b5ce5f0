"""CAMEO codes from types and modes, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.base.errors import OntologyError
from tocsin.ontology.crosswalk import Crosswalk, load


@pytest.fixture(scope="module")
def crosswalk() -> Crosswalk:
    """Return the packaged crosswalk."""
    return load()


@pytest.mark.parametrize(
    ("event_type", "modes", "code"),
    [
        ("ASSAULT", (), "190"),
        ("ASSAULT", ("aerial",), "195"),
        ("CONSULT", ("visit",), "042"),
        ("RETREAT", ("ceasefire",), "0871"),
        ("REQUEST", (), "100"),
        ("SUPPORT", (), "050"),
    ],
)
def test_to_cameo(crosswalk: Crosswalk, event_type: str, modes: tuple[str, ...], code: str) -> None:
    """A type and its mode give the closest code, as a string with its leading zero."""
    assert crosswalk.to_cameo(event_type, modes) == code


def test_most_telling_mode_wins(crosswalk: Crosswalk) -> None:
    """Of several modes the one listed first wins, in whatever order they are given."""
    assert crosswalk.to_cameo("ASSAULT", ("explosives", "suicide-attack")) == "1831"
    assert crosswalk.to_cameo("ASSAULT", ("suicide-attack", "explosives")) == "1831"


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("042", ("CONSULT", "visit")),
        ("1831", ("ASSAULT", "suicide-attack")),
        ("19", ("ASSAULT", None)),
        ("163", ("SANCTION", None)),
        ("010", None),
    ],
)
def test_from_cameo(crosswalk: Crosswalk, code: str, answer: tuple[str, str | None] | None) -> None:
    """A code gives its type and mode, or nothing where no type stands for it."""
    assert crosswalk.from_cameo(code) == answer


def test_unknown_code_is_refused(crosswalk: Crosswalk) -> None:
    """A code that has lost its zero is an error that says so, never a guess."""
    with pytest.raises(OntologyError, match="leading zero"):
        crosswalk.from_cameo("42")


def test_unknown_type_is_refused(crosswalk: Crosswalk) -> None:
    """A type without a code is an error that says where to add it."""
    with pytest.raises(OntologyError, match=r"'LOOT'.*crosswalk/cameo.yml"):
        crosswalk.to_cameo("LOOT")


def test_unknown_mode_is_refused(crosswalk: Crosswalk) -> None:
    """A mode that the type does not have is an error."""
    with pytest.raises(OntologyError, match="'phone' of ASSAULT"):
        crosswalk.to_cameo("ASSAULT", ("phone",))


def test_folder_adds_codes(tmp_path: Path) -> None:
    """A user's crosswalk is laid over the packaged one."""
    (tmp_path / "crosswalk").mkdir()
    file = tmp_path / "crosswalk" / "cameo.yml"
    file.write_text('types:\n  LOOT: {code: "171"}\n', encoding="utf-8")
    crosswalk = load(tmp_path)
    assert crosswalk.to_cameo("LOOT") == "171"
    assert crosswalk.to_cameo("AID") == "070"


def test_broken_crosswalk_is_refused(tmp_path: Path) -> None:
    """A type without a code in the file is an error that names the file and the key."""
    (tmp_path / "crosswalk").mkdir()
    file = tmp_path / "crosswalk" / "cameo.yml"
    file.write_text('types:\n  LOOT: {kode: "171"}\n', encoding="utf-8")
    with pytest.raises(OntologyError, match=r"cameo.yml: types.LOOT.code: found nothing"):
        load(tmp_path)
