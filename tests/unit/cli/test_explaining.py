"""What ``kliping process --explain`` shows of an article."""

from __future__ import annotations

import re
from io import StringIO

from rich.console import Console

from kliping.explaining import explained, marked
from kliping_shared.contracts import EnrichedArticle, EntityType, Modality, Precision, Quantity
from kliping_shared.contracts.enriched import Extractor
from tests.unit.link.building import Draft, Said, build


def article() -> EnrichedArticle:
    """Two claims, the second by nobody known."""
    said = (Said("Ratih", "air naik"), Said("para petani", "sawah \x1b[31m rusak", named=False))
    return build(Draft("a", said, names=(("Wangi", EntityType.LOC),), lead="Wangi sepi"))


def test_without_its_marks_the_text_is_the_articles() -> None:
    """Numbers in brackets stand around the claims; nothing else is put in, and controls are shown as characters."""
    shown = marked(article()).plain
    assert "[1 air naik 1]" in shown
    assert "[2 sawah ␛[31m rusak 2]" in shown
    plain = shown.replace("[31m", "\0")
    assert re.sub(r"\[\d+ | \d+\]", "", plain).replace("\0", "[31m") == article().text.replace("\x1b", "␛")


def test_claims_are_listed_with_speaker_rule_and_confidence() -> None:
    """A line for each claim, and the names by type."""
    console = Console(width=120, record=True, file=StringIO())
    console.print(explained(article(), "satu.txt"))
    lines = console.export_text()
    assert lines.startswith("satu.txt: ")
    assert "read by test 1" in lines
    assert re.search(r"1 .*Ratih", lines)
    assert "para petani" in lines
    assert "not a named one" in lines
    assert "LOC Wangi ×1" in lines


def test_an_article_that_nobody_reads_says_so() -> None:
    """Its language, and that nothing was looked for."""
    unread = article().model_copy(
        update={"language": "fr", "extractor": Extractor(name="none", version="1"), "claims": ()}
    )
    console = Console(width=120, record=True, file=StringIO())
    console.print(explained(unread, "satu.txt"))
    assert "language fr: no names and claims are looked for" in console.export_text()


def test_what_a_claim_says_of_itself_is_shown() -> None:
    """Polarity, modality, who speaks and what is counted; what is usual is left out."""
    plain = article()
    quantity = Quantity(
        start=0, end=3, text="2-3 juta orang", value=2e6, high=3e6, unit="orang", precision=Precision.ABOUT
    )
    first = plain.claims[0].model_copy(
        update={
            "negated": True,
            "modality": Modality.FUTURE,
            "quantities": (quantity,),
            "speaker": plain.claims[0].speaker.model_copy(update={"public": False}),
        }
    )
    shown = Console(width=160, record=True, file=StringIO())
    shown.print(explained(plain.model_copy(update={"claims": (first, *plain.claims[1:])}), "satu.txt"))
    lines = shown.export_text()
    for words in ("negated, future", "ordinary person", "about 2,000,000 to 3,000,000 orang"):
        assert lines.count(words) == 1
    assert "asserted" not in lines
