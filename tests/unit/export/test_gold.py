"""Gold: an article with everything coded out of it in the form of the gold files."""

from __future__ import annotations

import json
from datetime import date

import pytest
from msgspec.structs import replace

from tests.build import TEXT, a_claim, a_participant, a_span, an_article
from tocsin.export import gold
from tocsin.records.article import Article
from tocsin.records.claim import Claim, Condition, Count, Interval, Place
from tocsin.records.coded import Coded, Stamp
from tocsin.records.entity import Entity
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement

REBELS = a_participant(sectors=("REB",))
MINISTRY = a_participant(a_span(TEXT, "the ministry"), country="TRN", sectors=("GOV",), entity="x")
NORTHFIELD = a_span(TEXT, "Northfield")
MONDAY = a_span(TEXT, "Monday")


def parcel(*claims: Claim, article: Article | None = None, **parts: object) -> Coded:
    """Return a coded article."""
    stamp = Stamp("0", "o", "m", "g")
    return Coded(article=article or an_article(), claims=claims, stamp=stamp, **parts)  # type: ignore[arg-type]


def test_article() -> None:
    """The article's own fields come first, its day as an ISO date."""
    row = gold.row(parcel())
    assert list(row)[:5] == ["doc", "title", "outlet", "published", "text"]
    assert (row["doc"], row["outlet"], row["published"]) == ("tale", "The Teller", "2024-03-05")
    assert row["text"] == TEXT
    assert (row["claims"], row["relations"]) == ([], [])


def test_undated() -> None:
    """An article without a day or outlet has null there."""
    row = gold.row(parcel(article=an_article(published=None, outlet=None)))
    assert (row["published"], row["outlet"]) == (None, None)


def test_least_claim() -> None:
    """A claim has all the fields that every gold claim has, and none that it does not fill."""
    (row,) = gold.row(parcel(a_claim()))["claims"]
    assert row == {
        "id": "e1",
        "type": "ASSAULT",
        "modes": [],
        "trigger": [7, 15, "attacked"],
        "actors": [],
        "recipients": [],
        "modality": "actual",
        "attribution": [],
        "sentence": [0, len(TEXT), TEXT],
        "confidence": 0.8,
    }


def test_full_claim() -> None:
    """Every filled field has the gold form: spans as lists, days as ISO dates, counts as ranges."""
    claim = a_claim(
        modes=("firearms",),
        modality="conditional",
        actors=(REBELS,),
        recipients=(a_participant(NORTHFIELD),),
        speakers=(MINISTRY,),
        condition=Condition(MONDAY, "unless"),
        when=Interval(date(2024, 3, 4), date(2024, 3, 4), MONDAY),
        place=Place(span=NORTHFIELD, name="Northfield", country="TRN", precision="place"),
        outcome="foiled",
    )
    counts = {"killed": Count(2, 4, MONDAY), "crowd": Count(200, None, MONDAY)}
    (row,) = gold.row(parcel(replace(claim, denied_by=(REBELS,), **counts)))["claims"]
    rebels = {"span": [0, 6, "Rebels"], "name": "Rebels", "country": None, "sectors": ["REB"]}
    monday = [MONDAY.start, MONDAY.end, "Monday"]
    assert (row["actors"], row["denied_by"]) == ([rebels], [rebels])
    assert [p["name"] for p in row["attribution"]] == ["the ministry"]
    assert row["condition"] == {"span": monday, "kind": "unless"}
    assert row["date"] == {"start": "2024-03-04", "end": "2024-03-04", "span": monday}
    assert row["place"]["name"], row["place"]["country"] == ("Northfield", "TRN")
    assert (row["killed"], row["crowd"]) == ([2, 4], [200, None])
    assert (row["outcome"], row["modes"], row["style"]) == ("foiled", ["firearms"], "indirect")


def test_unresolved_date_is_left_out() -> None:
    """A date that no day came of is no date in gold; the article's words are not lost elsewhere."""
    (row,) = gold.row(parcel(a_claim(when=Interval(None, None, MONDAY))))["claims"]
    assert "date" not in row


def test_links_use_the_files_own_names() -> None:
    """Claims are e1, e2 and so on, and their links speak of these."""
    threat = a_claim(trigger="said", code="THREATEN")
    act = a_claim(content_of=threat.id)
    again = a_claim(trigger="named", same_as=act.id)
    rows = gold.row(parcel(threat, act, again))["claims"]
    assert [r["id"] for r in rows] == ["e1", "e2", "e3"]
    assert (rows[1]["content_of"], rows[2]["same_as"]) == ("e1", "e2")
    assert "content_of" not in rows[0]


def test_link_to_nothing_is_left_out() -> None:
    """A link to a claim that the article does not have is left out."""
    (row,) = gold.row(parcel(a_claim(content_of="claim-of-another")))["claims"]
    assert "content_of" not in row


def test_relations_statements_and_entities() -> None:
    """Relations, statements and entities stand beside the claims."""
    relation = Relation(
        id="r",
        article="a",
        subject=REBELS,
        relation="opposes",
        object=MINISTRY,
        span=a_span(TEXT, TEXT),
    )
    statement = Statement(
        id="s",
        article="a",
        content=a_span(TEXT, "Rebels attacked Northfield on Monday"),
        cue=a_span(TEXT, "said"),
        source=a_span(TEXT, "the ministry"),
    )
    entity = Entity(id="e", article="a", name="Rebels", kind="group", mentions=(REBELS.span,))
    row = gold.row(parcel(relations=(relation,), statements=(statement,), entities=(entity,)))
    assert row["relations"][0]["relation"] == "opposes"
    assert row["relations"][0]["object"]["country"] == "TRN"
    assert row["statements"][0]["cue"][2] == "said"
    assert row["statements"][0]["polarity"] == "asserts"
    assert row["entities"][0]["mentions"] == [[0, 6, "Rebels"]]


@pytest.mark.parametrize("text", ['Säpo sagte "nein".', "كلام", "🚀 e\u0301", "two\nlines"])
def test_line_is_one_line_of_json(text: str) -> None:
    """A line is one line, keeps every character as it is, and reads back as the row."""
    coded = parcel(article=an_article(text))
    line = gold.line(coded)
    assert "\n" not in line
    assert "\\u0" not in line
    assert json.loads(line) == gold.row(coded)
