"""The report: every measure, its bar, what is bad, and no word of a corpus."""

from __future__ import annotations

from typing import Any

from evaluation import diagram
from evaluation.calibrate import Sample, bins
from evaluation.measure import Corpus, ratio
from evaluation.report import page
from evaluation.sets import Annotated, Found

QUOTED = "Nobody may quote this"
CURVE = [Sample("a", "type", 0.9, right=k > 3) for k in range(10)]


def an_article(*kinds: str) -> dict[str, Any]:
    """Return an article of claims of these types, twenty characters apart."""
    claims = [
        {
            "type": kind,
            "modality": "actual",
            "trigger": [20 * k, 20 * k + 6, "Nobody"],
            "sentence": [0, len(QUOTED)],
        }
        for k, kind in enumerate(kinds)
    ]
    return {"doc": "a", "text": QUOTED, "claims": claims}


def lines() -> list[str]:
    """Return the page of a small run."""
    typed = ratio("claim found and typed F1", [(1, 4), (2, 4)])
    annotated = Annotated("dev", [an_article(*["AID"] * 20)], {"a": an_article(*["REJECT"] * 20)})
    found = Found([Corpus("coder on dev", (), (typed,))], [annotated], 5000, 2.0)
    return list(page(found, "model-1", {"dev, raw": CURVE}, "report.svg"))


def test_measures_stand_beside_their_bars() -> None:
    """A measure with a bar has its value, interval, items and whether the bar is reached."""
    (row,) = (x for x in lines() if x.startswith("| coder on dev | claim found and typed F1"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[2] == "0.375"
    assert cells[3:7] == ["0.250 to 0.500", "8", "0.78", "no"]


def test_the_worst_is_named() -> None:
    """What is far below its bar, and what is taken for something else, is said outright."""
    text = "\n".join(lines())
    assert "- coder on dev, claim found and typed F1: 0.375 of 0.78" in text
    assert "- 20 times AID taken for REJECT" in text
    assert "- type AID: 0.000, 20" in text


def test_absent_corpora_are_named() -> None:
    """A page says which corpora its bars would have needed."""
    (row,) = (x for x in lines() if x.startswith("Absent"))
    assert "coder on PLV" in row
    assert "coder on dev" not in row


def test_speed_is_a_measure() -> None:
    """Words and seconds of the run become articles a second."""
    assert any("| articles of 500 words a second | 5.000 |" in row for row in lines())


def test_no_sentence_of_a_corpus_is_told() -> None:
    """The page holds numbers and names of classes, never words of a text."""
    assert not any("Nobody" in row for row in lines())


def test_confidence_is_laid_out() -> None:
    """Each bin of confidence shows how many claims it holds and how many are right."""
    text = "\n".join(lines())
    assert "ECE 0.300" in text
    assert "| 10 | 0.900 | 0.600 |" in text


def test_a_diagram_draws_every_curve() -> None:
    """A curve is a path and a point a bin, its name beside it."""
    drawn = diagram.render({"raw": bins(CURVE), "calibrated": bins(CURVE)})
    assert drawn.count("<circle") == 2
    assert ">raw</text>" in drawn
    assert drawn.startswith("<svg")
    assert drawn.endswith("</svg>\n")
