"""The reader's network: one small encoder, one fused projection, a few pair scorers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from tocsin.neural.tokenizer import SHAPES
from training.labels import Labels
from training.windows import IGNORE, Batch

HIDDEN, HEADS, LAYERS = 384, 12, 6
ARC, REL, EVENT, WORD = 256, 96, 256, 160
PER_WORD = ("upos", "feats", "lemma", "name", "type", "cue")


class Layer(nn.Module):
    """A BERT layer: attention, then a feed-forward net, each with a residual and a norm."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)
        self.last = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the states of the next layer; `mask` is true at the pieces to attend to."""
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, d // HEADS).permute(2, 0, 3, 1, 4)
        y = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm(x + self.out(y.transpose(1, 2).reshape(b, n, d)))
        return self.last(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Reader(nn.Module):
    """Reads windows of word pieces; `forward` returns every per-word output side by side."""

    def __init__(self, labels: Labels, *, vocabulary: int = 30522) -> None:
        super().__init__()
        self.piece = nn.Embedding(vocabulary, HIDDEN)
        self.position = nn.Embedding(512, HIDDEN)
        self.shape = nn.Embedding(len(SHAPES), HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(0.25)
        self.labels = labels
        sizes = {k: len(getattr(labels, k)) for k in PER_WORD}
        vectors = {
            "arc_dep": ARC,
            "arc_head": ARC,
            "rel_dep": REL,
            "rel_head": REL,
            "event": EVENT,
            "word": WORD,
        }
        self.layout = _layout(sizes | vectors)
        self.flat = sum(sizes.values())
        self.heads = nn.Linear(HIDDEN, self.flat + sum(vectors.values()))
        self.pairs = Pairs(labels)
        nn.init.zeros_(self.shape.weight)

    def load_encoder(self, path: Path) -> None:
        """Take embeddings and layers from a BERT checkpoint in safetensors form."""
        w = load_file(path)
        e = "embeddings."
        self.piece.weight.data = w[e + "word_embeddings.weight"]
        self.position.weight.data = (
            w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0]
        )
        _copy(self.norm, w, e + "LayerNorm")
        for i, layer in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            qkv = [p + f"attention.self.{x}" for x in ("query", "key", "value")]
            layer.qkv.weight.data = torch.cat([w[x + ".weight"] for x in qkv])
            layer.qkv.bias.data = torch.cat([w[x + ".bias"] for x in qkv])
            for mine, theirs in (
                (layer.out, "attention.output.dense"),
                (layer.norm, "attention.output.LayerNorm"),
                (layer.up, "intermediate.dense"),
                (layer.down, "output.dense"),
                (layer.last, "output.LayerNorm"),
            ):
                _copy(mine, w, p + theirs)

    @torch.no_grad()
    def take(self, run: Path) -> None:
        """Take the weights of an earlier run, row by row where label sets or heads have grown.

        A head that the run did not have keeps its own; the one of reporting cues begins as that of
        PropBank's first two arguments.
        """
        weights = torch.load(run / "reader.pt")
        known = json.loads((run / "labels.json").read_text("utf8"))
        for name, (start, end) in self.layout.items():
            if name in known["layout"]:
                self._take_head(name, start, end, weights, known)
        state = self.state_dict()
        mine = self.labels.as_dict()
        for name, value in weights.items():
            label = name.split(".")[1] if name.startswith("pairs.") else ""
            if name.startswith("heads.") or name not in state:
                continue
            if state[name].shape == value.shape:
                state[name].copy_(value)
            elif label in mine:
                for new, old in _rows(mine[label], known[label], len(mine[label])):
                    # Bilinear weights have their labels in the middle.
                    at = (slice(None),) * (value.dim() > 2)
                    state[name][(*at, new)] = value[(*at, old)]
        if "pairs.telling" not in weights:
            self.pairs.telling.copy_(weights["pairs.frame"][:, : self.pairs.telling.shape[1]])

    def _take_head(
        self, name: str, start: int, end: int, weights: dict[str, Tensor], known: dict
    ) -> None:
        first = known["layout"][name][0]
        for new, old in _rows(self.labels.as_dict().get(name), known.get(name), end - start):
            self.heads.weight[start + new] = weights["heads.weight"][first + old]
            self.heads.bias[start + new] = weights["heads.bias"][first + old]

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor) -> Tensor:
        """Return [B, N, K]: for each word the outputs named by `layout`."""
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.piece(ids) + self.position(place) + self.shape(shapes))
        x = functional.dropout(x, 0.1, self.training)
        mask = (ids != 0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        x = torch.gather(x, 1, first[:, :, None].expand(-1, -1, HIDDEN))
        y = self.heads(self.drop(x))
        return torch.cat([y[..., : self.flat], functional.gelu(y[..., self.flat :])], -1)

    def part(self, outputs: Tensor, name: str) -> Tensor:
        """Return the slice of the outputs that a head owns."""
        start, end = self.layout[name]
        return outputs[..., start:end]


class Pairs(nn.Module):
    """Scorers of word pairs; small enough to run in NumPy on the chosen pairs alone."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.arc = nn.Parameter(torch.empty(ARC, ARC))
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.rel = nn.Parameter(torch.empty(REL + 1, len(labels.rel), REL + 1))
        self.role = nn.Parameter(torch.empty(EVENT + 1, 3 * len(labels.role), WORD + 1))
        self.frame = nn.Parameter(torch.empty(EVENT + 1, 3 * len(labels.frame), WORD + 1))
        self.telling = nn.Parameter(torch.empty(EVENT + 1, 3 * len(labels.telling), WORD + 1))
        self.parent = nn.Parameter(torch.empty(EVENT + 1, 1, EVENT + 1))
        self.modality = nn.Linear(EVENT, len(labels.modality))
        self.mode = nn.Linear(EVENT, len(labels.mode))
        self.outcome = nn.Linear(EVENT, len(labels.outcome))
        for weight in (self.arc, self.rel, self.role, self.frame, self.telling, self.parent):
            nn.init.normal_(weight, std=0.02)

    def arcs(self, dep: Tensor, head: Tensor) -> Tensor:
        """Return [B, N, N] scores of each word's head; a word that heads itself is the root."""
        return (dep @ self.arc + self.arc_bias) @ head.transpose(1, 2)


