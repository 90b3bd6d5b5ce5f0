"""Victims: the numbers of people that a sentence's words for casualties speak of."""

from __future__ import annotations

import pytest

from tests.build import a_sentence
from tocsin.coding import numbered, victims
from tocsin.coding.syntax import Tree
from tocsin.coding.victims import Toll

ELLIPSIS = """
Nine    nine    NUM    2 nummod
dockers docker  NOUN   4 nsubj:pass
were    be      AUX    4 aux:pass
killed  kill    VERB   0 root
and     and     CCONJ  7 cc
six     six     NUM    7 nsubj
wounded wounded NOUN   4 conj
when    when    ADV   11 advmod
a       a       DET   13 det
shell   shell   NOUN  11 nsubj
hit     hit     VERB   4 advcl
the     the     DET   13 det
pier    pier    NOUN  11 obj
.       .       PUNCT  4 punct
"""
LEFT = """
The     the     DET    2 det
raid    raid    NOUN   3 nsubj
left    leave   VERB   0 root
12      12      NUM    5 nummod
dead    dead    NOUN   3 obj
and     and     CCONJ 10 cc
dozens  dozen   NOUN  10 nsubj
of      of      ADP    9 case
others  other   NOUN   7 nmod
injured injure  VERB   3 conj
.       .       PUNCT  3 punct
"""
INCLUDING = """
The       the       DET    2 det
bombing   bombing   NOUN   3 nsubj
killed    kill      VERB   0 root
at        at        ADP    5 case
least     least     ADJ    7 nmod
12        12        NUM    7 nummod
people    people    NOUN   3 obj
,         ,         PUNCT 11 punct
including include   VERB  11 case
three     three     NUM   11 nummod
children  child     NOUN   7 nmod
.         .         PUNCT  3 punct
"""
AMONG = """
Fifteen fifteen NUM    2 nummod
miners  miner   NOUN   9 nsubj
,       ,       PUNCT  7 punct
among   among   ADP    5 case
them    they    PRON   9 obl
two     two     NUM    7 nummod
boys    boy     NOUN   9 obl
,       ,       PUNCT  2 punct
died    die     VERB   0 root
in      in      ADP   12 case
the     the     DET   12 det
attack  attack  NOUN   9 obl
.       .       PUNCT  9 punct
"""
LIVES = """
The       the       DET    2 det
siege     siege     NOUN   3 nsubj
claimed   claim     VERB   0 root
the       the       DET    5 det
lives     life      NOUN   3 obj
of        of        ADP    8 case
40        40        NUM    8 nummod
villagers villager  NOUN   3 obl
,         ,         PUNCT 10 punct
bringing  bring     VERB   3 advcl
the       the       DET   12 det
toll      toll      NOUN  10 obj
to        to        ADP   14 case
90        90        NUM   10 obl
.         .         PUNCT  3 punct
"""
OPEN = """
Rebels    Rebels    PROPN  2 nsubj
shelled   shell     VERB   0 root
the       the       DET    4 det
harbour   harbour   NOUN   2 obj
,         ,         PUNCT  6 punct
killing   kill      VERB   2 advcl
a         a         DET    8 det
fisherman fisherman NOUN   6 obj
and       and       CCONJ 10 cc
injuring  injuring  VERB   2 conj
32        32        NUM   12 nummod
others    other     NOUN  10 obj
.         .         PUNCT  2 punct
"""
NUMBER = """
The    the    DET    2 det
attack attack NOUN   3 nsubj
brings bring  VERB   0 root
to     to     ADP    5 case
16     16     NUM    3 obl
the    the    DET    7 det
number number NOUN   3 nsubj
of     of     ADP    9 case
miners miner  NOUN   7 nmod
killed kill   VERB   9 acl
since  since  ADP   12 case
Sunday Sunday PROPN 10 obl
.      .      PUNCT  3 punct
"""
GAPPED = """
One     one     PRON   3 nsubj:pass
was     be      AUX    3 aux:pass
killed  kill    VERB   0 root
on      on      ADP    5 case
Monday  Monday  PROPN  3 obl
and     and     CCONJ  7 cc
two     two     NUM    5 conj
on      on      ADP    9 case
Tuesday Tuesday PROPN  3 obl
.       .       PUNCT  3 punct
"""
JOINT = """
Some    some    DET    3 det
20      20      NUM    3 nummod
guards  guard   NOUN   5 nsubj:pass
were    be      AUX    5 aux:pass
killed  kill    VERB   0 root
or      or      CCONJ  7 cc
wounded wound   VERB   5 conj
in      in      ADP   10 case
the     the     DET   10 det
ambush  ambush  NOUN   5 obl
.       .       PUNCT  5 punct
"""
DENIED = """
The     the     DET    2 det
army    army    NOUN   5 nsubj
did     do      AUX    5 aux
not     not     PART   5 advmod
kill    kill    VERB   0 root
12      12      NUM    7 nummod
farmers farmer  NOUN   5 obj
in      in      ADP   10 case
the     the     DET   10 det
raid    raid    NOUN   5 obl
.       .       PUNCT  5 punct
"""
NONE = """
There      there      PRON   2 expl
were       be         VERB   0 root
no         no         DET    4 det
casualties casualty   NOUN   2 nsubj
in         in         ADP    8 case
the        the        DET    8 det
missile    missile    NOUN   8 compound
strike     strike     NOUN   2 nsubj
.          .          PUNCT  2 punct
"""
DRIVEN = """
The       the       DET    2 det
offensive offensive NOUN   3 nsubj
drove     drive     VERB   0 root
40,000    40,000    NUM    5 nummod
people    people    NOUN   3 obj
from      from      ADP    8 case
their     their     PRON   8 nmod:poss
homes     home      NOUN   3 obl
.         .         PUNCT  3 punct
"""
ARRESTED = """
Police   police   NOUN   2 nsubj
arrested arrest   VERB   0 root
two      two      NUM    4 nummod
dozen    dozen    NUM    5 nummod
marchers marcher  NOUN   2 obj
.        .        PUNCT  2 punct
"""
ARREST = """
The       the       DET    2 det
arrest    arrest    NOUN   7 nsubj:pass
of        of        ADP    5 case
six       six       NUM    5 nummod
students  student   NOUN   2 nsubj:pass
was       be        AUX    7 aux:pass
condemned condemn   VERB   0 root
.         .         PUNCT  7 punct
"""
HALF = """
Half      half      NOUN   7 nsubj:pass
of        of        ADP    5 case
the       the       DET    5 det
200       200       NUM    5 nummod
prisoners prisoner  NOUN   7 nsubj:pass
were      be        AUX    7 aux:pass
killed    kill      VERB   0 root
.         .         PUNCT  7 punct
"""
SUPPOSED = """
An        a         DET    2 det
airstrike airstrik  NOUN   4 nsubj
could     could     AUX    4 aux
kill      kill      VERB   0 root
hundreds  hundred   NOUN   4 obj
of        of        ADP    7 case
civilians civilian  NOUN   5 nmod
.         .         PUNCT  4 punct
"""
# Trees of texts without commas, as they are read.
BARE = """
The     the     DET    2 det
war     war     NOUN   4 nsubj
has     have    AUX    4 aux
killed  kill    VERB   0 root
900     900     NUM    6 nummod
people  people  NOUN   4 nsubj:pass
wounded wound   VERB   4 advcl
2,000   2,000   NUM    4 obl
.       .       PUNCT  4 punct
"""
KILLING = """
Shells   shell   NOUN   2 nsubj
fell     fall    VERB   0 root
killing  kill    VERB   6 advcl
two      two     NUM    5 nummod
people   people  NOUN   6 obj
injuring injure  VERB   2 advcl
eight    eight   NUM    2 obj
.        .       PUNCT  2 punct
"""
STATES = """
Child   child   NOUN   2 nsubj
killed  kill    VERB   0 root
two     two     NUM    4 nummod
others  other   NOUN   2 obj
injured injure  VERB   4 acl
in      in      ADP    7 case
raid    raid    NOUN   5 obl
"""


