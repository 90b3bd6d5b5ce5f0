"""Drawings of series say what the numbers say; addresses are read leniently."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.desk.asked import address_of, lenient
from tocsin.desk.curves import LOW, curve, dots, fans, small, track
from tocsin.desk.drawing import HIGH
from tocsin.desk.texts import texts
from tocsin.records.forecast import Interval
from tocsin.records.series import Party
from tocsin.views.outlook import Ahead
from tocsin.views.scores import Band
from tocsin.views.signals import Wanted
from tocsin.views.units import Weeks

END = date(2025, 1, 26)


def test_lines_and_bars_are_on_one_scale() -> None:
    """A line at half the largest count is half as high; what is None is not drawn."""
    drawn = curve(Weeks(end=END, counts=(0, 8, 4)), {"usual": 4.0, "reached": None})
    assert [one.height for one in drawn.boxes] == [0, HIGH, HIGH / 2]
    assert [(one.name, one.y) for one in drawn.lines] == [("usual", HIGH / 2)]
    assert (drawn.boxes[-1].start, drawn.boxes[-1].end) == (date(2025, 1, 20), END)
    assert drawn.hatched is None


def test_what_is_still_to_come() -> None:
    """A week of which half is in reaches twice as high, hatched; a whole one is as it is."""
    drawn = curve(Weeks(end=END, counts=(4, 4), complete=(1.0, 0.5), breaks=(True, False)))
    assert [one.more for one in drawn.boxes] == [0, HIGH / 2]
    assert drawn.boxes[1].height == HIGH / 2
    assert drawn.hatched is drawn.boxes[1]
    assert drawn.breaks == (drawn.boxes[0].x,)


@pytest.mark.parametrize("complete", [None, 0.0, 0.99, 1.2])
def test_nothing_is_hatched_that_is_whole_or_unknown(complete: float | None) -> None:
    """Where nobody can tell, or merges take away more than comes, nothing is added."""
    assert curve(Weeks(end=END, counts=(3,), complete=(complete,))).hatched is None


def test_tracks() -> None:
    """A line goes through what is known, 0 at its foot; words and single numbers have none."""
    assert track([0, None, 4]) == f"0.0,{LOW - 2:.1f} 120.0,2.0"
    assert track(["low", "high"]) is None
    assert track([None, 3]) is None
    assert len(small(Weeks(end=END, counts=(0, 2, 1)))) == 2


def test_fans_share_a_scale() -> None:
    """Intervals of all steps of a series are on one scale, the widest drawn first."""
    spans = (Interval(0.5, 1, 2), Interval(0.8, 0, 4), Interval(0.95, 0, 8))
    one = Ahead(END, END, 1, END, 1.0, spans, 0.6)
    first, none = fans([one, Ahead(END, END, 2, END, None, (), 0.6)])
    assert first is not None
    assert [share for share, _, _ in first.spans] == ["0.95", "0.80", "0.50"]
    assert first.spans[0][2] == 2 * first.spans[1][2]
    assert none is None


def test_reliability() -> None:
    """What came as often as it was said lies on the diagonal."""
    (dot,) = dots([Band(0.4, 0.6, 9, 0.5, 0.5)])
    assert dot.x - 34 == 228 - dot.y


def test_addresses() -> None:
    """What makes no sense is left out, and so is what is as by default."""
    asked = lenient(Wanted, {"days": "28", "kind": "nonsense", "on": "x", "pick": "1", "unit": ""})
    assert asked == Wanted(days=28)
    to = address_of("/signals", asked)
    assert to(kind="surge") == "/signals?days=28&kind=surge"
    assert to(days=None) == "/signals"


@pytest.mark.parametrize(
    ("language", "dyad"),
    [("en", "Israel → rebels of Iraq"), ("fr", "Israël → rebelles (Irak)"),
     ("ar", "إسرائيل ← متمردون (العراق)")],
)  # fmt: skip
def test_units_in_the_readers_language(language: str, dyad: str) -> None:
    """Countries have the names that the reader's language gives them."""
    say = texts(language)
    assert say.unit((Party("Israel", "IL"), Party("Iraq", "IQ", "REB")), "dyad") == dyad


def test_numbers() -> None:
    """Figures have three digits and whole numbers all of theirs; small chances have a decimal."""
    say = texts("en")
    assert [say.figure(one) for one in (12345, 2.0, 0.0123456, 1234.5, "x")] == [
        "12,345", "2", "0.0123", "1,230", "x",
    ]  # fmt: skip
    assert [say.chance(one) for one in (0.004, 0.284, 0.999)] == ["0.4%", "28%", "99.9%"]
