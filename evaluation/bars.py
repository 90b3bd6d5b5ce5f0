"""What each measure is meant to reach, and what others reached."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.measure import Corpus, Measure

FILE = Path(__file__).with_name("bars.toml")


@dataclass(frozen=True, slots=True)
class Bar:
    """What a measure of a corpus is meant to reach; `others` are figures of others, if any."""

    corpus: str
    measure: str
    value: float
    others: str = ""


@dataclass(frozen=True, slots=True)
class Height:
    """A measure beside its bar; the measure is missing where its corpus is."""

    bar: Bar
    measure: Measure | None

    @property
    def gap(self) -> float:
        """How much is missing to the bar, as a share of it; nothing where it is reached."""
        value = self.measure.value if self.measure else 0.0
        return max(0.0, 1 - value / self.bar.value)


def load(text: str | None = None) -> list[Bar]:
    """Return the bars of a file's text, by default of the file beside this module."""
    rows = tomllib.loads(FILE.read_text("utf8") if text is None else text)
    return [
        Bar(corpus, measure, float(row["bar"]), row.get("others", ""))
        for corpus, measures in rows.items()
        for measure, row in measures.items()
    ]


def heights(bars: Iterable[Bar], corpora: Iterable[Corpus]) -> Iterator[Height]:
    """Yield every bar beside its measure, those of corpora that are absent without one."""
    held: Mapping[tuple[str, str], Measure] = {
        (corpus.name, measure.name): measure for corpus in corpora for measure in corpus.measures
    }
    for bar in bars:
        yield Height(bar, held.get((bar.corpus, bar.measure)))
