"""The sandbox: hangs, crashes and greed of a parser are refusals, and the next file is read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tocsin.base.errors import InputError
from tocsin.sources import html, sandbox

PAGE = (
    "<html><body><h1>Army takes town</h1>"
    + "<p>The army took the town on Monday, officials said.</p>" * 9
)

# The parsers stand in a module of their own, as the process has no use for a module of tests.
PARSERS = """
import os, time
from tocsin.base.errors import InputError

def pid(data): return os.getpid()
def size(data): return len(data)
def refuse(data): raise InputError("the page is empty")
def fail(data): raise KeyError("part")
def hang(data): time.sleep(60)
def spin(data):
    while True: pass
def die(data): os.abort()
def leave(data): os._exit(3)
def greed(data): return len(bytes(2_000_000_000) + data)
def deep(data): return deep(data)
def strange(data): return object()
"""


@pytest.fixture(scope="module", autouse=True)
def parsers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The parsers as a module that the process finds too."""
    folder = tmp_path_factory.mktemp("parsers")
    (folder / "oddparsers.py").write_text(PARSERS)
    sandbox.close()
    sys.path.insert(0, str(folder))
    import_module("oddparsers")
    yield
    sandbox.close()
    sys.path.remove(str(folder))
    del sys.modules["oddparsers"]


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Begin with no process, however many jobs the last one has done for other tests."""
    sandbox.close()


def odd(name: str) -> Callable[[bytes], Any]:
    """A parser by its name."""
    found: Callable[[bytes], Any] = getattr(sys.modules["oddparsers"], name)
    return found


def test_a_page_is_read_as_without() -> None:
    """What comes back is what the parser makes in this process."""
    assert sandbox.run(html.page, PAGE) == html.page(PAGE)


def test_the_process_is_another_and_stays() -> None:
    """One process, not this one, reads file after file; a refusal does not end it."""
    first = sandbox.run(odd("pid"), b"")
    with pytest.raises(InputError, match=r"^the page is empty$"):
        sandbox.run(odd("refuse"), b"")
    assert sandbox.run(odd("pid"), b"") == first != os.getpid()


def test_a_large_program_keeps_its_process_too() -> None:
    """What the program itself has held is not counted as held by its parser."""
    held = bytearray(b"x") * 400_000_000
    del held
    assert sandbox.run(odd("pid"), b"") == sandbox.run(odd("pid"), b"")


def test_the_process_is_replaced_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many files another process takes over."""
    sandbox.close()
    monkeypatch.setattr(sandbox, "JOBS", 2)
    found = [sandbox.run(odd("pid"), b"") for _ in range(4)]
    assert found[0] == found[1] != found[2] == found[3]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("fail", "KeyError"),
        ("die", f"signal {int(signal.SIGABRT)}"),
        ("leave", "exit code 3"),
        ("greed", "too much memory"),
        ("deep", "nested too deeply"),
        ("strange", "TypeError"),
    ],
)
def test_faults_are_refusals(name: str, reason: str) -> None:
    """Each fault has its reason, and the next file is read."""
    with pytest.raises(InputError, match=reason):
        sandbox.run(odd(name), b"x")
    assert sandbox.run(odd("size"), b"abc") == 3


@pytest.mark.parametrize("name", ["hang", "spin"])
def test_a_hang_is_given_up(name: str) -> None:
    """A parser that never ends, asleep or busy, is ended."""
    begun = time.monotonic()
    with pytest.raises(InputError, match=r"more than 0\.5 s"):
        sandbox.run(odd(name), b"x", seconds=0.5)
    assert time.monotonic() - begun < 8
    assert sandbox.run(odd("size"), b"abc") == 3


def test_much_data_goes_through() -> None:
    """Twenty million bytes reach the parser whole."""
    assert sandbox.run(odd("size"), b"x" * 20_000_000) == 20_000_000


def test_a_script_is_not_run_again(tmp_path: Path) -> None:
    """A script that reads files without a guard is run once, and ends without a word."""
    script = tmp_path / "script.py"
    script.write_text(
        "from tocsin.sources import html, sandbox\n"
        "print('begun')\n"
        f"print(sandbox.run(html.page, {PAGE!r})['title'])\n"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-W", "error", str(script)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "begun\nArmy takes town\n"
    assert done.stderr == ""
