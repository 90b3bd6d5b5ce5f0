"""Copies: who is compared, what counts as copying and what does not, whose copy it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from tests.build import an_article
from tocsin.fusion.candidates import CROWD, LEAST, PART
from tocsin.fusion.copies import candidates, compare, lineage
from tocsin.fusion.shingles import sketch
from tocsin.fusion.told import registry
from tocsin.records.article import Article, Byline, Moment, byline
from tocsin.records.lineage import Copy
from tocsin.records.source import Source, SourceType
from tocsin.sources import files

EXAMPLES = Path(__file__).parents[3] / "examples"
DAY = date(2024, 3, 5)

# A story in sentences, and another one of the same event that nobody copied.
STORY = (
    "Rebels shelled the harbour of Northfield early on Monday and set three warehouses on fire.",
    "The governor said that eleven dockers had been taken to the city's hospital with burns.",
    "Ships that were waiting in the roads turned back towards the island before noon.",
    "It was the heaviest bombardment since the two sides agreed to a truce in the spring.",
    "Shopkeepers in the old quarter pulled down their shutters and sent their people home.",
    "A column of smoke could be seen from villages on the far side of the bay.",
    "The grain terminal, which feeds most of the region, was not damaged by the shells.",
    "Talks between envoys of both camps are to begin next week in a neutral port.",
)
OTHER = (
    "Shells fell on Northfield's port at dawn, and at least three sheds burned to the ground.",
    "Doctors counted eleven men with burns; none of them is in danger, one doctor told us.",
    "The port authority closed the approach for the day and warned vessels by radio.",
    "Both parties had promised in April to keep their guns silent, and mostly had.",
    "By evening the markets were open again and children were collecting splinters.",
    "Flour will not run short, the millers' guild believes, for its silos were spared.",
)
QUOTES = (
    "“We counted thirty shells in one hour, and after that nobody in the street was counting,”",
    "“They shoot at the harbour because they want us to beg them for bread in winter,”",
)
NOTICE = (
    "Our weekly round-up is compiled from telephone contacts in the region. Figures are those "
    "given by the speakers named. All rights reserved by the publishers."
)


def told(
    parts: Iterable[str], outlet: str | None, *, day: date | None = DAY, title: str = ""
) -> Article:
    """Return an article made of parts."""
    return an_article(" ".join(parts), outlet=outlet, published=day, title=title)


def found(
    articles: Sequence[Article], sources: Iterable[Source] = (), chain: str = ""
) -> Mapping[str, Copy]:
    """Return the copies among some articles, by their ids; `chain` is the chain of all of them."""
    pairs = candidates(
        {one.id: sketch(one.text) for one in articles},
        {one.id: one.day.toordinal() if one.day else None for one in articles},
    )
    by = {one.id: one for one in articles}
    alike = [one for a, b in pairs if (one := compare(by[a], by[b])) is not None]
    bylines = {one.id: byline(one, chain=chain) for one in articles}
    return {one.article: one for one in lineage(bylines, alike, registry(sources))}


def later(days: int = 1) -> date:
    """Return a day after the one on which stories come out."""
    return date.fromordinal(DAY.toordinal() + days)


@pytest.fixture(scope="module")
def examples() -> dict[str, Article]:
    """Return the bundled articles by their names."""
    read = files.read([EXAMPLES / "articles"])
    return {one.doc: one for one in read if isinstance(one, Article)}


def test_every_planned_copy_and_no_other(examples: Mapping[str, Article]) -> None:
    """The example world's copies come out with their parents and kinds, and nothing else does."""
    plan = (EXAMPLES / "world.yml").read_text("utf8")
    planned = re.findall(r"\{id: (\S+?),.*copy_of: (\S+?), copy: (\w+)\}", plan)
    names = {one.id: doc for doc, one in examples.items()}
    copies = found(list(examples.values())).values()
    assert len(planned) == 8
    assert sorted((names[c.article], names[c.parent], c.kind) for c in copies) == sorted(planned)


