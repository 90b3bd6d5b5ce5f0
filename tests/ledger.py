"""What a visitor of the small world must have in the end, told from its script alone.

The visitor comes to each feed at its interval, more rarely while it fails; it reads the page of an
entry that is new or changed, and of every other once in each hour for two days after its last
change. Nothing here knows how the readers do it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from tests.channels import Channel, channels, plan
from tests.script import START, WEEK, Stage, Story
from tests.world import down

HALF = timedelta(minutes=30)
HOUR, DAY, YOUNG = timedelta(hours=1), timedelta(days=1), timedelta(days=2)
_DOUBTED = ("epoch", "coming", "numeric")


@dataclass(frozen=True, slots=True)
class Call:
    """A visit of a feed: when, and whether it could be read."""

    at: datetime
    read: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """A text of a story as a visitor met it, and the text that the same feed had before."""

    at: datetime
    address: str
    before: str | None
    stage: Stage
    text: str
    day: date | None
    part: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A version that must be in the store, with the state of its article."""

    text: str
    change: str
    notice: str | None
    state: str
    day: date | None


@dataclass(slots=True)
class Truth:
    """All that must be there: versions by chain, feeds by address, troubles, requests."""

    chains: dict[str, list[Step]] = field(default_factory=dict)
    feeds: dict[str, tuple[str, str]] = field(default_factory=dict)
    issues: set[tuple[str, str | int]] = field(default_factory=set)
    asked: Counter[int] = field(default_factory=Counter)
    visits: Counter[str] = field(default_factory=Counter)


def truth() -> Truth:
    """Return what a week of visits every half hour must end with."""
    made = Truth()
    sights: list[Sight] = []
    for channel in channels():
        calls = list(_calls(channel, made))
        known = {
            s.number: s for name in channel.sections for s in plan().stories[channel.site, name]
        }
        lists = {c.at: plan().body(channel, c.at)[1] for c in calls if c.read}
        listed = {at: {story.number for story in found} for at, found in lists.items()}
        for story in known.values():
            sights += _Reader(channel, story, made).follow(calls, listed)
    for sight in sorted(sights, key=lambda s: s.at):  # feeds stay in the order of the registry
        steps = made.chains.setdefault(f"url {sight.address}", [])
        if _put(steps, sight) and sight.before:  # the chains of other addresses go on with it
            others = [c for c in made.chains.values() if c is not steps]
            for other in (c for c in others if c[-1].text == sight.before):
                _put(other, sight)
    for steps in made.chains.values():
        _settle(steps)
    return made


