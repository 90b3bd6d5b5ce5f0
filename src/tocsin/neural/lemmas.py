"""Lemmas as edit scripts, so that a network can choose one for a word it has never seen."""

from __future__ import annotations

from os.path import commonprefix


def script_of(form: str, lemma: str) -> str:
    """Return the script that makes `lemma` out of `form`: what to cut, what to add, whose case."""
    keep = "k" if lemma[:1].isupper() else "l"
    low, target = form.lower(), lemma.lower()
    prefix = len(commonprefix([low, target]))  # noqa: RUF071 - characters are what is meant
    if prefix == 0:
        return f"{keep}={lemma}"
    return f"{keep}{len(low) - prefix}+{target[prefix:]}"


def apply(script: str, form: str) -> str:
    """Return the lemma that a script makes out of a form; the form itself where it does not fit."""
    keep, edit = script[0], script[1:]
    if edit.startswith("="):
        return edit[1:] or form
    cut, _, add = edit.partition("+")
    if int(cut) >= len(form):
        # Every script of this kind leaves a letter; a shorter word was never meant.
        return form
    stem = form[: len(form) - int(cut)]
    return (stem if keep == "k" else stem.lower()) + add
