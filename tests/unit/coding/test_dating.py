"""Dating: the days of a claim, out of its time expression and the tense about it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import DAY
from tests.packaged import a_scene, where
from tocsin.coding import dating
from tocsin.coding.scene import Scene
from tocsin.records.claim import Interval
from tocsin.records.reading import Edge

PAST = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root     Tense=Past
on        on       ADP   4 case
Friday    Friday   PROPN 2 obl
.         .        PUNCT 2 punct
"""
FUTURE = """
Rebels    rebel    NOUN  3 nsubj
will      will     AUX   3 aux
attack    attack   VERB  0 root
on        on       ADP   5 case
Friday    Friday   PROPN 3 obl
.         .        PUNCT 3 punct
"""
LONG = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root     Tense=Past
on        on       ADP   4 case
March     March    PROPN 2 obl
2         2        NUM   4 nummod
.         .        PUNCT 2 punct
"""
LATER = """
Rebels    rebel    NOUN  2 nsubj
left      leave    VERB  0 root     Tense=Past
on        on       ADP   4 case
Friday    Friday   PROPN 2 obl
.         .        PUNCT 2 punct

They      they     PRON  2 nsubj
attacked  attack   VERB  0 root     Tense=Past
two       two      NUM   4 nummod
days      day      NOUN  5 obl:npmod
later     later    ADV   2 advmod
.         .        PUNCT 2 punct
"""
TERM = """
Rebels    rebel    NOUN  2 nsubj
threatened threaten VERB 0 root     Tense=Past
to        to       PART  4 mark
attack    attack   VERB  2 xcomp
by        by       ADP   6 case
Friday    Friday   PROPN 4 obl
.         .        PUNCT 2 punct
"""


def edge(scene: Scene, words: str, *, sentence: int = 0, role: str = "date") -> Edge:
    """Return an edge to words of a sentence."""
    start, end = where(scene.reading.sentences[sentence], words)
    return Edge(role, sentence, start, end, 0.9)


def dated(
    rows: str, words: str, *, mood: str = "actual", sentence: int = 0, day: date | None = DAY
) -> tuple[Interval, str]:
    """Return the days that words of a sentence give a claim, and why."""
    scene = a_scene(rows, day=day)
    found = dating.date(scene, [edge(scene, words, sentence=sentence)], mood)
    assert found is not None
    return found


def days(interval: Interval | None) -> list[str]:
    """Return the first and last day of an interval, as they are written."""
    return [str(interval.start), str(interval.end)] if interval else []


@pytest.mark.parametrize(
    ("rows", "mood", "day"),
    [
        pytest.param(PAST, "actual", "2024-03-01", id="past"),
        pytest.param(PAST, "negated", "2024-03-01", id="negated"),
        pytest.param(FUTURE, "promised", "2024-03-08", id="future"),
    ],
)
def test_the_tense_tells_which_friday(rows: str, mood: str, day: str) -> None:
    """Of two Fridays the verb tells which: before publication or after it."""
    interval, because = dated(rows, "on Friday", mood=mood)
    assert days(interval) == [day, day]
    assert (interval.precision, interval.span.quote if interval.span else None) == (
        "day",
        "on Friday",
    )
    assert "weekday" in because


@pytest.mark.parametrize("words", ["on March", "March", "on March 2"])
def test_expressions_cut_short(words: str) -> None:
    """An expression is read from its first word, and no further than it means something."""
    interval, _ = dated(LONG, words)
    assert interval.start is not None
    assert str(interval.start).startswith("2024-03")


def test_expressions_go_on_until_they_mean_days() -> None:
    """A preposition that was cut off from its day takes it up again, and its span says so."""
    interval, _ = dated(PAST, "on")
    assert days(interval) == ["2024-03-01", "2024-03-01"]
    assert interval.span is not None
    assert interval.span.quote == "on Friday"


def test_times_told_before() -> None:
    """What counts from another time counts from the last one told."""
    interval, because = dated(LATER, "two days later", sentence=1)
    assert days(interval) == ["2024-03-03", "2024-03-03"]
    assert "told before" in because


def test_times_told_after_do_not_count() -> None:
    """A time that stands later in the text is nothing to count from."""
    first, second = LATER.strip().split("\n\n")
    interval, because = dated(f"{second}\n\n{first}\n", "two days later")
    assert days(interval) == ["None", "None"]
    assert because


@pytest.mark.parametrize("words", ["soldiers", "two"])
def test_no_days_are_invented(words: str) -> None:
    """Words that mean no days leave an interval open, with their span and a reason."""
    rows = PAST.replace("on        on       ADP", f"{words}  {words}  NOUN").replace(
        "Friday    Friday   PROPN", "fled fled NOUN"
    )
    interval, because = dated(rows, words)
    assert days(interval) == ["None", "None"]
    assert interval.span is not None
    assert interval.span.quote == words
    assert because


def test_without_a_day_of_publication() -> None:
    """A weekday of an article without a day means none, and says what is missing."""
    interval, because = dated(PAST, "on Friday", day=None)
    assert days(interval) == ["None", "None"]
    assert "day of publication" in because


def test_no_expression() -> None:
    """A claim without a time has no interval."""
    scene = a_scene(PAST)
    place = edge(scene, "Friday", role="place")
    assert dating.date(scene, [], "actual") is None
    assert dating.date(scene, [place], "actual") is None


@pytest.mark.parametrize("kind", ["THREATEN", "REQUEST", "AGREE", "REJECT"])
def test_deadline(kind: str) -> None:
    """A threat or demand may set a term, which runs until a day after publication."""
    scene = a_scene(TERM)
    found = dating.deadline(scene, [edge(scene, "by Friday")], kind)
    assert found is not None
    assert str(found.end) == "2024-03-08"
    assert found.span is not None
    assert found.span.quote == "by Friday"


def test_no_deadline() -> None:
    """Attacks have no deadline, and a day without a term is none."""
    scene = a_scene(TERM)
    assert dating.deadline(scene, [edge(scene, "by Friday")], "ASSAULT") is None
    plain = a_scene(PAST)
    assert dating.deadline(plain, [edge(plain, "on Friday")], "THREATEN") is None
    assert dating.deadline(plain, [], "THREATEN") is None
