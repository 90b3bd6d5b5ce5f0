"""How many people a phrase states, as the lowest and highest number its words allow.

Only what is stated counts: a bare plural ("civilians") gives nothing, and neither do ages, times,
measures, ordinals or years. A phrase is first written with digits, its bounds as signs, so that
the grammar below is one short pattern over `>12 soldiers`, `20~30` and `dozens`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct, convert

from tocsin.ontology import glosses
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import parse as parse_yaml

Range = tuple[int, int | None]


class _Few(Struct, frozen=True):
    low: int
    high: int
    words: tuple[str, ...]


class _Words(Struct, frozen=True):
    cardinals: dict[str, int]
    scales: dict[str, int]
    suffixes: dict[str, str]
    sets: dict[str, int]
    vague: dict[str, tuple[int, int]]
    few: _Few
    more: tuple[str, ...]
    fewer: tuple[str, ...]
    about: tuple[str, ...]
    measures: tuple[str, ...]
    labels: tuple[str, ...]
    crowds: frozenset[str]
    states: frozenset[str]
    stops: tuple[str, ...]
    running: tuple[str, ...]
    plurals: frozenset[str]
    persons: frozenset[str]


def _load() -> _Words:
    file = packaged("lexicon") / "en" / "numbers.yml"
    return convert(parse_yaml(file.read_text(encoding="utf-8")), _Words, strict=False)


def either(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


_W = _load()
_CARDINAL = either(_W.cardinals)
_SCALE = either(_W.scales)
_ATOM = rf"(?:\d{{1,12}}(?:\.\d{{1,6}})?|{_CARDINAL})"
_JOIN = r"(?:[ -]|(?<=hundred) and |(?<=thousand) and |(?<=million) and )"
_RUN = re.compile(
    rf"(?<![\w.])(?:half an? {_SCALE}|(?:an? (?={_SCALE}\b))?(?:{_ATOM}|(?<=a ){_SCALE})"
    rf"(?:{_JOIN}(?:{_CARDINAL}|{_SCALE})\b)*)(?![\w%]|\.\d)"
)
_SETS = re.compile(rf"\b(?:an? |the )?({either(_W.sets)})\b(?: of\b)?")
# "Both civilians and soldiers" says how many kinds there are, not how many people.
_BOTH = re.compile(r"\bboth (?=(?:[a-z-]+ ){1,4}and\b)")
_HALVES = re.compile(rf"\b({_ATOM}) and a half(?= {_SCALE}\b)")
# "20 to 30 thousand" shares its last word; the first number gets it too.
_QUARTER = re.compile(rf"\b(a|three) quarters? of a (?={_SCALE}\b)")
_SHARED = re.compile(rf"\b({_ATOM})( to | or | ?- ?)(?={_ATOM} ({_SCALE})\b)")
_PAIR = re.compile(rf"\bbetween ({_ATOM}) and (?={_ATOM} ({_SCALE})\b)")

_FEW = rf"{either(_W.few.words)}(?: {_SCALE}\b)?"
_VAGUE = rf"{either(_W.vague)}(?: of (?:thousands|millions))?"
_AMOUNT = rf"(?:(?<![\w.$€£#-])\d{{1,18}}(?![\w%]|\.\d|-[a-z])|\b{_VAGUE}\b|\b{_FEW})"
_SIGNS = dict.fromkeys(_W.about, "") | dict.fromkeys(_W.fewer, "<") | dict.fromkeys(_W.more, ">")
# One pattern for all of them: "no more than" and "just under" hold shorter bounds.
_SIGN = re.compile(rf"\b({either(_SIGNS)}) (?:{either(_W.about)} )?(?=[<>]|{_AMOUNT})")
_BOUND_WORDS = frozenset(word for sign in _SIGNS for word in sign.split())
_BETWEEN = re.compile(rf"\bbetween ({_AMOUNT}) and ({_AMOUNT})")
_TO = re.compile(
    rf"(?:\b(?:between|from) )?({_AMOUNT})"
    rf"(?: to | ?- ?| or (?:even |possibly )?|,? if not )({_AMOUNT})"
)
_PLUS = re.compile(rf"({_AMOUNT})(?: or more\b| ?\+|[ -]plus\b)")
_READ = re.compile(rf"([<>]?) ?({_AMOUNT})(?:~({_AMOUNT}))?")

_AGE = re.compile(r"\b(?:between )?(?:\d+ (?:and|to) )?(?:\d+|[a-z]+teen)[- ]years?[- ]old(s?)\b")
_AGED = re.compile(
    r",? aged? (?:between )?\d+(?:(?:,| and| to|,? or) \d+)*|, ?\d{1,3}(?=,| and |$)"
)
_YEAR = re.compile(r"(?<![\d,.$-])(?=(?:19|20)\d\d(?![\d,-]|\.\d))")
_DAY = re.compile(r"\b\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\b|\b\d{1,2}:\d\d\b")
_DASHED = re.compile(r"(?<=\d) ?- ?(?=\d+(?![\w-]))")
_STRONG = re.compile(r"(\d+) ?- ?(?:strong|man|woman|member|person)\b")
_ODDS = re.compile(r"\b1 in \d+\b")
_TAIL = re.compile(
    r",? (?:including|among (?:them|whom)|mostly|mainly|most|many of|some of)\b.*"
    r"|, [^,]*\bof (?:them|whom|which)\b.*"
)
_AND = re.compile(r",? (?:and|as well as|along with|plus) |, ?|; ?")
_STOP = re.compile(rf"\b{either(_W.stops)}\b")
_CROWD_OF = re.compile(rf"\b{either(_W.crowds)} of(?= )")
_MEASURE = re.compile(rf" ?-?(?:%|{either(_W.measures)}\b)")
_LABEL = re.compile(rf"\b{either(_W.labels)} ?$|[$€£] ?$")
_NONE = re.compile(r"(?:nobody|none|no|not a single|not 1)\b|0(?![\d.])")
_RUNNING = re.compile(rf"\b{either(_W.running)}\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ONE_OF = frozenset({"a", "an", "another", "his", "her", "their", "its", "my", "our"})
_SPOKEN = frozenset({"another", "herself", "himself", "someone", "somebody"})
_ORDINAL = frozenset({"second", "third", "fourth", "fifth", "half", "quarter"})


def parse(text: str) -> Range | None:
    """Return the lowest and highest number of people a phrase states, or None if it states none.

    The highest is None where the words set no upper bound ("at least 12"). Coordinated phrases
    are added up: "two soldiers and a policeman" are three.
    """
    return _parsed(glosses.counted(text))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Range | None:
    """Return the same of a phrase whose numbers are told in English."""
    plain = _signed(_aged(numerals(_plain(text))))
    parts = _AND.split(_TAIL.sub("", plain))
    seams = [seam.strip(" ,;") for seam in _AND.findall(_TAIL.sub("", plain))]
    return _sum(parts, seams)


def numerals(text: str) -> str:
    """Return a lower-case text with its spelled numbers in digits: "two hundred" is "200"."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"\bno[ -]one\b", "nobody", text)
    text = _BOTH.sub("", text)
    text = _SETS.sub(lambda m: str(_W.sets[m[1]]), text)
    text = _HALVES.sub(lambda m: f"{_W.cardinals.get(m[1], m[1])}.5", text)
    text = _QUARTER.sub(lambda m: "0.25 " if m[1] == "a" else "0.75 ", text)
    text = _PAIR.sub(r"between \1 \2 to ", text)
    text = _SHARED.sub(r"\1 \3\2", text)
    return _RUN.sub(lambda m: _digits(m[0]), text)


