"""Settings: one commented file of defaults, a user's file laid over it, one frozen object."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from tocsin.base.channels import Delivering
from tocsin.base.errors import SettingsError

Chance = Annotated[float, Meta(ge=0, le=1)]


class Coding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Thresholds of the coder; what each means stands in defaults.toml."""

    vote: float
    claim: float
    type: float
    always: float
    often: float
    sometimes: float
    unlisted: float
    lexicon_always: float
    lexicon_often: float
    edge: float
    actor: float
    detail: float
    mode: float
    further: float
    link: float
    outcome: float


class Asking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a second reader is asked; what each setting means stands in defaults.toml."""

    sentences: Annotated[int, Meta(ge=1)]
    before: Annotated[int, Meta(ge=0)]
    questions: Annotated[int, Meta(ge=1)]
    lowest: Chance
    highest: Chance
    sure: Chance
    unsure: Chance
    strict: bool
    tokens: Annotated[int, Meta(ge=0)]
    seed: int
    timeout: Annotated[float, Meta(gt=0)]
    retries: Annotated[int, Meta(ge=0)]
    pause: Annotated[float, Meta(ge=0)]
    patience: Annotated[float, Meta(ge=0)]
    size: Annotated[int, Meta(ge=1)]


class Fetching(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How addresses are fetched; what each setting means stands in defaults.toml."""

    contact: Annotated[str, Meta(pattern="^[ -~]*$", max_length=200)]
    rate: Annotated[float, Meta(gt=0)]
    burst: Annotated[int, Meta(ge=1)]
    connect: Annotated[float, Meta(gt=0)]
    read: Annotated[float, Meta(gt=0)]
    total: Annotated[float, Meta(gt=0)]
    size: Annotated[int, Meta(ge=1)]
    wire: Annotated[int, Meta(ge=1)]
    header: Annotated[int, Meta(ge=1)]
    redirects: Annotated[int, Meta(ge=0)]
    retries: Annotated[int, Meta(ge=0)]
    pause: Annotated[float, Meta(ge=0)]
    patience: Annotated[float, Meta(ge=0)]


class Signalling(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When something is a signal; what each setting means stands in defaults.toml."""

    surprise: Chance
    changed: Chance
    young: Annotated[int, Meta(ge=2)]
    regime: Annotated[float, Meta(gt=1)]
    history: Annotated[int, Meta(ge=1)]
    few: Annotated[int, Meta(ge=1)]
    gaps: Annotated[int, Meta(ge=1)]
    window: Annotated[int, Meta(ge=1)]
    silence: Chance
    quiet: Annotated[int, Meta(ge=1)]
    rung: Annotated[int, Meta(ge=1)]
    due: Annotated[int, Meta(ge=0)]
    events: Annotated[int, Meta(ge=1)]


class Adding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which plug-ins have a say; what each setting means stands in defaults.toml."""

    coders: tuple[str, ...]


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every setting, by section."""

    coding: Coding
    endpoint: Asking
    fetch: Fetching
    signals: Signalling
    deliver: Delivering
    plugins: Adding


@cache
def load(path: Path | None = None) -> Settings:
    """Return the default settings, with a user's TOML file laid over them."""
    rows = tomllib.loads((resources.files("tocsin") / "data" / "defaults.toml").read_text("utf8"))
    if path is not None:
        try:
            own = tomllib.loads(path.read_text("utf8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(
                f"{path}: {error}; expected a TOML file like defaults.toml"
            ) from error
        for section, values in own.items():
            held = rows.get(section)
            both = isinstance(held, dict) and isinstance(values, dict)
            rows[section] = held | values if both else values
    try:
        return msgspec.convert(rows, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{path}: {error}; the known settings are in defaults.toml") from error
