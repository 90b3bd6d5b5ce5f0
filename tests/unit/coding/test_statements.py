"""Statements: who says what, within a sentence and across quotes."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.packaged import a_scene
from tocsin.coding import statements
from tocsin.coding.syntax import span_at

THAT = """
The       the      DET   2 det
minister  minister NOUN  3 nsubj
said      say      VERB  0 root
that      that     SCONJ 6 mark
rebels    rebel    NOUN  6 nsubj
fled      flee     VERB  3 ccomp
.         .        PUNCT 3 punct
"""
AFTER = """
Rebels    rebel    NOUN  2 nsubj
fled      flee     VERB  0 root
,         ,        PUNCT 2 punct
the       the      DET   5 det
minister  minister NOUN  6 nsubj
said      say      VERB  2 parataxis
.         .        PUNCT 2 punct
"""
QUOTED_FIRST = """
“         "        PUNCT 3 punct
Rebels    rebel    NOUN  3 nsubj
fled      flee     VERB  0 root
,         ,        PUNCT 3 punct
”         "        PUNCT 3 punct
the       the      DET   7 det
minister  minister NOUN  8 nsubj
said      say      VERB  3 parataxis
.         .        PUNCT 3 punct
"""
ACCORDING = """
According accord   VERB  4 case
to        to       ADP   1 fixed
the       the      DET   4 det
army      army     NOUN  7 obl
,         ,        PUNCT 4 punct
rebels    rebel    NOUN  7 nsubj
fled      flee     VERB  0 root
.         .        PUNCT 7 punct
"""
ACCORDING_LAST = """
Rebels    rebel    NOUN  2 nsubj
fled      flee     VERB  0 root
,         ,        PUNCT 2 punct
according accord   VERB  7 case
to        to       ADP   4 fixed
the       the      DET   7 det
army      army     NOUN  2 obl
.         .        PUNCT 2 punct
"""
PASSIVE = """
The       the      DET   2 det
minister  minister NOUN  4 nsubj:pass
was       be       AUX   4 aux:pass
quoted    quote    VERB  0 root
as        as       SCONJ 6 mark
saying    say      VERB  4 advcl
rebels    rebel    NOUN  8 nsubj
fled      flee     VERB  6 ccomp
.         .        PUNCT 4 punct
"""
DENIED = THAT.replace("said      say  ", "denied    deny ")
MIXED = """
The       the      DET   2 det
minister  minister NOUN  3 nsubj
said      say      VERB  0 root
rebels    rebel    NOUN  5 nsubj
fled      flee     VERB  3 ccomp
“         "        PUNCT 9 punct
in        in       ADP   9 case
great     great    ADJ   9 amod
fear      fear     NOUN  5 obl
”         "        PUNCT 9 punct
.         .        PUNCT 3 punct
"""
WHO = """
The       the      DET   2 det
minister  minister NOUN  7 nsubj
,         ,        PUNCT 5 punct
who       who      PRON  5 nsubj
visited   visit    VERB  2 acl:relcl
,         ,        PUNCT 5 punct
said      say      VERB  0 root
rebels    rebel    NOUN  9 nsubj
fled      flee     VERB  7 ccomp
.         .        PUNCT 7 punct
"""
ADDED = """
The       the      DET   2 det
minister  minister NOUN  3 nsubj
left      leave    VERB  0 root
and       and      CCONJ 5 cc
said      say      VERB  3 conj
rebels    rebel    NOUN  7 nsubj
fled      flee     VERB  5 ccomp
.         .        PUNCT 3 punct
"""
PLAIN = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root
Tarvos    Tarvos   PROPN 2 obj
.         .        PUNCT 2 punct
"""
OPENED = f"""{QUOTED_FIRST}
“         "        PUNCT 3 punct
They      they     PRON  3 nsubj
lost      lose     VERB  0 root
.         .        PUNCT 3 punct

They      they     PRON  2 nsubj
ran       run      VERB  0 root
.         .        PUNCT 2 punct
”         "        PUNCT 2 punct

Rain      rain     NOUN  2 nsubj
fell      fall     VERB  0 root
.         .        PUNCT 2 punct
"""


class Told(NamedTuple):
    """A statement in words."""

    source: str | None
    cue: str | None
    content: str
    style: str
    polarity: str


def found(rows: str) -> list[Told]:
    """Return the statements of an article in words."""
    scene = a_scene(rows)

    def words(sentence: int, at: tuple[int, int] | None) -> str | None:
        return span_at(scene.article.text, scene.trees[sentence].s, *at).quote if at else None

    return [
        Told(
            words(s.source_sentence, s.source),
            words(s.sentence, s.cue),
            scene.article.text[slice(*s.content)],
            s.style,
            s.polarity,
        )
        for s in statements.find(scene)
    ]


@pytest.mark.parametrize(
    ("rows", "source", "cue", "content"),
    [
        pytest.param(THAT, "The minister", "said", "that rebels fled", id="said that"),
        pytest.param(AFTER, "the minister", "said", "Rebels fled", id="said, last"),
        pytest.param(
            ACCORDING, "the army", "According to", "rebels fled", id="according to, first"
        ),
        pytest.param(ACCORDING_LAST, "the army", "according to", "Rebels fled", id="according to"),
        pytest.param(WHO, "The minister", "said", "rebels fled", id="relative clause left out"),
        pytest.param(ADDED, "The minister", "said", "rebels fled", id="subject of the first verb"),
    ],
)
def test_indirect(rows: str, source: str, cue: str, content: str) -> None:
    """A statement has its speaker, its cue and what is said, wherever the cue stands."""
    assert found(rows) == [Told(source, cue, content, "indirect", "asserts")]


