"""Corpora as gold articles: rows joined, claims moved with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.texts import gold, held, spans
from training.corpora import held_back

DOC = next(f"doc-{k}" for k in range(100) if held_back(f"doc-{k}"))
TRAINED = next(f"doc-{k}" for k in range(100) if not held_back(f"doc-{k}"))


def a_row(number: int, *, doc: str = DOC, source: str = "news", **fields: object) -> dict[str, Any]:
    """Return a row of six characters with one claim on its first four."""
    claim = {"type": "ASSAULT", "modes": [], "modality": "actual", "trigger": [0, 4, "They"]}
    claims = [claim | fields]
    return {
        "id": f"{doc}/{number}",
        "doc": doc,
        "source": source,
        "text": "They…!",
        "claims": claims,
    }


def rows(folder: Path, *made: dict[str, Any]) -> Sequence[Any]:
    """Return what a file of these rows holds back."""
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in made), "utf8")
    return held(path)


def test_rows_join_and_their_claims_move(tmp_path: Path) -> None:
    """Sentences of a document are one text; every span still spells its words."""
    person = {"name": "They", "span": [0, 4, "They"]}
    (article,) = rows(tmp_path, a_row(0), a_row(1, actors=[person], place=[person]))
    first, second = article["claims"]
    for start, end, words in (first["trigger"], second["trigger"], second["sentence"]):
        assert article["text"][start:end] == words
    assert spans(second, "actors") == spans(second, "place") == [(7, 11)]


def test_rows_trained_on_stay_out(tmp_path: Path) -> None:
    """Only the tenth of the documents that training leaves alone is measured on."""
    assert [a["doc"] for a in rows(tmp_path, a_row(0), a_row(0, doc=TRAINED))] == [f"{DOC}/0"]


def test_unrelated_sentences_stay_apart(tmp_path: Path) -> None:
    """Sentences that are nothing to each other are an article each."""
    made = [a_row(k, source="PLV (unrelated sentences)") for k in range(2)]
    assert [a["doc"] for a in rows(tmp_path, *made)] == [f"{DOC}/0", f"{DOC}/1"]


def test_a_content_keeps_its_parent(tmp_path: Path) -> None:
    """A claim that is another's content names it by its id in the article."""
    article = rows(tmp_path, a_row(0), a_row(1, content_of=0))[0]
    assert [c["content_of"] for c in article["claims"]] == [None, article["claims"][1]["id"]]


def test_gold_is_a_folder_or_a_file(tmp_path: Path) -> None:
    """Articles come from the files of a folder or the lines of one file."""
    (tmp_path / "one.json").write_text('{"doc": "a"}', "utf8")
    (tmp_path / "all.jsonl").write_text('{"doc": "a"}\n\n{"doc": "b"}\n', "utf8")
    assert [a["doc"] for a in gold(tmp_path)] == ["a"]
    assert [a["doc"] for a in gold(tmp_path / "all.jsonl")] == ["a", "b"]
