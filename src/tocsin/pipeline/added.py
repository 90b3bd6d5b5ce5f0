"""Coders that other packages add, by the entry points of `tocsin.coders`.

Each looks over what was coded of an article, and may change it; what it may not do is let a field
rest on words that the article does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from tocsin.base import plugins
from tocsin.base.errors import RecordError
from tocsin.base.plugins import Plugin
from tocsin.explain.marks import marks
from tocsin.records.coded import Coded
from tocsin.records.evidence import Span
from tocsin.records.issue import Issue
from tocsin.records.reading import Reading

# What a package offers: what was coded, and the reading that it was coded of, to what counts.
Amend = Callable[[Coded, Reading], Coded]


@dataclass(frozen=True, slots=True)
class Added:
    """A coder of another package."""

    plugin: Plugin
    amend: Amend


def coders(names: Sequence[str]) -> tuple[Added, ...]:
    """Return coders by their names; raise PluginError where one is missing or is none."""
    found = []
    for name in names:
        amend = plugins.get("coders", name)
        plugin = plugins.called("coders", name)
        if not callable(amend):
            wrong = TypeError(f"found {type(amend).__name__}, expected a function")
            raise plugins.fault(plugin, "is no coder", wrong)
        found.append(Added(plugin, amend))
    return tuple(found)


def stamped(model: str, added: Sequence[Added]) -> str:
    """Return what stands in stamps for a model and the coders that look over its work."""
    return "+".join([model, *(f"{one.plugin.package}-{one.plugin.version}" for one in added)])


def amended(
    coded: Coded, reading: Reading, added: Sequence[Added]
) -> tuple[Coded, tuple[Issue, ...]]:
    """Return what was coded as the added coders leave it.

    What one of them does wrong is an issue, and what was there before it stands.
    """
    issues = []
    for one in added:
        try:
            made = one.amend(coded, reading)
            _check(made, coded)
        except Exception as error:  # noqa: BLE001 - another package's code
            issues.append(_issue(one.plugin, coded, error))
        else:
            coded = replace(made, stamp=coded.stamp)
    return coded, tuple(issues)


def _check(made: object, before: Coded) -> None:
    """Raise RecordError where something is no coding of the article."""
    if not isinstance(made, Coded):
        raise RecordError(f"found {type(made).__name__}; expected Coded")
    if made.article != before.article:
        raise RecordError("the article is another; expected the same")
    ids = [claim.id for claim in made.claims]
    if len(set(ids)) < len(ids):
        raise RecordError("two claims have one id; `claim_id` makes them of type and trigger")
    text = made.article.text
    for span in _spans(made):
        if text[span.start : span.end] != span.quote:
            raise RecordError(f"the article has no {span.quote!r} at {span.start}; see `span_of`")


def _spans(made: Coded) -> Iterator[Span]:
    for claim in made.claims:
        if claim.article != made.article.id:
            raise RecordError(f"{claim.id} is of another article")
        yield claim.sentence
        yield from (mark.span for mark in marks(claim))
        yield from (reason.span for reason in claim.reasons if reason.span)


def _issue(plugin: Plugin, coded: Coded, error: Exception) -> Issue:
    fault = plugins.fault(plugin, "failed on this article", error)
    return Issue(
        code="plugin-failed", stage="coding", severity="warning", file=coded.article.doc,
        article=coded.article.id, message=f"{fault}; coded without it",
    )  # fmt: skip
