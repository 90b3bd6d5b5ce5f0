"""The ledger: which claims enter it, of what kind, by whom; and that no day sees a later one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build import a_span
from tests.threats import DAY, by_id, events_of, told
from tocsin.fusion.threats import ledger, utterances
from tocsin.fusion.told import Told
from tocsin.fusion.uttered import Uttered
from tocsin.records.threat import Threat


def rows(*claims: Told) -> list[Uttered]:
    """Return the candidates that could begin a thread."""
    return [one for one in utterances(events_of(claims), by_id(claims)) if one.founds]


def threats(claims: Sequence[Told], today: date = DAY) -> tuple[Threat, ...]:
    """Return the ledger of a day."""
    return ledger(events_of(claims), by_id(claims), today)


def names(side: Sequence[object]) -> list[str]:
    """Return the names of a side."""
    return [one.name for one in side]  # type: ignore[attr-defined]


def threat_with(text: str, cost: str, *, trigger: str = "threatened") -> tuple[Told, Told]:
    """Return a threat by Norland to Sudland with its content."""
    head = told(text, trigger, actors=["Norland"], recipients=["Sudland"])
    return head, told(text, cost, code="ASSAULT", modality="future", actors=["Norland"], of=head)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norland threatened Sudland to attack unless it withdrew.", "compellent"),
        ("Norland threatened Sudland to attack if it did not withdraw.", "compellent"),
        ("Norland threatened Sudland to attack if it crossed the river.", "deterrent"),
        ("Norland threatened Sudland to attack anyone who crossed, and any ship would sink.",
         "deterrent"),
        ("Norland threatened Sudland to attack.", "unconditional"),
        ("Norland threatened Sudland to attack within two days.", "ultimatum"),
    ],
)  # fmt: skip
def test_kinds(text: str, kind: str) -> None:
    """The condition and the deadline make the kind, as the table of kinds has it."""
    found = rows(*threat_with(text, "attack"))
    assert [one.kind for one in found] == [kind]
    assert names(found[0].issuer) == ["Norland"]
    assert names(found[0].target) == ["Sudland"]
    assert found[0].parts.cost_type == "force"


def test_warning() -> None:
    """Where "X warns that Y will attack" it is a warning by X of Y, never a threat by Y."""
    text = "Westland warned Sudland that Norland would attack."
    head = told(text, "warned", actors=["Westland"], recipients=["Sudland"])
    act = told(
        text, "attack", code="ASSAULT", modality="possible", actors=["Norland"], of=head
    )  # fmt: skip
    (one,) = rows(head, act)
    assert (one.kind, names(one.issuer), names(one.by)) == ("warning", ["Westland"], ["Norland"])


def test_warned_act() -> None:
    """A warning may be no claim of its own: then the act's attribution tells of it."""
    text = "Norland will attack, Westland warned."
    act = told(text, "attack", code="ASSAULT", modality="future", actors=["Norland"],
               speakers=["Westland"], cue="warned")  # fmt: skip
    (one,) = rows(act)
    assert (one.kind, names(one.issuer), names(one.by)) == ("warning", ["Westland"], ["Norland"])


def test_vow() -> None:
    """What a side says that it would do under a condition is a threat, without the word."""
    text = "Norland said it would attack Sudland if it rearmed."
    act = told(text, "attack", code="ASSAULT", modality="conditional", actors=["Norland"],
               recipients=["Sudland"], speakers=["Norland"])  # fmt: skip
    (one,) = rows(act)
    assert (one.kind, names(one.target)) == ("deterrent", ["Sudland"])
    assert one.parts.condition is not None
    assert one.parts.condition.quote == "if it rearmed"


def test_assessment() -> None:
    """What an onlooker expects, or an outlet by itself, is no threat and no warning."""
    text = "Norland will attack Sudland if it rearms, an analyst warned."
    said = told(text, "attack", code="ASSAULT", modality="conditional", actors=["Norland"],
                speakers=["an analyst"], cue="warned")  # fmt: skip
    plain = told(text, "attack", code="ASSAULT", modality="conditional", actors=["Norland"])
    head = told(text, "warned", actors=["an analyst"])
    assert [rows(one) for one in (said, plain, head)] == [[], [], []]


@pytest.mark.parametrize(
    "text",
    [
        "Fighting threatened the truce between Norland and Sudland.",
        "Norland named the threat to Sudland as its reason.",
        "Under its doctrine Norland threatened to attack if attacked, Sudland says.",
    ],
)
def test_dangers_and_rules(text: str) -> None:
    """What endangers something and what a doctrine says on any day stay out."""
    trigger = "threatened" if "threatened" in text else "threat"
    assert rows(told(text, trigger, actors=["Norland"], recipients=["Sudland"])) == []


