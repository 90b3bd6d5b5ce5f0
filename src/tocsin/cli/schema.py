"""`tocsin schema`: the JSON Schema of every record."""

from __future__ import annotations

import json
import sys

from tocsin.records import wire


def command() -> None:
    """Print the JSON Schema of the records that `tocsin code --format jsonl` writes."""
    sys.stdout.write(json.dumps(wire.schema(), indent=2) + "\n")
