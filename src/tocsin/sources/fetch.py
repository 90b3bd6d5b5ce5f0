"""Addresses fetched, politely and safely: by robots.txt, at each host's pace, within limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

import tocsin
from tocsin.base.settings import Fetching
from tocsin.explain.wording import joined
from tocsin.sources.guard import Guard, NotFetchedError
from tocsin.sources.limits import FOUND, Limits
from tocsin.sources.pace import Pace, seconds
from tocsin.sources.robots import AGENT, BUSY, HOPS, LARGEST, Robots

if TYPE_CHECKING:
    from types import TracebackType

    from tocsin.sources.exchange import Answer, Exchange

UNCHANGED = 304
GONE = 410
MOVED = frozenset({301, 302, 303, 307, 308})
FOR_GOOD = frozenset({301, 308})
_LONGEST = 1000  # characters of an ETag or date that are kept and sent back
_TIMES = ("", "once", "twice", "three times", "four times", "five times", "six times")
# Parameters that say how a reader came, never what is read: those of the large advertisers and
# mailing services (Firefox strips the same), and those of news sites. Names such as `id`, `ref` or
# `source` are left alone, since some sites number their articles by them.
_TRACKERS = re.compile(
    r"(?:utm|itm|mtm|pk|hsa|mc|at|wt|oly|vero|guce)_\w+"
    r"|(?:fbc|gc|dc|msc|yc|ysc|twc|ttc)lk?id|gclsrc|gbraid|wbraid|igsh|igshid|li_fat_id|mkt_tok"
    r"|_g[al]|_hs(?:enc|mi)|__s|__twitter_impression|guccounter|ml_subscriber(?:_hash)?"
    r"|ns_(?:mchannel|source|campaign|linkname|fee)|xtor|s_cid|cmp|cmpid|ocid|smid|smtyp"
    r"|ref_(?:src|url)|traffic_source|maca",
    re.IGNORECASE,
)
_ESCAPE = re.compile("%[0-9a-fA-F]{2}")


@dataclass(frozen=True, slots=True)
class Reply:
    """What an address gave.

    `final` is the address that answered, `permanent` the same where every step there was for good;
    `downgraded` says that a step went from https to http. `body` is unpacked, `kind` its media type
    without parameters. `etag` and `modified` are for the next request; `unchanged` says that the
    body is the one of last time, and empty here.
    """

    url: str
    final: str
    status: int
    body: bytes
    kind: str
    charset: str | None
    etag: str | None
    modified: str | None
    fetched: datetime
    permanent: str | None = None
    unchanged: bool = False
    downgraded: bool = False


@lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """Return an address in one spelling, without fragment and tracking parameters.

    What is no web address comes back as it is, without the space around it.
    """
    from tocsin.sources.exchange import normal  # noqa: PLC0415

    try:
        parts = urlsplit(normal(url))
    except (NotFetchedError, ValueError):
        return url.strip()
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return url.strip()
    kept = [p for p in parts.query.split("&") if not _TRACKERS.fullmatch(p.partition("=")[0])]
    clean = parts._replace(path=parts.path or "/", query="&".join(kept)).geturl()
    return _ESCAPE.sub(lambda match: match[0].upper(), clean)


def agent(contact: str) -> str:
    """Return how we introduce ourselves: name, version, and whom to write to where that is set."""
    name = f"{AGENT}/{tocsin.__version__}"
    return f"{name} (+{contact.strip()})" if contact.strip() else name


def _now() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """Fetches addresses, several threads at once if need be; every failure is a NotFetchedError.

    Where nothing else is given, only the public internet is asked. `pace` and `now` are there for
    tests.
    """

    def __init__(
        self,
        settings: Fetching,
        *,
        guard: Guard | None = None,
        pace: Pace | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        from tocsin.sources.exchange import Exchange  # noqa: PLC0415

        self._settings = settings
        self._guard = guard or Guard()
        self._pace = pace or Pace(settings)
        self._now = now
        self._robots = Robots(self._rules, clock=self._pace.clock)
        self._exchange: Exchange = Exchange(self._guard, agent(settings.contact))
        self._limits = Limits(
            connect=settings.connect,
            read=settings.read,
            total=settings.total,
            size=settings.size,
            wire=settings.wire,
            header=settings.header,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open."""
        self._exchange.close()

    def get(
        self, url: str, *, etag: str | None = None, modified: str | None = None, robots: bool = True
    ) -> Reply:
        """Return what an address gives; raises NotFetchedError with its reason.

        `etag` and `modified` are those of the last reply: the host may then say `unchanged`. Feeds
        are made for machines and may be asked with `robots` off; pages may not.
        """
        given = {"If-None-Match": _sendable(etag), "If-Modified-Since": _sendable(modified)}
        headers = {name: value for name, value in given.items() if value}
        return self._follow(url, headers, self._settings.redirects, self._limits, robots=robots)

    def _rules(self, url: str) -> bytes:
        """Return the beginning of a robots.txt."""
        limits = replace(self._limits, size=LARGEST, cut=True)
        return self._follow(url, {}, HOPS, limits, robots=False).body

    def _follow(
        self, url: str, headers: Mapping[str, str], hops: int, limits: Limits, *, robots: bool
    ) -> Reply:
        """Return the reply at the end of all redirects, each of them judged like the first."""
        from tocsin.sources.exchange import normal  # noqa: PLC0415

        trail = [normal(url)]
        codes: list[int] = []
        while True:
            address = trail[-1]
            self._guard.check(address)
            if robots:
                self._pace.slow(_host(address), self._robots.check(address))
            answer = self._persist(address, headers, limits)
            if answer.status not in MOVED:
                return self._reply(url, trail, codes, answer)
            target = normal(answer.headers["location"], address)
            if target in trail:
                message = f"{_host(address)} sends in a circle, back to {target[:200]}"
                message += "; it may ask for cookies, which are never kept"
                raise NotFetchedError(message, "redirect-loop")
            if len(trail) > hops:
                message = f"{_host(trail[0])} sends elsewhere more than {hops} times, at last to "
                raise NotFetchedError(message + target[:200], "redirects")
            trail.append(target)
            codes.append(answer.status)

    def _persist(self, address: str, headers: Mapping[str, str], limits: Limits) -> Answer:
        """Return the answer of one address, tried again where that may help."""
        host = _host(address)
        said: list[str] = []
        pauses: list[float] = []
        while True:
            self._pace.take(host)
            try:
                answer = self._exchange.ask(address, headers, limits)
                self._judge(answer, host, conditional=bool(headers))
            except NotFetchedError as error:
                said.append(str(error))
                pause = max(error.after or 0.0, self._pace.pause(len(pauses)))
                if error.again:
                    self._pace.hold(host, pause)
                if error.again and pause > self._settings.patience:
                    raise error.said(f"{error}; it asks to wait {pause:,.0f} s") from error
                if not error.again or len(pauses) >= self._settings.retries:
                    raise error.said(_tried(said, pauses)) from error
                pauses.append(pause)
            else:
                return answer

    def _judge(self, answer: Answer, host: str, *, conditional: bool) -> None:
        """Raise NotFetchedError for a status that gives nothing."""
        status = answer.status
        if status in FOUND or (status == UNCHANGED and conditional):
            return
        if status in MOVED and "location" in answer.headers:
            return
        if status == GONE:
            message = f"{host} answered {GONE}: removed for good"
            raise NotFetchedError(message, "gone", status=status)
        again = status == BUSY or status >= 500
        after = seconds(answer.headers.get("retry-after"), self._now()) if again else None
        message = f"{host} answered {status}"
        raise NotFetchedError(message, "status", status=status, after=after, again=again)

    def _reply(self, url: str, trail: list[str], codes: list[int], answer: Answer) -> Reply:
        schemes = [urlsplit(address).scheme for address in trail]
        downgraded = ("https", "http") in pairwise(schemes)
        # Anybody on the way can send to http; nobody's word for that is good for ever.
        lasting = bool(codes) and FOR_GOOD.issuperset(codes) and not downgraded
        return Reply(
            url=url,
            final=trail[-1],
            status=answer.status,
            body=answer.body,
            kind=answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=answer.charset,
            etag=_sendable(answer.headers.get("etag")),
            modified=_sendable(answer.headers.get("last-modified")),
            fetched=self._now(),
            permanent=trail[-1] if lasting else None,
            unchanged=answer.status == UNCHANGED,
            downgraded=downgraded,
        )


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""


def _sendable(value: str | None) -> str | None:
    """Return what a header can carry back, nothing for the rest."""
    fit = value and len(value) <= _LONGEST and value.isascii() and value.isprintable()
    return value if fit else None


def _tried(said: list[str], pauses: list[float]) -> str:
    """Return what was said last, how often, and after which pauses it was tried again."""
    if not pauses:
        return said[-1]
    tries = _TIMES[len(said)] if len(said) < len(_TIMES) else f"{len(said)} times"
    rests = [f"{pause:.3g}" for pause in pauses]
    often = f" {tries}" if len(set(said)) == 1 else f", tried {tries}"
    return f"{said[-1]}{often}; tried again after {joined(rests)} s"
