"""Tocsin from Python: open a coder, code articles."""

from __future__ import annotations

from datetime import date
from functools import cache

from tocsin.pipeline.run import Coder, open_coder
from tocsin.records.article import Article, Moment, article_id
from tocsin.records.coded import Coded
from tocsin.remote.client import Endpoint

__all__ = ["Coder", "Endpoint", "code", "open_coder"]


def code(
    text: str, *, title: str | None = None, published: date | None = None, outlet: str | None = None
) -> Coded:
    """Return the claims, statements, relations and entities of one article's text.

    The first line counts as the title unless one is given. Relative dates stay unresolved without
    `published`. The first call loads the model, which takes about a second.
    """
    first = text.strip().partition("\n")[0]
    name = title if title is not None else first
    moment = Moment(published) if published else None
    found = article_id(name, text, outlet, moment)
    article = Article(id=found, doc=found, title=name, text=text, outlet=outlet, published=moment)
    return _default().code(article)


@cache
def _default() -> Coder:
    return open_coder()
