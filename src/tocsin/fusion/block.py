"""Which pairs of mentions are worth comparing: those that share a key and can be one event."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tocsin.fusion.families import families
from tocsin.fusion.keys import keys
from tocsin.fusion.pairs import WORLDS, truths
from tocsin.fusion.rows import Hashes, Numbers
from tocsin.fusion.table import Table

# Mentions of one key beyond which it tells nothing and makes no pairs. This alone makes a pair
# depend on others than its two mentions, in a crowd that their other keys must lead out of.
POPULAR = 500
# Pairs that are sorted out at once.
CHUNK = 4_000_000

Codes = NDArray[np.int64]


def candidates(table: Table, new: NDArray[np.bool_] | None = None) -> tuple[Numbers, Numbers]:
    """Return pairs of rows i < j, sorted; with `new`, only those that touch a new row."""
    count = max(1, len(table))
    found: list[Codes] = []
    for i, j in _meeting(*keys(table), new):
        kept = _possible(table, i, j)
        found.append(np.unique(i[kept].astype(np.int64) * count + j[kept]))
    codes = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
    return (codes // count).astype(np.int32), (codes % count).astype(np.int32)


def _meeting(
    rows: Numbers, names: Hashes, new: NDArray[np.bool_] | None
) -> Iterator[tuple[Numbers, Numbers]]:
    """Return pairs of rows that share a key, some of them more than once."""
    starts = np.flatnonzero(np.concatenate([[len(names) > 0], names[1:] != names[:-1]]))
    sizes = np.diff(np.concatenate([starts, [len(names)]]))
    for size in np.unique(sizes[(sizes > 1) & (sizes <= POPULAR)]).tolist():
        one, two = np.triu_indices(size, 1)
        groups = starts[sizes == size]
        step = max(1, CHUNK // len(one))
        for at in range(0, len(groups), step):
            members = rows[groups[at : at + step, None] + np.arange(size)]
            if new is not None:
                members = members[new[members].any(axis=1)]
            i, j = members[:, one].ravel(), members[:, two].ravel()
            low, high = np.minimum(i, j), np.maximum(i, j)
            kept = low < high if new is None else (low < high) & (new[low] | new[high])
            yield low[kept], high[kept]


def _possible(table: Table, i: Numbers, j: Numbers) -> NDArray[np.bool_]:
    """Return which pairs are of one world and of types or words that may name one event.

    A mention and its content are kept, so that they are known to be two events.
    """
    r = table.rows
    worlds = WORLDS[r.modality[i]], WORLDS[r.modality[j]]
    one = (worlds[0] == worlds[1]) | (worlds[0] == 0) | (worlds[1] == 0)
    typed = (r.type[i] == r.type[j]) | (r.type[i] == 0) | (r.type[j] == 0)
    typed |= families().shares[r.family[i], r.family[j]] > 0
    worded = (r.lemma[i] == r.lemma[j]) | ((r.kin[i] & r.kin[j]) != 0)
    content = (r.content[i] == r.name[j]) | (r.content[j] == r.name[i])
    return truths((one & (typed | worded)) | content)
