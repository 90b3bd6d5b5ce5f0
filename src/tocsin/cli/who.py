"""`tocsin who`: whom a name or an office means on a day, with the candidates and the reasons."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

import typer
from rich.console import Console

from tocsin.cli import options
from tocsin.coding import participants
from tocsin.coding.scene import Scene
from tocsin.ontology import actors
from tocsin.ontology.actors import Actor, Knowledge, Role
from tocsin.ontology.names import Entry
from tocsin.ontology.nearby import spellings_near
from tocsin.pipeline import run
from tocsin.records.article import Article, Moment
from tocsin.records.claim import Participant

Term = dict[str, str | None]
Fact = list[str] | list[Term]
UNNAMED = "no known name; put together from its words"


@dataclass(frozen=True, slots=True)
class Bearer:
    """One whom a name may mean: what is known of him on a day, and why he comes where he does."""

    id: str
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    because: str
    actor: Actor | None = None
    roles: tuple[Role, ...] = ()


def command(
    name: Annotated[str, typer.Argument(help="A name, an office or a body, as a text has it.")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today by default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say whom a name or an office means on a day; exit code 1 where nobody is known."""
    knowledge, day = actors.load(), options.day(on) or datetime.now(tz=UTC).date()
    found = bearers(knowledge, name, day) or described(knowledge, name, day)
    near = () if found else spellings_near(knowledge, name)
    if as_json:
        typer.echo(json.dumps(_report(name, day, found, near), ensure_ascii=False))
    else:
        _show(name, day, found, near)
    if not found:
        raise typer.Exit(1)


def bearers(knowledge: Knowledge, name: str, day: date) -> list[Bearer]:
    """Return those who bear a name, likeliest first: first meanings, then who is in office."""
    entries: dict[str, Entry] = {}
    for entry in knowledge.names.named(name):
        entries.setdefault(entry.id, entry)
    ranked = sorted(entries.values(), key=lambda e: (e.second, not _serves(knowledge, e, day)))
    return [_bearer(knowledge, entry, day, first=k == 0) for k, entry in enumerate(ranked)]


def _serves(knowledge: Knowledge, entry: Entry, day: date) -> bool:
    """Return whether a bearer of a name is what he is known for on a day."""
    actor = knowledge.actors.get(entry.id)
    return actor is None or not actor.roles or knowledge.role_on(actor, day) is not None


def _bearer(knowledge: Knowledge, entry: Entry, day: date, *, first: bool) -> Bearer:
    actor = knowledge.actors.get(entry.id)
    if entry.second:
        because = "a second meaning of the name"
    elif not _serves(knowledge, entry, day):
        person = actor is not None and actor.kind == "person"
        because = "not in office on that day" if person else "not known to be active on that day"
    else:
        because = "first meaning of the name" if first else "as likely: an article's countries tell"
    if actor is not None:
        return of_actor(knowledge, actor, day, because)
    country = knowledge.countries[entry.id]
    sectors = entry.sectors or (("CVL",) if entry.kind == "people" else ("GOV",))
    return Bearer(entry.id, entry.name, entry.kind, country.code, sectors, because)


def of_actor(knowledge: Knowledge, actor: Actor, day: date, because: str) -> Bearer:
    """Return what is known of an actor on a day."""
    return Bearer(
        actor.id,
        actor.name,
        actor.kind,
        knowledge.country_on(actor, day),
        knowledge.sectors_on(actor, day) or _once(knowledge, actor),
        because,
        actor,
        _roles(knowledge, actor, day),
    )


def _roles(knowledge: Knowledge, actor: Actor, day: date) -> tuple[Role, ...]:
    """Return every role held on a day, else the last one known."""
    held = tuple(role for role in actor.roles if role.covers(day))
    last = knowledge.role_on(actor, None)
    return held or ((last,) if last else ())


def _once(knowledge: Knowledge, actor: Actor) -> tuple[str, ...]:
    """Return what a group was when last known: groups stay what they are, people do not."""
    return () if actor.kind == "person" else knowledge.sectors_on(actor, None)


