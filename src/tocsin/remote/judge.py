"""The adjudicator: an endpoint decides what the network is unsure of, and is asked nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tocsin.ontology.model import Ontology
from tocsin.records.article import Article
from tocsin.records.issue import Issue
from tocsin.records.reading import Proposal, Reading
from tocsin.remote import prompt, schema
from tocsin.remote.answer import issue, rows, shown
from tocsin.remote.client import BadAnswerError, Client, NoAnswerError


class Verdict(Struct, frozen=True):
    """What an endpoint says about one question."""

    number: int
    claim: bool
    type: str | None = None
    modality: str | None = None


class Judge:
    """Decides uncertain proposals by asking an endpoint about them, an article at a time."""

    def __init__(self, client: Client, ontology: Ontology) -> None:
        self._client, self._ontology = client, ontology
        self._system = prompt.judging(ontology)
        self._schema = schema.verdicts(ontology)
        self.name = client.name("adjudicate", self._system, self._schema)

    def read(self, article: Article, reading: Reading) -> Reading:
        """Return a reading with the chances of uncertain proposals replaced by the verdicts.

        What is sure is untouched, and an article where all is sure causes no request.
        """
        proposals, issues = list(reading.proposals), list(reading.issues)
        most, decided = self._client.settings.questions, False
        doubts = [k for k, p in enumerate(proposals) if self._unsure(p)]
        for at in range(0, len(doubts), most):
            asked = doubts[at : at + most]
            try:
                verdicts = self._ask(article, reading, [proposals[k] for k in asked], issues)
            except (NoAnswerError, BadAnswerError) as error:
                gone = isinstance(error, NoAnswerError)
                code = "endpoint-failed" if gone else "endpoint-answer"
                issues.append(_undecided(article, code, str(error)))
                if gone:
                    break
                continue
            decided = decided or bool(verdicts)
            for number, verdict in verdicts.items():
                k = asked[number - 1]
                proposals[k] = self._settled(proposals[k], verdict)
        return replace(
            reading,
            proposals=tuple(proposals),
            endpoint=self.name if decided else None,
            issues=tuple(issues),
        )

    def _unsure(self, proposal: Proposal) -> bool:
        settings = self._client.settings
        return settings.lowest <= proposal.types[0][1] <= settings.highest

    def _ask(
        self, article: Article, reading: Reading, asked: Sequence[Proposal], issues: list[Issue]
    ) -> dict[int, Verdict]:
        """Return the verdicts that hold under the numbers of their questions, from 1."""
        before = self._client.settings.before
        question = prompt.questions(reading.sentences, article.text, asked, before)
        content = self._client.ask(self._system, question, "verdicts", self._schema)
        given, whole = rows(content, "verdicts")
        found: dict[int, Verdict] = {}
        for row in given:
            verdict = self._verdict(row)
            if verdict is None or not 1 <= verdict.number <= len(asked) or verdict.number in found:
                issues.append(issue(article, f"no verdict on an open question: {shown(row)}"))
            else:
                found[verdict.number] = verdict
        if not whole or len(found) < len(asked):
            cut = "an answer cut off" if not whole else "an answer"
            said = f"{cut} with {len(found)} verdicts on {len(asked)} questions"
            code = "endpoint-answer" if whole else "endpoint-cut"
            issues.append(_undecided(article, code, said))
        return found

    def _verdict(self, row: object) -> Verdict | None:
        """Return a verdict whose type and modality are known where it needs them."""
        try:
            verdict = msgspec.convert(row, Verdict)
        except msgspec.ValidationError:
            return None
        known = verdict.type in self._ontology and verdict.modality in self._ontology.modality
        return verdict if known or not verdict.claim else None

    def _settled(self, proposal: Proposal, verdict: Verdict) -> Proposal:
        settings = self._client.settings
        if not verdict.claim or verdict.type is None or verdict.modality is None:
            types = tuple(_lowered(proposal.types, settings.unsure))
            return replace(proposal, types=types, hand="endpoint")
        return replace(
            proposal,
            types=((verdict.type, settings.sure),),
            modality=((verdict.modality, settings.sure),),
            hand="endpoint",
        )


def _lowered(types: Sequence[tuple[str, float]], total: float) -> Iterator[tuple[str, float]]:
    """Yield types with chances that keep their order and share a small total."""
    whole = sum(chance for _, chance in types)
    for name, chance in types:
        yield name, round(total * chance / whole, 4)


def _undecided(article: Article, code: str, reason: str) -> Issue:
    message = f"{reason}; what is undecided stays as the network has it"
    return issue(article, message, code=code, severity="warning")
