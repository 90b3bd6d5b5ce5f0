"""An article as a reader sees it: its text with every span, its claims, its versions."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.records.article import Article
from tocsin.records.coded import Stamp
from tocsin.records.entity import Entity
from tocsin.records.lineage import Copy
from tocsin.store import articles, codings, fusing, listing
from tocsin.store.listing import Line
from tocsin.views.claim import Corrected, Glance, glance, judged
from tocsin.views.pieces import Piece, paragraphs, spans


class Beside(Struct, frozen=True):
    """A claim beside the text, with the event that it is in."""

    glance: Glance
    event: Line | None


class View(Struct, frozen=True, omit_defaults=True):
    """An article with everything a page about it shows.

    `heading` is the title where the text begins with it, and no paragraph then; `parent` is the
    title of the article that it was copied from.
    """

    article: Article
    state: str
    chain: str
    versions: int
    paragraphs: tuple[tuple[Piece, ...], ...]
    heading: tuple[Piece, ...] = ()
    claims: tuple[Beside, ...] = ()
    entities: tuple[Entity, ...] = ()
    copy: Copy | None = None
    parent: str | None = None
    stamp: Stamp | None = None
    source: str | None = None


def view(connection: Connection, name: str, corrected: Corrected) -> View | None:
    """Return an article by its id; None where there is none."""
    found = articles.load(connection, [name])
    if not found:
        return None
    stored = found[0]
    coded = next(iter(codings.load(connection, [name])), None)
    claims = [corrected.get(one.id, one) for one in coded.claims] if coded else []
    numbered = list(enumerate(claims, 1))
    verdicts = judged(connection, name)
    events = listing.of_claims(connection, [one.id for one in claims])
    copies = fusing.copies(connection, [name])
    copy = copies.get(name)
    parents = fusing.bylines(connection, [copy.parent]) if copy else {}
    cut = [tuple(one) for one in paragraphs(stored.article.text, spans(numbered))]
    titled = bool(cut) and "".join(one.text for one in cut[0]) == stored.article.title
    return View(
        article=stored.article, state=stored.state, chain=stored.chain,
        versions=len(articles.versions(connection, stored.chain)),
        paragraphs=tuple(cut[titled:]), heading=cut[0] if titled else (),
        claims=tuple(
            Beside(glance(one, number, verdicts.get(one.id)), events.get(one.id))
            for number, one in numbered
        ),
        entities=coded.entities if coded else (),
        copy=copy, parent=parents[copy.parent].title if copy and copy.parent in parents else None,
        stamp=coded.stamp if coded else None, source=stored.source,
    )  # fmt: skip
