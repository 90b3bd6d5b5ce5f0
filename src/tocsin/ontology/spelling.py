"""One spelling for the many ways in which news writes a name.

Data and text are spelled the same way: accents, dots and apostrophes go, hyphens part words,
"el-", "ash-" and their kin become "al", a possessive 's goes. So it does not matter how a tokeniser
cuts "Asa'ib Ahl al-Haq".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tocsin.base.text import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Letters that Unicode does not decompose, and the many dashes and quotes.
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u02bb\u02bc\u02be\u02bf\u2032"
_JOINTS = _DASHES + _APOSTROPHES
_LETTERS = str.maketrans(
    dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_APOSTROPHES, "'")
    | {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "\u0131": "i", "ß": "ss"}
    | {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"}
    | {"ə": "e", "Ə": "E", "&": "and"}
)
_ARTICLES = frozenset({"ad", "al", "an", "ar", "as", "ash", "at", "az", "el", "ul"})
_ALIAS_WORDS = re.compile(r"[^\s,]+|,")


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalnum()


@lru_cache(maxsize=65536)
def spell(word: str) -> tuple[str, ...]:
    """Return a word's pieces, in its own case; hyphens alone and apostrophes at an edge stay."""
    if _is_plain(word):
        return (word,)
    plain = _plain(word)
    if plain[-2:] in {"'s", "'S"}:
        plain = plain[:-2]
    if any(map(str.isalpha, plain)):
        plain = plain.replace(".", "")
    if not plain.strip("-'"):
        return (plain[0],) if plain else ()
    parts = plain.split("-")
    pieces = [_article(part) for part in parts[:-1]] + parts[-1:]
    return tuple(map(_inner, filter(None, pieces)))


def _plain(word: str) -> str:
    return bare(word.translate(_LETTERS))


def _article(piece: str) -> str:
    return "al" if piece.lower() in _ARTICLES else piece


def _inner(piece: str) -> str:
    """Return a piece without the apostrophes inside it; one at an edge may glue it to another."""
    bare = piece.replace("'", "")
    return ("'" if piece[0] == "'" else "") + bare + ("'" if piece[-1] == "'" else "")


def spell_from(words: Sequence[str], start: int) -> Iterator[tuple[int, list[str]]]:
    """Yield all pieces so far after each word that adds some, with the word after it."""
    pieces: list[str] = []
    glue = False
    for end in range(start, len(words)):
        size = len(pieces)
        for piece in spell(words[end]):
            if piece == "-":
                pieces[-1:] = [_article(last) for last in pieces[-1:]]
            elif piece == "'":
                glue = bool(pieces)
            else:
                size = -1
                _join(pieces, piece, glue=glue)
                glue = piece[-1] == "'"
        if size < 0:
            yield end + 1, pieces
        elif not pieces:
            return


def _join(pieces: list[str], piece: str, *, glue: bool) -> None:
    bare = piece.strip("'")
    if pieces and (glue or piece[0] == "'"):
        pieces[-1] += bare
    else:
        pieces.append(bare)


def lower(piece: str) -> str:
    """Return a piece as names are compared by; an unattached El is the article too."""
    low = piece.lower()
    return "al" if low in {"el", "ul"} else low


def name_key(text: str) -> str:
    """Return the one spelling that every way of writing a name shares."""
    return " ".join(map(lower, alias_pieces(text)))


def alias_pieces(text: str) -> list[str]:
    """Return a name's pieces without a leading "the"; a leading "The" is part of the name."""
    words = alias_words(text)
    if all(map(_is_plain, words)):
        return words
    spelled = list(spell_from(words, 0))
    return spelled[-1][1] if spelled else []


def alias_words(text: str) -> list[str]:
    """Return a name's words, commas apart and without a leading "the"."""
    words = _ALIAS_WORDS.findall(text)
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def first_key(text: str) -> str:
    """Return the first piece of a name as names are compared by."""
    first = text.partition(" ")[0]
    if _is_plain(first) and first != "the":  # most names, and there are tens of thousands
        return lower(first)
    words = alias_words(text)
    if not words:
        return ""
    pieces = [words[0]] if _is_plain(words[0]) else alias_pieces(text)
    return lower(pieces[0]) if pieces else ""


def joined(words: Sequence[str], at: int) -> bool:
    """Return whether the words around there are one name's ("ash" "-" "Shabaab", "d'" "Orsay")."""
    return at < len(words) and (words[at][0] in _JOINTS or words[at - 1][-1] in _JOINTS)
