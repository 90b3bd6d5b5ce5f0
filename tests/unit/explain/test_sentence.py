"""The sentence that says why a claim was coded: each field with its words and its hand."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tests.build import TEXT, a_claim, a_participant, a_span
from tocsin.explain.sentence import sentence
from tocsin.records.claim import Attribution, Claim, Condition, Count, Interval, Place
from tocsin.records.evidence import Hand, Reason, Span

REBELS = a_participant(sectors=("REB",), unknown="no nationality in the phrase; no country leads")
NORTHFIELD = a_span(TEXT, "Northfield")
MONDAY = a_span(TEXT, "Monday")
MINISTRY = a_span(TEXT, "the ministry")
VICTIMS = a_span(TEXT, "no victims")
STATE = a_participant(MINISTRY, "Tarnland", country="TRN", entity="TRN", sectors=("GOV",))


def because(
    field: str, why: str, *, hand: Hand = "rule", span: Span | None = None, score: float = 0.0
) -> Reason:
    """Return a reason, scored by the network if a score is given."""
    if score:
        return Reason(field=field, hand="model", because=why, span=span, score=score)
    return Reason(field=field, hand=hand, because=why, span=span)


def seen(field: str, span: Span | None, score: float) -> Reason:
    """Return what the network sees of a field."""
    return because(field, f"network {score:.2f}", span=span, score=score)


def told(claim: Claim, *reasons: Reason, **fields: object) -> str:
    """Return the sentence about a claim with other fields and reasons."""
    return sentence(replace(claim, reasons=reasons, **fields))  # type: ignore[arg-type]


def test_type_names_words_score_and_lexicon() -> None:
    """The words taken for an event stand with what the network scored and what the lexicon says."""
    claim = a_claim(modes=("firearms",))
    listed = because("type", "“attack” is always ASSAULT", hand="lexicon", span=claim.trigger)
    said = told(claim, seen("type", claim.trigger, 0.91), listed, seen("modes", None, 0.7))
    assert said.startswith(
        "Coded ASSAULT firearms because the network takes “attacked” for an assault (0.91) "
        "and by the lexicon “attack” is always ASSAULT; the mode is firearms (network 0.70);"
    )


def test_type_of_ones_own() -> None:
    """A type that only the lexicon knows is explained by it alone, and called by its name."""
    listed = because("type", "“attack” is often DESECRATE", hand="lexicon")
    assert told(a_claim(code="DESECRATE"), listed).startswith(
        "Coded DESECRATE because the words are “attacked” and by the lexicon "
        "“attack” is often DESECRATE;"
    )
    assert told(a_claim(code="DESECRATE")).startswith(
        "Coded DESECRATE because the words are “attacked”;"
    )


def test_several_modes_each_with_its_hand() -> None:
    """Each mode stands with the hand that gave it, one without a reason alone."""
    claim = a_claim(modes=("aerial", "drone"))
    assert "the modes are aerial (network 0.70) and drone;" in told(claim, seen("modes", None, 0.7))


@pytest.mark.parametrize(
    ("modality", "words"),
    [
        ("actual", "it is told as having happened"),
        ("negated", "it is told as not having happened"),
        ("future", "it is told as planned or announced"),
        ("possible", "it is told as possible"),
        ("conditional", "it is told as conditional"),
        ("requested", "it is told as asked for"),
    ],
)
def test_modality(modality: str, words: str) -> None:
    """Whether something happened is said in words, with the network's score."""
    claim = a_claim(modality=modality)  # type: ignore[arg-type]
    assert f"{words} (network 0.66);" in told(claim, seen("modality", None, 0.66))


def test_modality_by_a_cue_or_by_none() -> None:
    """A cue that decides is named; that something happened needs none."""
    plan = because("modality", "governed by the cue “plan”", hand="lexicon")
    assert "planned or announced (governed by the cue “plan”)" in told(
        a_claim(modality="future"), plan
    )
    assert "as having happened (no word says otherwise)" in told(a_claim())


def test_nobody() -> None:
    """That nobody is named is said once for both sides, and else for the one that is missing."""
    assert "; no words were found that name an actor or a recipient;" in told(a_claim())
    assert "; no words were found that name a recipient;" in told(a_claim(actors=(REBELS,)))
    assert "; no words were found that name an actor;" in told(a_claim(recipients=(REBELS,)))


def test_one_actor() -> None:
    """An actor stands with his words, the score, what he is coded as, and what stays unknown."""
    assert (
        "the actor is “Rebels” (network 0.97, described as REB, country unknown: "
        "no nationality in the phrase, and no country leads);"
    ) in told(a_claim(actors=(REBELS,)), seen("actor", REBELS.span, 0.97))


