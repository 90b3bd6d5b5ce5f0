"""From bytes to characters, or a refusal that says why."""

from __future__ import annotations

import codecs
import re

from tocsin.base.errors import InputError

# What people most often save under a text name by mistake, by its first bytes.
_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"{\\rtf": "a rich text document",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python knows encodings that no page is written in and some that are traps; these are the others.
_DECLARABLE = re.compile(
    r"(iso-?8859-?\d+|latin-?\d+|windows-?\d+|cp-?\d+|koi8-?[ru]|gb2312|gbk|gb18030|big5"
    r"|euc-?(jp|kr)|shift[-_]?jis)",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_ASCII = bytes(range(0x80))
_SAMPLE = 4096
# More control characters than this share, and it is no text; stray ones are one in a hundred.
_MOST_CONTROLS = 0.05
# Western European prose has one accented letter in ten; mojibake of other alphabets has nine.
_MOST_ACCENTS = 0.25


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """Return the characters of a file, without byte order mark, and what is doubtful about them.

    Raises InputError when the bytes are no text in an encoding that can be told.
    """
    kind = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)
    if kind:
        raise InputError(f"found {kind}; expected text. Export the text and give that")
    text, doubt = _characters(data, declared)
    controls = len(_CONTROLS.findall(text))
    if controls > _MOST_CONTROLS * len(text):
        raise InputError(f"found {controls} control characters in {len(text)}; expected text")
    return text, doubt


def _characters(data: bytes, declared: str | None) -> tuple[str, str | None]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    wide = _wide(data)
    if wide:
        text, _ = _marked(data[: len(data) // 2 * 2], wide)
        return text, f"read as {wide.upper()}, which the zero bytes show; save it as UTF-8"
    try:
        return data.decode("utf8"), None
    except UnicodeDecodeError:
        return _other(data, declared)


def _marked(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        if encoding == "utf8":
            return _other(data, None)
        raise InputError(f"not {encoding.upper()} at byte {error.start}, as it begins") from error


def _wide(data: bytes) -> str | None:
    """Return which UTF-16 the bytes are when every other one is zero, as in Latin letters."""
    half = min(len(data), _SAMPLE) // 2
    if half < 2:
        return None
    even, odd = data[: 2 * half : 2].count(0) / half, data[1 : 2 * half : 2].count(0) / half
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None


def _other(data: bytes, declared: str | None) -> tuple[str, str | None]:
    """Return the characters of bytes that are not UTF-8 throughout."""
    if declared and _DECLARABLE.fullmatch(declared):
        try:
            return data.decode(_codec(declared)), None
        except (UnicodeDecodeError, LookupError):
            pass
    mended = data.decode("utf8", "replace")
    lost = mended.count("\ufffd")
    if len(mended) - len(mended.encode("ascii", "ignore")) > 2 * lost:
        return mended, f"{lost} places are not UTF-8 and became U+FFFD; mend them or leave them"
    return _western(data), "not UTF-8, read as Windows-1252; save it as UTF-8 to be sure"


def _codec(declared: str) -> str:
    """Return the codec for a declared name: pages that say Latin-1 mean Windows-1252."""
    return "cp1252" if declared.lower() in ("iso-8859-1", "iso8859-1", "latin1") else declared


def _western(data: bytes) -> str:
    sample = data[: 16 * _SAMPLE]
    accents = len(sample.translate(None, _ASCII))
    if accents <= _MOST_ACCENTS * len(sample):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    raise InputError("no text in a known encoding; expected UTF-8. Save it as UTF-8 text")