def tolls(rows: str) -> list[Toll]:
    """Return the tolls of a sentence."""
    return victims.tolls(Tree(a_sentence(rows)))


def words(rows: str, toll: Toll) -> str:
    """Return the words that state a toll."""
    return numbered.words(Tree(a_sentence(rows)), toll.start, toll.end)


STATED = [
    (ELLIPSIS, [("killed", 9, 9, "Nine dockers"), ("injured", 6, 6, "six")]),
    (LEFT, [("killed", 12, 12, "12 dead"), ("injured", 24, 99, "dozens of others")]),
    (INCLUDING, [("killed", 12, None, "at least 12 people")]),
    (AMONG, [("killed", 15, 15, "Fifteen miners")]),
    (OPEN, [("killed", 1, 1, "a fisherman"), ("injured", 32, 32, "32 others")]),
    (DRIVEN, [("displaced", 40_000, 40_000, "40,000 people")]),
    (ARRESTED, [("arrested", 24, 24, "two dozen marchers")]),
    (ARREST, [("arrested", 6, 6, "six students")]),
    (BARE, [("killed", 900, 900, "900 people"), ("injured", 2000, 2000, "2,000")]),
    (KILLING, [("killed", 2, 2, "two people"), ("injured", 8, 8, "eight")]),
    (STATES, [("injured", 2, 2, "two others")]),
]


