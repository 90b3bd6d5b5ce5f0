"""The commands of fusion: events, event, threats, judge, on four articles of the example world."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command import tocsin
from tocsin.base.errors import TocsinError
from tocsin.records.claim import Claim
from tocsin.records.event import Event
from tocsin.records.judgement import Judgement
from tocsin.records.threat import Threat
from tocsin.records.wire import load

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"
# A strike that is reported, relayed and taken back; a demand that is refused.
ARTICLES = ("iraq13", "iraq16", "niger17", "niger18")


def refused(*arguments: str | Path) -> str:
    """Return the message with which a command ends in an error."""
    with pytest.raises(TocsinError) as caught:
        tocsin(*arguments)
    return str(caught.value)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the articles, coded and fused."""
    folder = tmp_path_factory.mktemp("fusion")
    (folder / "in").mkdir()
    for name in ARTICLES:
        (file,) = EXAMPLES.glob(f"{name}-*.json")
        shutil.copy(file, folder / "in")
    store = folder / "a.db"
    assert tocsin("add", folder / "in", "--store", store)[0] == 0
    assert tocsin("run", "--store", store, "--workers", "1")[0] == 0
    assert tocsin("fuse", "--store", store)[2].startswith("fuse done: nothing to do")
    return store


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Path:
    """Return a copy of the store that a test may change."""
    return Path(shutil.copy(filled, tmp_path / "own.db"))


def listed(store: Path, *arguments: str) -> list[Event]:
    """Return the events that a list has."""
    _, out, _ = tocsin("events", *arguments, "--json", "--store", store)
    return [load(line, Event) for line in out.splitlines()]


def the_strike(store: Path) -> Event:
    """Return the event that two sources told an outlet of, by whatever claims it has."""
    found = listed(store, 'outlet:"Shanasheel News"', '"two security sources"')
    return max(found, key=lambda one: (len(one.claims), one.id))


def test_events_are_listed_with_how_well_they_are_borne_out(filled: Path) -> None:
    """Two lines each: the title, then level, reports, copies, origins, days, id."""
    strike = the_strike(filled)
    _, out, said = tocsin("events", "--level", strike.level, "--limit", "1000", "--store", filled)
    lines = out.splitlines()
    line = lines[lines.index(strike.title) + 1].strip()
    copies = {0: "no copies", 1: "1 copy"}.get(strike.copies, f"{strike.copies} copies")
    assert line.startswith(f"{strike.level}: {len(strike.reports)} reports, {copies}, ")
    assert line.endswith(strike.id)
    number = len(lines) // 2
    assert said == f"{number} of {number} event{'s' * (number != 1)}\n"


def test_pages_of_events_follow_each_other(filled: Path) -> None:
    """The cursor that a page ends with begins the next one; together they are the list."""
    whole = [one.id for one in listed(filled, "--limit", "1000")]
    found: list[str] = []
    after: list[str] = []
    while len(found) < len(whole):
        arguments = ("--limit", "17", *after)
        found += [one.id for one in listed(filled, *arguments)]
        said = tocsin("events", *arguments, "--store", filled)[2]
        after = ["--after", said.strip().rpartition(" ")[2]]
    assert found == whole


def test_words_find_events_by_their_claims(filled: Path) -> None:
    """A search finds each event once that has such a claim; orders of all events are refused."""
    _, out, _ = tocsin("search", "type:REJECT actor:FRA", "--json", "--store", filled)
    claims = {load(line, Claim).id for line in out.splitlines()}
    found = listed(filled, "type:REJECT", "actor:FRA", "--limit", "100")
    assert claims
    assert {name for one in found for name in one.claims} >= claims
    assert all(claims & set(one.claims) for one in found)
    code, _, said = tocsin("events", "type:REJECT", "--order", "killed", "--store", filled)
    assert (code, "--order killed is of all events" in said) == (2, True)


def test_an_event_is_shown_with_its_claims_and_origins(filled: Path) -> None:
    """Values have the numbers of their claims, origins the reports that go back to them."""
    strike = the_strike(filled)
    _, out, _ = tocsin("event", strike.id, "--store", filled)
    assert out.startswith(strike.title)
    parts = [line for line in out.splitlines() if line and not line.startswith(" ")]
    assert {"Values", "Origins", "Grades", "Claims"} <= set(parts)
    assert "Shanasheel News ← two security sources" in out
    assert all(name in out for name in strike.claims)


