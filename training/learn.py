"""The training loop: mixed batches of every corpus, one optimiser, one schedule.

After every round, `state.pt` holds the network, the optimiser, the schedule, and how many rounds
and steps are done. A run into the same folder goes on after the last whole round; what was learned
of an unfinished one is lost. A round's batches depend on its number alone, so they are those that
the stopped run would have had; dropout starts again from the seed, so the weights come out a little
different. Resume with the same corpora and plan: the schedule is counted from them. Remove
`state.pt` to begin anew.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from tocsin.neural.tokenizer import Pieces
from training import corpora
from training.corpora import Sentence, held_back
from training.labels import Labels
from training.network import Reader, bilinear, loss, one, sides
from training.windows import Batch, Packer, batches, collate

# How much each head's loss counts. Role losses are sums over words and would drown the rest at 1.
WEIGHTS = {
    "upos": 0.3, "feats": 0.3, "lemma": 0.3, "name": 0.5, "type": 2.5, "arc": 1.0, "rel": 1.0,
    "role": 0.3, "modality": 0.4, "mode": 0.4, "outcome": 0.2, "parent": 0.5, "frame": 0.1,
    "cue": 1.0, "telling": 0.2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn; `start` is the folder of a run to go on from, if any."""

    news_epochs: int = 6
    tree_epochs: int = 4
    batch: int = 1280
    window: int = 128
    encoder_rate: float = 1.5e-4
    head_rate: float = 1.5e-3
    warm: float = 0.08
    seed: int = 20
    start: Path | None = None


@dataclass(frozen=True, slots=True)
class Corpora:
    """Training sentences and the held-back ones, apart."""

    trees: list[Sentence]
    news: list[Sentence]
    listed: list[Sentence]
    tree_dev: list[Sentence]
    name_dev: list[Sentence]
    news_dev: list[Sentence]


def gather(data: Path, rows: Path, own: Path = corpora.OWN) -> Corpora:
    """Return the corpora under a data folder, a file of annotated news rows, and our own."""
    frames = corpora.propbank(data / "srl/ewt/train.jsonl")
    ewt = list(corpora.with_frames(corpora.treebank(data / "treebank/ewt/train.conllu"), frames))
    gum = [
        s
        for f in sorted((data / "treebank/gum/train").glob("*.conllu"))
        for s in corpora.treebank(f)
    ]
    news = list(corpora.annotated(rows, own, lexicon=False))
    listed = [s for path in sorted(own.glob("lexicon/*.txt")) for s in corpora.listed(path)]
    return Corpora(
        trees=ewt + [s for s in gum if not held_back(s.doc)],
        news=[s for s in news if not held_back(s.doc)],
        listed=[s for s in listed if not held_back(s.doc)],
        tree_dev=list(corpora.treebank(data / "treebank/ewt/dev.conllu")),
        name_dev=[s for s in gum if held_back(s.doc)],
        news_dev=[s for s in news if held_back(s.doc)],
    )


def learn(found: Corpora, encoder: Path, out: Path, plan: Plan) -> Reader:
    """Train a reader and leave its weights and labels in `out` after every epoch."""
    torch.manual_seed(plan.seed)
    labels = Labels.count(found.trees + found.news + found.listed)
    pieces = Pieces(encoder / "tokenizer.json")
    packer = Packer(pieces, labels)
    reader = Reader(labels)
    if plan.start is None:
        reader.load_encoder(encoder / "model.safetensors")
    else:
        reader.take(plan.start)
    out.mkdir(parents=True, exist_ok=True)
    if plan.start is not None:
        torch.save(reader.state_dict(), out / "start.pt")
    (out / "labels.json").write_text(
        json.dumps(labels.as_dict() | {"layout": reader.layout}, ensure_ascii=False)
    )
    rounds = plan.news_epochs
    # Rounds differ by a batch or two; the schedule ends a little above zero anyway.
    steps = rounds * sum(1 for _ in _round(found, packer, plan, number=0))
    optimiser, schedule = _optimiser(reader, plan, steps)
    done, begun, seen, first = 0, time.time(), 0, 0
    mark = out / "state.pt"
    if mark.exists():
        state = torch.load(mark)
        reader.load_state_dict(state["reader"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        first, done = state["round"], state["done"]
    for number in range(first, rounds):
        sums: Counter[str] = Counter()
        counts: Counter[str] = Counter()
        reader.train()
        for batch in _round(found, packer, plan, number=number):
            losses = loss(reader, batch)
            total = torch.stack([WEIGHTS[k] * v for k, v in losses.items()]).sum()
            optimiser.zero_grad()
            total.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            done += 1
            seen += batch.ids.numel()
            for k, v in losses.items():
                sums[k] += v.item()
                counts[k] += 1
            if done % 50 == 0:
                _say(out, f"step {done}/{steps} {seen / (time.time() - begun):.0f} pieces/s "
                     + " ".join(f"{k} {sums[k] / counts[k]:.3f}" for k in sums))  # fmt: skip
        _say(out, f"round {number + 1}: " + json.dumps(quick(reader, found, packer)))
        torch.save(reader.state_dict(), out / "reader.pt")
        state = {"reader": reader.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save(
            state | {"schedule": schedule.state_dict(), "round": number + 1, "done": done}, mark
        )
    return reader


def _round(found: Corpora, packer: Packer, plan: Plan, *, number: int) -> Iterator[Batch]:
    """Yield one pass over the news, half of the lexicon, and a share of one over the treebanks."""
    chance = random.Random(number)
    docs = defaultdict(list)
    for sentence in found.trees:
        docs[sentence.doc].append(sentence)
    names = sorted(docs)
    share = plan.tree_epochs / plan.news_epochs
    start = int(number * share * len(names))
    chosen = [names[(start + k) % len(names)] for k in range(math.ceil(share * len(names)))]
    random.Random(7).shuffle(chosen)
    trees = [s for name in chosen for s in docs[name]]
    windows = [
        *packer.windows(found.news, most=plan.window, chance=chance),
        *packer.windows(found.listed[number % 2 :: 2], most=plan.window, chance=chance),
        *packer.windows(trees, most=plan.window, chance=chance),
    ]
    yield from batches(windows, packer.labels, size=plan.batch, chance=chance)


def _optimiser(reader: Reader, plan: Plan, steps: int) -> tuple[AdamW, LambdaLR]:
    """Return the optimiser, and the schedule that warms it up and cools it along a cosine."""
    heads = {id(p) for m in (reader.heads, reader.pairs, reader.shape) for p in m.parameters()}
    groups = [
        {"params": [p for p in reader.parameters() if id(p) not in heads], "lr": plan.encoder_rate},
        {"params": [p for p in reader.parameters() if id(p) in heads], "lr": plan.head_rate},
    ]
    optimiser = AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    warm = max(1, int(plan.warm * steps))

    def rate(step: int) -> float:
        return (
            step / warm
            if step < warm
            else 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm))) + 0.01
        )

    return optimiser, LambdaLR(optimiser, rate)


