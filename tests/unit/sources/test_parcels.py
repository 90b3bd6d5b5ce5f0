"""Parcels: every article with its capture and bytes, and reading that goes on where it stopped."""

from __future__ import annotations

import io
import json
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import docx as word
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.samples import pdf
from tests.unit.sources.test_mail import boxed, letter
from tests.unit.sources.test_warc import packed, record
from tocsin.records.article import Article
from tocsin.records.issue import Issue
from tocsin.sources import files, forms, html, sandbox
from tocsin.sources.files import DONE, Mark, Shard, parcels, read, shards
from tocsin.sources.parcel import Parcel

TEXT = "Army takes town\n\nThe army took the town on Monday after a long fight, officials said."


def filled(folder: Path) -> Path:
    """A folder with a file of each form, some with faults."""
    rows = [{"text": f"{TEXT} {n}", "doc": f"d{n}"} for n in range(4)]
    lines = [json.dumps(row).encode() for row in rows]
    document = word.Document()
    document.add_paragraph(f"{TEXT} In Word.")
    document.save(str(folder / "b.docx"))
    pq.write_table(pa.table({"text": [f"{TEXT} p{n}" for n in range(3)]}), folder / "g.parquet")
    contents = {
        "a.txt": TEXT.encode(),
        "c.pdf": pdf([["The army took the town by night.", "It left."]]),
        "d.jsonl": b"\n".join([lines[0], b"{broken", lines[1], b'{"text": ""}', *lines[2:]]),
        "e.csv": b"title,text,date\nOne,It took one.,2024\nTwo\nThree,It took three.,2024\n",
        "f.mbox": boxed(letter(f"{TEXT} m{n}").as_bytes() for n in range(3)),
        "h.eml": letter().as_bytes(),
        "i.warc.gz": packed(record(n) for n in range(3)),
        "j.html": b"<h1>Army</h1>"
        + b"<p>The army took the town on Monday, officials said.</p>" * 4,
        "k.json": json.dumps([{"text": f"{TEXT} j{n}"} for n in range(3)]).encode(),
        "l.tsv": b"title\ttext\nOne\tIt took, and left.\n",
        "m.zip": b"PK",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder


def test_every_form_comes_with_its_bytes(tmp_path: Path) -> None:
    """Each article names its file, form and bytes, and where in the file they are."""
    found = list(parcels([filled(tmp_path)], source="teller"))
    some = [item for item in found if isinstance(item, Parcel)]
    forms = [item.capture.form for item in some]
    assert sorted(set(forms)) == [
        "csv", "docx", "html", "json", "lines", "mail", "mbox", "parquet", "pdf", "text", "tsv",
        "warc",
    ]  # fmt: skip
    assert len(some) == 1 + 1 + 1 + 4 + 2 + 3 + 3 + 1 + 3 + 1 + 3 + 1
    assert len({item.capture.id for item in some}) == len(some)
    for item in some:
        capture = item.capture
        assert item.raw is not None
        assert capture.raw == sha256(item.raw).hexdigest()
        assert (capture.article, capture.source) == (item.article.id, "teller")
        data = Path(capture.place).read_bytes()
        if capture.form in ("lines", "csv", "tsv", "mbox"):
            assert capture.offset is not None
            assert data[capture.offset : capture.offset + (capture.length or 0)] == item.raw
        elif capture.form not in ("parquet", "warc"):
            assert item.raw == data
    codes = [item.code for item in found if isinstance(item, Issue)]
    assert {"bad-json", "no-text", "ragged-row", "unknown-format", "undated"} <= set(codes)


def test_a_packed_file_is_to_be_unpacked(tmp_path: Path) -> None:
    """An archive of files is not opened, and what to do is said."""
    (tmp_path / "a.zip").write_bytes(b"PK")
    (issue,) = read([tmp_path / "a.zip"])
    assert isinstance(issue, Issue)
    assert (issue.code, issue.severity) == ("unknown-format", "error")
    assert "unpack" in issue.message


def test_columns_reach_tables(tmp_path: Path) -> None:
    """A mapping that the caller gives is used for tables."""
    (tmp_path / "a.csv").write_bytes(b"x,y\nOne,It took the town.\n")
    found = list(parcels([tmp_path], columns={"text": "y", "outlet": "=The Teller"}))
    (parcel,) = [item for item in found if isinstance(item, Parcel)]
    assert (parcel.article.text, parcel.article.outlet) == ("It took the town.", "The Teller")


def test_credits_are_a_field(tmp_path: Path) -> None:
    """Articles say which agencies they credit; one that comes with its credits keeps them."""
    (tmp_path / "a.txt").write_text("Town taken\n\nAMMAN (Reuters) - The army took the town.")
    (tmp_path / "b.json").write_text(json.dumps({"text": TEXT, "wire": ["AFP"]}))
    found = [item for item in read([tmp_path]) if isinstance(item, Article)]
    assert [article.wire for article in found] == [("Reuters",), ("AFP",)]


def test_the_same_article_comes_again(tmp_path: Path) -> None:
    """Unlike `read`, parcels come for each place that an article is at."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    some = [item for item in parcels([tmp_path]) if isinstance(item, Parcel)]
    assert len({item.article.id for item in some}) == 1
    assert len({item.capture.id for item in some}) == 2
    assert len([item for item in read([tmp_path]) if isinstance(item, Article)]) == 1


def test_a_large_page_is_read_in_its_own_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page beyond the limit gives the same article, out of the sandbox."""
    place = filled(tmp_path) / "j.html"
    small = [item for item in read([place]) if isinstance(item, Article)]
    monkeypatch.setattr(forms, "_SMALL", 10)
    asked: list[object] = []
    run = sandbox.run
    monkeypatch.setattr(sandbox, "run", lambda *given: (asked.append(given[0]), run(*given))[1])
    assert [item for item in read([place]) if isinstance(item, Article)] == small
    assert asked == [html.page]


def test_marks_follow_articles(tmp_path: Path) -> None:
    """A mark follows each article and its issues, and each file's end; positions count up."""
    found = list(parcels([filled(tmp_path)]))
    for place in {mark.shard.place for mark in found if isinstance(mark, Mark)}:
        marks = [m for m in found if isinstance(m, Mark) and m.shard.place == place]
        some = [i for i in found if isinstance(i, Parcel) and i.capture.place == place]
        assert [mark.done for mark in marks] == [False] * len(some) + [True]
        assert [mark.position for mark in marks] == [*range(1, len(some) + 1), len(some)]
    for before, after in pairwise(found):
        if isinstance(after, Mark) and not after.done:
            assert isinstance(before, Parcel) or (isinstance(before, Issue) and before.article)


def test_shards_are_told_without_reading(tmp_path: Path) -> None:
    """The files that will be read, with size and time, are those that the marks name."""
    told = list(shards([filled(tmp_path)]))
    marked = [i.shard for i in parcels([tmp_path]) if isinstance(i, Mark) and i.done]
    assert told == marked
    place = tmp_path / "a.txt"
    state = place.stat()
    assert told[0] == Shard(str(place), state.st_size, state.st_mtime_ns, "text")


def test_reading_goes_on_after_any_article(tmp_path: Path) -> None:
    """Stopped after any mark and begun again, everything comes once: articles and issues."""
    whole = list(parcels([filled(tmp_path)]))
    ends = [number for number, item in enumerate(whole) if isinstance(item, Mark)]
    for end in ends:
        after: dict[str, int] = {}
        for item in whole[: end + 1]:
            if isinstance(item, Mark):
                after[item.shard.place] = DONE if item.done else item.position
        rest = list(parcels([tmp_path], after=after))
        # Issues about files that cannot be read stand in no file, so they come again.
        assert [i for i in rest if not _outside(i)] == [
            i for i in whole[end + 1 :] if not _outside(i)
        ]


def _outside(item: object) -> bool:
    return isinstance(item, Issue) and item.code == "unknown-format"


def test_a_file_that_is_done_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read to its end costs nothing."""
    place = tmp_path / "a.txt"
    place.write_text(TEXT)

    def opened(*_: object) -> None:
        pytest.fail("the file was opened")

    monkeypatch.setattr(Path, "open", opened)
    assert list(parcels([place], after={str(place): DONE})) == []


def test_standard_input_has_marks_too() -> None:
    """Standard input is a shard without size, in the form that is told from its bytes."""
    found = list(parcels(["-"], stdin=io.BytesIO(TEXT.encode())))
    (parcel,) = [item for item in found if isinstance(item, Parcel)]
    assert (parcel.capture.form, parcel.capture.place) == ("text", "-")
    assert isinstance(found[-1], Mark)
    assert found[-1].shard == Shard("-", 0, 0, "any")


def test_bytes_shared_by_many_are_one(tmp_path: Path) -> None:
    """Articles of one JSON list are captured out of the same bytes, at hand once."""
    rows = [{"text": f"{TEXT} {n}"} for n in range(5)]
    (tmp_path / "a.json").write_text(json.dumps(rows))
    some = [item for item in parcels([tmp_path]) if isinstance(item, Parcel)]
    assert len({id(item.raw) for item in some}) == 1
    assert len({item.capture.raw for item in some}) == 1
    assert len(some[0].raw or b"") < files.LARGEST
