"""UniversalPetrarch on gold articles: its input written, it run, its rows read as claims.

Nothing of it lies here: whoever has a checkout of github.com/openeventdata/UniversalPetrarch hands
in its folder. It reads sentences in XML with a tree of Universal Dependencies each; the trees are
those of Tocsin's reader, so that neither coder is better off by its parser. Its rows hold a day, a
source, a target, a CAMEO code, issues, the sentence's id, the outlet, and with its own settings the
words of both actors and of the event.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from tocsin.ontology.crosswalk import Crosswalk
from tocsin.records.reading import Reading, Sentence

Row = Mapping[str, Any]
CODE = 3  # letters of a country, a sector
# What its dictionaries call by another name than PLOVER does.
SECTORS = {"INS": "REB", "SEP": "REB", "RAD": "REB", "MOD": None, "HLH": "MED", "ENV": "SOC"}
GLOBAL = {"IGO": "IGO", "IMG": None, "NGO": "NGO", "NGM": "NGO", "MNC": None}
KNOWN = frozenset({
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
})  # fmt: skip
# Columns of a row before the words: day, source, target, code, issues, sentence.
FEWEST = 6


def written(articles: Iterable[tuple[Row, Reading]]) -> bytes:
    """Return the XML of articles: an element a sentence, with its tree in columns."""
    root = ET.Element("Sentences")
    for article, reading in articles:
        for at, sentence in enumerate(reading.sentences):
            one = ET.SubElement(root, "Sentence", {
                "date": (article.get("published") or "2000-01-01").replace("-", ""),
                "id": f"{article['doc']}_{at}", "source": "gold", "sentence": "True",
            })  # fmt: skip
            text = article["text"][sentence.start : sentence.end]
            ET.SubElement(one, "Text").text = f"\n{' '.join(text.split())}\n"
            ET.SubElement(one, "Parse").text = f"\n{tree(sentence)}\n"
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def tree(sentence: Sentence) -> str:
    """Return a sentence in the ten columns of CoNLL-U."""
    columns = zip(
        sentence.forms, sentence.lemmas, sentence.upos, sentence.feats, sentence.heads,
        sentence.rels, strict=True,
    )  # fmt: skip
    return "\n".join(
        f"{at}\t{form}\t{lemma}\t{pos}\t_\t{feats or '_'}\t{head + 1}\t{rel}\t_\t_"
        for at, (form, lemma, pos, feats, head, rel) in enumerate(columns, 1)
    )


def run(folder: Path, source: Path, out: Path, python: str) -> None:
    """Run a checkout on a file of sentences; its rows are written to `out`.

    Raises CalledProcessError where it fails.
    """
    paths = str(source.resolve()), str(out.resolve())
    command = [python, "petrarch_ud.py", "batch", "-i", paths[0], "-o", paths[1]]
    inside = folder / "UniversalPetrarch"
    place = inside if (inside / "petrarch_ud.py").exists() else folder
    subprocess.run(command, cwd=place, check=True, stdin=subprocess.DEVNULL)  # noqa: S603


def claims(
    rows: Iterable[str], articles: Iterable[tuple[Row, Reading]], crosswalk: Crosswalk
) -> list[dict[str, Any]]:
    """Return articles in the gold form with the claims that its rows tell of.

    Rows whose code stands for no type of ours are left out, as public statements are.
    """
    out = {row["doc"]: (row, reading) for row, reading in articles}
    held: dict[str, list[dict[str, Any]]] = {doc: [] for doc in out}
    for line in rows:
        cells = line.rstrip("\n").split("\t")
        if len(cells) < FEWEST:
            continue
        doc, _, at = cells[5].split(";")[0].rpartition("_")
        kind = crosswalk.from_cameo(cells[3]) if cells[3] in crosswalk.codes else None
        if kind is None or doc not in out:
            continue
        row, reading = out[doc]
        held[doc].append(_claim(cells, kind, row["text"], reading.sentences[int(at)]))
    return [
        {"doc": doc, "claims": [c | {"id": f"e{n}"} for n, c in enumerate(found, 1)]}
        for doc, found in held.items()
    ]


def _claim(
    cells: list[str], kind: tuple[str, str | None], text: str, sentence: Sentence
) -> dict[str, Any]:
    words = [*cells[7:10], "", "", ""]
    whole = [sentence.start, sentence.end, text[sentence.start : sentence.end]]
    event, mode = kind
    return {
        "type": event,
        "modes": [mode] if mode else [],
        "trigger": _found(words[2], text, sentence) or whole,
        "actors": list(_side(cells[1], words[0], text, sentence)),
        "recipients": list(_side(cells[2], words[1], text, sentence)),
        "modality": "actual",
        "sentence": whole,
    }


def _side(codes: str, words: str, text: str, sentence: Sentence) -> Iterator[dict[str, Any]]:
    """Yield the participants of a side: "SYRGOV" is a country and a sector, "---" is nobody."""
    for code in codes.split():
        letters = code.strip("~-*")
        parts = [letters[at : at + CODE] for at in range(0, len(letters), CODE)]
        if not parts:
            continue
        alone = parts[0] in KNOWN or parts[0] in SECTORS
        country = None if alone else GLOBAL.get(parts[0], parts[0])
        rest = [SECTORS.get(p, p) for p in (parts if alone else parts[1:])]
        yield {
            "span": _found(words, text, sentence), "name": words if words != "---" else code,
            "country": country, "sectors": [s for s in rest if s in KNOWN][:1],
        }  # fmt: skip


def _found(words: str, text: str, sentence: Sentence) -> list[Any] | None:
    """Return where the first of some words that the sentence has stands in it."""
    inside = text[sentence.start : sentence.end].casefold()
    for word in sorted(words.casefold().split(), key=len, reverse=True):
        at = inside.find(word)
        if at >= 0 and word.isalpha():
            start = sentence.start + at
            return [start, start + len(word), text[start : start + len(word)]]
    return None
