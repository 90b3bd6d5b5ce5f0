"""Slices: however a file is cut, together they give what it gives as a whole."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path

import pytest

from tests import corpus
from tocsin.records.article import Article
from tocsin.records.issue import Issue
from tocsin.records.wire import dump
from tocsin.sources import files, slices
from tocsin.sources.slices import Cut
from tocsin.sources.walk import Source


def cuts(path: Path, size: int) -> Cut:
    """Return a file cut."""
    (source,) = slices.found([path])
    assert isinstance(source, Source)
    made = slices.cut(source, size)
    assert isinstance(made, Cut)
    return made


def whole(path: Path) -> list[bytes]:
    """Return the records of a file that is read as one."""
    found = (x for x in files.parcels([path]) if not isinstance(x, files.Mark))
    return [dump(x if isinstance(x, Issue) else x.article) for x in found]


@pytest.mark.parametrize("size", [1, 300, 700, 10_000])
def test_lines_are_cut_at_their_ends(tmp_path: Path, size: int) -> None:
    """Every article and issue comes once, by the name and at the place that it has in the file."""
    path = corpus.lines(tmp_path / "a.jsonl", corpus.rows(9), "{broken", "", '{"text": "Ghana."}')
    made = cuts(path, size)
    parts = [dump(item) for one in made.slices for item in slices.read(one)]
    assert parts == whole(path)
    assert len(made.slices) == {1: 12, 300: 5, 700: 3, 10_000: 1}[size]


@pytest.mark.parametrize("size", [100, 900, 100_000])
def test_tables_are_cut_between_rows(tmp_path: Path, size: int) -> None:
    """Slices begin and end within groups of rows, and notes about the headers come with each."""
    path = corpus.table(tmp_path / "a.parquet", corpus.rows(11))
    made = cuts(path, size)
    parts = [dump(item) for one in made.slices for item in slices.read(one)]
    least, most = {100: (11, 11), 900: (2, 10), 100_000: (1, 1)}[size]
    assert least <= len(made.slices) <= most
    assert list(dict.fromkeys(parts)) == list(dict.fromkeys(whole(path)))


def split(found: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Return what is no note about records that were left out, and those notes."""
    notes = [one for one in found if b'"other-records"' in one]
    return [one for one in found if one not in notes], notes


@pytest.mark.parametrize("hole", [False, True])
def test_archives_are_cut_between_records(
    tmp_path: Path,
    hole: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Slices have eight megabytes at least; each says what it left out, and a gap is told once."""
    path = corpus.archive(tmp_path / "a.warc.gz", corpus.rows(9), weight=2_200_000)
    if hole:
        data = bytearray(path.read_bytes())
        data[6_000_000:8_900_000] = bytes(2_900_000)
        path.write_bytes(data)
    made = cuts(path, 1)
    assert [one.line for one in made.slices] == ([1, 7] if hole else [1, 9, 17])
    assert all(one.weight >= slices.ARCHIVE for one in made.slices[:-1])
    assert sum(one.weight for one in made.slices) == path.stat().st_size
    parts, notes = split([dump(item) for one in made.slices for item in slices.read(one)])
    assert parts == split(whole(path))[0]
    assert len(notes) == len(made.slices)
    assert sum(b"broken-record" in one for one in parts) == hole


def test_what_has_no_places_stays_whole(tmp_path: Path) -> None:
    """One member of gzip around all records cannot be read from its middle."""
    path = corpus.archive(tmp_path / "a.warc.gz", corpus.rows(5), weight=2_200_000)
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()), 1))
    assert len(cuts(path, 1).slices) == 1


def test_other_files_stay_whole(tmp_path: Path) -> None:
    """A small archive is one slice, and so are lines in UTF-16, which end elsewhere."""
    path = corpus.archive(tmp_path / "a.warc.gz", corpus.rows(3))
    wide = tmp_path / "wide.jsonl"
    wide.write_text('{"text": "Rebels left Goma."}\n' * 2, "utf-16")
    assert [len(cuts(one, 10).slices) for one in (path, wide)] == [1, 1]
    assert sum(isinstance(x, Article) for x in slices.read(cuts(wide, 10).slices[0])) == 2


def test_files_are_told_by_their_content(tmp_path: Path) -> None:
    """The digest is that of the bytes; a file that is gone is an issue."""
    path = tmp_path / "a.txt"
    path.write_text("Rebels left Goma.", "utf8")
    assert cuts(path, 10).file.sha256 == sha256(path.read_bytes()).hexdigest()
    (source,) = slices.found([path, path])
    path.unlink()
    assert isinstance(source, Source)
    assert isinstance(slices.cut(source, 10), Issue)
