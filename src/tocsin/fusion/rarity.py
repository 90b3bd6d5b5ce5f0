"""How much a word says: rare words tell articles and events apart, common ones do not.

The weights are inverse document frequencies over news, reports and web texts that are not the
corpus at hand, so that what is coded later changes nothing (`training/rarity.py` counts them).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from math import log, sqrt

from tocsin.ontology.form import packaged

# Words of an article that are kept.
TERMS = 40
# Numbers were not counted: a number says less than a name does.
NUMBER = 0.6
# Years are in every article.
YEAR = 0.2


def weight(root: str) -> float:
    """Return the weight of a word's root, from 0, in every text, to 1, in none."""
    if root.isdigit():
        return YEAR if len(root) == 4 and root[:2] in {"19", "20"} else NUMBER
    return weights().get(root, 1.0)


def terms(roots: Iterable[str]) -> dict[str, float]:
    """Return the weightiest words of an article, each with its weight; of length 1 together.

    A word that comes again weighs more, by the logarithm. Numbers are left out.
    """
    counts = Counter(root for root in roots if not root.isdigit())
    told = {root: weight(root) * (1.0 + log(count)) for root, count in counts.items()}
    best = sorted(told, key=lambda root: (-told[root], root))[:TERMS]
    length = sqrt(sum(told[root] ** 2 for root in best)) or 1.0
    return {root: told[root] / length for root in sorted(best)}


@cache
def weights() -> dict[str, float]:
    """Return the weights that are not 1."""
    lines = (packaged("fusion") / "rarity.tsv").read_text(encoding="utf-8").splitlines()
    documents = int(lines[0].rpartition("\t")[2])
    rows = (line.split("\t") for line in lines[1:])
    whole = log(documents + 1)
    return {root: 1.0 - log(int(count) + 1) / whole for root, count in rows}