def test_demands() -> None:
    """A demand enters with a deadline, as an ultimatum of a side, and not without one."""
    plain = "Norland demanded that Sudland leave the north."
    timed = "Norland demanded that Sudland leave the north by Friday."
    asked = [
        told(text, "demanded", code="REQUEST", actors=[actor], recipients=["Sudland"])
        for text, actor in ((plain, "Norland"), (timed, "Norland"))
    ]
    body = told("The League asked Sudland to leave by Friday.".replace("The", "the"), "asked",
                code="REQUEST", actors=["the League"], recipients=["Sudland"])  # fmt: skip
    assert rows(asked[0]) == []
    assert [one.kind for one in rows(asked[1])] == ["ultimatum"]
    assert [one.kind for one in rows(body)] == ["demand"]


def test_given_time() -> None:
    """Whoever gives time sets an ultimatum; what an agreement gives is a deadline of nobody."""
    side = "Norland gave the Front 48 hours to leave the town."
    deal = "The truce gives Norland 60 days to leave the town."
    (one,) = rows(told(side, "leave", code="RETREAT", modality="requested", actors=["the Front"]),
                  told(side, "gave", code="CONSULT", actors=["Norland"]))  # fmt: skip
    (other,) = rows(
        told(deal, "leave", code="RETREAT", modality="requested", actors=["Norland"])
    )  # fmt: skip
    assert (one.kind, names(one.issuer), names(one.target)) == ("ultimatum", ["Norland"], ["Front"])
    assert (other.kind, names(other.issuer), names(other.target)) == ("deadline", [], ["Norland"])
    assert one.parts.demand_type == "leave"


def test_evacuation() -> None:
    """An army that tells people to be elsewhere warns civilians; their own mayor does not."""
    text = "Norland's army told residents to leave, as did the workers."
    army = told(text, "told", code="REQUEST", actors=["Norland's army"], recipients=["residents"])
    own = told(text, "told", code="REQUEST", actors=["the workers"], recipients=["residents"])
    assert [one.kind for one in rows(army)] == ["civilian-warning"]
    assert rows(own) == []


def test_promise() -> None:
    """A promise enters only where it sets itself a deadline."""
    timed = told("Norland promised to leave by 1 May.", "promised", code="AGREE",
                 actors=["Norland"])  # fmt: skip
    plain = told("Norland promised to leave.", "promised", code="AGREE", actors=["Norland"])
    assert [one.kind for one in rows(timed)] == ["promise"]
    assert rows(plain) == []


def test_looking_back() -> None:
    """A threat that is recalled begins no thread, and joins the one that it recalls."""
    text = "Norland gave Sudland two days to leave."
    first = told(text, "gave", actors=["Norland"], recipients=["Sudland"])
    after = "The ultimatum that Norland gave Sudland expired on Thursday with no military action."
    later = told(after, "ultimatum", actors=["Norland"], recipients=["Sudland"],
                 day=DAY + timedelta(4))  # fmt: skip
    assert threats([later], DAY + timedelta(9)) == ()
    (row,) = threats([first, later], DAY + timedelta(9))
    assert [one.does for one in row.utterances] == ["issues", "recalls"]
    assert row.candidates[0].did == "not carried out"


def test_restated_length() -> None:
    """A length told again days later is the same deadline, not a new one."""
    text = "Norland gave Sudland 60 days to leave the town."
    claims = [
        told(text, "gave", actors=["Norland"], recipients=["Sudland"], day=DAY + timedelta(n),
             outlet=f"outlet {n}")
        for n in (0, 8)
    ]  # fmt: skip
    (row,) = threats(claims, DAY + timedelta(9))
    assert row.deadline is not None
    assert row.deadline.end == DAY + timedelta(60)
    assert row.moved_from == ()


def test_moved() -> None:
    """A new day extends the deadline and keeps the old one; a day too far is a day before that."""
    first = told("Norland told Sudland to leave by 12 March or face attack.", "told",
                 code="REQUEST", actors=["Norland"], recipients=["Sudland"])  # fmt: skip
    later = told("Norland extended the deadline for Sudland to leave until 20 March.", "deadline",
                 actors=["Norland"], recipients=["Sudland"], day=DAY + timedelta(3))  # fmt: skip
    (row,) = threats([first, later], DAY + timedelta(4))
    assert row.deadline is not None
    assert (row.deadline.end, row.moved_from[0].end) == (date(2024, 3, 20), date(2024, 3, 12))
    assert row.utterances[-1].does == "extends"
    assert (row.status, row.outcome.issuer) == ("extended", "extended")


def test_mooted() -> None:
    """A deadline that is only talked of does not move."""
    first = told("Norland told Sudland to leave by 12 March.", "told", code="REQUEST",
                 actors=["Norland"], recipients=["Sudland"])  # fmt: skip
    text = "Norland considered extending the deadline for Sudland until 20 March."
    later = told(text, "deadline", actors=["Norland"], recipients=["Sudland"],
                 day=DAY + timedelta(3))  # fmt: skip
    (row,) = threats([first, later], DAY + timedelta(4))
    assert row.moved_from == ()


def test_withdrawn() -> None:
    """A threat that its issuer drops is withdrawn."""
    first = threat_with("Norland threatened Sudland to attack.", "attack")
    text = "Norland dropped its threat to attack Sudland."
    later = told(text, "threat", actors=["Norland"], recipients=["Sudland"],
                 day=DAY + timedelta(3))  # fmt: skip
    (row,) = threats([*first, later], DAY + timedelta(4))
    assert (row.status, row.outcome.issuer) == ("withdrawn", "withdrew")


