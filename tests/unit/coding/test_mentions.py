"""Mentions: where time expressions stand among the words of a sentence."""

from __future__ import annotations

import pytest

from tocsin.coding.mentions import find

SENTENCES = [
    ("Rebels left the port on Tuesday .", ["on Tuesday"]),
    ("Late on Tuesday the port fell", ["Late on Tuesday"]),
    ("On October 17 , 2011 , talks began", ["On October 17 , 2011"]),
    ("It was shut in early May and again last week .", ["in early May", "last week"]),
    ("The minister may march in the sun", []),
    ("May said the port was shut", []),
    ("They hold 2003 prisoners", []),
    ("The port was taken in 2003 .", ["in 2003"]),
    ("They have 48 hours to leave within two days", ["within two days"]),
    ("Monday 's strike followed talks three days ago", ["Monday", "three days ago"]),
    ("Nobody slept", []),
    ("They left last night before dawn .", ["last night", "before dawn"]),
    ("A 19 - year - old died in a week - long siege", []),
    ("More than 2000 people fled", []),
    ("After the fall of the town they left in the fall", ["in the fall"]),
    ("In 2003 , 2004 and 2006 they struck", ["In 2003", "2004", "2006"]),
    ("He told Russia Today on Friday", ["on Friday"]),
    ("They left two days after the attack", []),
    (
        "It has held since mid - 2012 , and since then nobody left",
        ["since mid - 2012", "since then"],
    ),
    ("The last days of the war", []),
    ("Soon after arriving they were currently held", ["currently"]),
    ("It grew , year after year , until March 2011", ["until March 2011"]),
    ("Shelling went on over the past 24 hours", ["over the past 24 hours"]),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_find(sentence: str, expected: list[str]) -> None:
    """Time expressions are found at their longest, words that only look like one are not."""
    words = sentence.split()
    assert [" ".join(words[a:b]) for a, b in find(words)] == expected
