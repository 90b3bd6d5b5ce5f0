"""A third language in a hundred lines: Portuguese with ten verbs and a reader of its own.

It follows docs/languages.md and reads no more than its tests say: a subject, a verb, an object,
phrases with a preposition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tocsin.language import segment
from tocsin.ontology.packs import Pack
from tocsin.records.article import Article
from tocsin.records.reading import Name, Reading, Sentence

PACK = """
code: pt
name: Portuguese
reader: tiny-portuguese
leading: true
"""
TRIGGERS = {
    "assault": ("ASSAULT", ["atacar", "bombardear", "matar", "sequestrar"]),
    "coerce": ("COERCE", ["prender", "confiscar"]),
    "accuse": ("ACCUSE", ["acusar", "criticar"]),
    "consult": ("CONSULT", ["visitar"]),
    "sanction": ("SANCTION", ["expulsar"]),
}
GLOSSES = """
words: {de: of, do: of, da: of, em: in, na: in, no: in, contra: against, "não": not, e: and}
thousands: "."
numbers:
  - ["pelo menos", at least]
  - ["doze", twelve]
  - ["civis|soldados", persons]
times:
  fragments: {WEEKDAY: {segunda: monday, "terça": tuesday}, MONTH: {"março": march}}
  leads: {na: "", em: in}
  turns:
    - ["WEEKDAY", "WEEKDAY"]
    - ["D de MONTH de YEAR", "D MONTH YEAR"]
"""
WORDS = """
groups:
  killing: [matar]
  light: [fazer]
"""
AGENTS = """
entries:
  - {lemma: "exército", sectors: [MIL], kind: group}
  - {lemma: rebelde, sectors: [REB], kind: person}
  - {lemma: civil, sectors: [CVL], kind: person}
"""
MODALITY = """
entries:
  - {lemma: "não", pos: ADV, sets: negated, over: [head]}
"""
NAMES = """
countries:
  SYR: {names: [Síria], adjectives: [sírio, sírios]}
  MOZ: {adjectives: [moçambicano]}
"""
SMALL = {
    "o": "DET", "a": "DET", "os": "DET", "de": "ADP", "do": "ADP", "da": "ADP", "em": "ADP",
    "na": "ADP", "no": "ADP", "contra": "ADP", "não": "ADV", "e": "CCONJ",
}  # fmt: skip
LEMMAS = {"civis": "civil", "rebeldes": "rebelde", "soldados": "soldado"}


def written(folder: Path) -> Path:
    """Return a user's folder with the pack in it."""
    place = folder / "lexicon" / "pt"
    (place / "triggers").mkdir(parents=True)
    files = {
        "pack": PACK, "glosses": GLOSSES, "words": WORDS, "agents": AGENTS, "modality": MODALITY,
        "names": NAMES,
    }  # fmt: skip
    for name, (kind, verbs) in TRIGGERS.items():
        rows = "".join(f"  - {{lemma: {v}, pos: VERB, sense: always}}\n" for v in verbs)
        files[f"triggers/{name}"] = f"type: {kind}\nentries:\n{rows}"
    for name, text in files.items():
        (place / f"{name}.yml").write_text(text, "utf8")
    return folder


def installed(folder: Path) -> Path:
    """Return a folder that, on the path, is an installed package which offers the reader."""
    info = folder / "tiny_portuguese-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny-portuguese\nVersion: 1.0\n")
    entry = f"[tocsin.readers]\ntiny-portuguese = {__name__}:Reader\n"
    (info / "entry_points.txt").write_text(entry)
    return folder


class Reader:
    """Reads simple sentences: what stands before the verb is its subject, after it its object."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.version = "tiny-portuguese-1.0"
        verbs = [verb for _, listed in TRIGGERS.values() for verb in listed]
        self.verbs = {form: verb for verb in verbs for form in _past(verb)}

    def read(self, article: Article, leave: Sequence[tuple[int, int]] = ()) -> Reading:
        """Return the reading of an article."""
        return Reading(
            article_id=article.id,
            sentences=tuple(self._sentences(article.text, leave)),
            language=self.pack.code,
        )

    def _sentences(self, text: str, leave: Sequence[tuple[int, int]]) -> Iterator[Sentence]:
        for start, end in segment.sentences(text):
            if not any(a <= start < b for a, b in leave):
                yield self._sentence(text, segment.words(text, start, end))

    def _sentence(self, text: str, offsets: Sequence[tuple[int, int]]) -> Sentence:
        forms = [text[a:b] for a, b in offsets]
        upos = [self._tag(form) for form in forms]
        verb = upos.index("VERB") if "VERB" in upos else 0
        heads, rels = _hung(upos, verb)
        lemmas = [self.verbs.get(f.lower()) or LEMMAS.get(f.lower(), f.lower()) for f in forms]
        return Sentence(
            start=offsets[0][0],
            end=offsets[-1][1],
            forms=tuple(forms),
            offsets=tuple(offsets),
            lemmas=tuple(lemmas),
            upos=tuple(upos),
            feats=("",) * len(forms),
            heads=tuple(heads),
            rels=tuple(rels),
            names=tuple(Name(k, k + 1, "LOC") for k, tag in enumerate(upos) if tag == "PROPN"),
        )

    def _tag(self, form: str) -> str:
        low = form.lower()
        if low in self.verbs:
            return "VERB"
        if not form[0].isalnum():
            return "PUNCT"
        if form[0].isdigit() or low == "doze":
            return "NUM"
        adjective = low.endswith(("írio", "írios", "cano"))
        name = form[0].isupper() and low not in LEMMAS
        return SMALL.get(low) or ("ADJ" if adjective else "PROPN" if name else "NOUN")


def _past(verb: str) -> tuple[str, str]:
    """Return the third person of a regular verb's past, singular and plural."""
    stem, vowel = verb[:-2], verb[-2]
    return (stem + ("ou" if vowel == "a" else "eu"), stem + vowel + "ram")


def _hung(upos: Sequence[str], verb: int) -> tuple[list[int], list[str]]:
    """Return heads and relations: nouns hang on the verb, or on a noun before their preposition."""
    heads, rels = [verb] * len(upos), ["punct"] * len(upos)
    heads[verb], rels[verb] = -1, "root"
    for at, tag in enumerate(upos):
        following = next((k for k in range(at, len(upos)) if upos[k] in ("NOUN", "PROPN")), verb)
        if tag in ("NOUN", "PROPN"):
            cased = "ADP" in upos[max(0, at - 2) : at]
            rels[at] = "obl" if cased else "nsubj" if at < verb else "obj"
        elif tag in ("DET", "ADP", "NUM"):
            heads[at] = following
            rels[at] = {"DET": "det", "ADP": "case", "NUM": "nummod"}[tag]
        elif tag == "ADJ":
            heads[at], rels[at] = at - 1, "amod"
        elif tag == "ADV":
            rels[at] = "advmod"
    return heads, rels