def test_undated_is_left_out() -> None:
    """A claim without a day of publication cannot be said to have been known."""
    claim = told("Norland gave Sudland two days to leave.", "gave", actors=["Norland"],
                 recipients=["Sudland"], day=None)  # fmt: skip
    assert threats([claim]) == ()


def test_title() -> None:
    """A row has a line that says who, to whom, what, until when."""
    text = "Norland told Sudland to leave the north by Friday."
    head = told(text, "told", code="REQUEST", actors=["Norland"], recipients=["Sudland"])
    act = told(text, "leave", code="RETREAT", modality="requested", modes=("withdraw",), of=head)
    (row,) = threats([head, act])
    assert row.title == "Norland to Sudland: leave the north by Friday, by 8 March 2024"
    assert row.specificity == (3, 0, 3)
    assert row.authority == "can bind"


def test_answers() -> None:
    """A threat against the one who threatens names the threat it may answer."""
    first = threat_with("Norland threatened Sudland to attack.", "attack")
    text = "Sudland threatened Norland to strike back."
    counter = told(text, "threatened", actors=["Sudland"], recipients=["Norland"],
                   day=DAY + timedelta(1))  # fmt: skip
    one, other = threats([*first, counter], DAY + timedelta(2))
    assert (one.answers, other.answers) == ((), (one.id,))


SENTENCES = (
    ("Norland gave Sudland 48 hours to leave.", "gave", "THREATEN", "Norland", "Sudland"),
    ("Norland repeated its threat to attack Sudland.", "threat", "THREATEN", "Norland", "Sudland"),
    ("Norland dropped its threat to attack Sudland.", "threat", "THREATEN", "Norland", "Sudland"),
    ("Norland extended the deadline for Sudland until Sunday.", "deadline", "THREATEN", "Norland",
     "Sudland"),
    ("Sudland vowed to strike Norland if attacked.", "vowed", "THREATEN", "Sudland", "Norland"),
    ("Norland attacked Sudland as threatened.", "attacked", "ASSAULT", "Norland", "Sudland"),
    ("Sudland refused and defied Norland.", "refused", "REJECT", "Sudland", "Norland"),
    ("Norland asked Sudland to talk.", "asked", "REQUEST", "Norland", "Sudland"),
)  # fmt: skip


@st.composite
def stories(draw: st.DrawFn) -> list[Told]:
    """Return claims of some weeks, a few a day."""
    picks = draw(st.lists(st.tuples(st.sampled_from(SENTENCES), st.integers(0, 20)), max_size=12))
    return [
        told(text, trigger, code=code, actors=[actor], recipients=[recipient],
             day=DAY + timedelta(days), outlet=f"outlet {at}")
        for at, ((text, trigger, code, actor, recipient), days) in enumerate(picks)
    ]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(stories(), st.integers(0, 25), st.randoms())
def test_no_look_ahead(claims: list[Told], days: int, shuffle: object) -> None:
    """The ledger of a day is the same whatever is published later, in whatever order it comes."""
    today = DAY + timedelta(days)
    known = [row for row in claims if row.day is not None and row.day <= today]
    mixed = list(claims)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert threats(mixed, today) == threats(known, today)


@settings(max_examples=40, deadline=None)
@given(stories(), st.integers(0, 25))
def test_threads_only_grow(claims: list[Told], days: int) -> None:
    """A thread keeps its claims and its name the next day; none is in two threads."""
    today = DAY + timedelta(days)
    now = {row.id: {one.claim for one in row.utterances} for row in threats(claims, today)}
    then = {
        row.id: {one.claim for one in row.utterances}
        for row in threats(claims, today + timedelta(1))
    }
    assert all(held <= then[name] for name, held in now.items())
    assert sum(map(len, then.values())) == len(set().union(*then.values()))


def test_judged_apart() -> None:
    """Claims that analysts called different are of two threads, however alike; the same of one."""
    text = "Norland gave Sudland two days to leave."
    one, other = (
        told(text, "gave", actors=["Norland"], recipients=["Sudland"], outlet=name)
        for name in ("The Teller", "The Crier")
    )
    pair = (min(one.claim.id, other.claim.id), max(one.claim.id, other.claim.id))
    claims = [one, other]
    apart = ledger(events_of(claims), by_id(claims), DAY, different=[pair])
    assert (len(threats(claims)), len(apart)) == (1, 2)


def test_quote_is_evidence() -> None:
    """The words of a deadline, a demand and a condition stand in the article where they say."""
    text = "Norland told Sudland to leave by Friday unless it pays."
    head = told(text, "told", code="REQUEST", actors=["Norland"], recipients=["Sudland"])
    act = told(text, "leave", code="RETREAT", modality="requested", of=head)
    (row,) = threats([head, act])
    assert row.deadline is not None
    assert row.deadline.quote == a_span(text, "by Friday")
    assert row.condition == a_span(text, "unless it pays")
    assert row.demand == a_span(text, "leave by Friday")
