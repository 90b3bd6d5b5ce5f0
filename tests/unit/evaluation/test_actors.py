"""Resolution given the span: what is asked of each corpus, and what counts as right."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.actors import (
    Answer,
    Asked,
    main,
    measures,
    mistakes,
    of_article,
    of_dyads,
    of_rows,
    settled,
    words,
)
from tests.build import a_participant
from tests.packaged import a_scene

TEXT = "Rebels attacked Northfield."
WHO = {"span": [0, 6, "Rebels"], "country": "SYR", "sectors": ["REB"]}
CLAIM = {"actors": [WHO], "recipients": [{"span": None}], "place": {"country": "SYR"}}


def test_articles_ask_of_spans() -> None:
    """Every participant of a claim that has a span is asked, with the claim's place."""
    row = {"doc": "d", "text": TEXT, "published": "2024-03-05", "outlet": "o", "claims": [CLAIM]}
    article, asked = of_article(row)
    assert asked == [Asked((0, 6), "actor", "SYR", frozenset({"REB"}), "SYR")]
    assert (article.outlet, str(article.day)) == ("o", "2024-03-05")


def test_dyads_ask_of_words() -> None:
    """The words of both sides are looked for in the sentence; those that are not there are left."""
    row = {
        "id": "1", "text": TEXT,
        "source": ["SYR"], "source_text": ["Rebels"],
        "target": ["SYR"], "target_text": ["Southfield"],
    }  # fmt: skip
    assert of_dyads(row)[1] == [Asked((0, 6), "actor", "SYR", None)]


def test_rows_are_joined() -> None:
    """Spans of later sentences move on by the sentences before them."""
    row = {"doc": "d", "text": TEXT, "claims": [{"actors": [{"span": [0, 6, "Rebels"]}]}]}
    article, asked = of_rows([row, row])
    assert [article.text[slice(*a.span)] for a in asked] == ["Rebels", "Rebels"]
    assert asked[1].span[0] == len(TEXT) + 1


def test_words_of_a_span() -> None:
    """A span is the words it touches, of the first sentence it reaches into."""
    scene = a_scene("Rebels rebel NOUN 2 nsubj\nleft leave VERB 0 root")
    assert words(scene, (2, 9)) == (0, 0, 2)
    assert words(scene, (90, 99)) is None


def answer(country: str | None, sectors: tuple[str, ...]) -> Answer:
    """Return what was said of somebody who is the rebels of Syria."""
    asked = Asked((0, 6), "actor", "SYR", frozenset({"REB"}))
    return Answer(asked, a_participant(country=country, sectors=sectors), "Rebels")


def test_measures_and_mistakes() -> None:
    """Countries and sectors are counted apart; a mistake is told with gold and what was said."""
    found = [answer("SYR", ("REB",)), answer("SYR", ())]
    assert [line.split()[1:4] for line in measures("gold", [found])] == [
        ["actor", "country", "1.000"],
        ["actor", "sectors", "0.500"],
    ]
    (line,) = mistakes(found)
    assert "gold SYR REB, said SYR" in line
    assert [line.split()[-3] for line in settled("rows", found)] == ["1.000", "0.500", "0.000"]


def test_absent_corpora(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not there is skipped with a message."""
    assert main(["--gold", str(tmp_path / "gone")]) == 0
    assert "is absent, skipped" in capsys.readouterr().err
