"""The label sets of the network's heads, counted once from the training sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from training.corpora import CLAIM_ROLES, FRAME_ROLES, TELLING_ROLES, Sentence
from training.notation import MODALITIES, OUTCOMES

CUES = ("O", "B", "I")
NAMES = ("O", *(f"{x}-{k}" for k in ("PER", "ORG", "LOC", "OTH") for x in "BI"))


@dataclass(frozen=True, slots=True)
class Labels:
    """What each head can say, in the order of its outputs."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    lemma: tuple[str, ...]
    rel: tuple[str, ...]
    name: tuple[str, ...]
    type: tuple[str, ...]
    mode: tuple[str, ...]
    modality: tuple[str, ...] = MODALITIES
    outcome: tuple[str, ...] = OUTCOMES
    role: tuple[str, ...] = CLAIM_ROLES
    frame: tuple[str, ...] = FRAME_ROLES
    cue: tuple[str, ...] = CUES
    telling: tuple[str, ...] = TELLING_ROLES

    @classmethod
    def count(cls, sentences: Sequence[Sentence]) -> Labels:
        """Return the labels seen often enough to be learned, sorted."""

        def seen(name: str, least: int) -> tuple[str, ...]:
            n = Counter(x for s in sentences for x in getattr(s, name) or ())
            return tuple(sorted(x for x, k in n.items() if k >= least))

        claims = [c for s in sentences for c in s.claims or ()]
        modes = Counter(f"{c.type}:{m}" for c in claims for m in c.modes)
        return cls(
            upos=seen("upos", 1),
            feats=seen("feats", 3),
            lemma=seen("lemmas", 3),
            rel=seen("rels", 3),
            name=NAMES,
            type=("O", "I", *sorted({c.type for c in claims if c.type})),
            mode=tuple(sorted(m for m, k in modes.items() if k >= 3)),
        )

    def index(self, name: str, values: Iterable[str]) -> list[int]:
        """Return the positions of values in a head's labels, -100 for one that is not there."""
        place = {x: i for i, x in enumerate(getattr(self, name))}
        return [place.get(v, -100) for v in values]

    def as_dict(self) -> dict[str, tuple[str, ...]]:
        """Return every label set by name."""
        return asdict(self)
