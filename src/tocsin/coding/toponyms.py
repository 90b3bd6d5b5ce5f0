"""What the place names of a text may mean: candidates, and what the words beside them say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from tocsin.ontology.gazetteer import DATA, MAIN, NEWS, OTHER, PEOPLE, Gazetteer, Spot
from tocsin.ontology.rows import read_rows
from tocsin.ontology.spelling import name_key

Characters = tuple[int, int]
Candidate = tuple[Spot, int]

AREAS = ("country", "region")
SHORTEST = 3  # letters of a name, unless all are capitals
# So many capitals may be an acronym, and no place but an area or a town with so many people.
ACRONYM, LARGE = 4, 100_000
_EXPANDED = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "pt": "point"}
_EXPANDED |= {v: k for k, v in _EXPANDED.items()}
_KINDS = (
    r"canton|count(?:y|ies)|department|district|emirate|governorate|krai|oblast|parish|prefecture|"
    r"province|raion|region|state"
)
FORM = re.compile(
    rf"^(?:city|town|village|port|{_KINDS}) of |"
    rf" (?:city|town|village|township|area|valley|{_KINDS}|(?:{_KINDS})(?<!state)s)$"
)
# The part of a place that words name: "northern Iraq", "downtown Beirut".
_PART = re.compile(
    r"^(?:far |(?:north|south|east|west)(?:ern)? and |central and )?"
    r"(?:(?:north|south)(?:ern)? ?(?:east|west|central)(?:ern)?|(?:north|south|east|west)(?:ern)?|"
    r"central|mid|upper|lower|downtown|greater|inner|mainland|metropolitan|rural|suburban) "
)
_LISTED = re.compile(
    r"(?:,? (?:and |or )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?){0,6}? "
    rf"(?P<kind>(?:{_KINDS})(?:e?s)?)\b",
    re.IGNORECASE,
)
_TOWNS = ("city", "port", "town", "village")
_TOWN = "|".join(_TOWNS)
_KIND_OF = re.compile(rf"\b(?P<kind>{_TOWN}|{_KINDS}) of (?:the )?$", re.IGNORECASE)
_AFTER = re.compile(r"(?:, | \(|,)(?=[A-Z])")
_INSIDE = re.compile(rf"(?: (?:{_TOWN}))?,? in (?:the )?(?=[a-z]{{0,3}}-?[A-Z])")
_WITHIN = re.compile(r", (?=[A-Z])")
_BEFORE = re.compile(
    r"([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?)"
    r"(?:['’]s? (?:[a-z]+ )?"
    rf"| (?:[a-z]+ ){{0,2}}(?:capital|{_TOWN}|{_KINDS}) of )$"
)
_OWNING = re.compile(r"['’]s?$")
_NAME = r"(?:(?:a[dlnrstz]|ash|e[lz])-)?[A-Z][\w.'’-]*"
_WORDS = re.compile(rf"{_NAME}(?: (?:and |de |du |la |of )?{_NAME}){{0,3}}")
_CAPITALISED = re.compile(r"\b[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?|\bU\.S\.|\bU\.K\.")
_BACK = 60  # how far before a name words may tell where it lies


@dataclass(slots=True)
class Toponym:
    """A place name with all spots of the text where it stands, and what it may mean.

    `holders` are areas that the text says it lies in; `part` tells that the words name a part of
    what the candidates are.
    """

    key: str
    at: list[Characters]
    candidates: list[Candidate]
    holders: list[Spot]
    part: bool


def gathered(text: str, spans: Sequence[Characters], gazetteer: Gazetteer) -> list[Toponym]:
    """Return the names of a text by spelling: the same words in one text mean the same place.

    Unless it says otherwise: "Tripoli, Lebanon" and "Tripoli, Libya" are two.
    """
    names: dict[tuple[str, str], Toponym] = {}
    for span in dict.fromkeys(spans):
        words = text[slice(*span)]
        found = _postal(text, span, gazetteer) or candidates(words, gazetteer)
        found = _formed(text, span, found) or _owned(words, gazetteer)
        told, holders = _holder(text, span, found, gazetteer)
        key = name_key(words)
        name = names.setdefault((key, told), Toponym(key, [], found, holders, part=is_part(words)))
        name.at.append(span)
    held: dict[str, list[Spot]] = {}
    for name in names.values():
        if name.holders:
            held.setdefault(name.key, name.holders)
    for (key, told), name in names.items():
        if not told:  # one that stands alone is the one told elsewhere
            name.holders = held.get(key, [])
    return list(names.values())


def mentions(text: str, gazetteer: Gazetteer, start: int = 0) -> Iterator[Characters]:
    """Yield where a text may name places, by its capitals alone: the longest known names.

    For texts that nobody has read: the reader finds names better.
    """
    for words in _WORDS.finditer(text, start):
        first, last = words.span()
        while first < last:
            if as_written(text[first:last], gazetteer):
                yield first, last
                break
            last = text.rfind(" ", first, last)


def candidates(words: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the places that words may name, each with how it is named.

    A name that is none together with what kind of place it is, or with the part of a place it
    names, is tried without: "Anbar province", "northern Iraq".
    """
    short = _shorthand(gazetteer).get(words.strip())
    if short:
        return short
    for key, area in _variants(name_key(words)):
        if len(key) < SHORTEST and not words.isupper():
            continue
        found = [(gazetteer[row], how) for row, how in gazetteer.rows_of(key)]
        if area:
            found = [x for x in found if x[0].precision in AREAS] or found
        elif words.isupper() and len(words) <= ACRONYM:  # "US" is no village in Normandy
            found = [x for x in found if x[0].precision in AREAS or x[0].population >= LARGE]
        if found:
            return found
    return []


