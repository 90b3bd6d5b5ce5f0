"""The words of a text as copies are compared by, and a sketch of its shingles.

A sketch keeps the hashes below a fixed bound (scaled MinHash: Broder 1997; FracMinHash: Irber et
al. 2022), so that it tells how much of one text another one contains, however long either is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.base.text import bare

SHINGLE: Final = 5  # words
SCALE: Final = 4  # one hash in so many is kept; short articles need the more of them

_MOST: Final = np.uint64(2**64 // SCALE)
# Initials ("U.S."), numbers ("1,000"), and words with their apostrophes ("Assad's", "Qur'an").
_WORD: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*(?:[^\W\d_]+)?|[^\W_]+(?:['’ʼ`][^\W_]+)*"
)
_INSIDE: Final = re.compile(r"['’ʼ`,]|(?<=[^\W\d])\.")
# Spellings of Britain become those of America. A word that this makes odd is odd in both texts.
_SPELLING: Final = (
    (re.compile(r"is(e|ed|es|er|ers|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{2})our(s|ed|ing|er|ers|able|ite|ites|hood|ful|ly|less)?$"), r"or\1"),
    (re.compile(r"([^aeiou])tre(s|d)?$"), r"\1ter\2"),
    (re.compile(r"ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile(r"(def|off|lic|pret)ence(s|d)?$"), r"\1ense\2"),
    (re.compile(r"gramme(s|d)?$"), r"gram\1"),
)
_SMALL: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_NUMBERS: Final = {word: str(number) for number, word in enumerate(_SMALL)}


def words(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text, folded, each with its characters, half open."""
    return [(folded(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


def written(text: str) -> list[str]:
    """Return the words of a text as they stand there."""
    found: list[str] = _WORD.findall(text)
    return found


def sketch(text: str) -> tuple[int, ...]:
    """Return the hashes of a text's shingles that are kept, rising, each once."""
    numbers = hashes(list(map(folded, written(text))))
    return tuple(sorted(set(numbers[numbers < _MOST].tolist())))


def hashes(line: list[str]) -> NDArray[np.uint64]:
    """Return a hash of 64 bits for each shingle of some folded words, in order."""
    count = len(line) - SHINGLE + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    each = np.fromiter(map(_number, line), np.uint64, len(line))
    mixed = np.zeros(count, np.uint64)
    for place in range(SHINGLE):
        mixed = _mixed(mixed ^ each[place : place + count])
    return mixed


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return numbers whose every bit depends on all bits of the given ones (splitmix64)."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


@lru_cache(maxsize=65_536)
def _number(word: str) -> int:
    data = word.encode("utf8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big")


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Return a word as words are compared: of one spelling, small numbers in digits."""
    plain = _INSIDE.sub("", bare(word).casefold())
    if plain in _NUMBERS:
        return _NUMBERS[plain]
    for pattern, spelt in _SPELLING:
        plain = pattern.sub(spelt, plain)
    return plain
