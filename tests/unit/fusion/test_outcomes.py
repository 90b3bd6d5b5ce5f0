"""Outcomes: which events may be what came of a threat, why, and what people make of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from tests.threats import DAY, by_id, events_of, told
from tocsin.fusion.threats import Rules, ledger
from tocsin.fusion.told import Told
from tocsin.fusion.verdicts import reading
from tocsin.records.event import event_id
from tocsin.records.judgement import Anchor, Judgement, judgement_id
from tocsin.records.threat import Outcome, Threat

TEXT = "Norland told Sudland to leave the north by 8 March or face attack."
NOON = datetime(2024, 3, 20, 12, tzinfo=UTC)


def ultimatum() -> list[Told]:
    """Return an ultimatum by Norland to Sudland, with cost and demand."""
    head = told(TEXT, "told", actors=["Norland"], recipients=["Sudland"])
    cost = told(TEXT, "attack", code="ASSAULT", modality="future", actors=["Norland"], of=head)
    asked = told(TEXT, "leave", code="RETREAT", modality="requested", modes=("withdraw",), of=head)
    return [head, cost, asked]


def act(text: str, trigger: str, code: str, *, by: str, to: str = "", day: int = 4) -> Told:
    """Return an act some days after the threat."""
    when = DAY + timedelta(day)
    return told(text, trigger, code=code, actors=[by], recipients=[to] if to else [], day=when,
                when=(when, when), modes=("withdraw",) if code == "RETREAT" else ())  # fmt: skip


def row(claims: Sequence[Told], **options: object) -> Threat:
    """Return the one threat of a ledger, three weeks later."""
    today = DAY + timedelta(21)
    (found,) = ledger(events_of(claims), by_id(claims), today, **options)  # type: ignore[arg-type]
    return found


def confirm(claim: Told, shown: Told, axis: str, did: str) -> Judgement:
    """Return that somebody confirmed an event as an outcome."""
    name = event_id(shown.claim.id)
    return Judgement(
        id=judgement_id("confirm", "threat-x", "Ada", NOON, did), verdict="confirm",
        target="threat-x", author="Ada", time=NOON, anchor=_anchor(claim), beside=_anchor(shown),
        other=name, field=axis, after=did,
    )  # fmt: skip


def _anchor(row: Told) -> Anchor:
    claim = row.claim
    return Anchor(claim=claim.id, article=claim.article, type=claim.type, span=claim.trigger)


STRUCK = act("Norland attacked Sudland as threatened.", "attacked", "ASSAULT", by="Norland",
             to="Sudland")  # fmt: skip
LEFT = act("Sudland left the north.", "left", "RETREAT", by="Sudland")


def test_issuer() -> None:
    """An attack by the issuer on the target is the threat carried out, with five reasons."""
    (found,) = row([*ultimatum(), STRUCK]).candidates
    assert (found.axis, found.did, found.timing) == ("issuer", "carried out as stated", "grace")
    assert [one.name for one in found.features] == ["actor", "act", "recipient", "place", "link"]
    assert all(one.because for one in found.features)
    assert found.score > 0.8
    assert not found.confirmed


def test_target() -> None:
    """A withdrawal by the target is what was asked, a refusal is not."""
    text = "Sudland rejected the ultimatum of Norland."
    no = act(text, "rejected", "REJECT", by="Sudland", to="Norland", day=1)
    found = {one.did: one for one in row([*ultimatum(), LEFT, no]).candidates}
    assert set(found) == {"complied fully", "not"}
    assert (found["complied fully"].timing, found["not"].timing) == ("grace", "before")


@pytest.mark.parametrize(
    "other",
    [
        act("Westland attacked Sudland.", "attacked", "ASSAULT", by="Westland", to="Sudland"),
        act("Norland attacked Westland.", "attacked", "ASSAULT", by="Norland", to="Westland"),
        act("Norland praised Sudland.", "praised", "SUPPORT", by="Norland", to="Sudland"),
        act("Norland attacked Sudland.", "attacked", "ASSAULT", by="Norland", to="Sudland", day=-9),
        act("Norland attacked Sudland.", "attacked", "ASSAULT", by="Norland", to="Sudland", day=99),
    ],
)
def test_others(other: Told) -> None:
    """Others' acts, acts against others, other acts, and those long before or after are none."""
    assert row([*ultimatum(), other]).candidates == ()


