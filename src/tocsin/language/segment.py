"""Sentences and words of English news, as character offsets into the text.

Words follow Universal Dependencies for English: punctuation stands alone, clitics and most hyphens
are split off, numbers, addresses and abbreviations stay whole. A sentence never crosses a blank
line. Every pattern is linear: repeats are possessive, or bounded wherever they could be retried.
A possessive repeat of a group is written as an atomic group: before Python 3.11.5 the former eats
half of a repetition that fails (https://github.com/python/cpython/issues/106052).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import yaml

from tocsin.ontology.packs import ENGLISH, Pack, spoken

Span = tuple[int, int]

# Combining marks are no letters to `re`; without them vowelled Arabic or Devanagari falls apart.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc"
    "\u09be-\u09cd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d"
    "\u20d0-\u20ff\ufe00-\ufe0f"
)
# Ordinal signs, raised digits and fractions count as letters to `re`.
_LETTER = r"[^\W\d_ºª¹²³¼½¾]"
_RUN = rf"(?>(?:{_LETTER}++[{_MARKS}]*+)+)"
_APOSTROPHE = "['’‘]"
_CLITIC = rf"{_APOSTROPHE}(?i:s|ll|ve|re|d|m)\b"
_NOT = rf"[nN]{_APOSTROPHE}[tT]\b"
_INNER = rf"(?>(?:{_APOSTROPHE}(?!(?i:s|ll|ve|re|d|m|t)\b){_RUN})*)"
_LINK = r"[^\s<>\"“”]*[^\s<>\"“”.,;:!?)'’\]…]"
_PREFIXES = (
    "anti|co|counter|cross|de|ex|extra|inter|intra|mid|mini|mis|multi|neo|non|over|pan|post"
    "|pre|pro|pseudo|quasi|re|semi|socio|sub|super|trans|ultra"
)
_UNITS = (
    "am|pm|AM|PM|a\\.m\\.|p\\.m\\.|km|kms|mm|cm|m|ft|kg|lbs?|k|bn|bln|mn|mln|tn|mph|kph|hrs|p|K|B|M|MB|GB"
    "|gb|mb|mg|MW|kW"
)
_DOMAINS = (
    "com|org|net|edu|gov|mil|int|info|biz|news|tv|io|uk|us|eu|ru|ua|de|fr|cn|il|ir|iq|sy|tr|jp|ca"
    "|au|nz|za|mx|tw|htm|html|php|pdf|doc|docx|xls|xlsx|jpg|png|txt|Com|COM|ORG|NET"
)

# Punctuation that cannot open a sentence: the stop before it was a spaced ellipsis or a slip.
_IDLE = frozenset(".,;:!?)]}")
_STOPS = ".!?…‥؟۔।॥։።"
_QUOTES, _BRACKETS = frozenset("\"'”’»›"), frozenset(")]}")
_CLOSERS = "\"'”’»)\\]}›"
# A stop with its closing quotes and brackets; a stop that needs no space; a new line; the space
# before a bullet or the credit of a picture.
_CANDIDATE = re.compile(
    rf"(?<![{_STOPS}])(?P<stop>[{_STOPS}]++)"
    rf"(?P<close>[{_CLOSERS}]*+(?:\ [\"'”’](?=\s|\Z))?)"
    r"(?=(?P<space>\s)?)(?:(?=\s|\Z|[A-Z“‘\[(])(?P<note>(?>(?:\ ?\[\d{1,3}\])*)))"
    rf"|[。！？｡]++[{_CLOSERS}」』）]*+"
    r"|(?P<line>\n\s*+)"
    r"|\s(?=(?:[•●▪◦‣]|(?:Image|Photo|Photograph|Picture):)\s)"
)
_BEFORE = re.compile(r"(?s:.*[^\w.’'\-])?([\w.’'\-]*)\Z")
_NEXT = re.compile(
    r"\s*+[\"'“‘«(\[\-–—*•]*+\s?(?P<word>[^\W_]{1,40}+(?:['’][^\W_]{1,9}+)?)?(?P<low>\s[a-z])?"
)
_NUMERAL = re.compile(r"\d|[VX]\b|[IVXLC]{2,}\b")
_ORDINAL = re.compile(r"\d{1,3}(?:\.\d{1,3})*\Z|[^\W\d_]\Z|[ivxIVX]{1,4}\Z")
_LISTED = re.compile(r".{0,2}[:;]\s?\d{1,2}\Z|[:;]\s\d\Z")
_DASH = re.compile(r"\s*+(?:\([^)\n]{1,20}\)\s)?[-–—]")
_ZONE = re.compile(r"\s(?:\(|\w{1,20} time\b)")
_ACRONYM = re.compile(r"[^\W\d_a-z]\Z|(?:[^\W\d_]\.)+[^\W\d_]\Z")
_SINGLE = re.compile(r"[^\W\d_]\Z")
_FIRST = re.compile(r"[\W\d_]{0,40}+([^\W\d_])")
# "..." Mr Smith said: the verb of speech keeps what was said and who said it together.
_SPEAKER = r"[^\W\da-z_][\w.\-]{0,30}+(?:['’](?!s\b)\w{1,30}+)?"
_SPEECH = re.compile(
    rf"\s+(?:{_SPEAKER}\s+){{1,5}}?(?:said|says|asked|asks|told|tells|added|adds|shouted|cried|wrote"
    r"|replied|wondered|questioned|tweeted|declared|exclaimed)\b"
)
_SHE_SAID = re.compile(
    r"\s+(?:[^\W\d_]+\s+){1,3}?(?:said|says|asked|told|added|adds|wrote|questioned)\b"
)
_CONTINUES = re.compile(
    r"(?:[,–—-]|\b(?i:a|an|and|as|at|by|for|from|in|of|on|or|that|the|to|was|were|with))\Z"
)
_ITEM = re.compile(r"(?:[•●▪◦‣*]|\d{1,2}[.)]|\([a-z0-9]\))\s")
_DASHED = re.compile(r"\s*[-–—]\s")
_NARROW, _WIDE = 50, 100
_CHUNK = re.compile(r"\S{0,60}")
_ADDRESS = re.compile(r"[@/]|www\.")
_SUFFIXES = frozenset(("com", "doc", "edu", "gov", "htm", "html", "js", "net", "org", "pdf"))
# Words that, with a capital, are more likely to start a sentence than a name.
_STARTERS = frozenset((
    "after", "all", "although", "an", "and", "another", "as", "at", "because", "before", "both",
    "but", "by", "despite", "during", "each", "even", "every", "few", "for", "from", "had", "has",
    "have", "he", "her", "here", "his", "how", "however", "if", "in", "instead", "it", "it's",
    "its", "last", "later", "like", "many", "meanwhile", "more", "most", "my", "no", "none", "nor",
    "not", "now", "of", "on", "once", "one", "only", "or", "other", "our", "over", "several", "she",
    "since", "so", "some", "still", "such", "than", "that", "that's", "the", "their", "then",
    "there", "there's", "these", "they", "this", "those", "though", "thus", "to", "today", "two",
    "unless", "until", "we", "were", "what", "when", "where", "whether", "which", "while", "who",
    "why", "with", "without", "yet", "you", "your",
))  # fmt: skip
# Words that, small after the stop of a plain word, start a sentence whose capital was forgotten.
_SUBJECTS = frozenset((
    "a", "an", "he", "her", "his", "i", "it", "its", "my", "our", "pic", "she", "that", "the",
    "their", "there", "these", "they", "this", "those", "we", "you",
))  # fmt: skip
_SCHEMES = frozenset(("http", "https", "www"))
# What may follow "5 p.m." with a capital inside the sentence.
_CALENDAR = frozenset((
    "bst", "cet", "cst", "cdt", "ct", "eastern", "edt", "est", "et", "gmt", "local", "mst",
    "pacific", "pdt", "pst", "pt", "utc", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december", "jan", "feb", "apr", "aug", "sept", "sep",
    "oct", "nov", "dec",
))  # fmt: skip


@cache
def _abbreviations(pack: Pack, *, capitals: bool) -> dict[str, frozenset[str]]:
    """The abbreviations of the lexicon by class, as they stand or in capitals.

    A pack's are added to those of English, which names and agencies bring into any language.
    """
    classes = dict(_listed(ENGLISH))
    if not pack.english:
        for name, entries in _listed(pack).items():
            classes[name] = [*classes.get(name, []), *entries]
    if capitals:
        return {name: frozenset(map(str.upper, entries)) for name, entries in classes.items()}
    return {name: frozenset(entries) for name, entries in classes.items()}


def _listed(pack: Pack) -> dict[str, list[str]]:
    path = pack.folder / "abbreviations.yml"
    if not pack.english and not path.is_file():
        return {}
    listed: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return listed


def _any_of(pack: Pack, *classes: str, capitals: bool = False) -> str:
    """A pattern for the abbreviations of these classes, the longest first."""
    lexicon = _abbreviations(pack, capitals=capitals)
    entries = {entry for name in classes for entry in lexicon[name]}
    return "|".join(re.escape(entry) for entry in sorted(entries, key=lambda e: (-len(e), e)))


@cache
def _word(pack: Pack) -> re.Pattern[str]:
    """The pattern of one word; the first alternative that fits wins, so their order matters."""
    dotted = _any_of(pack, "before_name", "either", "closing")
    shouted = _any_of(pack, "before_name", "either", "closing", capitals=True)
    numbered = f"{_any_of(pack, 'before_number')}|{_any_of(pack, 'before_number', capitals=True)}"
    alternatives = (
        r"[\u3400-\u9fff\uf900-\ufaff]",
        r"[Cc]an(?=not\b)|CAN(?=NOT\b)|[Gg](?:on(?=na\b)|ot(?=ta\b)|im(?=me\b))",
        r"[Ww]an(?=na\b)|[Ll]em(?=me\b)",
        # Contractions whose apostrophe was lost; what is left of them is a plain word.
        r"(?:[Dd](?:o|oes|id)|[Ii]s|[Ww](?:o|as|ere|ould)|[Aa]re|[Hh]a(?:ve|s|d))(?=nt\b)",
        r"(?:[Cc](?:a|ould)|[Ss]hould)(?=nt\b)|(?:[Tt]h(?:at|ere)|[Ww]hat|[Hh]e|[Ss]he)(?=s\b)",
        r"(?:[Tt]hey|[Yy]ou)(?=(?:re|ve|ll)\b)|[Ww]e(?=ve\b)|[Ii](?=(?:m|ve)\b)",
        # The plain case, which is most of a text.
        rf"{_LETTER}++(?![\w{_MARKS}'’‘.\-@/&:$])",
        rf"(?:(?i:https?|ftp)://|(?i:www)\.){_LINK}",
        r"[\w.%+\-]{1,64}+@[\w\-]++(?>(?:\.[\w\-]++)*)",
        r"@\w++(?:\.(?:com|org|net)\b)?|#(?=[^\W\d])\w++",
        rf"\w[\w\-]{{0,63}}+(?:\.[\w\-]{{1,63}}+){{0,5}}?\.(?:{_DOMAINS})\b(?:/(?:{_LINK})?)?",
        r"[a-z]{2,20}+(?>(?:\.[a-z\-]{2,20}+){2,6})(?!\w)",
        # Clitics and the words they lean on.
        rf"(?<=[\w.]){_CLITIC}|{_NOT}|{_LETTER}+(?={_NOT})",
        # Abbreviations, acronyms and initials.
        rf"(?:{dotted})\.(?!\w)|(?:{shouted})\.(?=\s[A-Z\d][A-Z\d.])",
        rf"(?:{numbered})\.(?=\s?(?:\d|[VX]\b|[IVXLC]{{2,}}\b))",
        rf"(?:{_LETTER}\.){{2,8}}(?:{_LETTER}(?![\w'’]))?|[A-Z]\.[A-Z](?!\w)",
        r"(?<=\()[a-z]\.(?=\s)|Ph\.D\.?|[MB]\.Sc\.?|Yahoo!",
        r"[A-Z]\.(?=[\s,;)\]\-]|\Z)|(?<![^\n])\d{1,2}\.(?=\s)",
        # Numbers: telephone, date, fraction, quantity with its unit, anything else.
        r"\d{3}[.\-]\d{3}[.\-]\d{4}(?!\d)|\d{3}-\d{4}(?!\d)|(?:19|20)\d\d-\d\d?-\d\d?(?!\d)",
        r"\d{1,4}/\d{1,2}/\d{1,4}(?!\d)|(?!24/7)\d{1,2}/\d{1,2}(?!\d)",
        rf"\d++(?>(?:[.,:]\d++)*)(?=(?:{_UNITS})(?![^\W²³])|[A-Z]?[a-z]{{3}}|º|{_CLITIC}(?<!0.s))",
        rf"(?:(?<![^\s(\[$£€])\.)?\d++(?>(?:[.,:]\d++)*)(?:(?<=0){_APOSTROPHE}s\b|{_LETTER}*+)",
        # Short forms held together by a sign.
        r"[A-Z]{1,4}&[A-Z]{1,4}\b|[A-Z]{1,3}\$",
        r"[wW]/o\b|[wW]/(?!\w)|[Ss]/he\b|[Bb]/c\b",
        rf"(?<!-)(?:(?i:{_PREFIXES})-|[eE]-(?=[a-z])|E-(?=[A-Z]{{2}})){_RUN}{_INNER}(?!-of-|-the-)",
        rf"{_APOSTROPHE}(?:\d\ds?\b|(?i:em|til|cause)\b|(?i:t)(?=(?:is|was)\b)|(?i:n)\b{_APOSTROPHE}?)",
        rf"(?>(?:{_RUN}|[\d_])+){_INNER}",
        # Punctuation.
        r"[:;]-?[()DP](?![\w()])",
        r"\.{2,}+|…++|[!?]{2,}+|\+{2,}+|[\-=*_~]{2,}+",
        # A long run of one sign is one word, else a page of them would be as many as a book has.
        r"(?P<sign>[^\w\s])(?P=sign){9,}|''|``|<<|>>|\${2,}+",
        r"\S",
    )
    return re.compile(rf"\s*+({'|'.join(alternatives)})")


def words(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The spans of the words between start and end, in order, covering all but the white space."""
    stop = len(text) if end is None else end
    # Else white space at the end would be tried again from each of its characters.
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return [match.span(1) for match in _word(spoken()).finditer(text, start, stop)]


