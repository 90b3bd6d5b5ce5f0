"""What stores hold: parcels to put in, codings of them, and the shortest ways to do both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from tests.build import DAY, a_claim, a_participant, a_span
from tocsin.pipeline import ingest, project
from tocsin.records.article import Article, Moment, article_id
from tocsin.records.capture import Capture, capture_id
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded, Stamp
from tocsin.sources.parcel import Parcel, fingerprint
from tocsin.store import articles, codings, marks
from tocsin.store.open import Store, open_store

NOW = datetime(2024, 3, 6, 12, 30, 15, 123456, tzinfo=UTC)
STAMP = Stamp("0.1.0", "ontology", "model", "gazetteer")
ON = Moment(DAY)
NAME = codings.stamp_name(STAMP)
# Of how many reports a store is filled.
REPORTS = 7


def a_parcel(
    text: str,
    *,
    title: str = "",
    place: str = "tales/one.txt",
    url: str | None = None,
    outlet: str | None = "The Teller",
    published: Moment | None = ON,
    fetched: Moment | None = None,
    language: str | None = "en",
    source: str | None = None,
    authors: tuple[str, ...] = (),
    wire: tuple[str, ...] = (),
    raw: bytes | None = None,
) -> Parcel:
    """Return an article as a reader hands it on, out of a file that is the article."""
    article = Article(
        id=article_id(title, text, outlet, published), doc=place, title=title, text=text,
        outlet=outlet, published=published, fetched=fetched, language=language, url=url,
        authors=authors, wire=wire,
    )  # fmt: skip
    hash_ = None if raw is None else fingerprint(raw)
    capture = Capture(
        id=capture_id(article.id, place, None, hash_), article=article.id, place=place,
        form="text", source=source, raw=hash_,
    )  # fmt: skip
    return Parcel(article, capture, raw)


def put(store: Store, *parcels: Parcel, now: datetime = NOW) -> Counter[str]:
    """Put parcels into a store in one batch, and return what that counted."""
    with store.write() as connection:
        run = marks.begin(connection, "add", now)
        counts = ingest.land(connection, parcels, run, now)
        marks.end(connection, run, "done", now)
    return counts


def a_coded(article: Article, *claims: Claim, stamp: Stamp = STAMP) -> Coded:
    """Return an article as coded, with these claims alone."""
    return Coded(article=article, claims=claims, stamp=stamp)


def keep(store: Store, *coded: Coded, now: datetime = NOW) -> None:
    """Keep codings of articles that a store has."""
    with store.write() as connection:
        keys = codings.keys_of(connection, [one.article.id for one in coded])
        for one in coded:
            name = codings.stamp_name(one.stamp)
            codings.save(connection, keys[one.article.id], one, name, now)


def a_report(number: int, *, day: date = DAY, source: str | None = None) -> tuple[Parcel, Coded]:
    """Return one of many articles, each of which says of two attacks."""
    text = f"Rebels shelled Northfield {number} times. Rebels attacked Southport."
    parcel = a_parcel(text, place=f"many/{number}.txt", published=Moment(day), source=source)
    rebels = (a_participant(a_span(text, "Rebels"), sectors=("REB",)),)
    claims = [a_claim(parcel.article, word, actors=rebels) for word in ("shelled", "attacked")]
    return parcel, a_coded(parcel.article, *claims)


def filled(file: Path) -> Store:
    """Return a store of a few reports, coded and fused."""
    store = open_store(file)
    made = [a_report(number) for number in range(REPORTS)]
    put(store, *(parcel for parcel, _ in made))
    keep(store, *(coded for _, coded in made))
    project.fuse(store)
    return store


def ids(store: Store) -> list[str]:
    """Return the ids of all articles that wait to be coded, in the order they came."""
    with store.read() as connection:
        return [one.article.id for one in articles.waiting(connection, None, 0, 1_000_000)]


def numbers(store: Store, tables: Iterable[str] = ("article", "claim")) -> list[int]:
    """Return how many rows some tables have, seen at one moment."""
    with store.read() as connection:
        return [
            int(connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one())  # noqa: S608 - ours
            for name in tables
        ]
