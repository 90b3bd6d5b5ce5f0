"""Parts: every record in its table and month, and articles taken out of them again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.build import a_claim, a_participant, a_span, an_article
from tests.stored import a_coded
from tocsin.pipeline import columns, parts
from tocsin.pipeline.columns import TABLES
from tocsin.records.article import Article, Moment
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.records.wire import load


def coded(text: str, day: date | None) -> Coded:
    """Return an article with one claim."""
    article = an_article(text, published=day)
    actor = a_participant(a_span(text, "Rebels"), sectors=("REB",))
    claim = a_claim(article, "attacked", actors=(actor,))
    return a_coded(article, claim)


ONE = "Rebels attacked Northfield on Monday, the ministry said."
TWO = "Rebels attacked Southfield on Monday, the ministry said."


def written(folder: Path, *found: Coded) -> list[parts.Part]:
    """Return the parts that some articles are written to."""
    writer = parts.Writer(folder, 7)
    for one in found:
        writer.add(one)
    writer.flush()
    return writer.parts


def test_rows_have_every_column(tmp_path: Path) -> None:
    """Each file has the columns of its table, and the record comes back as it was."""
    one = coded(ONE, date(2024, 3, 5))
    for part in written(tmp_path, one):
        table = pq.ParquetFile(tmp_path / part.place).read()
        assert table.column_names == list(TABLES[part.table])
        assert part.month == "2024-03"
        if part.table == "claims":
            (row,) = table.to_pylist()
            assert load(row["record"], Claim) == one.claims[0]
            assert (row["actors"], row["actors_sectors"]) == (["Rebels"], ["REB"])
            assert row["day"] == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("published", "month"),
    [
        (None, "undated"),
        (Moment(date(2024, 3, 1), "year"), "undated"),
        (Moment(date(2024, 3, 1), "month"), "2024-03"),
        (Moment(date(2024, 3, 9), "minute", "10:00"), "2024-03"),
    ],
)
def test_month_of_publication(published: Moment | None, month: str) -> None:
    """A year alone is no month."""
    assert columns.month(Article(id="a", doc="", title="", text="", published=published)) == month


def test_taken_out_and_taken_out_again(tmp_path: Path) -> None:
    """What belongs to an article goes, the rest stays; a file of nothing else goes with it."""
    day = date(2024, 3, 5)
    first, second = coded(ONE, day), coded(TWO, day)
    (part,) = (p for p in written(tmp_path, first, second) if p.table == "claims")
    for _ in range(2):
        left = parts.without(tmp_path, part, {first.article.id})
        assert left is not None
        assert left.rows == 1
    assert pq.ParquetFile(tmp_path / part.place).read()["article"].to_pylist() == [
        second.article.id
    ]
    for _ in range(2):
        assert parts.without(tmp_path, part, {second.article.id}) is None
    assert not (tmp_path / part.place).exists()


def test_tables_without_rows(tmp_path: Path) -> None:
    """A table that nothing came for is there with its columns; files of no part are not."""
    stray = tmp_path / "claims" / "published=2024-03" / "part-000001-00.parquet-x"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"half")
    parts.finish(tmp_path, [], [])
    assert not stray.exists()
    for table, kinds in TABLES.items():
        (path,) = (tmp_path / table).rglob("*.parquet")
        assert pq.ParquetFile(path).read().column_names == list(kinds)
