"""Which fixture to choose: the smallest that has what you need.

`article` is a text with two sentences and a day; enough for spans, ids and everything that only
cuts characters. `claim` is one claim about it; enough for scores, exports and links. `reading` is
the first sentence of the same article with words, syntax and one proposal; enough for the coder.
Where a test needs words of its own, it calls the builders in `tests/build.py` directly and says in
the test what matters: `an_article(text=...)`, `a_claim(article, "shelled", code="ASSAULT")`.
No fixture opens a model, a file or a connection. What is kept between runs is kept in a folder of
the session's own, which the processes that tests are spread over share: no test reads or writes the
user's cache.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from tests import once
from tests.build import a_claim, a_participant, a_proposal, a_reading, a_span, an_article
from tocsin.ontology import cache
from tocsin.records.article import Article
from tocsin.records.claim import Claim
from tocsin.records.reading import Edge, Reading

# The same examples in every run: a red test is red again tomorrow, and no machine is too slow.
settings.register_profile("tocsin", deadline=None, derandomize=True, max_examples=60, database=None)
settings.load_profile("tocsin")

BROWSER = Path(__file__).parent / "browser"
ROWS = """
Rebels     rebel      NOUN   2  nsubj     Number=Plur
attacked   attack     VERB   0  root      Tense=Past
Northfield Northfield PROPN  2  obj
on         on         ADP    5  case
Monday     Monday     PROPN  2  obl
,          ,          PUNCT  9  punct
the        the        DET    8  det
ministry   ministry   NOUN   9  nsubj     Number=Sing
said       say        VERB   2  parataxis Tense=Past
.          .          PUNCT  2  punct
"""


def pytest_configure(config: pytest.Config) -> None:
    """Set another cache folder before any test module is imported, and remove it in the end."""
    if once.WORKER in os.environ:  # the process that began this one did
        return
    folder = TemporaryDirectory(prefix="tocsin-", ignore_cleanup_errors=True)
    for variable, name in ((cache.VARIABLE, "cache"), (once.VARIABLE, "shared")):
        place = Path(folder.name) / name
        place.mkdir()
        os.environ[variable] = str(place)
    config.add_cleanup(folder.cleanup)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last: it keeps an event loop running, which others must not meet."""
    items.sort(key=lambda item: BROWSER in item.path.parents)


@pytest.fixture
def article() -> Article:
    """Return an article of two sentences, published on Tuesday 5 March 2024."""
    return an_article()


@pytest.fixture
def claim(article: Article) -> Claim:
    """Return the claim that rebels attacked Northfield, on the ministry's word."""
    return a_claim(
        article,
        "attacked",
        actors=(a_participant(a_span(article.text, "Rebels"), sectors=("REB",)),),
        recipients=(a_participant(a_span(article.text, "Northfield")),),
        speakers=(a_participant(a_span(article.text, "the ministry"), sectors=("GOV",)),),
    )


@pytest.fixture
def reading(article: Article) -> Reading:
    """Return the reading of the article's first sentence, its one proposal with both its roles."""
    edges = (Edge("actor", 0, 0, 1, 0.9), Edge("recipient", 0, 2, 3, 0.9))
    return a_reading(ROWS, article=article, proposals=(a_proposal(1, edges=edges),))
