"""Articles into a store: new ones, new versions of known ones, and where each was seen."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy.engine import Connection

from tocsin.base.text import fold
from tocsin.language.identify import SURE, identify
from tocsin.records.article import Article
from tocsin.records.capture import capture_id
from tocsin.records.issue import Issue
from tocsin.records.run import Run
from tocsin.sources import versions
from tocsin.sources.files import Mark
from tocsin.sources.parcel import Parcel
from tocsin.sources.walk import Shard
from tocsin.store import articles, forgetting, marks
from tocsin.store.articles import Head
from tocsin.store.open import Store

# How many articles land together.
BATCH = 100
# Bytes of articles that wait for their batch, at most.
WEIGHT = 32_000_000

Item = Parcel | Issue | Mark


@dataclass(slots=True)
class Shelf:
    """What the store has of a batch's articles, kept up to date while they are put in."""

    known: set[str]
    heads: dict[str, Head]


def add(
    store: Store, items: Iterable[Item], run: Run, now: datetime, *, keep_raw: bool = True
) -> Iterator[Counter[str]]:
    """Put what readers found into a store, a batch at a time; yield what each batch counted.

    A batch lands whole, with its issues and with how far each file was read, or not at all.
    """
    for batch in _batches(items):
        with store.write() as connection:
            counts = land(connection, batch, run, now, keep_raw=keep_raw)
            run = marks.count(connection, run, counts)
        yield counts


def land(
    connection: Connection, batch: Sequence[Item], run: Run, now: datetime, *, keep_raw: bool = True
) -> Counter[str]:
    """Put one batch into a store and return what it counted."""
    left, batch = _parted(batch, forgetting.outlets(connection))
    parcels = [_told(item) for item in batch if isinstance(item, Parcel)]
    chains = [versions.chain(p.article, p.capture) for p in parcels]
    ids = {p.article.id for p in parcels}
    shelf = Shelf(articles.known(connection, ids), articles.heads(connection, set(chains)))
    counts = +Counter({"left out": len(left)})
    for parcel, chain in zip(parcels, chains, strict=True):
        counts[_put(connection, shelf, parcel, chain, now)] += 1
        _follow(connection, shelf, parcel, chain)
        if keep_raw and parcel.raw is not None and parcel.capture.raw is not None:
            articles.add_raw(connection, parcel.capture.raw, parcel.raw)
    found = [*left, *(item for item in batch if isinstance(item, Issue))]
    marks.add_issues(connection, run, found)
    counts.update(f"{one.severity}s" for one in found)
    last = {item.shard.place: item for item in batch if isinstance(item, Mark)}
    for mark in last.values():
        marks.mark(connection, taken(mark))
    return counts


def _parted(
    batch: Sequence[Item], forgotten: Collection[str]
) -> tuple[list[Issue], Sequence[Item]]:
    """Return issues for articles of outlets that are forgotten, and a batch without those.

    What else was to be said of such an article may quote it, and goes as well.
    """
    if not forgotten:
        return [], batch
    gone = {
        item.article.id: item
        for item in batch
        if isinstance(item, Parcel) and fold(item.article.outlet or "") in forgotten
    }
    names = [item.article if isinstance(item, Issue) else _name(item) for item in batch]
    kept = [item for item, name in zip(batch, names, strict=True) if name not in gone]
    return [_forgotten(parcel) for parcel in gone.values()], kept


def _name(item: Parcel | Mark) -> str | None:
    return item.article.id if isinstance(item, Parcel) else None


def _forgotten(parcel: Parcel) -> Issue:
    outlet = parcel.article.outlet
    return Issue(
        code=forgetting.LEFT_OUT, stage="sources", severity="note", file=parcel.capture.place,
        article=parcel.article.id,
        message=f"{outlet} is forgotten on request; `tocsin remember` takes its articles in again",
    )  # fmt: skip


