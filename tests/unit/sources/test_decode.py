"""Bytes and characters: which encodings are read, and which bytes are refused."""

from __future__ import annotations

import codecs
import random

import pytest

from tocsin.base.errors import InputError
from tocsin.sources.decode import decode

FRENCH = "Le lycée français de Niamey a fermé ses portes, a déclaré le proviseur. " * 3


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (FRENCH.encode(), None),
        (codecs.BOM_UTF8 + FRENCH.encode(), None),
        (codecs.BOM_UTF16_LE + FRENCH.encode("utf-16-le"), None),
        (codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"), None),
        (FRENCH.encode("iso-8859-15"), "iso-8859-15"),
    ],
)
def test_what_is_marked_or_declared_is_read_without_doubt(
    data: bytes, declared: str | None
) -> None:
    """UTF-8, a byte order mark and a declared encoding leave no doubt, and no mark in the text."""
    assert decode(data, declared) == (FRENCH, None)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1252"])
def test_what_is_told_from_the_bytes_is_doubtful(encoding: str) -> None:
    """An encoding that nothing declares is read and noted."""
    text, doubt = decode(FRENCH.encode(encoding))
    assert text == FRENCH
    assert doubt


def test_a_cut_character_spoils_nothing_else() -> None:
    """UTF-8 that is broken in one place stays UTF-8 everywhere else."""
    text, doubt = decode(FRENCH.encode() + "é".encode()[:1])
    assert text == FRENCH + "\ufffd"
    assert doubt


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 and so on",
        b"PK\x03\x04 and so on",
        random.Random(1).randbytes(2000),  # noqa: S311
        b"\x00" * 50,
        b"\x01\x02\x03 text",
        codecs.BOM_UTF16_LE + b"\x00\xd8\x00\x00",
        "Президент заявил во вторник".encode("cp1251"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """Archives, noise, broken wide text and encodings that cannot be told are refused."""
    with pytest.raises(InputError):
        decode(data)


@pytest.mark.parametrize("declared", ["unicode_escape", "utf-7", "hex", "idna", "nonsense"])
def test_a_page_cannot_choose_a_trap(declared: str) -> None:
    """A declared name is believed only if news is written in it."""
    text, doubt = decode(FRENCH.encode("cp1252"), declared)
    assert text == FRENCH
    assert doubt
