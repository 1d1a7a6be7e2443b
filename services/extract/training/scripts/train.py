"""Trains the Indonesian entity recogniser and writes the best epoch (on the development sets) to a folder.

python services/extract/training/scripts/train.py --corpora ../shared/corpora --output build/ner
"""

import argparse
import json
import random
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from corpora import LABELS, Sentence, dev_sets, read_sentences, training_sets
from examples import Variation, epoch_examples, make_folds
from own_sentences import person_maker
from scoring import score_dev, selection_score
from spacy.language import Language
from spacy.training import Example
from spacy.util import load_config, minibatch
from thinc.api import Adam, NumpyOps, Optimizer, compounding, fix_random_seed, set_current_ops

# Imported for their registry entries, which the config names.
import kliping_extract.components.case_guard
import kliping_extract.components.gazetteer
import kliping_extract.components.true_case
import kliping_extract.tokenizer  # noqa: F401

TRAINING = Path(__file__).resolve().parents[1]


def build_pipeline(overrides: dict[str, Any]) -> Language:
    """The untrained pipeline of `configs/ner.cfg`."""
    config = load_config(TRAINING / "configs" / "ner.cfg", overrides=overrides)
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    ner: Any = nlp.get_pipe("ner")
    for label in LABELS:
        ner.add_label(label)
    return nlp


def update_epoch(
    nlp: Language, examples: list[Example], optimizer: Optimizer, sizes: Iterable[float], dropout: float
) -> float:
    """One pass; returns the summed loss."""
    losses: dict[str, float] = {}
    ner: Any = nlp.get_pipe("ner")
    for batch in minibatch(examples, size=sizes):  # type: ignore[no-untyped-call]
        ner.update(batch, drop=dropout, sgd=optimizer, losses=losses)
    return losses["ner"]


def train(args: argparse.Namespace) -> dict[str, Any]:
    """Run the epochs; returns the scores of the best one, whose weights are in `args.output`."""
    set_current_ops(NumpyOps(use_blis=False))
    fix_random_seed(args.seed)
    rng = random.Random(args.seed)
    nlp = build_pipeline(json.loads(args.overrides.read_text(encoding="utf-8")) if args.overrides else {})
    dev = dev_sets(args.corpora)
    sentences: list[Sentence] = list(training_sets(args.corpora))
    silver = read_sentences(args.silver, "silver") if args.silver else []
    folds = make_folds(nlp, sentences, silver)
    variation = Variation(
        args.case_share, args.swap_share, {"idner2k": args.repeat_news, "own_articles": args.repeat_own}, person_maker()
    )
    first = epoch_examples(nlp, folds, rng, variation)[:500]
    nlp.initialize(lambda: first)
    optimizer = Adam(0.001, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    sizes = compounding(12.0, 48.0, 1.001)
    best: dict[str, Any] = {"selection": -1.0}
    started = time.monotonic()
    for epoch in range(args.epochs):
        optimizer.learn_rate = 0.001 * min(1.0, 1.2 - epoch / args.epochs)
        examples = epoch_examples(nlp, folds, rng, variation)
        loss = update_epoch(nlp, examples, optimizer, sizes, args.dropout)
        with nlp.use_params(optimizer.averages):
            scores = score_dev(nlp, dev, with_lower=False)
            selection = selection_score(scores)
            if selection > best["selection"]:
                best = {"selection": round(selection, 2), "epoch": epoch, "scores": score_dev(nlp, dev)}
                nlp.to_disk(args.output, exclude=["vocab", "tokenizer"])
        summary = {name: values["all"]["f"] for name, values in scores.items()}
        print(
            epoch,
            f"loss {loss:.0f}",
            summary,
            f"selection {selection:.2f}",
            f"{time.monotonic() - started:.0f} s",
            flush=True,
        )
        if time.monotonic() - started > 60 * args.minutes or epoch - best["epoch"] >= args.patience:
            break
    return best


def main() -> None:
    """Command line entry."""
    args = read_arguments()
    args.output.mkdir(parents=True, exist_ok=True)
    best = train(args)
    best["settings"] = {
        name: value.name if isinstance(value, Path) else value
        for name, value in vars(args).items()
        if name not in ("corpora", "output")
    }
    (args.output / "scores.json").write_text(json.dumps(best, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(best, indent=1))


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds ner/<corpus>/*.jsonl.gz")
    parser.add_argument("--output", type=Path, required=True, help="folder for the best epoch's pipeline")
    parser.add_argument("--overrides", type=Path, help="JSON file of what differs from configs/ner.cfg, by dotted key")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=60.0, help="no new epoch after so many minutes")
    parser.add_argument("--patience", type=int, default=5, help="stop after so many epochs without a better one")
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--case-share", type=float, default=0.15)
    parser.add_argument("--swap-share", type=float, default=0.2, help="share of published sentences with new persons")
    parser.add_argument("--repeat-news", type=int, default=2, help="times each IDNER sentence is seen in an epoch")
    parser.add_argument("--repeat-own", type=int, default=3, help="the same for paragraphs of our own articles")
    parser.add_argument("--silver", type=Path, help="text labelled by silver.py, to learn from as well")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
