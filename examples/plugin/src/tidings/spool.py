"""A notifier: each message as a text in a folder, where another program picks it up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def send(message: Mapping[str, object], options: Mapping[str, object]) -> None:
    """Write a message under its id into the folder that the option `folder` names."""
    folder = Path(str(options["folder"]))
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{message['id']}.part"
    part.write_text(f"{message['subject']}\n\n{message['text']}", "utf8")
    part.replace(folder / f"{message['id']}.txt")
