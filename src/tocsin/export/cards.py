"""What stands beside the text: a card for every claim and every statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tocsin.explain.marks import counts
from tocsin.explain.sentence import STYLES, sentence
from tocsin.explain.wording import days, number, quoted
from tocsin.export.arcs import LINKS
from tocsin.export.markup import Markup, element, inside
from tocsin.records.claim import Attribution, Claim, Condition, Interval, Participant, Place
from tocsin.records.evidence import Span
from tocsin.records.statement import Statement

Numbers = Mapping[str, int]
# A field's label, its role in the text, its value.
Row = tuple[str, str | None, Markup]
TAKEN_UP = {
    "content_of": "has as content",
    "response_to": "is answered by",
    "same_as": "is told again in",
}


def claim_card(claim: Claim, claims: Sequence[Claim], numbers: Numbers) -> Markup:
    """Return a claim: its type, its fields each with its words, its links, why it was coded."""
    own = numbers[claim.id]
    name = " ".join([str(own), claim.type, *claim.modes])
    title = element("a", name, href=anchor("trigger", claim.trigger))
    rows = (*_rows(claim), *_links(claim, claims, numbers))
    return element(
        "article",
        element("h3", title, " ", element("span", claim.modality, class_="mood")),
        element("dl", *(_field(*row) for row in rows)),
        element("p", sentence(claim, numbers), class_="why"),
        class_="card claim",
        id=f"c{own}",
    )


def statement_card(told: Statement, numbers: Numbers) -> Markup:
    """Return a statement: who says it, by which cue, how, and what it holds."""
    own = numbers[told.id]
    title = element("a", f"S{own} {told.polarity}", href=anchor("said-content", told.content))
    rows: list[Row] = []
    if told.speaker is not None:
        rows.append(("speaker", None, _named(told.speaker)))
    rows += [(part, part, _words(f"said-{part}", span)) for part, span in parts(told)]
    outer = numbers.get(told.within or "")
    if outer is not None:
        rows.append(("within", None, element("a", f"S{outer}", href=f"#s{outer}")))
    return element(
        "article",
        element("h3", title, " ", element("span", told.style, class_="mood")),
        element("dl", *(_field(*row) for row in rows)),
        class_="card said",
        id=f"s{own}",
    )


def parts(told: Statement) -> Iterator[tuple[str, Span]]:
    """Yield the spans of a statement with what they are to it."""
    for part, span in (("source", told.source), ("cue", told.cue), ("content", told.content)):
        if span is not None:
            yield part, span


def anchor(role: str, span: Span) -> str:
    """Return the reference to a mark in the text."""
    return f"#{mark_id(role, span)}"


def mark_id(role: str, span: Span) -> str:
    """Return the id of a mark in the text: its role and its characters."""
    return f"{role}-{span.start}-{span.end}"


def _field(label: str, role: str | None, value: Markup) -> Markup:
    """Return a field and its value, with the sign that the role has in the text."""
    sign = element("span", class_=f"sign {role}") if role else Markup()
    return element("div", element("dt", sign, label), " ", element("dd", value))


def _rows(claim: Claim) -> Iterator[Row]:
    """Yield the filled fields; who acts and on whom even where nobody is known."""
    yield "actor", "actor", _people("actor", claim.actors)
    yield "recipient", "recipient", _people("recipient", claim.recipients)
    yield "on whose word", "speaker", _chain(claim.attribution)
    if claim.denied_by:
        yield "denied by", "denier", _people("denier", claim.denied_by)
    if claim.condition is not None:
        yield "condition", "condition", _condition(claim.condition)
    if claim.date is not None:
        yield "date", "date", _days("date", claim.date)
    if claim.deadline is not None:
        yield "deadline", "deadline", _days("deadline", claim.deadline)
    if claim.place is not None:
        yield "place", "place", _place(claim.place)
    for field, count in counts(claim):
        words = [_words("count", count.span)]
        if count.group is not None:
            words += [Markup(" of "), _words("counted", count.group)]
        total = ", a running total" if count.cumulative else ""
        yield field, "count", inside(f"{number(count)} ", *words, total)
    if claim.outcome is not None:
        yield "outcome", None, inside(claim.outcome)
    yield "confidence", None, inside(f"{claim.confidence:.2f}")


def _links(claim: Claim, claims: Sequence[Claim], numbers: Numbers) -> Iterator[Row]:
    """Yield the claims that a claim hangs on, and those that hang on it."""
    named = {other.id: other.type for other in claims}
    for kind, label in LINKS.items():
        other = getattr(claim, kind)
        if other in numbers:
            yield label, None, inside("↑ ", _link(numbers[other], named[other]))
        back = [c for c in claims if getattr(c, kind) == claim.id]
        if back:
            told = [_link(numbers[c.id], c.type) for c in back]
            yield TAKEN_UP[kind], None, inside("↓ ", _joined(told))


def _link(number_: int, type_: str) -> Markup:
    return element("a", f"{number_} {type_}", href=f"#c{number_}")


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup(", ".join(parts))


def _people(role: str, people: Sequence[Participant]) -> Markup:
    if not people:
        return element("span", "unknown", class_="open")
    return element("ul", *(element("li", _person(role, who)) for who in people))


def _person(role: str, who: Participant) -> Markup:
    return inside(_named(who), " ", _words(role, who.span))


def _named(who: Participant) -> Markup:
    """Return who somebody is, with his country and sectors, or that they are open."""
    tags = " ".join([who.country or "?", *who.sectors])
    return inside(element("bdi", who.name), " ", element("span", tags, class_="tags"))


def _chain(told: Attribution | None) -> Markup:
    """Return the speakers, whose word it is first, then through whom it came to the article."""
    if told is None:
        return inside("the article’s own")
    links = [element("li", _person("speaker", who)) for who in reversed(told.chain)]
    cue = [f"; {STYLES[told.style]}, cue ", _words("cue", told.cue)] if told.cue else []
    return inside(element("ol", *links, class_="chain"), *cue)


def _condition(condition: Condition) -> Markup:
    own = condition.kind in condition.span.quote.casefold()
    return inside("" if own else f"{condition.kind} ", _words("condition", condition.span))


def _days(role: str, interval: Interval) -> Markup:
    known = interval.start or interval.end
    value = days(interval) if known else "stays open"
    return inside(f"{value} ", _words(role, interval.span))


def _place(place: Place) -> Markup:
    point = f" {place.latitude}, {place.longitude}" if place.latitude is not None else ""
    tags = f"{place.country or '?'}{point}"
    return inside(
        element("bdi", place.name), " ", element("span", tags, class_="tags"), " ",
        _words("place", place.span),
    )  # fmt: skip


def _words(role: str, span: Span) -> Markup:
    """Return an article's words, leading to where they stand."""
    return element("a", element("bdi", quoted(span)), href=anchor(role, span))
