"""A release: whole, the same every time, checked by Frictionless, without articles' texts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import yaml
from frictionless import Package

from tests.build import a_claim, a_span, an_article
from tests.stocked import ON, stocked, world
from tocsin.base.errors import InputError
from tocsin.export import quotes, release
from tocsin.export.quotes import Quotes
from tocsin.export.readme import Terms
from tocsin.export.table import TABLES
from tocsin.records.article import Byline
from tocsin.views.records import Told

TERMS = Terms(
    title="Four crises", version="1.2.0", authors=("Ann Analyst",), licence="CC-BY-4.0"
)  # fmt: skip


def made(folder: Path, terms: Terms = TERMS) -> Path:
    """Return a folder with a release."""
    with stocked() as stock:
        release.release(folder, stock, terms)
    return folder


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a release that tests read."""
    return made(tmp_path_factory.mktemp("releases") / "one")


def test_same_store_same_bytes(released: Path, tmp_path: Path) -> None:
    """A second release of the store is the first, byte by byte."""
    again = made(tmp_path / "two")
    files = sorted(f.relative_to(again) for f in again.rglob("*") if f.is_file())
    assert files == sorted(f.relative_to(released) for f in released.rglob("*") if f.is_file())
    assert all((again / f).read_bytes() == (released / f).read_bytes() for f in files)


def test_hashes(released: Path) -> None:
    """Every file but the list itself has its hash in it."""
    lines = (released / "SHA256SUMS").read_text("utf8").splitlines()
    told = {name: hash_ for hash_, name in (line.split("  ", 1) for line in lines)}
    files = {f.relative_to(released).as_posix(): f for f in released.rglob("*") if f.is_file()}
    assert told.keys() == files.keys() - {"SHA256SUMS"}
    for name, hash_ in told.items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == hash_


def test_frictionless(released: Path) -> None:
    """The reference tool finds no fault: types, keys, hashes and sizes are as described."""
    report = Package(str(released / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])[:5]
    assert len(report.tasks) == 2 * len(TABLES)


def test_both_files_of_a_table_are_alike(released: Path) -> None:
    """CSV and Parquet have the same rows, and as many as the README says."""
    readme = (released / "README.md").read_text("utf8")
    for name in TABLES:
        frame = pd.read_parquet(released / f"data/{name}.parquet")
        text = pd.read_csv(
            released / f"data/{name}.csv", dtype=str, keep_default_na=False
        )  # fmt: skip
        assert len(frame) == len(text)
        assert list(frame.columns) == list(text.columns)
        assert f"| `data/{name}.csv` | {len(frame):,} |" in readme


def test_what_it_says_of_itself(released: Path) -> None:
    """README, citation and codebook say what there is, and every column is explained."""
    readme = (released / "README.md").read_text("utf8")
    assert readme.startswith("# Four crises, version 1.2.0\n")
    assert "analysts judged" in readme
    assert "| Tessaly Wire | 15 |" in readme
    cited = yaml.safe_load((released / "CITATION.cff").read_text("utf8"))
    assert (cited["version"], cited["license"]) == ("1.2.0", "CC-BY-4.0")
    assert cited["authors"] == [{"name": "Ann Analyst"}]
    assert cited["date-released"] == ON.isoformat()
    book = (released / "codebook.md").read_text("utf8")
    assert all(f"| `{c.name}` |" in book for one in TABLES.values() for c in one.columns)
    assert "| `THREATEN` |" in book
    assert "CC-BY-4.0" in (released / "LICENCES.md").read_text("utf8")


def test_texts_stay_out(released: Path, tmp_path: Path) -> None:
    """Of no article are more than short quotes in it, unless its publishers ask for texts."""
    claims = pd.read_parquet(released / "data/claims.parquet")
    with stocked() as stock:
        texts = {one.id: one.text for one in stock.texts()}
    spare = claims["trigger_end"] - claims["trigger_start"]
    longest = spare.clip(lower=quotes.LONGEST)
    assert (claims["quote"].str.len() <= longest).all()
    for row in claims.itertuples():
        assert texts[row.article][row.quote_start : row.quote_end] == row.quote
    assert "text" not in pd.read_parquet(released / "data/articles.parquet").columns
    whole = made(tmp_path / "whole", replace(TERMS, texts=True))
    held = pd.read_parquet(whole / "data/articles.parquet").set_index("article")["text"]
    assert held.to_dict() == texts
    assert "holds whole texts" in (whole / "LICENCES.md").read_text("utf8")
    described = json.loads((whole / "datapackage.json").read_text("utf8"))
    articles = next(r for r in described["resources"] if r["name"] == "articles")
    assert articles["schema"]["fields"][-1]["name"] == "text"


def test_quotes_of_an_article_end_at_a_share() -> None:
    """Behind a fifth of an article claims have their trigger alone, for which room is kept."""
    text = "Rebels attacked Northfield, which is far from here and from all that is near it. " * 40
    article = an_article(text)
    spans = [a_span(text, "attacked", nth=number) for number in range(1, 41)]
    whole = text[: len(text) // 40 - 1]
    claims = [
        a_claim(article, one, sentence=a_span(text, whole, nth=n)) for n, one in enumerate(spans, 1)
    ]
    cut = Quotes({article.id: len(text)})
    told = [Told(one, Byline(article=article.id)) for one in claims]
    found = [one.claim.sentence.quote for one in cut.cut(told)]
    assert found[0] == whole
    assert found[-1] == "attacked"
    assert cut.shown.words == cut.shown.most == cut.shown.names <= quotes.SHARE
    assert cut.shown.words > quotes.SHARE - len(whole) / len(text)


def test_what_other_columns_have_is_counted(released: Path) -> None:
    """Of no article are more words in claims and threats than the README says, names aside."""
    claims = pd.read_parquet(released / "data/claims.parquet")
    with stocked() as stock:
        texts = {one.id: one.text for one in stock.texts()}
        terms = quotes.threatened(stock.threats())
        told = {one.claim.id: one.claim for one in stock.claims()}
    shown: dict[str, set[int]] = {name: set() for name in texts}
    kept: dict[str, set[int]] = {name: set() for name in texts}
    for row in claims.itertuples():
        one = told[row.claim]
        spans = [one.trigger, *([one.condition.span] if one.condition else ())]
        spans += [span for span in terms.get(row.claim, ())
                  if texts[row.article][span.start : span.end] == span.quote]  # fmt: skip
        kept[row.article].update(at for span in spans for at in range(span.start, span.end))
        shown[row.article].update(range(row.quote_start, row.quote_end))
    for name, text in texts.items():
        most = max(quotes.SHARE * len(text), len(kept[name]))
        assert len(shown[name] | kept[name]) <= most
    words = sum(len(shown[name] | kept[name]) for name in texts) / sum(map(len, texts.values()))
    most = max(len(shown[name] | kept[name]) / len(text) for name, text in texts.items())
    readme = " ".join((released / "README.md").read_text("utf8").split())
    assert f"hold {words:.1%} of the articles' characters" in readme
    assert f"of no article more than {most:.1%}" in readme
    assert f"{words:.1%} of all characters" in (released / "LICENCES.md").read_text("utf8")


def test_full_folders_are_left_alone(tmp_path: Path) -> None:
    """A folder that holds something is refused, and nothing is left beside it."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", "utf8")
    with pytest.raises(InputError, match="holds something already"):
        made(tmp_path / "full")
    assert [f.name for f in tmp_path.rglob("*")] == ["full", "mine.txt"]
    assert world().exists()
