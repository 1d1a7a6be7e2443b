"""Why pairs of claims are missed or wrong end to end: our own extraction, then link, against gold.

    python -m bench.link_causes [--gold GOLD.jsonl --articles FILE ...] [--list CAUSE]

Without ``--gold``: ``seeds/`` and ``seeds/dev``, whose errors may be read. ``--list`` prints the pairs of every cause that
begins with CAUSE (``--list ""``: of all), with both texts, both sources, and the speakers that gold has.
A pair that gold's claims would lose as well is counted again under ``of these, with gold's claims too``.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.claim_measures import Figures, b_cubed
from bench.claim_sets import Gold, Pair, across
from bench.claim_sets import load as load_gold
from bench.evaluate import SEEDS, Annotated, extracted
from bench.kliping_score.claims import match_overlap
from bench.kliping_score.records import gold_article, pair_up, predicted_article, read_lines
from bench.link_eval import groups, predicted
from kliping_link.domain.levels import claim_level
from kliping_link.domain.matches import explain
from kliping_link.domain.records import ArticleRecord, Ref, describe, handle
from kliping_link.domain.score import Weights, claim_score, source_in_words
from kliping_link.domain.sources import Source
from kliping_shared.contracts import EnrichedArticle

WEIGHTS = Weights()
LEVEL = claim_level(WEIGHTS)


@dataclass(frozen=True)
class EndToEnd:
    """What we made of a set of articles, beside its gold.

    ``made`` has our own records and groups, its ``pairs`` are gold's, of the claims that were found. ``found``: ours by
    gold's claim. ``sayers``: the speaker that gold gives to a claim of ours.
    """

    gold: Gold
    made: Gold
    groups: Sequence[Sequence[Ref]]
    found: Mapping[Ref, Ref]
    sayers: Mapping[Ref, str]

    @property
    def joined(self) -> set[Pair]:
        """Pairs across articles that we joined."""
        home = {ref: n for n, group in enumerate(self.groups) for ref in group}
        return across(home, lambda a, b: home[a] == home[b])

    def figures(self) -> str:
        """Pairs over all claims, and B-cubed over ours, gold's pairs that were not found left out."""
        hits, joined = len(self.joined & self.made.pairs), len(self.joined)
        pairs = Figures(hits / joined if joined else 0.0, hits / len(self.gold.pairs) if self.gold.pairs else 0.0)
        return f"{pairs}   B-cubed {b_cubed(self.groups, self.made).f1:.3f}"


@dataclass(frozen=True)
class Finding:
    """One pair that was missed or is wrong, and why."""

    cause: str
    a: Ref
    b: Ref
    told: str


def read(some: Annotated) -> EndToEnd:
    """Extract and link the articles of a set."""
    names, articles = extracted(some)
    records = {handle(article.article_id): describe(article) for article in articles}
    gold = load_gold(some.gold)
    found, sayers = _matched(some, names, articles)
    made = Gold(some.name, records, frozenset(_mapped(gold.pairs, found)), {})
    return EndToEnd(gold, made, groups(made, WEIGHTS), found, sayers)


def _mapped(pairs: frozenset[Pair], found: Mapping[Ref, Ref]) -> Iterator[Pair]:
    for a, b in pairs:
        if a in found and b in found:
            first, second = sorted((found[a], found[b]))
            yield first, second


def _matched(
    some: Annotated, names: Mapping[str, str], articles: Sequence[EnrichedArticle]
) -> tuple[dict[Ref, Ref], dict[Ref, str]]:
    """Our claim by gold's, and gold's speaker by our claim."""
    ids = {names[article.article_id]: handle(article.article_id) for article in articles}
    guesses = [
        predicted_article({"file": names[article.article_id], **article.model_dump(mode="json")})
        for article in articles
    ]
    found, sayers = {}, {}
    for pair in pair_up([gold_article(record) for record in read_lines(some.gold)], guesses)[0]:
        for i, j in match_overlap(pair.gold.text, pair.gold.claims, pair.guess.claims):
            ours = Ref(ids[pair.gold.file], j)
            found[Ref(handle(pair.gold.file), i)] = ours
            sayers[ours] = pair.gold.claims[i].speakers[0]
    return found, sayers


