"""How values and the hands behind them are put into words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tocsin.records.claim import Claim, Count, Interval, Participant
from tocsin.records.evidence import Reason, Span

# Longer quotes are cut: the article has them in full.
LONGEST = 80
INNER = str.maketrans("“”", "‘’")


def joined(parts: Sequence[str]) -> str:
    """Return parts as an English list: "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def quoted(span: Span) -> str:
    """Return an article's words in quotation marks, on one line, the end of long ones left out."""
    words = " ".join(span.quote.split()).translate(INNER)
    if len(words) > LONGEST:
        words = words[:LONGEST].rpartition(" ")[0] + " …"
    return f"“{words}”"


def reasons(claim: Claim, fields: Iterable[str], span: Span | None = None) -> list[Reason]:
    """Return the reasons behind fields; with a span those behind these words of it, if any are.

    Where no reason is about these words, those are left that give a field words from elsewhere.
    """
    own = [r for r in claim.reasons if r.field in fields]
    if span is None:
        return own
    here = [r for r in own if r.span is not None and r.span.overlaps(span)]
    best = sorted(here, key=lambda r: (_distance(r.span, span), -(r.score or 0.0)))
    return best[:1] or [r for r in own if r.hand == "rule"][:1]


def _distance(one: Span | None, other: Span) -> int:
    return abs(one.start - other.start) + abs(one.end - other.end) if one else 0


def hand(reason: Reason, about: Span | None = None) -> str:
    """Return the hand behind a field: the network's or all hands' chance, or the rule in words.

    A rule that goes by other words than those the field is about names them.
    """
    if reason.hand == "model" and reason.score is not None:
        return f"{reason.because.partition(' ')[0]} {reason.score:.2f}"
    because = flowing(reason.because)
    if about is None or reason.span is None or reason.span.overlaps(about):
        return because
    return f"{because}, {quoted(reason.span)}"


def flowing(because: str) -> str:
    """Return a reason that may stand inside a clause: the semicolon parts clauses."""
    return because.replace("; ", ", and ")


def bracket(*parts: str) -> str:
    """Return what is in the parts in one pair of brackets, nothing where there is nothing."""
    held = ", ".join(part for part in parts if part)
    return f" ({held})" if held else ""


def person(claim: Claim, who: Participant, *fields: str) -> str:
    """Return who somebody is, by which words, by which hand, and what of him stays unknown."""
    why = [hand(r, who.span) for r in reasons(claim, fields, who.span)]
    plain = who.entity is None and who.name.casefold() in who.span.quote.casefold()
    if plain or who.name == who.span.quote:
        return quoted(who.span) + bracket(*why, *_identity(who))
    return who.name + bracket(quoted(who.span), *why, *_identity(who))


def _identity(who: Participant) -> Iterator[str]:
    """Yield whom somebody is known as, what he is coded as, and what stays open about him."""
    land = [who.country] if who.country and who.country != who.entity else []
    tags = " ".join([*land, *who.sectors])
    if who.entity is not None:
        yield f"known as {who.entity}" + (f" and coded {tags}" if tags else "")
    elif tags:
        yield f"described as {tags}"
    if who.unknown is not None:
        part = "country" if who.sectors or who.entity else "identity"
        open_ = "" if who.country else f"{part} unknown: "
        yield open_ + flowing(who.unknown)


def days(interval: Interval) -> str:
    """Return the days of an interval, its open end said."""
    start, end = interval.start, interval.end
    if start is None:
        return f"up to {end}"
    if end is None:
        return f"from {start} on"
    return str(start) if start == end else f"{start} to {end}"


def number(count: Count) -> str:
    """Return how many people a count says."""
    if count.high is None:
        return f"at least {count.low:,}"
    return f"{count.low:,}" + (f" to {count.high:,}" if count.high != count.low else "")
