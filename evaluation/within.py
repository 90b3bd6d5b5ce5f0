"""Which claims of one article are of one event: `python -m evaluation.within GOLD [--errors N]`.

GOLD holds annotated articles, whose claims name the first one about the same event (`same_as`).
The articles are coded and fused each by itself. Claims that meet an annotated one by their trigger
are compared in pairs: of those that fusion puts together, how many the annotators do (precision),
and the other way round (recall). Beside it, the coder's own `same_as`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from evaluation import texts
from tocsin.fusion.fuse import fuse
from tocsin.pipeline.run import open_coder, run
from tocsin.records.article import Article, Moment, article_id
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded

Row = dict[str, Any]
Pair = tuple[str, str]


def met(row: Row, coded: Coded) -> dict[str, str]:
    """Return the claims that meet annotated ones by their words, by the annotated ones' ids."""
    out: dict[str, str] = {}
    for gold in row["claims"]:
        start, end = gold["trigger"][:2]
        near = [c for c in coded.claims if c.trigger.start < end and start < c.trigger.end]
        near.sort(key=lambda c: (c.type != gold["type"], c.trigger.start, c.id))
        if near and near[0].id not in out.values():
            out[gold["id"]] = near[0].id
    return out


def together(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """Return the pairs of names that stand in one group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def grouped(first: Mapping[str, str | None], names: Iterable[str]) -> list[list[str]]:
    """Return names by what they go back to, given the one before."""
    groups: dict[str, list[str]] = {}
    for name in names:
        root = name
        while before := first.get(root):
            root = before
        groups.setdefault(root, []).append(name)
    return list(groups.values())


def article(row: Row) -> Article:
    """Return an annotated article as an outlet published it."""
    published = Moment(date.fromisoformat(row["published"])) if row.get("published") else None
    title = row.get("title") or ""
    name = article_id(title, row["text"], row.get("outlet"), published)
    return Article(
        id=name, doc=row["doc"], title=title, text=row["text"], outlet=row.get("outlet"),
        published=published, language="en",
    )  # fmt: skip


def main(arguments: list[str] | None = None) -> None:
    """Code the articles, fuse each, and print precision, recall and F1 over pairs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show so many wrong pairs")
    chosen = parser.parse_args(arguments)
    if not chosen.gold.exists():
        print(f"{chosen.gold} is not there; left out")
        return
    rows = {row["doc"]: row for row in texts.gold(chosen.gold)}
    coded = run((article(row) for row in rows.values()), open_coder())
    counts = {"coder": [0, 0, 0], "fusion": [0, 0, 0]}
    wrong: list[str] = []
    for one in coded:
        if not isinstance(one, Coded):
            continue
        row = rows[one.article.doc]
        of = met(row, one)
        gold = grouped({c["id"]: c.get("same_as") for c in row["claims"]}, of)
        true = together([of[name] for name in group] for group in gold)
        mine = set(of.values())
        claims = {c.id: c for c in one.claims}
        events = fuse([one]).events
        said = {
            "coder": together(grouped({c.id: c.same_as for c in one.claims}, mine)),
            "fusion": together([name for name in e.claims if name in mine] for e in events),
        }
        for name, pairs in said.items():
            counts[name] = [
                a + b
                for a, b in zip(
                    counts[name], (len(pairs & true), len(pairs), len(true)), strict=True
                )
            ]
        wrong += [f"{one.article.doc}: {_told(claims, p)}" for p in sorted(said["fusion"] - true)]
    for line in wrong[: chosen.errors]:
        print(line)
    for name, (hit, found, true_) in counts.items():
        precision, recall = hit / max(1, found), hit / max(1, true_)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{name:7} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  "
              f"({hit} right of {found}, {true_} annotated)")  # fmt: skip


def _told(claims: Mapping[str, Claim], pair: Pair) -> str:
    one, other = (claims[name] for name in pair)
    return f"{one.type} “{one.trigger.quote}” with {other.type} “{other.trigger.quote}”"


if __name__ == "__main__":
    main()
