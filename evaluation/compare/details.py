"""What the pattern coder says beyond who and whom: speakers, modality, days, places, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from evaluation.compare.people import Names, Whom

Token = Any
Document = Any
Claim = dict[str, Any]
CUT = ("relcl", "appos", "conj", "cc", "punct", "acl", "advcl", "prep", "preconj")
PRONOUNS = ("he", "she", "they", "it", "him", "her", "them", "his", "their", "its")
PEOPLE = ("PERSON", "ORG", "NORP", "GPE")
WHERE = ("in", "at", "near", "outside", "inside", "across", "around", "from", "to", "on", "into")
ASKS = {
    "REQUEST": "requested", "REJECT": "negated", "AGREE": "future", "THREATEN": "future",
    "ACCUSE": "actual",
}  # fmt: skip
UNNAMED = ("CVL", "COP", "REB", "MIL", "PRM", "GOV", "LEG", "JUD", "OPP", "MED", "REF", "CRM")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
# As the codebook reads them.
VAGUE = {"dozen": (24, 99), "score": (40, 99), "hundred": (200, 999), "thousand": (2000, 9999)}
TOLLS = {
    "kill": "killed", "die": "killed", "murder": "killed", "wound": "injured", "injure": "injured",
    "arrest": "arrested", "detain": "arrested", "displace": "displaced",
}  # fmt: skip


def participants(found: Sequence[Token], names: Names) -> Iterator[dict[str, Any]]:
    """Yield the people, bodies and countries of tokens in the gold form."""
    for token in found:
        words = phrase(token)
        head = words.index(token)
        low = token.lemma_.lower()
        if token.pos_ == "PRON" or low in PRONOUNS:
            before = _before(token)
            if before is None:
                continue
            words, head = phrase(before), phrase(before).index(before)
        whom = names.means([w.text for w in words], [w.lemma_.lower() for w in words], head)
        start, end = words[0].idx, words[-1].idx + len(words[-1])
        text = token.doc.text[start:end]
        named = words[head].ent_type_ in PEOPLE or words[head].pos_ == "PROPN"
        if not (whom.country or whom.sectors or named) or words[head].ent_type_ in ("DATE", "TIME"):
            continue
        yield {
            "span": [start, end, text], "name": text, "country": whom.country,
            "sectors": list(whom.sectors),
        }  # fmt: skip


def phrase(token: Token) -> list[Token]:
    """Return the words of a token's phrase: before it, and "of" phrases after it."""
    out = [token]
    for child in token.children:
        links = ("of", "in", "for") if token.pos_ == "PROPN" else ("of", "in")
        short = child.dep_ == "prep" and child.lower_ in links and child.i > token.i
        if child.dep_ not in CUT or short:
            out += [w for w in child.subtree if w.dep_ not in ("punct", "relcl", "appos")]
    kept = sorted(set(out), key=lambda w: w.i)
    return [w for w in kept if w.dep_ != "det" or w.i > kept[0].i] or [token]


def _before(token: Token) -> Token | None:
    """Return the last person or body that was a subject before a pronoun."""
    plural = token.lemma_.lower() in ("they", "them", "their")
    for other in reversed(token.doc[: token.i]):
        if other.dep_ in ("nsubj", "nsubjpass") and other.pos_ in ("PROPN", "NOUN"):
            person = other.ent_type_ == "PERSON" or other.pos_ == "PROPN"
            if plural or person:
                return other
    return None


def fill(
    document: Document, claims: Mapping[int, Claim], words: Mapping[str, Any], names: Names,
    published: str | None,
) -> None:  # fmt: skip
    """Fill the claims of a document, by token, with all but type, words and participants."""
    reporting = set(words["reporting"]["verbs"])
    for at, claim in claims.items():
        token = document[at]
        claim["attribution"] = list(_speakers(token, reporting, claims, names))
        claim["modality"], claim["content_of"] = _modality(token, claims, words["modality"])
        claim["condition"] = _condition(token)
        if claim["condition"] and claim["modality"] in ("actual", "future"):
            claim["modality"] = "conditional"
        claim["date"] = _day(token, published)
        claim["place"] = _place(token, names)
        _toll(token, claim)
    for at, claim in claims.items():
        _joined(document[at], claim, claims)
        country = (claim["place"] or {}).get("country")
        for one in [*claim["actors"], *claim["recipients"]]:
            if one["country"] is None and set(one["sectors"]) & set(UNNAMED):
                one["country"] = country or names.usual()


def _speakers(
    token: Token, reporting: set[str], claims: Mapping[int, Claim], names: Names
) -> Iterator[dict[str, Any]]:
    """Yield those by whose word a claim stands, outermost first."""
    found: list[Token] = []
    at = token
    while at.head.i != at.i:
        above = at.head
        inside = at.dep_ in ("ccomp", "xcomp", "advcl", "parataxis")
        if above.lemma_.lower() in reporting and inside and above.i not in claims:
            found += [c for c in above.children if c.dep_ in ("nsubj", "agent")][:1]
        at = above
    for word in token.sent:
        if word.lower_ == "according":
            to = [c for c in word.children if c.lower_ == "to"]
            found += [p for c in to for p in c.children if p.dep_ == "pobj"][:1]
    yield from participants(list(reversed(found)), names)


