"""Words as they are compared: without case, accents and marks."""

from __future__ import annotations

import unicodedata


def bare(words: str) -> str:
    """Return words without the accents of their letters."""
    if words.isascii():
        return words
    return "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))


def fold(words: str) -> str:
    """Return words in small letters without accents; all that is no letter or digit is a space."""
    spaced = (c if c.isalnum() else " " for c in bare(words).casefold())
    return " ".join("".join(spaced).split())
