"""What the desk says, in the reader's language: one catalogue a language, English the whole one.

A text is found by a dotted name. Where it depends on a number `n`, it has a form for each of the
language's plural categories (Unicode CLDR). What another language lacks is said in English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime, format_interval
from babel.numbers import format_decimal, format_percent

from tocsin.records.series import Party

# In the order that they are offered.
LANGUAGES = ("en", "ar", "es", "fr", "ru")
DEFAULT = "en"
# Whose days and numbers, where a language has several: day before month.
LOCALES = {"en": "en_GB"}

Text = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language; call it with a text's name."""

    language: str
    own: Mapping[str, Text]
    english: Mapping[str, Text]
    locale: Locale

    @property
    def direction(self) -> str:
        """Which way the language is written: `ltr` or `rtl`."""
        return str(self.locale.text_direction)

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a text with its values filled in; KeyError where there is none of that name."""
        text, locale = self.own.get(name), self.locale
        if text is None:
            text, locale = self.english[name], Locale.parse(LOCALES[DEFAULT])
        if not isinstance(text, str):
            number = values["n"]
            assert isinstance(number, int)  # noqa: S101 - plural texts count something
            text = text.get(locale.plural_form(number), text["other"])
        shown = {k: self.number(v) if isinstance(v, int) else v for k, v in values.items()}
        return text.format_map(shown)

    def has(self, name: str) -> bool:
        """Return whether there is a text of a name."""
        return name in self.english

    def name(self) -> str:
        """Return the language's name in itself."""
        return str(self.locale.get_language_name()).capitalize()

    def number(self, number: float) -> str:
        """Return a number as it is written."""
        return str(format_decimal(number, locale=self.locale))

    def share(self, number: float) -> str:
        """Return a share from 0 to 1 as percent."""
        return str(format_percent(number, locale=self.locale))

    def figure(self, number: float | str) -> str:
        """Return a number in three figures, a whole one in all of its figures."""
        if isinstance(number, str):
            return number
        whole = isinstance(number, int) or (number.is_integer() and abs(number) < 10**6)
        value = int(number) if whole else float(f"{number:.3g}")
        return str(format_decimal(value, format="#,##0.######", locale=self.locale))

    def chance(self, number: float) -> str:
        """Return a chance as percent, a small one with a decimal."""
        value = round(number, 3 if number < 0.1 or number > 0.99 else 2)
        return str(format_percent(value, locale=self.locale, decimal_quantization=False))

    def unit(self, parties: Sequence[Party], kind: str = "") -> str:
        """Return what a unit is called: a country, an area in it, who acts on whom."""
        names = [self._party(one) for one in parties]
        arrow = " ← " if self.direction == "rtl" else " → "
        return (arrow if kind == "dyad" else ", ").join(names)

    def _party(self, one: Party) -> str:
        own = self.locale.territories.get(one.country or "")
        name = one.name if own is None or self.language == DEFAULT else str(own)
        return name if one.sector is None else self(f"sector.{one.sector}", where=name)

    def day(self, day: date | None) -> str:
        """Return a day as it is written, or that there is none."""
        if day is None:
            return self("day.none")
        return str(format_date(day, "d MMM y", locale=self.locale))

    def short(self, day: date) -> str:
        """Return a day without its year."""
        return str(format_date(day, "d MMM", locale=self.locale))

    def days(self, start: date | None, end: date | None) -> str:
        """Return days from one to another, both included; an open end is said."""
        if start is None and end is None:
            return self("day.none")
        if start is None or end is None:
            return self("day.from" if start else "day.until", day=self.day(start or end))
        return str(format_interval(start, end, "yMMMd", locale=self.locale))

    def moment(self, moment: datetime) -> str:
        """Return a moment as it is written, in UTC."""
        return str(format_datetime(moment, "d MMM y HH:mm 'UTC'", locale=self.locale))


@cache
def texts(language: str) -> Texts:
    """Return the texts of a language."""
    return Texts(
        language,
        catalogue(language),
        catalogue(DEFAULT),
        Locale.parse(LOCALES.get(language, language)),
    )


@cache
def catalogue(language: str) -> Mapping[str, Text]:
    """Return the texts that a language has of its own, by their names."""
    file = resources.files("tocsin") / "desk" / "texts" / f"{language}.toml"
    return dict(_flat(tomllib.loads(file.read_text("utf8"))))


def chosen(asked: str | None, accepted: str) -> str:
    """Return the language that somebody asked for, else the first known one that is accepted."""
    if asked in LANGUAGES:
        return asked
    for part in accepted.split(","):
        code = part.partition(";")[0].strip().partition("-")[0].lower()
        if code in LANGUAGES:
            return code
    return DEFAULT


def _flat(rows: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Text]]:
    """Yield texts by dotted names; a table with `other` in it is one text's plural forms."""
    for key, value in rows.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and "other" not in value:
            yield from _flat(value, f"{name}.")
        else:
            yield name, value
