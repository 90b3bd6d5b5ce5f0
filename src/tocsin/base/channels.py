"""Where signals go: channels as users name them in their settings, under `[deliver.channels]`."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Mode = Literal["live", "digest"]
Hour = Annotated[int, Meta(ge=0, le=23)]
# Local times between which nothing goes out: "22:00-06:30"; empty for none.
Quiet = Annotated[str, Meta(pattern=r"^(\d\d:\d\d-\d\d:\d\d)?$")]
# A secret is never in the settings: they name a variable of the environment, or a file.
Secret = Annotated[str, Meta(pattern=r"^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$")]
Whole = Annotated[int, Meta(ge=1)]
Seconds = Annotated[float, Meta(gt=0)]


class Channel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every channel may say: which signals it takes, and what differs from `[deliver]`."""

    signals: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    mode: Mode | None = None
    hour: Hour | None = None
    zone: str | None = None
    quiet: Quiet | None = None
    most: Whole | None = None
    repeat: Annotated[int, Meta(ge=0)] | None = None


class Webhook(Channel, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="webhook"):
    """An address that JSON is posted to, signed where there is a secret.

    The address may be named as secrets are.
    """

    url: str
    secret: Secret | None = None
    allow_private: bool = False


class Letters(Channel, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="smtp"):
    """People who get mail, by a server that takes it."""

    host: str
    port: Annotated[int, Meta(ge=1, le=65_535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    authority: str | None = None
    user: str | None = None
    password: Secret | None = None
    sender: str
    to: Annotated[tuple[str, ...], Meta(min_length=1)]


class Feed(Channel, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="atom"):
    """A file that holds an Atom feed of the newest signals."""

    path: str
    title: str = "Tocsin: signals"
    entries: Whole = 100


class Lines(Channel, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="jsonl"):
    """A file that grows by a line of JSON for each signal."""

    path: str


class Plugged(Channel, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="plugin"):
    """What another package sends by, with options of its own; secrets are named, as elsewhere."""

    plugin: str
    options: dict[str, str | int | float | bool] = {}


AnyChannel = Webhook | Letters | Feed | Lines | Plugged


class Delivering(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How signals go out; what each setting means stands in defaults.toml."""

    mode: Mode
    hour: Hour
    zone: str
    quiet: Quiet
    most: Whole
    repeat: Annotated[int, Meta(ge=0)]
    fresh: Annotated[int, Meta(ge=0)]
    desk: str
    connect: Seconds
    read: Seconds
    total: Seconds
    retries: Annotated[int, Meta(ge=0)]
    pause: Annotated[float, Meta(ge=0)]
    patience: Seconds
    tries: Whole
    lease: Seconds
    channels: dict[str, AnyChannel]
