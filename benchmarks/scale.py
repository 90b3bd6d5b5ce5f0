"""Measure data sets: short articles through processes of this machine and through Ray.

Usage: python benchmarks/scale.py [--articles N] [--again SHARE] [--sentences N]
       [--workers N] [--on local,ray] [--shards N] [--folder DIR]

The articles are made of the example world's: a headline and two paragraphs of an example, or so
many of their sentences, its numbers and days changed, under any outlet of the world. A share of
them repeats the text of one before word for word, in another outlet, as wire copy does; some are
the same article twice. Both ways have to give the same content; what differs is printed beside it.
Data sets that are in the folder already are gone on with.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from tocsin.language import segment
from tocsin.pipeline import dataset
from tocsin.pipeline.dataset import Order, Outcome

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
FIRST, DAYS = date(2023, 1, 1), 730
SAME = 0.02  # share of articles that come twice as they are
HELD = 5_000  # texts that may come again
_NUMBER = re.compile(r"\b(?:[2-9]|[1-9]\d)\b")
MILLION, MANY = 1_000_000, 100_000_000


def articles(count: int, again: float, sentences: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield short articles, the same ones for the same numbers."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    world = yaml.safe_load((EXAMPLES / "world.yml").read_text("utf8"))
    outlets = [row["name"] for row in world["outlets"]]
    stock = [
        json.loads(path.read_text("utf8")) for path in sorted(EXAMPLES.glob("articles/*.json"))
    ]
    texts: list[tuple[str, str]] = []
    last: dict[str, str] | None = None
    for _ in range(count):
        if last and chance.random() < SAME:
            yield last
            continue
        if texts and chance.random() < again:
            title, text = chance.choice(texts)
        else:
            title, text = _edited(chance.choice(stock), sentences, chance)
            if len(texts) < HELD:
                texts.append((title, text))
            else:
                texts[chance.randrange(HELD)] = title, text
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        last = {
            "title": title, "text": text, "outlet": chance.choice(outlets),
            "published": day.isoformat(), "language": "en",
        }  # fmt: skip
        yield last


def _edited(row: dict[str, str], sentences: int, chance: random.Random) -> tuple[str, str]:
    """Return title and text of a short article made of an example, its numbers changed."""
    paragraphs = [part for part in row["text"].split("\n\n")[1:] if len(part) > 80]
    some = sorted(chance.sample(range(len(paragraphs)), min(2, len(paragraphs))))
    body = "\n\n".join(paragraphs[k] for k in some)
    if sentences:
        body = body[: list(islice(segment.sentences(body), sentences))[-1][1]]
    changed = _NUMBER.sub(lambda _: str(chance.randint(2, 99)), body)
    return row["title"], f"{row['title']}\n\n{changed}"


def write(place: Path, count: int, again: float, sentences: int) -> int:
    """Write the articles one a line, all or none; return how many words they have."""
    words = 0
    part = place.with_suffix(".part")
    with part.open("w", encoding="utf8") as stream:
        for row in articles(count, again, sentences):
            words += len(row["text"].split())
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    part.rename(place)
    return words


def report(on: str, made: Outcome) -> str:
    """Return a line about one way."""
    each = 1000 * made.spent / max(made.done, 1)
    return (
        f"{on:8}{made.done:>10,}{made.seconds:>10.0f}{made.done / made.seconds:>12.1f}"
        f"{each:>14.1f}{made.memory:>10.0f}{made.again:>10,}  {made.manifest.content[:16]}"
    )


def outlook(made: Outcome) -> Iterator[str]:
    """Yield what follows for a million articles and for a hundred million."""
    each = made.spent / max(made.done, 1)
    for count, cores in ((MILLION, 2), (MILLION, 16), (MANY, 960)):
        hours = count * each / cores / 3600
        yield f"{count:>11,} articles on {cores:>3} cores at {1000 * each:.1f} ms: {hours:.1f} h"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 where the ways differ in what they give."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=2_000, help="how many articles")
    parser.add_argument("--again", type=float, default=0.5, help="share whose text came before")
    parser.add_argument(
        "--sentences", type=int, default=0, help="sentences under a headline, 0 for all"
    )
    parser.add_argument("--workers", type=int, default=0, help="workers, 0 for one a core")
    parser.add_argument("--shards", type=int, default=0, help="shards, 0 for one for 8 MB")
    parser.add_argument("--on", default="local,ray", help="ways, by commas")
    parser.add_argument("--folder", type=Path, help="where to keep what is made")
    given = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="tocsin-scale-") as passing:
        folder = given.folder or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        name = f"articles-{given.articles}-{given.again}-{given.sentences}.jsonl"
        place = folder / name
        if not place.exists():
            words = write(place, given.articles, given.again, given.sentences)
            print(f"{given.articles:,} articles, {words / given.articles:.0f} words each")
        print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
        print(
            f"{'on':8}{'coded':>10}{'seconds':>10}{'articles/s':>12}{'CPU ms each':>14}"
            f"{'MB':>10}{'again':>10}  content"
        )
        found = {}
        for on in given.on.split(","):
            order = Order(
                [str(place)], folder / f"out-{on.partition(':')[0]}", on=on,
                workers=given.workers, shards=given.shards,
            )  # fmt: skip
            found[on] = dataset.make(order)
            print(report(on, found[on]), flush=True)
        for line in outlook(next(iter(found.values()))):
            print(line)
    return 0 if len({one.manifest.content for one in found.values()}) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
