"""The page of an article: whole, strict, and nothing in it but what was coded."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from msgspec.structs import replace

from tests.build import TEXT, a_claim, a_participant, a_span, an_article
from tests.page import Page, whole
from tocsin.explain.sentence import sentence
from tocsin.export import html
from tocsin.export.rows import cuts
from tocsin.records.article import Article
from tocsin.records.claim import Attribution, Claim, Condition, Count, Interval, Place
from tocsin.records.coded import Coded, Stamp
from tocsin.records.entity import Entity
from tocsin.records.evidence import span_of
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement, statement_id

STAMP = Stamp("0", "o", "m", "g")
REBELS = a_participant(sectors=("REB",))
MINISTRY = a_participant(a_span(TEXT, "the ministry"), country="TRN", sectors=("GOV",), entity="x")
NORTHFIELD, MONDAY = a_span(TEXT, "Northfield"), a_span(TEXT, "Monday")
SAID = a_span(TEXT, "said")


def full() -> Coded:
    """Return an article with claims and statements that have something in every field."""
    act = replace(
        a_claim(
            modes=("firearms",),
            actors=(REBELS,),
            recipients=(a_participant(NORTHFIELD),),
            when=Interval(date(2024, 3, 4), date(2024, 3, 4), MONDAY),
            place=Place(span=NORTHFIELD, name="Northfield", latitude=1.5, longitude=2.5),
            outcome="foiled",
        ),
        attribution=Attribution(chain=(REBELS, MINISTRY), cue=SAID),
        denied_by=(MINISTRY,),
        killed=Count(2, None, NORTHFIELD, group=MONDAY, cumulative=True),
        deadline=Interval(None, date(2024, 4, 1), MONDAY),
        condition=Condition(a_span(TEXT, "Northfield on Monday, the"), "unless"),
    )
    # Lies across the condition of the first.
    other = a_claim(
        trigger="said", code="ACCUSE", actors=(a_participant(a_span(TEXT, "Monday, the ministry")),)
    )
    act = replace(act, content_of=other.id, response_to=other.id)
    again = a_claim(trigger="named", same_as=act.id)
    content = a_span(TEXT, "Rebels attacked Northfield on Monday")
    outer = Statement(
        id=statement_id("a", content, SAID), article="a", content=content, cue=SAID,
        source=MINISTRY.span, speaker=MINISTRY,
    )  # fmt: skip
    inner = Statement(id="inner", article="a", content=NORTHFIELD, within=outer.id)
    relation = Relation(
        id="r", article="a", subject=REBELS, relation="backed_by", object=MINISTRY,
        span=a_span(TEXT, TEXT), attribution=(MINISTRY,),
    )  # fmt: skip
    entity = Entity(id="e", article="a", name="Rebels", kind="group", mentions=(REBELS.span,))
    return parcel(
        act, other, again, statements=(outer, inner), relations=(relation,), entities=(entity,)
    )


def parcel(*claims: Claim, article: Article | None = None, **parts: object) -> Coded:
    """Return a coded article."""
    return Coded(article=article or an_article(), claims=claims, stamp=STAMP, **parts)  # type: ignore[arg-type]


def test_every_field_stands_there() -> None:
    """All spans are marked once in their role, ids are unique, links lead somewhere."""
    page = whole(full())
    assert {a.attributes["id"] for a in page.found("article", "claim")} == {"c1", "c2", "c3"}
    card = next(page.found("article", "claim")).text
    for part in ("1 ASSAULT firearms", "actual", "REB", "TRN GOV", "2024-03-04", "1.5, 2.5"):
        assert part in card
    for part in ("up to 2024-04-01", "at least 2", "a running total", "foiled", "0.80", "unless"):
        assert part in card
    assert "content of ↑ 2 ACCUSE" in card
    assert "response to ↑ 2 ACCUSE" in card
    assert "is told again in ↓ 3 ASSAULT" in card


def test_every_claim_has_its_sentence() -> None:
    """A claim's card has the sentence of explanation, links called by their numbers."""
    coded = full()
    numbers = {claim.id: k for k, claim in enumerate(coded.claims, 1)}
    told = [p.text for p in whole(coded).found("p", "why")]
    assert told == [sentence(claim, numbers) for claim in coded.claims]
    assert "claim 2" in told[0]


def test_trigger_leads_to_its_card() -> None:
    """Behind a trigger stand the number and type of its claim, and lead to it; the text is bare."""
    notes = [a.attributes for a in whole(full()).found("a", "note")]
    assert {(n["href"], n["data-label"], n["aria-label"]) for n in notes} == {
        ("#c1", "1 ASSAULT", "claim 1 ASSAULT"),
        ("#c2", "2 ACCUSE", "claim 2 ACCUSE"),
        ("#c3", "3 ASSAULT", "claim 3 ASSAULT"),
    }


