"""Folders full of traps: links, pipes, odd names, and files that change while they are read."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from tests.samples import LINES, samples

After = Callable[[], None] | None
# Sets a trap in an empty folder; returns the paths to read, and what to do after the first item.
Trap = Callable[[Path], tuple[Sequence[Path], After]]

TEXT = "\n\n".join(LINES)
_NAMES = (
    b"line\nend.txt", b"bad\xff\xfe.txt", b"\xed\xa0\x80.txt", b"-.txt", b"--help.txt", b" .txt",
    b"\x1b[2Jred.txt", b"$(id).txt", b"a" * 250 + b".txt", "\u202etxt.exe.txt".encode(),
    b"%s%n.txt", b"..txt", b"CON.txt", b"a\\b.txt", b"a:b.txt", "e\u0301\u200b.txt".encode(),
    b"x.zip",
)  # fmt: skip


@cache
def traps() -> tuple[Trap, ...]:
    """Return all traps."""
    return (
        *(_named(name) for name in _NAMES), _loop, _home, _outside, _device, _dangling, _pipe,
        _listener, _hollow, _deep, _masked, _nothing, _too_long, _vanishing, _shrinking, _growing,
        _swapped, _swapped_folder,
    )  # fmt: skip


def _named(name: bytes) -> Trap:
    def set_it(folder: Path) -> tuple[Sequence[Path], After]:
        with suppress(OSError):  # some systems refuse such names; others hand them out
            (folder / os.fsdecode(name)).write_text(TEXT)
        return [folder], None

    return set_it


def _loop(folder: Path) -> tuple[Sequence[Path], After]:
    (folder / "a.txt").symlink_to(folder / "b.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    return [folder, folder / "a.txt"], None


def _home(folder: Path) -> tuple[Sequence[Path], After]:
    (folder / "again").symlink_to(folder)
    (folder / "a.txt").write_text(TEXT)
    return [folder], None


def _outside(folder: Path) -> tuple[Sequence[Path], After]:
    inner = folder / "inner"
    inner.mkdir()
    (folder / "secret.txt").write_text("SECRET words of a file that nobody gave to be read.")
    (inner / "a.txt").symlink_to("../secret.txt")
    (inner / "b.txt").symlink_to("/etc/passwd")
    (inner / "c").symlink_to("/")
    return [inner], None


def _device(folder: Path) -> tuple[Sequence[Path], After]:
    for name in ("zero", "urandom", "tty", "stdin"):
        (folder / f"{name}.txt").symlink_to(f"/dev/{name}")
    return [folder, folder / "zero.txt"], None


def _dangling(folder: Path) -> tuple[Sequence[Path], After]:
    (folder / "a.txt").symlink_to("nowhere.txt")
    return [folder, folder / "a.txt"], None


def _pipe(folder: Path) -> tuple[Sequence[Path], After]:
    os.mkfifo(folder / "a.txt")
    return [folder, folder / "a.txt"], None


def _listener(folder: Path) -> tuple[Sequence[Path], After]:
    with suppress(OSError), socket.socket(socket.AF_UNIX) as made:  # its path may be too long
        made.bind(str(folder / "a.txt"))
    return [folder], None


def _hollow(folder: Path) -> tuple[Sequence[Path], After]:
    (folder / "a.txt").mkdir()
    (folder / "b.txt").touch()
    return [folder, folder / "a.txt"], None


def _deep(folder: Path) -> tuple[Sequence[Path], After]:
    here = folder
    with suppress(OSError):
        for _ in range(300):
            here /= "a" * 9
            here.mkdir()
            (here / "a.txt").write_text(TEXT)
    return [folder], None


def _masked(folder: Path) -> tuple[Sequence[Path], After]:
    """Files whose names say what they are not."""
    for number, data in enumerate(samples().values()):
        ending = (".txt", ".html", ".json", ".pdf", ".docx", ".warc", ".csv", ".parquet", ".mbox")
        (folder / f"{number}{ending[number % len(ending)]}").write_bytes(data)
    return [folder], None


def _nothing(folder: Path) -> tuple[Sequence[Path], After]:
    return [folder, folder / "nowhere" / ".." / "a.txt"], None


def _too_long(folder: Path) -> tuple[Sequence[Path], After]:
    return [Path("a" * 9_000), folder / "a\0b.txt", Path("\ud800.txt")], None


def _three(folder: Path) -> list[Path]:
    made = [folder / f"{name}.jsonl" for name in "abc"]
    for path in made:
        path.write_bytes(samples()["many.jsonl"] * 100)
    return made


def _vanishing(folder: Path) -> tuple[Sequence[Path], After]:
    made = _three(folder)

    def after() -> None:
        for path in made:
            path.unlink()

    return [folder], after


def _shrinking(folder: Path) -> tuple[Sequence[Path], After]:
    made = _three(folder)

    def after() -> None:
        for path in made:
            os.truncate(path, 700)

    return [folder], after


def _growing(folder: Path) -> tuple[Sequence[Path], After]:
    made = _three(folder)

    def after() -> None:
        for path in made:
            with path.open("ab") as file:
                file.write(b"\0" * 1_000_000)

    return [folder], after


def _swapped(folder: Path) -> tuple[Sequence[Path], After]:
    """A file becomes a folder, another a link to itself."""
    made = _three(folder)

    def after() -> None:
        made[1].unlink()
        made[1].mkdir()
        made[2].unlink()
        made[2].symlink_to(made[2])

    return [folder], after


def _swapped_folder(folder: Path) -> tuple[Sequence[Path], After]:
    """A folder becomes a link out of the one that was given."""
    inner = folder / "inner"
    (inner / "z").mkdir(parents=True)
    made = _three(inner)
    (inner / "z" / "z.jsonl").write_bytes(samples()["many.jsonl"])

    def after() -> None:
        (inner / "z").rename(folder / "gone")
        (inner / "z").symlink_to("/etc")

    return [made[0], inner], after