def missed(run: EndToEnd) -> Iterator[Finding]:
    """Every pair of gold's that we did not join."""
    joined, with_gold = run.joined, predicted(run.gold, WEIGHTS)
    for a, b in sorted(run.gold.pairs):
        if a not in run.found or b not in run.found:
            yield _finding("claim not found", run.gold, (a, b), with_gold)
            continue
        x, y = sorted((run.found[a], run.found[b]))
        if (x, y) not in joined:
            told = "" if (a, b) in with_gold else " *"
            yield Finding(f"missed: {_why_apart(run.made, x, y)}", x, y, _told(run, x, y) + told)


def _finding(cause: str, gold: Gold, pair: Pair, with_gold: set[Pair]) -> Finding:
    texts = " | ".join(gold.records[ref.article].claims[ref.claim].text for ref in pair)
    return Finding(f"missed: {cause}", *pair, f"    {texts}{'' if pair in with_gold else ' *'}")


def _why_apart(made: Gold, x: Ref, y: Ref) -> str:
    a, b = made.features(x), made.features(y)
    if a.day.apart(b.day) > WEIGHTS.window_days:
        return "days too far apart"
    if not source_in_words(a, b):
        return f"no common source, {' and '.join(sorted((_sort(a.source), _sort(b.source))))}"
    if claim_score(a, b, WEIGHTS) < WEIGHTS.threshold:
        return "scored too low"
    if not LEVEL.compares(a, b):
        return "not looked for by enough common keys"
    return "kept apart by average linkage"


def _sort(source: Source) -> str:
    if source.is_collective:
        return "unnamed"
    return "person" if any(key.startswith("~") for key in source.own) else "body"


def wrong(run: EndToEnd) -> Iterator[Finding]:
    """Every pair that we joined and gold has not."""
    for x, y in sorted(run.joined - run.made.pairs):
        yield Finding(f"wrong: {_why_joined(run, x, y)}", x, y, _told(run, x, y))


def _why_joined(run: EndToEnd, x: Ref, y: Ref) -> str:
    if x not in run.sayers or y not in run.sayers:
        return "claim not in gold"
    if run.sayers[x] != run.sayers[y]:
        return "speakers differ in gold"
    score = claim_score(run.made.features(x), run.made.features(y), WEIGHTS)
    return "scored too high" if score >= WEIGHTS.threshold else "joined by average linkage"


def _told(run: EndToEnd, x: Ref, y: Ref) -> str:
    a, b = run.made.features(x), run.made.features(y)
    lines = [f"{claim_score(a, b, WEIGHTS):.2f} {explain(a, b)}"]
    for ref in (x, y):
        record: ArticleRecord = run.made.records[ref.article]
        claim = record.claims[ref.claim]
        lines.append(f"{record.outlet} | {claim.speaker} [{_keys(claim.features.source)}] gold: {run.sayers.get(ref)}")
        lines.append(f"  {claim.text}")
    return "\n".join(f"    {line}" for line in lines)


def _keys(source: Source) -> str:
    return f"{', '.join(sorted(source.own))}; {', '.join(sorted(source.bodies))}"


def report(run: EndToEnd, listed: str | None) -> None:
    """Print the figures, how often each cause comes, and the pairs of the listed one."""
    print(f"\n{run.gold.name}: {len(run.gold.pairs)} pairs across articles; end to end {run.figures()}")
    by_cause: dict[str, list[Finding]] = defaultdict(list)
    for one in (*missed(run), *wrong(run)):
        by_cause[one.cause].append(one)
    for cause, some in sorted(by_cause.items()):
        too = sum(one.told.endswith("*") for one in some)
        print(f"  {cause:48} {len(some):4}" + (f"   with gold's claims too: {too}" if too else ""))
    for cause, some in sorted(by_cause.items()) if listed is not None else ():
        for one in some if cause.startswith(listed or "") else ():
            print(f"\n  {cause}\n{one.told}")


def main() -> None:
    """Print the causes for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--articles", type=Path, nargs="+", default=[])
    parser.add_argument("--list", dest="listed")
    options = parser.parse_args()
    given = Annotated("given", tuple(options.articles), options.gold)
    for some in [given] if options.gold else [Annotated.of(SEEDS), Annotated.of(SEEDS / "dev")]:
        report(read(some), options.listed)


if __name__ == "__main__":
    main()