def test_passive_speaker() -> None:
    """Who is quoted as saying something says it."""
    told = found(PASSIVE)
    assert [(s.source, s.content) for s in told] == [("The minister", "rebels fled")]


def test_passive_report() -> None:
    """Who reports in a passive stands behind "by"; who is told something says nothing."""
    rows = """
It        it       PRON  3 nsubj:pass
was       be       AUX   3 aux:pass
reported  report   VERB  0 root
{}that      that     SCONJ {that} mark
rebels    rebel    NOUN  {that} nsubj
fled      flee     VERB  3 ccomp
"""
    by = "by by ADP 5 case\nReuters Reuters PROPN 3 obl:agent\n"
    assert [s.source for s in found(rows.format("", that=6))] == [None]
    assert [s.source for s in found(rows.format(by, that=8))] == ["Reuters"]


def test_denial() -> None:
    """What is denied is a statement that denies."""
    (told,) = found(DENIED)
    assert (told.source, told.polarity) == ("The minister", "denies")


def test_direct_quote() -> None:
    """A whole quote is direct, its marks part of it."""
    (told,) = found(QUOTED_FIRST)
    assert (told.source, told.cue, told.style) == ("the minister", "said", "direct")
    assert told.content.startswith("“ Rebels fled")


def test_mixed_style() -> None:
    """Indirect speech with some quoted words is mixed."""
    (told,) = found(MIXED)
    assert told.style == "mixed"
    assert told.content.endswith("”")


def test_no_cue_no_statement() -> None:
    """A sentence in which nobody speaks has no statement."""
    assert found(PLAIN) == []


def test_quote_runs_on() -> None:
    """Sentences of a running quote are one content, the sentence behind it no part of it."""
    (told,) = found(OPENED)
    assert (told.source, told.cue, told.style) == ("the minister", "said", "direct")
    assert told.content == "“ Rebels fled , ” the minister said . “ They lost . They ran . ”"


def test_nothing_runs_on_without_a_speaker() -> None:
    """A quote that nobody was named for has no statement."""
    assert found("“ “ PUNCT 2 punct\nRun run VERB 0 root\n” ” PUNCT 2 punct") == []


def test_words_in_quotation_marks_are_no_quote() -> None:
    """A sentence that begins with a word in quotation marks is not said by the last speaker."""
    scare = (
        QUOTED_FIRST
        + """
"         "        PUNCT 2 punct
Rebels    rebel    NOUN  4 nsubj
"         "        PUNCT 2 punct
attacked  attack   VERB  0 root
the       the      DET   6 det
town      town     NOUN  4 obj
.         .        PUNCT 4 punct
"""
    )
    assert len(found(scare)) == 1


def test_paragraph_ends_a_quote() -> None:
    """A mark left open does not make the next paragraph a quote."""
    text = "“ Rebels fled , the minister said .\n\nRain fell ."
    rows = QUOTED_FIRST.replace('”         "        PUNCT 3 punct\n', "")
    rows = (
        rows.replace("7 nsubj", "6 nsubj").replace(" 8 nsubj", " 7 nsubj").replace("7 det", "6 det")
    )
    fell = "Rain rain NOUN 2 nsubj\nfell fall VERB 0 root\n. . PUNCT 2 punct"
    scene = a_scene(rows + "\n\n" + fell, text=text)
    assert all(s.content[1] <= text.index("\n") for s in statements.find(scene))


def test_own_thoughts_are_no_reports() -> None:
    """Who thinks aloud in a quote is not reported as thinking."""
    rows = """
“         "        PUNCT 3 punct
I         I        PRON  3 nsubj
believe   believe  VERB  0 root
rebels    rebel    NOUN  5 nsubj
fled      flee     VERB  3 ccomp
,         ,        PUNCT 3 punct
”         "        PUNCT 3 punct
the       the      DET   9 det
minister  minister NOUN  10 nsubj
said      say      VERB  3 parataxis
.         .        PUNCT 3 punct
"""
    assert [s.cue for s in found(rows)] == ["said"]


def test_whole_source() -> None:
    """A source as PARC has it goes on to the comma that closes its apposition."""
    rows = """
Orso      Orso     PROPN 7 nsubj
,         ,        PUNCT 4 punct
the       the      DET   4 det
minister  minister NOUN  1 appos
,         ,        PUNCT 4 punct
also      also     ADV   7 advmod
said      say      VERB  0 root
rebels    rebel    NOUN  9 nsubj
fled      flee     VERB  7 ccomp
.         .        PUNCT 7 punct
"""
    scene = a_scene(rows)
    (said,) = statements.find(scene)
    assert said.whole is not None
    assert span_at(scene.article.text, scene.trees[0].s, *said.whole).quote == (
        "Orso , the minister ,"
    )


def test_order_is_the_texts() -> None:
    """Statements come in text order."""
    told = found(f"{THAT}\n\n{PLAIN}\n\n{DENIED}")
    assert [s.cue for s in told] == ["said", "denied"]
