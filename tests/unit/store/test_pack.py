"""Records and bytes are packed and come out as they were, or not at all."""

from __future__ import annotations

import os
import zlib

import pytest

from tests.build import a_claim
from tocsin.base.errors import StoreError
from tocsin.records.claim import Claim
from tocsin.records.feed import Entry
from tocsin.store import pack


def test_there_and_back() -> None:
    """A record is read again as it was, and packed into the same bytes each time."""
    claim = a_claim()
    assert pack.unpacked(pack.packed(claim), Claim) == claim
    assert pack.packed(claim) == pack.packed(a_claim())


@pytest.mark.parametrize("body", [b"", b"\0", b"a" * 1_000_000, os.urandom(1000)])
def test_bytes(body: bytes) -> None:
    """Bytes come out as they were."""
    assert pack.expanded(pack.squeezed(body)) == body


def test_another_record() -> None:
    """Bytes of one kind of record are not read as another."""
    with pytest.raises(StoreError, match="no Entry in the store's bytes"):
        pack.unpacked(pack.packed(a_claim()), Entry)


@pytest.mark.parametrize("body", [b"", b"no bytes of ours", pack.squeezed(b"x" * 1000)[:-1]])
def test_damaged(body: bytes) -> None:
    """Bytes that are damaged or cut off are told, never read in part."""
    with pytest.raises(StoreError, match="restore a backup"):
        pack.expanded(body)


def test_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that unpack to more than a record can be are refused before they fill memory."""
    monkeypatch.setattr(pack, "LARGEST", 1_000_000)
    pack.expanded(zlib.compress(b"x" * 1_000_000))
    with pytest.raises(StoreError, match="over 1,000,000"):
        pack.expanded(zlib.compress(b"x" * 1_000_001))


def test_plain() -> None:
    """A record's fields are taken as they are, in order."""
    assert pack.plain(Entry(feed="f", key="k", digest="d")) == {
        "feed": "f", "key": "k", "digest": "d", "url": None, "article": None, "fetched": None,
        "etag": None, "modified": None,
    }  # fmt: skip
