"""Searches as pages show them: facets count what a loop counts, links keep their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.build import DAY
from tests.stored import a_coded, a_parcel, a_report, keep, put
from tocsin.pipeline import project
from tocsin.store.open import Store, open_store
from tocsin.store.syntax import parse
from tocsin.views.search import Asked, Found, found


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store of twelve articles with two claims each, fused, and one without claims."""
    file: Path = tmp_path_factory.mktemp("views") / "small.db"
    with open_store(file) as opened:
        reports = [a_report(number, day=DAY + timedelta(number % 3)) for number in range(12)]
        quiet = a_parcel("Nothing happened.", place="quiet.txt", outlet='The "Odd" One')
        put(opened, *(parcel for parcel, _ in reports), quiet)
        keep(opened, *(coded for _, coded in reports), a_coded(quiet.article))
        project.fuse(opened)
        yield opened


def _found(store: Store, asked: Asked) -> Found:
    with store.read() as connection:
        return found(connection, asked, {}, DAY)


def _whole(store: Store, text: str) -> Found:
    return _found(store, Asked(text, "claims", limit=100))


def test_facets_count_what_is_found(store: Store) -> None:
    """A facet's numbers are those of a loop over all that is found."""
    whole = _whole(store, "shelled")
    counted = {facet.field: facet for facet in whole.facets}
    types = Counter(one.glance.type for one in whole.claims)
    outlets = Counter(one.outlet for one in whole.claims)
    assert {c.value: c.number for c in counted["type"].choices} == types
    assert {c.value: c.number for c in counted["outlet"].choices} == outlets
    assert (whole.total, len(whole.claims), whole.more) == (24, 24, False)


@pytest.mark.parametrize("kind", ["claims", "articles", "events"])
def test_every_choice_finds_as_many_as_it_says(kind: str, store: Store) -> None:
    """Following a facet's link finds its number, following its minus finds the rest."""
    asked = Asked("", kind, limit=100)  # type: ignore[arg-type]
    whole = _found(store, asked)
    for facet in whole.facets:
        for choice in facet.choices if facet.field != "level" else ():
            kept = _found(store, Asked(choice.narrowed, asked.kind, limit=100))
            left = _found(store, Asked(choice.excluded, asked.kind, limit=100))
            assert kept.total == choice.number, (facet.field, choice)
            if kind != "events":  # an event may have claims of either sort
                assert left.total == whole.total - choice.number, (facet.field, choice)
            state = {
                c.value: c.state for f in kept.facets if f.field == facet.field for c in f.choices
            }
            assert state[choice.value] == "in"


def test_chips_are_the_parts_of_a_search(store: Store) -> None:
    """A chip's links hold the search without it, and with its contrary."""
    view = _whole(store, 'shelled -type:AGREE outlet:"The Teller"')
    assert [(chip.text, chip.negated) for chip in view.chips] == [
        ("shelled", False), ("type:AGREE", True), ('outlet:"The Teller"', False),
    ]  # fmt: skip
    second = view.chips[1]
    assert parse(second.without) == parse('shelled outlet:"The Teller"')
    assert parse(second.contrary) == parse('shelled outlet:"The Teller" type:AGREE')


def test_quotes_in_names_come_through(store: Store) -> None:
    """An outlet with quotation marks in its name can be kept to and left out."""
    view = _found(store, Asked("", "articles", limit=100))
    choices = {c.value: c for f in view.facets if f.field == "outlet" for c in f.choices}
    odd = choices['The "Odd" One']
    assert _found(store, Asked(odd.narrowed, "articles")).total == 1
    assert _found(store, Asked(odd.excluded, "articles")).total == 12


@pytest.mark.parametrize("kind", ["claims", "articles", "events"])
def test_pages_go_through_all(kind: str, store: Store) -> None:
    """Page after page shows every record once, with a search and without."""
    for text in ("", "type:ASSAULT" if kind != "articles" else "Rebels"):
        asked = Asked(text, kind, limit=5)  # type: ignore[arg-type]
        seen: list[str] = []
        while True:
            view = _found(store, asked)
            seen += [one.id for one in view.events]
            seen += [one.glance.id for one in view.claims]
            seen += [one.article.id for one in view.articles]
            if view.next is None:
                break
            asked = Asked(text, asked.kind, limit=5, after=view.next)
        assert len(seen) == len(set(seen)) == view.total


@pytest.mark.parametrize(("text", "at"), [("type:ASSAULT actr:X", 13), ("(", 1), ("a OR", 4)])
def test_a_fault_is_shown_where_it_is(text: str, at: int, store: Store) -> None:
    """A search that cannot be read is no error of the desk: it says where it goes wrong."""
    view = _whole(store, text)
    assert view.fault is not None
    assert view.fault.at == at
    assert view.claims == view.facets == ()
