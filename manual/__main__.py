"""Write the pages that are made from code: `python -m manual`."""

from __future__ import annotations

import sys

from manual.pages import DOCS, PAGES


def main() -> int:
    """Write each page that is not as it should be; print its name."""
    for name, make in PAGES.items():
        page, text = DOCS / name, make()
        if not page.is_file() or page.read_text("utf8") != text:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, "utf8")
            sys.stdout.write(f"docs/{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
