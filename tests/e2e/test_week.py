"""A week of forty feeds ends with exactly the right articles and versions, however often it stops.

The sites are those of `tests/world.py`, behind one real server; what must be there in the end is
told by `tests/ledger.py`, and `tests/weeks.py` lives through the week.
"""

from __future__ import annotations

import faulthandler
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import pytest

from tests.channels import SITES, channels, plan
from tests.ledger import Truth, truth
from tests.script import BARRED
from tests.weeks import Week, lived


@dataclass(frozen=True)
class Weeks:
    """What must be there, what a calm week brought, and what one of many kills did."""

    truth: Truth
    calm: Week
    torn: Week


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Weeks:
    """Return two weeks that are over, lived through at once in processes of their own."""
    folder = tmp_path_factory.mktemp("weeks")
    # A process that parsers break says where it was.
    spawn = get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn, initializer=faulthandler.enable) as pool:
        calm = pool.submit(lived, folder / "calm.db", None)
        torn = pool.submit(lived, folder / "torn.db", 3)
        return Weeks(truth(), calm.result(), torn.result())


def test_exactly_the_right_articles_and_versions(weeks: Weeks) -> None:
    """None is missing and none is there twice, in the right order, of the right kind and state."""
    wanted, found = weeks.truth.chains, weeks.calm.held.chains
    assert sorted(found.keys() ^ wanted.keys()) == []
    assert {name: found[name] for name in found if found[name] != wanted[name]} == {}


def test_every_feed_is_as_it_should_be(weeks: Weeks) -> None:
    """Health and reason are those that the feed's week has led to."""
    wanted, found = weeks.truth.feeds, weeks.calm.held.feeds
    assert found.keys() == wanted.keys()
    shown = {
        url: state for url, state in found.items()
        if state[0] != wanted[url][0] or not state[1].startswith(wanted[url][1])
    }  # fmt: skip
    assert shown == {}


def test_every_trouble_is_an_issue(weeks: Weeks) -> None:
    """Wrong dates, lost pages, walls and failing feeds are all recorded, and nothing else is."""
    assert weeks.calm.held.issues == weeks.truth.issues


def test_no_page_is_asked_too_often(weeks: Weeks) -> None:
    """Pages and feeds are asked as often as the policy says and not once more."""
    assert weeks.calm.read == +weeks.truth.asked
    asked: Counter[str] = Counter()
    for one in channels():
        paths = {url.partition(".example")[2] for url in (one.url, one.new)}
        asked[one.url] = sum(weeks.calm.asked[one.site, path] for path in paths)
    assert +asked == +weeks.truth.visits


def test_nothing_is_asked_that_robots_forbid(weeks: Weeks) -> None:
    """Forbidden sections and feeds are never asked for; the rules themselves are once a day."""
    paths = [path for _, path in weeks.calm.asked]
    assert [path for path in paths if path.startswith(BARRED)] == []
    rules = {site: weeks.calm.asked[site, "/robots.txt"] for site in SITES}
    # One of them is down when its turn comes, is asked twice at once, and once more later.
    rules["isles"] -= 2
    # A day begins with the answer, so that a site that is visited twice a day may be asked only at
    # every third visit.
    assert {site: asked for site, asked in rules.items() if asked not in (5, 6, 7)} == {}


def test_a_week_of_kills_ends_the_same(weeks: Weeks) -> None:
    """Whatever was cut off is done again: the same articles, feeds, entries and captures."""
    assert weeks.torn.kills > 20
    assert weeks.torn.held == weeks.calm.held


def test_the_world_is_as_rich_as_it_should_be(weeks: Weeks) -> None:
    """The week has all that is told of it, so that the other tests mean something."""
    steps = [step for chain in weeks.truth.chains.values() for step in chain]
    told = {fate for found in plan().stories.values() for fate in (s.fate for s in found)}
    assert len(channels()) == 40
    assert len(weeks.truth.chains) > 250
    assert min(Counter(step.change for step in steps).values()) > 10
    assert {step.state for step in steps} == {"live", "old", "retracted"}
    assert len({code for code, _ in weeks.truth.issues}) > 12
    assert len(told) > 30