def bilinear(left: Tensor, weight: Tensor, right: Tensor) -> Tensor:
    """Return [T, N, R] scores of left [T, d] and right [T, N, e] under weight [d+1, R, e+1]."""
    half = torch.einsum("td,dre->tre", one(left), weight)
    return torch.einsum("tre,tne->tnr", half, one(right))


def one(x: Tensor) -> Tensor:
    """Return vectors with a 1 at their end, which carries the bias of a bilinear weight."""
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def loss(reader: Reader, batch: Batch) -> dict[str, Tensor]:
    """Return each head's loss over a batch."""
    out = reader(batch.ids, batch.shapes, batch.first)
    drop = reader.drop
    part = {k: reader.part(out, k) for k in reader.layout}
    losses = {
        name: functional.cross_entropy(
            part[name].flatten(0, 1), batch.tags[name].flatten(), ignore_index=IGNORE
        )
        for name in PER_WORD
        if (batch.tags[name] >= 0).any()
    }
    if (batch.tags["head"] >= 0).any():
        losses |= _tree(reader, {k: drop(v) for k, v in part.items() if k[3:4] == "_"}, batch)
    if len(batch.claim_span):
        losses |= _claims(reader, part, batch)
    for name, spans, roles in (
        ("frame", batch.frame_span, batch.frame_roles),
        ("telling", batch.telling_span, batch.telling_roles),
    ):
        if len(spans):
            vectors, right = sides(part, spans)
            logits = bilinear(drop(vectors), getattr(reader.pairs, name), drop(right))
            losses[name] = _role_loss(logits, roles)
    return losses


def _tree(reader: Reader, part: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
    heads, rels = batch.tags["head"], batch.tags["rel"]
    arcs = reader.pairs.arcs(part["arc_dep"], part["arc_head"])
    same = batch.sentence[:, :, None] == batch.sentence[:, None, :]
    arcs = arcs.masked_fill(~same, -1e4)
    b, n = torch.nonzero(heads >= 0, as_tuple=True)
    dep, head = part["rel_dep"][b, n], part["rel_head"][b, heads[b, n]]
    half = torch.einsum("md,dre->mre", one(dep), reader.pairs.rel)
    labels = torch.einsum("mre,me->mr", half, one(head))
    return {
        "arc": functional.cross_entropy(arcs[b, n], heads[b, n]),
        "rel": functional.cross_entropy(labels, rels[b, n], ignore_index=IGNORE),
    }


def sides(part: dict[str, Tensor], spans: Tensor) -> tuple[Tensor, Tensor]:
    """Return the mean vector of each trigger's words, and the words of its window."""
    b = spans[:, 0]
    place = torch.arange(part["event"].shape[1])
    inside = ((place >= spans[:, 1:2]) & (place < spans[:, 2:3])).float()
    vectors = torch.einsum("tn,tnd->td", inside, part["event"][b]) / inside.sum(1, keepdim=True)
    return vectors, part["word"][b]


def _role_loss(logits: Tensor, gold: Tensor) -> Tensor:
    """Return the summed loss a trigger, scaled so that heads weigh alike."""
    t, n, r = gold.shape
    total = functional.cross_entropy(
        logits.view(t * n * r, 3), gold.flatten(), ignore_index=IGNORE, reduction="sum"
    )
    return total / (4 * t)


def _claims(reader: Reader, part: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
    """Return the losses of all that is said about triggers; of bare ones nothing is known."""
    told = batch.modes[:, 0] >= 0
    if not told.any():
        return {}
    pairs, drop = reader.pairs, reader.drop
    spans = batch.claim_span[told]
    vectors, right = sides(part, spans)
    vectors = drop(vectors)
    roles = bilinear(vectors, pairs.role, drop(right))
    links = bilinear(vectors, pairs.parent, drop(part["event"][spans[:, 0]]))[..., 0]
    parents = batch.claim_parent[told]
    known = parents >= 0
    losses = {
        "role": _role_loss(roles, batch.claim_roles[told]),
        "modality": functional.cross_entropy(pairs.modality(vectors), batch.modality[told]),
        "mode": functional.binary_cross_entropy_with_logits(
            pairs.mode(vectors), batch.modes[told], reduction="sum"
        )
        / len(vectors),
        "outcome": functional.cross_entropy(pairs.outcome(vectors), batch.outcome[told]),
    }
    if known.any():
        losses["parent"] = functional.binary_cross_entropy_with_logits(links[known], parents[known])
    return losses


def _rows(
    mine: Sequence[str] | None, theirs: Sequence[str] | None, size: int
) -> list[tuple[int, int]]:
    """Return the pairs of a label's place here and there; every place for a head of vectors."""
    if mine is None or theirs is None:
        return [(k, k) for k in range(size)]
    place = {label: k for k, label in enumerate(theirs)}
    return [(k, place[label]) for k, label in enumerate(mine) if label in place]


def _layout(sizes: dict[str, int]) -> dict[str, tuple[int, int]]:
    out, at = {}, 0
    for name, size in sizes.items():
        out[name] = (at, at + size)
        at += size
    return out


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data = weights[name + ".weight"]
    module.bias.data = weights[name + ".bias"]
