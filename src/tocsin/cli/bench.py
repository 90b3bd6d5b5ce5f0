"""Judging for the desk: what an analyst wishes there, put to the pipeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any, get_args

from tocsin.cli import corrections, values, who
from tocsin.cli.hand import user
from tocsin.desk.bench import Bench
from tocsin.desk.lately import Lately
from tocsin.explain.judgement import shown
from tocsin.explain.why import Joined
from tocsin.fusion.judgements import FIELDS
from tocsin.fusion.told import Sources, registry
from tocsin.ontology import actors
from tocsin.ontology.load import load
from tocsin.pipeline import deciding, judging, questions
from tocsin.records.claim import Modality, Outcome
from tocsin.records.event import Event
from tocsin.records.judgement import Judgement, Verdict
from tocsin.store import letters, queue
from tocsin.store.open import Store
from tocsin.views.decision import Effect, Field, Turn, Wish
from tocsin.views.entity import Known, Term
from tocsin.views.review import Near

_NEAR: Lately[Sequence[Near]] = Lately()


def bench(author: str | None = None) -> Bench:
    """Return how the desk judges, in somebody's name; by default who is logged in."""
    name = author or user()
    return Bench(
        author=name, fields=_fields, decide=partial(_decide, name), effect=partial(_effect, name),
        undo=partial(_undo, name), redo=partial(_redo, name), near=_near,
        reasons=_reasons, known=_known, corners=corners,
    )  # fmt: skip


@cache
def _fields() -> Sequence[tuple[str, Sequence[str]]]:
    known = load()
    listed: dict[str, Sequence[str]] = {
        "type": tuple(known), "modality": get_args(Modality), "outcome": get_args(Outcome),
    }  # fmt: skip
    return [(name, listed.get(name, ())) for name in FIELDS]


@cache
def corners() -> Mapping[str, str]:
    """Return which corner each type of event is of, as the ontology has them."""
    return {name: kind.quad for name, kind in load().types.items()}


def _now() -> datetime:
    return datetime.now(UTC)


def _sources(store: Store) -> Sources:
    with store.read() as connection:
        return registry(letters.kept(connection))


def _wished(author: str, store: Store, wish: Wish) -> list[tuple[Judgement, Any]]:
    """Return the judgements of a wish, made at one moment, each with the value that it gives."""
    given: list[tuple[Verdict, str | None, str | None, Any]] = []
    if wish.verdict == "correct":
        read = corrections.read(store, wish.target, wish.given, load()) if wish.given else []
        given += [("correct", None, field, after) for field, after in read]
        given += [("correct", None, *wish.choice)] if wish.choice else []
    else:
        given += [(wish.verdict, other, None, None) for other in wish.others or (None,)]
        given += [("same", other, None, None) for other in wish.along]
    now = _now()
    with store.read() as connection:
        return [
            (
                judging.made(
                    connection, verdict, wish.target, author, now, other=other, field=field,
                    after=after, reason=wish.reason,
                ),
                after,
            )
            for verdict, other, field, after in given
        ]  # fmt: skip


def _decide(author: str, store: Store, wish: Wish) -> None:
    deciding.keep(store, [made for made, _ in _wished(author, store, wish)], _sources(store))


def _effect(author: str, store: Store, wish: Wish) -> Effect:
    told = _wished(author, store, wish)
    made = [one for one, _ in told]
    found = deciding.effect(store, made, _sources(store))
    anchors = {one.anchor.claim for one in made if one.anchor}
    own: list[Turn] = []
    others: list[Turn] = []
    for before, after in found:
        claims = {name for one in (before, after) if one for name in one.claims}
        (own if claims & anchors else others).append(_turn(before, after))
    doubts = dict.fromkeys(words for _, after in told for words in values.unknown(after))
    return Effect(
        tuple(map(_field, filter(lambda one: one.field, made))), tuple(own), tuple(others),
        doubts=tuple(doubts),
    )  # fmt: skip


def _turn(before: Event | None, after: Event | None) -> Turn:
    one = before or after
    assert one is not None  # noqa: S101 - a turn is of something
    return Turn(
        one.id, before.title if before else None, after.title if after else None,
        before.level if before else None, after.level if after else None,
    )  # fmt: skip


def _field(made: Judgement) -> Field:
    name = made.field or ""
    if made.target.startswith("claim-"):
        return Field(name, shown(name, made.before), shown(name, made.after))
    return Field(name, str(made.before or ""), str(made.after))


def _undo(author: str, store: Store, names: Sequence[str]) -> None:
    deciding.undo(store, names, _now(), _sources(store), author)


def _redo(author: str, store: Store, names: Sequence[str]) -> None:
    deciding.redo(store, names, _now(), _sources(store), author)


def _near(store: Store) -> Sequence[Near]:
    with store.read() as connection:
        mark = repr(queue.state(connection))
    return _NEAR.get(store.name, mark, lambda: _found(store))


def _found(store: Store) -> Sequence[Near]:
    with store.read() as connection:
        found = questions.questions(connection)
    return [
        Near(one.one, one.other, one.claim, one.beside, mean, needed) for one, mean, needed in found
    ]


def _reasons(store: Store, one: str, other: str) -> Joined | None:
    with store.read() as connection:
        return questions.reasons(connection, one, other)


def _known(name: str, day: date) -> Known | None:
    """Return what is known of an actor or country by its id."""
    knowledge = actors.load()
    actor = knowledge.actors.get(name)
    if actor is not None:
        bearer = who.of_actor(knowledge, actor, day, "")
        return Known(
            name, actor.name, actor.kind, bearer.country, bearer.sectors, actor.aliases,
            tuple(_terms(actor, knowledge)), tuple(_others(knowledge, actor.parents)),
            tuple(_others(knowledge, actor.patrons)),
        )  # fmt: skip
    country = knowledge.countries.get(name)
    if country is None:
        return None
    return Known(name, country.name, "country", country.code)


def _terms(one: actors.Actor, knowledge: actors.Knowledge) -> Iterator[Term]:
    for role in one.roles:
        actor = knowledge.actors.get(role.of or "")
        of = actor.name if actor else role.of
        yield Term(
            role.title or role.office or ", ".join(role.sectors), of, role.since, role.until,
            role.acting, role.disputed,
        )  # fmt: skip


def _others(knowledge: actors.Knowledge, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        found = knowledge.actors.get(name) or knowledge.countries.get(name)
        yield name, found.name if found else name
