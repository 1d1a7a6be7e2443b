"""Strict entity scores: a hit has the same first and last character and the same label as the gold entity."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from corpora import LABELS, Sentence
from spacy.language import Language

# NERP has no ORG label: predictions of ORG are neither right nor wrong there.
LABELS_OF = {"nerp": ("PER", "LOC")}


def prf(hits: int, predicted: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 in percent, one decimal."""
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"p": round(100 * precision, 1), "r": round(100 * recall, 1), "f": round(100 * f1, 1)}


def score(nlp: Language, sentences: Sequence[Sentence], labels: Iterable[str] = LABELS) -> dict[str, Any]:
    """Micro scores over all labels (`all`) and per label."""
    wanted = set(labels)
    counts: dict[str, Counter[str]] = {"hits": Counter(), "predicted": Counter(), "gold": Counter()}
    for sentence, doc in zip(sentences, nlp.pipe(s.text for s in sentences), strict=True):
        gold = {ent for ent in sentence.ents if ent[2] in wanted}
        predicted = {(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in wanted}
        for name, ents in (("hits", gold & predicted), ("predicted", predicted), ("gold", gold)):
            counts[name].update(label for _, _, label in ents)
    total = prf(*(counts[name].total() for name in counts))
    return {"all": total, **{la: prf(*(counts[n][la] for n in counts)) for la in sorted(wanted)}}


def lower_cased(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences in lower case, where that keeps the offsets."""
    lowered = (Sentence(s.text.lower(), s.ents, s.corpus) for s in sentences if len(s.text.lower()) == len(s.text))
    return list(lowered)


def score_dev(nlp: Language, dev: dict[str, list[Sentence]], with_lower: bool = True) -> dict[str, Any]:
    """Scores on every development set, as published and (`<set>_lower`) in lower case."""
    scores: dict[str, Any] = {}
    for corpus, sentences in dev.items():
        labels = LABELS_OF.get(corpus, LABELS)
        scores[corpus] = score(nlp, sentences, labels)
        if with_lower and corpus in ("idner2k", "nergrit"):
            scores[f"{corpus}_lower"] = score(nlp, lower_cased(sentences), labels)
    return scores


def selection_score(scores: dict[str, Any]) -> float:
    """What the best epoch is chosen by: half news text, the rest encyclopaedic and lower-cased text."""
    f1 = {name: float(values["all"]["f"]) for name, values in scores.items()}
    return 0.5 * f1["idner2k_ours"] + 0.25 * f1["nergrit"] + 0.25 * f1["nerp"]


def metrics_table(scores: dict[str, Any]) -> str:
    """The scores as a Markdown table."""
    lines = ["| development set | P | R | F1 | PER F1 | ORG F1 | LOC F1 |", "|---|---|---|---|---|---|---|"]
    for name, values in scores.items():
        labels = (str(values[label]["f"]) if label in values else "-" for label in ("PER", "ORG", "LOC"))
        total = values["all"]
        lines.append(f"| {name} | {total['p']} | {total['r']} | {total['f']} | {' | '.join(labels)} |")
    return "\n".join(lines) + "\n"
