"""One measured process: codes its articles when told to, and prints what it saw as JSON.

Usage: python benchmarks/worker.py --threads N --articles N --words N [--model DIR] [--where]

It writes "ready" when it is warm and begins at the first line of its input.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from time import perf_counter, time

from clock import Clock

from tocsin.base.errors import TocsinError
from tocsin.language import segment
from tocsin.language.read import Reader
from tocsin.neural.session import Session
from tocsin.neural.tokenizer import Pieces
from tocsin.pipeline.run import Coder, open_coder
from tocsin.records import wire
from tocsin.records.article import Article, Moment, article_id

EXAMPLES = Path(__file__).parents[1] / "examples" / "articles"
# Enough for every lazy part to have loaded and every buffer to have grown.
WARM = 3


def texts(length: int) -> Iterator[tuple[dict[str, str], str]]:
    """Yield (row, text) without end: example articles run on into the next, cut at a length."""
    rows = [json.loads(p.read_text("utf8")) for p in sorted(EXAMPLES.glob("*.json"))]
    k = 0
    while True:
        row, parts = rows[k % len(rows)], list[str]()
        while sum(len(part.split()) for part in parts) < length:
            parts.append(rows[k % len(rows)]["text"])
            k += 1
        yield row, _cut("\n\n".join(parts), length)


def _cut(text: str, length: int) -> str:
    """Return the first words of a text, its paragraphs kept."""
    left, kept = length, []
    for paragraph in text.split("\n\n"):
        words = paragraph.split()[:left]
        left -= len(words)
        kept.append(" ".join(words))
        if not left:
            break
    return "\n\n".join(kept)


def articles(count: int, length: int) -> list[Article]:
    """Return so many articles of so many words."""
    return [_article(k, *made) for k, made in enumerate(islice(texts(length), count))]


def _article(number: int, row: dict[str, str], text: str) -> Article:
    when = Moment(date.fromisoformat(row["published"]))
    return Article(
        id=article_id(row["title"], f"{number} {text}", row["outlet"], when),
        doc=f"bench-{number}",
        title=row["title"],
        text=text,
        outlet=row["outlet"],
        published=when,
        language="en",
    )


def timed(coder: Coder, batch: Sequence[Article]) -> dict[str, float]:
    """Return when the coding of a batch began and ended, and what came of it."""
    begun = time()
    coded = [coder.code(article) for article in batch]
    size = sum(len(wire.dump(c)) for c in coded)
    return {
        "begun": begun,
        "ended": time(),
        "articles": len(batch),
        "claims": sum(len(c.claims) for c in coded),
        "bytes": size,
        "memory": _memory(),
    }


def _memory() -> float:
    """Return the most megabytes that this process ever held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def where(coder: Coder, batch: Sequence[Article]) -> dict[str, float]:
    """Return the seconds of each stage, and as "bare" those of the network alone.

    The bare network runs over the very calls that coding made, one after the other.
    """
    clock, calls, run = Clock(), list[tuple[Session, tuple[object, ...]]](), Session.run

    def kept(session: Session, *inputs: object) -> object:
        calls.append((session, inputs))
        return run(session, *inputs)  # type: ignore[arg-type]

    places: list[tuple[str, object, str]] = [
        ("segmentation", segment, "sentences"),
        ("segmentation", segment, "words"),
        ("pieces", Pieces, "ids"),
        ("decoding", Reader, "_decode"),
        ("windows", Reader, "read"),
        ("windows", Reader, "read_words"),
        ("coding", Coder, "code"),
        ("export", wire, "dump"),
    ]
    with clock.on(*places), clock.replaced("network", Session, "run", kept):
        for article in batch:
            wire.dump(coder.code(article))
    begun = perf_counter()
    for session, inputs in calls:
        run(session, *inputs)  # type: ignore[arg-type]
    return dict(clock.seconds) | {"bare": perf_counter() - begun}


def main(arguments: Sequence[str] | None = None) -> int:
    """Open, warm up, wait, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--words", type=int, required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--where", action="store_true", help="measure each stage, too")
    options = parser.parse_args(arguments)
    try:
        coder = open_coder(model=options.model, threads=options.threads)
    except TocsinError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    batch = articles(WARM + options.articles, options.words)
    timed(coder, batch[:WARM])
    print("ready", flush=True)
    sys.stdin.readline()
    found = timed(coder, batch[WARM:])
    print(json.dumps(found | (where(coder, batch[WARM:]) if options.where else {})))
    return 0


if __name__ == "__main__":
    sys.exit(main())
