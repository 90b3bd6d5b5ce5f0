"""Rules that analysts write: what they ask for, when they fire, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.happened import Said, after, an_event
from tocsin.base.errors import InputError, OntologyError
from tocsin.ontology.lined import parse as lined
from tocsin.pipeline.past import versions
from tocsin.records.event import Event
from tocsin.records.signal import Signal
from tocsin.store.syntax import parse
from tocsin.watch.meets import FIELDS, meets, unknown
from tocsin.watch.rules import Rule, fired, marks
from tocsin.watch.written import load, rules_of

STRIKE = "strike"


def _rule(text: str) -> Rule:
    made, faults = rules_of(text, parse)
    assert faults == ()
    return made[0]


SEQUENCE = _rule("""
- id: threat-then-strike
  title: A threat, then an attack
  kind: sequence
  first: type:THREATEN
  then: type:ASSAULT
  within: 10d
  same: dyad
""")
TOGETHER = _rule("""
- {id: both, title: Talks and troops, kind: together, within: 1w, same: country,
   all: ["type:MOBILIZE", "type:MOBILIZE OR type:ASSAULT"]}
""")
THRESHOLD = _rule("""
- id: many
  title: Many attacks
  kind: threshold
  match: type:ASSAULT killed:>=3
  count: 3
  within: 7d
""")


def _days(rule: Rule, some: list[Event], until: int = 60) -> dict[int, list[Signal]]:
    marked = marks(rule, (version for one in some for version in versions(one)))
    found = {day: fired(rule, marked, after(day)) for day in range(until)}
    return {day: made for day, made in found.items() if made}


def _threat(name: str, day: int, actor: str = "ISR", recipient: str = "LBN") -> Event:
    return an_event(name, [Said(day, of=day)], code="THREATEN", actor=actor, recipient=recipient)


def _strike(name: str, day: int, late: int = 0, **more: str) -> Event:
    return an_event(name, [Said(day + late, of=day, killed=5)], **more)  # type: ignore[arg-type]


def test_a_sequence_fires_once() -> None:
    """An attack eight days after a threat of the same dyad fires on the day it is reported."""
    found = _days(SEQUENCE, [_threat("t", 10), _strike("s", 18, late=3)])
    assert list(found) == [21]
    ((signal,),) = found.values()
    assert (signal.unit, signal.about, signal.rule) == ("ISR>LBN", "dyad", "threat-then-strike")
    assert signal.events == (_strike("s", 18).id, _threat("t", 10).id)
    assert "from 2024-01-11 to 2024-01-19" in signal.because
    assert signal.settings["filters"] == "type:THREATEN; type:ASSAULT"


@pytest.mark.parametrize(
    "some",
    [
        [_threat("t", 10), _strike("s", 21)],  # too late
        [_threat("t", 10), _strike("s", 10)],  # the same day: nobody knows which was first
        [_strike("s", 10), _threat("t", 18)],  # the wrong way round
        [_threat("t", 10), _strike("s", 18, actor="LBN", recipient="ISR")],  # the other way
        [_threat("t", 10), _strike("s", 18, actor="SYR")],
        [_threat("t", 10), an_event("s", [Said(18, of=18)], modality="possible")],
    ],
)
def test_what_is_no_sequence(some: list[Event]) -> None:
    """Order, time, dyad and reality are asked for."""
    assert _days(SEQUENCE, some) == {}


def test_together_asks_for_an_event_each() -> None:
    """One event that two searches find is not two events."""
    troops = an_event("m", [Said(5, of=5, country="LBN")], code="MOBILIZE")
    more = an_event("n", [Said(9, of=9, country="LBN")], code="MOBILIZE")
    elsewhere = an_event("o", [Said(9, of=9, country="SYR")], code="MOBILIZE")
    assert _days(TOGETHER, [troops]) == {}
    assert _days(TOGETHER, [troops, elsewhere]) == {}
    assert list(_days(TOGETHER, [troops, more])) == [9]


def test_a_threshold() -> None:
    """Three grave attacks in a week fire; a fourth fires again, as it is new; slow ones never."""
    some = [_strike(f"s{day}", day) for day in (3, 5, 8, 9)]
    found = _days(THRESHOLD, some)
    assert list(found) == [8, 9]
    assert [one.value for day in found.values() for one in day] == [3.0, 4.0]
    assert _days(THRESHOLD, [_strike(f"s{day}", day) for day in (3, 9, 15, 21)]) == {}
    mild = [an_event(f"m{day}", [Said(day, of=day, killed=2)]) for day in (3, 4, 5)]
    assert _days(THRESHOLD, mild) == {}


def test_levels_and_origins_as_of_the_day() -> None:
    """What is asked of how events are borne out holds from the day that it was so."""
    rule = _rule("""
