"""The words that tell what kind of speaker a phrase is about, and what its verb does."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec
from msgspec import Struct

from tocsin.base.text import fold
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import parse


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of `speakers.yml`, which says what each of them holds."""

    persons: dict[str, tuple[str, ...]]
    bodies: frozenset[str]
    vessels: frozenset[str]
    mouths: frozenset[str]
    offices: frozenset[str]
    plain: frozenset[str]
    outlets: frozenset[str]
    pronouns: frozenset[str]
    common: frozenset[str]
    after: frozenset[str]
    verbal: frozenset[str]
    denying: frozenset[str]
    doubting: frozenset[str]
    confirming: frozenset[str]
    retracting: frozenset[str]
    blaming: frozenset[str]

    def family(self, head: str) -> str | None:
        """Return the family of people that a noun names, if it names one."""
        return _families().get(head) or _families().get(head.removesuffix("s"))

    def body(self, head: str) -> bool:
        """Return whether a noun names an organisation; plurals count as far as they are listed."""
        return head in self.bodies or (head.endswith("ies") and f"{head[:-3]}y" in self.bodies)

    def vessel(self, head: str) -> bool:
        """Return whether a noun names what words are found in."""
        return head in self.vessels or head.removesuffix("s") in self.vessels


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Return a name as names are compared; the same ones come again and again."""
    return fold(name)


@cache
def words() -> Words:
    """Return the packaged lists."""
    text = (packaged("fusion") / "speakers.yml").read_text(encoding="utf-8")
    return msgspec.convert(parse(text), Words)


@cache
def _families() -> dict[str, str]:
    return {noun: family for family, nouns in words().persons.items() for noun in nouns}
