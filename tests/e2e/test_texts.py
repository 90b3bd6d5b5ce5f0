"""Texts made to do harm: each is coded in seconds, with an issue where a part of it is left out."""

from __future__ import annotations

import time
from functools import cache

import pytest

from tests.build import an_article
from tocsin.pipeline.run import Coder, open_coder, run
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue

SECONDS = 10.0  # of processor time on one core, so that a busy machine fails nothing
PROSE = "Rebels attacked the northern town of Hama on Monday, the ministry said. "
WORDS = PROSE.replace(",", "").replace(".", "")


@cache
def coder() -> Coder:
    """Return the packaged coder on one core, opened and warm."""
    made = open_coder(threads=1)
    list(run([an_article(PROSE)], made))
    return made


@pytest.mark.parametrize(
    ("run_of", "times", "left"),
    [
        ("\u0301", 400_000, False),
        ("\u200b", 400_000, False),
        ("\u0301\u0300", 200_000, True),
        ("abcdefgh", 25_000, False),
        ('"', 100_000, False),
        ("(", 50_000, False),
        ('" ', 50_000, True),
        ("a-", 100_000, True),
        ("a\n", 100_000, True),
        (WORDS, 100_000 // len(WORDS.split()), True),
    ],
    ids=repr,
)
def test_a_text_without_end(run_of: str, times: int, *, left: bool) -> None:
    """It takes seconds, what stands before and behind it is coded, and what is left out is said."""
    article = an_article(f"{PROSE}\n\n{run_of * times}\n\n{PROSE}")
    begun = time.process_time()
    *issues, coded = run([article], coder())
    assert time.process_time() - begun < SECONDS
    assert [issue.code for issue in issues if isinstance(issue, Issue)] == ["no-prose"] * left
    assert isinstance(coded, Coded)
    ends = {claim.trigger.start for claim in coded.claims if claim.type == "ASSAULT"}
    last = len(article.text) - len(PROSE)
    assert {PROSE.index("attacked"), last + PROSE.index("attacked")} <= ends
