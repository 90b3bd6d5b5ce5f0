"""Short articles in files of every form that data sets are made of."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from tests import samples

TOWNS = ("Goma", "Beni", "Kidal", "Gao", "Bunia", "Mopti")
ACTS = (
    "Rebels shelled {town} on Monday, killing {n} people, the army said.",
    "The president of Kenya warned that troops would enter {town} unless the militia left.",
    "Police arrested {n} protesters in {town} after a march against the ban.",
    "France and Mali signed an agreement in {town}, a spokesman told Reuters.",
    "The minister denied that soldiers had looted {town}.",
)
FOREIGN = (
    "Das Ministerium teilte am Montag mit, dass die Verhandlungen mit der Regierung in Wien "
    "fortgesetzt werden sollen, sobald beide Seiten zustimmen."
)
MONTHS = ("2024-01", "2024-02")


def rows(count: int) -> list[dict[str, str]]:
    """Return articles, the same ones every time; the last is the first again."""
    chance = random.Random(5)  # noqa: S311 - no secret
    made = [
        {
            "title": f"Report {n}",
            "text": f"Report {n}\n\n"
            + " ".join(
                act.format(town=chance.choice(TOWNS), n=chance.randint(2, 40))
                for act in chance.sample(ACTS, 2)
            ),
            "outlet": "The Teller",
            "published": f"{MONTHS[n % 2]}-05",
        }
        for n in range(count - 1)
    ]
    return [*made, made[0]]


def lines(path: Path, found: Sequence[dict[str, str]], *more: str) -> Path:
    """Write articles one a line, other lines behind them."""
    path.write_text("\n".join([*map(json.dumps, found), *more]) + "\n", "utf8")
    return path


def table(path: Path, found: Sequence[dict[str, str]], group: int = 4) -> Path:
    """Write articles as a Parquet table, so many in a group of rows."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

    pq.write_table(pa.Table.from_pylist(list(found)), path, row_group_size=group)
    return path


def archive(path: Path, found: Sequence[dict[str, str]], weight: int = 0) -> Path:
    """Write articles as the pages of a web archive, a picture of so many bytes behind each."""
    bodies = [
        (
            f'<html lang="en"><head><title>{one["title"]}</title>'
            f'<meta property="article:published_time" content="{one["published"]}"></head>'
            f"<body><article><h1>{one['title']}</h1><p>{one['text'].split(chr(10))[-1]}</p></article></body></html>"
        ).encode()
        for one in found
    ]
    chance = random.Random(7)  # noqa: S311 - no secret
    pictures = [samples.PICTURE + chance.randbytes(weight) for _ in bodies] if weight else []
    every = chain.from_iterable(zip(bodies, pictures, strict=True)) if weight else bodies
    path.write_bytes(samples.warc(packed=True, bodies=list(every)))
    return path
