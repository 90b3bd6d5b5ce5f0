"""Where quoted words stand in a sentence, or nowhere: an endpoint's word alone is never enough."""

from __future__ import annotations

from tocsin.records.reading import Sentence

# Marks that models swap for one another; each is one character, so that places stay the same.
_ALIKE = str.maketrans("‘’‚‛ʼ`´“”„‟«»‐‑‒–—―−", "'" * 7 + '"' * 6 + "-" * 7)


def find(sentence: Sentence, quote: str, nth: int = 1) -> tuple[int, int] | None:
    """Return the words, half open, that a quote names where it stands for the nth time.

    White space and the kind of quotation mark or dash are nothing to go by; every other character
    must be in the sentence, from the beginning of a word to the end of one.
    """
    wanted = _folded(quote)
    whole, starts, ends = "", {}, {}
    for k, form in enumerate(sentence.forms):
        starts[len(whole)] = k
        whole += _folded(form)
        ends[len(whole)] = k + 1
    at = -1
    while wanted and (at := whole.find(wanted, at + 1)) >= 0:
        if at in starts and at + len(wanted) in ends:
            nth -= 1
            if nth < 1:
                return starts[at], ends[at + len(wanted)]
    return None


def _folded(text: str) -> str:
    return "".join(text.split()).translate(_ALIKE)
