"""The recogniser's names are mended: borders, types, short forms, capitals."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping_extract.components.names import name_words
from kliping_extract.domain.name_sources import Named
from kliping_extract.domain.names import mend
from kliping_extract.domain.zones import stated_names
from kliping_extract.lexicons import load_lexicon
from kliping_shared.contracts.article import Article, Zone, ZoneKind
from kliping_shared.contracts.enriched import EntityType
from tests.unit.extract.mending import LOC, ORG, PER, mended


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "Kementerian Luar Negeri Peru diam .",
            [("Kementerian Luar Negeri", ORG)],
            [("Kementerian Luar Negeri Peru", "ORG")],
        ),
        ("Menteri Luar Negeri Peru diam .", [], [("Peru", "LOC")]),
        ("kota Valparaiso ramai .", [("kota Valparaiso", LOC)], [("Valparaiso", "LOC")]),
        ("Pak Darmaji pulang .", [("Pak Darmaji", PER)], [("Darmaji", "PER")]),
        (
            "Syafril Piliang Dt. Bandaro Kayo pulang .",
            [("Syafril Piliang Dt.", PER), ("Bandaro Kayo", PER)],
            [("Syafril Piliang Dt. Bandaro Kayo", "PER")],
        ),
        ("kata Syafril Dt. Bandaro .", [("Syafril", PER)], [("Syafril Dt. Bandaro", "PER")]),
        ("[ INSERT DARMAJI ] Panen gagal .", [("INSERT DARMAJI", PER)], [("DARMAJI", "PER")]),
        ("[ INSERT PETANI ] Panen gagal .", [("INSERT", PER)], []),
        ("( Suara Darmaji ) Panen gagal .", [("Suara Darmaji", PER)], [("Darmaji", "PER")]),
        ("Suara Darmaji terbit .", [("Suara Darmaji", ORG)], [("Suara Darmaji", "ORG")]),
        ("bertemu Ri Mun-hyok kemarin .", [], [("Ri Mun-hyok", "PER")]),
        (
            "Bupati Arunika Ratih Kemalasari pergi ke Kabupaten Arunika .",
            [],
            [("Arunika", "LOC"), ("Ratih Kemalasari", "PER"), ("Kabupaten Arunika", "LOC")],
        ),
        ("tamu Peru Ana Quispe tiba .", [("Peru Ana Quispe", PER)], [("Peru", "LOC"), ("Ana Quispe", "PER")]),
        (
            "Kepala Dinas Irigasi Bambang Quispe tiba .",
            [("Dinas Irigasi Bambang Quispe", ORG)],
            [("Dinas Irigasi", "ORG"), ("Bambang Quispe", "PER")],
        ),
        ("rapat bubar , kata Darmaji .", [], [("Darmaji", "PER")]),
        (
            "Universitas Arunika Raya libur .",
            [("Universitas Arunika Raya", LOC)],
            [("Universitas Arunika Raya", "ORG")],
        ),
        (
            "Darmaji Pribadi datang , lalu Pribadi pulang dan Darmaji tidur .",
            [("Darmaji Pribadi", PER)],
            [("Darmaji Pribadi", "PER"), ("Pribadi", "PER"), ("Darmaji", "PER")],
        ),
        ("“ Senin ” ramai .", [("“ Senin", LOC)], []),
        (
            "Badan Irigasi Nasional ( BIN2 ) libur .",
            [("Badan Irigasi Nasional ( BIN2", ORG)],
            [("Badan Irigasi Nasional", "ORG"), ("BIN2", "ORG")],
        ),
        (
            "Partai Angin Lestari ( Panles ) kalah , kata orang Panles .",
            [("Partai Angin Lestari", ORG)],
            [("Partai Angin Lestari", "ORG"), ("Panles", "ORG"), ("Panles", "ORG")],
        ),
        (
            "Ketua KPU Muara Wangi La Ode Darsono tiba di Kabupaten Muara Wangi .",
            [("Muara Wangi La", LOC), ("Ode Darsono", PER)],
            [("KPU Muara Wangi", "ORG"), ("La Ode Darsono", "PER"), ("Kabupaten Muara Wangi", "LOC")],
        ),
        ("hadir I Gede Suwarta di pura .", [("Gede Suwarta", PER)], [("I Gede Suwarta", "PER")]),
        (
            "di Kabupaten Muara Wangi , Kapolres Muara Wangi , diam .",
            [("Muara Wangi", PER)],
            [("Kabupaten Muara Wangi", "LOC"), ("Muara Wangi", "LOC")],
        ),
        (
            "di Pemerintah Kabupaten Wangi sepi .",
            [("Kabupaten Wangi", LOC)],
            [("Pemerintah Kabupaten Wangi", "ORG")],
        ),
        (
            "Direktur RSUD Wangi Lirabeth Tomasoa diam , lalu dokter Lirabeth pulang .",
            [("RSUD Wangi Lirabeth Tomasoa", ORG)],
            [("RSUD Wangi", "ORG"), ("Lirabeth Tomasoa", "PER"), ("Lirabeth", "PER")],
        ),
        (
            "kata Deputi Gubernur BI Lirabeth Tomasoa .",
            [("BI Lirabeth Tomasoa", ORG)],
            [("BI", "ORG"), ("Lirabeth Tomasoa", "PER")],
        ),
        (
            "kata Menteri Luar Negeri Peru Ulug'bek Anaqul .",
            [("Luar Negeri Peru Ulug'bek", ORG)],
            [("Luar Negeri Peru", "ORG"), ("Ulug'bek Anaqul", "PER")],
        ),
        (
            "kata Komisaris PBS Lirabeth Tomasoa . PT Bara Sentosa ( PBS ) tutup .",
            [("PT Bara Sentosa", ORG)],
            [("PBS", "ORG"), ("Lirabeth Tomasoa", "PER"), ("PT Bara Sentosa", "ORG"), ("PBS", "ORG")],
        ),
        (
            "kata Kepala Satgas Pangan Polri Brigjen Pol Lirabeth Tomasoa .",
            [("Satgas Pangan Polri", ORG)],
            [("Satgas Pangan Polri", "ORG"), ("Lirabeth Tomasoa", "PER")],
        ),
        ("hadir operator truk Lirabeth Tomasoa , yang selamat .", [], [("Lirabeth Tomasoa", "PER")]),
        ("hadir KPU Wangi .", [("KPU Wangi", PER)], [("KPU Wangi", "ORG")]),
        (
            "Direktur RSUD Wangi Lirabeth Tomasoa pergi ke Kabupaten Muara Wangi .",
            [("RSUD Wangi Lirabeth Tomasoa", ORG)],
            [("RSUD Wangi", "ORG"), ("Lirabeth Tomasoa", "PER"), ("Kabupaten Muara Wangi", "LOC")],
        ),
        (
            "Direktur PT Angin Lestari Raya diam .",
            [("PT Angin Lestari Raya", ORG)],
            [("PT Angin Lestari Raya", "ORG")],
        ),
        ("hujan . Lirabeth , petani desa , diam .", [], [("Lirabeth", "PER")]),
        ("hadir dr. Ana Quispe , Sp . A ( K ) .", [("Ana Quispe", PER), ("A", PER)], [("Ana Quispe", "PER")]),
        ("buruh SPTX mogok .", [("SPTX", PER)], [("SPTX", "ORG")]),
        ("hadir Darmaji , S.H. , M.Si. , dan Ratih .", [("S.H. , M.Si.", PER)], []),
    ],
)
def test_names_are_mended(text: str, names: list[tuple[str, EntityType]], expected: list[tuple[str, str]]) -> None:
    """Heads and places join bodies, titles leave persons, lists, places and repetitions add what was missed."""
    assert mended(text, *names) == expected


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Bupati", "Kota", "Peru", "Ana", "Quispe", "kata", ",", "Badan", "dan", "Ri", "Mun-ho", "AS", "."]
        ),
        max_size=25,
    ),
    st.data(),
)
def test_mended_names_never_overlap(words: list[str], data: st.DataObject) -> None:
    """Whatever the words and the names found in them, the result is ordered, in range and disjoint."""
    spans = data.draw(
        st.lists(st.tuples(st.integers(0, 24), st.integers(1, 4), st.sampled_from(list(EntityType))), max_size=5)
    )
    names = [Named(s, s + n, k) for s, n, k in spans if s + n <= len(words)]
    allowed = [True] * len(words)
    found = mend(words, names, allowed, [False] * len(words), name_words(load_lexicon()))
    for before, after in pairwise(found):
        assert before.end <= after.start
    assert all(0 <= n.start < n.end <= len(words) for n in found)


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        # Two persons with nothing between them are one, unless the first may be a body or place.
        (
            "Menteri Irigasi Purnomo Yudha Sadewo diam .",
            [("Purnomo Yudha", PER), ("Sadewo", PER)],
            [("Purnomo Yudha Sadewo", "PER")],
        ),
        (
            "Kapolsek Tanah Wangi Kompol Dodi Rosmana tiba .",
            [("Tanah Wangi", PER), ("Dodi Rosmana", PER)],
            [("Tanah Wangi", "LOC"), ("Dodi Rosmana", "PER")],
        ),
        (
            "Deputi Kemenair QRX Muhtar Rahman tiba .",
            [("Kemenair QRX", PER), ("Muhtar Rahman", PER)],
            [("Kemenair QRX", "ORG"), ("Muhtar Rahman", "PER")],
        ),
        (
            "Deputi Gubernur BI Rohana Hasibuanto Marpo tiba .",
            [("BI Rohana", ORG), ("Hasibuanto Marpo", PER)],
            [("BI", "ORG"), ("Rohana Hasibuanto Marpo", "PER")],
        ),
        ("ketua dr. Cut Mutia Intan , tiba .", [("Cut Mutia", PER)], [("Cut Mutia Intan", "PER")]),
        # What stands behind `di` is a place, behind the head of a body a body.
        ("rapat di Wisma Seruni bubar .", [("Wisma Seruni", PER)], [("Wisma Seruni", "LOC")]),
        ("ketua Koperasi Sekar Wangi tiba .", [("Koperasi Sekar Wangi", PER)], [("Koperasi Sekar Wangi", "ORG")]),
        ("rumah Sutarmo ( 45 ) rubuh , rumah Wagiyem ( 4500 ) tidak .", [], [("Sutarmo", "PER")]),
        # A government is its country.
        ("surat Pemerintah Vietnam tiba .", [("Pemerintah Vietnam", ORG)], [("Vietnam", "LOC")]),
        ("menurut harian Arunika Kini .", [("harian Arunika Kini", ORG)], [("Arunika Kini", "ORG")]),
    ],
)
def test_borders_between_names(text: str, names: list[tuple[str, EntityType]], expected: list[tuple[str, str]]) -> None:
    """Where one name ends and the next begins."""
    assert mended(text, *names) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("rapat kelompok usaha warga ( KUW ) bubar , lalu KUW tutup .", [("KUW", ORG)], []),
        ("biaya UMKM naik .", [("UMKM", ORG)], []),
        (
            "Heru Gunarto ( HG ) diam , lalu HG pulang .",
            [("Heru Gunarto", PER), ("HG", ORG)],
            [("Heru Gunarto", "PER"), ("HG", "PER"), ("HG", "PER")],
        ),
        (
            "di Gedung Bursa Efek Arunika ( BEA ) sepi , BEA tutup .",
            [("Gedung Bursa Efek Arunika", LOC), ("BEA", ORG)],
            [("Gedung Bursa Efek Arunika", "LOC"), ("BEA", "ORG"), ("BEA", "ORG")],
        ),
        (
            "di Muara Wangi ( Muwang ) sepi .",
            [("Muara Wangi", LOC), ("Muwang", ORG)],
            [("Muara Wangi", "LOC"), ("Muwang", "LOC")],
        ),
        (
            "tim Bank Sentral Amerika Serikat ( AS ) tiba .",
            [("Bank Sentral Amerika Serikat", ORG), ("AS", LOC)],
            [("Bank Sentral Amerika Serikat", "ORG"), ("AS", "LOC")],
        ),
    ],
)
def test_short_forms_in_brackets(
    text: str, names: list[tuple[str, EntityType]], expected: list[tuple[str, str]]
) -> None:
    """What stands before the bracket tells what the short form is: body, person, place or an ordinary word."""
    assert mended(text, *names) == expected


@pytest.mark.parametrize(
    ("text", "title", "names", "expected"),
    [
        (
            "YAYASAN ARUNIKA MACET . Di sana Yayasan Arunika rusak .",
            3,
            [("YAYASAN ARUNIKA MACET", ORG), ("Yayasan Arunika", ORG)],
            [("YAYASAN ARUNIKA", "ORG"), ("Yayasan Arunika", "ORG")],
        ),
        (
            "PEMPROV ARUNIKA SURATI . Warga Arunika resah .",
            3,
            [("PEMPROV ARUNIKA", ORG), ("Arunika", LOC)],
            [("PEMPROV ARUNIKA", "ORG"), ("Arunika", "LOC")],
        ),
        ("Hasilnya buruk . Musiman kok hasilnya .", 0, [("Musiman", PER)], []),
        (
            "Hasilnya buruk . Musiman menangis .",
            0,
            [("Musiman", PER)],
            [("Musiman", "PER")],
        ),
        (
            "Rumah Endah Quispe sepi . Jenazah Endah dibawa .",
            0,
            [("Endah Quispe", PER), ("Jenazah Endah", PER)],
            [("Endah Quispe", "PER"), ("Endah", "PER")],
        ),
    ],
)
def test_capitals_that_say_nothing(
    text: str, title: int, names: list[tuple[str, EntityType]], expected: list[tuple[str, str]]
) -> None:
    """Headlines and openings of sentences give ordinary words a capital."""
    assert mended(text, *names, title=title) == expected


def test_no_listed_name_is_among_the_words_that_name_nothing() -> None:
    """A short form cannot be a body and an ordinary word, but for two broadcasters whose names are far more often the latter."""
    lists = name_words(load_lexicon())
    both = {word for word in lists.no_names if any(form == (word,) for form, _ in lists.forms(word))}
    assert both == {"RT", "CCTV"}


def test_who_edited_and_where_it_was_published_are_names_of_the_byline() -> None:
    """Behind the word for it, without titles; a team is nobody."""
    text = "Wartakita.id, 3 Mei 2026\nPenulis: Ratna Dewi\nEditor: Dr. Bambang Sugeng\nReporter: Tim Liputan"
    article = Article(
        article_id="a1",
        document_key="a1",
        text=text,
        zones=(Zone(start=0, end=len(text), kind=ZoneKind.BYLINE),),
        outlet="Wartakita.id",
        author="Ratna Dewi",
        path="a.txt",
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=datetime(2026, 5, 3, tzinfo=UTC),
    )
    found = {(text[start:end], kind) for start, end, kind in stated_names(article)}
    assert found == {("Wartakita.id", ORG), ("Ratna Dewi", PER), ("Bambang Sugeng", PER)}


def test_the_outlets_address_in_a_dateline() -> None:
    """A name that its address runs together is found there."""
    text = "SULUHTELUK.CO.ID, BENOA - "
    article = Article(
        article_id="a1",
        document_key="a1",
        text=text,
        zones=(Zone(start=0, end=len(text), kind=ZoneKind.DATELINE),),
        outlet="Suluh Teluk",
        dateline_place="Benoa",
        path="a.txt",
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=datetime(2026, 5, 3, tzinfo=UTC),
    )
    found = {(text[start:end], kind) for start, end, kind in stated_names(article)}
    assert found == {("SULUHTELUK.CO.ID", ORG), ("BENOA", LOC)}
