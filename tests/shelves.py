"""A store of the bundled examples and of articles made to be hard to find, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from tests.build import a_claim, a_participant, a_span
from tests.stored import a_coded, a_parcel, keep, put
from tocsin.pipeline.judging import anchor
from tocsin.records.article import Article, Moment
from tocsin.records.capture import Capture, capture_id
from tocsin.records.claim import Claim, Condition, Count, Interval, Outcome, Place
from tocsin.records.coded import Coded
from tocsin.records.evidence import span_of
from tocsin.records.judgement import Judgement, Verdict
from tocsin.sources.parcel import Parcel
from tocsin.store import judgements
from tocsin.store.open import Store

# Days on which the examples come in, and the sources that they come from.
CAME = datetime(2024, 12, 1, 23, 59, 59, 999999, tzinfo=UTC)
SOURCES = ("one", "two", None)
SHELF = 30  # examples that come in together


@dataclass(frozen=True, slots=True)
class Shelved:
    """An article as a store should know it."""

    article: Article
    claims: tuple[Claim, ...]
    added: datetime
    source: str | None = None
    state: str = "live"
    chains: frozenset[str] = frozenset()
    verdicts: Mapping[str, frozenset[str]] = field(default_factory=dict)


def fill(store: Store, examples: Sequence[Coded]) -> list[Shelved]:
    """Fill an empty store; return what it holds, in the order it was put in."""
    found = [*_examples(store, examples), *_made(store)]
    verdicts = _judge(store, [one for shelved in found for one in shelved.claims])
    return [
        Shelved(s.article, s.claims, s.added, s.source, s.state, s.chains, verdicts) for s in found
    ]


def _examples(store: Store, examples: Sequence[Coded]) -> Iterator[Shelved]:
    for number, source in enumerate(SOURCES):
        some = examples[number * SHELF : (number + 1) * SHELF]
        now = CAME + timedelta(days=4 * number)
        put(store, *(_parcel(one.article, source) for one in some), now=now)
        keep(store, *some)
        for one in some:
            chains = frozenset({f"url {one.article.url}"})
            yield Shelved(one.article, one.claims, now, source, chains=chains)


def _parcel(article: Article, source: str | None) -> Parcel:
    name = capture_id(article.id, article.doc, None, None)
    return Parcel(
        article,
        Capture(id=name, article=article.id, place=article.doc, form="json", source=source),
    )


# Titles and texts that databases' own parsers and alphabets part in different ways.
TALES = (
    ("Économie", "", "Les rebelles ont attaqué la Straße près de Beyrouth; l’armée a tiré."),
    ("Известия", "", "Повстанцы attacked КИЕВ и Ёлкино ночью."),
    ("الحدث", "", "قال أَحْمَد إن المتمردين attacked الجَيْش في بغداد."),
    ("조선일보", "", "한국 군대가 attacked ＮＯＲＴＨ １２３ ﬁre."),
    ("Hindi Daily", "", "विद्रोहियों ने attacked शहर पर."),
    (
        "Al-Hadath",
        "",
        """Anti-aircraft guns near Al-Hadath/AFP attacked U.S. forces, 3.5 km from
        a.b@example.org, at http://example.org/strike-report and on 2024-11-21;
        state-of-the-art war-planes fled.""",
    ),
    ("The Teller", "Guns fall", "silent tonight, 😀 rebels attacked nobody. Guns, guns, fall."),
    ("the teller", "", "One two three attacked four five six seven one. Two, three."),
    (
        None,
        "",
        "Rebels attacked; nobody knows when, or where, or why: 100% _sure_ 'quoted' \"so\".",
    ),
)


def _made(store: Store) -> Iterator[Shelved]:
    now = CAME + timedelta(days=20)
    for number, (outlet, title, text) in enumerate(TALES):
        day = None if outlet is None else Moment(date(2024, 2, 29) + timedelta(number))
        parcel = a_parcel(
            text, title=title, outlet=outlet, published=day, place=f"tales/{number}.txt",
            language=None if outlet is None else "xx", source="Three",
        )  # fmt: skip
        put(store, parcel, now=now)
        made = _shelved(parcel, now, *_claims(parcel.article))
        keep(store, a_coded(made.article, *made.claims))
        yield made
    yield from _changed(store, now)


def _shelved(parcel: Parcel, now: datetime, *claims: Claim, state: str = "live") -> Shelved:
    seen, url = parcel.capture, parcel.article.url
    chains = frozenset({f"url {url}" if url else f"file {seen.place}"})
    return Shelved(parcel.article, claims, now, seen.source, state, chains)


def _claims(article: Article) -> Iterator[Claim]:
    """Yield claims, the first about everything that a claim can have, others about less."""
    text = article.text
    words = [span for span in text.split(" ") if len(span) > 1]
    first, last = a_span(text, words[0]), a_span(text, words[-1])
    sentence = span_of(text, 0, len(text))
    one = a_participant(first, "Bob Ånström-Łuk", country="ISR", sectors=("REB", "MIL"))
    two = a_participant(last, "al-Hadath TV", entity="chn-hadath", country="IRQ", sectors=("MED",))
    bare = a_participant(first, "rebels")
    day = date(2024, 2, 27)
    whole = a_claim(
        article, last, modes=("air-strike", "drone"), sentence=sentence, actors=(one, bare),
        recipients=(two,), speakers=(two, bare), confidence=0.5, condition=Condition(first, "if"),
        when=Interval(day, day + timedelta(3), first, "days"), outcome="foiled",
        place=Place(span=first, name="Kafr Áyn", country="LBN", geonames=2_147_483_648),
    )  # fmt: skip
    yield replace(
        whole, contexts=("election", "military"), denied_by=(one,),
        deadline=Interval(None, day, last, "day"), killed=Count(0, None, first),
        injured=Count(12, 40, first),
    )  # fmt: skip
    open_: tuple[tuple[Interval | None, Outcome | None], ...] = (
        (Interval(day, None, first, "day"), "failed"),
        (Interval(None, None, first, "past"), None),
    )
    for number, (when, outcome) in enumerate(open_):
        yield a_claim(
            article, first, code=("THREATEN", "ACCUSE")[number], modality="possible", when=when,
            outcome=outcome, sentence=sentence, actors=(two,), recipients=(one,), confidence=1.0,
            place=Place(span=first, name="somewhere"),
        )  # fmt: skip


def _changed(store: Store, now: datetime) -> Iterator[Shelved]:
    """Put in an article that is edited, one that is withdrawn, and one text under two addresses."""
    url = "https://teller.example/strike"
    for text, state in (("Rebels attacked at 5.", "old"), ("Rebels attacked at 6.", "live")):
        parcel = a_parcel(text, url=url, place=f"tales/{state}.txt")
        yield _put(store, parcel, now, state)
    sad = "Retraction: this article has been retracted because rebels attacked nobody."
    for text, state in (("Rebels attacked all.", "old"), (sad, "retracted")):
        yield _put(store, a_parcel(text, place="tales/sad.txt"), now, state)
    places = ("https://a.example/1", "https://b.example/2")
    twice = [a_parcel("Rebels attacked in unison.", url=place) for place in places]
    one = _put(store, twice[0], now, "live")
    put(store, twice[1], now=now)
    yield Shelved(
        one.article, one.claims, now, chains=frozenset(f"url {place}" for place in places)
    )


def _put(store: Store, parcel: Parcel, now: datetime, state: str) -> Shelved:
    put(store, parcel, now=now)
    made = _shelved(parcel, now, a_claim(parcel.article), state=state)
    keep(store, a_coded(made.article, *made.claims))
    return made


def _judge(store: Store, claims: Sequence[Claim]) -> dict[str, frozenset[str]]:
    """Judge every seventh claim; return what stands of it, by the claims' ids."""
    verdicts: tuple[Verdict, ...] = ("accept", "reject", "correct")
    out: dict[str, frozenset[str]] = {}
    with store.write() as connection:
        for number, claim in enumerate(claims[::7]):
            verdict = verdicts[number % 3]
            made = Judgement(
                id=f"judgement-{number}", verdict=verdict, target=claim.id, author="ann",
                time=CAME + timedelta(seconds=number), anchor=anchor(claim),
            )  # fmt: skip
            judgements.add(connection, made)
            if number % 5 == 0:
                judgements.undo(connection, made.id, CAME + timedelta(days=1))
            else:
                out[claim.id] = frozenset({verdict})
    return out
