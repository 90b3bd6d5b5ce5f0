"""Which addresses may be asked: those of the public internet, unless private ones are allowed.

A host is resolved once, every address that it has is judged, and the connection goes to those very
addresses, so that a name that changes its mind in between gains nothing.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Literal, Self
from urllib.parse import urlsplit

from tocsin.base.errors import FetchError

# Why an address was not fetched. `status` is printed with its number: `status-404`.
Reason = Literal[
    "bad-address",    # no address, another scheme than http and https, or a password in it
    "port",           # a port that web servers do not use
    "private",        # an address that is not on the public internet
    "dns",            # the host has no address
    "refused",        # nobody answers there
    "tls",            # the host cannot show who it is
    "robots",         # robots.txt forbids it, or cannot be read for now
    "later",          # the host asks for a longer pause than there is patience for
    "too-large",      # more bytes than are read
    "too-slow",       # longer than is waited
    "broken",         # the connection broke off
    "no-http",        # what answers does not speak HTTP
    "encoding",       # a body that is not packed as it is said to be
    "redirect-loop",  # it sends back to where it was asked
    "redirects",      # it sends elsewhere too often
    "gone",           # 410: removed for good
    "status",         # any other status
]  # fmt: skip
Resolver = Callable[[str, int], list[str]]

PORTS: dict[str, int] = {"http": 80, "https": 443}
# Letters as they are sent: names in other scripts have become `xn--` before.
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,252})")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
_UNICAST = IPv6Network("2000::/3")  # RFC 4291: all that is given out for the public internet
# Public by their numbers, for older Pythons at least, but a cloud's own services by their use.
_SERVICES = (
    IPv4Network("192.0.0.0/24"),  # RFC 6890; Oracle's at 192.0.0.192
    IPv4Network("168.63.129.16/32"),  # Azure's
)


class NotFetchedError(FetchError):
    """An address was not fetched: why, and whether another try may help.

    `after` are the seconds that the host asks to wait.
    """

    def __init__(
        self,
        message: str,
        reason: Reason,
        *,
        status: int | None = None,
        after: float | None = None,
        again: bool = False,
    ) -> None:
        super().__init__(message)
        self.reason: str = f"status-{status}" if reason == "status" else reason
        self.status = status
        self.after = after
        self.again = again
        self._reason: Reason = reason

    def said(self, message: str) -> Self:
        """Return the same error in other words."""
        kind = type(self)
        return kind(message, self._reason, status=self.status, after=self.after, again=self.again)


def look_up(host: str, port: int) -> list[str]:
    """Return all addresses of a host, the preferred one first; raises NotFetchedError (`dns`)."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        again = error.errno == socket.EAI_AGAIN
        message = f"{host} has no address ({error.strerror}); is the name right?"
        raise NotFetchedError(message, "dns", again=again) from error
    except UnicodeError as error:  # a label that is empty or too long
        raise NotFetchedError(f"{host} is no name of a host", "bad-address") from error
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def public(address: str) -> bool:
    """Return whether an IP address is one of the public internet, whatever it is wrapped in."""
    try:
        found = _inner(ip_address(address))
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        return found in _UNICAST and found.is_global
    barred = found.is_multicast or found.is_reserved or any(found in each for each in _SERVICES)
    return found.is_global and not barred


def _inner(found: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(found, IPv4Address):
        return found
    if found in _NAT64:
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or found


@dataclass(frozen=True)
class Guard:
    """Judges addresses; `allow_private` lets everything pass that is HTTP."""

    allow_private: bool = False
    resolve: Resolver = look_up

    def check(self, url: str) -> None:
        """Raise NotFetchedError when an address may not be asked, as far as its letters tell."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise NotFetchedError(
                f"{url[:200]!r} is no address ({error})", "bad-address"
            ) from error
        if parts.scheme not in PORTS:
            message = f"{url[:200]!r} is no web address; expected one with http:// or https://"
            raise NotFetchedError(message, "bad-address")
        if "@" in parts.netloc:  # not repeated: there is a password in it
            message = f"the address at {host} holds a user or password; give it without"
            raise NotFetchedError(message, "bad-address")
        if not (_HOST.fullmatch(host) or _version(host) == 6) or _oddly_spelt(host):
            raise NotFetchedError(f"{host[:200]!r} is no name of a host", "bad-address")
        if port not in (None, *PORTS.values()) and not self.allow_private:
            message = f"{host}: port {port} is not one of web servers (80, 443); "
            raise NotFetchedError(message + "allow private addresses to ask it", "port")
        if _version(host):
            self._judge(host, host)

    def addresses(self, host: str, port: int) -> list[tuple[str, int]]:
        """Return the addresses and ports to connect to; raises NotFetchedError if any is private.

        One private address among public ones is enough: the next connection might go there.
        """
        found = [host] if _version(host) else self.resolve(host, port)
        if not found:
            raise NotFetchedError(f"{host} has no address; is the name right?", "dns")
        for address in found:
            self._judge(host, address)
        return [(address, port) for address in found]

    def _judge(self, host: str, address: str) -> None:
        if self.allow_private or public(address):
            return
        where = "" if host == address else f" is at {address}, which"
        message = f"{host}{where} is not on the public internet; allow private addresses to ask it"
        raise NotFetchedError(message, "private")


def _version(host: str) -> int | None:
    """Return 4 or 6 for an IP address, nothing for a name."""
    try:
        return ip_address(host).version
    except ValueError:
        return None


def _oddly_spelt(host: str) -> bool:
    """Return whether a host is a number that resolvers take for IPv4: 0x7f.1, 017700000001."""
    if _version(host):
        return False
    try:
        socket.inet_aton(host.rstrip("."))
    except OSError:
        return False
    return True