def standing(connection: Connection, parcels: Sequence[Parcel]) -> dict[str, str]:
    """Return what the store has in place of articles that it did not take in, by their ids."""
    known = articles.known(connection, {parcel.article.id for parcel in parcels})
    chains = {
        parcel.article.id: versions.chain(parcel.article, parcel.capture)
        for parcel in parcels
        if parcel.article.id not in known
    }
    heads = articles.heads(connection, set(chains.values()))
    return {name: heads[chain].article.id for name, chain in chains.items() if chain in heads}


def taken(mark: Mark) -> marks.Shard:
    """Return how far a file was read, as a store keeps it."""
    return marks.Shard(mark.shard.place, look(mark.shard), mark.position, mark.done)


def look(file: Shard) -> str:
    """Return what a file looks like from outside, which changes when it is written."""
    return f"{file.size}-{file.modified}"


def _put(connection: Connection, shelf: Shelf, parcel: Parcel, chain: str, now: datetime) -> str:
    """Put one article in; return whether it was new, a version, or seen before."""
    article, seen = parcel.article, parcel.capture
    head = shelf.heads.get(chain)
    digest = articles.text_digest(article)
    if head is not None and (head.digest == digest or _is_part(parcel, head.article)):
        # The same words under another day or author are no new version.
        name = head.article.id
        same = capture_id(name, seen.place, seen.offset, seen.raw)
        articles.add_capture(connection, replace(seen, id=same, article=name))
        whole = filled(head.article, article)
        if head.digest == digest and whole != head.article:
            articles.fill(connection, whole)
            shelf.heads[chain] = dataclasses.replace(head, article=whole)
            return "filled in"
        return "seen"
    fresh = article.id not in shelf.known
    if fresh:
        articles.add(connection, article, chain, seen.source, now)
        shelf.known.add(article.id)
    _extend(connection, shelf, article, chain)
    articles.add_capture(connection, seen)
    if not fresh:
        return "seen"
    return "new" if head is None and parcel.before is None else "versions"


def filled(held: Article, seen: Article) -> Article:
    """Return an article with the day and the outlet that it lacked, where it was seen with them."""
    return replace(
        held, published=held.published or seen.published, outlet=held.outlet or seen.outlet
    )


def _extend(connection: Connection, shelf: Shelf, article: Article, chain: str) -> None:
    """Make an article the newest version of a chain."""
    head = shelf.heads.get(chain)
    before, number = (head.article, head.number) if head else (None, 0)
    withdrawn = (
        before is not None and articles.load(connection, [before.id])[0].state == "retracted"
    )
    step = versions.step(article, chain, before, number, withdrawn=withdrawn)
    articles.add_version(connection, step)
    shelf.heads[chain] = Head(step.number, article, articles.text_digest(article))


def _follow(connection: Connection, shelf: Shelf, parcel: Parcel, chain: str) -> None:
    """Go on with the other chains that end in the version before: the article has moved."""
    before, name = parcel.before, parcel.article.id
    if before is None or before == name or shelf.heads[chain].article.id != name:
        return
    found = articles.heads(connection, articles.chains(connection, before))
    for other in sorted(found.keys() - {chain}):
        if found[other].article.id == before:
            shelf.heads[other] = found[other]
            _extend(connection, shelf, parcel.article, other)


def _is_part(parcel: Parcel, whole: Article) -> bool:
    """Return whether a text is only the beginning of what is there, perhaps by another feed."""
    article = parcel.article
    shorter = parcel.capture.teaser and len(article.text) < len(whole.text)
    return shorter and not versions.told(whole, article)


def _told(parcel: Parcel) -> Parcel:
    """Return a parcel whose article has a language, where it can be told."""
    article = parcel.article
    if article.language is not None:
        return parcel
    language, chance = identify(article.text)
    if chance < SURE or language == "und":
        return parcel
    return dataclasses.replace(parcel, article=replace(article, language=language))


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    count = weight = 0
    for item in items:
        batch.append(item)
        if isinstance(item, Parcel):
            count += 1
            weight += len(item.raw or b"") + len(item.article.text)
        if count >= BATCH or weight >= WEIGHT or len(batch) >= 10 * BATCH:
            yield batch
            batch, count, weight = [], 0, 0
    if batch:
        yield batch
