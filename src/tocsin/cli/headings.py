"""What the columns of other people's spreadsheets mean: by their headings, or as somebody says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from tocsin.base.errors import InputError
from tocsin.base.text import fold
from tocsin.cli import days
from tocsin.cli.days import Order
from tocsin.sources.sheets import Sheet

# Fields that say which record a row is about, and those that a claim may be corrected in.
FACTS = ("claim", "event", "article", "quote", "country", "start", "end")
VALUES = (
    "type", "modes", "modality", "outcome", "actors", "recipients", "attribution", "date", "place",
    "killed", "injured", "arrested", "displaced", "crowd",
)  # fmt: skip
SAID = ("verdict", "reason", "author")
FIELDS = (*FACTS, *VALUES, *SAID)
Form = Literal["own", "ACLED", "UCDP GED", "POLECAT"]
# Headings of columns, folded, beside the fields' own names.
_NAMES: Mapping[str, str] = {
    "actor": "actors", "who": "actors", "perpetrator": "actors", "recipient": "recipients",
    "target": "recipients", "whom": "recipients", "url": "article", "link": "article",
    "source url": "article", "article id": "article", "claim id": "claim", "event id": "event",
    "text": "quote", "sentence": "quote", "passage": "quote", "event type": "type", "day": "date",
    "event date": "date", "start date": "start", "end date": "end",
    "location": "place", "where": "place", "fatalities": "killed", "deaths": "killed",
    "dead": "killed", "wounded": "injured", "speaker": "attribution", "said by": "attribution",
    "judgement": "verdict", "correct": "verdict", "coder": "author", "analyst": "author",
    "note": "reason", "notes": "reason", "comment": "reason",
}  # fmt: skip
# Columns that only these data sets have, and what theirs mean.
_FORMS: Mapping[Form, tuple[frozenset[str], Mapping[str, str]]] = {
    "ACLED": (
        frozenset({"event_id_cnty", "event_date", "event_type"}),
        {"event_date": "date", "event_type": "type", "actor1": "actors", "actor2": "recipients",
         "country": "country", "location": "place", "fatalities": "killed", "notes": "reason"},
    ),
    "UCDP GED": (
        frozenset({"side_a", "side_b", "date_start"}),
        {"date_start": "start", "date_end": "end", "side_a": "actors", "side_b": "recipients",
         "country": "country", "where_coordinates": "place", "best": "killed",
         "type_of_violence": "type"},
    ),
    "POLECAT": (
        frozenset({"Event Date", "Quad Code", "Actor Name Raw"}),
        {"Event ID": "claim", "Event Date": "date", "Event Type": "type", "Actor Name": "actors",
         "Recipient Name": "recipients", "Country": "country", "Placename": "place"},
    ),
}  # fmt: skip
_TYPES: Mapping[Form, Mapping[str, str]] = {
    "ACLED": {
        "battles": "ASSAULT", "explosions remote violence": "ASSAULT",
        "violence against civilians": "ASSAULT", "protests": "PROTEST", "riots": "PROTEST",
        "strategic developments": "",
    },
    "UCDP GED": {"1": "ASSAULT", "2": "ASSAULT", "3": "ASSAULT"},
}  # fmt: skip
_VERDICTS: Mapping[str, str] = {
    **dict.fromkeys(("accept", "accepted", "right", "correct", "yes", "y", "true", "1"), "accept"),
    **dict.fromkeys(("reject", "rejected", "wrong", "no", "n", "false", "0"), "reject"),
    "": "",
}
_IDS = ("claim", "event")
_OURS = re.compile(r"(?:claim|event)-[0-9a-f]+")


class _Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """A file that says what columns, types and verdicts mean."""

    columns: dict[str, str] = {}
    types: dict[str, str] = {}
    verdicts: dict[str, Literal["accept", "reject"]] = {}


@dataclass(frozen=True, slots=True)
class Plan:
    """Which column has which field, what types and verdicts mean, whose form the table has.

    Only of tables in somebody's own form are all values taken for codings; of data sets made by
    other rules than Tocsin's no more than the numbers of dead. `order` is that of days and months,
    where it can be told.
    """

    form: Form
    columns: Mapping[str, int]
    types: Mapping[str, str]
    verdicts: Mapping[str, str]
    order: Order | None = None

    def get(self, row: Sequence[str], field: str) -> str:
        """Return what a row has of a field, empty where it has nothing."""
        at = self.columns.get(field)
        return row[at] if at is not None else ""

    def type(self, words: str) -> str:
        """Return the type that a row's code stands for; itself where nothing is said of it."""
        return self.types.get(fold(words), words)

    def verdict(self, words: str) -> str:
        """Return accept, reject or nothing; raise InputError where a word means neither."""
        found = self.verdicts.get(fold(words))
        if found is None:
            raise InputError(f"verdict {words!r}: expected accept or reject, or see --mapping")
        return found


