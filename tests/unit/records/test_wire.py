"""The wire: a record comes back as it went, and nothing unknown slips in."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from msgspec import Struct, structs

from tests.build import TEXT, a_claim, a_participant, a_span, an_article
from tocsin.base.errors import RecordError
from tocsin.records.article import Article, Moment, byline
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded, Stamp
from tocsin.records.entity import Entity
from tocsin.records.event import Event
from tocsin.records.issue import Issue
from tocsin.records.judgement import Anchor, Judgement
from tocsin.records.origin import Origin, Report
from tocsin.records.relation import Relation
from tocsin.records.series import Key, Series, Unit
from tocsin.records.signal import Signal
from tocsin.records.statement import Statement
from tocsin.records.threat import Threat, Utterance
from tocsin.records.wire import KINDS, SCHEMA, dump, load

ARTICLE = an_article()
REBELS = a_participant(sectors=("REB",))
MINISTRY = a_participant(a_span(TEXT, "the ministry"), country="TRN", sectors=("GOV",))
CLAIM = a_claim(ARTICLE, actors=(REBELS,), speakers=(MINISTRY,))
ENTITY = Entity(id="e", article=ARTICLE.id, name="Rebels", kind="group", mentions=(REBELS.span,))
RELATION = Relation(
    id="r",
    article=ARTICLE.id,
    subject=REBELS,
    relation="opposes",
    object=MINISTRY,
    span=a_span(TEXT, "attacked"),
)
STATEMENT = Statement(
    id="s", article=ARTICLE.id, content=a_span(TEXT, "Rebels attacked"), speaker=MINISTRY
)
ISSUE = Issue(code="T-1", stage="sources", severity="note", file="tale.txt", message="empty")
CODED = Coded(
    article=ARTICLE,
    claims=(CLAIM,),
    statements=(STATEMENT,),
    relations=(RELATION,),
    entities=(ENTITY,),
    stamp=Stamp("0.1.0", "ontology", "model", "gazetteer"),
)
EVENT = Event(
    id="v", type="ASSAULT", modality="actual", level="single origin", articles=1, copies=0,
    reports=(Report(claim=CLAIM.id, article=ARTICLE.id, outlet="The Teller", origin="o"),),
    origins=(Origin(id="o", kind="outlet", name="The Teller"),), independent=1,
)  # fmt: skip
JUDGEMENT = Judgement(
    id="j", verdict="correct", target=CLAIM.id, author="ann",
    time=datetime(2024, 3, 6, tzinfo=UTC), field="modality", before="actual", after="negated",
    anchor=Anchor(claim=CLAIM.id, article=ARTICLE.id, type="ASSAULT", span=CLAIM.trigger),
)  # fmt: skip
THREAT = Threat(
    id="t", kind="ultimatum", status="open", issuer=(MINISTRY,), target=(REBELS,),
    utterances=(Utterance(claim=CLAIM.id, article=ARTICLE.id, event="v", day=None),),
)  # fmt: skip
SIGNAL = Signal(
    id="w", kind="surge", about="country", unit="TRN", family="material conflict",
    day=date(2024, 3, 6), value=12.0, threshold=7.0, because="12 events.", events=("v",),
    settings={"times": 2, "kind": "sequence"},
)  # fmt: skip
SERIES = Series(Key(Unit("country", "TRN"), "protest"), "week", date(2024, 3, 4), (0, 2))
ALL: tuple[Struct, ...] = (
    ARTICLE, byline(ARTICLE), CLAIM, CODED, ENTITY, EVENT, ISSUE, JUDGEMENT, RELATION, SERIES,
    SIGNAL, STATEMENT, THREAT,
)  # fmt: skip


def test_every_kind_is_here() -> None:
    """The cases below cover every kind of record that has a wire form."""
    assert {type(record) for record in ALL} == set(KINDS.values())


@pytest.mark.parametrize("record", ALL, ids=lambda record: type(record).__name__)
def test_there_and_back(record: Struct) -> None:
    """What is loaded equals what was dumped, from bytes and from text, and dumps to the same."""
    line = dump(record)
    assert load(line, type(record)) == record
    assert dump(load(line.decode(), type(record))) == line


@pytest.mark.parametrize("record", ALL, ids=lambda record: type(record).__name__)
def test_marks(record: Struct) -> None:
    """A line says what kind of record it is and under which schema; its keys are sorted."""
    line = dump(record)
    row = json.loads(line)
    assert KINDS[row["record"]] is type(record)
    assert row["schema"] == SCHEMA
    assert list(row) == sorted(row)
    assert b"\n" not in line


def test_an_entity_keeps_its_kind() -> None:
    """The kind of an entity is its own and not the kind of record."""
    row = json.loads(dump(ENTITY))
    assert (row["record"], row["kind"]) == ("entity", "group")


def test_empty_fields_stay_away() -> None:
    """A field that holds nothing is not written."""
    assert not {"place", "killed", "modes"} & set(json.loads(dump(CLAIM)))


def _with(record: Struct, /, **more: object) -> str:
    return json.dumps(json.loads(dump(record)) | more)


def test_unknown_fields_are_named() -> None:
    """Fields of a later version are refused, all of them by name."""
    with pytest.raises(RecordError, match=r"claim: unknown fields \['mood', 'tone'\]"):
        load(_with(CLAIM, tone=1, mood=2), Claim)


def test_unknown_fields_within_are_named() -> None:
    """A field of a later version deep inside a record is refused by name and place."""
    actor = {"span": [0, 6, "Rebels"], "name": "Rebels", "mood": 1}
    with pytest.raises(RecordError, match=r"`mood`.*actors\[0\]"):
        load(_with(CLAIM, actors=[actor]), Claim)


def test_longer_spans_are_refused() -> None:
    """A span of more than start, end and quote is refused."""
    with pytest.raises(RecordError, match="length 3"):
        load(_with(CLAIM, trigger=[7, 15, "attacked", 1]), Claim)


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        ({"record": "entity"}, "record 'entity'"),
        ({"record": None}, "record None"),
        ({"schema": SCHEMA + 1}, f"schema {SCHEMA + 1}"),
        ({"schema": "1"}, "schema '1'"),
    ],
)
def test_other_marks_are_refused(marks: dict[str, object], told: str) -> None:
    """Another kind of record or another schema is refused with what was found and expected."""
    with pytest.raises(RecordError, match=f"{told}.*expected 'article', {SCHEMA}"):
        load(_with(ARTICLE, **marks), Article)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        (b'{"record": "\xff"}', "not JSON"),
        ("\ud83d", "not JSON"),
        ("[1]", "found list"),
        ("{}", "record None, schema None"),
    ],
)
def test_lines_that_are_no_records(line: bytes | str, told: str) -> None:
    """Broken, mis-encoded and foreign lines are refused, each with what was found."""
    with pytest.raises(RecordError, match=told):
        load(line, Article)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"modality": "maybe"}, "maybe"),
        ({"confidence": 2}, "from 0 to 1"),
        ({"trigger": [0, 5, "x"]}, "does not fit"),
        ({"type": 3}, r"Expected `str`.*\$\.type"),
        ({"trigger": None}, r"\$\.trigger"),
    ],
)
def test_wrong_values_are_refused(more: dict[str, object], told: str) -> None:
    """A value that its field cannot hold is refused with the field or the contradiction."""
    with pytest.raises(RecordError, match=told):
        load(_with(CLAIM, **more), Claim)


def test_half_characters_are_refused() -> None:
    """Text that was cut through a surrogate pair cannot be written, and says so."""
    with pytest.raises(RecordError, match="half a character"):
        dump(an_article("peace \ud83d"))


def test_parts_do_not_stand_alone() -> None:
    """A record that only lives inside others has no line of its own, in or out."""
    with pytest.raises(RecordError, match="Moment has no wire form"):
        dump(Moment(ARTICLE.published.day if ARTICLE.published else None))  # type: ignore[arg-type]
    with pytest.raises(RecordError, match="Moment has no wire form"):
        load("{}", Moment)


def test_a_stamp_names_an_endpoint_where_there_was_one() -> None:
    """Who reads with the network alone finds nothing of a second reader in a record."""
    row = json.loads(dump(CODED))
    assert "endpoint" not in row["stamp"]
    asked = structs.replace(CODED, stamp=structs.replace(CODED.stamp, endpoint="read small"))
    assert load(dump(asked), Coded).stamp.endpoint == "read small"
