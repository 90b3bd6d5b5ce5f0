"""Restatements of one threat become one thread.

Claims are taken in the order they were reported, and each joins the thread it fits best or begins
one. So a thread never changes by what is reported later, and threads never merge. Whether two
claims fit depends on the two alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import takewhile

from tocsin.base.text import fold
from tocsin.fusion.cues import cues
from tocsin.fusion.deadlines import Due
from tocsin.fusion.sides import Alike, Allies, Face, face, keys, likeness
from tocsin.fusion.told import order
from tocsin.fusion.uttered import ONE, Uttered
from tocsin.fusion.uttered import old as dated
from tocsin.records.claim import Participant

# A restatement comes within so many days of the last one, what only points at a threat within
# fewer, what looks back within more.
_RESTATED = timedelta(days=45)
_POINTED = timedelta(days=21)
_RECALLED = timedelta(days=400)
# Deadlines of more days than this meet by their words alone.
_SHORT = timedelta(days=3)
# Below this chance two claims are not of one thread.
FLOOR = 0.5
# Most threats are of force: that two are says little.
_COMMON = 0.5
# Kinds that no restatement turns into one another, with those they go with.
_APART = ("warning", "civilian-warning", "promise")
_ASKS = frozenset({"compellent", "ultimatum", "demand", "deadline"})

Pairs = Collection[tuple[str, str]]


def group(
    rows: Iterable[Uttered],
    *,
    allied: Allies = frozenset(),
    same: Pairs = (),
    different: Pairs = (),
) -> list[tuple[Uttered, ...]]:
    """Return the threads, each with the claim that begins it first, the others as they came.

    What fits none and cannot begin one is left out.
    `same` and `different` are pairs of claims, the smaller name first, as analysts judged them.
    """
    threads: list[_Thread] = []
    judged, index, alike = _Judged(same, different), _Index(allied), Alike(allied)
    for row in sorted(rows, key=_turn):
        at = _best(row, threads, index.near(row), judged, alike)
        if at is None and row.founds:
            at = len(threads)
            threads.append(_Thread())
        if at is not None:
            threads[at].take(row)
            index.take(row, at)
    return [tuple(thread.rows) for thread in threads]


class _Thread:
    """The claims of a thread in the order they came, and where to find those that one may fit.

    Founders are the claims that could begin it; only they, and those of a claim's own article, are
    what a claim is measured against. They are kept by who threatens whom.
    """

    def __init__(self) -> None:
        self.rows: list[Uttered] = []
        self.names: set[str] = set()
        self.dues: set[Due] = set()
        self.founders: dict[tuple[Face, Face], _Founders] = {}
        self._met: dict[str, list[Uttered]] = {}

    def take(self, row: Uttered) -> None:
        """Take a claim, which is reported no earlier than those before it."""
        self.rows.append(row)
        self.names |= {row.claim.id, row.event}
        if row.due is not None:
            self.dues.add(row.due)
        self._met.setdefault(row.claim.article, []).append(row)
        if row.founds:
            for name in _names(row):
                self._met.setdefault(name, []).append(row)
            sides = face(row.issuer), face(row.target)
            self.founders.setdefault(sides, _Founders(row.issuer, row.target)).take(row)

    def met(self, *names: str) -> Iterator[Uttered]:
        """Yield the founders of an event or a name, and all claims of an article."""
        for name in names:
            yield from self._met.get(name, ())


@dataclass
class _Founders:
    """The founders of a thread between the same two sides, in the order they came."""

    issuer: Sequence[Participant]
    target: Sequence[Participant]
    rows: list[Uttered] = field(default_factory=list)
    due: list[Uttered] = field(default_factory=list)

    def take(self, row: Uttered) -> None:
        """Take a founder."""
        self.rows.append(row)
        if row.due is not None:
            self.due.append(row)

    def near(self, row: Uttered) -> Iterator[Uttered]:
        """Yield those that a claim may fit, some twice: of all others it is too late for it."""
        reach = row.day - (_RECALLED if row.does in ("recalls", "withdraws") else _RESTATED)
        yield from takewhile(lambda one: one.day >= reach, reversed(self.rows))
        for one in self.due:
            if _running(one, row) or _days(one.due, row.due) == 1.0:
                yield one


class _Index:
    """Threads by what their claims name, so that few need to be looked at.

    A side is named by its country, its entity, its words and its allies; who names nobody may be
    anybody. Claims also meet by event, article and the days of their deadlines.
    """

    def __init__(self, allied: Allies) -> None:
        self.friends: dict[str, set[str]] = {}
        for pair in allied:
            for name in pair:
                self.friends.setdefault(name, set()).update(pair)
        self.threads: dict[tuple[str, str], set[int]] = {}

    def take(self, row: Uttered, at: int) -> None:
        """Take a claim of a thread."""
        for kind, side in (("issuer", row.issuer), ("target", row.target)):
            for name in self._names(side) | (frozenset() if _sure(side) else {""}):
                self.threads.setdefault((kind, name), set()).add(at)
        for name in _met(row):
            self.threads.setdefault(("meets", name), set()).add(at)

    def near(self, row: Uttered) -> list[int]:
        """Return the threads that a claim may be of: both sides may be theirs, or they meet."""
        sides = (("issuer", row.issuer), ("target", row.target))
        sure = [self._found(kind, self._names(side) | {""}) for kind, side in sides if _sure(side)]
        named = [self._found(kind, self._names(side)) for kind, side in sides]
        found = set.intersection(*sure) if sure else set.union(*named)
        return sorted(found | self._found("meets", _met(row)))

    def _found(self, kind: str, names: Iterable[str]) -> set[int]:
        return set().union(*(self.threads.get((kind, name), ()) for name in names))

    def _names(self, side: Sequence[Participant]) -> frozenset[str]:
        own = {one.entity for one in side if one.entity} | {fold(one.name) for one in side}
        return keys(side).union(own, *(self.friends.get(name, ()) for name in own))


def _sure(side: Sequence[Participant]) -> bool:
    """Return whether everybody of a side can be told; who cannot may be anybody."""
    return bool(side) and all(keys([one]) for one in side)


def _met(row: Uttered) -> frozenset[str]:
    """Return where claims meet whoever is in them: event, article, deadline or its length."""
    met = {row.claim.article, *_names(row)}
    if row.due is not None and row.due.end - row.due.start <= _SHORT:
        met |= {row.due.start.isoformat(), row.due.end.isoformat()}
    if row.due is not None and row.due.length is not None:
        met.add(f"{row.due.length} days")
    return frozenset(met)


def _turn(row: Uttered) -> tuple[object, ...]:
    """Return what claims are taken by: of one day those first that say most."""
    sides = bool(row.issuer) + bool(row.target)
    return row.day, not row.founds, row.does == "extends", row.points, -sides, order(row.told)


class _Judged:
    """The claims that analysts held for the same threat as a claim, and for another."""

    def __init__(self, same: Pairs, different: Pairs) -> None:
        self.same, self.different = _partners(same), _partners(different)


def _partners(pairs: Pairs) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {name: frozenset(others) for name, others in found.items()}


def _best(
    row: Uttered, threads: Sequence[_Thread], near: Iterable[int], judged: _Judged, alike: Alike
) -> int | None:
    """Return the thread that a claim fits best, the newest of equal ones."""
    found = []
    for at in near:
        thread = threads[at]
        if thread.names & judged.different.get(row.claim.id, frozenset()):
            continue
        sides = [
            (some, alike(some.issuer, row.issuer), alike(some.target, row.target))
            for some in thread.founders.values()
        ]
        if _strange(row, thread, sides):
            continue
        score = _score(row, thread, sides, judged.same.get(row.claim.id, frozenset()), alike)
        if score >= FLOOR:
            found.append((score, thread.rows[-1].day, at))
    return max(found)[2] if found else None


# The founders of a thread with how far its issuer and its target are a claim's.
_Sides = Sequence[tuple[_Founders, float | None, float | None]]


def _score(
    row: Uttered, thread: _Thread, sides: _Sides, same: Collection[str], alike: Alike
) -> float:
    """Return how well a claim fits a thread: as well as it fits one of its claims."""
    if any(one.claim.id in same for one in thread.met(row.claim.article, *same)):
        return 1.0
    best = max(
        (fit(one, row, alike) for one in thread.met(row.claim.article, *_names(row))), default=0.0
    )
    for some, issuer, target in sides:
        if _apart(issuer, target):
            continue
        for one in some.near(row):
            if best == 1.0:
                return best
            best = max(best, _fit(one, row, issuer, target))
    return best


def _strange(row: Uttered, thread: _Thread, sides: _Sides) -> bool:
    """Return whether most of a thread is between other sides than a claim, if it tells its own.

    One claim that names nobody must not bring together those that name others. A common event or
    the days of a common deadline say more.
    """
    issuers = [(len(some.rows), issuer) for some, issuer, _ in sides]
    targets = [(len(some.rows), target) for some, _, target in sides]
    for told in (issuers, targets):
        strange = sum(count for count, value in told if value == 0.0)
        if strange > sum(count for count, value in told if (value or 0.0) >= ONE):
            meets = any(_days(due, row.due) == 1.0 for due in thread.dues)
            return not meets and row.event not in thread.names
    return False


def fit(old: Uttered, new: Uttered, alike: Alike | None = None) -> float:
    """Return how well a claim fits one before it, from 0 to 1; both as reported, in that order."""
    alike = alike or Alike()
    if _same_as(old, new) or (old.event == new.event and not _clash(old, new)):
        return 1.0
    return _fit(old, new, alike(old.issuer, new.issuer), alike(old.target, new.target))


def _fit(old: Uttered, new: Uttered, issuer: float | None, target: float | None) -> float:
    """Return how well a claim fits one before it of another event, their sides being so alike."""
    if _apart(issuer, target):
        return 0.0
    together = old.claim.article == new.claim.article
    due, words = _days(old.due, new.due), _content(old, new)
    other = due == 0.0 and new.does not in ("extends", "revises") and (words or 0.0) < 0.5
    bare = issuer is None and target is None and not (together or due == 1.0)
    lone = new.kind == "demand" and new.due is None and (
        issuer is None or target is None or not (together or (words or 0.0) >= 0.5)
    )  # fmt: skip
    if other or bare or lone or _clash(old, new):
        return 0.0
    return _weighed(issuer, target, due, words, together=together, points=new.points)


def _apart(issuer: float | None, target: float | None) -> bool:
    """Return whether two claims are known to be between other sides."""
    return any(value is not None and value < ONE for value in (issuer, target))


def _weighed(
    issuer: float | None,
    target: float | None,
    due: float | None,
    words: float | None,
    *,
    together: bool,
    points: bool,
) -> float:
    """Return one value for what is known of a pair.

    What says nothing of its content has to point at a threat, or stand in the same article.
    """
    sides = ((issuer if issuer is not None else 0.4) + (target if target is not None else 0.4)) / 2
    if due == 1.0:
        return 0.4 + sides / 2
    if words is None:
        return 0.35 + sides / 3 if points or together else sides * 0.6
    return sides * 0.6 + words * 0.6 + (0.1 if together else 0.0)


def _clash(old: Uttered, new: Uttered) -> bool:
    """Return whether two claims cannot be of one thread: their kinds, times or third sides."""
    gap = new.day - old.day
    if new.does == "recalls" and dated(new.claim.sentence.quote, old.day):
        return True
    said = _content(old, new) is not None or new.due is not None
    within = (
        (_RECALLED if said else 2 * _RESTATED)
        if new.does in ("recalls", "withdraws")
        else _RESTATED
    )
    if new.points and new.does not in ("recalls", "withdraws") and not new.parts.cost:
        within = _POINTED
    if old.due is not None and not old.founds:
        within = max(within, _RESTATED)
    if gap > within and _days(old.due, new.due) != 1.0 and not _running(old, new):
        return True
    for kind in _APART:
        if (old.kind == kind) != (new.kind == kind) and not new.points:
            return True
    if {old.kind, new.kind} & _ASKS and "deterrent" in (old.kind, new.kind):
        return True
    for one, other in ((old, new), (new, old)):
        limit = other.due is not None or cues().means("limits", other.claim.trigger.quote)
        if one.kind == "deadline" and other.kind != "deadline" and not limit:
            return True
    return likeness(old.by, new.by).value == 0.0


def _running(old: Uttered, new: Uttered) -> bool:
    """Return whether the deadline of the older claim had not passed long before the newer."""
    return old.due is not None and new.day <= old.due.end + _RESTATED


def _names(row: Uttered) -> frozenset[str]:
    """Return the names by which claims are one whatever they say: event and first mention."""
    return frozenset({row.event, row.claim.id, row.claim.same_as or row.claim.id})


def _same_as(old: Uttered, new: Uttered) -> bool:
    names = {old.claim.id, old.claim.same_as}, {new.claim.id, new.claim.same_as}
    return bool((names[0] & names[1]) - {None})


def _days(old: Due | None, new: Due | None) -> float | None:
    """Return 1 where two deadlines have a day in common, or count the same length; 0 if not."""
    if old is None or new is None:
        return None
    if old.start <= new.end and new.start <= old.end:
        return 1.0
    return 1.0 if old.length is not None and old.length == new.length else 0.0


def _content(old: Uttered, new: Uttered) -> float | None:
    """Return how far two claims threaten and ask for the same; None where one does not say."""
    parts = old.parts, new.parts
    kinds = [
        (_COMMON if a == "force" else 1.0) if a == b else 0.0
        for a, b in (
            (parts[0].demand_type, parts[1].demand_type),
            (parts[0].cost_type, parts[1].cost_type),
        )
        if a is not None and b is not None
    ]
    words = None
    if old.words and new.words:
        words = len(old.words & new.words) / min(len(old.words), len(new.words))
    if not kinds and words is None:
        return None
    by_kind = sum(kinds) / len(kinds) if kinds else None
    if by_kind is None or words is None:
        return by_kind if words is None else words
    return 0.4 * by_kind + 0.6 * words