def plan(
    table: Sheet, given: Mapping[str, str], file: Path | None, order: Order | None = None
) -> Plan:
    """Return what the columns of a table mean; `given` are headings by field, from the user.

    Raises InputError where a heading is not there, a field is none, or nothing could be matched.
    """
    read = _read(file)
    named = {**read.columns, **given}
    form: Form = next(
        (name for name, one in _FORMS.items() if one[0] <= set(table.headings)), "own"
    )  # fmt: skip
    columns = {**_guessed(table, form), **_named(table.headings, named)}
    if not columns.keys() & {"claim", "event", "article", "date", "start"}:
        raise InputError(
            f"no column says what a row is about; there are {', '.join(table.headings)}. Say which "
            "is which by --column FIELD=HEADING, with claim, event, article (and quote), or date, "
            "or where the headings stand by --header-row"
        )
    types = {fold(name): code for name, code in read.types.items()}
    verdicts = {fold(name): code for name, code in read.verdicts.items()}
    return Plan(
        form, columns, {**_TYPES.get(form, {}), **types}, {**_VERDICTS, **verdicts},
        order or _order(table, columns),
    )  # fmt: skip


def _guessed(table: Sheet, form: Form) -> dict[str, int]:
    """Return the columns that headings tell; one of ids is none where all are of somebody else."""
    columns: dict[str, int] = {}
    for at, heading in enumerate(table.headings):
        field = _field(heading, form)
        if field is not None:
            columns.setdefault(field, at)
    theirs = {
        field
        for field in _IDS
        if field in columns and not any(_OURS.match(row[columns[field]]) for _, row in table.rows)
    }
    others = columns.keys() & {"article", "date", "start"}
    return {field: at for field, at in columns.items() if not others or field not in theirs}


def _named(headings: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    """Return the columns that a person names."""
    for field, heading in named.items():
        if field not in FIELDS:
            raise InputError(f"{field!r} is no field; expected one of {', '.join(FIELDS)}")
        if heading not in headings:
            there = ", ".join(filter(None, headings))
            raise InputError(
                f"no column is called {heading!r}; there are {there}. Where headings stand lower, "
                "--header-row says in which row"
            )
    return {field: headings.index(heading) for field, heading in named.items()}


def _order(table: Sheet, columns: Mapping[str, int]) -> Order | None:
    at = [columns[field] for field in ("date", "start", "end") if field in columns]
    return days.order(row[one] for _, row in table.rows for one in at)


def _field(heading: str, form: Form) -> str | None:
    if form != "own":
        return _FORMS[form][1].get(heading)
    name = fold(heading)
    return name if name in FIELDS else _NAMES.get(name)


def _read(file: Path | None) -> _Mapping:
    if file is None:
        return _Mapping()
    try:
        return msgspec.convert(tomllib.loads(file.read_text("utf8")), _Mapping)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise InputError(
            f"{file}: {error}; expected TOML with [columns], [types] or [verdicts] (docs/import.md)"
        ) from error
