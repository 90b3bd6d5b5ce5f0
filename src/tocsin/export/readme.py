"""What a release says of itself: README, licence notes, citation, all made from the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from tocsin.export.codebook import grid
from tocsin.export.quotes import LONGEST, SHARE, Shown
from tocsin.export.table import Row
from tocsin.records.coded import Stamp

# Sources that are named; the others are counted.
NAMED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What whoever publishes a release says of it; `licence` is an SPDX name of theirs."""

    title: str
    version: str
    authors: tuple[str, ...] = ()
    licence: str | None = None
    texts: bool = False

    @property
    def name(self) -> str:
        """The title as addresses have names: letters, digits and lines between."""
        flat = "".join(one if one.isascii() and one.isalnum() else "-" for one in self.title)
        return "-".join(part for part in flat.lower().split("-") if part) or "release"


@dataclass(slots=True)
class Facts:
    """What is counted while tables are written."""

    rows: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    reviewed: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    lacking: Counter[str] = field(default_factory=Counter)
    published: set[date] = field(default_factory=set)
    happened: set[date] = field(default_factory=set)

    def count(self, table: str, row: Row) -> None:
        """Count a row."""
        self.rows[table] += 1
        if table == "articles":
            self.outlets[str(row["outlet"] or "(unknown)")] += 1
            self._day(self.published, row["published"])
        elif table == "claims":
            self.said[str(row["outlet"] or "(unknown)")] += 1
            self.reviewed[str(row["review"])] += 1
        elif table == "events":
            self.levels[str(row["level"])] += 1
            self.lacking["day"] += row["start"] is None and row["end"] is None
            self.lacking["point"] += row["latitude"] is None
            self.lacking["actor"] += not row["actors"]
            self._day(self.happened, row["start"])

    @staticmethod
    def _day(days: set[date], day: object) -> None:
        if isinstance(day, date):
            days.add(day)


def readme(
    terms: Terms, facts: Facts, stamps: Sequence[Stamp], files: Mapping[str, int], shown: Shown
) -> str:
    """Return the README; `files` are rows by file, `shown` is how much of texts is in them."""
    return "\n".join(_readme(terms, facts, stamps, files, shown)).rstrip() + "\n"


def _readme(
    terms: Terms, facts: Facts, stamps: Sequence[Stamp], files: Mapping[str, int], shown: Shown
) -> Iterator[str]:
    yield from (
        f"# {terms.title}, version {terms.version}",
        "",
        (
            "Claims that news articles make about conflict and politics, read by a machine "
            "(Tocsin), "
            "and the events that they are judged to be about. **Claims are what articles say, "
            "and no "
            "verified facts**; nobody has checked most of them."
        ),
        "",
    )
    yield from grid(("file", "rows"), ((f"`{name}`", f"{n:,}") for name, n in files.items()))
    yield from (
        (
            "`codebook.md` says what each column and code means, `datapackage.json` the same for "
            "machines, `LICENCES.md` what may be done with it, `CITATION.cff` how to cite it. "
            "`SHA256SUMS` has the hash of every file: `sha256sum --check SHA256SUMS`."
        ),
        "",
        "## What it covers",
        "",
        f"- {facts.rows['articles']:,} articles, published {_span(facts.published)}",
        f"- {facts.rows['claims']:,} claims; {_reviewed(facts)}",
        f"- {facts.rows['events']:,} events, on days {_span(facts.happened)}",
        f"- {facts.rows['threats']:,} threads of threats, demands and warnings",
        "",
        "## Sources",
        "",
    )
    common = facts.outlets.most_common()
    named = sorted(common, key=lambda pair: (-pair[1], pair[0]))[:NAMED]
    yield from grid(
        ("outlet", "articles", "claims"),
        ((name, f"{count:,}", f"{facts.said[name]:,}") for name, count in named),
    )
    if len(common) > NAMED:
        yield from (f"and {len(common) - NAMED:,} more, which `articles` has.", "")
    yield from ("## How it was made", "")
    for one in stamps:
        second = f", second reader {one.endpoint}" if one.endpoint else ""
        yield (
            f"- Tocsin {one.version}, ontology {one.ontology}, model {one.model}, "
            f"gazetteer {one.gazetteer}{second}"
        )
    yield from ("", "## Known limits", "", *_limits(facts, shown, texts=terms.texts))


