"""Labels raw text by the vote of several trained recognisers, for a smaller one to learn from (`train.py --silver`).

    python services/extract/training/scripts/silver.py build/teacher-* --corpora ../shared/corpora --output build/silver.jsonl

An entity that most teachers find, with the same ends and label, is taken. What only a minority finds is `UNKNOWN` where it
overlaps no such entity: training then neither rewards nor punishes any label there.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from corpora import UNKNOWN, Entity, Sentence, natural_spacing, overlaps

from kliping_extract.nlp_base import load_base


def raw_texts(corpora: Path) -> list[Sentence]:
    """The lines of `raw/*/*.txt.gz` as print has them, each once."""
    lines = (
        line.strip()
        for path in sorted(corpora.glob("raw/*/*.txt.gz"))
        for line in gzip.decompress(path.read_bytes()).decode().splitlines()
    )
    return [natural_spacing(Sentence(line, (), "silver")) for line in dict.fromkeys(lines) if line]


def vote(answers: Sequence[set[Entity]]) -> tuple[Entity, ...]:
    """The entities of most of `answers`, and the disputed stretches."""
    votes = Counter(ent for answer in answers for ent in answer)
    agreed = sorted(ent for ent, count in votes.items() if 2 * count > len(answers))
    disputed: list[Entity] = []
    for start, end, _ in sorted(ent for ent in votes if not overlaps(agreed, ent[0], ent[1])):
        if disputed and start < disputed[-1][1]:
            start, end = disputed[-1][0], max(end, disputed.pop()[1])
        disputed.append((start, end, UNKNOWN))
    return tuple(sorted([*agreed, *disputed]))


def label(sentences: Sequence[Sentence], teachers: Sequence[Path]) -> list[Sentence]:
    """The sentences with the entities that the teachers agree on."""
    answers: list[list[set[Entity]]] = [[] for _ in sentences]
    for teacher in teachers:
        docs = load_base(teacher).pipe((s.text for s in sentences), batch_size=256)
        for answer, doc in zip(answers, docs, strict=True):
            answer.append({(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents})
    return [Sentence(s.text, vote(answer), s.corpus) for s, answer in zip(sentences, answers, strict=True)]


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teachers", type=Path, nargs="+", help="output folders of train.py")
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds raw/*/*.txt.gz")
    parser.add_argument("--output", type=Path, required=True)
    args = parser.parse_args()
    labelled = label(raw_texts(args.corpora), args.teachers)
    lines = (json.dumps({"text": s.text, "ents": s.ents}, ensure_ascii=False) + "\n" for s in labelled)
    args.output.write_text("".join(lines), encoding="utf-8")
    print(Counter(ent[2] for s in labelled for ent in s.ents), f"in {len(labelled)} texts")


if __name__ == "__main__":
    main()
