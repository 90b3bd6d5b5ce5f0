"""What an outlet published, in one version."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from tocsin.base.ids import digest

Precision = Literal["minute", "day", "month", "year"]


class Moment(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A day as far as it is known."""

    day: date
    precision: Precision = "day"
    clock: str | None = None


class Article(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One version of an article; `text` holds title and captions too and never changes.

    `wire` names the agencies that the outlet credits: ("AFP",) for "AFP contributed to this".
    """

    id: str
    doc: str
    title: str
    text: str
    outlet: str | None = None
    published: Moment | None = None
    fetched: Moment | None = None
    language: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    wire: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The day of publication, where it is known to the day."""
        if self.published is None or self.published.precision in ("month", "year"):
            return None
        return self.published.day


class Byline(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """An article without its text: who published it, when, on which agencies' word.

    `source` is its id in the registry of sources, `chain` the name of the chain of its versions.
    """

    article: str
    outlet: str | None = None
    published: Moment | None = None
    title: str = ""
    url: str | None = None
    wire: tuple[str, ...] = ()
    source: str | None = None
    chain: str = ""
    retracted: bool = False


def byline(article: Article, *, source: str | None = None, chain: str = "") -> Byline:
    """Return an article without its text."""
    return Byline(
        article=article.id, outlet=article.outlet, published=article.published,
        title=article.title, url=article.url, wire=article.wire, source=source, chain=chain,
    )  # fmt: skip


def article_id(title: str, text: str, outlet: str | None, published: Moment | None) -> str:
    """Return the name of an article: its content, outlet and day, never when it was read."""
    day = published.day.isoformat() if published else ""
    return digest("article", title, text, outlet or "", day)