- {id: borne, title: Borne out, kind: threshold, match: "actor:ISR", count: 1, within: 30d,
   levels: [independent], origins: 2}
""")
    one = an_event("e", [Said(3, "army", of=3), Said(9, "witness", of=3)])
    assert list(_days(rule, [one])) == [9]


def test_fields_of_events() -> None:
    """Each field that events have finds what it should and nothing else."""
    one = an_event(
        "e", [Said(3, "army", of=3, killed=4, country="LBN"), Said(4, "witness", "denies")],
        modes=("drone",),
    )  # fmt: skip
    yes = (
        "type:ASSAULT,AID mode:drone modality:actual actor:isr recipient:LBN about:LBN",
        "-type:AID",
        "dyad:ISR-LBN", "dyad:LBN~ISR", "country:LBN", "place:lbn", "killed:2..5", "denied:yes",
        'outlet:"outlet of army"', "type:AID OR killed:>3",
    )  # fmt: skip
    no = ("type:AID", "mode:aerial", "actor:LBN", "dyad:LBN-ISR", "killed:>4", "injured:>=0",
          "sector:MIL", "context:election", "outcome:foiled", "place:SYR", "denied:no")  # fmt: skip
    assert [text for text in yes if not meets(parse(text), one)] == []
    assert [text for text in no if meets(parse(text), one)] == []
    assert unknown(parse("type:AID drone language:en since:2024-01-01")) == (
        "words", "language", "since"
    )  # fmt: skip
    asked = {word.partition(":")[0].lstrip("-") for text in (*yes, *no) for word in text.split()}
    assert set(FIELDS) <= asked
    with pytest.raises(ValueError, match="not found by language"):
        meets(parse("language:en"), one)


WRONG = """\
- id: Bad Id
  title: x
  kind: sequence
  first: type:THREATEN actr:ISR
  then: outlet:Reuters language:en
  within: soon
  sames: dyad
- kind: threshold
- just text
- id: zero
  title: fine
  kind: threshold
  match: type:ASSAULT
  count: 0
  within: 3d
  levels: [certain]
- id: alone
  title: fine
  kind: together
  all: ["type:ASSAULT"]
  within: 400d
"""


def test_every_fault_with_its_line(tmp_path: Path) -> None:
    """All that is wrong with a file is told at once, each with file, line and what was expected."""
    path = tmp_path / "rules.yml"
    path.write_text(WRONG)
    with pytest.raises(InputError) as caught:
        load(path, parse)
    told = str(caught.value).splitlines()
    assert all(line.startswith(f"{path}, line ") for line in told)
    whole = "\n".join(told)
    for words in (
        "line 1: `Bad Id` behind `id:`; expected small letters",
        "line 4: `type:THREATEN actr:ISR` at 14: `actr:` is no field; did you mean `actor:`?",
        "line 5: `outlet:Reuters language:en` asks for language; expected fields that events have",
        "line 6: `soon` behind `within:`; expected days or weeks",
        "line 7: `sames:`; expected one of the keys of a sequence",
        "line 8: no `title:`; expected one",
        "line 9: `just text`; expected a rule",
        "line 14: `0` behind `count:`; expected a whole number",
        "line 16: `certain`; expected one of single origin",
        "line 21: `400d` behind `within:`",
        "1 under `all:`; expected two searches or more",
    ):
        assert words in whole, words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [", "line 2: did not find"), ("- &a x\n- *a", "line 2: an alias"),
        ("x: 1\nx: 2", "line 2: 'x'"),
        ("a: 1\n---\nb: 2", "second document"), ("[" * 30 + "]" * 30, "lists within"),
        ("\0", "control characters"),
    ],
)  # fmt: skip
def test_yaml_that_is_none(text: str, words: str) -> None:
    """What is no plain YAML is refused with its line, never with a trace."""
    with pytest.raises(OntologyError, match=words):
        lined(text)
    assert rules_of(text, parse)[0] == ()


def test_nothing_and_twice(tmp_path: Path) -> None:
    """A file without rules, with a rule twice, or that is not there is told so."""
    assert "expected a list" in rules_of("", parse)[1][0]
    assert "expected a list" in rules_of("a: b", parse)[1][0]
    row = "- {id: one, title: x, kind: threshold, match: 'type:AID', count: 1, within: 1d}\n"
    made, faults = rules_of(row * 2, parse)
    assert faults == ("line 2: the rule one is there already, on line 1; expected another id",)
    with pytest.raises(InputError, match="expected a YAML file"):
        load(tmp_path / "no.yml", parse)
    assert [rule.id for rule in made] == ["one", "one"]
