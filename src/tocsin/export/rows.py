"""An article's text with what was read out of it: marks on the words, cards beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from tocsin.explain.marks import marks
from tocsin.export.cards import claim_card, mark_id, parts, statement_card
from tocsin.export.markup import Markup, element, inside
from tocsin.export.weave import Tag, weave
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.records.evidence import Span
from tocsin.records.statement import Statement


def rows(coded: Coded, numbers: Mapping[str, int]) -> Markup:
    """Return an article's text in stretches, marked, each with the cards that belong beside it."""
    tags, notes = list(_tags(coded, numbers)), _notes(coded.claims, numbers)
    spans = pairwise(cuts(coded.article.text, coded.claims))
    return element(
        "div", *(_row(coded, span, tags, notes, numbers) for span in spans), class_="rows"
    )


def _row(
    coded: Coded,
    span: tuple[int, int],
    tags: Sequence[Tag],
    notes: Mapping[int, Markup],
    numbers: Mapping[str, int],
) -> Markup:
    start, end = span
    own = {at: note for at, note in notes.items() if start < at <= end}
    words = weave(coded.article.text, start, end, tags, own)
    cards = [
        claim_card(c, coded.claims, numbers) for c in coded.claims if start <= c.trigger.start < end
    ]
    cards += [statement_card(s, numbers) for s in coded.statements if start <= _at(s) < end]
    new = start == 0 or coded.article.text[:start].rstrip(" ").endswith("\n")
    return element(
        "div",
        element("p", words, class_="text", dir="auto", lang=coded.article.language or "en"),
        element("div", *cards, class_="cards") if cards else Markup(),
        class_="row new" if new else "row",
    )


def cuts(words: str, claims: Sequence[Claim]) -> list[int]:
    """Return where a text is cut: between its paragraphs, and around every sentence with claims.

    A line break within such a sentence is none between paragraphs.
    """
    held = {(c.sentence.start, c.sentence.end) for c in claims}
    breaks = {m.end() for m in re.finditer(r"\s*\n\s*", words)}
    lines = {at for at in breaks if not any(start < at < end for start, end in held)}
    around = {at for span in held for at in span}
    # White space at a cut stays with the words before it.
    moved = {len(words) - len(words[at:].lstrip()) for at in around if at}
    return sorted({0, len(words), *lines, *moved})


def _tags(coded: Coded, numbers: Mapping[str, int]) -> Iterator[Tag]:
    """Yield the marks of both layers; one in the same role for several cards is one mark."""
    owners: dict[tuple[str, str, Span], list[str]] = {}
    for claim in coded.claims:
        for mark in marks(claim):
            owners.setdefault(("claim", mark.role, mark.span), []).append(f"c{numbers[claim.id]}")
    for told in coded.statements:
        for part, span in parts(told):
            owners.setdefault(("said", part, span), []).append(f"s{numbers[told.id]}")
    for (layer, role, span), cards in owners.items():
        name = mark_id(role if layer == "claim" else f"said-{role}", span)
        yield Tag(span.start, span.end, name, (role, *cards), layer)


def _notes(claims: Sequence[Claim], numbers: Mapping[str, int]) -> dict[int, Markup]:
    """Return behind each trigger the number and type of its claim, which lead to it."""
    notes: dict[int, Markup] = {}
    for claim in claims:
        own, end = numbers[claim.id], claim.trigger.end
        label = f"{own} {claim.type}"
        note = element(
            "a", href=f"#c{own}", class_="note", data_label=label, aria_label=f"claim {label}"
        )
        notes[end] = inside(notes.get(end, Markup()), note)
    return notes


def _at(told: Statement) -> int:
    return min(span.start for _, span in parts(told))