def test_an_event_is_found_by_a_claim_and_by_a_beginning(filled: Path) -> None:
    """A claim leads to its event; what could be several is refused with their ids."""
    strike = the_strike(filled)
    for name in (strike.claims[-1], strike.id[:14]):
        _, out, _ = tocsin("event", name, "--json", "--store", filled)
        first, *claims = out.splitlines()
        assert load(first, Event) == strike
        assert [load(line, Claim).id for line in claims] == list(strike.claims)
    assert "there is no such event" in refused("event", "event-nothing", "--store", filled)


def test_why_gives_reasons_for_every_claim(filled: Path) -> None:
    """Each claim but the first is paired with a reason; events that came near are named."""
    strike = the_strike(filled)
    _, out, _ = tocsin("event", strike.id, "--why", "--store", filled)
    merged, _, apart = out.partition("Why these claims are one event\n")[2].partition("\n\n")
    assert len(merged.splitlines()) == len(strike.claims) - 1
    assert all(" and " in line and ": " in line for line in merged.splitlines())
    assert apart.startswith("What was left out")
    assert "with claim" in apart


def test_a_rejected_claim_leaves_its_event_until_that_is_undone(store: Path) -> None:
    """A dry run changes nothing; undoing brings back what was."""
    strike = the_strike(store)
    name = strike.claims[1]
    reject = ("judge", "reject", name, "--reason", "a drill", "--author", "ann", "--store", store)
    assert "would change" in tocsin(*reject, "--dry-run")[1]
    assert the_strike(store) == strike
    _, out, _ = tocsin(*reject)
    assert f"{name} is in no event" in out
    assert name not in the_strike(store).claims
    assert "was rejected" in refused("event", name, "--store", store)
    _, out, _ = tocsin("judge", "list", "--store", store)
    assert "ann: " in out
    assert "because: a drill" in out
    judgement = out.split()[0]
    tocsin("judge", "undo", judgement[:16], "--store", store)
    assert the_strike(store) == strike
    assert tocsin("judge", "list", "--store", store)[2] == "no judgements\n"
    assert "no such judgement" in refused("judge", "undo", judgement, "--store", store)


def test_corrections_are_written_in_plain_words(store: Path) -> None:
    """Names are looked up, numbers and days read; spans are cut where the words stand."""
    name = the_strike(store).claims[0]
    given = (
        "modality=possible", "actors=Israel; Rapid Support Forces", "killed=12-40",
        "date=2024-11-22/2024-11-23", "place=Jurf al-Sakhr", "modes=heavy-weapons",
    )  # fmt: skip
    assert tocsin("judge", "correct", name, *given, "--store", store)[0] == 0
    _, out, _ = tocsin("event", name, "--json", "--store", store)
    claims = [load(line, Claim) for line in out.splitlines()[1:]]
    (claim,) = [one for one in claims if one.id == name]
    assert claim.modality == "possible"
    assert [one.entity for one in claim.actors] == ["ISR", "sdn-rsf"]
    assert claim.killed is not None
    assert (claim.killed.low, claim.killed.high) == (12, 40)
    assert claim.date is not None
    assert (str(claim.date.start), str(claim.date.end)) == ("2024-11-22", "2024-11-23")
    assert claim.place is not None
    assert (claim.place.country, claim.place.latitude is None) == ("IRQ", False)
    assert claim.modes == ("heavy-weapons",)
    assert claim.sentence.covers(claim.actors[0].span)


def test_an_empty_value_empties_a_field(store: Path) -> None:
    """Nothing behind the sign takes a value out."""
    name = the_strike(store).claims[0]
    tocsin("judge", "correct", name, "recipients=", "place=none", "--store", store)
    _, out, _ = tocsin("event", name, "--json", "--store", store)
    (claim,) = [one for one in map(_claim, out.splitlines()[1:]) if one.id == name]
    assert (claim.recipients, claim.place) == ((), None)


def _claim(line: str) -> Claim:
    return load(line, Claim)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("modality=sure", "expected one of actual, negated"),
        ("type=WAR", "expected one of ACCUSE"),
        ("killed=many", "expected a number such as 12, 12-40, 12+, or 41 total"),
        ("killed=40-12", "give the smaller number first"),
        ("date=2024-13-01", "expected a day such as 2024-11-22"),
        ("date=2024-11-02/2024-11-01", "give the earlier day first"),
        ("condition=unless it rains", "does not stand in the claim's sentence"),
        ('actors=[{"name": "x"}]', "missing required field `span`"),
        ("weather=fine", "a claim has no 'weather'"),
        ("modality", "expected FIELD=VALUE"),
    ],
)
def test_a_correction_that_cannot_be_says_what_could(filled: Path, given: str, said: str) -> None:
    """The message has what was found and what was expected."""
    name = the_strike(filled).claims[0]
    assert said in refused("judge", "correct", name, given, "--store", filled)


