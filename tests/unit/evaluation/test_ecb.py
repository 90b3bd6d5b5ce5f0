"""ECB+ as it is read: selected sentences, chains across articles, days in addresses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from evaluation.ecb import load, main, published

WORDS = {
    "1_1ecb": ("A mine collapsed , miners said .", "Ten died ."),
    "1_1ecbplus": (
        "http : / / a . example / 2013 / 05 / 02 / x", "The collapse killed ten .", "It was loud .",
    ),
}  # fmt: skip
MARKS = {
    "collapsed": "ACTION_OCCURRENCE", "said": "ACTION_REPORTING", "died": "ACTION_STATE",
    "collapse": "NEG_ACTION_OCCURRENCE", "killed": "ACTION_CAUSATIVE", "was": "ACTION_STATE",
    "mine": "LOC_FAC",
}  # fmt: skip
CHAINED = {"collapsed": "ACT1", "collapse": "ACT1"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of two articles, of which the last sentence of one is not selected."""
    (tmp_path / "1").mkdir()
    for name, sentences in WORDS.items():
        (tmp_path / "1" / f"{name}.xml").write_text(_file(sentences), encoding="utf-8")
    rows = "Topic,File,Sentence Number\n1,1ecb,0\n1,1ecb,1\n1,1ecbplus,1\n"
    (tmp_path / "ECBplus_coreference_sentences.csv").write_text(rows, encoding="utf-8")
    return tmp_path


def _file(sentences: Sequence[str]) -> str:
    tokens, marks, links = [], [], []
    told = [(place, word) for place, text in enumerate(sentences) for word in text.split()]
    for number, (sentence, word) in enumerate(told):
        tokens.append(f'<token t_id="{number}" sentence="{sentence}" number="0">{word}</token>')
        if word in MARKS:
            tag = MARKS[word]
            marks.append(f'<{tag} m_id="{number}"><token_anchor t_id="{number}"/></{tag}>')
        if word in CHAINED:
            event = CHAINED[word]
            marks.append(f'<ACTION_OCCURRENCE m_id="9{number}" instance_id="{event}"/>')
            links.append(
                f'<CROSS_DOC_COREF r_id="7{number}"><source m_id="{number}"/>'
                f'<target m_id="9{number}"/></CROSS_DOC_COREF>'
            )
    return (
        f"<Document>{''.join(tokens)}<Markables>{''.join(marks)}</Markables>"
        f"<Relations>{''.join(links)}</Relations></Document>"
    )


def test_mentions_of_selected_sentences(folder: Path) -> None:
    """Actions of selected sentences are mentions, chained by instance, else events of their own."""
    plain, plus = load(folder)
    told = [plain.article.text[slice(*mark.span)] for mark in plain.marks]
    assert told == ["collapsed", "said", "died"]
    assert [plus.article.text[slice(*m.span)] for m in plus.marks] == ["collapse", "killed"]
    assert plain.marks[0].event == plus.marks[0].event == "ACT1"
    assert len({mark.event for mark in (*plain.marks, *plus.marks)}) == 4


def test_text_is_spelled(folder: Path) -> None:
    """Marks stand close to their words, sentences on lines, and an address is no text."""
    plain, plus = load(folder)
    assert plain.article.text == "A mine collapsed, miners said.\nTen died."
    assert plus.article.text.startswith("The collapse")
    assert plus.article.day == date(2013, 5, 2)
    assert plain.article.published is None


def test_topics_are_chosen(folder: Path) -> None:
    """Only the topics asked for are read."""
    assert load(folder, range(2, 9)) == []


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("http://a.example/2012/08/07/257/x.html", date(2012, 8, 7)),
        ("http://a.example/world/2013/sep/16/climber", date(2013, 9, 16)),
        ("http://a.example/nation/2005-12-19-x_x.htm", date(2005, 12, 19)),
        ("http://a.example/article/20130425/704259841", date(2013, 4, 25)),
        ("http://a.example/article/9242469/2013/99/1", None),
        ("http://a.example/article/268554", None),
    ],
)
def test_days_in_addresses(address: str, day: date | None) -> None:
    """An address gives a day where it spells one that exists."""
    assert published(address) == day


def test_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A corpus that is not there is skipped with a message."""
    assert main([str(tmp_path / "none")]) == 0
    assert "absent" in capsys.readouterr().err
