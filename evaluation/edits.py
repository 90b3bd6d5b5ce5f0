"""Articles edited as desks edit what an agency sends: cut, moved about, headed and worded anew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# What may stand for what, either way; a desk's own words, its names for people, and its spelling.
_WORDS = (
    ("said", "told reporters"), ("killed", "left dead"), ("wounded", "injured"),
    ("people", "persons"), ("attack", "assault"), ("attacks", "assaults"), ("area", "district"),
    ("town", "township"), ("according to", "as stated by"), ("also", "as well"),
    ("began", "started"), ("at least", "no fewer than"), ("more than", "over"),
    ("around", "about"), ("near", "close to"), ("fighting", "combat"), ("rebels", "insurgents"),
    ("rebel", "insurgent"), ("government", "authorities"), ("soldiers", "troops"),
    ("officials", "authorities"), ("official", "functionary"), ("air strikes", "bombing raids"),
    ("airstrikes", "air raids"), ("strike", "raid"), ("strikes", "raids"), ("war", "conflict"),
    ("city", "metropolis"), ("several", "a number of"), ("however", "but"), ("because", "since"),
    ("after", "following"), ("before", "ahead of"), ("children", "minors"), ("many", "numerous"),
    ("asked", "requested"), ("called for", "demanded"), ("meeting", "gathering"),
    ("statement", "communique"), ("group", "organisation"), ("groups", "factions"),
    ("support", "backing"), ("leader", "chief"), ("leaders", "chiefs"), ("hit", "struck"),
    ("last week", "the previous week"), ("last month", "the previous month"),
    ("later", "afterwards"),
    ("would", "was to"), ("must", "has to"), ("help", "assistance"), ("country", "nation"),
    ("including", "among them"), ("while", "as"), ("very", "extremely"), ("a lot of", "much"),
)  # fmt: skip
_NAMES = (
    ("Islamic State", "Isis"), ("ISIL", "Daesh"), ("United States", "US"), ("U.S.", "American"),
    ("United Nations", "UN"), ("U.N.", "United Nations"), ("Prime Minister", "premier"),
    ("President", "head of state"), ("Foreign Minister", "Britain's top diplomat"),
    ("Syrian Observatory for Human Rights", "SOHR"), ("European Union", "EU"),
    ("Bashar al-Assad", "Assad"), ("Benjamin Netanyahu", "Mr Netanyahu"),
    ("Donald Trump", "Mr Trump"), ("Security Council", "council"), ("Hezbollah", "Hizbullah"),
    ("al-Qaeda", "Al Qaida"), ("Washington", "the Americans"), ("Moscow", "the Kremlin"),
)  # fmt: skip
_SPELLINGS = (
    ("centre", "center"), ("defence", "defense"), ("neighbour", "neighbor"), ("colour", "color"),
    ("labour", "labor"), ("organis", "organiz"), ("recognis", "recogniz"), ("metre", "meter"),
    ("programme", "program"), ("travell", "travel"), ("percent", "per cent"),
)  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?])[\"”]? +(?=[A-Z\"“])")
_SAID = re.compile(r"^([^\"“”]{30,}), ((?:[\w'’-]+ ){1,6}said)([.])$")
_ASIDE = re.compile(r" \([^()]{3,60}\)|, which [^,.\"“”]{10,80},|, who [^,.\"“”]{10,80},")
_DAY = re.compile(r" on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_BEST, _LEAST = 2, 12  # units a text is cut into at most by its paragraphs, and words of one


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly a text is edited: what part of its words is kept, and what befalls the rest.

    `worded` is the chance that a phrase of the tables is exchanged, `turned` that a sentence is
    built anew, `moved` the part of the paragraphs that change places, `added` the words brought in
    from elsewhere, as a part of those kept.
    """

    kept: float
    worded: float
    turned: float
    moved: float
    added: float


STRENGTHS = (
    Strength(kept=0.9, worded=0.1, turned=0.05, moved=0.0, added=0.05),
    Strength(kept=0.7, worded=0.25, turned=0.1, moved=0.2, added=0.15),
    Strength(kept=0.5, worded=0.4, turned=0.2, moved=0.4, added=0.3),
    Strength(kept=0.4, worded=0.5, turned=0.25, moved=0.6, added=0.4),
    Strength(kept=0.3, worded=0.6, turned=0.3, moved=0.8, added=0.5),
)


