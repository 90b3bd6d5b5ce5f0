"""`tocsin docs`: this manual in a browser, from this machine alone."""

from __future__ import annotations

import sys
import threading
import webbrowser
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, Any

import typer

import tocsin
from tocsin.base.errors import InputError
from tocsin.cli import options

HOST = "127.0.0.1"
PORT = 8423
PACKAGE = Path(tocsin.__file__).parent
# The theme's own scripts and styles stand in the pages; nothing may come from elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def command(
    port: options.Port = PORT,
    browse: options.Browse = False,
    path: Annotated[
        bool, typer.Option("--path", help="Say which folder it stands in, and end.")
    ] = False,
) -> None:
    """Show the manual that came with this Tocsin: no network is asked, its search works offline.

    It answers this machine alone. Ctrl-C closes it. The folder (--path) can be opened as files too.
    """
    folder = pages()
    if path:
        sys.stdout.write(f"{folder}\n")
        return
    with bound(folder, port) as server:
        address = f"http://{HOST}:{server.server_port}"
        sys.stderr.write(f"the manual: {address}  (Ctrl-C closes it)\n")
        if browse:
            threading.Timer(0.5, webbrowser.open, [address]).start()
        with suppress(KeyboardInterrupt):
            server.serve_forever()


def pages(package: Path = PACKAGE) -> Path:
    """Return the folder of the built manual: in the package, else in the working tree."""
    for folder in (package / "data" / "docs", package.parents[1] / "build" / "docs"):
        if (folder / "index.html").is_file():
            return folder
    raise InputError("the manual was not built; run `make docs` in the checkout")


def bound(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of a folder at a port of this machine; port 0 takes any that is free."""
    try:
        return ThreadingHTTPServer((HOST, port), partial(Pages, directory=str(folder)))
    except OSError as error:
        raise InputError(
            f"port {port} of {HOST}: {error.strerror}; the manual or another program may be open "
            "there already, give another by --port"
        ) from error


class Pages(SimpleHTTPRequestHandler):
    """Answers with the manual's files and nothing else."""

    def end_headers(self) -> None:
        """Say that a page may fetch from here alone."""
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def list_directory(self, path: Any) -> None:  # noqa: ANN401, ARG002 - the library's own types
        """Refuse: a folder without a page is no page."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - the library's
        """Say nothing: the terminal is for what a person must know."""
