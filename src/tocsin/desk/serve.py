"""The one door to the web server."""

from __future__ import annotations

import socket
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from tocsin.base.errors import InputError
from tocsin.desk.app import build
from tocsin.desk.doors import Desk
from tocsin.desk.security import LOOPBACK


@dataclass(frozen=True, slots=True)
class Front:
    """How a desk is reached: by which names, through which proxy, by which certificate and key."""

    names: frozenset[str] = LOOPBACK
    proxy: str = ""
    certificate: Path | None = None
    key: Path | None = None


LOCAL = Front()
# Connections that wait to be taken.
BACKLOG = 128
# Seconds that a thread has Python for itself while others wait. An answer takes many short steps,
# each of which would wait five milliseconds while ledgers and signals are made beside it.
TURN = 0.0005
# Bytes of a request's head; addresses hold whole searches.
HEAD = 65_536


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens at a port of this machine; port 0 takes any that is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, so that asyncio sends answers at once: small ones would wait 40 ms otherwise.
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        # Whoever asks before the server is up waits for it, instead of being refused.
        found.listen(BACKLOG)
    except OSError as error:
        found.close()
        raise InputError(
            f"port {port} of {host}: {error.strerror}; a desk or another program may be open there "
            "already, give another by --port"
        ) from error
    return found


def server(desk: Desk, front: Front = LOCAL) -> uvicorn.Server:
    """Return a server of a desk; it runs until it is told to stop.

    Raises InputError where a certificate and its key are none.
    """
    config = uvicorn.Config(
        build(desk, names=front.names), log_level="warning", access_log=False, server_header=False,
        ws="none", backlog=BACKLOG, h11_max_incomplete_event_size=HEAD,
        # What a proxy says of whom it asks for; nobody else is believed.
        proxy_headers=bool(front.proxy), forwarded_allow_ips=front.proxy or "",
        ssl_certfile=front.certificate, ssl_keyfile=front.key,
    )  # fmt: skip
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise InputError(
            f"{front.certificate}, {front.key}: {error}; expected a certificate and its key, PEM"
        ) from error
    sys.setswitchinterval(TURN)
    return uvicorn.Server(config)


def serve(desk: Desk, at: socket.socket, front: Front = LOCAL) -> None:
    """Serve a desk on a socket until Ctrl-C."""
    server(desk, front).run(sockets=[at])