def described(knowledge: Knowledge, text: str, day: date) -> list[Bearer]:
    """Return whom a description means, read and resolved as in an article of that day."""
    said = _resolved(text, day)
    actor = knowledge.actors.get(said.entity or "")
    if actor is not None:
        return [of_actor(knowledge, actor, day, "by the office, on that day")]
    if not (said.country or said.sectors):
        return []
    return [Bearer("", text, "description", said.country, said.sectors, said.unknown or UNNAMED)]


def _resolved(text: str, day: date) -> Participant:
    """Return the participant that a text names as the subject of a sentence."""
    first, last = text.split(maxsplit=1)[0].lower(), text.rsplit(maxsplit=1)[-1]
    named = first in ("a", "an", "the") or last[:1].isupper()
    article_word = "" if named else "The "
    sentence = f"{article_word}{text} spoke."
    article = Article(id="who", doc="who", title="", text=sentence, published=Moment(day))
    coder = run.open_coder(threads=1)
    guide = coder.guide
    scene = Scene(article, coder.read(article), guide.lexicon, guide.knowledge, guide.gazetteer)
    end = len(article_word) + len(text)
    inside = [i for i, (_, stop) in enumerate(scene.trees[0].s.offsets) if stop <= end]
    return participants.resolve(scene, 0, 0, inside[-1] + 1)


def _show(name: str, day: date, found: list[Bearer], near: tuple[str, ...]) -> None:
    console = Console(highlight=False)
    if not found:
        console.print(f"{name}: unknown on {day}", markup=False)
        if near:
            console.print(f"  spelled like it: {'; '.join(near)}", markup=False, soft_wrap=True)
        return
    for bearer in found:
        label = f"{bearer.country or '?'} {' '.join(bearer.sectors) or '?'}"
        known = f" ({bearer.id})" if bearer.id else ""
        line = f"{bearer.name}{known}: {bearer.kind}, {label}; {bearer.because}"
        console.print(line, markup=False, soft_wrap=True)
        for title, fact in _facts(bearer, day).items():
            for line in _lines(fact):
                console.print(f"  {title:9}{line}", markup=False, soft_wrap=True)


def _facts(bearer: Bearer, day: date) -> dict[str, Fact]:
    """Return what is told of a bearer besides country and sectors."""
    actor = bearer.actor
    if actor is None:
        return {}
    held = any(role.covers(day) for role in bearer.roles)
    return {
        "role" if held else "was": [_term(role) for role in bearer.roles],
        "parents": list(actor.parents),
        "patrons": list(actor.patrons),
        "aliases": list(actor.aliases),
    }


def _term(role: Role) -> Term:
    return {
        "title": role.title or role.office or ", ".join(role.sectors),
        "of": role.of,
        "since": role.since.isoformat() if role.since else None,
        "until": role.until.isoformat() if role.until else None,
    }


def _lines(fact: Fact) -> Iterator[str]:
    """Yield a fact in lines: one for each term, one for all names."""
    names = [item for item in fact if isinstance(item, str)]
    if names:
        yield ", ".join(names)
    for item in fact:
        if isinstance(item, dict):
            of = f" of {item['of']}" if item["of"] else ""
            since, until = item["since"] or "start unknown", item["until"] or "open"
            yield f"{item['title']}{of}, {since} to {until}"


def _report(name: str, day: date, found: list[Bearer], near: tuple[str, ...]) -> dict[str, object]:
    return {
        "text": name,
        "on": day.isoformat(),
        "candidates": [
            {
                "id": bearer.id or None,
                "name": bearer.name,
                "kind": bearer.kind,
                "country": bearer.country,
                "sectors": list(bearer.sectors),
                "because": bearer.because,
                **{k: v for k, v in _facts(bearer, day).items() if v},
            }
            for bearer in found
        ],
        "near": list(near),
    }