def sentences(text: str) -> list[Span]:
    """The spans of the sentences, in order and trimmed, covering all but the white space."""
    spans: list[Span] = []
    start = _skip(text, 0)
    column = _column(text)
    for match in _CANDIDATE.finditer(text):
        if match.end() > start and _ends(text, start, match, column):
            _append(spans, text, start, match.end())
            start = _skip(text, match.end())
    _append(spans, text, start, len(text))
    return spans


def _skip(text: str, at: int) -> int:
    """The place of the next character that is no white space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    """Add the span without the white space at its end, if anything is left."""
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


@dataclass(frozen=True, slots=True)
class _Stop:
    """A stop, the sentence that it may end, and the word that follows."""

    text: str
    start: int
    match: re.Match[str]
    word: str
    small: bool
    """The sentence began with a small letter, so that capitals tell nothing."""
    starter: bool
    """The word is one that starts sentences, with the capital to show it."""


def _ends(text: str, start: int, match: re.Match[str], column: int) -> bool:
    """Whether the sentence begun at start ends with this candidate."""
    if match["line"]:
        blank = match["line"].count("\n") > 1
        return blank or not _is_wrapped(text, match.start(), match.end(), column)
    following = _NEXT.match(text, match.end())
    if not match["stop"] or following is None:
        return True
    word = following["word"] or ""
    if not match["space"] and match.end() < len(text) and not _is_glued(text, match, word):
        return False
    small = _is_small(text, start)
    starter = word.lower() in _STARTERS and (small or not word.islower())
    starter = starter or (word in ("A", "I") and bool(following["low"]))
    stop = _Stop(text, start, match, word, small, starter)
    verdict = None
    if match["stop"] == "." and _BRACKETS.issuperset(match["close"]):
        verdict = _after_abbreviation(stop)
    return _after_word(stop) if verdict is None else verdict


def _is_small(text: str, at: int) -> bool:
    """Whether the first letter from here is a small one."""
    first = _FIRST.match(text, at)
    return first is not None and first[1].islower()


def _after_word(stop: _Stop) -> bool:
    """Whether a stop that is no part of an abbreviation ends the sentence."""
    text, at, end, close = stop.text, stop.match.start(), stop.match.end(), stop.match["close"]
    after = _skip(text, end)
    if not stop.word and text[after : after + 1] in _IDLE:
        return False
    if close[:1] in (")", "]") and text[at - 1 : at] in ("(", "["):
        return stop.starter
    if stop.word.islower():
        return stop.word in _SCHEMES or _is_careless(stop)
    if not _QUOTES.isdisjoint(close) and stop.match["stop"][-1] in "!?" and not stop.starter:
        return _SPEECH.match(text, end) is None
    return True


def _is_careless(stop: _Stop) -> bool:
    """Whether a sentence starts here without its capital, as in "in the city. the army ..."."""
    mark, at = stop.match["stop"], stop.match.start()
    if stop.small and mark == ".":
        return True
    if _SHE_SAID.match(stop.text, stop.match.end()):
        return False
    plain = stop.text[max(0, at - 3) : at]
    forgotten = stop.word in _SUBJECTS and (plain.islower() or plain[-1:].isdigit())
    return stop.small or (forgotten and mark in (".", "!", "?") and not stop.match["close"])


def _after_abbreviation(stop: _Stop) -> bool | None:
    """Whether a full stop after an abbreviation ends the sentence; None after a plain word."""
    text, at, word = stop.text, stop.match.start(), stop.word
    found = _BEFORE.match(text, max(stop.start, at - 24), at)
    before = found[1] if found else ""
    if text[max(0, at - 2) : at - 1] == "(" and before.islower():
        return False
    opens = at - len(before) == stop.start or _LISTED.match(text, max(0, at - 4), at)
    if opens and _ORDINAL.match(before):
        return False
    kinds = _kinds(before, word)
    if "before_name" in kinds or ("before_number" in kinds and _NUMERAL.match(word)):
        return False
    if "closing" in kinds:
        zone = word.lower() in _CALENDAR or _ZONE.match(text, at + 1)
        return stop.starter or (word[:1].isupper() and not zone)
    if "either" in kinds or _ACRONYM.match(before) or (stop.small and _SINGLE.match(before)):
        # A dash after it belongs to a dateline.
        return stop.starter and _DASH.match(text, at + 1) is None
    return None


def _kinds(before: str, word: str) -> set[str]:
    """The classes of an abbreviation; capitals count where the next word has them too."""
    forms = {before, before.rpartition("-")[2], before.rpartition(".")[2]}
    plain = _abbreviations(spoken(), capitals=False)
    kinds = {name for name, known in plain.items() if forms & known}
    if word.isdigit() or (len(word) > 1 and word.isupper()):
        shouted = _abbreviations(spoken(), capitals=True)
        kinds |= {name for name, known in shouted.items() if forms & known}
    return kinds


def _is_glued(text: str, match: re.Match[str], word: str) -> bool:
    """Whether a stop without a space after it stands between two plain words."""
    at = match.start()
    before = text[max(0, at - 2) : at]
    if len(before) < 2 or not (before.islower() or before.isdigit()) or len(match["stop"]) > 1:
        return False
    if not (word[1:2].islower() or word in ("A", "I") or word[1:2] in ("'", "’")):
        return False
    chunk = _CHUNK.match(text, match.end())
    left = text[max(0, at - 60) : at].split()[-1:]
    inside = (left[0] if left else "") + (chunk[0] if chunk else "")
    return word.lower() not in _CALENDAR | _SUFFIXES and not _ADDRESS.search(inside)


def _column(text: str) -> int:
    """The column at which the lines were broken; 0 where every line is a paragraph."""
    lines = [line.rstrip() for line in text.split("\n")]
    column = max((len(line) for line in lines if len(line) <= _WIDE), default=0)
    if column < _NARROW or 5 * sum(len(line) > _WIDE for line in lines) > len(lines):
        return 0
    inner = [(one, two) for one, two in pairwise(lines) if one and two]
    full = sum(_is_full(one, two, column) for one, two in inner)
    return column if full > 1 and 5 * full >= 3 * len(inner) else 0


def _is_full(line: str, following: str, column: int) -> bool:
    """Whether the first word of the following line had no room left in this one."""
    return len(line) + len(following.split(None, 1)[0]) >= column


def _is_item(upper: str, lower: str) -> bool:
    """Whether the lower line is an item of a list; a dash may also be a dash."""
    if _DASHED.match(lower):
        return upper[-1:] in ".:;!?" or _DASHED.match(upper) is not None
    return _ITEM.match(lower) is not None


def _is_wrapped(text: str, end: int, begin: int, column: int) -> bool:
    """Whether the line that ends here was broken for width only and goes on at begin."""
    upper = text[text.rfind("\n", 0, end) + 1 : end].rstrip()
    close = text.find("\n", begin)
    lower = text[begin : close if close >= 0 else len(text)].rstrip()
    if not lower or not _NARROW <= len(upper) <= _WIDE or _is_item(upper, lower):
        return False
    if column and _is_full(upper, lower, column):
        return True
    if len(lower) > _WIDE:
        return False
    return (lower[:1].islower() and not upper.islower()) or _CONTINUES.search(upper) is not None
