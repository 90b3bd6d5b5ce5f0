"""Real servers on this machine that take what is sent, or refuse it as they are told.

`hooks` answers posts by HTTP with the pages it is given, in order. `mail` speaks SMTP as far as
clients need it, and misbehaves by what a `Manner` says.
"""

from __future__ import annotations

import re
import socketserver
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import sleep

from tests.server import Answer, Handler, Page, Server, running

TAKEN = Page(status=204)


@dataclass(frozen=True)
class Posted:
    """One post as it came in; the names of headers are in small letters."""

    headers: Mapping[str, str]
    body: bytes


@dataclass
class Hooks:
    """A running server: its address and what was posted there."""

    url: str
    posted: list[Posted] = field(default_factory=list)


class _Poster(Handler):
    def do_POST(self) -> None:  # noqa: N802 - the name that requests are handed to
        """Keep what is posted and answer as for any other request."""
        length = int(self.headers.get("Content-Length", "0"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.posted.append(Posted(headers, self.rfile.read(length)))  # type: ignore[attr-defined]
        self.do_GET()


@contextmanager
def hooks(*answers: Answer) -> Iterator[Hooks]:
    """Yield a server that answers posts with these pages, the last one for ever."""
    server = Server({"/hook": list(answers or (TAKEN,))})
    server.RequestHandlerClass = _Poster
    made = Hooks(f"{server.site.url}/hook")
    server.posted = made.posted  # type: ignore[attr-defined]
    with running(server, server.over):
        yield made


@dataclass(frozen=True)
class Manner:
    """How a server of mail behaves.

    `says` has answers in place of the usual ones, by the command in capitals or as it is sent, "."
    for the end of the text; an empty one hangs up. `slow` are seconds before each answer, `user`
    whom it lets in with which password, `trust` a certificate and key for TLS after STARTTLS.
    """

    says: Mapping[str, str] = field(default_factory=dict)
    slow: float = 0.0
    user: tuple[str, str] | None = None
    trust: tuple[Path, Path] | None = None


@dataclass
class Post:
    """A running server of mail: its port, the letters it took, the commands it was given."""

    port: int
    letters: list[bytes] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    to: list[str] = field(default_factory=list)


class _Clerk(socketserver.StreamRequestHandler):
    """Takes letters from one client."""

    server: _Office

    def handle(self) -> None:
        """Answer until the client has had enough, or until told to hang up."""
        self._manners: Sequence[Manner] = self.server.manners
        at = min(self.server.visits, len(self._manners) - 1)
        self.server.visits += 1
        self.manner = self._manners[at]
        if not self._say("220 post.example ready", "220"):
            return
        while line := self.rfile.readline():
            words = line.decode("utf8", "replace").strip()
            verb, _, rest = words.partition(" ")
            # RCPT TO and MAIL FROM, however the client writes them.
            verb, rest = verb.upper(), re.sub("^(to|from):", lambda found: found[0].upper(), rest)
            words = f"{verb} {rest}".strip()
            self.server.post.heard.append(words)
            if not self._answer(verb, words):
                return

    def _answer(self, verb: str, words: str) -> bool:
        if verb in ("EHLO", "HELO"):
            return self._greet()
        if verb == "STARTTLS":
            return self._secure()
        if verb == "AUTH":
            return self._say(self._login(words), verb)
        if verb == "RCPT":
            self.server.post.to.append(words)
        if verb == "DATA":
            return self._say("354 go on", verb) and self._letter()
        if verb == "QUIT":
            self._say("221 bye", verb)
            return False
        return self._say("250 fine", words if words in self.manner.says else verb)

    def finish(self) -> None:
        """Close what is open, made secret or not."""
        with suppress(OSError):
            super().finish()
        self.connection.close()

    def _greet(self) -> bool:
        offers = ["post.example"]
        offers += ["STARTTLS"] if self.manner.trust else []
        offers += ["AUTH PLAIN"] if self.manner.user else []
        lines = [f"250-{offer}" for offer in offers]
        return self._say("\r\n".join([*lines, "250 8BITMIME"]), "EHLO")

    def _secure(self) -> bool:
        if not self.manner.trust:
            return self._say("502 not here", "STARTTLS")
        if not self._say("220 go on", "STARTTLS"):
            return False
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.manner.trust)
        self.connection = context.wrap_socket(
            self.connection, server_side=True, do_handshake_on_connect=False
        )
        try:
            self.connection.do_handshake()
        except OSError:
            return False
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")  # type: ignore[assignment]
        return True

    def _login(self, words: str) -> str:
        import base64  # noqa: PLC0415 - needed here alone

        _, user, password = base64.b64decode(words.split()[2]).decode().split("\0")
        return "235 welcome" if (user, password) == self.manner.user else "535 who are you"

    def _letter(self) -> bool:
        text = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            text += line
        if self.manner.says.get(".", "250").startswith(("2", "lost")):
            self.server.post.letters.append(text)
        told = self.manner.says.get(".", "250 taken")
        return self._say("" if told == "lost" else told, "")

    def _say(self, words: str, verb: str) -> bool:
        """Send an answer; return whether the conversation goes on."""
        told = self.manner.says.get(verb, words)
        if self.server.over.wait(self.manner.slow) or not told:
            return False
        try:
            self.wfile.write(told.encode() + b"\r\n")
            self.wfile.flush()
        except OSError:
            return False
        return not told.startswith("421")


class _Office(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, manners: Sequence[Manner]) -> None:
        super().__init__(("127.0.0.1", 0), _Clerk)
        self.manners = manners
        self.visits = 0
        self.over = Event()
        self.post = Post(self.server_address[1])

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def mail(*manners: Manner) -> Iterator[Post]:
    """Yield a server of mail; each visit meets the next of its manners, the last one for ever."""
    with _Office(manners or (Manner(),)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.post
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
            sleep(0)
