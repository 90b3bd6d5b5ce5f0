"""CAMEO codes beside types and modes, in both directions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.base.errors import OntologyError
from tocsin.ontology.form import Form, content, packaged, refuse
from tocsin.ontology.model import Finding

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Code:
    """A CAMEO code, its short label and the type and mode it stands for, or no type at all."""

    id: str
    label: str
    type: str | None
    mode: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """The CAMEO codes of one type: without a mode, and with each mode, the telling modes first."""

    code: str
    modes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The way from types and modes to CAMEO codes and back."""

    codes: Mapping[str, Code]
    types: Mapping[str, Target]

    def to_cameo(self, event_type: str, modes: Sequence[str] = ()) -> str:
        """Return the CAMEO code closest to a type and the most telling of its modes."""
        target = self.types.get(event_type)
        if target is None:
            raise _uncoded(f"the type {event_type!r}", self.types)
        for mode in modes:
            if mode not in target.modes:
                raise _uncoded(f"the mode {mode!r} of {event_type}", target.modes)
        return next((code for mode, code in target.modes.items() if mode in modes), target.code)

    def from_cameo(self, code: str) -> tuple[str, str | None] | None:
        """Return the type and mode of a CAMEO code, or None where no type stands for it."""
        found = self.codes.get(code)
        if found is None:
            raise OntologyError(
                f"crosswalk: found {code!r}, expected a CAMEO code such as '040' or '1831';"
                " codes keep their leading zero, so read the column as text"
            )
        return None if found.type is None else (found.type, found.mode)


def load(folder: Path | None = None) -> Crosswalk:
    """Return the packaged crosswalk, with that of a user's folder laid over it."""
    crosswalk, findings = read(folder)
    refuse(findings)
    return crosswalk


def read(folder: Path | None = None) -> tuple[Crosswalk, list[Finding]]:
    """Return what can be read of the packaged crosswalk and the folder's, and what was wrong."""
    findings: list[Finding] = []
    codes: dict[str, Code] = {}
    types: dict[str, Target] = {}
    for file in places(folder):
        form = Form(content(file, findings), str(file), findings)
        codes.update({code.id: code for code in _codes(form)})
        types.update(_targets(form))
        form.close()
    return Crosswalk(codes, types), findings


def places(folder: Path | None) -> list[Traversable]:
    """Return the crosswalk files that are there, the packaged one first."""
    files: list[Traversable] = [packaged("crosswalk") / "cameo.yml"]
    if folder is not None:
        files.append(folder / "crosswalk" / "cameo.yml")
    return [file for file in files if file.is_file()]


def _uncoded(what: str, known: Mapping[str, object]) -> OntologyError:
    return OntologyError(
        f"crosswalk: found no CAMEO code for {what}, expected one of {', '.join(known) or 'none'};"
        " add it to crosswalk/cameo.yml in your ontology folder"
    )


def _codes(form: Form) -> Iterator[Code]:
    for key, item in _named(form, "codes"):
        yield Code(key, item.text("label"), item.optional("type"), item.optional("mode"))
        item.close()


def _targets(form: Form) -> Iterator[tuple[str, Target]]:
    for key, item in _named(form, "types"):
        modes = _named_texts(item, "modes")
        yield key, Target(item.text("code"), modes)
        item.close()


def _named(form: Form, key: str) -> list[tuple[str, Form]]:
    """Return the mappings under the names of a section; an absent section has none."""
    if key not in form.rest:
        return []
    section = form.form(key)
    return [(name, section.form(name)) for name in list(section.rest)]


def _named_texts(form: Form, key: str) -> dict[str, str]:
    if key not in form.rest:
        return {}
    section = form.form(key)
    return {name: section.text(name) for name in list(section.rest)}
