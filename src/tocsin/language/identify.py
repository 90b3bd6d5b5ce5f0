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
# Below this chance a language is not sure enough to act upon.
SURE = 0.9
# From this chance on it is worth naming which other language a text is in.
_LIKELY = 0.4
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
# Words that make up two in five of any English text and hardly occur in another language.
_ENGLISH = frozenset(
    {"the", "of", "to", "and", "that", "was", "for", "on", "said", "is", "with", "by", "at", "from"}
    | {"has", "had", "were", "which", "their", "have", "will", "after", "they", "this", "been"}
)
_EVIDENT = 0.2
_LOADING = Lock()


class _Identifier(Protocol):
    """What this module needs of py3langid."""

    def rank(self, text: str) -> list[tuple[str, float]]: ...


def identify(text: str) -> tuple[str, float]:
    """Return the ISO 639-1 code of a text's language and its probability; "und" if too short.

    A language that has no such code keeps the three letters of ISO 639-3.
    """
    best, chance = _chances(text).most_common(1)[0]
    return UNKNOWN if best == "und" else (best, min(float(chance), 1.0))


def other(text: str, language: str) -> str | None:
    """Return the language of a text that is certainly not in the one given, or None.

    Sentences are often too short to tell Spanish from Galician, yet are certainly not English.
    """
    chances = _chances(text)
    best, chance = chances.most_common(1)[0]
    strange = chances[language] <= 1 - SURE and chance >= _LIKELY
    return best if strange and best not in (language, "und") else None


def _chances(text: str) -> Counter[str]:
    """Return the languages that a text may be in with their probabilities."""
    read = text[:_READ]
    chances: Counter[str] = Counter()
    if sum(map(str.isalpha, read)) < FEWEST:
        chances["und"] = 1
    elif _evidently_english(read):
        chances["en"] = 1
    else:
        for code, chance in _identifier().rank(_lowered(read)):
            chances[_WIDER.get(code, code)] += chance  # type: ignore[assignment]
    return chances


def _evidently_english(text: str) -> bool:
    """Return whether common English words abound, which spares most texts the model."""
    words = text.lower().split()
    return len(words) >= FEWEST and sum(w in _ENGLISH for w in words) >= _EVIDENT * len(words)


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
