"""One question to an OpenAI-compatible endpoint, one answer; the one door to httpx.

The key stands in one header and nowhere else: no message, no record, no repr.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tocsin.base.errors import EndpointError
from tocsin.base.ids import digest
from tocsin.base.settings import Asking

if TYPE_CHECKING:
    import httpx

PATH = "/chat/completions"
# What another try may mend, besides the server's own faults.
BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
SHOWN = 200  # characters of what a server says that messages repeat
# What to do about a refusal that is the user's to mend.
ADVICE: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "; where the server knows no JSON schemas set strict = false, "
    "where it knows no max_tokens tokens = 0",
    HTTPStatus.UNAUTHORIZED: "; check the key in the variable that --endpoint-key-env names",
    HTTPStatus.FORBIDDEN: "; may this key use this model?",
    HTTPStatus.NOT_FOUND: "; does the address lack /v1, or is the model not there?",
}


class NoAnswerError(EndpointError):
    """A request went unanswered for good; later ones may fare better."""


class BadAnswerError(EndpointError):
    """A request was answered by something that is no answer to it."""


class _AgainError(Exception):
    """A try that failed in a way that another may not, and the wait that the server asks for."""

    def __init__(self, reason: str, after: float = 0.0, *, gone: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.gone = gone


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked: the base address, the model's name, the key if one is needed."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            known = parts.scheme in {"http", "https"} and bool(parts.hostname)
            known = known and parts.port != 0  # a port that is no number is refused here
        except ValueError:
            known = False
        if not known:
            # It is not repeated: there may be a password in it.
            raise EndpointError(
                "the address of the endpoint is none; expected one like http://localhost:11434/v1"
            )
        if not self.model.strip():
            raise EndpointError("an endpoint needs the name of the model to ask")
        if self.key is not None and not (self.key.isascii() and self.key.isprintable()):
            raise EndpointError("the key of the endpoint has characters that no header can carry")

    @property
    def address(self) -> str:
        """The address that questions are posted to; a query of the base address is kept."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/")
        return parts._replace(path=path if path.endswith(PATH) else path + PATH).geturl()

    @property
    def host(self) -> str:
        """The address as messages show it: without user, password and query."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


class Client:
    """Asks one endpoint, patiently at first; `wait` and `chance` are there for tests."""

    def __init__(
        self,
        endpoint: Endpoint,
        settings: Asking,
        *,
        wait: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.endpoint = endpoint
        self.settings = settings
        self._wait, self._chance = wait, chance
        self._httpx = _package()
        key = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
        # Compressed answers could grow past every limit before anybody counts.
        headers = {**key, "Accept-Encoding": "identity"}
        self._http: httpx.Client = self._httpx.Client(timeout=settings.timeout, headers=headers)
        self._met = False  # whether it ever answered
        self._well = True  # whether it answered last time

    def ask(self, system: str, user: str, name: str, schema: Mapping[str, object]) -> str:
        """Return the text that the model answers with.

        One that fails for good gets a single try each time until it answers again, so that a
        service that went away does not cost minutes for every article. One that was never there
        ends the run.
        """
        body = json.dumps(self._body(system, user, name, schema)).encode()
        left = self.settings.retries if self._well else 0
        pause = self.settings.pause
        while True:
            try:
                data = self._post(body)
                self._met = self._well = True
                return _content(data)
            except _AgainError as error:
                if not left or error.after > self.settings.patience:
                    raise self._given_up(error) from error
                self._wait(max(error.after, min(pause, self.settings.patience) * self._jitter()))
                left, pause = left - 1, pause * 2

    def name(self, task: str, system: str, schema: Mapping[str, object]) -> str:
        """Return what stamps say of a task: the model, and a digest of all that it is asked with.

        The address is left out: the same model elsewhere is the same reader.
        """
        asked = (system, json.dumps(schema, sort_keys=True), repr(self.settings))
        return f"{task} {self.endpoint.model} {digest('prompt', *asked)}"

    def _body(
        self, system: str, user: str, name: str, schema: Mapping[str, object]
    ) -> dict[str, object]:
        body: dict[str, object] = {
            "model": self.endpoint.model,
            "messages": [
                {"role": "system", "content": system},
                {"role": "user", "content": user},
            ],
            "temperature": 0,
            "seed": self.settings.seed,
        }
        if self.settings.tokens:
            body["max_tokens"] = self.settings.tokens
        if self.settings.strict:
            form = {"name": name, "strict": True, "schema": schema}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        return body

    def _post(self, body: bytes) -> bytes:
        """Return the body of an answer; everything else is one of the errors above."""
        http, begun = self._httpx, time.monotonic()
        try:
            with self._http.stream(
                "POST",
                self.endpoint.address,
                content=body,
                headers={"Content-Type": "application/json"},
            ) as reply:
                data = self._data(reply, begun)
        except http.TimeoutException as error:
            raise _AgainError(f"no answer within {self.settings.timeout:g} s") from error
        except http.ConnectError as error:
            raise _AgainError(f"no connection ({error})", gone=True) from error
        except http.RequestError as error:
            raise _AgainError(f"the connection broke off ({error})") from error
        if reply.status_code == HTTPStatus.OK:
            return data
        raise self._refusal(reply, data)

    def _data(self, reply: httpx.Response, begun: float) -> bytes:
        """Return all of a reply, unless it is too large or takes too long; never the key in it."""
        data = bytearray()
        for part in reply.iter_bytes():
            data += part
            if len(data) > self.settings.size:
                raise BadAnswerError(f"an answer of more than {self.settings.size} bytes")
            # The client's own limit is for each part of the answer alone.
            if time.monotonic() - begun > self.settings.timeout:
                raise _AgainError(f"no whole answer within {self.settings.timeout:g} s")
        key = (self.endpoint.key or "").encode()
        return bytes(data).replace(key, b"...") if key else bytes(data)

    def _refusal(self, reply: httpx.Response, data: bytes) -> Exception:
        """Return what a status other than 200 means.

        Whoever was never answered and is refused has something to mend before the run; later a
        refusal costs its article alone.
        """
        status = reply.status_code
        said = f"status {status}, {_start(data)}"
        if status in BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return _AgainError(said, _after(reply.headers.get("Retry-After", "")))
        if reply.is_redirect:
            said = f"status {status}, it sends elsewhere; give the address that it sends to"
        kind = NoAnswerError if self._met else EndpointError
        return kind(f"{self.endpoint.host}: {said}{ADVICE.get(status, '')}")

    def _given_up(self, last: _AgainError) -> EndpointError:
        """Return the error after the last try: of the run where nobody was ever there."""
        self._well = False
        kind = EndpointError if last.gone and not self._met else NoAnswerError
        return kind(f"{self.endpoint.host}: {last}")

    def _jitter(self) -> float:
        """Return a factor that keeps several runs from knocking at the same moment."""
        return 0.5 + self._chance() / 2


def _package() -> Any:  # noqa: ANN401 - a module, opened when it is needed
    try:
        return import_module("httpx")
    except ImportError as error:
        raise EndpointError(
            "the package httpx, which Tocsin asks for, is missing; install Tocsin again"
        ) from error


def _content(data: bytes) -> str:
    """Return the message in an answer's envelope."""
    try:
        message = json.loads(data)["choices"][0]["message"]
        content, refusal = message.get("content"), message.get("refusal")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise BadAnswerError(f"no chat completion: {_start(data)}") from error
    if isinstance(content, str) and content.strip():
        return content
    raise BadAnswerError(f"an empty message; refusal: {str(refusal)[:SHOWN]!r}")


def _after(value: str) -> float:
    """Return the seconds that a Retry-After header asks for: a number or a moment."""
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(value)
        return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _start(data: bytes) -> str:
    """Return how an answer begins, harmless to a terminal."""
    return repr(data[: SHOWN * 4].decode("utf8", "replace")[:SHOWN])