def test_a_value_is_chosen_among_those_of_an_event(store: Path) -> None:
    """The place that is chosen is the event's; one that no claim gives is refused."""
    strike = the_strike(store)
    other = next(one.name for one in strike.places if not one.best)
    tocsin("judge", "correct", strike.id, f"place={other.upper()}", "--store", store)
    found = the_strike(store).place
    assert found is not None
    assert found.name == other
    said = refused("judge", "correct", strike.id, "place=Paris", "--store", store)
    assert other in said
    said = refused("judge", "correct", strike.id, "type=QUARREL", "--store", store)
    assert "expected one of ACCUSE" in said
    assert "expected one number" in refused(
        "judge", "correct", strike.id, "killed=12-40", "--store", store
    )


def test_same_joins_and_different_parts(store: Path) -> None:
    """The later judgement holds; the earlier one is loose, with the reason."""
    strike = the_strike(store)
    other = next(one for one in listed(store, "type:THREATEN") if one.id != strike.id)
    pair = (strike.claims[0], other.claims[0])
    tocsin("judge", "same", *pair, "--store", store)
    assert _event(store, pair[0]) == _event(store, pair[1])
    tocsin("judge", "different", *pair, "--store", store)
    assert _event(store, pair[0]) != _event(store, pair[1])
    assert "one and the same" in refused("judge", "same", pair[0], pair[0], "--store", store)


def _event(store: Path, name: str) -> str:
    return load(tocsin("event", name, "--json", "--store", store)[1].splitlines()[0], Event).id


def test_judgements_are_records(store: Path) -> None:
    """A list as JSON has the records themselves, with author and time."""
    name = the_strike(store).claims[0]
    tocsin("judge", "accept", name, "--author", "ann", "--store", store)
    (line,) = tocsin("judge", "list", "--json", "--store", store)[1].splitlines()
    made = load(line, Judgement)
    assert (made.verdict, made.target, made.author) == ("accept", name, "ann")
    assert tocsin("judge", "list", "--loose", "--store", store)[1] == ""


def test_threats_are_listed_as_of_a_day(filled: Path) -> None:
    """A deadline is due before it has passed, and lapsed a while after."""
    due = ("threats", "--due", "3d", "--json", "--store", filled, "--on")
    (line,) = tocsin(*due, "2023-08-26")[1].splitlines()
    threat = load(line, Threat)
    assert (threat.kind, str(threat.deadline.end if threat.deadline else "")) == (
        "ultimatum", "2023-08-27",
    )  # fmt: skip
    assert tocsin(*due, "2023-09-26")[1] == ""
    _, out, _ = tocsin("threats", "--status", "lapsed", "--on", "2023-09-26", "--store", filled)
    assert threat.id in out
    assert tocsin("threats", "--due", "soon", "--store", filled)[0] == 2


def test_a_threat_is_shown_with_its_terms(filled: Path) -> None:
    """Demand and deadline stand in the words of the article; rates hide what rests on few."""
    (line,) = tocsin(
        "threats", "--due", "3d", "--on", "2023-08-26", "--json", "--store", filled
    )[1].splitlines()  # fmt: skip
    name = json.loads(line)["id"]
    _, out, _ = tocsin("threats", name[:13], "--store", filled)
    assert "“leave the territory of Niger within 48 hours”" in out
    assert "fewer than 5" in tocsin("threats", "--rates", "--store", filled)[1]


def test_a_person_confirms_what_came_of_a_threat(store: Path) -> None:
    """The outcome is the one that was confirmed; a word that is none is refused."""
    due = ("threats", "--due", "3d", "--on", "2023-08-26", "--json", "--store", store)
    threat = load(tocsin(*due)[1].strip(), Threat)
    refusal = listed(store, "type:REJECT", "actor:FRA")[0]
    confirm = ("judge", "confirm", threat.id, refusal.id, "--axis", "target", "--store", store)
    assert "target=not, shown by event-" in tocsin(*confirm, "--did", "not", "--dry-run")[1]
    tocsin(*confirm, "--did", "not")
    settled = load(tocsin("threats", threat.id, "--json", "--store", store)[1].strip(), Threat)
    assert settled.outcome.target == "not"
    assert settled.outcome.evidence == (refusal.id,)
    assert "may have" in refused(*confirm, "--did", "nothing")
