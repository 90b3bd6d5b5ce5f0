"""Nothing leaves the machine: with the network off the desk is the same."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.browser.conftest import Known
from tests.browser.test_pages import PAGES, PARTS
from tests.chromium import ROOT, program, required
from tocsin.store import backup
from tocsin.store.open import Store

ALONE = ("unshare", "--user", "--map-root-user", "--net")


def _alone() -> bool:
    """Return whether this machine lets a process have a network of its own."""
    if shutil.which(ALONE[0]) is None:
        return False
    done = subprocess.run([*ALONE, "true"], check=False, capture_output=True)  # noqa: S603 - ours
    return done.returncode == 0


def test_without_a_network(store: Store, known: Known, tmp_path: Path) -> None:
    """Desk and browser in a network that ends at loopback show every page and the map."""
    if program() is None:
        assert not required(), "no Chromium is installed; apt install chromium"
        pytest.skip("no Chromium is installed; apt install chromium")
    if not _alone():
        pytest.skip("this machine gives processes no network of their own")
    file = tmp_path / "offline.db"
    backup.backup(store, file, datetime.now(UTC))
    paths = [path.format(**vars(known)) for name, path in PAGES.items() if name not in PARTS]
    done = subprocess.run(  # noqa: S603 - ours
        [*ALONE, sys.executable, "-m", "tests.browser.offline", str(file), *paths],
        cwd=ROOT, check=False, capture_output=True, encoding="utf8", timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == paths
