"""Claims on a terminal: a block each, with the words that are the evidence highlighted."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from tocsin.explain.marks import Role, marks
from tocsin.records.claim import Claim, Interval, Participant
from tocsin.records.coded import Coded

COLOURS: dict[Role, str] = {
    "trigger": "bold white on dark_red",
    "actor": "bold cyan",
    "recipient": "bold yellow",
    "speaker": "bold green",
    "cue": "green",
    "denier": "bold bright_green",
    "condition": "italic bright_magenta",
    "deadline": "bold blue",
    "date": "blue",
    "place": "magenta",
    "count": "bold red",
    "counted": "red",
}


def show(coded: Coded, console: Console) -> None:
    """Print an article's claims with their evidence."""
    article = coded.article
    day = f", {article.published.day}" if article.published else ""
    console.rule(
        Text(f"{article.title[:90]}  ({article.outlet or 'no outlet'}{day})"), align="left"
    )
    if not coded.claims:
        console.print("no claims", style="dim")
    names = {c.id: k for k, c in enumerate(coded.claims, 1)}
    for number, claim in enumerate(coded.claims, 1):
        console.print(headline(number, claim, names))
        console.print(evidence(claim), soft_wrap=False)
        console.print()


def headline(number: int, claim: Claim, names: dict[str, int]) -> Text:
    """Return one line that says who did what to whom, on whose word."""
    out = Text()
    out.append(f"{number:>3} ")
    out.append(" ".join([claim.type, *claim.modes]), style="bold")
    if claim.modality != "actual":
        out.append(f" {claim.modality}", style="italic")
    out.append(f"  {people(claim.actors) or '?'} → {people(claim.recipients) or '?'}")
    if claim.attribution:
        out.append(
            "  said by " + " < ".join(one(p) for p in reversed(claim.attribution.chain)),
            style="green",
        )
    if claim.content_of in names:
        out.append(f"  content of {names[claim.content_of]}", style="dim")
    for name in ("killed", "injured"):
        count = getattr(claim, name)
        if count:
            out.append(
                f"  {name} {count.low}"
                + ("+" if count.high is None else f"–{count.high}" * (count.high != count.low))
            )
    if claim.date:
        out.append(f"  on {_days(claim.date)}", style="blue")
    if claim.place:
        out.append(f"  in {claim.place.name} ({claim.place.country or '?'})", style="magenta")
    if claim.outcome:
        out.append(f"  {claim.outcome}")
    out.append(f"  {claim.confidence:.2f}", style="dim")
    return out


def people(who: Iterable[Participant]) -> str:
    """Return several participants in one phrase."""
    return " + ".join(one(p) for p in who)


def one(who: Participant) -> str:
    """Return a participant with country and sectors."""
    tags = " ".join([who.country or "?", *who.sectors])
    return f"{who.name} [{tags}]"


def _days(interval: Interval) -> str:
    if interval.start is None:
        return f"“{interval.span.quote}”"
    same = interval.end in (None, interval.start)
    return str(interval.start) if same else f"{interval.start}/{interval.end}"


def evidence(claim: Claim) -> Text:
    """Return the claim's sentence with every piece of evidence in the colour of its role."""
    start = claim.sentence.start
    text = Text("    " + claim.sentence.quote.replace("\n", " "))
    for span, role in marks(claim):
        if claim.sentence.covers(span):
            text.stylize(COLOURS[role], span.start - start + 4, span.end - start + 4)
    return text
