"""Where and on what occasion something was said."""

from __future__ import annotations

import pytest

from kliping_extract.domain.claims import find_attributions
from tests.unit.extract.annotated import prose


def told(marked: str) -> tuple[str | None, str | None]:
    """Occasion and place of the first claim."""
    read = prose(marked)
    found = find_attributions(read)[0]
    return tuple(read.tokens.span_text(*span) if span else None for span in (found.occasion, found.place))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "occasion", "place"),
    [
        (
            '"Panen kali ini gagal total," kata [PER Darsono] dalam jumpa pers di [LOC Bandung], Senin (4/5/2026).',
            "dalam jumpa pers",
            "Bandung",
        ),
        ('"Jembatan itu harus ditutup," ujar [PER Darsono], Senin (4/5), saat dihubungi.', "saat dihubungi", None),
        ('"Jembatan itu harus ditutup," ujarnya kepada wartawan di [LOC Padang].', None, "Padang"),
        (
            '"Jembatan itu harus ditutup," kata [PER Darsono] di kantor [ORG Dinas Perhubungan], [LOC Padang], Selasa.',
            None,
            "kantor Dinas Perhubungan, Padang",
        ),
        (
            "[PER Darsono] saat ditemui di [LOC Gedung Sate], Rabu, mengatakan, panen kali ini gagal total.",
            "saat ditemui",
            "Gedung Sate",
        ),
        (
            "Dihubungi terpisah, [PER Darsono] mengatakan bahwa panen kali ini gagal total.",
            "Dihubungi terpisah",
            None,
        ),
        (
            "Dalam rapat di [LOC Kupang], [PER Darsono] mengatakan bahwa panen kali ini gagal total.",
            "Dalam rapat",
            "Kupang",
        ),
        (
            "[PER Darsono], melalui keterangan tertulis, mengatakan panen kali ini gagal total.",
            "melalui keterangan tertulis",
            None,
        ),
    ],
)
def test_circumstances_stand_beside_the_speech_act(text: str, occasion: str | None, place: str | None) -> None:
    """Behind the speaker, behind the cue, and at the head of the sentence."""
    assert told(text) == (occasion, place)


@pytest.mark.parametrize(
    "text",
    [
        # What the statement itself speaks of.
        "[PER Darsono] mengatakan bahwa panen di [LOC Subang] gagal total.",
        # Whom the speaker is from, and a place inside an office.
        '"Panen gagal," kata [PER Darsono] dari [ORG Serikat Tani Makmur].',
        # A time, not an occasion.
        '"Panen gagal," kata [PER Darsono] pada Senin (4/5/2026) pukul 10.00 WIB.',
        '"Panen gagal," kata [PER Darsono].',
    ],
)
def test_what_is_no_circumstance(text: str) -> None:
    """Neither places and days of the statement nor the speaker's own body."""
    assert told(text) == (None, None)
