"""Copies a trained pipeline into the package and records its scores in `metrics.json` and the model card.

python services/extract/training/scripts/package_model.py build/ner --corpora ../shared/corpora
"""

import argparse
import hashlib
import json
import re
import shutil
from pathlib import Path

from corpora import dev_sets
from evaluate import METRICS
from scoring import metrics_table, score_dev

from kliping_extract.nlp_base import MODEL_FOLDER, load_base

RUNTIME_FILES = ("config.cfg", "meta.json", "ner/cfg", "ner/model", "ner/moves")
CARD = MODEL_FOLDER / "MODEL_CARD.md"
TABLE = re.compile(r"(?<=<!-- metrics -->\n).*?(?=<!-- /metrics -->)", re.DOTALL)
LIMIT_BYTES = 12_000_000


def digest(model_folder: Path) -> str:
    """SHA-256 of the weights."""
    return hashlib.sha256((model_folder / "ner" / "model").read_bytes()).hexdigest()


def copy_weights(trained: Path, target: Path) -> None:
    """Replace the packaged run-time files; refuses weights that are too big to ship."""
    size = sum((trained / name).stat().st_size for name in RUNTIME_FILES)
    if size > LIMIT_BYTES:
        raise SystemExit(f"{trained} holds {size} bytes, more than the {LIMIT_BYTES} that the package may carry")
    for name in RUNTIME_FILES:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(trained / name, target / name)


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trained", type=Path, help="output folder of train.py")
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds ner/<corpus>/dev.jsonl.gz")
    args = parser.parse_args()
    copy_weights(args.trained, MODEL_FOLDER)
    scores = score_dev(load_base(), dev_sets(args.corpora))
    training = json.loads((args.trained / "scores.json").read_text(encoding="utf-8"))
    metrics = {"weights_sha256": digest(MODEL_FOLDER), "epoch": training["epoch"], "settings": training["settings"]}
    METRICS.write_text(json.dumps({**metrics, "scores": scores}, indent=1) + "\n", encoding="utf-8")
    card = CARD.read_text(encoding="utf-8")
    CARD.write_text(TABLE.sub(lambda _: metrics_table(scores), card), encoding="utf-8")
    print(metrics_table(scores))


if __name__ == "__main__":
    main()