def _modality(
    token: Token, claims: Mapping[int, Claim], cues: Mapping[str, Sequence[str]]
) -> tuple[str, str | None]:
    """Return how real a claim is, and the claim whose content it is."""
    children = list(token.children)
    if any(c.dep_ == "neg" or (c.dep_ == "det" and c.lower_ == "no") for c in children):
        return "negated", None
    above = token.head
    for _ in range(3):
        asks = claims.get(above.i)
        if asks and asks["type"] in ASKS and above.i != token.i and _hangs(token, above):
            return ASKS[asks["type"]], asks.get("id")
        lemma = above.lemma_.lower()
        if above.i != token.i:
            for cue, said in (
                ("planned", "future"), ("asked", "requested"), ("feared", "possible"),
                ("refused", "negated"),
            ):  # fmt: skip
                if lemma in cues[cue] and _hangs(token, above):
                    return said, None
        above = above.head
    helps = {c.lower_ for c in children if c.dep_ == "aux"}
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in children):
        return "possible", None
    if helps & set(cues["future"]):
        return "future", None
    return ("possible", None) if helps & set(cues["possible"]) else ("actual", None)


def _hangs(token: Token, above: Token) -> bool:
    """Tell whether a token is said inside what another verb or noun governs, not beside it."""
    at = token
    while at.i not in (above.i, at.head.i):
        if (
            at.dep_ in ("nsubj", "nsubjpass", "conj", "relcl", "appos", "agent")
            and at.head.i == above.i
        ):
            return False
        at = at.head
    return bool(at.i == above.i)


def _condition(token: Token) -> dict[str, Any] | None:
    for child in token.children:
        if child.dep_ == "advcl":
            marks = [c.lower_ for c in child.children if c.dep_ == "mark"]
            if "if" in marks or "unless" in marks:
                part = list(child.subtree)
                start, end = part[0].idx, part[-1].idx + len(part[-1])
                return {"span": [start, end, token.doc.text[start:end]]}
    return None


def _near(token: Token, kinds: Sequence[str]) -> Iterator[Any]:
    """Yield the named stretches of a kind in a token's clause, nearest first."""
    below = set(token.subtree)
    verb = token if token.pos_ == "VERB" else token.head
    around = below | {w for c in verb.children if c.dep_ in ("prep", "npadvmod", "advmod")
                      for w in c.subtree}  # fmt: skip
    found = [e for e in token.sent.ents if e.label_ in kinds and e.root in around]
    yield from sorted(found, key=lambda e: abs(e.root.i - token.i))


def _day(token: Token, published: str | None) -> dict[str, Any] | None:
    import dateparser  # type: ignore[import-untyped]  # noqa: PLC0415

    base = datetime.fromisoformat(published) if published else None
    for found in _near(token, ("DATE", "TIME")):
        text = re.sub(r"\b(last|early|late|mid|the)\b", "", found.text, flags=re.IGNORECASE).strip()
        if base is None and not re.search(r"\d{4}", text):
            continue
        settings: dict[str, Any] = {"PREFER_DATES_FROM": "past", "PREFER_DAY_OF_MONTH": "first"}
        if base:
            settings["RELATIVE_BASE"] = base
        day = dateparser.parse(text, languages=["en"], settings=settings)
        if day and 1900 < day.year < 2100:
            on = date(day.year, day.month, day.day).isoformat()
            span = [found.start_char, found.end_char, found.text]
            return {"start": on, "end": on, "span": span}
    return None


def _place(token: Token, names: Names) -> dict[str, Any] | None:
    for found in _near(token, ("GPE", "LOC", "FAC")):
        if found.root.dep_ == "pobj" and found.root.head.lower_ in WHERE:
            span = [found.start_char, found.end_char, found.text]
            words = [w.text for w in found if w.lower_ != "the"]
            return {"span": span, "name": found.text, "country": names.place(words)}
    return None


def _toll(token: Token, claim: Claim) -> None:
    field = TOLLS.get(token.lemma_.lower())
    if not field:
        return
    for child in token.children:
        if child.dep_ in ("nsubjpass", "dobj") or (token.lemma_ == "die" and child.dep_ == "nsubj"):
            number = next((_number(c) for c in child.children if c.dep_ in ("nummod", "det")), None)
            number = number or _number(child)
            if number:
                claim[field] = list(number)


def _number(token: Token) -> tuple[int, int | None] | None:
    lemma = token.lemma_.lower()
    if lemma in VAGUE and token.tag_ == "NNS":
        return VAGUE[lemma]
    text = token.text.replace(",", "").lower()
    value = int(text) if text.isdigit() else NUMBERS.get(text)
    if not value:
        return None
    before = " ".join(w.lower_ for w in token.doc[max(0, token.i - 2) : token.i])
    return (value, None) if re.search(r"at least|more than", before) else (value, value)


def _joined(token: Token, claim: Claim, claims: Mapping[int, Claim]) -> None:
    """Let a casualty verb and the attack noun in its clause be one claim, the noun its trigger."""
    if token.lemma_.lower() not in TOLLS or claim["type"] != "ASSAULT":
        return
    for child in token.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("in", "by", "during"):
            for noun in child.children:
                other = claims.get(noun.i)
                if other and other["type"] == "ASSAULT":
                    other["recipients"] = other["recipients"] or claim["recipients"]
                    other["date"] = other["date"] or claim["date"]
                    other["place"] = other["place"] or claim["place"]
                    for field in set(TOLLS.values()):
                        if field in claim:
                            other[field] = claim[field]
                    claim["dropped"] = True


__all__ = ["Whom", "fill", "participants", "phrase"]
