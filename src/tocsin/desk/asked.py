"""What an address asks for, read leniently: pages leave out what makes no sense in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec
from msgspec import Struct

from tocsin.desk.render import address

T = TypeVar("T", bound=Struct)


def lenient(kind: type[T], held: Mapping[str, str]) -> T:
    """Return what is asked for, every part that cannot be read as if it were not there."""
    read: dict[str, str] = {}
    for name, value in held.items():
        try:
            msgspec.convert({name: value}, kind, strict=False)
        except msgspec.ValidationError:
            continue
        if value:
            read[name] = value
    return msgspec.convert(read, kind, strict=False)


def address_of(path: str, asked: Struct) -> Callable[..., str]:
    """Return what makes an address of the same with changes; what is as by default is left out."""
    plain = type(asked)()
    own = {
        name: str(value)
        for name, value in msgspec.structs.asdict(asked).items()
        if value is not None and value != getattr(plain, name)
    }

    def to(at: str = path, /, **changes: object) -> str:
        said = own | {name: "" if one is None else str(one) for name, one in changes.items()}
        return address(at, **{name: one for name, one in said.items() if one})

    return to