def test_chain_is_shown() -> None:
    """The chain of speakers stands in order, whose word it is first."""
    page = whole(full())
    links = [e.text for e in page.found("li") if "ol" in e.inside and "article" in e.inside]
    assert [text.split()[0] for text in links] == ["the", "Rebels"]


def test_statements_are_a_layer() -> None:
    """Statements have marks and cards of their own, switched by radio buttons alone."""
    page = whole(full())
    buttons = [e.attributes for e in page.found("input")]
    assert [b["id"] for b in buttons] == ["show-claims", "show-statements", "show-plain"]
    assert [b["value"] for b in buttons if "checked" in b] == ["claims"]
    cards = [a.text for a in page.found("article", "said")]
    assert cards[0].startswith("S1 asserts indirect")
    assert "within S1" in cards[1]
    assert [m.classes[2] for m in page.found("mark", "source") if "id" in m.attributes] == ["s1"]


def test_relations_and_entities() -> None:
    """Relations and entities are listed."""
    text = whole(full()).text
    assert "backed by" in text
    assert "group" in text


def test_highlights() -> None:
    """The style has a rule for each card, which lights up its marks."""
    style = next(Page(html.page(full())).found("style")).text
    for card in ("c1", "c2", "c3", "s1", "s2"):
        assert f"body:has(#{card}:is(:hover,:focus-within)) .{card}" in style
    assert "url(" not in style
    assert "@import" not in style


EVIL = '<script>alert("x")</script>\'&amp;</style>'


def test_nothing_of_the_article_is_html() -> None:
    """Whatever stands in text, title, outlet, url and names stays text."""
    text = f"{EVIL} attacked {EVIL} said."
    article = replace(
        an_article(text, title=EVIL, outlet=EVIL), doc=EVIL, url=f"https://x.example/{EVIL}"
    )
    who = a_participant(span_of(text, 0, len(EVIL)), EVIL, entity=EVIL, unknown=EVIL)
    claim = a_claim(
        article,
        modes=(EVIL,),
        actors=(who,),
        speakers=(who,),
        place=Place(span=who.span, name=EVIL, country=EVIL, unknown=EVIL),
    )
    relation = Relation(
        id="r", article="a", subject=who, relation="leads", object=who, span=who.span
    )
    entity = Entity(
        id="e", article="a", name=EVIL, kind="group", mentions=(who.span,), known_as=EVIL
    )
    page = whole(parcel(claim, article=article, relations=(relation,), entities=(entity,)))
    assert next(page.found("title")).text == f"Explained: {EVIL}"
    assert next(page.found("h1")).text == EVIL
    assert EVIL in next(page.found("header")).text.split("·")[0]


@pytest.mark.parametrize("article", [an_article(""), an_article("\n \n"), an_article("a\n\n\nb\n")])
def test_nothing_coded(article: Article) -> None:
    """An article without claims has its page, which says so."""
    page = whole(parcel(article=article))
    assert "No claims." in page.text
    assert "None stated." in page.text
    assert "None named." in page.text


def test_title_of_an_article_without_one() -> None:
    """An article without a title is called by its name."""
    page = whole(parcel(article=an_article(outlet=None, published=None)))
    assert next(page.found("h1")).text == "tale"
    assert "outlet unknown · day unknown" in page.text


def test_landmarks_and_headings() -> None:
    """A page has one main part, one first heading, and no heading skips a level."""
    page = whole(full())
    for name in ("header", "main", "footer", "nav", "h1"):
        assert len(list(page.found(name))) == 1
    levels = [int(e.name[1]) for e in page.elements if re.fullmatch(r"h\d", e.name)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_right_to_left() -> None:
    """A stretch of text takes the direction of its own letters, its language is said."""
    page = whole(parcel(article=an_article("هجوم على المدينة", language="ar")))
    (text,) = page.found("p", "text")
    assert (text.attributes["dir"], text.attributes["lang"]) == ("auto", "ar")


def test_cuts() -> None:
    """A text is cut between paragraphs and around sentences with claims, never inside one."""
    text = "Head\n\nIt rained. Rebels\nattacked it. Rain again.\nEnd."
    sentence_ = a_span(text, "Rebels\nattacked it.")
    claim = a_claim(an_article(text), a_span(text, "attacked"), sentence=sentence_)
    pieces = [text[a:b] for a, b in pairwise(cuts(text, [claim]))]
    assert pieces == ["Head\n\n", "It rained. ", "Rebels\nattacked it. ", "Rain again.\n", "End."]
