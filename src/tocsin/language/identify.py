"""Which language a text is in.

py3langid's model takes a second or so to load, so it is loaded when the first text comes.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from threading import Lock
from typing import Protocol

# Fewer letters than this name no language.
FEWEST = 20
# Enough to tell, and bounded: the model reads byte by byte.
_READ = 4000
UNKNOWN = ("und", 0.0)
# Varieties that the model knows apart and ISO 639-1 does not.
_WIDER = {
    "ary": "ar",
    "arz": "ar",
    "fuv": "ff",
    "gug": "gn",
    "kik": "ki",
    "sdh": "ku",
    "uzs": "uz",
    "wuu": "zh",
    "yue": "zh",
    "zxx": "und",
}
_LOADING = Lock()


class _Identifier(Protocol):
    """What this module needs of py3langid."""

    def rank(self, text: str) -> list[tuple[str, float]]: ...


def identify(text: str) -> tuple[str, float]:
    """Return the ISO 639-1 code of a text's language and its probability; "und" if too short.

    A language that has no such code keeps the three letters of ISO 639-3.
    """
    read = text[:_READ]
    if sum(map(str.isalpha, read)) < FEWEST:
        return UNKNOWN
    chances: Counter[str] = Counter()
    for code, chance in _identifier().rank(_lowered(read)):
        chances[_WIDER.get(code, code)] += chance  # type: ignore[assignment]
    best, chance = chances.most_common(1)[0]
    return UNKNOWN if best == "und" else (best, min(float(chance), 1.0))


def _lowered(text: str) -> str:
    """Return the text in small letters when it is nearly all in capitals, as wire headlines are."""
    capitals = sum(map(str.isupper, text))
    return text.lower() if capitals > sum(map(str.islower, text)) else text


def _identifier() -> _Identifier:
    with _LOADING:
        return _load()


@cache
def _load() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    found: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return found