def edited(
    text: str, title: str, strength: Strength, others: Sequence[str], chance: np.random.Generator
) -> str:
    """Return a text edited, under a new headline, with paragraphs of other texts."""
    body = text.removeprefix(title).strip() if title else text
    parts = _cut(units(body), strength.kept, chance)
    kept = sum(len(part.split()) for part in parts)
    parts = [_worded(_turned(part, strength, chance), strength, chance) for part in parts]
    for _ in range(round(strength.moved * len(parts) / 2)):
        one, other = chance.integers(len(parts), size=2)
        parts[one], parts[other] = parts[other], parts[one]
    parts = _added(parts, strength.added * kept, others, chance)
    return "\n\n".join([_headline(parts, chance), *parts])


def units(text: str) -> list[str]:
    """Return the paragraphs of a text, or its sentences by twos where it has none."""
    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    if len(parts) > _BEST:
        return parts
    sentences = _SENTENCE.split(text)
    return [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]


def _cut(parts: Sequence[str], share: float, chance: np.random.Generator) -> list[str]:
    """Return so many of the parts as make the share of words, from the top or from anywhere."""
    wanted = share * sum(len(part.split()) for part in parts)
    order = np.arange(len(parts)) if chance.random() < 0.5 else chance.permutation(len(parts))
    chosen: dict[int, str] = {}
    for at in order:
        room = round(wanted) - sum(len(part.split()) for part in chosen.values())
        if room <= 0:
            break
        words = parts[at].split(" ")
        # Only what goes over is cut, and the last sentence with it.
        chosen[int(at)] = parts[at] if len(words) <= room else " ".join(words[:room])
    return [chosen[at] for at in sorted(chosen)]


def _turned(part: str, strength: Strength, chance: np.random.Generator) -> str:
    """Return a paragraph with some of its sentences built in another way."""
    made = []
    for sentence in _SENTENCE.split(part):
        if chance.random() >= strength.turned:
            made.append(sentence)
            continue
        turned = _DAY.sub("", _ASIDE.sub("", sentence))
        match = _SAID.match(turned)
        if match:
            start = match[2][:1].upper() + match[2][1:]
            turned = f"{start} that {match[1][:1].lower()}{match[1][1:]}{match[3]}"
        made.append(turned)
    return " ".join(made)


def _worded(part: str, strength: Strength, chance: np.random.Generator) -> str:
    """Return a paragraph with other words for some of its words."""
    to_american = chance.random() < 0.5
    for british, american in _SPELLINGS:
        part = part.replace(*((british, american) if to_american else (american, british)))
    for table in (_NAMES, _WORDS):
        for pair in table:
            # The one that is there goes; both ways at once would bring the first one back.
            one, other = pair if pair[0] in part else pair[::-1]
            part = _exchanged(part, one, other, strength.worded, chance)
    return part


def _exchanged(part: str, one: str, other: str, share: float, chance: np.random.Generator) -> str:
    """Return a text with one phrase for another in some of its places."""

    def choice(found: re.Match[str]) -> str:
        return other if chance.random() < share else found[0]

    return re.sub(rf"\b{re.escape(one)}(?!\w)", choice, part)


def _added(
    parts: Sequence[str], words: float, others: Sequence[str], chance: np.random.Generator
) -> list[str]:
    """Return paragraphs with others put among them, of so many words or a few more."""
    made = list(parts)
    while words > _LEAST and others:
        some = units(others[int(chance.integers(len(others)))])
        part = some[int(chance.integers(len(some)))]
        made.insert(int(chance.integers(len(made) + 1)), part)
        words -= len(part.split())
    return made


def _headline(parts: Sequence[str], chance: np.random.Generator) -> str:
    """Return a headline made of words of a paragraph."""
    words = parts[int(chance.integers(len(parts)))].split()
    start = int(chance.integers(max(1, len(words) - 7)))
    return " ".join(word.strip(',."“”').capitalize() for word in words[start : start + 4])
