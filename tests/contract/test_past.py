"""Events as they stood on a day, and the signals of a store, in either database."""

from __future__ import annotations

from datetime import date

from tests.stored import keep, put
from tocsin.base.settings import load
from tocsin.fusion import fuse
from tocsin.pipeline import fusing, signals
from tocsin.pipeline.past import seen, versions
from tocsin.records.capture import Capture, capture_id
from tocsin.records.coded import Coded
from tocsin.sources.parcel import Parcel
from tocsin.store import fusing as kept
from tocsin.store.open import Store
from tocsin.store.syntax import parse
from tocsin.watch.rules import Rule

ON = date(2024, 11, 23)


def _parcel(coded: Coded) -> Parcel:
    article = coded.article
    name = capture_id(article.id, article.doc, None, None)
    return Parcel(article, Capture(id=name, article=article.id, place=article.doc, form="json"))


def _fill(store: Store, coded: list[Coded]) -> None:
    put(store, *map(_parcel, coded))
    keep(store, *coded)
    list(fusing.work(store, {}))


def _some(examples: tuple[Coded, ...]) -> list[Coded]:
    return [one for one in examples if "iraq" in one.article.doc]


def test_the_last_day_is_the_whole(store: Store, examples: tuple[Coded, ...]) -> None:
    """With all its reports an event is borne out as fusion has it, by as many origins."""
    some = _some(examples)
    put(store, *map(_parcel, some))
    with store.read() as connection:
        bylines = kept.bylines(connection, [one.article.id for one in some])
    made = fuse.fuse(some, bylines=bylines).events
    checked = 0
    for one in made:
        found = seen(one, date.max)
        if found is None or any(report.day is None for report in one.reports):
            continue
        checked += 1
        assert (found.level, found.independent) == (one.level, one.independent)
        assert (found.first_reported, found.actors) == (one.first_reported, one.actors)
        days = {report.day for report in one.reports}
        assert len(list(versions(one))) == len(days)
    assert checked > 100


def test_what_comes_later_changes_nothing(store: Store, examples: tuple[Coded, ...]) -> None:
    """The signals and rules of a day are those of a store that got no later article."""
    rules = (
        Rule(
            id="many", title="Many attacks", kind="threshold", filters=(parse("type:ASSAULT"),),
            texts=("type:ASSAULT",), within=7, count=3, same="country",
        ),
    )  # fmt: skip
    some = _some(examples)
    some = [one for one in some if one.article.published][:24]
    early = [one for one in some if one.article.published and one.article.published.day <= ON]
    assert 5 < len(early) < len(some)
    told = []
    for batch in (early, [one for one in some if one not in early]):
        _fill(store, batch)
        with store.read() as connection:
            found = signals.signals(connection, ON, ON, load().signals)
            found += signals.ruled(connection, rules, ON)
            (replay,) = signals.replayed(connection, rules, ON, ON)
        told.append([(one.kind, one.unit, one.family, one.value) for one in found])
        assert [one for one in found if one.rule] == list(replay.fired.get(ON, ()))
    assert told[0]
    # Which claims are of one event is known better later, so that a count may change by that.
    same = set(told[0]) & set(told[1])
    assert len(same) >= 0.8 * max(map(len, told))