def test_a_copy_says_where_it_shares_what(examples: Mapping[str, Article]) -> None:
    """Runs hold the same words in both texts, and the reason names the share and the parent."""
    copy, parent = examples["iraq02-letter-courier"], examples["iraq01-letter-tessaly"]
    one = found([copy, parent])[copy.id]
    assert one.share > 0.9
    assert one.credit == "Tessaly Wire"
    for run in one.runs:
        assert copy.text[run.start : run.end] == parent.text[run.at : run.until]
    assert "95% of its words stand in Tessaly Wire's “Israel asks Security Council" in one.because
    assert one.because.endswith("it credits Tessaly Wire")


def test_who_writes_alone_copies_nothing() -> None:
    """Two reports of one event in words of their own are no copies."""
    assert compare(told(STORY, "One"), told(OTHER, "Two")) is None


def test_a_copy_cut_moved_and_reworded() -> None:
    """Part of a story, its sentences moved and words exchanged, is a rewrite of it."""
    text = [STORY[3], STORY[0].replace("set three warehouses on fire", "burned three stores")]
    copy = told([*text, STORY[4], *OTHER[2:5]], "Two", day=later())
    story = told(STORY, "One")
    one = found([story, copy])[copy.id]
    assert (one.parent, one.kind) == (story.id, "rewrite")
    assert one.because.endswith("it came out 1 day later")


def test_quotes_are_no_copying() -> None:
    """Who quotes the same two sentences of one speaker has them from the speaker."""
    one = told([*STORY[:5], *(f"{quote} she said." for quote in QUOTES)], "One")
    two = told([*OTHER, *(f"{quote} a woman told us." for quote in QUOTES)], "Two")
    assert compare(one, two) is None


def test_a_notice_at_the_end_is_no_copying() -> None:
    """What articles carry at their end in the same words is boilerplate."""
    assert compare(told([*STORY, NOTICE], "One"), told([*OTHER, NOTICE], "Two")) is None


def test_background_is_no_copying_days_later() -> None:
    """Two paragraphs make a copy the next day, and are background a week later."""
    story = told(STORY, "One")
    for days, copied in ((1, True), (6, False)):
        text = [*OTHER[:4], STORY[3], STORY[6]]
        assert (compare(story, told(text, "Two", day=later(days))) is not None) is copied


def test_versions_and_updates_are_no_copies() -> None:
    """Versions of one article are none, nor is an outlet's update of its own report."""
    first = told(STORY, "One")
    again = told(STORY, "One", day=later())
    update = told([*STORY[:4], *OTHER], "One", day=later())
    assert found([first, again])[again.id].kind == "verbatim"
    assert not found([first, again], chain="chain-1")
    assert not found([first, update])


def test_the_earlier_one_is_the_parent() -> None:
    """The parent of a copy came out before it, by day, or by the clock where both have one."""
    story, copy = told(STORY, "One"), told(STORY, "Two")
    early = replace(copy, published=Moment(DAY, "minute", "06:30+00:00"))
    late = replace(story, published=Moment(DAY, "minute", "08:00+03:00"))
    assert set(found([late, early])) == {early.id}
    assert set(found([story, told(STORY, "Two", day=later())])) != {story.id}


def test_a_credit_outranks_the_time() -> None:
    """Who credits another outlet copied from it, though its day may be a little earlier."""
    wire = told(STORY, "Hill Agency", day=later())
    copy = told([*STORY, "With material from Hill Agency"], "Two")
    one = found([wire, copy])[copy.id]
    assert (one.parent, one.credit) == (wire.id, "Hill Agency")
    assert one.because.endswith("it credits Hill Agency")


def test_an_agency_comes_before_its_clients() -> None:
    """Of two of one day, the agency is the parent, else whoever credits no agency."""
    one, two = told(STORY, "One"), told(STORY, "Two")
    agency = Source(id="two", name="Two", type="agency")
    assert found([one, two], [agency])[one.id].parent == two.id
    credited = replace(two, wire=("AFP",))
    copy = found([one, credited])[two.id]
    assert (copy.parent, copy.credit) == (one.id, "AFP")


