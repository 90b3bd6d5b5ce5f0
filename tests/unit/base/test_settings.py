"""Settings: the defaults, a user's file over them, and nothing unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from tocsin.base.errors import SettingsError
from tocsin.base.settings import Settings, load


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return the path of a user's file."""
    return tmp_path / "own.toml"


def test_defaults_are_chances() -> None:
    """Every threshold of the defaults is set, those that are chances between 0 and 1."""
    values = structs.asdict(load().coding)
    bonuses = {"always", "often", "sometimes", "unlisted"}
    assert all(0 < value < 1 for name, value in values.items() if name not in bonuses)
    assert values["always"] > values["often"] > values["sometimes"] > values["unlisted"]


def test_own_file_is_laid_over(own: Path) -> None:
    """A user's file changes what it names and nothing else."""
    own.write_text("[coding]\nclaim = 0.9\n", "utf8")
    changed, default = load(own).coding, load().coding
    assert changed.claim == 0.9
    assert structs.replace(changed, claim=default.claim) == default


def test_empty_file_changes_nothing(own: Path) -> None:
    """A user's file without a setting leaves the defaults."""
    own.write_text("# nothing yet\n", "utf8")
    assert load(own) == load()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[coding]\nclame = 0.9\n", "clame"),
        ("[codign]\nclaim = 0.9\n", "codign"),
        ("[coding]\nclaim = 'high'\n", "claim"),
        ("[coding\n", "TOML"),
        ("coding = 3\n", "coding"),
    ],
)
def test_unknown_is_refused_by_name(own: Path, text: str, found: str) -> None:
    """A setting, section or value that is not known is refused by its name, with the file's."""
    own.write_text(text, "utf8")
    with pytest.raises(SettingsError, match=found) as caught:
        load(own)
    assert "own.toml" in str(caught.value)


def test_missing_file_is_refused(own: Path) -> None:
    """A file that is not there is an error of the settings."""
    with pytest.raises(SettingsError, match=r"own\.toml"):
        load(own)


def test_bytes_that_are_no_text_are_refused(own: Path) -> None:
    """A file that is not UTF-8 is an error of the settings."""
    own.write_bytes(b"\xff\xfe[coding]")
    with pytest.raises(SettingsError, match=r"own\.toml"):
        load(own)


def test_settings_are_frozen() -> None:
    """Settings cannot be changed after they were read."""
    settings: Settings = load()
    with pytest.raises(AttributeError):
        settings.coding.claim = 0.1  # type: ignore[misc]


def test_uncertain_lies_between() -> None:
    """What an endpoint says is outside the band in which it is asked."""
    asking = load().endpoint
    assert asking.unsure < asking.lowest < asking.highest < asking.sure


@pytest.mark.parametrize("line", ["sure = 1.5", "sentences = 0", "retries = -1", "timeout = 0.0"])
def test_senseless_numbers_are_refused(own: Path, line: str) -> None:
    """Chances beyond 1 and requests about nothing are refused by the setting's name."""
    own.write_text(f"[endpoint]\n{line}\n", "utf8")
    with pytest.raises(SettingsError, match=line.partition(" ")[0]):
        load(own)
