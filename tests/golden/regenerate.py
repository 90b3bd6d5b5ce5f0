"""Writes the golden cases anew and prints what changed, for somebody to read: `make golden`.

A case is a file of `cases/`: an article as it was read, frozen, and what is expected of it in the
gold form. Cases that are there are coded again; names of further articles under `examples/articles`
can be given to add them, and without a case or a name those of `CHOSEN` are added.
"""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tocsin.export import gold
from tocsin.pipeline.run import Coder, open_coder
from tocsin.records.article import Article
from tocsin.records.wire import dump, load
from tocsin.sources import files

CASES = Path(__file__).parent / "cases"
ARTICLES = Path(__file__).parents[2] / "examples" / "articles"
# A relayed warning, a rejection, an interception, an ultimatum, sanctions, a toll that grows.
CHOSEN = (
    "iraq06-imminent-alvand",
    "iraq10-reject-qadisha",
    "iraq12-intercept-tessaly",
    "niger03-ultimatum-ngor",
    "sudan08-sanctions-potomac",
    "sudan21-hospital-tessaly",
)

Row = dict[str, Any]


def expected(article: Article, coder: Coder) -> Row:
    """Return what an article is coded into, as a golden case keeps it."""
    row = gold.row(coder.code(article))
    # The text stands in the article already; the last digits of a chance differ between machines.
    for claim in row["claims"]:
        del claim["confidence"]
    return {key: row[key] for key in ("claims", "statements", "relations", "entities")}


def frozen(case: Mapping[str, Any]) -> Article:
    """Return the article of a case."""
    return load(json.dumps(case["article"]), Article)


def changes(before: Row, after: Row, name: str) -> list[str]:
    """Return the difference between two expectations, line by line; nothing where they agree."""
    old, new = (list(_lines(row)) for row in (before, after))
    return list(difflib.unified_diff(old, new, f"{name}, kept", f"{name}, now", lineterm="", n=1))


def _lines(row: Row) -> Iterator[str]:
    """Yield an expectation with one record a line, as it is written."""
    for key, records in row.items():
        for record in records:
            yield f"{key}: {json.dumps(record, ensure_ascii=False)}"


def written(case: Row) -> str:
    """Return a case as its file holds it: one record a line, so that a change is a line."""
    parts = [f' "article": {json.dumps(case["article"], ensure_ascii=False)}']
    for key, records in case["expected"].items():
        rows = ",\n".join("   " + json.dumps(r, ensure_ascii=False) for r in records)
        parts.append(f'  "{key}": [\n{rows}\n  ]' if records else f'  "{key}": []')
    body = ",\n".join(parts[1:])
    return "{\n" + parts[0] + ',\n "expected": {\n' + body + "\n }\n}\n"


def articles(names: Iterable[str]) -> Iterator[Article]:
    """Yield example articles by name."""
    for name in names:
        for item in files.read([ARTICLES / f"{name}.json"]):
            if not isinstance(item, Article):
                raise SystemExit(f"{name}: {item.message}")
            yield item


def regenerate(names: Sequence[str], coder: Coder, folder: Path = CASES) -> int:
    """Write every case anew, those of new names too; return how many changed."""
    folder.mkdir(exist_ok=True)
    kept = {path.stem: json.loads(path.read_text("utf8")) for path in folder.glob("*.json")}
    found = {name: frozen(case) for name, case in kept.items()}
    found |= {article.doc: article for article in articles(names or (() if kept else CHOSEN))}
    changed = 0
    for name, article in sorted(found.items()):
        after = expected(article, coder)
        before = kept.get(name, {}).get("expected", {})
        lines = changes(before, after, name)
        changed += bool(lines)
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        case = {"article": json.loads(dump(article)), "expected": after}
        (folder / f"{name}.json").write_text(written(case), "utf8")
    sys.stdout.write(f"{changed} of {len(found)} cases changed\n")
    return changed


if __name__ == "__main__":
    regenerate(sys.argv[1:], open_coder())
