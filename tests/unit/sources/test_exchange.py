"""One request to a real server that misbehaves in every way we know, and where it may go."""

from __future__ import annotations

import gzip
import socket
import zlib
from threading import Thread

import pytest
from msgspec import structs

from tests.server import HOST, SMALL, Here, Page, failure, serving, visiting
from tocsin.base.errors import FetchError
from tocsin.sources.fetch import Fetcher
from tocsin.sources.guard import Guard, NotFetchedError
from tocsin.sources.limits import Budget, Limits, unpacked
from tocsin.sources.pace import Pace


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(b"Rebels " * 99, mtime=0), "gzip"),
        (gzip.compress(b"Rebels " * 50, mtime=0) + gzip.compress(b"Rebels " * 49, mtime=0), "GZIP"),
        (gzip.compress(b"Rebels " * 99, mtime=0) + b"\0\0\0", "x-gzip"),
        (zlib.compress(b"Rebels " * 99), "deflate"),
        (zlib.compress(b"Rebels " * 99, wbits=-15), "deflate"),
        (b"Rebels " * 99, "identity"),
    ],
)
def test_packed_bodies(body: bytes, coding: str) -> None:
    """A packed body comes back unpacked, with the liberties that servers take."""
    with visiting({"/story": Page(body, headers={"Content-Encoding": coding})}) as made:
        assert made.get().body == b"Rebels " * 99


def test_an_empty_packed_body() -> None:
    """Nothing is nothing, however it is said to be packed."""
    with visiting({"/story": Page(b"", headers={"Content-Encoding": "gzip"})}) as made:
        assert made.get().body == b""


@pytest.mark.parametrize(("body", "coding"), [(b"plain", "gzip"), (b"x", "br"), (b"x", "a, b")])
def test_bodies_that_are_packed_otherwise(body: bytes, coding: str) -> None:
    """A body that is not packed as asked or said is refused, once."""
    assert failure(Page(body, headers={"Content-Encoding": coding})).reason == "encoding"


@pytest.mark.parametrize(
    "bomb",
    [
        gzip.compress(b"\0" * 40_000_000),
        gzip.compress(b"\0" * 1_000_000) * 20,
        gzip.compress(b"x") * 3_000,
    ],
)
def test_bombs_stop_at_the_limit(bomb: bytes) -> None:
    """A body that grows past the limit when unpacked is given up there, whatever its packing."""
    error = failure(Page(bomb, headers={"Content-Encoding": "gzip"}))
    assert error.reason == "too-large"


def test_an_endless_body() -> None:
    """A body without an end is given up at the limit, and asked for once."""
    with visiting({"/story": Page(b"Rebels " * 1000, endless=True)}) as made:
        error = made.failure()
        assert (error.reason, str(error)) == (
            "too-large",
            "news.example sent more than 50,000 bytes",
        )
        assert made.site.paths == ["/story"]


def test_a_body_that_says_that_it_is_too_large() -> None:
    """A claimed length beyond the limit is believed at once."""
    assert failure(Page(b"x", length=10**15)).reason == "too-large"


def test_a_body_as_large_as_the_limit() -> None:
    """The limit itself is allowed, one byte more is not."""
    with visiting({"/story": Page(b"x" * 50_000), "/more": Page(b"x" * 50_001)}) as made:
        assert len(made.get().body) == 50_000
        assert made.failure("/more").reason == "too-large"


@pytest.mark.parametrize(
    "headers", [{"X-Long": "x" * 9_000}, {f"X-{n}": "x" * 100 for n in range(90)},
                {"X-Long": "x" * 500_000}],
)  # fmt: skip
def test_huge_headers(headers: dict[str, str]) -> None:
    """Headers beyond the limit are refused, before and after they are parsed."""
    assert failure(Page(b"x", headers=headers)).reason == "too-large"


QUICK = structs.replace(SMALL, read=0.3, total=0.5)


@pytest.mark.parametrize(
    "page",
    [
        Page(b"x" * 1000, drip=0.02),
        Page(raw=b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5000, drip=0.02),
        Page(raw=b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, drip=0.02),
    ],
    ids=["body", "header", "continue"],
)
def test_a_slow_drip(page: Page) -> None:
    """Bytes that come one by one are given up when the time for the whole is over."""
    with visiting({"/story": page}, QUICK) as made:
        error = made.failure()
        assert (error.reason, str(error)) == ("too-slow", "news.example was not done after 0.5 s")
        assert made.site.paths == ["/story"]


def test_silence() -> None:
    """A host that says nothing for too long is tried again, then given up."""
    with visiting({"/story": Page(b"x" * 9, drip=1.0)}, structs.replace(QUICK, read=0.1)) as made:
        error = made.failure()
        assert error.reason == "too-slow"
        assert "kept silent for 0.1 s three times" in str(error)


def test_this_machine_is_not_asked() -> None:
    """Without leave nothing on this machine is asked, by number or by name; with leave it is."""
    pace = Pace(SMALL, sleep=lambda _: None)
    with serving({"/story": Page(b"x")}) as site:
        for url in (f"{site.url}/story", f"http://localhost:{site.port}/story"):
            with (
                Fetcher(SMALL, pace=pace) as fetcher,
                pytest.raises(FetchError, match="allow private"),
            ):
                fetcher.get(url, robots=False)
        with Fetcher(SMALL, guard=Guard(resolve=lambda *_: ["127.0.0.1"]), pace=pace) as fetcher:
            with pytest.raises(NotFetchedError) as caught:
                fetcher.get("http://news.example/story", robots=False)
            assert caught.value.reason == "private"
        assert site.asked == []
        with Fetcher(SMALL, guard=Guard(allow_private=True), pace=pace) as fetcher:
            assert fetcher.get(f"{site.url}/story").body == b"x"


