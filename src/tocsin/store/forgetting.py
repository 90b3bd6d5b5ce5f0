"""Texts that must go: an outlet is forgotten on request, and what comes of it is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from tocsin.base.errors import StoreError
from tocsin.base.text import fold
from tocsin.records.evidence import Span
from tocsin.records.feed import Entry
from tocsin.records.judgement import Judgement
from tocsin.store import pack, text
from tocsin.store.articles import few
from tocsin.store.tables import (
    article,
    capture,
    claim,
    coding,
    entity,
    entry,
    feed,
    forgotten,
    issue,
    judgement,
    party,
    raw,
    reading,
    relation,
    sentence,
    shard,
    statement,
    version,
    who,
)

# The code of the issue that names an article left out since its outlet is forgotten.
LEFT_OUT = "forgotten-outlet"
# What stands in place of an issue's message that may have quoted an article.
BLANK = "(forgotten)"
# The columns that hold words of an article, and what takes their place once it is forgotten.
WORDS: Mapping[sa.Table, Mapping[str, str | None]] = {
    sentence: {"words": ""},
    claim: {"place": None, "place_folded": None},
    statement: {"name": None},
    relation: {"subject": "", "object": ""},
    entity: {"name": ""},
    coding: {"body": None},
}


@dataclass(frozen=True, slots=True)
class Forgotten:
    """An outlet that is forgotten: as it was named in the request, and when."""

    outlet: str
    time: datetime


def outlets(connection: Connection) -> dict[str, Forgotten]:
    """Return the outlets that are forgotten, by their folded names."""
    rows = connection.execute(sa.select(forgotten).order_by(forgotten.c.time))
    return {fold(row.outlet): Forgotten(row.outlet, row.time) for row in rows}


def count(connection: Connection, outlet: str) -> int:
    """Return how many articles of an outlet have texts, whatever its case and accents."""
    query = sa.select(sa.func.count()).select_from(article).where(*_told(outlet))
    return int(connection.execute(query).scalar_one())


def names(connection: Connection, outlet: str) -> list[str]:
    """Return the ids of an outlet's articles."""
    query = sa.select(article.c.id).where(article.c.outlet_folded == fold(outlet))
    return list(connection.execute(query).scalars())


def forget(connection: Connection, outlet: str, now: datetime) -> int:
    """Take the texts of an outlet out, on request; return of how many articles.

    Ids, days, hashes, captures, codes and the offsets of claims stay, so that what was said of them
    can still be checked by whoever has the texts. Names and every other word of the articles go. Of
    judgements the verdict, the author, the time and the place in the text stay. Bytes, and messages
    about files and feeds, that are of others' articles as well go wholly. What comes of the outlet
    from now on is left out, until it is remembered. Raises StoreError for a name without letters.
    """
    if not fold(outlet).strip():
        raise StoreError(f"{outlet!r} names no outlet; give its name as its articles have it")
    mine = sa.select(article.c.key).where(article.c.outlet_folded == fold(outlet))
    ids = sa.select(article.c.id).where(article.c.outlet_folded == fold(outlet))
    hashes = sa.select(capture.c.raw).where(capture.c.article.in_(ids))
    _forget_judgements(connection, mine, ids)
    _forget_issues(connection, ids)
    connection.execute(sa.delete(reading).where(reading.c.article.in_(mine)))
    connection.execute(sa.update(raw).where(raw.c.hash.in_(hashes)).values(body=None))
    connection.execute(sa.update(version).where(version.c.article.in_(ids)).values(notice=None))
    for table, values in WORDS.items():
        connection.execute(sa.update(table).where(table.c.article.in_(mine)).values(**values))
    for name in text.INDEXED:
        text.drop(connection, name, mine)
    _forget_parties(connection, mine)
    _forget_entries(connection, ids)
    blank = {"title": "", "text": "", "authors": [], "state": "forgotten"}
    done = connection.execute(sa.update(article).where(*_told(outlet)).values(**blank))
    _mark(connection, outlet, now)
    return done.rowcount