def test_nothing_is_settled_unasked() -> None:
    """A suggestion changes nothing until a person or a rule says so."""
    found = row([*ultimatum(), STRUCK])
    assert (found.outcome.issuer, found.status) == ("cannot tell", "lapsed")
    ruled = row([*ultimatum(), STRUCK], rules=Rules(auto=0.8))
    assert (ruled.outcome.issuer, ruled.status) == ("carried out as stated", "resolved")
    assert ruled.outcome.evidence == (event_id(STRUCK.claim.id),)
    assert ruled.candidates[0].confirmed


def test_confirmed() -> None:
    """What a person confirmed counts, and outranks the rule."""
    claims = [*ultimatum(), STRUCK, LEFT]
    made = [confirm(claims[0], LEFT, "target", "complied fully"),
            confirm(claims[0], STRUCK, "issuer", "not carried out")]  # fmt: skip
    found = row(claims, confirmed=made, rules=Rules(auto=0.8))
    assert (found.outcome.target, found.outcome.issuer) == ("complied fully", "not carried out")
    assert (found.outcome.reading, found.status) == ("conceded", "resolved")


def test_confirmed_later() -> None:
    """An event that was not known on a day cannot have been confirmed for it."""
    claims = [*ultimatum(), STRUCK]
    made = [confirm(claims[0], STRUCK, "issuer", "carried out as stated")]
    events, all_told = events_of(claims), by_id(claims)
    (before,) = ledger(events, all_told, DAY + timedelta(3), confirmed=made)
    (after,) = ledger(events, all_told, DAY + timedelta(4), confirmed=made)
    assert (before.outcome.issuer, after.outcome.issuer) == ("cannot tell", "carried out as stated")


def test_undone_judgement() -> None:
    """What was undone counts for nothing."""
    claims = [*ultimatum(), STRUCK]
    made = confirm(claims[0], STRUCK, "issuer", "carried out as stated")
    gone = Judgement(**{name: getattr(made, name) for name in made.__struct_fields__
                        if name != "undone"}, undone=NOON)  # fmt: skip
    assert row(claims, confirmed=[gone]).outcome.issuer == "cannot tell"


def test_deterrent() -> None:
    """An attack in spite of a deterrent is the forbidden act; that none came proves nothing."""
    text = "Norland threatened Sudland to strike back if attacked."
    head = told(text, "threatened", actors=["Norland"], recipients=["Sudland"])
    broke = act("Sudland attacked Norland, defying the threat.", "attacked", "ASSAULT",
                by="Sudland", to="Norland")  # fmt: skip
    assert row([head, broke]).candidates[-1].did == "did the forbidden act"
    assert row([head]).outcome == Outcome()


@pytest.mark.parametrize(
    ("target", "issuer", "expected"),
    [
        ("complied fully", "not carried out", "conceded"),
        ("complied fully", "withdrew", "conceded"),
        ("complied partly", "not carried out", None),
        ("not", "carried out as stated", "stood firm"),
        ("not", "not carried out", "backed down so far"),
        ("not", "lesser form", None),
        ("cannot tell", "not carried out", None),
    ],
)
def test_readings(target: str, issuer: str, expected: str | None) -> None:
    """Two axes come to a reading where the table has one; the rest stays raw."""
    threat = row(ultimatum())
    outcome = Outcome(target=target, issuer=issuer)  # type: ignore[arg-type]
    assert reading(threat, outcome, DAY + timedelta(21)) == expected


def test_backed_down_needs_time() -> None:
    """Nobody has backed down before the latest end and the days of grace are over."""
    threat = row(ultimatum())
    outcome = Outcome(target="not", issuer="not carried out")
    assert reading(threat, outcome, DAY + timedelta(9)) is None


def test_shown_force() -> None:
    """Forces that the issuer moves after the threat show that it means it."""
    moved = act("Norland massed troops.", "massed", "MOBILIZE", by="Norland", day=2)
    assert row([*ultimatum(), moved]).signals == (event_id(moved.claim.id),)