def test_several_actors() -> None:
    """Several actors are listed, a known one by name, words and what he is known as."""
    field = a_participant(NORTHFIELD, country="TRN")
    claim = a_claim(actors=(REBELS, field, STATE))
    said = told(claim, seen("actor", NORTHFIELD, 0.5), seen("actor", MINISTRY, 0.9))
    assert "the actors are “Rebels” (described as REB" in said
    assert (
        ", “Northfield” (network 0.50, described as TRN) and "
        "Tarnland (“the ministry”, network 0.90, known as TRN and coded GOV);"
    ) in said


def test_nothing_known_of_somebody() -> None:
    """Of somebody without country, sectors and name the identity is what stays unknown."""
    claim = a_claim(recipients=(a_participant(unknown="a pronoun"),))
    assert "the recipient is “Rebels” (identity unknown: a pronoun);" in told(claim)


def test_actor_from_elsewhere() -> None:
    """An actor whom another mention names stands with the rule and the words of that mention."""
    rule = because("actor", "as told elsewhere of the same event", span=a_span(TEXT, "said"))
    assert "the actor is “Rebels” (as told elsewhere of the same event, “said”, described" in told(
        a_claim(actors=(REBELS,)), rule
    )


def test_the_nearest_reason_counts() -> None:
    """Of several reasons about overlapping words the one that fits them best is told."""
    wide = seen("actor", a_span(TEXT, "Rebels attacked"), 0.4)
    own = seen("actor", REBELS.span, 0.6)
    assert "“Rebels” (network 0.60," in told(a_claim(actors=(REBELS,)), wide, own)


def test_speaker() -> None:
    """A speaker stands with his words and hand, the cue, and how his words are given."""
    claim = a_claim(speakers=(STATE,), style="direct")
    attribution = Attribution(chain=(STATE,), cue=a_span(TEXT, "said"), style="direct")
    said = told(claim, seen("speaker", MINISTRY, 0.8), attribution=attribution)
    assert (
        "it is said by Tarnland (“the ministry”, network 0.80, known as TRN and coded GOV), "
        "with “said” as the cue, in direct speech;"
    ) in said


def test_chain() -> None:
    """A chain names whose word it is first, then through whom it came, the outermost last."""
    outer = a_participant(NORTHFIELD, unknown="who?")
    said = told(a_claim(speakers=(outer, STATE)), seen("relay", NORTHFIELD, 0.7))
    assert "; it is said by Tarnland (“the ministry”, known as" in said
    assert "), relayed by “Northfield” (network 0.70, identity unknown: who?);" in said
    three = told(a_claim(speakers=(outer, REBELS, STATE)))
    assert "relayed by “Rebels”" in three
    assert "and then by “Northfield”" in three


def test_nobody_speaks() -> None:
    """A claim without a speaker is the article's own word, and says so."""
    assert "; no speaker was found, so it stands as the article’s own word;" in told(a_claim())


def test_denied() -> None:
    """Who denies it is named."""
    said = told(a_claim(), seen("denier", MINISTRY, 0.6), denied_by=(STATE,))
    assert "; it is denied by Tarnland (“the ministry”, network 0.60, known as TRN" in said


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("intercepted", "it was intercepted"), ("foiled", "it was foiled"), ("failed", "it failed")],
)
def test_outcome(outcome: str, words: str) -> None:
    """How an attack ended is said, with the score."""
    said = told(a_claim(), seen("outcome", None, 0.8), outcome=outcome)
    assert f"; {words} (network 0.80);" in said


def test_condition() -> None:
    """A condition is quoted, its conjunction added where the words lack it."""
    span = a_span(TEXT, "Rebels attacked")
    claim = a_claim(condition=Condition(span, "unless"))
    said = told(claim, seen("condition", span, 0.4))
    assert "; the condition is unless “Rebels attacked” (network 0.40);" in said


def test_date() -> None:
    """A date stands with its words, the network's score and the rule that read them."""
    claim = a_claim(when=Interval(date(2024, 3, 4), date(2024, 3, 4), MONDAY))
    rule = because("date", "rule “weekday”", hand="lexicon")
    said = told(claim, seen("date", MONDAY, 0.9), rule)
    assert "; the date is 2024-03-04 (“Monday”, network 0.90, rule “weekday”);" in said


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2024, 3, 1), date(2024, 3, 4), "2024-03-01 to 2024-03-04"),
        (date(2024, 3, 1), None, "from 2024-03-01 on"),
        (None, date(2024, 3, 4), "up to 2024-03-04"),
    ],
)
def test_interval(start: date | None, end: date | None, words: str) -> None:
    """An interval is told by both its ends, an open one in words."""
    assert f"; the date is {words} (“Monday”);" in told(a_claim(when=Interval(start, end, MONDAY)))


