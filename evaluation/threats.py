"""The threat ledger against the plan of the example world, day by day; or a ledger to read.

    python -m evaluation.threats [CODED.jsonl] [--world examples]
    python -m evaluation.threats CODED.jsonl --read DAY

The first compares threads, kinds, deadlines and the calendar with the plan, and looks for the traps
in it. The second prints the ledger of other articles as it stood on a day. A coded file holds one
`Coded` record a line; without one the examples are coded anew.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tocsin.base.text import fold
from tocsin.fusion.fuse import fuse
from tocsin.fusion.lifecycle import closed, due, moved, passed
from tocsin.fusion.threats import Rules, ledger
from tocsin.fusion.told import Told
from tocsin.records.article import Article
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.records.event import Event
from tocsin.records.relation import Relation
from tocsin.records.threat import Threat
from tocsin.records.wire import load

Row = Mapping[str, Any]
# What a claim does that makes or keeps a threat; recalling one is no trap.
_MAKING = frozenset({"issues", "restates", "extends", "revises"})
_EMPTY = frozenset(["the", "a", "an", "of", "in", "and", "to", "by", "or", "not", "for", "do"])
# The plan calls every demand with a deadline an ultimatum; the ledger tells those with a cost.
_KIN = frozenset({"ultimatum", "compellent", "demand"})


@dataclass(frozen=True, slots=True)
class World:
    """Articles as the ledger takes them; `docs` names each as the plan does."""

    events: tuple[Event, ...]
    told: Mapping[str, Told]
    docs: Mapping[str, str]
    relations: tuple[Relation, ...]


def world(codings: Sequence[Coded]) -> World:
    """Return what coded articles come to."""
    found = fuse(codings)
    docs = {one.article.id: one.article.doc for one in codings}
    relations = tuple(relation for one in codings for relation in one.relations)
    return World(found.events, found.told, docs, relations)


def on(found: World, day: date, auto: float | None = None) -> tuple[Threat, ...]:
    """Return the ledger of a day."""
    rules = Rules(auto=auto)
    return ledger(found.events, found.told, day, rules=rules, relations=found.relations)


def matched(plan: Sequence[Row], rows: Sequence[Threat], found: World) -> dict[str, Threat]:
    """Return the threat that the ledger has for each planned one, by articles and words."""
    scores = sorted(
        (
            (-_likeness(one, row, found), one["id"], at)
            for one in plan
            for at, row in enumerate(rows)
        ),
    )
    pairs: dict[str, Threat] = {}
    taken: set[int] = set()
    for score, name, at in scores:
        if score < -0.2 and name not in pairs and at not in taken:
            pairs[name] = rows[at]
            taken.add(at)
    return pairs


def calendar(rows: Sequence[Threat], day: date) -> dict[str, list[Threat]]:
    """Return what is due within a week, past its deadline, moved or closed on a day."""
    return {
        "due": [row for row in rows if due(row, day)],
        "passed": [row for row in rows if passed(row, day)],
        "moved": [row for row in rows if moved(row) and not closed(row)],
        "closed": [row for row in rows if closed(row)],
    }


def compare(plan: Row, found: World, auto: float | None) -> None:
    """Print the plan beside the ledger."""
    last = max(row.day for row in found.told.values() if row.day)
    rows = on(found, last, auto)
    pairs = matched(plan["threats"], rows, found)
    print(f"{'planned':26}{'kind':14}{'found as':17}{'deadline':12}{'found':24}articles  outcome")
    for one in plan["threats"]:
        print(_line(one, pairs.get(one["id"]), found))
    extra = [row for row in rows if row not in pairs.values()]
    print(f"\n{len(pairs)} of {len(plan['threats'])} planned threads found; {len(extra)} others:")
    for row in extra:
        print(f"  {row.kind}: {row.title} [{', '.join(sorted(_docs(row, found)))}]")
    print("\ntraps")
    for trap in plan["traps"]:
        if trap["looks_like"] in ("threat", "ultimatum"):
            print(f"  {trap['article']:28}{trap['is']:42}{_trapped(trap, rows, found)}")
    print("\ncalendar")
    names = {row.id: name for name, row in pairs.items()}
    for entry in plan["calendar"]:
        day = entry["day"]
        then = on(found, day, auto)
        for field, kept in calendar(then, day).items():
            got = {names.get(row.id, row.title) for row in kept}
            want = set(entry[field])
            if got or want:
                print(f"  {day} {field:7}{'ok ' if got == want else '-- '}", end="")
                print(f"missing {sorted(want - got)} " if want - got else "", end="")
                print(f"added {sorted(got - want)}" if got - want else "")


def read(found: World, day: date) -> None:
    """Print the ledger of a day with the words behind each row."""
    for at, row in enumerate(on(found, day), 1):
        claim = found.told[row.utterances[0].claim].claim
        print(f"{at:3} {row.kind}, {row.status}: {row.title}")
        print(f"    issued {row.issued}, {len(row.utterances)} claims, {row.independent} origins")
        print(f"    {' '.join(claim.sentence.quote.split())}")


def main() -> None:
    """Compare with the plan, or print a ledger."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("coded", type=Path, nargs="?", help="coded articles, one a line")
    parser.add_argument("--world", type=Path, default=Path("examples"), help="the example world")
    parser.add_argument("--read", type=date.fromisoformat, help="print the ledger of this day")
    parser.add_argument("--auto", type=float, help="take outcomes that score as much as settled")
    options = parser.parse_args()
    found = world(list(_codings(options.coded, options.world)))
    if options.read:
        read(found, options.read)
        return
    plan = yaml.safe_load((options.world / "world.yml").read_text(encoding="utf-8"))
    compare(plan, found, options.auto)