def bounding(text: str) -> bool:
    """Return whether words only bound or round the number that follows: "at least", "some"."""
    return glosses.counted(text).lower() in _SIGNS


def part_of_bound(word: str) -> bool:
    """Return whether a word stands in what bounds a number: the "least" of "at least"."""
    return glosses.counted(word) in _BOUND_WORDS


def person(noun: str) -> bool:
    """Return whether a noun in small letters counts people one by one."""
    return _person(glosses.counted(noun))


def people(noun: str) -> bool:
    """Return whether a noun in small letters means people, one by one or many."""
    noun = glosses.counted(noun)
    return _person(noun) or noun in ("people", "crowd", "thousand", "hundred", "dozen")


def running(text: str) -> bool:
    """Return whether words say that a number is a total reached so far."""
    return _RUNNING.search(glosses.counted(text).lower()) is not None


def amounts(word: str) -> bool:
    """Return whether a word in small letters states a number without being one: "dozens"."""
    word = glosses.counted(word)
    return word in _W.vague or word in _W.scales or word in _W.sets


def _digits(run: str) -> str:
    """Return the number that a run of words spells, or the run where it spells none."""
    total: float = 0
    current: float | None = None
    for word in re.findall(r"[\d.]+|[a-z]+", run):
        if word in ("a", "an", "and"):
            continue
        if word in _W.scales:
            scale = _W.scales[word]
            current = (1 if current is None else current) * scale
            if scale >= 1000:
                total, current = total + current, None
            continue
        value = 0.5 if word == "half" else float(_W.cardinals.get(word, word))
        if current is not None and (not current or value >= _place(current)):
            return run
        current = value + (current or 0)
    number = total + (current or 0)
    return str(round(number)) if number == round(number) else str(number)


def _place(number: float) -> int:
    """Return the value of the last place of a number that is not zero: 120 has 10."""
    place = 1
    while number % (place * 10) == 0:
        place *= 10
    return place


def _plain(text: str) -> str:
    """Return a phrase in small letters, its dashes plain, years marked and suffixes in words."""
    text = " ".join(re.sub("[–—‑]", "-", text.casefold()).replace("’", "'").split())
    text = re.sub(r" ([,;%])", r"\1", _DAY.sub("", text))
    text = _YEAR.sub("y", _DASHED.sub(" to ", text.split("(")[0].strip()))
    return re.sub(rf"(?<=\d){either(_W.suffixes)}\b", lambda m: f" {_W.suffixes[m[0]]}", text)


