"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tocsin.base.files import whole


@pytest.fixture(params=[0o022, 0o027])
def mask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Have new files made under a mask."""
    before = os.umask(request.param)
    yield int(request.param)
    os.umask(before)


def fail(path: Path, fault: BaseException) -> None:
    """Fail when half of a file is written."""
    with whole(path) as stream:
        stream.write(b"half")
        raise fault


def names(folder: Path) -> list[str]:
    """Return what stands in a folder."""
    return sorted(one.name for one in folder.iterdir())


def test_others_may_read_what_the_mask_lets_them(mask: int, tmp_path: Path) -> None:
    """A file has the rights that any new file has, whether it was there before or not."""
    path = tmp_path / "below" / "a.txt"
    for words in (b"first", b"second"):
        with whole(path) as stream:
            stream.write(words)
        assert path.read_bytes() == words
        assert path.stat().st_mode & 0o777 == 0o666 & ~mask
    assert names(path.parent) == ["a.txt"]


@pytest.mark.parametrize("fault", [ZeroDivisionError, KeyboardInterrupt, OSError])
def test_nothing_is_left_of_what_fails(fault: type[BaseException], tmp_path: Path) -> None:
    """The file stays as it was, and none is beside it; one that was not there is not."""
    path, fresh = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text("before", "utf8")
    for one in (path, fresh):
        with pytest.raises(fault):
            fail(one, fault())
    assert names(tmp_path) == ["a.txt"]
    assert path.read_text("utf8") == "before"


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    """What cannot take its place leaves nothing behind either."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"), whole(tmp_path / "a") as stream:
        stream.write(b"whole")
    assert names(tmp_path) == ["a"]


def test_two_who_write_one_file(tmp_path: Path) -> None:
    """Neither writes into the other's part; whoever is done last stays."""
    path = tmp_path / "a.txt"
    with whole(path) as first:
        first.write(b"first")
        with whole(path) as second:
            second.write(b"second")
        assert path.read_bytes() == b"second"
    assert path.read_bytes() == b"first"
    assert names(tmp_path) == ["a.txt"]
