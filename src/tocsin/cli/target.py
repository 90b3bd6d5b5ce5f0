"""Where a command writes: a file, whole or not at all, or standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from tocsin.base.errors import InputError


class Target:
    """Where output goes; a file appears under its name only when it is complete."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.part = path.with_name(path.name + ".part") if path else None
        self.stream: TextIO = sys.stdout

    def __enter__(self) -> TextIO:
        if self.part is not None:
            try:
                self.part.parent.mkdir(parents=True, exist_ok=True)
                self.stream = self.part.open("w", encoding="utf8", newline="\n")
            except OSError as error:
                raise InputError(
                    f"{self.path}: cannot be written ({error}); give another path"
                ) from error
        return self.stream

    def __exit__(self, kind: object, *_: object) -> None:
        if self.part is None or self.path is None:
            return
        self.stream.close()
        if kind is None:
            self.part.replace(self.path)
        else:
            self.part.unlink(missing_ok=True)