def _aged(text: str) -> str:
    """Return a phrase without ages and odds, and with "a 300-strong crowd" as 300."""
    text = _AGED.sub("", _AGE.sub(r"person\1", text))
    return _STRONG.sub(r"\1 strong", _ODDS.sub("", text))


def _signed(text: str) -> str:
    """Return a phrase with its bounds and ranges as signs: `>12`, `<30`, `20~30`."""
    text = _BETWEEN.sub(r"\1~\2", text)
    text = _TO.sub(r"\1~\2", text)
    text = _PLUS.sub(r">\1", text)
    return _SIGN.sub(lambda m: _SIGNS[m[1]], _SIGN.sub(lambda m: _SIGNS[m[1]], text))


def _sum(parts: list[str], seams: list[str]) -> Range | None:
    """Return the parts of a coordination added up, or the only one that states a number."""
    total = _part(parts[0])
    listed = any(seams) or total is None
    stopped = _noun(parts[0]) != parts[0]
    for seam, part in zip(seams, parts[1:], strict=True):
        if not listed or (stopped and not _person(_head(_noun(part)))):
            continue
        if _head(_noun(part)) in _W.states or part.split(" ")[0] in _W.states:
            continue
        total = _add(total, _part(part), open_ended=bool(seam) and _plural(_head(_noun(part))))
    return total


def _add(total: Range | None, more: Range | None, *, open_ended: bool) -> Range | None:
    """Return two counts together; a plural without a number leaves no upper bound."""
    if more is None:
        return (total[0], None) if total is not None and open_ended else total
    if total is None:
        return (more[0], None) if open_ended else more
    high = None if total[1] is None or more[1] is None else total[1] + more[1]
    return total[0] + more[0], high


def _part(part: str) -> Range | None:
    """Return the number that one noun phrase states."""
    noun = _noun(part)
    if _plural(_head(noun)) and not _READ.search(noun):
        noun = re.sub(r"\by(?=\d{4})", "", noun)
    if _NONE.match(noun):
        return 0, 0
    for match in _READ.finditer(noun):
        if not _MEASURE.match(noun, match.end()) and not _LABEL.search(noun[: match.start()]):
            return _bounds(match)
    return (1, 1) if _single(noun) else None


def _noun(part: str) -> str:
    """Return a phrase up to what follows its noun; "a family of" leads on to its number."""
    opened = _CROWD_OF.sub(lambda m: m[0].replace(" of", "   "), part)
    vague = re.sub(rf"\b({_VAGUE}) of\b", lambda m: m[0][:-2] + "  ", opened)
    stop = _STOP.search(re.sub(rf"\b{_VAGUE}\b", lambda m: "v" * len(m[0]), vague))
    return part[: stop.start()].strip() if stop else part.strip()


def _bounds(match: re.Match[str]) -> Range:
    """Return what an amount with its signs allows."""
    low, high = _amount(match[2])
    if match[3]:
        low, high = sorted((low, _amount(match[3])[1]))
    if match[1] == ">":
        return low, None
    return (min(1, high), high) if match[1] == "<" else (low, high)


def _amount(words: str) -> tuple[int, int]:
    """Return the lowest and highest number of an amount without signs."""
    if words.isdigit():
        return int(words), int(words)
    first, *rest = words.split(" of ")
    if first in _W.vague:
        low, high = _W.vague[first]
        scale = _W.scales[rest[0].removesuffix("s")] if rest else 1
        return low * scale, (high + 1) * scale - 1
    scale_word = words.rpartition(" ")[2]
    if scale_word not in _W.scales:
        return _W.few.low, _W.few.high
    return _W.few.low * _W.scales[scale_word], _W.vague[scale_word + "s"][1]


def _single(noun: str) -> bool:
    """Return whether a phrase without a number is about one person."""
    words = _WORD.findall(noun)
    head = words[-1] if words else ""
    if not words or _plural(head):
        return False
    if len(words) == 1:
        return head in _SPOKEN or _person(head)
    if words[0] not in _ONE_OF:
        return _person(head)
    crowd = _W.crowds | _W.plurals | _ORDINAL
    if _person(head):
        # "a group of the soldier": only what leads on by "of" makes many of one.
        return head not in crowd and "   " not in noun
    return not crowd.intersection((head, words[1]))


def _person(word: str) -> bool:
    """Return whether a noun, in either number, is one that counts people one by one."""
    if word.endswith(("man", "woman", "person")):
        return True
    return word in _W.persons or word in _W.plurals or word.removesuffix("s") in _W.persons


def _plural(word: str) -> bool:
    """Return whether a noun looks plural."""
    if word in _W.plurals or word.endswith(("men", "people")):
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _head(noun: str) -> str:
    """Return the last word of a phrase, or an empty text."""
    words = _WORD.findall(noun)
    return words[-1] if words else ""
