"""Passwords: what they must be, and the hashes that are kept of them (argon2id).

The one door to argon2.
"""

from __future__ import annotations

import unicodedata
from importlib.util import find_spec
from secrets import token_urlsafe
from threading import BoundedSemaphore

from tocsin.base.errors import InputError

# Length alone is asked for, as NIST SP 800-63B has it; the longest keeps hashing short.
LEAST, MOST = 12, 512
# Hashes at a time, each of 64 MiB with argon2's own costs, and seconds that others wait for one.
AT_ONCE, PATIENCE = 4, 10.0


class Busy(Exception):  # noqa: N818 - it is no error of anybody's
    """More people sign in than there is memory for."""


class Hasher:
    """Makes hashes of passwords and checks passwords against them.

    `memory` in KiB and `rounds` are argon2's costs; by default those that argon2-cffi takes from
    RFC 9106.
    """

    def __init__(self, *, memory: int | None = None, rounds: int | None = None) -> None:
        """Raise InputError where argon2 is not installed."""
        if find_spec("argon2") is None:
            raise InputError("a team's passwords need argon2; pip install 'tocsin[team]'")
        from argon2 import PasswordHasher  # noqa: PLC0415 - an extra

        usual = PasswordHasher()
        self._own = PasswordHasher(rounds or usual.time_cost, memory or usual.memory_cost)
        self._turn = BoundedSemaphore(AT_ONCE)
        # What is checked where nobody is known, so that it takes as long as where somebody is.
        self._nobody = self._own.hash(token_urlsafe())

    def hash(self, password: str) -> str:
        """Return the hash of a password, with its salt and costs in it."""
        return self._own.hash(_normal(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Return whether a password is the one that a hash was made of; it takes as long if none.

        Raises Busy where too many are being checked already.
        """
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - an extra

        if not self._turn.acquire(timeout=PATIENCE):
            raise Busy
        try:
            self._own.verify(kept or self._nobody, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
        finally:
            self._turn.release()
        return kept is not None

    def stale(self, kept: str) -> bool:
        """Return whether a hash was made at other costs, and should be made anew."""
        return self._own.check_needs_rehash(kept)


def check(password: str, name: str) -> None:
    """Raise InputError for a password that will not do."""
    held = _normal(password)
    if not LEAST <= len(held) <= MOST:
        raise InputError(f"a password has {LEAST} to {MOST} characters; found {len(held)}")
    if name in held.casefold() and len(held) < len(name) + LEAST:
        raise InputError("the password is mostly the name; expected words that nobody would guess")
    if len(set(held)) < 5:
        raise InputError("the password repeats a few characters; expected more of them")


def _normal(password: str) -> str:
    """Return a password as every keyboard writes it."""
    return unicodedata.normalize("NFKC", password[: MOST * 2]).encode("utf8", "ignore").decode()
