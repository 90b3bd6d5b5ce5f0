"""The settings, out of `defaults.toml` with its comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

from manual.markdown import block, code, made, plain, table

LINE = re.compile(r"^(\w+)\s*=\s*(.+?)\s*(?:#\s*(.*))?$")
# What stands before the comment; a sign within quotes is none.
QUOTED = re.compile(r'^(\w+)\s*=\s*("[^"]*")\s*(?:#\s*(.*))?$')


def page() -> str:
    """Return the page of all settings with their defaults."""
    text = (resources.files("tocsin") / "data" / "defaults.toml").read_text("utf8")
    lead = (
        "A file of your own is laid over these defaults by `--config FILE`; it holds only what "
        "differs. A key that nothing reads is refused.\n\n"
        + block('[fetch]\ncontact = "https://institute.example/tocsin"\nrate = 0.5', "toml")
        + "\n\nWhere things stand is said by the environment: `TOCSIN_STORE` names the store and "
        "`TOCSIN_SOURCES` the registry ([commands](commands.md) says which read them), "
        "`TOCSIN_GAZETTEER` the folder of another gazetteer (`tocsin gazetteer build`), "
        "`TOCSIN_CACHE` another folder for what can be made again, or `off` for none."
    )
    return made("Settings", "src/tocsin/data/defaults.toml", lead, *_sections(text))


def rows(text: str, section: str) -> list[tuple[str, str, str]]:
    """Return key, default and meaning of each setting of a section."""
    return [row for name, _, found in sections(text) if name == section for row in found]


def sections(text: str) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """Yield each section with what its comments say of it, and its settings."""
    name, remarks, found = "", [], []  # type: tuple[str, list[str], list[tuple[str, str, str]]]
    for line in [*text.splitlines(), "[]"]:
        if line.startswith("["):
            if name:
                yield name, " ".join(remarks), found
            name, remarks, found = line.strip("[]"), [], []
        elif line.startswith("#"):
            remarks.append(line.removeprefix("#").strip())
        elif held := QUOTED.match(line) or LINE.match(line):
            found.append((held[1], held[2], held[3] or ""))


def _sections(text: str) -> Iterator[str]:
    for name, remarks, found in sections(text):
        yield f"## {name}"
        yield plain(remarks)
        cells = ((code(key), code(value), plain(meaning)) for key, value, meaning in found)
        yield table(("setting", "default", "is"), cells)
