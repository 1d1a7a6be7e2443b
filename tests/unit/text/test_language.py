"""The language is told where it can be, cheaply for Indonesian."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_ingest.domain import language
from kliping_ingest.domain.language import find_language

INDONESIAN = "Warga desa menanam pohon di tepi sungai karena air sering meluap pada musim hujan, kata kepala desa itu."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (INDONESIAN, "id"),
        ("Kementerian Kelautan mengumumkan pembukaan pelabuhan baru, seperti dikutip laporan tahunan.", "id"),
        ("The harbour was closed on Tuesday after the storm damaged two of its cranes, officials said.", "en"),
        (
            "Polis berkata kemalangan itu berlaku kerana pemandu bas mengantuk, manakala semua mangsa dibawa ke klinik.",
            "ms",
        ),
        ("Le port a été fermé mardi après que la tempête a endommagé deux grues, ont indiqué les autorités.", "fr"),
        ("В порту после шторма повреждены два крана, сообщили власти города во вторник утром.", "ru"),
        ("台风过后港口于星期二关闭，两台起重机受损，当地官员说，修复工作将持续三天时间。", "zh"),
        ("Beliau berkata pihaknya akan menyiasat dakwaan itu dan mengambil tindakan terhadap pegawai terbabit.", "ms"),
        ("Barudak sakola keur diajar ngibing di balé désa, sarta kolotna ngadukung pisan kana éta kagiatan.", "su"),
        ("Warga désa melak tangkal di sisi walungan, saur kapala désa, lantaran caina sok ngabanjiran.", "su"),
        ("Bupati ngendika menawa banjir wis surut lan warga bisa bali menyang omahe dhewe-dhewe.", "jv"),
        ("Wong-wong desa padha nandur wit ing pinggir kali amarga banyune kerep luber yen mangsa udan teka.", "jv"),
    ],
)
def test_language_of_prose(text: str, expected: str) -> None:
    """Prose of the languages that a desk meets is told apart."""
    assert find_language(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Kami siap,” kata Budi.", "id"),
        ("Tiga orang tewas dalam banjir bandang di Tirtasari.", "id"),
        ("Gempa magnitudo 5,2 guncang Rowasa, tak berpotensi tsunami.", "id"),
        ("The minister said the bridge was safe.", "en"),
        ("“We are ready,” he said.", "en"),
    ],
)
def test_language_of_a_line(text: str, expected: str) -> None:
    """A line is enough where the commonest words stand in it."""
    assert find_language(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Menteri Malaysia Datuk Hamid Rasul mengatakan surat sudah dikirim. “Kami tidak mahu menuding,” ucap dia.",
            "id",
        ),
        (
            "CEO startup Kilat bilang pihaknya akan launching fitur buy now pay later untuk user premium bulan depan.",
            "id",
        ),
        ("Film “The Last Harbour of the North” tayang di bioskop pekan ini, kata sutradara John Miller.", "id"),
        (
            "The Ministry of Energy (Kementerian Energi) said on Tuesday that Badan Usaha Air would share the cost.",
            "en",
        ),
        ("“We are ready,” said Rano Kusuma, head of the Badan Penanggulangan Bencana Daerah.", "en"),
        (
            "Bupati bilang warga wis padha bali. “Kami bersyukur karena air sudah surut dan jalan dapat dilalui,” katanya.",
            "id",
        ),
    ],
)
def test_mixed_text_is_in_the_language_of_its_sentences(text: str, expected: str) -> None:
    """Loan words, foreign names and a borrowed phrase do not turn the language."""
    assert find_language(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Serikali ya mji ilitangaza kwamba barabara mpya itafunguliwa wiki ijayo ingawa wakazi bado wanapinga.",
        "Kaupungin hallitus ilmoitti, että uusi tie avataan ensi viikolla, vaikka asukkaat vastustavat sitä yhä.",
        "Pamrintah kota ngumumang margi anyar punika jagi kabuka minggu sane jagi rauh, yadiastun wenten sane nenten cumpu.",
    ],
    ids=["Swahili", "Finnish", "Balinese"],
)
def test_a_language_that_nobody_knows_is_none(text: str) -> None:
    """What the model was never shown is not taken for the nearest that it was."""
    assert find_language(text) is None


@pytest.mark.parametrize("text", ["", "   ", "Jakarta", "123 456 789", "*** --- ***", "OK!"])
def test_too_short_is_none(text: str) -> None:
    """Names, numbers and signs are in no language."""
    assert find_language(text) is None


def test_plain_indonesian_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The function words decide before the model is loaded."""

    def refuse() -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr(language, "load_identifier", refuse)
    assert find_language(INDONESIAN) == "id"


def test_plain_english_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """English is told by its function words too."""

    def refuse() -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr(language, "load_identifier", refuse)
    assert find_language("The harbour was closed after the storm damaged two of its cranes, officials said.") == "en"


def test_indonesian_full_of_names_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Court and party news, where names crowd out the commonest words, is still told by the function words."""

    def refuse() -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr(language, "load_identifier", refuse)
    text = (
        "Majelis hakim Pengadilan Tipikor Rowasa menjatuhkan hukuman tujuh tahun penjara terhadap mantan Direktur Utama "
        "PT Samudra Logistik Persada Ramase Naroga serta denda Rp500 juta. Jaksa Tobi Walenka masih belum menyatakan "
        "banding atas putusan hakim, ujar Kepala Kejaksaan Negeri Rowasa Selin Marowa setelah sidang."
    )
    assert find_language(text) == "id"


@given(text=st.text(max_size=300))
def test_any_text_has_a_language_or_none(text: str) -> None:
    """No text raises, and a code has two letters."""
    found = find_language(text)
    assert found is None or len(found) == 2
