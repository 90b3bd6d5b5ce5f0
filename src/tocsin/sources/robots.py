"""What a site lets us read, by its robots.txt (RFC 9309); the one door to Protego."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from tocsin.sources.guard import NotFetchedError

if TYPE_CHECKING:
    from protego import Protego

AGENT = "Tocsin"
DAY = 86_400.0  # seconds that rules are kept, RFC 9309 section 2.4
AGAIN = 600.0  # seconds until rules that could not be read are asked for again
LARGEST = 500 * 1024  # bytes read of a robots.txt, RFC 9309 section 2.5
HOPS = 5  # redirects followed, RFC 9309 section 2.3.1.2
BUSY = 429  # in the 400s, but it says "not now" rather than "there is none"
_MOST = 1000  # sites whose rules are remembered
# What is wrong with a host as a whole says more than that its robots.txt could not be read.
_WHOLE = frozenset({"bad-address", "port", "private", "dns", "refused", "tls"})


class _Known(NamedTuple):
    """The rules of a site: parsed, or why there are none; `until` when they are asked for again."""

    rules: Protego | None
    error: NotFetchedError | None
    until: float


class Robots:
    """Remembers the rules of sites; `read` returns the body of a robots.txt or raises.

    Several threads may ask at once; one of them reads the rules of a site, the others wait for it.
    """

    def __init__(
        self, read: Callable[[str], bytes], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._locks: dict[str, Lock] = {}

    def check(self, url: str) -> float | None:
        """Return the crawl delay of an address's site in seconds, None where it asks for none.

        Raises NotFetchedError: `robots` when the rules forbid the address or cannot be read for
        now, or what is wrong with the host as a whole.
        """
        known = self._rules(url)
        if known.error is not None:
            raise known.error.said(str(known.error))
        if known.rules is None:
            return None
        if not known.rules.can_fetch(url, AGENT):
            parts = urlsplit(url)
            message = f"robots.txt of {parts.netloc} forbids {parts.path or '/'} to {AGENT}"
            raise NotFetchedError(message, "robots")
        return _delay(known.rules)

    def _rules(self, url: str) -> _Known:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._locks.setdefault(site, Lock()):
            known = self._known.get(site)
            if known is None or known.until <= self._clock():
                known = self._asked(f"{site}/robots.txt", parts.netloc)
                self._known.pop(site, None)
                while len(self._known) >= _MOST:
                    oldest = next(iter(self._known))
                    self._known.pop(oldest, None)
                    self._locks.pop(oldest, None)
                self._known[site] = known
            return known

    def _asked(self, url: str, host: str) -> _Known:
        try:
            body = self._read(url)
        except NotFetchedError as error:
            if error.reason == "later":
                raise
            if _none(error):
                return _Known(None, None, self._clock() + DAY)
            kept = error.said(str(error))  # without the frames that it was raised through
            if error.reason not in _WHOLE:
                message = f"robots.txt of {host} cannot be read ({error}); until it can, no page is"
                kept = NotFetchedError(message, "robots", after=AGAIN)
            return _Known(None, kept, self._clock() + AGAIN)
        return _Known(_parsed(body), None, self._clock() + DAY)


def _none(error: NotFetchedError) -> bool:
    """Return whether a failure means that a site has no rules, by RFC 9309 section 2.3.1."""
    absent = error.status is not None and 400 <= error.status < 500 and error.status != BUSY
    return absent or error.reason in {"redirects", "redirect-loop"}


def _parsed(body: bytes) -> Protego:
    from protego import Protego  # noqa: PLC0415

    return Protego.parse(body.decode("utf-8-sig", "replace"))


def _delay(rules: Protego) -> float | None:
    """Return the slower of a site's crawl delay and its request rate, in seconds."""
    delay, rate = rules.crawl_delay(AGENT), rules.request_rate(AGENT)
    found = [float(delay)] if delay else []
    if rate and rate.requests > 0 and rate.start_time is None:
        found.append(rate.seconds / rate.requests)
    return max(found, default=None)