def ticks() -> Iterator[datetime]:
    """Yield the moments at which the visitor looks what is due."""
    return (START + n * HALF for n in range(WEEK // HALF))


def _put(steps: list[Step], sight: Sight) -> bool:
    """Add the version that a sight is, unless it says what the one before says, or a part of it.

    Return whether it is the last one now.
    """
    notice = sight.stage.notice
    words = notice[1] if notice else None
    before = steps[-1] if steps else None
    if before and before.text == sight.text:
        steps[-1] = replace(before, day=before.day or sight.day)
        return True
    if before and sight.part and len(before.text) > len(sight.text):
        return False
    change = "edit" if before else "first"
    stays = before and before.change == "retraction"
    if notice and before and (words != before.notice or (stays and notice[0] == "retraction")):
        change = notice[0]
    steps.append(Step(sight.text, change, words, "live", sight.day))
    return True


def _settle(steps: list[Step]) -> None:
    """Set the states of articles, and leave notices to the versions that brought them."""
    last = steps[-1]
    days: dict[str, date | None] = {}
    for n, step in enumerate(steps):
        state = "retracted" if last.change == "retraction" else "live"
        state = state if step.text == last.text else "old"
        told = step.change in ("correction", "retraction")
        day = days.setdefault(step.text, step.day)
        steps[n] = Step(step.text, step.change, step.notice if told else None, state, day)


def _calls(channel: Channel, made: Truth) -> Iterator[Call]:
    """Yield the visits of a feed, and enter how it ends."""
    due: datetime | None = START
    failures, body, health, reason = 0, b"", "new", ""
    for now in ticks():
        if due is None or now < due:
            continue
        trouble, asked = _trouble(channel, now)
        made.visits[channel.url] += asked
        was, due = health, now + timedelta(minutes=channel.minutes)
        if trouble == "gone":
            health, due = "gone", None
            reason = f"removed for good ({channel.site}.example answered 410: removed for good); "
            reason += "not visited again until somebody revives it"
        elif trouble == "barred":
            health, due = "skipped", now + DAY
            reason = f"not fetched: robots.txt of {channel.site}.example forbids /barred.xml"
        elif trouble:
            failures += 1
            health, reason = "failed", f"no usable answer, {_times(failures)}: {trouble}"
            due = now + min(DAY, timedelta(minutes=channel.minutes) * 2 ** (failures - 1))
        else:
            found, _ = plan().body(channel, now)
            same, body = found == body, found
            if channel.within("cut", now):
                made.issues.add(("bad-feed", channel.url))
            failures = failures if same else 0
            health, reason = _answered(channel, now, was, failures, same=same)
            if was != "moved" and health == "moved":
                made.visits[channel.url] += 1  # the old address and the new one
        if health != was and health in ("failed", "gone", "moved"):
            made.issues.add((f"feed-{health}", channel.url))
        yield Call(now, not trouble)
    made.feeds[channel.url] = health, reason


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times in a row"


def _trouble(channel: Channel, now: datetime) -> tuple[str, int]:
    """Return what is wrong with a feed, nothing where it answers; and how often it is asked."""
    host = f"{channel.site}.example"
    if channel.section == "barred":
        return "barred", 0
    if down(channel.site, now):
        return f"robots.txt of {host} cannot be read", 0
    if channel.since("gone", now):
        return "gone", 1
    faults = {
        "down": f"{host} answered 500 twice",
        "reset": f"{host} broke off",
        "stalled": f"{host} kept silent",
    }
    found = next((why for trait, why in faults.items() if channel.within(trait, now)), "")
    if channel.form == "json" and channel.within("cut", now):
        return "no JSON", 1
    return found, 2 if found else 1


def _answered(
    channel: Channel, now: datetime, was: str, failures: int, *, same: bool
) -> tuple[str, str]:
    count = len(plan().listed(channel, now))
    count += len(plan().listed(channel, now)[::3]) if channel.has("doubled") else 0
    health, reason = "ok", f"read, {count} {'entry' if count == 1 else 'entries'}"
    if same and was != "empty":
        health, reason = "unchanged", "nothing new since the last visit"
        if failures:
            reason += f"; no content has come since it failed ({failures} in a row)"
    elif count == 0:
        still = "still " if same else ""
        health, reason = "empty", f"{still}a valid feed without a single entry"
    if channel.since("moved", now):
        health = "moved"
        reason = f"moved for good to {channel.new}, change its address in the registry; {reason}"
    return health, reason


@dataclass(slots=True)
class _Reader:
    """One story followed through one feed."""

    channel: Channel
    story: Story
    made: Truth
    mark: tuple[object, ...] | None = None  # what the feed said of it when it was last dealt with
    text: str | None = None
    day: date | None = None
    at: datetime = START  # when it was new or changed last
    live: bool = False  # whether its page is asked again
    waiting: bool = False

    def follow(self, calls: Sequence[Call], listed: dict[datetime, set[int]]) -> Iterator[Sight]:
        """Yield the texts that are met."""
        before = START
        for call in calls:
            if call.read:
                there = self.story.number in listed[call.at]
                yield from self._visit(call.at, before, there=there)
            before = call.at

    def _visit(self, now: datetime, before: datetime, *, there: bool) -> Iterator[Sight]:
        said = self._said(now) if there else None
        fresh = said is not None and said != self.mark
        if fresh and self.story.fate == "sport":
            self._note("filtered")
            self.mark = said
        elif fresh and self.channel.has("full"):
            self._doubt()
            self.mark = said
            stage = self.story.said(now)
            yield from self._sight(now, stage, stage.text, there=there)
        elif self.story.fate == "sport" or self.channel.has("full"):
            return
        elif self.waiting and there and not fresh and now - self.at >= YOUNG:
            self._note("given-up")
            self.waiting = self.live = False
        elif fresh or self._due(now, before, there=there):
            if fresh:
                self._doubt()
                self._renamed(now, before, said)
            yield from self._ask(now, said, fresh=fresh)

    def _renamed(self, now: datetime, before: datetime, said: tuple[object, ...] | None) -> None:
        """Take what has another address in a sitemap for new, since it is known by nothing else."""
        if said and self.mark and self.channel.form == "sitemap" and said[0] != self.mark[0]:
            self.made.asked[self.story.number] += self._due(now, before, there=False)
            self.text = None

    def _due(self, now: datetime, before: datetime, *, there: bool) -> bool:
        if not (self.live or self.waiting) or now - self.at >= YOUNG:
            return False
        ages = now - self.at, max(before, self.at) - self.at
        if self.waiting and (there or self.text is None):
            first, second = ((2 * age // HOUR).bit_length() for age in ages)
            return first > second
        return ages[0] // HOUR > ages[1] // HOUR

    def _ask(
        self, now: datetime, said: tuple[object, ...] | None, *, fresh: bool
    ) -> Iterator[Sight]:
        stage = self.story.stage(now)
        secret = self.story.fate == "secret"
        self.made.asked[self.story.number] += 0 if secret else 2 if stage.shown == "down" else 1
        if stage.shown in ("whole", "part") and not secret:
            self.mark = said or self.mark
            self.waiting, self.live = False, True
            yield from self._sight(now, stage, stage.text, there=said is not None)
        elif fresh or (self.waiting and said is not None):
            yield from self._lost(now, stage, said, fresh=fresh)
        elif stage.shown in ("gone", "lost") and not secret:
            self._note("removed")
            self.live = self.waiting = False

    def _lost(
        self, now: datetime, stage: Stage, said: tuple[object, ...] | None, *, fresh: bool
    ) -> Iterator[Sight]:
        """Take what the feed says where a page is gone, or still away at the second time."""
        lasting = stage.shown == "gone" and self.story.fate != "secret"
        if fresh:
            self._note("not-fetched")
            self.at = now
        self.mark, self.waiting, self.live = said, not lasting, False
        line = plan().line(self.channel, self.story, now)
        if (lasting or not fresh) and self.text is None and self.channel.form != "sitemap":
            kept = self.at
            text = f"{line.title}\n\n{line.summary}"
            yield from self._sight(now, stage, text, there=True, feed=True)
            self.at = kept

    def _sight(
        self, now: datetime, stage: Stage, text: str, *, there: bool, feed: bool = False
    ) -> Iterator[Sight]:
        if text == self.text:
            return
        part = stage.shown == "part" or feed
        if self.text and part and len(self.text) > len(text):
            self._note("behind-wall")
            self.live = False
            return
        before, self.text, self.at = self.text, text, now
        whole = self.channel.has("full")
        page = None if feed or whole or self.story.fate == "misdated" else self.story.day(now)
        self.day = page or (self._printed(now) if there else self.day)
        told = {
            "teaser": part,
            "undated": self.day is None,
            "bad-date": self.story.fate == "misdated" and not (feed or whole),
            "two-dates": self.story.fate == "swapped" and not (feed or whole),
            "bad-encoding": self.story.fate == "latin" and not (feed or whole),
        }
        for code in (code for code, is_so in told.items() if is_so):
            self._note(code)
        line = plan().line(self.channel, self.story, now).url.partition("?")[0]
        own = f"http://{self.story.site}.example{self.story.path(now)}"
        address = line if feed else own
        yield Sight(now, address, before, stage, text, self.day, part)

    def _said(self, now: datetime) -> tuple[object, ...]:
        """Return what a feed says that matters: not days of publication, not who counts readers."""
        line = plan().line(self.channel, self.story, now)
        updated = None if line.content else line.updated
        summary = "" if self.channel.form == "sitemap" else line.summary
        return line.url.partition("?")[0], line.title, summary, line.content, updated

    def _printed(self, now: datetime) -> date | None:
        """Return the day that the feed gives, the last change's where it has none."""
        line = plan().line(self.channel, self.story, now)
        if isinstance(line.published, datetime) and self.story.fate not in _DOUBTED:
            return line.published.date()
        return line.updated.date() if line.updated and self.channel.form != "sitemap" else None

    def _doubt(self) -> None:
        if self.story.fate in _DOUBTED:
            self._note("bad-date")

    def _note(self, code: str) -> None:
        self.made.issues.add((code, self.story.number))
