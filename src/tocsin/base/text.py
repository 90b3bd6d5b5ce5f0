"""Words as they are compared: without case, accents and marks."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[\W_]+")


def bare(words: str) -> str:
    """Return words without the accents of their letters."""
    if words.isascii():
        return words
    return "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))


def fold(words: str) -> str:
    """Return words in small letters without accents; all that is no letter or digit is a space."""
    return _BETWEEN.sub(" ", bare(words).casefold()).strip()
