"""Words as the network sees them: word pieces, and the shape that uncased pieces lose."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from tocsin.base.errors import ArtefactError

# Longer words are junk or addresses; their first pieces say enough.
MAX_PIECES = 6
MARKS = ("[CLS]", "[SEP]", "[UNK]")
SHAPES = ("none", "lower", "title", "upper", "capital", "mixed", "digit", "mark")
_SHAPE = {name: i for i, name in enumerate(SHAPES)}


def shape(word: str) -> int:
    """Return the index of a word's shape in `SHAPES`."""
    if any(c.isdigit() for c in word):
        return _SHAPE["digit"]
    if not any(c.isalpha() for c in word):
        return _SHAPE["mark"]
    if word.islower():
        return _SHAPE["lower"]
    if word.isupper():
        return _SHAPE["capital" if len(word) == 1 else "upper"]
    if word[0].isupper() and word[1:].islower():
        return _SHAPE["title"]
    return _SHAPE["mixed"]


class Pieces:
    """Turns words into piece ids, remembering the words it has met."""

    def __init__(self, path: Path, *, remember: int = 200_000) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[str, tuple[int, ...]] = {}
        self._remember = remember
        self.start, self.stop, self.unknown = (self._mark(m, path) for m in MARKS)

    def _mark(self, mark: str, path: Path) -> int:
        found = self._tokenizer.token_to_id(mark)
        if found is None:
            raise ArtefactError(f"{path} has no {mark}; expected a BERT vocabulary: reinstall")
        return int(found)

    def ids(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the piece ids of each word, at least one and at most `MAX_PIECES`."""
        fresh = [w for w in dict.fromkeys(words) if w not in self._known]
        if fresh:
            if len(self._known) + len(fresh) > self._remember:
                self._known.clear()
                fresh = list(dict.fromkeys(words))
            encodings = self._tokenizer.encode_batch_fast(fresh, add_special_tokens=False)
            for word, encoding in zip(fresh, encodings, strict=True):
                self._known[word] = tuple(encoding.ids[:MAX_PIECES]) or (self.unknown,)
        return [self._known[w] for w in words]
