"""A real server that speaks the protocol of chat completions, on this machine, for one test.

It answers with the replies it was given, in order, the last one for ever; a reply may be made from
the question. Everything it was asked is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from typing import Any

from tests.server import running


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def system(self) -> str:
        """The instructions."""
        return str(self.body["messages"][0]["content"])

    @property
    def data(self) -> dict[str, Any]:
        """The one object of the user's message."""
        found: dict[str, Any] = json.loads(self.body["messages"][1]["content"])
        return found


@dataclass(frozen=True)
class Reply:
    """What the server does: status, headers, body, how late, how much of the body, how slowly.

    `drip` is the seconds between single bytes.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    late: float = 0.0
    sent: int | None = None
    drip: float = 0.0


Answer = Reply | Callable[[Asked], Reply]


@dataclass
class Service:
    """A running server: its base address and what it was asked."""

    url: str
    replies: list[Answer]
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def serving(*replies: Answer, base: str = "/v1") -> Iterator[Service]:
    """Yield a server that gives these replies."""
    over = Event()

    class Handler(BaseHTTPRequestHandler):
        """Keeps what it is asked and answers as it was told."""

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            asked = Asked(self.path, dict(self.headers.items()), body)
            service.asked.append(asked)
            place = min(len(service.asked), len(service.replies)) - 1
            reply = service.replies[place]
            if not isinstance(reply, Reply):
                reply = reply(asked)
            over.wait(reply.late)
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply.body)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if not reply.drip:
                self.wfile.write(reply.body[: reply.sent])
                return
            for byte in reply.body:
                self.wfile.write(bytes([byte]))
                over.wait(reply.drip)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        """A server that takes it calmly when a client hangs up."""

        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    service = Service(f"http://127.0.0.1:{server.server_port}{base}", list(replies))
    with running(server, over):
        yield service


def nobody() -> str:
    """Return an address on this machine where nobody listens."""
    with serving(Reply()) as service:
        return service.url


def says(content: str, *, finish: str = "stop") -> Reply:
    """Return a chat completion with this content."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    row = {"id": "1", "object": "chat.completion", "model": "small", "choices": [choice]}
    return Reply(json.dumps(row).encode())


def claims(*rows: object) -> Reply:
    """Return an answer with these claims."""
    return says(json.dumps({"claims": rows}))


def verdicts(*rows: object) -> Reply:
    """Return an answer with these verdicts."""
    return says(json.dumps({"verdicts": rows}))


def a_said(
    trigger: str = "attacked",
    *,
    code: str = "ASSAULT",
    sentence: int = 1,
    nth: int = 1,
    modality: str = "actual",
    modes: tuple[str, ...] = (),
    outcome: str | None = None,
    parent: int | None = None,
    roles: tuple[dict[str, object], ...] = (),
) -> dict[str, object]:
    """Return a claim in the form that an endpoint gives."""
    return {
        "sentence": sentence,
        "trigger": trigger,
        "nth": nth,
        "type": code,
        "modes": list(modes),
        "modality": modality,
        "outcome": outcome,
        "parent": parent,
        "roles": list(roles),
    }


def a_role(role: str, words: str, *, sentence: int = 1, nth: int = 1) -> dict[str, object]:
    """Return words that play a part, in the form that an endpoint gives."""
    return {"role": role, "sentence": sentence, "words": words, "nth": nth}


def a_verdict(
    number: int = 1,
    *,
    claim: bool = True,
    code: str | None = "ASSAULT",
    modality: str | None = "actual",
) -> dict[str, object]:
    """Return a verdict in the form that an endpoint gives."""
    return {"number": number, "claim": claim, "type": code, "modality": modality}
