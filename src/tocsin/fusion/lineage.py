"""Which of two alike articles was copied from which: each copy gets one parent, a group is a tree.

The earlier one is the parent, unless it credits the later one's outlet. Where that leaves it open,
agencies and who publishes for itself come before outlets that carry what others wrote.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple

from tocsin.fusion.likeness import Likeness, same_outlet
from tocsin.fusion.told import Sources, source_of
from tocsin.records.article import Byline, Moment
from tocsin.records.lineage import Copy, CopyKind

_VERBATIM: Final = 0.7  # of a copy's words that stand in its parent, in runs
_ITSELF: Final = 0.85  # of an article that its own outlet publishes again
_STEPS: Final = 20  # a twentieth more of a text shared is no reason for another parent
# An outlet's day may be that of its last change, so a credit counts against so many days.
_CHANGED: Final = timedelta(days=2)
_BODIES: Final = frozenset({"government", "party", "ngo", "igo", "state"})


class _Link(NamedTuple):
    """A copy and one that can be its parent; `why` says what made it the parent."""

    copy: Byline
    parent: Byline
    likeness: Likeness
    credited: bool
    why: str


def lineage(
    articles: Mapping[str, Byline], likenesses: Sequence[Likeness], sources: Sources
) -> list[Copy]:
    """Return every copy with its parent, sorted by the ids of copies.

    Likenesses that name an unknown article count for nothing. Versions of one article are no
    copies, and an outlet copies itself only where it publishes nearly the same again.
    """
    links: dict[str, list[_Link]] = {}
    for likeness in likenesses:
        link = _link(articles, likeness, sources)
        if link is not None:
            links.setdefault(link.copy.article, []).append(link)
    chosen = {copy: min(some, key=_rank) for copy, some in links.items()}
    return [_copy(chosen[article], sources) for article in sorted(_tree(chosen))]


def _rank(link: _Link) -> tuple[bool, int, tuple[bool, datetime, str]]:
    """Return what parents are chosen by: credits, what is shared, who was first, ids."""
    shared = round(link.likeness.of(link.copy.article) * _STEPS)
    return not link.credited, -shared, _age(link.parent)


def _tree(chosen: Mapping[str, _Link]) -> Iterator[str]:
    """Yield the copies whose parents they may keep: where parents go round, the first is none."""
    done: set[str] = set()
    for start in sorted(chosen):
        path: dict[str, None] = {}
        at = start
        while at in chosen and at not in done and at not in path:
            path[at] = None
            at = chosen[at].parent.article
        root = None
        if at in path:
            ring = list(path)[list(path).index(at) :]
            root = min(ring, key=lambda one: _age(chosen[one].copy))
        done.update(path)
        yield from (one for one in path if one != root)


def _link(articles: Mapping[str, Byline], likeness: Likeness, sources: Sources) -> _Link | None:
    """Return two alike articles as a copy and its parent, if one is a copy of the other."""
    left, right = articles.get(likeness.left), articles.get(likeness.right)
    if left is None or right is None or (left.chain and left.chain == right.chain):
        return None
    itself = same_outlet(left.outlet, right.outlet) or (
        left.source is not None and left.source == right.source
    )
    if itself and max(likeness.shares) < _ITSELF:
        return None
    first, second, why = _order(left, right, likeness, sources)
    return _Link(second, first, likeness, likeness.credited_by(second.article), why)


def _order(
    left: Byline, right: Byline, likeness: Likeness, sources: Sources
) -> tuple[Byline, Byline, str]:
    """Return two articles as parent and copy, with what tells them apart."""
    one, other = likeness.credits
    apart = max(_gap(left, right), _gap(right, left))
    if one != other and apart <= _CHANGED:
        parent, copy = (right, left) if one else (left, right)
        return parent, copy, f"it credits {parent.outlet}"
    if apart > timedelta(0):
        parent, copy = (left, right) if _gap(left, right) > timedelta(0) else (right, left)
        return parent, copy, _since(parent, copy)
    parent, copy = sorted((left, right), key=lambda one: _standing(one, likeness, sources))
    first, second = (_standing(one, likeness, sources) for one in (parent, copy))
    if first[0] < second[0]:
        why = f"{parent.outlet} writes for itself"
    elif first[1] < second[1]:
        why = f"it credits {copy.wire[0]}, as the parent does not"
    elif first[2] < second[2]:
        why = "less of the parent stands in it"
    else:
        why = "the parent is the first by name"
    return parent, copy, f"{why}, and neither is known to be earlier"


def _standing(byline: Byline, likeness: Likeness, sources: Sources) -> tuple[bool, bool, int, str]:
    """Return what comes first where time says nothing: who writes, who has more, whose id."""
    source = source_of(byline, sources)
    writes = source is not None and (source.type == "agency" or source.type in _BODIES)
    shared = round(likeness.of(byline.article) * _STEPS)
    return not writes, bool(byline.wire), shared, byline.article


def _gap(first: Byline, second: Byline) -> timedelta:
    """Return how long before a second article a first one is known to have come out."""
    return _span(second.published)[0] - _span(first.published)[1]


def _since(parent: Byline, copy: Byline) -> str:
    """Return in words by how much an article came out later than another one."""
    if parent.published and copy.published:
        days = (copy.published.day - parent.published.day).days
        if days:
            return f"it came out {days} day{'s' * (days > 1)} later"
    return "it came out later on the same day"


def _age(byline: Byline) -> tuple[bool, datetime, str]:
    """Return what articles are sorted by, the first ones first, undated ones last."""
    return byline.published is None, _span(byline.published)[0], byline.article


def _span(moment: Moment | None) -> tuple[datetime, datetime]:
    """Return the first and last minute that a moment may mean; times without a zone are of UTC."""
    if moment is None:
        return datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    first = last = moment.day
    if moment.precision == "year":
        first, last = date(first.year, 1, 1), date(first.year, 12, 31)
    elif moment.precision == "month":
        first = first.replace(day=1)
        last = first.replace(day=monthrange(first.year, first.month)[1])
    elif moment.clock:
        minute = _minute(moment.day, moment.clock)
        if minute is not None:
            return minute, minute
    return datetime.combine(first, time.min, UTC), datetime.combine(last, time.max, UTC)


def _minute(day: date, clock: str) -> datetime | None:
    """Return a minute, if the clock says one."""
    try:
        minute = datetime.combine(day, time.fromisoformat(clock))
        return minute.astimezone(UTC) if minute.tzinfo else minute.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # no time of day, or one beyond the last year
        return None


def _copy(link: _Link, sources: Sources) -> Copy:
    """Return a link as a record."""
    likeness, copy = link.likeness, link.copy
    share = likeness.of(copy.article)
    agencies = (*likeness.fellows, *copy.wire)
    said = (
        f"{share:.0%} of its words stand in {_named(link.parent)}, {likeness.longest} in one run; "
        f"{link.why}"
    )
    return Copy(
        article=copy.article,
        parent=link.parent.article,
        kind=_kind(link.parent, share, sources),
        share=share,
        runs=likeness.runs_of(copy.article),
        credit=link.parent.outlet if link.credited else next(iter(agencies), None),
        because=said,
    )


def _kind(parent: Byline, share: float, sources: Sources) -> CopyKind:
    source = source_of(parent, sources)
    if source is not None and source.type in _BODIES:
        return "release"
    return "verbatim" if share >= _VERBATIM else "rewrite"


def _named(byline: Byline) -> str:
    """Return an article in words."""
    whose = f"{byline.outlet}'s " if byline.outlet else ""
    return f"{whose}“{byline.title}”" if byline.title else f"{whose}article {byline.article}"
