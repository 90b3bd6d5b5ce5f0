"""Articles come out of a store as they went in: every field, version, capture and byte."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from tests.stored import NAME, NOW, a_coded, a_parcel, a_report, ids, keep, numbers, put
from tocsin.base.errors import StoreError
from tocsin.records.article import Article, Moment
from tocsin.records.capture import capture_id
from tocsin.records.query import Node, Phrase, Prefix, Query, Words
from tocsin.records.version import Version
from tocsin.records.wire import dump
from tocsin.sources.parcel import Parcel, fingerprint
from tocsin.store import articles, codings, search
from tocsin.store.open import Store

URL = "https://teller.example/1"
DAY = date(2024, 2, 29)
MOMENTS = (
    None,
    Moment(DAY),
    Moment(DAY, "minute", "23:59"),
    Moment(date(2024, 2, 1), "month"),
    Moment(date(1000, 1, 1), "year"),
    Moment(date(9999, 12, 31)),
)
TEXTS = (
    "",
    "Rebels attacked.\r\n\tThey fled.  \n",
    "قال أَحْمَد: «لا» \u200f(AFP)\u200e ثم صمت.",
    "ירו \u202bעל\u202c הגבול",
    "👩‍👩‍👧‍👦 fled 🇺🇦; 𝒻𝒶𝓇 \U0010ffff \ufffd \x01\x7f\x85\u2028 end",
    "e\u0301 é ﬁ ½ İstanbul ẞ",
    'it\'s 100% "sure" \\ ; -- :name %(name)s {x} $1 ?',
)


def test_texts(store: Store) -> None:
    """A text comes out character for character, as title and as text."""
    parcels = [
        a_parcel(text, title=text, outlet=text or None, place=f"tales/{text}.txt") for text in TEXTS
    ]
    put(store, *parcels)
    assert [dump(one) for one in _loaded(store, *parcels)] == [dump(p.article) for p in parcels]


def test_every_precision(store: Store) -> None:
    """A day comes out as far as it was known; one that is not known stays so."""
    parcels = [
        a_parcel(f"Rebels attacked {number}.", published=moment, place=f"{number}.txt")
        for number, moment in enumerate(MOMENTS)
    ]
    put(store, *parcels)
    assert _loaded(store, *parcels) == [parcel.article for parcel in parcels]
    with store.read() as connection:
        hits = search.search(connection, Query(kind="articles", order="added")).hits
    days = [moment.day if moment else None for moment in MOMENTS]
    assert [hit.reported for hit in reversed(hits)] == days


def _loaded(store: Store, *parcels: Parcel) -> list[Article]:
    with store.read() as connection:
        found = articles.load(connection, [parcel.article.id for parcel in parcels])
    return [one.article for one in found]


def test_every_field(store: Store) -> None:
    """No field of an article is lost, and what the store adds is told."""
    parcel = a_parcel(
        "Rebels attacked.", title="War", url=URL, fetched=Moment(date(2024, 3, 1)),
        published=Moment(DAY, "minute", "06:30"), authors=("Ann B.", "Łukasz"),
        wire=("AFP", "Reuters"), source="teller",
    )  # fmt: skip
    put(store, parcel)
    with store.read() as connection:
        (found,) = articles.load(connection, [parcel.article.id])
    assert found.article == parcel.article
    assert (found.chain, found.state, found.source) == (f"url {URL}", "live", "teller")


LONG = {
    "rebels": "Rebels attacked the town again. " * 15_625,
    "я0ж": " ".join(f"я{number:x}ж" for number in range(80_000))[:500_000],
    "no word": "x" * 500_000,
}


def test_long_texts(store: Store) -> None:
    """Texts of 500,000 characters are kept whole and found, whatever their words are."""
    parcels = [a_parcel(text, place=f"{word}.txt", title="Long") for word, text in LONG.items()]
    put(store, *parcels)
    assert _loaded(store, *parcels) == [parcel.article for parcel in parcels]

    def number(where: Node) -> int:
        with store.read() as connection:
            return search.count(connection, Query(where=where, kind="articles"))[0]

    assert [number(Words((word,))) for word in ("long", *LONG)] == [3, 1, 1, 0]
    assert [number(Phrase(("rebels", "attacked"))), number(Prefix("я0"))] == [1, 1]


def test_adding_twice_adds_nothing(store: Store) -> None:
    """An article that is met again is counted as seen and changes no table but the captures."""
    parcel = a_parcel("Rebels attacked.", raw=b"<p>Rebels attacked.")
    tables = ("article", "version", "capture", "raw")
    assert put(store, parcel) == {"new": 1}
    assert put(store, parcel, parcel) == {"seen": 2}
    assert numbers(store, tables) == [1, 1, 1, 1]


def _seen_at(parcel: Parcel, place: str) -> Parcel:
    name = capture_id(parcel.article.id, place, None, parcel.capture.raw)
    return Parcel(parcel.article, replace(parcel.capture, id=name, place=place), parcel.raw)


def test_another_day_or_author_is_no_version(store: Store) -> None:
    """The same words under another day are the same version, seen once more."""
    first = a_parcel("Rebels attacked.", url=URL)
    again = a_parcel("Rebels attacked.", url=URL, published=Moment(DAY), authors=("Ann",))
    put(store, first)
    assert put(store, again) == {"seen": 1}
    with store.read() as connection:
        assert len(articles.versions(connection, f"url {URL}")) == 1
    assert ids(store) == [first.article.id]


def test_what_an_article_lacked_is_filled_in_once(store: Store) -> None:
    """The same words with a day or an outlet give them to an article without; it is coded anew."""
    bare = a_parcel("Rebels attacked.", url=URL, outlet=None, published=None)
    dated = a_parcel("Rebels attacked.", url=URL, outlet=None, published=Moment(DAY))
    other = a_parcel("Rebels attacked.", url=URL, published=Moment(date(2020, 1, 1)))
    put(store, bare)
    keep(store, a_coded(bare.article))

    def waiting() -> int:
        with store.read() as connection:
            return articles.count_waiting(connection, NAME)

    assert waiting() == 0
    assert put(store, dated, other, other) == {"filled in": 2, "seen": 1}
    assert waiting() == 1
    with store.read() as connection:
        (found,) = articles.load(connection, [bare.article.id])
    assert (found.article.published, found.article.outlet) == (
        dated.article.published,
        "The Teller",
    )
    keep(store, a_coded(found.article))
    assert waiting() == 0


def _states(store: Store) -> dict[str, str]:
    with store.read() as connection:
        names = articles.waiting(connection, None, 0, 100)
    return {one.article.text: one.state for one in names}


def _chain(store: Store, url: str = URL) -> list[Version]:
    with store.read() as connection:
        return articles.versions(connection, f"url {url}")


def test_an_edit(store: Store) -> None:
    """An edited article is the next version of its chain; the one before is old from then on."""
    one, two = (a_parcel(f"Rebels killed {n} in town.", url=URL) for n in ("five", "at least six"))
    put(store, one)
    assert put(store, two) == {"versions": 1}
    assert _chain(store) == [
        Version(article=one.article.id, chain=f"url {URL}", number=1, change="first"),
        Version(
            article=two.article.id, chain=f"url {URL}", number=2, change="edit",
            before=one.article.id, added=3, removed=1,
        ),
    ]  # fmt: skip
    assert _states(store) == {one.article.text: "old", two.article.text: "live"}
    with store.read() as connection:
        head = articles.heads(connection, {f"url {URL}", "url none"})
    assert [(name, h.number, h.article) for name, h in head.items()] == [
        (f"url {URL}", 2, two.article)
    ]


def test_a_correction_and_a_retraction(store: Store) -> None:
    """What an outlet says of its own versions is kept, in its words."""
    texts = (
        "Rebels killed five.",
        "Rebels killed four. Correction: an earlier version of this article said five.",
        "Retraction: this article has been retracted because nobody was killed.",
    )
    for text in texts:
        put(store, a_parcel(text, url=URL))
    assert [step.change for step in _chain(store)] == ["first", "correction", "retraction"]
    assert [bool(step.notice) for step in _chain(store)] == [False, True, True]
    assert list(_states(store).values()) == ["old", "old", "retracted"]


def test_back_to_an_older_text(store: Store) -> None:
    """A text that an outlet returns to is live again, as one more version of the same article."""
    one, two = (a_parcel(text, url=URL) for text in ("Five died.", "Six died."))
    for parcel in (one, two, one):
        put(store, parcel)
    assert [step.number for step in _chain(store)] == [1, 2, 3]
    assert [step.article for step in _chain(store)] == [
        one.article.id, two.article.id, one.article.id,
    ]  # fmt: skip
    assert _states(store) == {"Five died.": "live", "Six died.": "old"}


def test_versions_within_a_batch(store: Store) -> None:
    """Versions that come in together are told apart as if they came one by one."""
    texts = ("Five died.", "Six died.", "Five died.", "Seven died.")
    counts = put(store, *(a_parcel(text, url=URL) for text in texts))
    assert counts == {"new": 1, "versions": 2, "seen": 1}
    assert [step.number for step in _chain(store)] == [1, 2, 3, 4]
    assert _states(store) == {"Five died.": "old", "Six died.": "old", "Seven died.": "live"}


def test_one_text_under_two_addresses(store: Store) -> None:
    """It is one article in two chains, and old only once both have gone on."""
    other = "https://mirror.example/1"
    for url in (URL, other):
        put(store, a_parcel("Five died.", url=url))
    assert ids(store) == [a_parcel("Five died.").article.id]
    assert [len(_chain(store, url)) for url in (URL, other)] == [1, 1]
    put(store, a_parcel("Six died.", url=URL))
    assert _states(store) == {"Five died.": "live", "Six died.": "live"}
    put(store, a_parcel("Seven died.", url=other))
    assert _states(store) == {"Five died.": "old", "Six died.": "live", "Seven died.": "live"}


def test_captures(store: Store) -> None:
    """Each time an article was seen at another place or in other bytes is kept, once."""
    parcel = a_parcel("Rebels attacked.", url=URL, raw=b"one")
    full = replace(
        parcel.capture, source="teller", final=f"{URL}?final", offset=2**40, length=17,
        fetched=datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=UTC), teaser=True,
    )  # fmt: skip
    moved = _seen_at(parcel, "archive.warc.gz")
    put(store, Parcel(parcel.article, full, parcel.raw), moved, moved)
    with store.read() as connection:
        assert articles.captures(connection, parcel.article.id) == [full, moved.capture]
        assert articles.captures(connection, "article-0") == []


def test_raw_bytes(store: Store) -> None:
    """Bytes are kept by their hash, once, and come out as they were."""
    bodies = [b"", b"\0\xff" * 1000, os.urandom(100_000)]
    for body in [*bodies, *bodies]:
        with store.write() as connection:
            articles.add_raw(connection, fingerprint(body), body)
    with store.read() as connection:
        assert [articles.raw_bytes(connection, fingerprint(b)) for b in bodies] == bodies
        assert articles.raw_bytes(connection, "0" * 64) is None
    assert numbers(store, ("raw",)) == [3]


def test_known_and_loaded(store: Store) -> None:
    """Articles are found among more ids than one question holds, in the order asked for."""
    parcels = [a_report(number)[0] for number in range(20)]
    put(store, *parcels)
    asked = [f"article-{number:016x}" for number in range(1500)]
    asked[::100] = [parcel.article.id for parcel in parcels[:15]]
    with store.read() as connection:
        assert articles.known(connection, asked) == {p.article.id for p in parcels[:15]}
        found = [one.article for one in articles.load(connection, asked)]
    assert found == [parcel.article for parcel in parcels[:15]]


def test_waiting(store: Store) -> None:
    """What was never coded waits in the order it came; `anew`, what something else coded too."""
    made = [a_report(number) for number in range(6)]
    put(store, *(parcel for parcel, _ in made))
    keep(store, made[1][1])
    other = replace(made[2][1].stamp, model="another")
    keep(store, replace(made[2][1], stamp=other))
    with store.write() as connection:
        keys = codings.keys_of(connection, [made[3][0].article.id])
        codings.skip(connection, keys[made[3][0].article.id], NAME, NOW)

    def waiting(stamp: str | None, after: int = 0, limit: int = 100) -> list[int]:
        names = [parcel.article.id for parcel, _ in made]
        with store.read() as connection:
            found = articles.waiting(connection, stamp, after, limit)
            if not after and limit == 100:
                assert articles.count_waiting(connection, stamp) == len(found)
        return [names.index(one.article.id) for one in found]

    assert waiting(None) == [0, 4, 5]
    assert waiting(NAME) == [0, 2, 4, 5]
    assert waiting(None, limit=2) == [0, 4]
    with store.read() as connection:
        last = articles.waiting(connection, None, 0, 2)[-1].key
    assert waiting(None, after=last) == [5]


def test_the_same_article_twice_by_hand(store: Store) -> None:
    """Adding past the check for known ones is refused and leaves nothing behind."""
    parcel = a_parcel("Rebels attacked.")
    put(store, parcel)
    with pytest.raises(StoreError):
        _add_again(store, parcel)
    assert numbers(store, ("article", "raw")) == [1, 0]


def _add_again(store: Store, parcel: Parcel) -> None:
    with store.write() as connection:
        articles.add_raw(connection, "0" * 64, b"half")
        articles.add(connection, parcel.article, "only", None, NOW)
