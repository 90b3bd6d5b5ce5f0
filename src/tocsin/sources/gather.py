"""What one visit gathers: entries made into articles, each fetched where it is new or changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tocsin.base.errors import FetchError, InputError
from tocsin.base.ids import digest
from tocsin.records.article import Article
from tocsin.records.feed import Entry
from tocsin.records.issue import Issue
from tocsin.records.source import Feed, Source
from tocsin.sources import harvest
from tocsin.sources.answers import Getter, Reply, reason, said
from tocsin.sources.fetch import canonical
from tocsin.sources.fields import Spot
from tocsin.sources.filters import wanted
from tocsin.sources.harvest import Backing, Made, Origin
from tocsin.sources.parcel import Parcel

if TYPE_CHECKING:
    from tocsin.records.issue import Severity
    from tocsin.sources.feeds import Item, Listing

YOUNG = timedelta(days=2)  # how long an article is asked for silent edits, a lost page for itself
HOUR = timedelta(hours=1)
PAGES = 100  # that one visit fetches; the others wait for the next
# Reasons for which a page is not asked again, whatever happens; others may pass.
_LASTING = frozenset({"gone", "bad-address", "port", "private"})
Known = Callable[[str], Article | None]


@dataclass(kw_only=True)
class Round:
    """One visit while it lasts.

    `before` is when the feed was visited last. `settled` is false while something that is listed
    waits for another visit, which then needs the whole list again.
    """

    source: Source
    feed: Feed
    place: str
    remembered: Mapping[str, Entry]
    getter: Getter
    now: datetime
    before: datetime | None
    known: Known
    parcels: list[Parcel] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    settled: bool = True
    _asked: int = 0
    _listed: frozenset[str] = frozenset()  # the keys of what the feed lists now
    _readers: dict[str, str] = field(default_factory=dict)  # pages asked, and for which entry
    _away: set[str] = field(default_factory=set)  # pages that may come yet
    _done: set[str] = field(default_factory=set)
    _kept: set[str] = field(default_factory=set)
    _walled: set[str] = field(default_factory=set)  # pages that show less than they did

    @cached_property
    def _pages(self) -> dict[str, Entry]:
        """The entries by the address of their page; most visits ask for none of them."""
        return {canonical(e.url): e for e in self.remembered.values() if e.url}

    def note(
        self,
        code: str,
        severity: Severity,
        message: str,
        place: str | None = None,
        article: str | None = None,
    ) -> None:
        """Record an issue about the feed, or about an entry of it."""
        spot = Spot(self.place, self.place, place[:300] if place else None)
        self.issues.append(spot.issue(code, severity, message, article))

    def take(self, listing: Listing, reply: Reply) -> int:
        """Deal with every entry of a listing; return how many the filters leave out."""
        language = self._language(listing)
        self._listed = frozenset(item.key for item in listing.entries)
        left = 0
        for item in listing.entries:
            try:
                left += self._item(item, language, reply)
            except Exception as error:  # noqa: BLE001 - no entry's fault costs another
                self._failed(item, harvest.mark(item), error)
        return left

    def again(self, listing: Listing | None) -> None:
        """Ask young articles again for silent edits, once in each hour of their age.

        Pages that could not be had are asked again too, ever more rarely.
        """
        items = {item.key: item for item in listing.entries} if listing else {}
        language = self._language(listing)
        for key, entry in self.remembered.items():
            if (
                key in self._done
                or not entry.url
                or not self._due(entry, waiting=not entry.article)
            ):
                continue
            if self._shared(entry):
                continue
            backing = self._backing(entry, items.get(key), language)
            if backing is None or not self._may_ask():
                continue
            try:
                self._page(entry, entry.url, entry.digest, backing)
            except (FetchError, InputError) as error:
                self._unseen(entry, error)
            except Exception as error:  # noqa: BLE001 - no entry's fault costs another
                self.note("bad-entry", "note", said(error), entry.url)

    def _item(self, item: Item, language: str | None, reply: Reply) -> bool:
        """Deal with one entry; return whether the filters leave it out."""
        old = self._before(item)
        mark = harvest.mark(item)
        why = self._unwanted(item, language)
        if why:
            mark = digest("unwanted", mark, why)
            self._done.add(item.key)
            if old is None or old.digest != mark:
                self.note("filtered", "note", f"left out: {why}", item.url or item.key)
                kept = old or Entry(feed=self.feed.url, key=item.key, digest="")
                self._remember(replace(kept, key=item.key, digest=mark, url=None))
            return True
        if old and self._dealt_with(item, old, mark):
            return False
        if old is None or (old.key == item.key and old.digest != _waiting(mark)):
            for doubt in item.doubts:
                self.note("bad-date", "warning", doubt, item.url or item.key)
        self._new(item, old, mark, language, reply)
        return False

    def _dealt_with(self, item: Item, old: Entry, mark: str) -> bool:
        """Return whether nothing is to be done about an entry for now."""
        if old.key == item.key and old.digest == mark:
            return True
        if old.key != item.key:
            if old.key not in self._listed:
                self._remember(replace(old, url=None))  # its page is the new entry's from now on
            if old.digest == mark and not self._due(old, waiting=False):
                self._remember(replace(old, key=item.key))
                return True
        return old.digest == _waiting(mark) and self._waits(item, old, mark)

    def _waits(self, item: Item, old: Entry, mark: str) -> bool:
        """Return whether the page of an entry, which could not be had, is not asked again yet."""
        if old.fetched and self.now - old.fetched >= YOUNG:
            self.note("given-up", "warning", "its page could not be had in two days", old.url)
            self._remember(replace(old, key=item.key, digest=mark, url=None))
            return True
        if self._due(old, waiting=True):
            return False
        self.settled = False
        self._remember(replace(old, key=item.key))
        return True

    def _before(self, item: Item) -> Entry | None:
        """Return what is remembered of an entry, by its key or else by its page."""
        return self.remembered.get(item.key) or self._pages.get(canonical(item.url or "-"))

    def _new(
        self, item: Item, old: Entry | None, mark: str, language: str | None, reply: Reply
    ) -> None:
        """Make an article of an entry: of its own text where that is whole, else of its page."""
        backing = harvest.listed(item, language, self.feed.kind)
        text = harvest.entry_text(item)
        part = harvest.partial(item, text, full=self.feed.full)
        entry = Entry(feed=self.feed.url, key=item.key, digest=mark, fetched=self.now)
        before = old.article if old else None
        if text and (part is None or item.url is None):
            made = self._own(item, text, backing, reply)
            self._remember(replace(entry, article=self._keep(made, before)))
            return
        if item.url is None:
            self.note("no-text", "warning", "neither text nor address; left out", item.key)
            self._remember(entry)
            return
        if self._borrowed(item, item.url, mark) or not self._may_ask():
            return
        asked = replace(old, key=item.key) if old else entry
        try:
            self._page(asked, item.url, mark, backing)
        except (FetchError, InputError) as error:
            # What came before is no worse than the little that the feed says.
            if self._failed(item, mark, error) and text and before is None:
                made = self._own(item, text, backing, reply)
                kept = self.entries.get(item.key) or self.remembered[item.key]
                self._remember(replace(kept, article=self._keep(made, None)))

    def _borrowed(self, item: Item, url: str, mark: str) -> bool:
        """Return whether the page was asked for another entry, and remember the same of this."""
        reader = self._readers.get(canonical(url), item.key)
        found = self.entries.get(reader) or self.remembered.get(reader)
        if reader == item.key or found is None:
            return False
        state = _waiting(mark) if canonical(url) in self._away else mark
        self._remember(replace(found, key=item.key, digest=state))
        return True

    def _own(self, item: Item, text: str, backing: Backing, reply: Reply) -> Made:
        """Return the article that the feed's own text makes."""
        origin = Origin(self.source, self.place, reply)
        return harvest.from_entry(item, text, backing, origin, full=self.feed.full)

    def _page(self, old: Entry, url: str, mark: str, backing: Backing) -> None:
        """Make an article of a page, unless it says what it said before."""
        self._asked += 1
        self._done.add(old.key)
        self._readers[canonical(url)] = old.key
        # What was said of another page says nothing of this one.
        same = old.url is not None and canonical(old.url) == canonical(url)
        etag, modified = (old.etag, old.modified) if same else (None, None)
        reply = self.getter.get(url, etag=etag, modified=modified)
        leads = self._leads_away(old, url, reply)
        if reply.unchanged:
            self._remember(replace(old, digest=mark, url=None if leads else old.url))
            return
        made = harvest.from_page(backing, Origin(self.source, url, reply))
        name = self._keep(made, old.article)
        changed = name != old.article
        entry = Entry(
            feed=self.feed.url,
            key=old.key,
            digest=mark,
            url=None if name is None or leads or url in self._walled else url,
            article=name,
            fetched=self.now if changed or old.fetched is None else old.fetched,
            etag=reply.etag,
            modified=reply.modified,
        )
        self._remember(entry)
        self._pages[canonical(url)] = entry

    def _leads_away(self, old: Entry, url: str, reply: Reply) -> bool:
        """Return whether a page sends to another entry's page, which is asked for that one."""
        final = canonical(reply.final)
        if final == canonical(url):
            return False
        other = self._pages.get(final)
        return other is not None and other.key != old.key

    def _keep(self, made: Made, before: str | None) -> str | None:
        """Keep what came in unless it is what was there before; return the article that counts."""
        found = made.parcel
        if found is None:
            self.issues += made.issues
            return before
        name = found.article.id
        if name == before or name in self._kept:
            return name
        known = self.known(before) if before else None
        if known and (known.title, known.text) == (found.article.title, found.article.text):
            return before
        found = harvest.replacing(found, known)
        if known and found.capture.teaser and len(known.text) > len(found.article.text):
            message = "only a part of it is shown now; what was read before stays"
            self.note("behind-wall", "note", message, found.capture.place, before)
            self._walled.add(found.capture.place)
            return before
        self.issues += made.issues
        if found.capture.teaser:
            message = "only a part of the article could be read"
            place = found.article.url or found.capture.place
            self.note("teaser", "note", message, place, name)
        self.parcels.append(found)
        self._kept.add(name)
        return name

    def _failed(self, item: Item, mark: str, error: Exception) -> bool:
        """Remember an entry whose page cannot be had; return whether the feed's text must do.

        A page that may come yet is asked again for two days; the text of the feed does from the
        second time on, so that a short outage makes no second version.
        """
        self._done.add(item.key)
        old = self._before(item)
        again = old is not None and old.digest == _waiting(mark)
        lasting = reason(error) in _LASTING
        if not again:
            self.note("not-fetched", "warning", said(error), item.url or item.key)
        self.settled = self.settled and lasting
        if item.url and not lasting:
            self._away.add(canonical(item.url))
        entry = Entry(
            feed=self.feed.url,
            key=item.key,
            digest=mark if lasting else _waiting(mark),
            url=None if lasting else item.url,
            article=old.article if old else None,
            fetched=old.fetched if old and again else self.now,
        )
        self._remember(entry)
        return lasting or again

    def _unseen(self, entry: Entry, error: Exception) -> None:
        """Note a page that was there and is not; one removed for good is not asked again."""
        if reason(error) in _LASTING or reason(error) == "status-404":
            message = f"the article's page is there no more: {said(error)}"
            self.note("removed", "warning", message, entry.url, entry.article)
            self._remember(replace(entry, url=None))

    def _shared(self, entry: Entry) -> bool:
        """Return whether an entry's page was asked for another one, whose news it then shares."""
        reader = self._readers.get(canonical(entry.url or "-"))
        if reader is None or reader == entry.key or not entry.article:
            return False
        found = self.entries.get(reader) or self.remembered.get(reader)
        if found and found.article:
            self._remember(replace(found, key=entry.key, digest=entry.digest))
        return True

    def _unwanted(self, item: Item, language: str | None) -> str | None:
        try:
            return wanted(self.source.filters, item, language)
        except InputError as error:
            if not any(issue.code == "bad-filter" for issue in self.issues):
                self.note("bad-filter", "warning", f"{error}; nothing is left out by it")
            return None

    def _backing(self, entry: Entry, item: Item | None, language: str | None) -> Backing | None:
        """Return what is known of a page that is asked again, None where it cannot be compared."""
        if item:
            return harvest.listed(item, language, self.feed.kind)
        if entry.article is None:
            return Backing(language=language)
        found = self.known(entry.article)
        return harvest.remembered(found) if found else None

    def _due(self, entry: Entry, *, waiting: bool) -> bool:
        """Return whether the page of an entry is to be asked again.

        An article's is once in each hour; one that is waited for is at half an hour, an hour, two
        hours and so on.
        """
        if entry.fetched is None or self.now - entry.fetched >= YOUNG:
            return False
        last = max(self.before or entry.fetched, entry.fetched)
        ages = self.now - entry.fetched, last - entry.fetched
        if not waiting:
            return ages[0] // HOUR > ages[1] // HOUR
        steps = [(2 * age // HOUR).bit_length() for age in ages]
        return steps[0] > steps[1]

    def _may_ask(self) -> bool:
        """Return whether one more page may be fetched in this visit."""
        if self._asked < PAGES:
            return True
        if not any(issue.code == "backlog" for issue in self.issues):
            message = f"more than {PAGES} pages to fetch; the others wait for the next visit"
            self.note("backlog", "note", message)
        self.settled = False
        return False

    def _language(self, listing: Listing | None) -> str | None:
        """Return the language of a feed: its own word, else the source's only one."""
        only = self.source.languages[0] if len(self.source.languages) == 1 else None
        return (listing.language if listing else None) or only

    def _remember(self, entry: Entry) -> None:
        self._done.add(entry.key)
        if self.remembered.get(entry.key) != entry:
            self.entries[entry.key] = entry


def _waiting(mark: str) -> str:
    """Return the digest of an entry whose page is still to come."""
    return digest("waiting", mark)
