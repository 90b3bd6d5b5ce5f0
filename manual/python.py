"""What Python programs may use, out of its docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import tocsin
from manual.markdown import block, code, made, plain
from tocsin import client

MODULES = {
    "tocsin": (tocsin, tuple(tocsin.__all__)),
    "tocsin.client": (client, ("Client", "ApiError")),
}


def page() -> str:
    """Return the page of all public names."""
    lead = (
        "These names keep their meaning within a version; everything else may change. Records are "
        "frozen msgspec structs, whose fields [Records](records.md) lists; `msgspec.to_builtins` "
        "makes plain dictionaries of them."
    )
    parts = [
        part
        for module, (held, names) in MODULES.items()
        for name in names
        for part in _name(f"{module}.{name}", getattr(held, name))
    ]
    return made("Python", "docstrings", lead, *parts)


def _name(name: str, found: Any) -> Iterator[str]:  # noqa: ANN401 - whatever is public
    short = name.rpartition(".")[2]
    record = isinstance(found, type) and bool(getattr(found, "__struct_fields__", ()))
    opened = isinstance(found, type) and "__init__" in vars(found)
    yield f"## {name}"
    if not record and (opened or not isinstance(found, type)):
        yield block(short + signature(found), "python")
    yield _prose(inspect.getdoc(found) or "")
    if record:
        yield f"Fields: {', '.join(code(field) for field in found.__struct_fields__)}."
    elif isinstance(found, type):
        yield "\n".join(_methods(found))


def _methods(found: type) -> Iterator[str]:
    for name, held in vars(found).items():
        inner = getattr(held, "fget", None) or held
        if not name.startswith("_") and inspect.isfunction(inner):
            first = _prose(inspect.getdoc(inner) or "").partition("\n\n")[0]
            yield f"- {code(name + signature(inner))}: {first}"


class Bare(str):
    """An annotation that is shown as it is written."""

    __slots__ = ()
    __repr__ = str.__str__


def signature(found: Any) -> str:  # noqa: ANN401 - whatever is public
    """Return a signature as it is written, without module names and `self`."""
    seen = inspect.signature(found)
    given = [
        one.replace(annotation=_bare(one.annotation))
        for name, one in seen.parameters.items()
        if name != "self"
    ]
    back = inspect.Signature.empty if isinstance(found, type) else _bare(seen.return_annotation)
    return str(seen.replace(parameters=given, return_annotation=back))


def _bare(annotation: Any) -> Any:  # noqa: ANN401 - whatever is public
    if not isinstance(annotation, str):
        return annotation
    return Bare(re.sub(r"\b(?:[a-z_]+\.)+([A-Z]\w*)", r"\1", annotation))


def _prose(text: str) -> str:
    """Return paragraphs as Markdown; examples stay as they are written."""
    parts = inspect.cleandoc(text).split("\n\n")
    shown = (
        block(part, "python") if _example(part) else plain(part) for part in parts if part.strip()
    )
    return "\n\n".join(shown)


def _example(part: str) -> bool:
    return part.lstrip().startswith(("from ", "with ", "import ", ">>> "))