def _codings(path: Path | None, folder: Path) -> Iterable[Coded]:
    if path is not None:
        with path.open(encoding="utf-8") as lines:
            yield from (load(line, Coded) for line in lines)
        return
    from tocsin.api import open_coder  # noqa: PLC0415
    from tocsin.sources.files import read as articles  # noqa: PLC0415

    coder = open_coder()
    for one in articles([folder / "articles"]):
        if isinstance(one, Article):
            yield coder.code(one)


def _likeness(one: Row, row: Threat, found: World) -> float:
    """Return how far a planned threat and one of the ledger share articles, words and deadline."""
    mine, theirs = set(one["articles"]), _docs(row, found)
    if not mine & theirs:
        return 0.0
    said = f"{row.title} {' '.join(p.name for p in (*row.issuer, *row.target, *row.by))}"
    asked = f"{one['by']} {one['to']} {one['demand']} {one['cost']}"
    shared = _content(said) & _content(asked)
    same = row.kind == one["kind"] or {row.kind, one["kind"]} <= _KIN
    days = row.deadline is not None and one["deadline"] is not None
    return (
        len(mine & theirs) / len(mine | theirs) + 0.1 * len(shared) + 0.4 * same + 0.3 * days
        if shared or same
        else 0.0
    )


def _content(words: str) -> frozenset[str]:
    return frozenset(fold(words).split()) - _EMPTY


def _docs(row: Threat, found: World) -> set[str]:
    return {found.docs[one.article] for one in row.utterances}


def _line(one: Row, row: Threat | None, found: World) -> str:
    want = str(one["deadline"] or "-")
    if row is None:
        return f"{one['id']:26}{one['kind']:14}{'not found':17}{want:12}"
    first = row.moved_from[0] if row.moved_from else row.deadline
    got = f"{first.start}..{first.end}" if first else "-"
    docs = _docs(row, found)
    kept = len(docs & set(one["articles"]))
    outcome = f"{_shown(one, row, 'target')} {_shown(one, row, 'issuer')}"
    return (
        f"{one['id']:26}{one['kind']:14}{row.kind:17}{want:12}{got:24}"
        f"{kept} of {len(one['articles'])} +{len(docs) - kept}  {outcome}"
    )


def _shown(one: Row, row: Threat, axis: str) -> str:
    """Return whether the planned outcome is settled or suggested."""
    want = one["outcome"][axis]
    if getattr(row.outcome, axis) == want:
        return f"{axis} ok"
    suggested = any(c.axis == axis and c.did == want for c in row.candidates)
    return f"{axis} {'suggested' if suggested else 'none'}"


def _trapped(trap: Row, rows: Sequence[Threat], found: World) -> str:
    """Return the row that a trap came into, if it did."""
    for row in rows:
        for one in row.utterances:
            claim = found.told[one.claim].claim
            named = found.docs[one.article] == trap["article"]
            if named and one.does in _MAKING and _over(trap["quote"], claim):
                return f"IN: {row.title}"
    return "out"


def _over(quote: str, claim: Claim) -> bool:
    """Return whether a claim stands on the words of a trap."""
    words, sentence = fold(quote), fold(claim.sentence.quote)
    return sentence in words or (words in sentence and fold(claim.trigger.quote) in words)


if __name__ == "__main__":
    main()
