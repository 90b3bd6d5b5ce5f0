"""The texts of each corpus in the form of gold articles, and the coding of them, once a run."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from evaluation.align import Span
from evaluation.scorer import written
from tocsin.export import gold as export
from tocsin.pipeline.run import Coder, run
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue
from tocsin.sources import files
from training.corpora import held_back

Row = Mapping[str, Any]
# What an outlet gives with an article; the rest of a gold article is annotation.
GIVEN = ("doc", "title", "outlet", "published", "url", "language", "text")
PEOPLE = ("actors", "recipients", "attribution", "denied_by")
# Whose words are marked in rows, though neither a country, a day nor a number is given with them.
MARKED = ("place", "date", "condition")


def lines(path: Path) -> list[Row]:
    """Return the rows of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]


def gold(path: Path) -> list[Row]:
    """Return the articles of a gold folder or file, annotation and all."""
    if path.is_dir():
        return [json.loads(p.read_text("utf8")) for p in sorted(path.glob("*.json"))]
    return lines(path)


def held(path: Path) -> list[Row]:
    """Return the rows that are never trained on as articles of joined sentences.

    Sentences that are nothing to each other are an article each.
    """
    rows = [row for row in lines(path) if held_back(row["doc"])]
    groups = groupby(rows, key=lambda r: r["id"] if _lone(r) else r["doc"])
    return [_joined(list(group)) for _, group in groups]


def _lone(row: Row) -> bool:
    return "unrelated" in row.get("source", "")


def _joined(rows: Sequence[Row]) -> Row:
    # Several stretches of one document are articles of their own: the first row names each.
    claims: list[dict[str, Any]] = []
    at = 0
    for row in rows:
        base = len(claims)
        sentence = [at, at + len(row["text"]), row["text"]]
        claims += [_moved(c, at, base) | {"sentence": sentence} for c in row["claims"]]
        at = sentence[1] + 1
    text = " ".join(row["text"] for row in rows)
    named = [claim | {"id": f"e{k}"} for k, claim in enumerate(claims)]
    return {
        "doc": rows[0]["id"],
        "published": rows[0].get("published"),
        "text": text,
        "claims": named,
    }


def _moved(claim: Row, by: int, base: int) -> dict[str, Any]:
    """Return a row's claim in the form and at the place that it has in its article."""
    out: dict[str, Any] = {key: claim.get(key) for key in ("type", "modes", "modality", "outcome")}
    out["trigger"] = _shifted(claim["trigger"], by)
    for key in PEOPLE:
        people = claim.get(key) or ()
        out[key] = [{"name": p["name"], "span": _shifted(p["span"], by)} for p in people]
    for key in MARKED:
        spans = [_shifted(p["span"], by) for p in claim.get(key) or () if p["span"]]
        out[key] = {"span": spans[0], "spans": spans} if spans else None
    parent = claim.get("content_of")
    return out | {"content_of": None if parent is None else f"e{base + parent}"}


def _shifted(span: Sequence[Any] | None, by: int) -> list[Any] | None:
    return [span[0] + by, span[1] + by, *span[2:]] if span else None


def polnear(folder: Path) -> list[Row]:
    """Return the texts of PolNeAR, whose names hold the day of publication."""
    out: list[Row] = []
    for path in sorted((folder / "text").glob("*.txt")):
        day = re.search(r"_(\d{4}-\d\d-\d\d)_", path.name)
        text = path.read_bytes().decode()
        out.append({"doc": path.stem, "published": day[1] if day else None, "text": text})
    return out


def plv(path: Path) -> list[Row]:
    """Return the sentences of PLV; those without a day stay without."""
    return [{"doc": str(row["id"]), "text": row["text"]} for row in lines(path)]


def gsr(path: Path) -> list[Row]:
    """Return the sentences of the PLOVER gold standard with their days."""
    days = ((row, row["date"]) for row in lines(path))
    return [
        {"doc": row["id"], "published": f"{d[:4]}-{d[4:6]}-{d[6:]}", "text": row["text"]}
        for row, d in days
    ]


def code(coder: Coder, rows: Iterable[Row]) -> dict[str, Row]:
    """Return articles by name as `tocsin code` codes them, shown nothing of their annotation."""
    given = ({key: row[key] for key in GIVEN if row.get(key) is not None} for row in rows)
    out: dict[str, Row] = {}
    with written(given) as path:
        for result in run(files.read([path]), coder):
            if not isinstance(result, Issue):
                out[result.article.doc] = _row(result)
            elif result.severity in ("error", "warning"):
                sys.stderr.write(f"{result.place}: {result.message}\n")
    return out


def _row(coded: Coded) -> Row:
    """Return a coded article in the gold form, each claim with its reasons beside it."""
    out = export.row(coded)
    claims = zip(out["claims"], coded.claims, strict=True)
    told = [
        claim | {"reasons": [to_builtins(r) for r in record.reasons]} for claim, record in claims
    ]
    return out | {"claims": told}


def spans(claim: Row, field: str) -> list[Span]:
    """Return the spans of a field in a claim: of people, or of a place, a date, a condition."""
    return [(span[0], span[1]) for span in _spans(claim, field) if span]


def _spans(claim: Row, field: str) -> Iterator[Sequence[Any] | None]:
    held_ = claim.get(field) or ()
    if isinstance(held_, Mapping):
        yield from held_.get("spans") or [held_.get("span")]
    else:
        yield from (one.get("span") for one in held_)
