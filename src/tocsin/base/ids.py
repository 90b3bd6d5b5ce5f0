"""Names made from content, so that reading the same thing twice adds nothing."""

from __future__ import annotations

from hashlib import blake2b


def digest(kind: str, *parts: str) -> str:
    """Return a name of 16 hex digits, prefixed by its kind, for the given parts in order."""
    whole = blake2b(digest_size=8)
    for part in (kind, *parts):
        data = part.encode("utf8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return f"{kind}-{whole.hexdigest()}"


def number(name: str) -> int:
    """Return the 64 bits of a name as a whole number with a sign, as databases keep them."""
    return int.from_bytes(bytes.fromhex(name.rpartition("-")[2]), signed=True)


def named(kind: str, bits: int) -> str:
    """Return the name of a kind that `number` made a number of."""
    return f"{kind}-{bits.to_bytes(8, signed=True).hex()}"
