"""The chains of an event's claims, with pronouns resolved and the outlets' own names left out."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.fusion.speakers import Outlets, Speaker, echoes, key, refers, speaker
from tocsin.fusion.stances import cue, refuted
from tocsin.fusion.told import Sources, Told, source_of
from tocsin.fusion.words import words

Chains = dict[str, tuple[Speaker, ...]]


def chains(rows: Sequence[Told], known: Outlets) -> Chains:
    """Return the links of each claim's chain, outermost first; rows stand in order."""
    found: Chains = {}
    for article in dict.fromkeys(row.byline.article for row in rows):
        inside = [row for row in rows if row.byline.article == article]
        raw = [_links(row, known) for row in inside]
        # What stands below a headline first, so that headlines can be resolved by it.
        for at in sorted(range(len(inside)), key=lambda at: headline(inside[at])):
            raw[at] = found[inside[at].claim.id] = _resolved(raw, at, headline(inside[at]))
    return found


def headline(row: Told) -> bool:
    """Return whether a claim stands in the article's title."""
    return bool(row.byline.title) and row.claim.sentence.quote.strip() in row.byline.title


def _links(row: Told, known: Outlets) -> tuple[Speaker, ...]:
    """Return the links of one chain, as they stand; who denies speaks for himself."""
    said, claim = row.claim.attribution, row.claim
    if said is None:
        return ()
    if claim.modality != "negated" and cue(claim, words().denying) and refuted(claim):
        return (speaker(said.chain[0], known),)
    own = row.byline.outlet
    links = [speaker(one, known) for one in said.chain]
    return tuple(link for link in links if own is None or not _itself(link, own))


def _itself(link: Speaker, outlet: str) -> bool:
    """Return whether a link is the article's own outlet: "told the Express", "our report"."""
    own = key(outlet)
    whole = frozenset(outlet.casefold().split())
    core = frozenset(link.core)
    return (link.kind == "outlet" and (link.name == outlet or core <= whole)) or own == core


def _resolved(
    raw: Sequence[tuple[Speaker, ...]],
    at: int,
    titled: bool,  # noqa: FBT001
) -> tuple[Speaker, ...]:
    """Return the links of a claim with those that point back replaced by whom they mean.

    The nearest one before them in the article, among this event's claims, comes first, then the
    nearest after; whoever is reached through others is meant with them. Pronouns and papers that
    point to nobody are left out. Headlines shorten: their speakers are those of the text below.
    """
    near = [links for links in (*reversed(raw[:at]), *raw[at + 1 :]) if links]
    fixed: list[Speaker] = []
    for link in raw[at]:
        chain: tuple[Speaker, ...] = (link,)
        if link.vague or (titled and link.kind != "outlet"):
            meets = refers if link.vague else echoes
            chain = next(
                (links for links in near if not links[-1].vague and meets(link, links[-1])), chain
            )
        fixed.extend(x for x in chain if x.kind not in {"pronoun", "vessel"} and x not in fixed)
    return tuple(fixed)


def agency(row: Told, sources: Sources) -> bool:
    """Return whether the article's outlet is a news agency, as far as the registry says."""
    source = source_of(row.byline, sources)
    return source is not None and source.type == "agency"
