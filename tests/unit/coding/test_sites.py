"""Sites: where and when a trigger's own clause says that it happens."""

from __future__ import annotations

import pytest

from tests.packaged import a_scene, where
from tocsin.coding import sites

TOWNS = ("Hama", "Homs", "Tarvos")
OBLIQUE = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root
soldiers  soldier  NOUN  2 obj
{case}    {case}   ADP   5 case
{town}    {town}   PROPN 2 obl
on        on       ADP   7 case
Friday    Friday   PROPN 2 obl
.         .        PUNCT 2 punct
"""
TOWN_OF = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root
in        in       ADP   5 case
the       the      DET   5 det
town      town     NOUN  2 obl
of        of       ADP   7 case
Hama      Hama     PROPN 5 nmod
.         .        PUNCT 2 punct
"""
CARRIED = """
Rebels    rebel    NOUN  2 nsubj
launched  launch   VERB  0 root
raids     raid     NOUN  2 obj
in        in       ADP   5 case
Hama      Hama     PROPN 2 obl
last      last     ADJ   7 amod
week      week     NOUN  2 obl:tmod
.         .        PUNCT 2 punct
"""
SIEGE = """
The       the      DET   3 det
Homs      Homs     PROPN 3 compound
siege     siege    NOUN  4 nsubj
ended     end      VERB  0 root
in        in       ADP   6 case
Hama      Hama     PROPN 4 obl
.         .        PUNCT 4 punct
"""
OWNED = """
Hama      Hama     PROPN 3 nmod:poss
's        's       PART  1 case
siege     siege    NOUN  4 nsubj
ended     end      VERB  0 root
.         .        PUNCT 4 punct
"""
BARE = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root
Hama      Hama     PROPN 2 obj
.         .        PUNCT 2 punct
"""
WHERE = """
Rebels    rebel    NOUN  2 nsubj
left      leave    VERB  0 root
Hama      Hama     PROPN 2 obj
where     where    ADV   6 advmod
they      they     PRON  6 nsubj
fought    fight    VERB  3 acl:relcl
.         .        PUNCT 2 punct
"""
ANOTHER = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root
and       and      CCONJ 5 cc
then      then     ADV   5 advmod
met       meet     VERB  2 conj
in        in       ADP   7 case
Hama      Hama     PROPN 5 obl
on        on       ADP   9 case
Friday    Friday   PROPN 5 obl
.         .        PUNCT 2 punct
"""


def site(rows: str, trigger: str, kind: str = "ASSAULT") -> str | None:
    """Return the words that say where a trigger of the first sentence happens."""
    scene = a_scene(rows, towns=TOWNS)
    sentence = scene.reading.sentences[0]
    found = sites.site(scene, 0, *where(sentence, trigger), kind)
    return found and " ".join(sentence.forms[found[0] : found[1]])


def day(rows: str, trigger: str) -> str | None:
    """Return the words that say when a trigger of the first sentence happens."""
    scene = a_scene(rows, towns=TOWNS)
    sentence = scene.reading.sentences[0]
    found = sites.day(scene, 0, *where(sentence, trigger))
    return found and " ".join(sentence.forms[found[0] : found[1]])


@pytest.mark.parametrize(
    ("rows", "trigger", "words"),
    [
        pytest.param(OBLIQUE.format(case="in", town="Hama"), "attacked", "Hama", id="in a town"),
        pytest.param(OBLIQUE.format(case="near", town="Hama"), "attacked", "Hama", id="near one"),
        pytest.param(TOWN_OF, "attacked", "town of Hama", id="the town of"),
        pytest.param(CARRIED, "raids", "Hama", id="of a noun, at its verb"),
        pytest.param(SIEGE, "siege", "Homs", id="before its noun"),
        pytest.param(WHERE, "fought", "Hama", id="where"),
    ],
)
def test_site(rows: str, trigger: str, words: str) -> None:
    """A place name that hangs on a trigger or on its verb as a place does is where it happens."""
    assert site(rows, trigger) == words


@pytest.mark.parametrize(
    ("rows", "trigger"),
    [
        pytest.param(OBLIQUE.format(case="from", town="Hama"), "attacked", id="where from"),
        pytest.param(OBLIQUE.format(case="in", town="Tarvos"), "attacked", id="unknown"),
        pytest.param(OWNED, "siege", id="whose"),
        pytest.param(BARE, "attacked", id="what"),
        pytest.param(ANOTHER, "attacked", id="of another verb"),
    ],
)
def test_no_site(rows: str, trigger: str) -> None:
    """Origins, owners, objects, other verbs' places and unknown names are no sites."""
    assert site(rows, trigger) is None


def test_a_trigger_is_not_its_own_site() -> None:
    """Words that are the trigger do not say where it happens."""
    assert site(SIEGE, "Homs siege") != "Homs"


@pytest.mark.parametrize("kind", ["SUPPORT", "THREATEN", "REQUEST", "ACCUSE"])
def test_words_have_no_site(kind: str) -> None:
    """What is said or wanted happens nowhere in particular."""
    assert site(OBLIQUE.format(case="in", town="Hama"), "attacked", kind) is None


@pytest.mark.parametrize(
    ("rows", "trigger", "words"),
    [
        pytest.param(OBLIQUE.format(case="in", town="Hama"), "attacked", "on Friday", id="its own"),
        pytest.param(CARRIED, "raids", "last week", id="of its verb"),
        pytest.param(CARRIED, "launched", "last week", id="of the verb itself"),
        pytest.param(ANOTHER, "met", "on Friday", id="of the second verb"),
        pytest.param(ANOTHER, "attacked", None, id="of another verb"),
        pytest.param(BARE, "attacked", None, id="none"),
    ],
)
def test_day(rows: str, trigger: str, words: str | None) -> None:
    """A time that hangs on a trigger or on the verb that carries it is when it happens."""
    assert day(rows, trigger) == words


def test_a_trigger_is_not_its_own_day() -> None:
    """A time within the trigger's words does not say when it happens."""
    assert day(OBLIQUE.format(case="in", town="Hama"), "soldiers in Hama on Friday") is None
