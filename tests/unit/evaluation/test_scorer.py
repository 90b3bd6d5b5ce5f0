"""Scorers of others: run as they are, their rates turned back into counts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from evaluation.scorer import claims, roots, run, statements, written

CLAIMS = """
import json, pathlib, sys
def match(gold, system):
    return [(a, b) for a in gold for b in system if a["trigger"] == b["trigger"]]
def rate(n, of):
    return {"precision": n / max(1, of), "recall": 0, "f1": 0}
if __name__ == "__main__":
    gold, said = (json.loads(pathlib.Path(p).read_text("utf8"))["claims"] for p in sys.argv[1:3])
    n = len(match(gold, said))
    assert not any("condition" in b and "condition" not in a for a, b in match(gold, said))
    names = ("claim found", "claim found and typed", "who did what to whom",
             "who did what to whom, said by whom")
    print(json.dumps({
        "gold claims": len(gold), "system claims": len(said),
        **{name: rate(n, len(said)) for name in names},
        "fields": {"modality": {"accuracy": 1 / 3, "of": 3}} if n else {},
        "types": {"AID": {"gold": len(gold), "system": len(said), "typed": n}},
    }))
"""
STATEMENTS = """
import pathlib, sys
(text,) = pathlib.Path(sys.argv[1], "text").glob("*.txt")
assert list(pathlib.Path(sys.argv[1], "attributions").glob(text.stem + "*.ann"))
print("source   exact F1 0.667  overlap F1 1.000  (1 system, 2 gold)")
"""
ROOTS = """
import json, pathlib, sys
from collections import Counter
pair = json.loads(pathlib.Path(sys.argv[1]).read_text("utf8"))
right = pair["root"] == "AID"
tp, fp, fn = Counter(), Counter(), Counter()
if right: tp["AID"] += 1
else: fp["AID"] += 1; fn[pair["root"]] += 1
"""


def a_script(folder: Path, text: str) -> Path:
    """Return the path of a scorer."""
    path = folder / "score.py"
    path.write_text(text, "utf8")
    return path


def an_article(doc: str, *triggers: int, **fields: object) -> dict[str, Any]:
    """Return an article with a claim at each of these places."""
    return {"doc": doc, "claims": [{"trigger": [t, t + 1, "."], **fields} for t in triggers]}


def test_a_scorer_runs_as_by_itself(tmp_path: Path) -> None:
    """It gets its arguments, prints to us, and leaves ours as they were."""
    before = list(sys.argv)
    printed, left = run(a_script(tmp_path, "import sys\nx = sys.argv[1]\nprint(x)"), "here")
    assert (printed, left["x"], sys.argv) == ("here\n", "here", before)


def test_articles_add_up(tmp_path: Path) -> None:
    """Counts of single articles sum to the measure; one that was not coded counts as empty."""
    script = a_script(tmp_path, CLAIMS)
    gold = [an_article("a", 0, 5), an_article("b", 0)]
    measures = {m.name: m for m in claims(script, gold, {"a": an_article("a", 0, 9)})}
    assert measures["claim found F1"].value == 2 * 1 / (3 + 2)
    assert (measures["modality"].of, measures["modality"].value) == (3, 1 / 3)
    assert measures["AID F1"].of == 3


def test_conditions_that_gold_lacks_are_not_shown(tmp_path: Path) -> None:
    """A scorer that stops at a condition where gold has none is spared it."""
    said = {"a": an_article("a", 0, condition={"span": [3, 4, "."], "kind": "if"})}
    assert claims(a_script(tmp_path, CLAIMS), [an_article("a", 0)], said)


def test_statements_are_scored_a_text_at_a_time(tmp_path: Path) -> None:
    """Each text stands alone before the scorer, with its attributions; counts come out whole."""
    for name in (
        "text/one.txt",
        "text/two.txt",
        "attributions/one_a.ann",
        "attributions/two_b.ann",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", "utf8")
    exact, overlap = statements(a_script(tmp_path, STATEMENTS), tmp_path, {})
    assert (exact.name, exact.of, exact.units) == ("source, exact F1", 4, (((2, 3),),) * 2)
    assert overlap.name == "source, overlap F1"


def test_a_macro_f1_weighs_roots_alike(tmp_path: Path) -> None:
    """Accuracy counts pairs, macro-F1 the roots that gold has."""
    gold = [{"id": k, "root": root} for k, root in enumerate(("AID", "AID", "REJECT"))]
    measures = {m.name: m.value for m in roots(a_script(tmp_path, ROOTS), gold, {})}
    assert measures["accuracy"] == 2 / 3
    assert measures["root macro-F1"] == (0.8 + 0) / 2


def test_rows_pass(tmp_path: Path) -> None:
    """A passing file holds the rows while it is needed."""
    with written([{"a": "é"}]) as path:
        assert path.read_text("utf8") == '{"a": "é"}\n'
    assert not path.exists()
