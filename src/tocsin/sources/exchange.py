"""One request, one answer, within limits; the one door to httpx among the sources.

It is opened when the first address is fetched. Every connection is new and goes where the guard has
looked; the limits are kept where bytes come in, so that no slowness and no packing gets round them.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urljoin

import httpcore
import httpx

from tocsin.sources.guard import Guard, NotFetchedError
from tocsin.sources.limits import FOUND, Budget, Limits, unpacked, whole

_HEADERS = {"Accept": "*/*", "Accept-Encoding": "gzip, deflate", "Connection": "close"}
_TOO_LARGE_HEADER = 431  # what h11 calls a header that outgrows its buffer


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the headers by their names in small letters, the body.

    The body is unpacked; it is empty where the status says that it is not what was asked for.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    charset: str | None


@lru_cache(maxsize=4096)
def normal(url: str, base: str = "") -> str:
    """Return an address as it is sent, without its fragment; relative ones start from `base`.

    Raises NotFetchedError (`bad-address`) when it is none.
    """
    try:
        joined = urljoin(base, url.strip()) if base else url.strip()
        return str(httpx.URL(joined).copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError) as error:
        message = f"{url[:200]!r} is no address ({error})"
        raise NotFetchedError(message, "bad-address") from error


class Exchange:
    """Asks one address at a time in each thread; cookies and the user's .netrc are never sent."""

    def __init__(self, guard: Guard, agent: str) -> None:
        nothing_kept = CookieJar(DefaultCookiePolicy(allowed_domains=()))
        self._http = httpx.Client(
            transport=_Transport(guard),
            headers=_HEADERS | {"User-Agent": agent},
            cookies=nothing_kept,
            trust_env=False,
        )

    def ask(
        self, url: str, headers: Mapping[str, str], limits: Limits, *, body: bytes | None = None
    ) -> Answer:
        """Return the answer of an address; raises NotFetchedError for all that is none.

        A body is posted there; without one the address is only read.
        """
        budget = Budget(httpx.URL(url).host, limits)
        timeout = httpx.Timeout(limits.read, connect=limits.connect).as_dict()
        try:
            extensions = {"budget": budget, "timeout": timeout}
            request = self._http.build_request(
                "GET" if body is None else "POST", url, headers=headers, content=body,
                extensions=extensions,
            )  # fmt: skip
            reply = self._http.send(request, stream=True)
            try:
                return _answer(reply, budget)
            finally:
                reply.close()
        except httpcore.TimeoutException as error:
            message = f"{budget.host} kept silent for {limits.read:g} s"
            raise NotFetchedError(message, "too-slow", again=True) from error
        except httpcore.ProtocolError as error:
            raise _garbled(error, budget) from error
        except httpcore.NetworkError as error:
            message = f"{budget.host} broke off the connection"
            raise NotFetchedError(message, "broken", again=True) from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            message = f"{budget.host} gave an answer that cannot be read ({error})"
            raise NotFetchedError(message, "no-http") from error

    def close(self) -> None:
        """Close what is open."""
        self._http.close()


def _garbled(error: Exception, budget: Budget) -> NotFetchedError:
    """Return what is wrong with an answer against the rules: cut off, too much, or no HTTP."""
    if getattr(error.__cause__, "error_status_hint", None) == _TOO_LARGE_HEADER:
        return _large_header(budget)
    if budget.ended and b"HTTP/".startswith(budget.start):
        message = f"{budget.host} broke off the connection in the middle of its answer"
        return NotFetchedError(message, "broken", again=True)
    return NotFetchedError(f"what answers at {budget.host} does not speak HTTP", "no-http")


def _large_header(budget: Budget) -> NotFetchedError:
    message = f"{budget.host} sent more than {budget.limits.header:,} bytes of headers"
    return NotFetchedError(message, "too-large")