def test_unresolved_date() -> None:
    """Words that mean no day are no date, and the reason is told."""
    claim = a_claim(when=Interval(None, None, MONDAY))
    rule = because("date", "it could lie before or after", hand="lexicon")
    said = told(claim, seen("date", MONDAY, 0.9), rule)
    assert (
        "; there is no date, as “Monday” (network 0.90) stays open: it could lie before or after;"
    ) in said


def test_deadline() -> None:
    """A deadline stands with its words and how they were read."""
    term = because("deadline", "read as a term that is set", hand="lexicon", span=MONDAY)
    said = told(a_claim(), term, deadline=Interval(None, date(2024, 3, 11), MONDAY))
    assert "; the deadline is up to 2024-03-11 (“Monday”, read as a term that is set);" in said


def test_place() -> None:
    """A place stands with its words, the score, country, GeoNames id and how near it is known."""
    place = Place(
        span=NORTHFIELD, name="Northfield", country="TRN", geonames=7, precision="country"
    )
    said = told(a_claim(place=place), seen("place", NORTHFIELD, 0.8))
    assert (
        "; the place is “Northfield” (network 0.80, TRN, GeoNames 7, no nearer than the country);"
    ) in said
    named = replace(place, name="Northfield-on-Sea", geonames=None, precision=None)
    assert "; the place is Northfield-on-Sea (“Northfield”, TRN);" in told(a_claim(place=named))


def test_unknown_place() -> None:
    """A place that the gazetteer lacks is none, or a country without a point; both say why."""
    place = Place(span=NORTHFIELD, name="Northfield", unknown="no such name; several countries")
    assert (
        "; there is no place, as “Northfield” (network 0.80) stays open: "
        "no such name, and several countries;"
    ) in told(a_claim(place=place), seen("place", NORTHFIELD, 0.8))
    assert "; the place is “Northfield”, in TRN but without a point on the map: no such" in told(
        a_claim(place=replace(place, country="TRN"))
    )


def test_counts() -> None:
    """Numbers of people stand with their words, what counts them, and whose number it is."""
    rule = because("killed", "counted by “named”", span=VICTIMS)
    counts = {
        "killed": Count(1200, None, VICTIMS, group=NORTHFIELD, cumulative=True),
        "injured": Count(24, 99, VICTIMS),
        "arrested": Count(2, 2, VICTIMS, group=a_span(TEXT, "victims")),
        "displaced": Count(3, 3, VICTIMS),
        "crowd": Count(4, 4, VICTIMS),
    }
    said = told(a_claim(), rule, **counts)
    assert (
        "; the number killed is at least 1,200 "
        "(“no victims”, counted by “named”, of “Northfield”, a running total);"
    ) in said
    assert "; the number injured is 24 to 99 (“no victims”);" in said
    assert "; the number arrested is 2 (“no victims”);" in said
    assert "; the number displaced is 3 (" in said
    assert "; the number in the crowd is 4 (" in said


def test_links() -> None:
    """Linked claims are called by their numbers, where there are any, with the words and score."""
    link = seen("content_of", a_span(TEXT, "said"), 0.8)
    claim = replace(a_claim(content_of="one"), response_to="two", same_as="three", reasons=(link,))
    said = sentence(claim, {"one": 1, "three": 3})
    assert "; it is the content of claim 1 (“said”, network 0.80);" in said
    assert "; it answers another claim;" in said
    assert "; it tells of the same event as claim 3;" in said


def test_long_words_are_cut() -> None:
    """Long words are cut between words, line breaks and quotation marks inside them made plain."""
    words = "unless the\ngovernment “acts” " + "again and " * 20
    claim = a_claim(condition=Condition(Span(0, len(words), words), "unless"))
    (part,) = [p for p in told(claim).split("; ") if p.startswith("the condition")]
    assert part.startswith("the condition is “unless the government ‘acts’ again")
    assert part.endswith(" …”")
    assert len(part) < 110


def test_it_is_one_sentence() -> None:
    """A claim with everything filled is one sentence without doubled brackets or marks."""
    claim = a_claim(
        modes=("aerial",),
        actors=(REBELS, STATE),
        speakers=(REBELS, STATE),
        condition=Condition(MONDAY, "if"),
        when=Interval(None, None, MONDAY),
        place=Place(span=NORTHFIELD, name="Northfield", unknown="x; y"),
        content_of="other",
    )
    said = told(claim, seen("actor", REBELS.span, 0.5))
    assert said.endswith("; the confidence is 0.80.")
    assert not {"((", "))", "  ", "..", ";;", "; ;", "\n"} & {
        said[i : i + n] for n in (1, 2, 3) for i in range(len(said))
    }
    depth = 0
    for sign in said:
        depth += (sign == "(") - (sign == ")")
        assert depth in (0, 1)