@torch.no_grad()
def quick(reader: Reader, found: Corpora, packer: Packer) -> dict[str, float]:
    """Return rough scores on held-back sentences: attachment, triggers, modality, roles."""
    reader.eval()
    score: Counter[str] = Counter()
    for sentences in (found.tree_dev[:600], found.news_dev):
        windows = list(packer.windows(sentences, most=128))
        for at in range(0, len(windows), 12):
            _tally(reader, collate(windows[at : at + 12], reader.labels), score)

    def f1(name: str) -> float:
        return round(2 * score[name] / max(1, score[name + " gold"] + score[name + " said"]), 4)

    return {
        "uas": round(score["arc"] / max(1, score["arc gold"]), 4),
        "las": round(score["las"] / max(1, score["arc gold"]), 4),
        "typed": f1("typed"),
        "found": f1("found"),
        "role": f1("role"),
        "cue": f1("cue"),
        "telling": f1("telling"),
        "modality": round(score["modality"] / max(1, score["claims"]), 4),
    }


def _tally(reader: Reader, batch: Batch, score: Counter[str]) -> None:
    out = reader(batch.ids, batch.shapes, batch.first)
    part = {k: reader.part(out, k) for k in reader.layout}
    heads = batch.tags["head"]
    if (heads >= 0).any():
        arcs = reader.pairs.arcs(part["arc_dep"], part["arc_head"])
        arcs = arcs.masked_fill(batch.sentence[:, :, None] != batch.sentence[:, None, :], -1e4)
        said = arcs.argmax(-1)
        b, n = torch.nonzero(heads >= 0, as_tuple=True)
        half = torch.einsum("md,dre->mre", one(part["rel_dep"][b, n]), reader.pairs.rel)
        rel = torch.einsum("mre,me->mr", half, one(part["rel_head"][b, said[b, n]])).argmax(-1)
        right = said[b, n] == heads[b, n]
        score["arc"] += int(right.sum())
        score["las"] += int((right & (rel == batch.tags["rel"][b, n])).sum())
        score["arc gold"] += len(b)
    gold = batch.tags["type"]
    known = gold >= 0
    if known.any():
        said = part["type"].argmax(-1)
        score["typed"] += int(((said == gold) & (gold > 1) & known).sum())
        score["found"] += int(((said > 1) & (gold > 1) & known).sum())
        for k in ("typed", "found"):
            score[k + " gold"] += int((gold > 1).sum())
            score[k + " said"] += int(((said > 1) & known).sum())
    cues = batch.tags["cue"]
    known = cues >= 0
    said = part["cue"].argmax(-1)
    score["cue"] += int(((said == cues) & (cues > 0)).sum())
    score["cue gold"] += int((cues > 0).sum())
    score["cue said"] += int(((said > 0) & known).sum())
    for name, span, gold in (
        ("role", batch.claim_span, batch.claim_roles),
        ("telling", batch.telling_span, batch.telling_roles),
    ):
        if len(span):
            vectors, right = sides(part, span)
            roles = bilinear(vectors, getattr(reader.pairs, name), right)
            roles = roles.unflatten(-1, (-1, 3)).argmax(-1)
            score[name] += int(((roles == gold) & (gold > 0)).sum())
            score[name + " gold"] += int((gold > 0).sum())
            score[name + " said"] += int(((roles > 0) & (gold >= 0)).sum())
    told = batch.modes[:, 0] >= 0
    if told.any():
        vectors, _ = sides(part, batch.claim_span[told])
        modality = reader.pairs.modality(vectors).argmax(-1)
        score["modality"] += int((modality == batch.modality[told]).sum())
        score["claims"] += len(modality)


def _say(out: Path, line: str) -> None:
    with (out / "log.txt").open("a") as log:
        log.write(f"{time.strftime('%H:%M:%S')} {line}\n")
