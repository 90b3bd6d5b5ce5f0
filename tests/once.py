"""What is made once for all the processes that tests are spread over."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

# Set for the time of the tests: the folder that those processes share.
VARIABLE = "TOCSIN_TESTS_SHARED"
# Set in each of those processes, and in none that tests run in alone.
WORKER = "PYTEST_XDIST_WORKER"


def once(name: str, make: Callable[[Path], None]) -> Path:
    """Return a file that whoever asks for it first makes, while the others wait; read it only."""
    folder = Path(os.environ[VARIABLE])
    file = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            part = folder / f"{name}.part"
            make(part)
            part.rename(file)
    return file
