"""The cache: what was made of files is kept while they stay as they are, and never in the way."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tocsin.ontology import cache
from tocsin.ontology.cache import kept


@dataclass(frozen=True, slots=True)
class Words:
    """Something that is made of files."""

    words: tuple[str, ...]


class Maker:
    """Makes words of a file, and counts how often."""

    def __init__(self, file: Path) -> None:
        """Start at nothing."""
        self.file = file
        self.made = 0

    def __call__(self) -> Words:
        """Return the words of the file."""
        self.made += 1
        return Words(tuple(self.file.read_text("utf8").split()))

    def kept(self) -> Words:
        """Return the words, out of the cache where it has them."""
        return kept("words", [self.file], Words, self)


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    """Return a maker of words of a small file, with a cache of its own."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    file = tmp_path / "words.yml"
    file.write_text("guns før butter", "utf8")
    return Maker(file)


def stored(maker: Maker) -> list[Path]:
    """Return the files that the cache holds."""
    return list((maker.file.parent / "kept").iterdir())


def test_the_same_files_are_read_once(maker: Maker) -> None:
    """What comes out of the cache equals what was made, and is not made again."""
    assert maker.kept() == maker.kept() == Words(("guns", "før", "butter"))
    assert maker.made == 1


def test_a_changed_file_is_read_again(maker: Maker) -> None:
    """Another size or time of a file makes what was kept worthless, and it is removed."""
    maker.kept()
    (before,) = stored(maker)
    maker.file.write_text("peace", "utf8")
    assert maker.kept() == Words(("peace",))
    (after,) = stored(maker)
    assert before != after


def test_another_version_reads_again(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one version of Tocsin kept is nothing to the next."""
    maker.kept()
    monkeypatch.setattr("tocsin.__version__", "99")
    maker.kept()
    assert maker.made == 2


@pytest.mark.parametrize(
    "broken", [b"", b'{"words": ["guns"', b'{"words": [1]}', b'{"words": ["\xff"]}']
)
def test_a_broken_cache_is_made_again(maker: Maker, broken: bytes) -> None:
    """A file that was cut short or holds something else is read over."""
    maker.kept()
    (path,) = stored(maker)
    path.write_bytes(broken)
    assert maker.kept() == maker.kept() == Words(("guns", "før", "butter"))
    assert maker.made == 2


def test_a_place_that_takes_nothing_is_no_error(
    maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be written, here because a file is in the way, the files are read."""
    monkeypatch.setenv(cache.VARIABLE, str(maker.file / "below"))
    assert maker.kept() == maker.kept() == Words(("guns", "før", "butter"))
    assert maker.made == 2


def test_a_file_lost_to_another_process_is_no_error(
    maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process whose unfinished file another one removed still has what it read."""

    def lost(_self: Path, _target: Path) -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "replace", lost)
    assert maker.kept() == Words(("guns", "før", "butter"))


def test_off_keeps_nothing(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache can be turned off."""
    monkeypatch.setenv(cache.VARIABLE, "off")
    monkeypatch.chdir(maker.file.parent)
    maker.kept()
    maker.kept()
    assert maker.made == 2
    assert list(maker.file.parent.iterdir()) == [maker.file]


def test_a_file_that_is_gone_is_no_key(maker: Maker) -> None:
    """A listed file that is not there leaves the complaint to whoever reads it."""
    maker.file.unlink()
    with pytest.raises(FileNotFoundError):
        maker.kept()


@pytest.mark.parametrize(
    ("platform", "variables", "place"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x/caches"}, "/x/caches/tocsin"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/ana/.cache/tocsin"),
        ("linux", {}, "/home/ana/.cache/tocsin"),
        ("darwin", {"XDG_CACHE_HOME": "/x/caches"}, "/home/ana/Library/Caches/tocsin"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/tocsin"),
        ("win32", {}, "/home/ana/AppData/Local/tocsin"),
    ],
)
def test_the_place_is_the_system_s_own(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], place: str
) -> None:
    """Each system has a folder for caches, and one of them a variable that must be absolute."""
    for name in (cache.VARIABLE, "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ana"))
    assert cache.folder() == Path(place)


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has no home has no cache."""

    def homeless() -> Path:
        raise RuntimeError

    for name in (cache.VARIABLE, "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert cache.folder() is None
