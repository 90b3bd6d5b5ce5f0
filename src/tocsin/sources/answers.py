"""What a visit needs of whatever fetches addresses for it, and how it speaks of failures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tocsin.base.errors import TocsinError

if TYPE_CHECKING:
    from datetime import datetime


def reason(error: Exception) -> str:
    """Return the code of why something was not fetched, empty where there is none."""
    return str(getattr(error, "reason", ""))


def said(error: Exception) -> str:
    """Return what an error says; of one that nobody raised on purpose, its kind too."""
    if isinstance(error, TocsinError):
        return str(error)
    return f"it cannot be read ({type(error).__name__}: {error})"


class Answer(Protocol):
    """What articles need of an answer to a request."""

    @property
    def final(self) -> str:
        """The address that answered."""

    @property
    def body(self) -> bytes:
        """The bytes, unpacked."""

    @property
    def charset(self) -> str | None:
        """The encoding that the server names."""

    @property
    def fetched(self) -> datetime:
        """When it came."""


class Reply(Answer, Protocol):
    """What a visit needs besides."""

    @property
    def etag(self) -> str | None:
        """What to send next time, so that the server may say that nothing changed."""

    @property
    def modified(self) -> str | None:
        """The same, as a date."""

    @property
    def permanent(self) -> str | None:
        """The new address where this one moved for good."""

    @property
    def unchanged(self) -> bool:
        """Whether the server said that nothing changed."""


class Getter(Protocol):
    """What fetches addresses; raises FetchError, with a `reason` where it knows one."""

    def get(
        self, url: str, *, etag: str | None = None, modified: str | None = None, robots: bool = True
    ) -> Reply:
        """Return what an address gives."""