def _answer(reply: httpx.Response, budget: Budget) -> Answer:
    limits = budget.limits
    if sum(len(name) + len(value) + 4 for name, value in reply.headers.raw) > limits.header:
        raise _large_header(budget)
    body = b""
    if reply.status_code in FOUND:
        claimed = reply.headers.get("content-length", "")
        if claimed.isdigit() and int(claimed[:18]) > limits.wire and not limits.cut:
            raise budget.too_large(limits.wire)
        coding = reply.headers.get("content-encoding", "").strip().lower()
        body = whole(unpacked(reply.iter_raw(), coding, budget), budget)
    charset = reply.charset_encoding
    return Answer(reply.status_code, dict(reply.headers), body, charset)


@cache
def _trust() -> ssl.SSLContext:
    """Return whom to believe: the usual authorities, or those that SSL_CERT_FILE names."""
    return httpx.create_ssl_context()


class _Transport(httpx.BaseTransport):
    """Opens a connection for each request, where the guard lets it."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer with its body still to come; closing it closes the connection."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        backend = _Backend(self._guard, request.extensions["budget"])
        connection = httpcore.HTTPConnection(url.origin, _trust(), network_backend=backend)
        asked = httpcore.Request(
            request.method, url, headers=request.headers.raw, content=request.read(),
            extensions=request.extensions,
        )  # fmt: skip
        try:
            answer = connection.handle_request(asked)
        except BaseException:
            connection.close()
            raise
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer, connection),
            extensions={"http_version": b"HTTP/1.1"},
        )


class _Body(httpx.SyncByteStream):
    """The bytes of a body as they come."""

    def __init__(self, answer: httpcore.Response, connection: httpcore.HTTPConnection) -> None:
        self._answer = answer
        self._connection = connection

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        """Hang up."""
        self._answer.close()
        self._connection.close()


class _Backend(httpcore.NetworkBackend):
    """Connects to the addresses that the guard has judged, and to no other."""

    def __init__(self, guard: Guard, budget: Budget) -> None:
        self._guard = guard
        self._budget = budget
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first address of a host that answers."""
        last: Exception | None = None
        for address, door in self._guard.addresses(host, port):
            try:
                left = self._budget.left(timeout)
                stream = self._plain.connect_tcp(address, door, left, local_address, socket_options)
                return _Stream(stream, self._budget)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        if isinstance(last, httpcore.ConnectTimeout):
            message = f"{host} did not answer within {self._budget.limits.connect:g} s"
            raise NotFetchedError(message, "too-slow", again=True) from last
        message = f"nobody answers at {host} ({last})"
        raise NotFetchedError(message, "refused", again=True) from last


class _Stream(httpcore.NetworkStream):
    """A connection whose every step is counted."""

    def __init__(self, stream: httpcore.NetworkStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes."""
        left = self._budget.left(timeout)
        try:
            return self._budget.count(self._stream.read(max_bytes, left))
        except httpcore.ReadTimeout:
            self._budget.left(None)  # raises where it was the end that cut it short
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._stream.write(buffer, self._budget.left(timeout))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Return the connection made secret, once the host has shown who it is."""
        try:
            left = self._budget.left(timeout)
            stream = self._stream.start_tls(ssl_context, server_hostname, left)
        except BaseException as error:
            self.close()
            if isinstance(error.__cause__, ssl.SSLError):
                raise _untrusted(error.__cause__, self._budget.host) from error
            raise
        return _Stream(stream, self._budget)

    def get_extra_info(self, info: str) -> object:
        """Return what is known of the connection."""
        return self._stream.get_extra_info(info)


def _untrusted(error: ssl.SSLError, host: str) -> NotFetchedError:
    why = getattr(error, "verify_message", "") or error.reason or "no TLS"
    cut = isinstance(error, ssl.SSLEOFError)  # it hung up, which may be chance
    return NotFetchedError(f"{host} cannot show who it is ({why})", "tls", again=cut)
