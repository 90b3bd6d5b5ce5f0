"""Build the manual that `tocsin docs` shows, in build/docs, unless it was built of the same files.

Usage: python packaging/pages.py [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Build it; warnings are errors here, as in the tests."""
    sys.path.insert(0, str(ROOT))
    from hatch_build import MANUAL, write  # noqa: PLC0415 - it stands in the root

    built = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / MANUAL
    made = write(ROOT, built, "-W", "--keep-going")
    print(f"{built}: {'built' if made else 'as it was'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
