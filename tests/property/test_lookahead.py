"""Signals of a day are the same whatever happens, or is reported, after it."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.happened import FIRST, Said, a_sighting, after, an_event
from tocsin.base.settings import load
from tocsin.pipeline.past import seen, versions
from tocsin.records.claim import Participant
from tocsin.records.event import Event
from tocsin.records.evidence import Span
from tocsin.records.sighting import Sighting
from tocsin.records.signal import Signal
from tocsin.records.threat import Deadline, Threat
from tocsin.store.syntax import parse
from tocsin.watch import rules
from tocsin.watch.columns import standing
from tocsin.watch.rules import Rule
from tocsin.watch.scene import Scene
from tocsin.watch.signals import signals

LAST = 400
# Low enough that every kind of signal comes up in small worlds.
LOW = structs.replace(load().signals, few=3, gaps=5, silence=0.3, quiet=1, rung=1, changed=0.3)
CODES = ("ASSAULT", "THREATEN", "CONSULT", "MOBILIZE")


@st.composite
def _sightings(draw: st.DrawFn) -> list[Sighting]:
    """Return a year of events: a steady trickle, bursts, late reports."""
    made = []
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, LAST), st.integers(0, 30), st.integers(1, 6),
                st.sampled_from(CODES), st.sampled_from(("LBN", "IRQ")),
            ),
            max_size=25,
        )
    )  # fmt: skip
    step = draw(st.integers(2, 12))
    rows += [(day, 0, 1, "ASSAULT", "LBN") for day in range(0, LAST, step)]
    for at, (day, late, number, code, country) in enumerate(rows):
        made += [
            a_sighting(f"{at}-{n}", day, day + late, code=code, country=country, actor="ISR")
            for n in range(number)
        ]
    return made


def _of(some: list[Sighting], on: date, published: dict[str, list[int]]) -> list[Signal]:
    scene = Scene(standing(some), on, LOW, lambda unit: unit.name)
    return signals(scene, sources=published)


@settings(max_examples=25)
@given(some=_sightings(), on=st.integers(60, LAST), days=st.sets(st.integers(0, LAST), max_size=80))
def test_no_look_ahead(some: list[Sighting], on: int, days: set[int]) -> None:
    """What is known on a day gives the signals of the day; what comes later changes none."""
    day = after(on)
    published = {"The Teller": [after(at).toordinal() for at in days]}
    earlier = {"The Teller": [after(at).toordinal() for at in days if at <= on]}
    known = [one for one in some if one.reported <= day.toordinal()]
    found = _of(some, day, published)
    assert found == _of(known, day, earlier)
    assert all(one.day == day for one in found)
    told = {one.event for one in known}
    assert all(set(one.events) <= told for one in found)


def test_every_kind_comes_up() -> None:
    """The small world above does raise what it is to show: else it would show nothing."""
    some = [a_sighting(f"a{day}", day, actor="ISR", code="THREATEN") for day in range(0, 380, 2)]
    some += [a_sighting(f"b{n}", 390, actor="ISR", modes=("drone",)) for n in range(12)]
    some += [a_sighting(f"c{day}-{n}", day, code="THREATEN", actor="ISR")
             for day in range(390, 400) for n in range(8)]  # fmt: skip
    published = {"The Teller": [after(at).toordinal() for at in range(380)]}
    who = Participant(span=Span(0, 3, "ISR"), name="ISR", country="ISR")
    threat = Threat(
        id="threat-1", kind="ultimatum", status="due", issuer=(who,), target=(), utterances=(),
        deadline=Deadline(start=after(402), end=after(403), basis="explicit", claim="claim-1"),
        title="Leave by Friday.",
    )  # fmt: skip
    scene = Scene(standing(some), after(399), LOW, lambda unit: unit.name)
    found = signals(scene, threats=(threat,), sources=published)
    assert {one.kind for one in found} >= {
        "surge", "rising", "change", "silence", "ladder", "deadline"
    }  # fmt: skip
    for one in found:
        assert one.because.endswith(".")
        assert one.settings
        assert one.events or one.about == "source"


SAID = st.builds(
    Said,
    day=st.integers(0, 40),
    origin=st.sampled_from(("ministry", "army", "witness")),
    stance=st.sampled_from(("asserts", "asserts", "denies", "retracts")),
    of=st.one_of(st.none(), st.integers(0, 40)),
    killed=st.one_of(st.none(), st.integers(0, 20)),
    country=st.sampled_from((None, "LBN", "SYR")),
)
RULES = tuple(
    Rule(
        id=f"rule-{at}", title="A rule", kind=kind, filters=tuple(map(parse, texts)), texts=texts,
        within=10, same=same, count=2, levels=levels, origins=origins,
    )
    for at, (kind, texts, same, levels, origins) in enumerate((
        ("sequence", ("type:THREATEN", "type:ASSAULT"), "dyad", (), 0),
        ("together", ("type:ASSAULT killed:>3", "type:THREATEN"), "country", (), 0),
        ("threshold", ("type:ASSAULT,THREATEN place:LBN",), "nothing", (), 0),
        ("threshold", ("actor:ISR",), "pair", ("independent", "disputed"), 0),
        ("threshold", ("-denied:yes",), "country", (), 2),
    ))
)  # fmt: skip


@given(
    told=st.lists(
        st.tuples(st.sampled_from(CODES), st.lists(SAID, min_size=1, max_size=4)),
        min_size=1, max_size=8,
    ),
    on=st.integers(0, 45),
)  # fmt: skip
def test_rules_do_not_look_ahead(told: list[tuple[str, list[Said]]], on: int) -> None:
    """A rule fires on a day by the reports of that day and before, whatever is reported later."""
    whole = [an_event(f"e{at}", said, code=code) for at, (code, said) in enumerate(told)]
    known = [
        an_event(f"e{at}", early, code=code)
        for at, (code, said) in enumerate(told)
        if (early := [one for one in said if one.day <= on])
    ]
    for rule in RULES:
        assert _fired(rule, whole, on) == _fired(rule, known, on)


def _fired(rule: Rule, some: list[Event], on: int) -> list[Signal]:
    marked = rules.marks(rule, (version for one in some for version in versions(one)))
    return rules.fired(rule, marked, after(on))


@given(said=st.lists(SAID, min_size=1, max_size=5), on=st.integers(0, 45))
def test_the_past_of_an_event(said: list[Said], on: int) -> None:
    """An event of a day is what fusion would have made of that day's reports, or nothing."""
    early = [one for one in said if one.day <= on]
    found = seen(an_event("e", said), after(on))
    if not early:
        assert found is None
        return
    assert found == seen(an_event("e", early), FIRST.replace(year=2030))