@pytest.mark.parametrize("kind", ["government", "party", "ngo", "igo", "state"])
def test_what_a_body_put_out_is_a_release(kind: SourceType) -> None:
    """A copy of what a government or organisation published itself is a release."""
    release = told(STORY, "Ministry of Ports")
    copy = told(STORY[:6], "Two", day=later())
    source = Source(id="ports", name="Ministry of Ports", type=kind)
    assert found([release, copy], [source])[copy.id].kind == "release"


def test_a_copy_of_a_copy() -> None:
    """A copy's parent is the one it shares most with, which may be a copy itself."""
    first = told(STORY, "One")
    second = told([*STORY[:3], *OTHER[:3]], "Two", day=later())
    third = told([*STORY[1:3], *OTHER[:3]], "Three", day=later(2))
    copies = found([first, second, third])
    assert copies[second.id].parent == first.id
    assert copies[third.id].parent == second.id


def test_the_order_of_articles_does_not_matter() -> None:
    """Copies are the same whatever comes first."""
    articles = [told(STORY[at : at + 6], f"Outlet {at}", day=later(at % 2)) for at in range(3)]
    each = [found(list(some)) for some in permutations(articles)]
    assert len(each[0]) == 2
    assert all(copies == each[0] for copies in each)


def test_parents_never_go_round() -> None:
    """Outlets that credit each other in a ring make a tree."""
    names = ["Red Agency", "Blue Agency", "Green Agency"]
    ring = [told([*STORY, f"With material from {names[at - 1]}"], names[at]) for at in range(3)]
    copies = found(ring)
    assert len(copies) == 2
    root = ({one.id for one in ring} - set(copies)).pop()
    for copy in copies.values():
        above = copies[copy.parent].parent if copy.parent in copies else copy.parent
        assert above == root


def test_unknown_articles_and_empty_texts() -> None:
    """A likeness of unknown articles counts for nothing, and texts without words have none."""
    one, two = told(STORY, None), told(STORY, None, day=None)
    alike = compare(one, two)
    assert alike is not None
    assert lineage({}, [alike], {}) == []
    assert len(lineage({a.id: Byline(article=a.id) for a in (one, two)}, [alike], {})) == 1
    assert compare(told([""], "One"), told(["…"], "Two")) is None


def _drawn(count: int) -> tuple[dict[str, tuple[int, ...]], dict[str, int | None]]:
    chance = np.random.default_rng(3)
    pool = chance.integers(0, 2**62, 400)
    sketches = {
        f"a{at:03}": tuple(sorted({*chance.choice(pool, int(chance.integers(0, 60))).tolist()}))
        for at in range(count)
    }
    days = {name: int(chance.integers(1, 40)) for name in sketches}
    return sketches, days | dict.fromkeys(list(sketches)[::9])


def test_candidates_are_all_that_share_enough() -> None:
    """Exactly those pairs are found that share enough hashes within a week, or lack a day."""
    sketches, days = _drawn(120)
    expected = []
    for one, other in combinations(sorted(sketches), 2):
        first, second = days[one], days[other]
        near = first is None or second is None or abs(first - second) <= 7
        small = min(len(sketches[one]), len(sketches[other]))
        shared = len(set(sketches[one]) & set(sketches[other]))
        if near and shared >= max(LEAST, int(np.ceil(PART * small))):
            expected.append((one, other))
    assert candidates(sketches, days) == expected
    assert 0 < len(expected) < 120 * 119 / 2


def test_new_articles_add_the_pairs_they_are_in() -> None:
    """Candidates of old ones and then of new ones are together those of all at once."""
    sketches, days = _drawn(120)
    new = set(list(sketches)[::4])
    old = {name: one for name, one in sketches.items() if name not in new}
    both = candidates(old, days) + candidates(sketches, days, new)
    assert sorted(both) == candidates(sketches, days)
    assert candidates(sketches, days, []) == []
    assert candidates({}, {}) == []


def test_a_flood_stays_small() -> None:
    """What thousands print on one day is not compared each with each, and all are compared."""
    same = tuple(range(10**6, 10**6 + 40))
    sketches = {f"a{at:04}": same for at in range(1000)}
    pairs = candidates(sketches, dict.fromkeys(sketches, 5))
    assert len(pairs) <= 1000 * CROWD
    assert {name for pair in pairs for name in pair} == set(sketches)
