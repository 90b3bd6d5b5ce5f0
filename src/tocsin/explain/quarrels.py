"""What the claims of an event disagree about, and how they stand to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tocsin.explain.lines import Line, Numbers, claims
from tocsin.explain.wording import bracket, joined
from tocsin.records.event import Edge, EdgeKind, Event, Held

# How one claim stands to another, and how several do.
VERBS: Mapping[EdgeKind, tuple[str, str]] = {
    "denies": ("denies", "deny"),
    "confirms": ("confirms", "confirm"),
    "retracts": ("takes back", "take back"),
    "contradicts": ("contradicts", "contradict"),
    "updates": ("updates", "update"),
    "refines": ("is more exact than", "are more exact than"),
    "takes_responsibility": ("takes responsibility for", "take responsibility for"),
    "blames": ("lays blame for", "lay blame for"),
    "content_of": ("is the content of", "are the content of"),
    "answers": ("answers", "answer"),
}
TITLES = {
    "numeric": "how many", "place": "where", "actor": "who", "recipient": "to whom",
    "occurrence": "whether it happened", "time": "when", "outcome": "what came of it",
}  # fmt: skip


def disputes(event: Event, numbers: Numbers) -> Iterator[Line]:
    """Yield each dispute with its sides under it: who says so, in which claims."""
    names = {origin.id: origin.name for origin in event.origins}
    for one in event.disputes:
        topic = f"{one.slot}: " if one.kind == "numeric" and one.slot not in one.because else ""
        title = "who did it" if one.slot == "responsibility" else TITLES[one.kind]
        yield Line(f"{title}: {topic}{one.because}", about=_ids(one.sides))
        for side in one.sides:
            yield Line(_side(side, names, numbers), depth=1, about=side.claims)


def edges(event: Event, numbers: Numbers, elsewhere: Mapping[str, str]) -> Iterator[Line]:
    """Yield how claims stand to each other, those that stand alike together.

    `elsewhere` says what claims of other events are, by their ids.
    """
    groups: dict[tuple[str, str, str], list[Edge]] = {}
    for one in event.edges:
        outside = "" if one.other in numbers else one.other
        groups.setdefault((one.kind, one.because, outside), []).append(one)
    for (_, because, outside), mine in groups.items():
        first = dict.fromkeys(edge.claim for edge in mine)
        second = tuple(dict.fromkeys(edge.other for edge in mine))
        verb = VERBS[mine[0].kind][len(first) > 1]
        other = elsewhere.get(outside, outside) if outside else claims(second, numbers)
        said = f": {because}" if because else ""
        words = f"{claims(first, numbers)} {verb} {other}{said}"
        yield Line(words, about=(*first, *second))


def _ids(sides: Sequence[Held]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for side in sides for name in side.claims))


def _side(side: Held, names: Mapping[str, str], numbers: Numbers) -> str:
    told = list(dict.fromkeys(names[name] for name in side.origins if name in names))
    return (
        f"{side.name}{bracket(claims(side.claims, numbers), 'by ' + joined(told) if told else '')}"
    )
