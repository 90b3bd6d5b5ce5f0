"""The commands of the README and of the manual's first pages, run as a reader types them.

A page's blocks run one after the other in one folder, which has the repository's `examples` and
`.venv`: of `console` every line after `$`, in a terminal of 80 columns; `sh` and `python` as they
stand. A block under the comment `<!-- not run: why -->` is left alone. `python -m manual.blocks`
writes the output of `console` anew; what a block leaves out (a line `…`) stays left out.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLAYED = ("../README.md", "start.md", "tour.md", "fusion.md", "add/type.md", "add/source.md")
FENCE = re.compile(
    r"(<!-- not run[^\n]*-->\n+)?```(console|sh|python)\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
MORE = "…"
COLUMNS = 80
SHELL = "/bin/bash"
# Seconds that one command may take; the example world is coded in one of them.
PATIENCE = 300
# How long something took, and when, and what is named by its moment: another each time.
TIMES = re.compile(
    r"\b\d+(?:\.\d+)? s\b|\b\d{4}-\d{2}-\d{2} \d{2}:\d{2}\b|\bjudgement-[0-9a-f]{16}\b"
)


def play(text: str, folder: Path) -> str:
    """Return a page with the output that its commands have now; they run in a folder."""
    (folder / "examples").symlink_to(ROOT / "examples")
    (folder / ".venv").symlink_to(sys.prefix)

    def again(block: re.Match[str]) -> str:
        if block[1]:
            return block[0]
        if block[2] == "console":
            return f"```console\n{''.join(_session(block[3], folder))}```"
        command = [SHELL, "-e"] if block[2] == "sh" else [sys.executable]
        subprocess.run(  # noqa: S603 - the manual's own words
            [*command, "-c", block[3]], cwd=folder, env=_environment(), check=True,
            timeout=PATIENCE, capture_output=True,
        )  # fmt: skip
        return block[0]

    return FENCE.sub(again, text)


def timeless(text: str) -> str:
    """Return a text without what is another each time."""
    return TIMES.sub("#", text)


def _session(block: str, folder: Path) -> Iterator[str]:
    for step in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
        if not step.startswith("$ "):
            yield step
            continue
        head, shown = _parted(step)
        lines = terminal(head.removeprefix("$ "), folder)
        yield head
        yield from (f"{line}\n" for line in excerpt(lines, shown))


def excerpt(lines: Sequence[str], shown: Sequence[str]) -> list[str]:
    """Return what a page that shows so much of an output shows of it now.

    As many lines stay at the beginning and at the end as the page has there. Between two `…` it
    goes on with the next line that is as the page has it.
    """
    pieces = _pieces(shown)
    if len(pieces) == 1:
        return list(lines)
    end = len(pieces[0])
    kept = list(lines[:end])
    for piece in pieces[1:-1]:
        if piece[0] in lines[end:]:
            start = lines.index(piece[0], end)
            kept += [MORE] if start > end else []
            end = start + len(piece)
            kept += lines[start:end]
    start = max(end, len(lines) - len(pieces[-1]))
    kept += [MORE] if start > end else []
    return kept + list(lines[start:])


def _pieces(shown: Sequence[str]) -> list[list[str]]:
    """Return the lines that a page shows, parted where it leaves some out."""
    pieces: list[list[str]] = [[]]
    for line in shown:
        if line == MORE:
            pieces.append([])
        else:
            pieces[-1].append(line)
    return pieces


def _parted(step: str) -> tuple[str, list[str]]:
    """Return a command, which goes on after a backslash or a bar, and the lines shown under it."""
    lines = step.splitlines(keepends=True)
    end = 1
    while lines[end - 1].rstrip().endswith(("\\", "|")):
        end += 1
    return "".join(lines[:end]), [line.rstrip("\n") for line in lines[end:]]


def terminal(command: str, folder: Path) -> list[str]:
    """Return the lines that a command shows in a terminal, without empty ones at its ends."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(  # noqa: S603 - the manual's own words
        [SHELL, "-c", command], cwd=folder, env=_environment(), stdout=theirs, stderr=theirs,
        stdin=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        os.close(theirs)
        heard = b"".join(_heard(ours))
        process.wait(PATIENCE)
    os.close(ours)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", heard.decode("utf8").replace("\r\n", "\n"))
    # What a line was before it was written over.
    lines = [line.rpartition("\r")[2].rstrip() for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def _heard(end: int) -> Iterator[bytes]:
    while True:
        try:
            part = os.read(end, 65_536)
        except OSError:  # Linux says so where nobody writes any more
            return
        if not part:
            return
        yield part


def _environment() -> dict[str, str]:
    left = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return left | {"PATH": path, "COLUMNS": str(COLUMNS), "TERM": "dumb", "NO_COLOR": "1"}


def main() -> int:
    """Write the pages anew."""
    for name in sys.argv[1:] or PLAYED:
        page = ROOT / "docs" / name
        text = page.read_text("utf8")
        with tempfile.TemporaryDirectory() as folder:
            now = play(text, Path(folder))
        if timeless(now) != timeless(text):
            page.write_text(now, "utf8")
            sys.stdout.write(f"docs/{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