def remember(connection: Connection, outlet: str) -> bool:
    """Take in again what comes of an outlet; return whether it was forgotten.

    Texts that are gone stay gone. What was left out meanwhile comes in when it is met again: files
    and entries of feeds that it came by are read once more.
    """
    done = connection.execute(sa.delete(forgotten).where(forgotten.c.folded == fold(outlet)))
    if not done.rowcount:
        return False
    left = issue.c.code == LEFT_OUT
    files = connection.execute(sa.select(issue.c.file).where(left).distinct()).scalars().all()
    for some in few(files):
        connection.execute(sa.delete(shard).where(shard.c.place.in_(some)))
    names = set(connection.execute(sa.select(issue.c.article).where(left)).scalars())
    _drop_entries(connection, sa.select(entry), names)
    connection.execute(sa.delete(issue).where(left))
    return True


def _told(outlet: str) -> tuple[sa.ColumnElement[bool], ...]:
    return article.c.outlet_folded == fold(outlet), article.c.state != "forgotten"


def _mark(connection: Connection, outlet: str, now: datetime) -> None:
    connection.execute(sa.delete(forgotten).where(forgotten.c.folded == fold(outlet)))
    values = {"folded": fold(outlet), "outlet": outlet, "time": now}
    connection.execute(sa.insert(forgotten).values(**values))


def _forget_judgements(
    connection: Connection, mine: sa.Select[Any], ids: sa.Select[Any]
) -> None:  # fmt: skip
    """Take the words out of judgements of some articles and of what was coded out of them."""
    named = set(connection.execute(ids).scalars())
    for table in (claim, statement, relation, entity):
        query = sa.select(table.c.id).where(table.c.article.in_(mine))
        named |= set(connection.execute(query).scalars())
    for row in connection.execute(sa.select(judgement.c.key, judgement.c.body)).all():
        made = pack.unpacked(row.body, Judgement)
        articles = (at.article for at in (made.anchor, made.beside) if at)
        if named.isdisjoint((made.target, made.other, *articles)):
            continue
        body = pack.packed(_bare(made, named))
        connection.execute(sa.update(judgement).where(judgement.c.key == row.key).values(body=body))


def _bare(made: Judgement, named: set[str]) -> Judgement:
    """Return a judgement without words: a correction keeps its field, an anchor its offsets."""
    anchor, beside = (
        replace(at, span=Span(at.span.start, at.span.end, " " * len(at.span.quote)))
        if at and at.article in named
        else at
        for at in (made.anchor, made.beside)
    )
    return replace(made, reason="", before=None, after=None, anchor=anchor, beside=beside)


def _forget_issues(connection: Connection, ids: sa.Select[Any]) -> None:
    """Take out what issues say of some articles, their files and the feeds that list them."""
    from_ = capture.c.article.in_(ids)
    sources = sa.select(capture.c.source).where(from_)
    about = (
        issue.c.article.in_(ids),
        issue.c.file.in_(sa.select(capture.c.place).where(from_)),
        issue.c.file.in_(sa.select(feed.c.url).where(feed.c.source.in_(sources))),
    )
    connection.execute(sa.update(issue).where(sa.or_(*about)).values(message=BLANK))


def _forget_parties(connection: Connection, mine: sa.Select[Any]) -> None:
    """Take out who takes part in claims of some articles, and whom no other claim names."""
    told = party.c.claim.in_(sa.select(claim.c.key).where(claim.c.article.in_(mine)))
    people = list(connection.execute(sa.select(party.c.who).where(told).distinct()).scalars())
    connection.execute(sa.delete(party).where(told))
    for some in few(people):
        named = sa.exists().where(party.c.who == who.c.key)
        connection.execute(sa.delete(who).where(who.c.key.in_(some), ~named))


def _forget_entries(connection: Connection, ids: sa.Select[Any]) -> None:
    """Take out the entries of feeds that some articles were made of."""
    names = set(connection.execute(ids).scalars())
    sources = sa.select(capture.c.source).where(capture.c.article.in_(ids))
    feeds = sa.select(feed.c.url).where(feed.c.source.in_(sources))
    _drop_entries(connection, sa.select(entry).where(entry.c.feed.in_(feeds)), names)


def _drop_entries(connection: Connection, query: sa.Select[Any], names: set[str]) -> None:
    """Take out those of some entries that articles of these ids were made of."""
    for feed_, name in list(_made_of(connection, query, names)):
        connection.execute(sa.delete(entry).where(entry.c.feed == feed_, entry.c.entry == name))


def _made_of(
    connection: Connection, query: sa.Select[Any], names: set[str]
) -> Iterator[tuple[str, str]]:
    for row in connection.execute(query):
        if pack.unpacked(row.body, Entry).article in names:
            yield row.feed, row.entry
