"""Secrets, which settings name and never hold: in the environment, or in a file of one's own."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tocsin.base.errors import SettingsError

LARGEST = 4_096  # bytes of a secret


def reveal(named: str) -> str:
    """Return the secret behind `env:NAME` or `file:PATH`.

    Raises SettingsError where there is none, or where others than its owner may read the file.
    """
    kind, _, name = named.partition(":")
    return _variable(name) if kind == "env" else _file(Path(name).expanduser())


def _variable(name: str) -> str:
    found = os.environ.get(name, "").strip()
    if not found:
        raise SettingsError(f"the variable {name} is not set; expected the secret of a channel")
    return found


def _file(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            found = stream.read(LARGEST + 1)
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}; expected a file with a secret") from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsError(f"{path} can be read by others; expected rights 600 (`chmod 600`)")
    text = found.decode("utf8", "replace").strip()
    if not text or len(found) > LARGEST or "\n" in text:
        raise SettingsError(f"{path} holds no secret; expected one line")
    return text
