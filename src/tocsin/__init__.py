"""Tocsin reads conflict and political news into claims, each tied to the words that make it.

The public names load what they need when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tocsin.api import Coder, Endpoint, code, open_coder
    from tocsin.base.errors import TocsinError
    from tocsin.records.article import Article
    from tocsin.records.claim import Claim
    from tocsin.records.coded import Coded

__all__ = ["Article", "Claim", "Coded", "Coder", "Endpoint", "TocsinError", "code", "open_coder"]

_HOMES = {
    "Article": "tocsin.records.article",
    "Claim": "tocsin.records.claim",
    "Coded": "tocsin.records.coded",
    "Coder": "tocsin.api",
    "Endpoint": "tocsin.api",
    "TocsinError": "tocsin.base.errors",
    "code": "tocsin.api",
    "open_coder": "tocsin.api",
}

try:
    __version__ = version("tocsin")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: the type is the name's own
    """Return a public name, importing its module when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tocsin' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
