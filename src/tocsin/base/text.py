"""Words as they are compared: without case, accents and marks."""

from __future__ import annotations

import unicodedata


def fold(words: str) -> str:
    """Return words in small letters without accents; all that is no letter or digit is a space."""
    bare = (c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    spaced = (c if c.isalnum() else " " for c in "".join(bare).casefold())
    return " ".join("".join(spaced).split())
