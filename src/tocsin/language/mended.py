"""A parser's columns, mended to what the coder's rules read (Universal Dependencies 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.ontology.packs import Pack


@dataclass(slots=True)
class Draft:
    """A sentence's columns while they are mended."""

    forms: list[str]
    lemmas: list[str]
    upos: list[str]
    feats: list[str]
    heads: list[int]
    rels: list[str]

    def mend(self, pack: Pack, verbs: frozenset[str]) -> None:
        """Bring the columns to what the coder's rules read."""
        for at, form in enumerate(self.forms):
            self._participle(pack, verbs, at, form.lower())
            self._finite(pack, verbs, at, form.lower())
            self._joined(verbs, at, form.lower())
        for at in range(len(self.forms)):
            self._relative(at)
            self._apart(at)
            self._passive(pack, at)
            self._reflexive(pack, verbs, at)
            self._completing(pack, at)
            self._controlled(at)
            if self.forms[at].lower() in pack.asides and self.rels[at] in ("mark", "advmod"):
                self._aside(at)
        for at in range(len(self.forms)):
            self._behalf(pack, at)
            self._governed(at)
            self._phasal(pack, at)
            self._subject(at)
            self._oblique(pack, at)
            self._titled(at)

    def _participle(self, pack: Pack, verbs: frozenset[str], at: int, form: str) -> None:
        """Call an adjective that is a verb's participle by its verb: “impuestas” of “imponer”."""
        if self.upos[at] not in ("ADJ", "VERB") or "VerbForm=Part" not in self.feats[at]:
            return
        if self.lemmas[at] in pack.adjectives:
            return
        known = self.lemmas[at] in verbs
        lemma = None if known else _infinitive(form, pack.endings, verbs)
        if known:
            self.upos[at] = "VERB"
        if lemma is not None:
            self.lemmas[at], self.upos[at] = lemma, "VERB"
        if self.upos[at] == "VERB" and self.rels[at] in ("amod", "acl", "advcl"):
            self.feats[at] += "|Voice=Pass"
            self.rels[at] = "acl" if self.rels[at] != "advcl" else "advcl"

    def _finite(self, pack: Pack, verbs: frozenset[str], at: int, form: str) -> None:
        """Call a finite form whose lemma the lexicon does not know by one that it knows.

        What the pipeline does not know at all it takes for an adjective or a name: "increpó".
        """
        finite = self.upos[at] == "VERB" and "VerbForm=Fin" in self.feats[at]
        strange = self.forms[at] == self.lemmas[at] == form and form.endswith(pack.telling)
        lemma = None
        if (finite or strange) and self.lemmas[at] not in verbs:
            lemma = _infinitive(form, pack.finite, verbs)
        if lemma is not None and not finite:
            self.upos[at], self.feats[at] = "VERB", "VerbForm=Fin"
        self.lemmas[at] = lemma or self.lemmas[at]

    def _joined(self, verbs: frozenset[str], at: int, form: str) -> None:
        """Call a verb with a pronoun written to it by the verb, or by both: “manifestarse”."""
        if self.upos[at] == "VERB" and " " in self.lemmas[at]:
            self.lemmas[at] = form if form in verbs else self.lemmas[at].split()[0]

    def _titled(self, at: int) -> None:
        """Join a name to the title before it, as no comma parts them: “el líder ruso Doe”."""
        between = self.upos[self.heads[at] + 1 : at]
        if self.rels[at] == "appos" and self.upos[at] == "PROPN" and set(between) <= {"ADJ"}:
            self.rels[at] = "flat"

    def _relative(self, at: int) -> None:
        """Mark a clause with a relative pronoun as one, and the pronoun as relative."""
        head = self.heads[at]
        pronoun = self.upos[at] == "PRON" and "Rel" in self.feats[at]
        if head >= 0 and pronoun:
            self.feats[at] = self.feats[at].replace("PronType=Int,Rel", "PronType=Rel")
            if self.rels[head] == "acl":
                self.rels[head] = "acl:relcl"

    def _apart(self, at: int) -> None:
        """Hang a relative clause on the verb above it where its noun is not who does what it says.

        “Ucrania, a la que acusó”, “Pekín, donde se reunirá”: who does both is the same.
        """
        if not self.rels[at].startswith("acl"):
            return
        below = self._below(at)
        taking = [k for k in below if "PronType=" in self.feats[k] and "Rel" in self.feats[k]]
        led = any(self.rels[k] == "case" and self.heads[k] in taking for k in range(at))
        placed = any(self.rels[k].startswith("obl") for k in taking)
        verb = self._above(at, "VERB")
        owned = any(self.rels[k].startswith("nsubj") for k in below)
        if (led or placed) and not owned and verb >= 0:
            self.rels[at], self.heads[at] = "advcl", verb

    def _above(self, at: int, *tags: str) -> int:
        """Return the nearest word of some classes that a word hangs under; -1 for none."""
        head = self.heads[at]
        while head >= 0 and self.upos[head] not in tags:
            head = self.heads[head]
        return head

    def _below(self, at: int) -> list[int]:
        """Return the words that hang on a word."""
        return [k for k, head in enumerate(self.heads) if head == at]

    def _passive(self, pack: Pack, at: int) -> None:
        """Mark a passive's auxiliary and its subject."""
        head = self.heads[at]
        helps = self.rels[at] in ("aux", "cop") and self.lemmas[at].lower() in pack.passive
        if helps and "VerbForm=Part" in self.feats[head]:
            self.rels[at] = "aux:pass"
            self.rels = [
                "nsubj:pass" if rel == "nsubj" and h == head else rel
                for rel, h in zip(self.rels, self.heads, strict=True)
            ]

    def _reflexive(self, pack: Pack, verbs: frozenset[str], at: int) -> None:
        """Call a verb with its reflexive pronoun by both, where the lexicon lists them so."""
        head = self.heads[at]
        if head >= 0 and pack.reflexive and self.forms[at].lower() == pack.reflexive:
            whole = self.lemmas[head] + pack.reflexive
            if whole in verbs:
                self.lemmas[head] = whole
            if self.rels[at] in ("obj", "iobj"):
                self.rels[at] = "expl"

    def _completing(self, pack: Pack, at: int) -> None:
        """Call an infinitive that completes its verb by that: “acusó a Teherán de armar ...”."""
        head = self.heads[at]
        opens = self.rels[at] in ("mark", "case") and self.forms[at].lower() in pack.openers
        if opens and self.rels[head] == "advcl" and "VerbForm=Inf" in self.feats[head]:
            self.rels[head] = "xcomp"

    def _controlled(self, at: int) -> None:
        """Call an infinitive whose subject is the verb's above it by that: “negó haber atacado”."""
        if self.rels[at] != "ccomp":
            return
        below = self._below(at)
        forms = [at, *(k for k in below if self.rels[k].startswith("aux"))]
        bare = any("VerbForm=Inf" in self.feats[k] for k in forms)
        if bare and not any(self.rels[k].startswith("nsubj") for k in below):
            self.rels[at] = "xcomp"

    def _aside(self, at: int) -> None:
        """Set a clause of who said it beside the clause that it follows: “según informó ...”."""
        head = self.heads[at]
        if self.rels[head] in ("advcl", "obl", "conj") and self.upos[head] == "VERB":
            self.rels[head] = "parataxis"

    def _subject(self, at: int) -> None:
        """Call a bare name before a finite verb that has no subject by that: “Senegal ofreció”."""
        head = self.heads[at]
        bare = self.upos[at] == "PROPN" and self.rels[at] in ("obl", "obj", "nmod") and at < head
        if not bare or "VerbForm=Fin" not in self.feats[head]:
            return
        below = [(k, rel) for k, rel in enumerate(self.rels) if self.heads[k] == head]
        cased = any(h == at and r == "case" for h, r in zip(self.heads, self.rels, strict=True))
        if not cased and not any(rel.startswith("nsubj") for _, rel in below):
            self.rels[at] = "nsubj"

    def _oblique(self, pack: Pack, at: int) -> None:
        """Call what a preposition leads oblique, and who does what a participle says its agent."""
        head = self.heads[at]
        if head < 0 or self.rels[at] not in ("obj", "obl", "nmod", "iobj"):
            return
        cases = [
            self.forms[k].lower()
            for k, h in enumerate(self.heads)
            if h == at and self.rels[k] == "case" and k < at
        ]
        suffers = "Voice=Pass" in self.feats[head] or any(
            h == head and rel == "aux:pass" for h, rel in zip(self.heads, self.rels, strict=True)
        )
        if suffers and cases and cases[0] in pack.agents:
            self.rels[at] = "obl:agent"
        elif self.rels[at] == "obj" and cases and cases[0] not in pack.marking:
            self.rels[at] = "obl"
        elif self.rels[at] == "obj" and cases and self._has_object(head, at):
            self.rels[at] = "iobj"

    def _behalf(self, pack: Pack, at: int) -> None:
        """Read a phrase for who does it as one preposition: “a manos de”, “por parte de”."""
        forms = [form.lower() for form in self.forms[at : at + 3]]
        if tuple(forms) not in pack.behalf:
            return
        noun = at + 1
        if self.rels[noun] == "fixed":
            doer = self.heads[at]
        else:
            below = (k for k in self._below(noun) if k > at + 2 and self.upos[k] != "PUNCT")
            doer = next(below, -1)
            if doer >= 0 and self.heads[noun] >= 0:
                self.heads[doer] = self.heads[noun]
                deed = self.upos[self.heads[noun]] == "VERB"
                self.rels[doer] = "obl" if deed else "nmod"
        if doer >= 0 and self.heads[doer] >= 0:
            while self.rels[self.heads[doer]] == "nmod":  # of the deed, not of whom it is done to
                self.heads[doer] = self.heads[self.heads[doer]]
            for k in range(at, at + 3):
                self.heads[k], self.rels[k] = doer, "case"

    def _governed(self, at: int) -> None:
        """Hang the object of what is no verb on the verb above: “por delincuencia organizada a”."""
        head = self.heads[at]
        if self.rels[at] not in ("obj", "iobj") or self.upos[head] in ("VERB", "AUX"):
            return
        verb = self._above(at, "VERB", "AUX")
        if verb >= 0:
            self.heads[at] = verb

    def _phasal(self, pack: Pack, at: int) -> None:
        """Give an infinitive what its verb cannot take: “volvió a pedir armas a Berlín”."""
        head = self.heads[at]
        if self.rels[at] != "xcomp" or self.lemmas[head] not in pack.phasal:
            return
        for k in range(at + 1, len(self.forms)):
            if self.heads[k] == head and self.rels[k] in ("obj", "iobj", "obl"):
                self.heads[k] = at

    def _has_object(self, head: int, but: int) -> bool:
        return any(
            h == head and self.rels[k] == "obj" and k < but for k, h in enumerate(self.heads)
        )


def _infinitive(
    form: str, endings: Mapping[str, tuple[str, ...]], verbs: frozenset[str]
) -> str | None:
    """Return the known verb that a form is of by its ending, the longest that fits."""
    for ending in sorted(endings, key=len, reverse=True):
        stem = form.removesuffix(ending)
        lemma = next((stem + end for end in endings[ending] if stem + end in verbs), None)
        if stem != form and lemma is not None:
            return lemma
    return None
