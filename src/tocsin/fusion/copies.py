"""Copies between articles, in three steps: who is compared, what they share, who was there first.

`candidates` pairs sketches, `compare` pairs texts, `lineage` gives every copy its parent.
"""

from tocsin.fusion.candidates import candidates
from tocsin.fusion.likeness import Likeness, compare
from tocsin.fusion.lineage import lineage

__all__ = ["Likeness", "candidates", "compare", "lineage"]
