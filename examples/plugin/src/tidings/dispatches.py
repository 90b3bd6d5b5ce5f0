"""A source: files of dispatches, as a newsroom might keep them.

Each has lines of `Name: value` (Title, Outlet, Published, Url, Language), an empty line, its text;
lines of `%%` stand between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Reader:
    """Reads files whose names end in `.dispatches`."""

    suffixes = (".dispatches",)

    def read(self, data: bytes) -> Iterator[Mapping[str, object]]:
        """Yield the fields of each dispatch; raise ValueError where its head is none."""
        for part in data.decode("utf8").split("\n%%\n"):
            head, _, text = part.strip().partition("\n\n")
            row: dict[str, object] = {"text": text}
            for line in head.splitlines():
                name, colon, value = line.partition(":")
                if not colon:
                    raise ValueError(f"found {line[:60]!r}, expected `Name: value`")
                row[name.strip().lower()] = value.strip()
            yield row


reader = Reader()
