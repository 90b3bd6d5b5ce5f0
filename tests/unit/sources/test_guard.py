"""Which addresses may be asked."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.base.errors import FetchError
from tocsin.sources.guard import Guard, NotFetchedError, look_up, public


def reason(url: str, guard: Guard | None = None) -> str:
    """Return why an address may not be asked, by its letters or its host's addresses."""
    judge = guard or Guard(resolve=lambda *_: ["93.184.215.14"])
    try:
        judge.check(url)
    except NotFetchedError as error:
        return error.reason
    return ""


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "0.0.0.0", "0.1.2.3",  # noqa: S104
        "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1",
        "224.0.0.1", "239.1.2.3", "240.0.0.1", "255.255.255.255", "168.63.129.16",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1",
        "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1",
        "64:ff9b::169.254.169.254", "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::1",
        "2001:db8::1", "2001:0:4136:e378::1", "100::1", "4000::1", "", "localhost",
    ],
)  # fmt: skip
def test_what_is_not_public(address: str) -> None:
    """No address of this machine, this network, a cloud's own services or no network passes."""
    assert not public(address)


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8", "2002:808:808::1",
    ],
)  # fmt: skip
def test_what_is_public(address: str) -> None:
    """Addresses of the public internet pass, in whatever they are wrapped."""
    assert public(address)


@given(st.ip_addresses(v=4))
def test_wrapping_changes_nothing(address: object) -> None:
    """An IPv4 address is judged alike when it is wrapped in IPv6."""
    wrapped = (f"::ffff:{address}", f"64:ff9b::{address}")
    assert {public(each) for each in wrapped} == {public(str(address))}


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://news.example/", "bad-address"),
        ("file:///etc/passwd", "bad-address"),
        ("javascript:alert(1)", "bad-address"),
        ("gopher://news.example/", "bad-address"),
        ("news.example/story", "bad-address"),
        ("", "bad-address"),
        ("http://", "bad-address"),
        ("http:///story", "bad-address"),
        ("http://[::1", "bad-address"),
        ("http://news.example:port/", "bad-address"),
        ("http://news.example:99999/", "bad-address"),
        ("http://user@news.example/", "bad-address"),
        ("http://user:secret@news.example/", "bad-address"),
        ("http://news.example\\@127.0.0.1/", "bad-address"),
        ("http://127.0.0.1\\.news.example/", "bad-address"),
        ("http://news%2eexample/", "bad-address"),
        ("http://2130706433/", "bad-address"),
        ("http://017700000001/", "bad-address"),
        ("http://0x7f000001/", "bad-address"),
        ("http://0x7f.1/", "bad-address"),
        ("http://127.1/", "bad-address"),
        ("http://0177.0.0.1/", "bad-address"),
        ("http://0/", "bad-address"),
        ("http://127.1./", "bad-address"),
        ("http://127.0.0.1/", "private"),
        ("http://[::1]/", "private"),
        ("http://[::ffff:127.0.0.1]/", "private"),
        ("http://169.254.169.254/latest/meta-data", "private"),
        ("http://news.example:22/", "port"),
        ("http://news.example:6379/", "port"),
        ("https://news.example:8443/", "port"),
        ("http://news.example/", ""),
        ("https://news.example:443/", ""),
        ("http://NEWS.example:80/a?b=c#d", ""),
        ("https://xn--80ajbyhgij.example/", ""),
        ("http://93.184.215.14/", ""),
    ],
)
def test_addresses_by_their_letters(url: str, why: str) -> None:
    """Schemes, passwords, ports and odd spellings are refused before anybody is asked."""
    assert reason(url) == why


def test_a_password_is_not_repeated() -> None:
    """The message about an address with a password does not tell it."""
    with pytest.raises(FetchError) as caught:
        Guard().check("http://user:secret@news.example/")
    assert "secret" not in str(caught.value)
    assert "news.example" in str(caught.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/", "http://[::1]/", "http://intranet/"])
def test_private_addresses_by_leave(url: str) -> None:
    """With leave, private addresses and other ports may be asked, other schemes still may not."""
    guard = Guard(allow_private=True)
    assert reason(url, guard) == ""
    assert reason("file:///etc/passwd", guard) == "bad-address"


def test_every_address_must_be_public() -> None:
    """One private address among those of a host is enough to refuse it."""
    guard = Guard(resolve=lambda *_: ["93.184.215.14", "10.0.0.5"])
    with pytest.raises(NotFetchedError, match=r"news\.example is at 10\.0\.0\.5.*allow") as caught:
        guard.addresses("news.example", 80)
    assert caught.value.reason == "private"


def test_what_is_judged_is_connected_to() -> None:
    """The addresses to connect to are those that were judged, with the port."""
    guard = Guard(resolve=lambda *_: ["93.184.215.14", "8.8.8.8"])
    assert guard.addresses("news.example", 443) == [("93.184.215.14", 443), ("8.8.8.8", 443)]


def test_a_number_is_not_looked_up() -> None:
    """A host that is an address is judged itself, whatever a resolver would make of it."""
    guard = Guard(resolve=lambda *_: ["93.184.215.14"])
    with pytest.raises(NotFetchedError, match="not on the public internet"):
        guard.addresses("127.0.0.1", 80)


def test_a_host_without_addresses() -> None:
    """A resolver that finds nothing is an error, not leave."""
    with pytest.raises(NotFetchedError) as caught:
        Guard(resolve=lambda *_: []).addresses("news.example", 80)
    assert caught.value.reason == "dns"


def test_localhost_is_looked_up_and_refused() -> None:
    """The system's resolver is asked by default, and this machine refused by what it says."""
    assert "127.0.0.1" in look_up("localhost", 80) or "::1" in look_up("localhost", 80)
    with pytest.raises(NotFetchedError) as caught:
        Guard().addresses("localhost", 80)
    assert caught.value.reason == "private"


@pytest.mark.parametrize("host", ["news..example", "a" * 64 + ".example"])
def test_names_that_are_none(host: str) -> None:
    """A name that cannot be looked up is a bad address, not a crash."""
    with pytest.raises(NotFetchedError) as caught:
        look_up(host, 80)
    assert caught.value.reason in {"bad-address", "dns"}


@pytest.mark.parametrize(
    ("number", "again"), [(socket.EAI_AGAIN, True), (socket.EAI_NONAME, False)]
)
def test_a_resolver_s_no(monkeypatch: pytest.MonkeyPatch, number: int, *, again: bool) -> None:
    """A name that does not exist is final; a resolver that has no time may be asked again."""

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(number, "said so")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(NotFetchedError, match="said so") as caught:
        look_up("news.example", 80)
    assert (caught.value.reason, caught.value.again) == ("dns", again)
