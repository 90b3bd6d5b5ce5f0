"""A page for a person: the article with what was read out of it, and why.

It stands alone: nothing is fetched, nothing is run, and every character of the article is text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

from tocsin.export.arcs import LINKS, glance
from tocsin.export.markup import Markup, element, inside
from tocsin.export.rows import rows
from tocsin.records.article import Article
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.records.entity import Entity
from tocsin.records.relation import Relation

# No script, no request; what is drawn and styled stands in the page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
LAYERS = {"claims": "claims", "statements": "statements", "plain": "the bare text"}
LEGEND = {
    "claim": (
        "trigger", "actor", "recipient", "speaker", "cue", "denier", "condition",
        "deadline", "date", "place", "count", "counted",
    ),
    "said": ("source", "cue", "content"),
}  # fmt: skip
HIGHLIGHT = (
    "body:has(#{0}:is(:hover,:focus-within)) .{0},"
    "body:not(:has(.card:is(:hover,:focus-within))):has(#{0}:target) .{0}"
)


def page(coded: Coded) -> str:
    """Return an article with its claims, statements, relations and entities as one HTML page."""
    numbers = {record.id: k for k, record in enumerate(coded.claims, 1)}
    numbers |= {record.id: k for k, record in enumerate(coded.statements, 1)}
    body = element(
        "body",
        element("a", "Skip to the article", href="#article", class_="skip"),
        _header(coded.article, coded.claims),
        element(
            "main",
            _section("article", "Article", *_layers(), rows(coded, numbers)),
            _section("claims", "Claims at a glance", _glance(coded, numbers)),
            _section("relations", "Relations", _relations(coded.relations)),
            _section("entities", "Entities", _entities(coded.entities)),
        ),
        _footer(coded),
    )
    return f"<!DOCTYPE html>\n{element('html', _head(coded), body, lang='en')}\n"


def _head(coded: Coded) -> Markup:
    style = (resources.files("tocsin") / "data" / "page.css").read_text("utf8")
    cards = [f"c{k}" for k in range(1, len(coded.claims) + 1)]
    cards += [f"s{k}" for k in range(1, len(coded.statements) + 1)]
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"Explained: {coded.article.title or coded.article.doc}"),
        # Of our own making, numbers apart: no text of the article comes into the style.
        element("style", Markup(style + _highlights(cards))),
    )


def _highlights(cards: Sequence[str]) -> str:
    """Return the rules that light up what belongs to the card that is pointed at, or the mark."""
    if not cards:
        return ""
    spans = ",\n".join(HIGHLIGHT.format(card) for card in cards)
    back = ",\n".join(f"body:has(.trigger.{card}:hover) #{card}" for card in cards)
    lit = "{--tint:var(--own);--text:var(--over);--lit:2px}"
    return f"{spans}{lit}\n{back}{{outline:3px solid var(--accent)}}\n"


def _header(article: Article, claims: Sequence[Claim]) -> Markup:
    day = article.published.day.isoformat() if article.published else "day unknown"
    facts = (article.outlet or "outlet unknown", day, f"{len(claims)} claims")
    links = {
        "article": "Article", "claims": "Claims at a glance",
        "relations": "Relations", "entities": "Entities",
    }  # fmt: skip
    return element(
        "header",
        element("h1", element("bdi", article.title or article.doc)),
        element("p", " · ".join(facts)),
        element("p", article.url, class_="url") if article.url else Markup(),
        element(
            "nav",
            *(element("a", name, href=f"#{key}") for key, name in links.items()),
            aria_label="Parts of the page",
        ),
    )


def _section(key: str, title: str, *body: Markup) -> Markup:
    return element(
        "section",
        element("h2", title, id=f"{key}-title"),
        *body,
        id=key,
        aria_labelledby=f"{key}-title",
    )


def _layers() -> Iterator[Markup]:
    """Yield the switch between what is shown on the text, radio buttons that the style heeds.

    Behind it come the signs and colours of each layer.
    """
    buttons = [
        element(
            "label",
            element(
                "input", type="radio", name="layer", id=f"show-{key}", value=key,
                checked="" if key == "claims" else None,
            ),
            f" {name}",
        )
        for key, name in LAYERS.items()
    ]  # fmt: skip
    yield element("fieldset", element("legend", "Show"), *buttons, class_="layers")
    for layer, roles in LEGEND.items():
        signs = (
            element("li", element("mark", role, class_=f"{layer} {role} d0"), class_="key")
            for role in roles
        )
        yield element("ul", *signs, class_=f"legend {layer}", aria_label="Signs in the text")


def _glance(coded: Coded, numbers: Mapping[str, int]) -> Markup:
    if not coded.claims:
        return element("p", "No claims.")
    kinds = [element("li", name, class_=f"arc {key}") for key, name in LINKS.items()]
    linked = any(getattr(claim, key) in numbers for claim in coded.claims for key in LINKS)
    legend = element("ul", *kinds, class_="legend", aria_label="Kinds of arrows")
    return inside(legend if linked else Markup(), glance(coded.claims, numbers))


def _relations(relations: Sequence[Relation]) -> Markup:
    if not relations:
        return element("p", "None stated.")
    lines = [
        (
            r.subject.name,
            r.relation.replace("_", " "),
            r.object.name,
            " < ".join(who.name for who in reversed(r.attribution)),
            r.span.quote,
        )
        for r in relations
    ]
    return _table("relations", ("subject", "relation", "object", "on whose word", "words"), lines)


def _entities(entities: Sequence[Entity]) -> Markup:
    if not entities:
        return element("p", "None named.")
    lines = [
        (
            e.name,
            e.kind,
            " ".join([e.country or "?", *e.sectors]),
            e.known_as or "",
            ", ".join(dict.fromkeys(m.quote for m in e.mentions)),
        )
        for e in entities
    ]
    return _table(
        "entities",
        ("name", "kind", "country and sectors", "known as", "in the text"),
        lines,
    )


def _table(key: str, head: Sequence[str], cells: Sequence[Sequence[str]]) -> Markup:
    """Return a table in a box of its own, which scrolls where the page is narrow."""
    top = element("tr", *(element("th", name, scope="col") for name in head))
    lines = [element("tr", *(element("td", element("bdi", cell)) for cell in row)) for row in cells]
    table = element("table", element("thead", top), element("tbody", *lines))
    label = f"{key}-title"
    return element("div", table, class_="wide", tabindex=0, role="group", aria_labelledby=label)


def _footer(coded: Coded) -> Markup:
    stamp = coded.stamp
    made = f"Tocsin {stamp.version}, ontology {stamp.ontology}, model {stamp.model}, "
    return element(
        "footer",
        element("p", "Claims are proposals by a machine: read the words before you rely on one."),
        element("p", f"{made}gazetteer {stamp.gazetteer}; article {coded.article.id}"),
    )
