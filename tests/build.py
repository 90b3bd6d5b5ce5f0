"""Typed builders of records: each needs only what the test is about and invents the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tocsin.records.article import Article, Moment, article_id
from tocsin.records.claim import (
    Attribution,
    Claim,
    Condition,
    Interval,
    Modality,
    Outcome,
    Participant,
    Place,
    Style,
    claim_id,
)
from tocsin.records.evidence import Span, span_of
from tocsin.records.reading import Edge, Name, Proposal, Reading, Sentence

TEXT = "Rebels attacked Northfield on Monday, the ministry said. It named no victims."
DAY = date(2024, 3, 5)


def an_article(
    text: str = TEXT,
    *,
    title: str = "",
    outlet: str | None = "The Teller",
    published: date | None = DAY,
    fetched: date | None = None,
    language: str | None = "en",
) -> Article:
    """Return an article with its proper id; its title stands in the text if you put it there."""
    moment = Moment(published) if published else None
    return Article(
        id=article_id(title, text, outlet, moment),
        doc="tale",
        title=title,
        text=text,
        outlet=outlet,
        published=moment,
        fetched=Moment(fetched) if fetched else None,
        language=language,
    )


def a_span(text: str, quote: str, *, nth: int = 1) -> Span:
    """Return where a quote stands in a text for the nth time."""
    start = -1
    for _ in range(nth):
        start = text.index(quote, start + 1)
    return span_of(text, start, start + len(quote))


def a_participant(
    span: Span | None = None,
    name: str | None = None,
    *,
    country: str | None = None,
    sectors: tuple[str, ...] = (),
    entity: str | None = None,
    unknown: str | None = None,
) -> Participant:
    """Return a participant; without a span the first word of the default text, named as it is."""
    span = span or a_span(TEXT, "Rebels")
    return Participant(
        span=span,
        name=span.quote if name is None else name,
        entity=entity,
        country=country,
        sectors=sectors,
        unknown=unknown,
    )


def a_claim(
    article: Article | None = None,
    trigger: str | Span = "attacked",
    *,
    code: str = "ASSAULT",
    modes: tuple[str, ...] = (),
    modality: Modality = "actual",
    sentence: Span | None = None,
    actors: tuple[Participant, ...] = (),
    recipients: tuple[Participant, ...] = (),
    speakers: tuple[Participant, ...] = (),
    style: Style = "indirect",
    condition: Condition | None = None,
    when: Interval | None = None,
    place: Place | None = None,
    outcome: Outcome | None = None,
    content_of: str | None = None,
    same_as: str | None = None,
    confidence: float = 0.8,
) -> Claim:
    """Return a claim of an article, its trigger given as words; its sentence is the whole text."""
    article = article or an_article()
    span = a_span(article.text, trigger) if isinstance(trigger, str) else trigger
    return Claim(
        id=claim_id(article.id, code, span),
        article=article.id,
        type=code,
        modes=modes,
        trigger=span,
        sentence=sentence or span_of(article.text, 0, len(article.text)),
        actors=actors,
        recipients=recipients,
        modality=modality,
        condition=condition,
        attribution=Attribution(chain=speakers, style=style) if speakers else None,
        content_of=content_of,
        same_as=same_as,
        outcome=outcome,
        date=when,
        place=place,
        confidence=confidence,
    )


def a_sentence(
    rows: str, *, text: str | None = None, start: int = 0, names: Sequence[Name] = ()
) -> Sentence:
    """Return a sentence from lines of `form lemma UPOS head relation [features]`.

    Heads count from 1 and 0 is the root, as in CoNLL-U. The words are looked for in `text` from
    `start` on; without a text they stand in `text_of(rows)`, moved by `start`.
    """
    table = [_row(line) for line in rows.splitlines() if line.strip()]
    forms = tuple(row[0] for row in table)
    if text is None:
        offsets = tuple((a + start, b + start) for a, b in _places(" ".join(forms), forms, 0))
    else:
        offsets = tuple(_places(text, forms, start))
    return Sentence(
        start=offsets[0][0],
        end=offsets[-1][1],
        forms=forms,
        offsets=offsets,
        lemmas=tuple(row[1] for row in table),
        upos=tuple(row[2] for row in table),
        feats=tuple(row[5] for row in table),
        heads=tuple(int(row[3]) - 1 for row in table),
        rels=tuple(row[4] for row in table),
        names=tuple(names),
    )


def text_of(rows: str) -> str:
    """Return the words of the rows, sentences and all, joined by single spaces."""
    return " ".join(line.split()[0] for line in rows.splitlines() if line.strip())


def a_reading(
    rows: str, *, article: Article | None = None, proposals: Sequence[Proposal] = ()
) -> Reading:
    """Return a reading of sentences that are parted by blank lines in the rows.

    Without an article the rows are read as the article `an_article(text_of(rows))`.
    """
    article = article or an_article(text_of(rows))
    sentences: list[Sentence] = []
    for block in _blocks(rows):
        start = sentences[-1].end if sentences else 0
        sentences.append(a_sentence(block, text=article.text, start=start))
    return Reading(article_id=article.id, sentences=tuple(sentences), proposals=tuple(proposals))


def a_proposal(
    start: int,
    end: int | None = None,
    *,
    sentence: int = 0,
    code: str = "ASSAULT",
    modes: Sequence[str] = (),
    modality: Modality = "actual",
    outcome: Outcome | None = None,
    edges: Sequence[Edge] = (),
    parent: int | None = None,
    chance: float = 0.9,
) -> Proposal:
    """Return a proposal of one word or more, every label held with the same chance."""
    return Proposal(
        sentence=sentence,
        start=start,
        end=start + 1 if end is None else end,
        types=((code, chance),),
        modality=((modality, chance),),
        modes=tuple((f"{code}:{mode}", chance) for mode in modes),
        outcome=((outcome or "none", chance),),
        edges=tuple(edges),
        parent=parent,
        parent_score=0.0 if parent is None else chance,
    )


def _row(line: str) -> tuple[str, str, str, str, str, str]:
    cells = line.split()
    if len(cells) not in {5, 6}:
        raise ValueError(
            f"{line!r}: expected form, lemma, UPOS, head, relation and perhaps features"
        )
    form, lemma, upos, head, rel, feats = [*cells, "_"][:6]
    return form, lemma, upos, head, rel, feats


def _places(text: str, forms: Sequence[str], start: int) -> Iterator[tuple[int, int]]:
    for form in forms:
        at = text.index(form, start)
        start = at + len(form)
        yield at, start


def _blocks(rows: str) -> Iterator[str]:
    held: list[str] = []
    for line in [*rows.splitlines(), ""]:
        if line.strip():
            held.append(line)
        elif held:
            yield "\n".join(held)
            held = []
