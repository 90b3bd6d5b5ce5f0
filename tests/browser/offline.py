"""A desk and a browser in a machine without a network; run as `python -m tests.browser.offline`.

It takes a store and paths of pages, turns loopback on, opens each page and its map, and fails where
a page does.
"""

from __future__ import annotations

import fcntl
import socket
import struct
import sys

from tests.chromium import PATIENCE, browsing, looking, program, serving
from tocsin.cli.doors import doors
from tocsin.desk import lookout
from tocsin.desk.doors import Desk
from tocsin.store.open import open_store

# From linux/sockios.h and linux/if.h: set an interface's flags, up and running.
SIOCSIFFLAGS, UP = 0x8914, 0x41
# An address of the documentation's, which a machine with any network has a way to.
ELSEWHERE = ("192.0.2.1", 80)


def loopback() -> None:
    """Turn on the one interface of a network of its own, through which nothing else is reached."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ask:
        fcntl.ioctl(ask, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", UP))
        try:
            ask.connect(ELSEWHERE)
        except OSError:
            return
    raise AssertionError(f"there is a way to {ELSEWHERE[0]}")


def main(store: str, *paths: str) -> None:
    """Open pages of a desk over a store."""
    loopback()
    browser = program()
    assert browser is not None, "no Chromium"
    lookout.PATIENCE = PATIENCE  # pages wait for all that is on them
    with (
        open_store(store) as opened,
        serving(Desk(opened, doors())) as address,
        browsing(browser) as running,
        looking(running, address) as screen,
    ):
        for path in paths:
            page = screen.open(path)
            assert page.locator("h1").count() == 1, path
            screen.settled()
            sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
