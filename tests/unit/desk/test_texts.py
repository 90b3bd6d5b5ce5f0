"""The catalogues: whole in English, true to it in the other languages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from babel import Locale

from tocsin.desk.keys import KEYS
from tocsin.desk.render import FOLDER, TABS
from tocsin.desk.texts import DEFAULT, LANGUAGES, Texts, catalogue, chosen, texts

OTHERS = [language for language in LANGUAGES if language != DEFAULT]
FIELD = re.compile(r"\{(\w+)\}")
CALL = re.compile(r"""\bt\('([\w.-]+)'(?! ~)""")
PREFIX = re.compile(r"""\bt\('([\w.-]+)' ~""")


def _forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else list(dict(text).values())  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "file", sorted((FOLDER / "templates").glob("*.html")), ids=lambda f: f.name
)
def test_templates_say_what_there_is(file: Path) -> None:
    """Every text that a template names is in the English catalogue."""
    page, english = file.read_text("utf8"), catalogue(DEFAULT)
    assert [name for name in CALL.findall(page) if name not in english] == []
    starts = PREFIX.findall(page)
    assert [s for s in starts if not any(name.startswith(s) for name in english)] == []


def test_keys_and_tabs_have_texts() -> None:
    """Every key and every part of the desk is called something."""
    english = catalogue(DEFAULT)
    names = {f"tab.{key.name}" if key.does == "go" else f"keys.{key.name}" for key in KEYS}
    names |= {f"keys.scope.{key.scope}" for key in KEYS} | {f"tab.{tab.name}" for tab in TABS}
    assert names <= english.keys()


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_true_to_english(language: str) -> None:
    """Another language has no text of its own invention, and fills in the same values."""
    english = catalogue(DEFAULT)
    for name, text in catalogue(language).items():
        wanted = {field for form in _forms(english[name]) for field in FIELD.findall(form)}
        found = {field for form in _forms(text) for field in FIELD.findall(form)}
        assert found <= wanted, name
        assert isinstance(text, str) == isinstance(english[name], str), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_a_form(language: str) -> None:
    """Texts that count have a form for every number from 0 to 200."""
    say = texts(language)
    wanted = {say.locale.plural_form(number) for number in range(201)}
    for name, text in catalogue(language).items():
        if not isinstance(text, str):
            assert wanted <= text.keys(), name


def test_what_is_missing_is_said_in_english() -> None:
    """A text that a language lacks comes in English, with its plural and in its numbers."""
    english = catalogue(DEFAULT)
    bare = Texts("ar", {}, english, Locale.parse("ar"))
    assert bare("claim.title", n=1234) == "Claim 1,234 of"
    assert bare("count.reports", n=2) == "2 reports"
    assert texts("ru")("count.reports", n=5) == "5 сообщений"
    assert texts("en")("count.reports", n=1) == "1 report"


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("ar", "count.events", {0: "لا أحداث", 2: "حدثان", 3: "3 أحداث", 11: "11 حدثًا"}),
        ("fr", "count.events", {0: "0 événement", 1: "1 événement", 2: "2 événements"}),
        ("es", "count.events", {0: "0 eventos", 1: "1 evento", 21: "21 eventos"}),
        ("ru", "count.events", {1: "1 событие", 3: "3 события", 11: "11 событий"}),
    ],
)  # fmt: skip
def test_numbers_take_their_forms(language: str, name: str, said: dict[int, str]) -> None:
    """Numbers are followed by the form that the language has for them."""
    say = texts(language)
    assert {number: say(name, n=number) for number in said} == said


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_all_but_whole(language: str) -> None:
    """Hardly anything is left to be said in English, and what is filled in is never lost."""
    english, own = catalogue(DEFAULT), catalogue(language)
    assert len(english.keys() - own.keys()) <= len(english) // 20
    for name, text in own.items():
        told = text if isinstance(text, str) else text["other"]
        whole = english[name] if isinstance(text, str) else dict(english[name])["other"]  # type: ignore[arg-type]
        assert set(FIELD.findall(told)) == set(FIELD.findall(str(whole))), name


def test_a_text_that_is_nowhere() -> None:
    """A name that no catalogue has is a mistake, not an empty text."""
    with pytest.raises(KeyError):
        texts("en")("nothing.of.the.kind")


@pytest.mark.parametrize(
    ("asked", "accepted", "found"),
    [
        ("", "fr-CH, fr;q=0.9, en;q=0.8", "fr"), ("ar", "fr", "ar"), ("xx", "de, ru;q=0.5", "ru"),
        ("", "", "en"), (None, "tlh", "en"), ("", "*", "en"),
    ],
)  # fmt: skip
def test_language_is_chosen(asked: str | None, accepted: str, found: str) -> None:
    """A reader's own choice comes before the browser's, English where neither is known."""
    assert chosen(asked, accepted) == found


def test_days() -> None:
    """Days are written as the language writes them, open ends said."""
    say = texts("en")
    first, last = date(2025, 1, 26), date(2025, 1, 27)
    assert say.day(None) == say.days(None, None) == "undated"
    assert say.days(first, first) == say.day(first) == "26 Jan 2025"
    assert say.days(first, None) == "from 26 Jan 2025"
    assert say.days(None, last) == "until 27 Jan 2025"
    assert re.sub(r"\s+", "", say.days(first, last)) == "26–27Jan2025"
    assert texts("ar").direction == "rtl"