def as_written(words: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the places that words name as they stand, short forms of divisions among them."""
    short = _shorthand(gazetteer).get(words) or [
        (gazetteer[row], OTHER) for row in gazetteer.postal.get(words, ())
    ]
    return short or gazetteer.find(words)


def is_part(words: str) -> bool:
    """Return whether words name a part of a place: "northern Iraq", but not "North Macedonia"."""
    return words[:1].islower() and _PART.match(name_key(words)) is not None


def countries(text: str, gazetteer: Gazetteer) -> Counter[str]:
    """Return how often a text names each country, by its name, an adjective or its institutions."""
    counts: Counter[str] = Counter()
    for words, times in Counter(m[0] for m in _CAPITALISED.finditer(text)).items():
        for tried in (words, words.partition(" ")[0]):
            lands = {
                spot.country
                for spot, how in as_written(tried, gazetteer)
                if spot.precision == "country" or how == PEOPLE
            }
            if len(lands) == 1:
                counts[lands.pop() or ""] += times
                break
    told = cues()
    for word in told.pattern.findall(text.replace("’", "'")):
        counts[told.country[word.lower()]] += 1
    return counts


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that tell a country without naming it, and which one each tells."""

    pattern: re.Pattern[str]
    country: Mapping[str, str]


@cache
def cues() -> Cues:
    """Return the words of public life that ship with Tocsin."""
    country: dict[str, str] = {}
    for row in read_rows(DATA / "cues.yml"):
        country |= dict.fromkeys(map(str.lower, row.texts("words")), row.text("country"))
        row.done()
    longest = sorted(country, key=lambda word: (-len(word), word))
    pattern = rf"\b(?:{'|'.join(map(re.escape, longest))})\b"
    return Cues(re.compile(pattern, re.IGNORECASE), MappingProxyType(country))


def holds(area: Spot, spot: Spot) -> bool:
    """Return whether a place lies in an area, as far as countries and divisions tell."""
    if area.row == spot.row:
        return False
    if area.precision == "country":
        return area.country == spot.country
    return area.row in (spot.division, spot.district)


def _variants(key: str) -> Iterator[tuple[str, bool]]:
    """Yield spellings to try, each with whether it should be an area."""
    yield key, False
    head, comma, _ = key.partition(" , ")
    if comma:  # what it lies in belongs to it: "Washington, D.C."
        yield head, False
    swapped = " ".join(_EXPANDED.get(word, word) for word in key.split())
    if swapped != key:
        yield swapped, False
    whole, bare = _PART.sub("", key), FORM.sub("", key)
    if bare != key:
        yield bare, True
    if whole != key:
        yield whole, False
    if bare != key != whole:  # "northern Raqqa province"
        yield _PART.sub("", bare), True


@cache
def _shorthand(gazetteer: Gazetteer) -> dict[str, list[Candidate]]:
    return {short: [(gazetteer[row], OTHER)] for short, row in gazetteer.shorthand.items()}


def _postal(text: str, span: Characters, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the divisions that a postal form after a comma names: "Tulsa, OK"."""
    if not text.endswith(", ", 0, span[0]):
        return []
    return [(gazetteer[row], OTHER) for row in gazetteer.postal.get(text[slice(*span)], ())]


def _formed(text: str, span: Characters, found: list[Candidate]) -> list[Candidate]:
    """Return candidates of the kind that the words beside a name say.

    "Idlib and Hama provinces", "the city of Homs".
    """
    before = _KIND_OF.search(text, max(0, span[0] - _BACK), span[0])
    after = _LISTED.match(text, span[1])
    if before:
        kinds = ("PPL",) if before["kind"].lower() in _TOWNS else ("ADM", "PCL")
    elif after and (after["kind"][-1] == "s" or after.start("kind") == span[1] + 1):
        kinds = ("ADM", "PCL")
    else:
        return found
    return [x for x in found if x[0].kind.startswith(kinds)] or found


def _owned(words: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return what a name means behind its country: "Syria's Hama", also without its apostrophe."""
    first, _, rest = words.partition(" ")
    lands = [
        spot
        for bare in dict.fromkeys((_OWNING.sub("", first), first.removesuffix("s")))
        for spot, _ in as_written(bare, gazetteer)
        if spot.precision == "country"
    ]
    found = candidates(rest, gazetteer) if lands and rest else []
    return [x for x in found if any(holds(land, x[0]) for land in lands)]


def _holder(
    text: str, span: Characters, found: Sequence[Candidate], gazetteer: Gazetteer
) -> tuple[str, list[Spot]]:
    """Return the area that the words beside a name say it lies in, with their spelling.

    After a comma it must be able to hold a candidate, and an area of the same rank makes a list:
    "Texas, Oklahoma and Kansas". A short form is no item of a list: "Washington, D.C.".
    """
    ranks = {_rank(spot) for spot, how in found if how in (NEWS, MAIN, OTHER) and _rank(spot) < 2}
    for words, sure in _beside(text, span):
        areas = [s for s, _ in as_written(words, gazetteer) if s.precision in AREAS]
        short = words in gazetteer.shorthand or words in gazetteer.postal
        if areas and not (sure or short) and ranks & set(map(_rank, areas)):
            return "", []
        if any(holds(area, spot) for area in areas for spot, _ in found):
            return name_key(words), areas
        bounded = [s for s in areas if s.kind.startswith(("ADM", "PCL"))]  # a sea holds nothing
        if bounded and sure and not ranks:
            return name_key(words), bounded
    return "", []


def _beside(text: str, span: Characters) -> Iterator[tuple[str, bool]]:
    """Yield words that may tell where a name lies, each with whether they say so outright.

    "Tulsa, Okla."; outright "Hit in Anbar", "the Iraqi town of Hit".
    """
    inside = _INSIDE.match(text, span[1])
    before = _BEFORE.search(text, max(0, span[0] - _BACK), span[0])
    joint = inside or _AFTER.match(text, span[1]) or _WITHIN.search(text, *span)
    words = _WORDS.match(text, joint.end()) if joint else None
    tried = words[0] if words else ""
    while tried:
        for form in dict.fromkeys((tried, tried.rstrip("."), tried.removesuffix("'s"))):
            yield form, inside is not None
        tried = tried.rpartition(" ")[0]
    if before:
        for form in dict.fromkeys((before[1], before[1].rpartition(" ")[2])):
            yield form, True


def _rank(spot: Spot) -> int:
    """Return 0 for a country, 1 for a first-order division, 2 for what is smaller."""
    return 0 if spot.precision == "country" else 1 if spot.kind == "ADM1" else 2