def _limits(facts: Facts, shown: Shown, *, texts: bool) -> Iterator[str]:
    events = facts.rows["events"]
    yield (
        f"- Of {events:,} events {facts.lacking['day']:,} have no day that a report gives, "
        f"{facts.lacking['point']:,} no coordinates and {facts.lacking['actor']:,} nobody who did "
        "it. They stay empty: the day of publication and the capital are never put in."
    )
    levels = ", ".join(f"{count:,} {name}" for name, count in facts.levels.most_common())
    yield f"- How well events are borne out: {levels or 'there are none'}."
    yield (
        "- What is planned, threatened, denied, asked for or only possible is in the tables too; "
        "`modality` says so. Count `actual` alone where you count what happened."
    )
    yield (
        "- It counts what these sources published. Where nobody reports there are no rows, and a "
        "source that was added or fell silent moves every series."
    )
    yield (
        "- A machine reads with mistakes: participants are missed or taken from elsewhere, places "
        "of one name are confused, one event is told as two. `confidence` is of the coding of the "
        "claim, not of the truth of what it says."
    )
    if texts:
        yield "- Whole texts of articles are included; mind whose they are (`LICENCES.md`)."
    else:
        yield (
            f"- No article is included whole: quotes, conditions, demands and costs hold "
            f"{shown.words:.1%} of the articles' characters, of no article more than "
            f"{shown.most:.1%}; with the names of parties it is {shown.names:.1%} (`LICENCES.md`)."
        )


def licences(terms: Terms, shown: Shown) -> str:
    """Return what may be done with a release and with its parts."""
    own = (
        f"Its publishers offer the data set under **{terms.licence}**, as far as it is theirs."
        if terms.licence
        else "Its publishers have named **no licence**: ask them before you publish it again."
    )
    texts = (
        "This release **holds whole texts of articles**, because its publishers asked for it. They "
        "belong to their outlets; pass the release on only with their leave."
        if terms.texts
        else f"No article is included. A claim has at most {LONGEST} characters around the words "
        f"that make it, as long as these quotes, and the words that make all other claims of the "
        f"article, its conditions, demands and costs, are at most {SHARE:.0%} of it; other claims "
        "have the words alone that make them. So a claim can be checked, and no article is "
        f"replaced. Here it is {shown.words:.1%} of all characters, and of no article more than "
        f"{shown.most:.1%}. Names of parties stand beside it, with which it is {shown.names:.1%}. "
        "Titles and addresses lead to the articles themselves."
    )
    return "\n".join((
        "# Licences", "", own, "",
        "- **Texts of articles** belong to who published them. " + texts,
        ("- **Types, modes, contexts and sectors** follow PLOVER (Open Event Data Alliance), CC "
        "BY-SA 4.0: name it, and share changes to it alike."),
        "- **Coordinates and ids of places** are GeoNames', CC BY 4.0: name GeoNames.",
        ("- **Tocsin**, which read the articles, is under Apache-2.0; that is no licence of the "
        "data."),
        ("- **People** are named as news names them, some accused of grave acts. Mind the law on "
        "personal data where you are, and that a claim is no verdict."),
    )) + "\n"  # fmt: skip


def citation(terms: Terms, day: date) -> str:
    """Return the citation file; JSON, which is YAML too, keeps every text as it is."""
    authors = terms.authors or ("The publishers of this data set",)
    told = {
        "cff-version": "1.2.0", "type": "dataset", "title": terms.title,
        "message": "If you use this data set, please cite it as below.",
        "version": terms.version, "date-released": day.isoformat(),
        "authors": [{"name": name} for name in authors],
        **({"license": terms.licence} if terms.licence else {}),
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n"


def _span(days: set[date]) -> str:
    return f"{min(days)} to {max(days)}" if days else "that nobody gives"


def _reviewed(facts: Facts) -> str:
    seen = {name: count for name, count in facts.reviewed.items() if name != "machine"}
    if not seen:
        return "no analyst judged any of them"
    return "analysts judged " + ", ".join(f"{count:,} ({name})" for name, count in seen.items())