class Turning(Here):
    """A host whose name means something else each time that it is looked up."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        answers = iter(["93.184.215.14", "127.0.0.1"])
        object.__setattr__(self, "resolve", lambda *_: [next(answers)])


def test_a_name_that_changes_its_mind() -> None:
    """Each connection looks its host up once, and goes nowhere that was not judged."""
    with visiting({"/story": Page(b"x")}, guard=Turning) as made:
        assert made.fetcher.get(f"{HOST}/story", robots=False).body == b"x"
        with pytest.raises(NotFetchedError) as caught:
            made.fetcher.get(f"{HOST}/story", robots=False)
        assert caught.value.reason == "private"
        assert len(made.site.asked) == 1


def test_a_proxy_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment, which would look names up itself, gets round no guard."""
    with serving({"/story": Page(b"proxy")}) as other, visiting({"/story": Page(b"x")}) as made:
        monkeypatch.setenv("HTTP_PROXY", other.url)
        monkeypatch.setenv("ALL_PROXY", other.url)
        with Fetcher(SMALL, guard=Here(made.site.port)) as fetcher:
            assert fetcher.get(f"{HOST}/story").body == b"x"
        assert other.asked == []


@pytest.mark.parametrize(
    "page",
    [
        Page(b"Rebels " * 99, sent=50, reset=True),
        Page(b"Rebels " * 99, sent=50),
        Page(b"short", length=999),
        Page(raw=b""),
        Page(raw=b"HTTP/1.1 200 OK\r\nContent-Le"),
        Page(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nRebel\r\n"),
        Page(gzip.compress(b"Rebels " * 999)[:30], headers={"Content-Encoding": "gzip"}),
    ],
    ids=["reset", "cut", "length", "nothing", "header", "chunk", "packed"],
)
def test_connections_that_break_off(page: Page) -> None:
    """Half an answer is none: it is tried again, and never taken for the whole."""
    with visiting({"/story": [page, Page(b"whole")]}) as made:
        assert made.get().body == b"whole"
    assert failure(page).reason == "broken"


def test_more_than_was_claimed() -> None:
    """Bytes beyond the claimed length are not part of the answer, nor of the next."""
    page = Page(b"rightHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong", length=5)
    with visiting({"/story": page, "/next": Page(b"next")}) as made:
        assert made.get().body == b"right"
        assert made.get("/next").body == b"next"


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\x00\x01\x02\x03\r\n\r\n",
        b"HTTP/1.1 2OO OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nNo colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_garbage(raw: bytes) -> None:
    """What is no HTTP is told apart from what broke off, and not tried again."""
    with visiting({"/story": Page(raw=raw)}) as made:
        assert made.failure().reason == "no-http"
        assert made.site.paths == ["/story"]


def test_nobody_there() -> None:
    """A port that nobody listens at is tried again, then told."""
    with serving({}) as site:
        port = site.port
    pace = Pace(SMALL, sleep=lambda _: None)
    with (
        Fetcher(SMALL, guard=Here(port), pace=pace) as fetcher,
        pytest.raises(
            NotFetchedError, match=r"nobody answers at news\.example.*three times"
        ) as caught,
    ):
        fetcher.get(f"{HOST}/story", robots=False)
    assert caught.value.reason == "refused"


def test_a_host_without_an_address() -> None:
    """A name that means nothing is told as such, though robots.txt was asked for first."""

    def unknown(host: str, _: int) -> list[str]:
        raise NotFetchedError(f"{host} has no address", "dns")

    with (
        Fetcher(SMALL, guard=Guard(resolve=unknown)) as fetcher,
        pytest.raises(NotFetchedError) as caught,
    ):
        fetcher.get(f"{HOST}/story")
    assert (caught.value.reason, str(caught.value)) == ("dns", "news.example has no address")


def test_a_host_that_has_no_certificate() -> None:
    """A host that speaks no TLS where it should cannot show who it is."""
    with visiting({}) as made:
        assert made.failure(host="https://news.example").reason == "tls"


def test_the_name_is_sent_and_the_number_connected_to() -> None:
    """TLS is begun with the name of the host at the address that was judged."""
    heard: list[bytes] = []

    def listen(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            heard.append(connection.recv(4096))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=listen, args=(listener,))
        thread.start()
        settings = structs.replace(SMALL, retries=0)
        with (
            Fetcher(settings, guard=Here(listener.getsockname()[1])) as fetcher,
            pytest.raises(NotFetchedError),
        ):
            fetcher.get("https://news.example/story", robots=False)
        thread.join()
    assert b"news.example" in heard[0]


def test_pieces_are_small() -> None:
    """A bomb is unpacked piece by piece, never all at once."""
    limits = Limits(connect=1, read=1, total=9, size=10**9, wire=10**9, header=10**9)
    bomb = gzip.compress(b"\0" * 10_000_000)
    pieces = [len(piece) for piece in unpacked([bomb], "gzip", Budget("news.example", limits))]
    assert sum(pieces) == 10_000_000
    assert max(pieces) <= 65_536
