"""What kind of speaker a link of a chain is: a name, a class of people, an outlet, a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from tocsin.fusion.words import folded, words
from tocsin.records.claim import Participant

Kind = Literal["named", "unnamed", "outlet", "vessel", "pronoun"]
Outlets = Mapping[frozenset[str], str]
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt)\.?\s+")
_DETERMINER = re.compile(r"^(?:the|a|an|his|her|its|their|our|this|that)\s+", re.IGNORECASE)
_DEFINITE = re.compile(r"^(?:the|this|that|his|her|its|their|he|she|it|they)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'’.-]+")
_OWNED = re.compile(r"['’]s?$")


class Speaker(NamedTuple):
    """A link of a chain; `vague` says that it points back to somebody named before.

    `core` are its folded words and `head` the noun that says who or what it is.
    """

    kind: Kind
    name: str
    core: tuple[str, ...]
    head: str
    family: str = ""
    entity: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    vague: bool = False


def outlets(names: Iterable[str]) -> Outlets:
    """Return outlets by the words that tell them from others, in order of name."""
    return {key(name): name for name in sorted(set(names), reverse=True)}


def key(outlet: str) -> frozenset[str]:
    """Return the words of an outlet's name that tell it from others, all where none do."""
    found = frozenset(folded(outlet).split())
    return found - words().common or found


def speaker(one: Participant, known: Outlets) -> Speaker:
    """Return what a participant is as a speaker."""
    name = _DETERMINER.sub("", _HONORIFIC.sub("", one.name)).split(",")[0].strip() or one.name
    core = tuple(folded(name).split())
    listed = words()
    if one.entity is None and (
        folded(name) in listed.pronouns or folded(one.name) in listed.pronouns
    ):
        return Speaker("pronoun", name, core, folded(name), vague=True)
    outlet = _outlet(core, known)
    if outlet is not None:
        return Speaker("outlet", outlet, core, core[-1], entity=one.entity, country=one.country)
    head = _head(name)
    kind, family, vague = _kind(one, name, head)
    return Speaker(kind, name, core, head, family, one.entity, one.country, one.sectors, vague)


def _outlet(core: tuple[str, ...], known: Outlets) -> str | None:
    found = frozenset(core)
    fits = [k for k in known if k and k <= found and len(found - k - words().common) <= 2]
    return known[max(fits, key=lambda k: (len(k), sorted(k)))] if fits else None


def _head(name: str) -> str:
    """Return the noun that a phrase is about, folded: "source" of "security source in Basra"."""
    found = _WORD.findall(name)
    listed = words()
    kept: list[str] = []
    for word in found:
        if kept and word.lower() in listed.after:
            break
        kept.append(word)
    last = kept[-1] if kept else name
    return folded(_OWNED.sub("", last)) or folded(name)


def _kind(one: Participant, name: str, head: str) -> tuple[Kind, str, bool]:
    """Return the kind of a speaker, the family of a class of people, and whether it points back."""
    listed = words()
    definite = bool(_DEFINITE.match(one.span.quote))
    alone = len(name.split()) == 1
    family = listed.family(head)
    found: tuple[Kind, str, bool] = ("unnamed", head, definite)
    if one.entity is not None:
        found = "named", "", False
    elif listed.vessel(head) and not _capital(name, head):
        found = "vessel", "", True
    elif head in listed.outlets or "JRN" in one.sectors or _title(name, head):
        found = "outlet", "", definite and alone
    elif head in listed.mouths or (family is None and listed.body(head)):
        found = "named", "", alone
    elif family is not None:
        found = "unnamed", family, definite
    elif head in listed.offices:
        found = ("unnamed" if _one_of_many(one) else "named"), head, alone
    elif _proper(name, head):
        found = "named", "", False
    return found


def _capital(name: str, head: str) -> bool:
    """Return whether the head of a phrase of several words is written with a capital."""
    found = [word for word in _WORD.findall(name) if folded(word) == head]
    return " " in name and bool(found) and found[0][:1].isupper()


def _title(name: str, head: str) -> bool:
    """Return whether a name is an outlet's by its last word: "Shanasheel News"."""
    return head in words().common and _capital(name, head)


def _one_of_many(one: Participant) -> bool:
    return one.span.quote[:2].lower() in {"a ", "an"}


def _proper(name: str, head: str) -> bool:
    """Return whether a phrase is somebody's name: its head is written with a capital."""
    found = [word for word in _WORD.findall(name) if head in folded(word)]
    return bool(found) and found[0][:1].isupper() and not (" " not in name and head.endswith("s"))


def alike(one: Speaker, other: Speaker) -> bool:
    """Return whether two named speakers are the same, as far as their names tell."""
    if one.entity is not None and other.entity is not None:
        return one.entity == other.entity
    if one.country and other.country and one.country != other.country:
        return False
    if folded(one.name) == folded(other.name):
        return True
    short, long = sorted((one, other), key=lambda s: len(s.core))
    if short.name.isupper() and len(long.core) > 1:
        return folded(short.name) == "".join(word[0] for word in long.core if word not in _SMALL)
    return short.head == long.head and set(short.core) <= set(long.core)


_SMALL = frozenset({"of", "the", "for", "and", "to", "in"})


def plain(one: Speaker, other: Speaker) -> bool:
    """Return whether a bare "the group", "the army", "the prime minister" may mean a known one."""
    if one.entity is not None or other.entity is None or other.country != one.country:
        return False
    mine, theirs = set(one.sectors), set(other.sectors)
    phrase = f" {' '.join(one.core)} "
    bare = one.head in words().plain or any(f" {p} " in phrase for p in words().plain if " " in p)
    if not bare or one.country is None:
        return False
    return bool(mine & theirs) or any(mine & side and theirs & side for side in _SIDES)


# Sectors that stand for one another: those who govern and command, those who bear arms against.
_SIDES = (frozenset({"GOV", "MIL"}), frozenset({"REB", "PRM", "UAF"}))


def echoes(headline: Speaker, other: Speaker) -> bool:
    """Return whether a headline's short name for a speaker may mean one of the text below it."""
    if other.kind not in {"named", "unnamed"}:
        return False
    if headline.kind == "outlet":
        return False
    same = headline.country is not None and headline.country == other.country
    family = bool(headline.family) and headline.family == other.family
    return same or family or headline.head == other.head or alike(headline, other)


def kindred(one: Speaker, other: Speaker) -> bool:
    """Return whether two unnamed speakers may be the same: one kind of people of one country."""
    if one.country and other.country and one.country != other.country:
        return False
    if one.sectors and other.sectors and not set(one.sectors) & set(other.sectors):
        return False
    wild = "source" in {one.family, other.family} and bool(set(one.sectors) & set(other.sectors))
    return wild or one.family == other.family


def refers(vague: Speaker, other: Speaker) -> bool:
    """Return whether a pronoun, "the source" or "the ministry" may point to another speaker."""
    if vague.kind in {"pronoun", "vessel"}:
        return other.kind in {"named", "unnamed"}
    if vague.kind == "outlet" or other.kind == "outlet":
        return vague.kind == other.kind
    if vague.head == other.head or (vague.family and vague.family == other.family):
        return True
    if vague.family == "source" or vague.kind != other.kind:
        return False
    return bool(set(vague.sectors) & set(other.sectors)) and other.entity is not None
