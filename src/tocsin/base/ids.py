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
