"""The second reader: an endpoint finds the claims in sentences that the network has parsed."""

from __future__ import annotations

from collections.abc import Container, Iterable

from msgspec.structs import replace

from tocsin.ontology.model import Ontology
from tocsin.records.article import Article
from tocsin.records.issue import Issue
from tocsin.records.reading import Proposal, Reading
from tocsin.remote import prompt, schema
from tocsin.remote.answer import issue, rows
from tocsin.remote.check import Check
from tocsin.remote.client import BadAnswerError, Client, NoAnswerError


class Reader:
    """Finds claims by asking an endpoint about a few sentences at a time."""

    def __init__(self, client: Client, ontology: Ontology) -> None:
        self._client, self._ontology = client, ontology
        self._system = prompt.reading(ontology)
        self._schema = schema.claims(ontology)
        self.name = client.name("read", self._system, self._schema)

    def read(self, article: Article, reading: Reading) -> Reading:
        """Return a reading with the endpoint's proposals in place of the network's.

        Sentences that it gives no usable answer about keep the network's, with an issue. A request
        that failed for good is the last about its article.
        """
        proposals: list[Proposal] = []
        issues = list(reading.issues)
        answered = False
        start, end = 0, len(reading.sentences)
        while start < end:
            stop = min(start + self._client.settings.sentences, end)
            unread = start
            try:
                found, wrong, unread = self._ask(article, reading, start, stop)
                answered = True
                issues += wrong
                _append(proposals, found)
            except NoAnswerError as error:
                stop = end
                issues.append(_unread(article, "endpoint-failed", str(error), start, stop))
            except BadAnswerError as error:
                issues.append(_unread(article, "endpoint-answer", str(error), start, stop))
            _append(proposals, _within(reading.proposals, range(unread, stop)))
            start = stop
        return replace(
            reading,
            proposals=tuple(proposals),
            endpoint=self.name if answered else None,
            issues=tuple(issues),
        )

    def _ask(
        self, article: Article, reading: Reading, start: int, stop: int
    ) -> tuple[list[Proposal], list[Issue], int]:
        """Return what is found in sentences, what was wrong, and the first one left unread."""
        settings = self._client.settings
        shown = max(0, start - settings.before)
        question = prompt.passage(reading.sentences, article.text, shown, start, stop)
        content = self._client.ask(self._system, question, "claims", self._schema)
        given, whole = rows(content, "claims")
        check = Check(article, reading.sentences, shown, start, stop, self._ontology, settings.sure)
        found = check.proposals(given)
        if whole:
            return found, check.issues, stop
        # Claims come in the order of the text: what follows the last one was not looked at.
        unread = found[-1].sentence + 1 if found else start
        said = f"an answer cut off after {len(given)} claims, which are kept as far as they hold"
        return found, [*check.issues, _unread(article, "endpoint-cut", said, unread, stop)], unread


def _unread(article: Article, code: str, reason: str, start: int, stop: int) -> Issue:
    where = f"sentences {start + 1} to {stop}"
    message = f"{reason}; {where} are read by the network" if start < stop else reason
    return issue(article, message, code=code, severity="warning")


def _within(proposals: Iterable[Proposal], sentences: Container[int]) -> list[Proposal]:
    """Return the proposals in some sentences, their parents counted in this list."""
    kept = {k: p for k, p in enumerate(proposals) if p.sentence in sentences}
    place = {k: at for at, k in enumerate(kept)}
    parents = (place.get(p.parent) if p.parent is not None else None for p in kept.values())
    return [replace(p, parent=k) for p, k in zip(kept.values(), parents, strict=True)]


def _append(proposals: list[Proposal], more: Iterable[Proposal]) -> None:
    """Add proposals whose parents count in their own list."""
    by = len(proposals)
    proposals += [p if p.parent is None else replace(p, parent=p.parent + by) for p in more]