@pytest.mark.parametrize(("rows", "stated"), STATED)
def test_tolls(rows: str, stated: list[tuple[str, int, int | None, str]]) -> None:
    """Verbs, states and nouns lead to whom they befell, each with its words."""
    assert [(t.field, t.low, t.high, words(rows, t)) for t in tolls(rows)] == stated


def test_running_total() -> None:
    """A toll that is brought to a number is a total, the lives just claimed are not."""
    new, total = tolls(LIVES)
    assert (new.low, new.cumulative, words(LIVES, new)) == (40, False, "40 villagers")
    assert (total.low, total.cumulative, words(LIVES, total)) == (90, True, "90")


def test_number_of_dead() -> None:
    """A number of people killed is a toll like any other, and a total."""
    (toll,) = tolls(NUMBER)
    assert (toll.field, toll.low, toll.high, toll.cumulative) == ("killed", 16, 16, True)


def test_verb_told_once() -> None:
    """Numbers that share a verb are added up."""
    (toll,) = tolls(GAPPED)
    assert (toll.low, toll.high) == (3, 3)


def test_nobody() -> None:
    """No casualties are nobody killed and nobody injured."""
    assert {(t.field, t.low, t.high) for t in tolls(NONE)} == {
        ("killed", 0, 0),
        ("injured", 0, 0),
    }


@pytest.mark.parametrize("rows", [JOINT, DENIED, HALF])
def test_nothing_stated(rows: str) -> None:
    """A number of two fates, of what did not happen, or of a whole gives no toll."""
    assert tolls(rows) == []


def test_supposed() -> None:
    """What could happen is marked so."""
    (toll,) = tolls(SUPPOSED)
    assert (toll.low, toll.high, toll.supposed) == (200, 999, True)


@pytest.mark.parametrize(
    ("rows", "who"), [(INCLUDING, "people"), (LEFT, None), (ELLIPSIS, "dockers"), (OPEN, "others")]
)
def test_group(rows: str, who: str | None) -> None:
    """Who is counted stands apart from the number, where the text says it."""
    tree, toll = Tree(a_sentence(rows)), tolls(rows)[1 if rows == OPEN else 0]
    span = victims.group(tree, toll)
    assert (numbered.words(tree, *span) if span else None) == who
