"""Laws of records that hold for any text, emoji, combining marks and right-to-left script."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from tests.build import a_claim, a_participant, an_article
from tocsin.records.article import Article, Moment, article_id
from tocsin.records.claim import Claim, Condition, Count, Interval, Participant, Place
from tocsin.records.coded import Coded, Stamp
from tocsin.records.entity import Entity
from tocsin.records.evidence import Reason, Span, span_of
from tocsin.records.issue import Issue
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement
from tocsin.records.wire import dump, load

LETTERS = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from(["🕊️", "e\u0301", "سلام", "שלום", "\u202e", "\u2028", "\x00", '"', "\\"]),
)
WORDS = st.lists(LETTERS, max_size=8).map("".join)
TEXTS = st.lists(LETTERS, min_size=1, max_size=30).map("".join)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))
MAYBE = st.none() | WORDS
MOMENTS = st.builds(
    Moment, DAYS, st.sampled_from(["minute", "day", "month", "year"]), st.none() | st.just("08:15")
)
ARTICLES = st.builds(
    Article,
    id=WORDS,
    doc=WORDS,
    title=WORDS,
    text=TEXTS,
    outlet=MAYBE,
    published=st.none() | MOMENTS,
    fetched=st.none() | MOMENTS,
    language=MAYBE,
    url=MAYBE,
    authors=st.lists(WORDS, max_size=2).map(tuple),
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Return a span of any text."""
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text)))
    return span_of(text, start, draw(st.integers(start, len(text))))


PEOPLE = st.builds(
    Participant,
    span=spans(),
    name=WORDS,
    country=MAYBE,
    sectors=st.lists(WORDS, max_size=2).map(tuple),
    unknown=MAYBE,
)
CROWDS = st.lists(PEOPLE, max_size=2).map(tuple)


@st.composite
def counts(draw: st.DrawFn) -> Count:
    """Return a count whose bounds are in order."""
    low = draw(st.integers(0, 10**9))
    return Count(low, draw(st.none() | st.integers(low, 10**10)), draw(spans()))


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Return a claim with any of its fields filled."""
    fact = a_claim(confidence=draw(st.floats(0, 1)), actors=draw(CROWDS), speakers=draw(CROWDS))
    return replace(
        fact,
        modality=draw(st.sampled_from(["actual", "negated", "requested"])),
        condition=draw(st.none() | st.builds(Condition, spans(), st.just("unless"))),
        deadline=draw(st.none() | st.builds(Interval, st.none() | DAYS, st.none() | DAYS, spans())),
        denied_by=draw(CROWDS),
        killed=draw(st.none() | counts()),
        place=draw(
            st.none()
            | st.builds(Place, span=spans(), name=WORDS, latitude=st.none() | st.floats(-90, 90))
        ),
        reasons=draw(
            st.lists(
                st.builds(Reason, field=WORDS, hand=st.just("rule"), because=WORDS), max_size=2
            ).map(tuple)
        ),
    )


ENTITIES = st.builds(
    Entity,
    id=WORDS,
    article=WORDS,
    name=WORDS,
    kind=st.sampled_from(["person", "place", "outlet"]),
    mentions=st.lists(spans(), max_size=2).map(tuple),
)
RELATIONS = st.builds(
    Relation,
    id=WORDS,
    article=WORDS,
    subject=PEOPLE,
    relation=st.sampled_from(["leads", "opposes"]),
    object=PEOPLE,
    span=spans(),
    attribution=CROWDS,
)
STATEMENTS = st.builds(
    Statement,
    id=WORDS,
    article=WORDS,
    content=spans(),
    cue=st.none() | spans(),
    speaker=st.none() | PEOPLE,
    polarity=st.sampled_from(["asserts", "denies", "questions"]),
)
ISSUES = st.builds(
    Issue,
    code=WORDS,
    stage=st.just("coding"),
    severity=st.sampled_from(["note", "error"]),
    file=WORDS,
    message=WORDS,
    place=MAYBE,
)
PARCELS = st.builds(
    Coded,
    article=ARTICLES,
    claims=st.lists(claims(), max_size=1).map(tuple),
    statements=st.lists(STATEMENTS, max_size=1).map(tuple),
    relations=st.lists(RELATIONS, max_size=1).map(tuple),
    entities=st.lists(ENTITIES, max_size=1).map(tuple),
    stamp=st.builds(Stamp, WORDS, WORDS, WORDS),
)


@given(st.one_of(ARTICLES, claims(), ENTITIES, RELATIONS, STATEMENTS, ISSUES, PARCELS))
def test_there_and_back(record: Struct) -> None:
    """Every record of every kind comes back from its line as it was, and its line is one line."""
    line = dump(record)
    assert load(line, type(record)) == record
    assert b"\n" not in line


@given(spans())
def test_a_span_comes_back_at_its_place(span: Span) -> None:
    """A quote still stands at its offsets after a journey as JSON."""
    claim = replace(a_claim(), actors=(a_participant(span),))
    assert load(dump(claim), Claim).actors[0].span == span


@given(TEXTS, MAYBE, MOMENTS, DAYS, DAYS)
def test_ids_ignore_reading_time(
    text: str, outlet: str | None, moment: Moment, first: date, second: date
) -> None:
    """Whenever an article was fetched, and however exactly it was stamped, its id is the same."""
    one = an_article(text, outlet=outlet, published=moment.day, fetched=first)
    two = an_article(text, outlet=outlet, published=moment.day, fetched=second)
    assert one.id == two.id == article_id("", text, outlet, moment)
