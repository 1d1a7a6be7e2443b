"""In what two wordings of one claim contradict each other."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date

import pytest

from kliping_link.domain.contradictions import contradictions
from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.records import describe
from kliping_shared.contracts import EntityType, Modality, Particular
from tests.unit.link.building import Draft, Said, build
from tests.unit.link.test_score import claim

TEXT = "jembatan gantung selesai sebelum musim hujan"
FRIDAY, SUNDAY = (date(2026, 3, 6), "Jumat"), (date(2026, 3, 8), "Minggu")


def told(a: ClaimFeatures, b: ClaimFeatures) -> set[tuple[Particular, str, str]]:
    """What is told otherwise, with both values; the same the other way round."""
    assert {(one.particular, one.theirs, one.mine) for one in contradictions(b, a)} == {*contradictions(a, b)}
    return {(one.particular, one.mine.shown, one.theirs.shown) for one in contradictions(a, b)}


def counted(text: str, *numbers: tuple[float, str | None, str], **said: object) -> ClaimFeatures:
    """A claim with numbers."""
    return claim(text, numbers=numbers, **said)  # type: ignore[arg-type]


def named(text: str, *names: tuple[str, EntityType]) -> ClaimFeatures:
    """A claim with names."""
    return describe(build(Draft("a", (Said("Ratna", text),), names=names))).claims[0].features


def test_another_number_of_the_same_thing() -> None:
    """It stands among the same words."""
    seven = counted("7 rumah hanyut terbawa arus", (7.0, "rumah", "7 rumah"))
    nine = counted("sebanyak 9 rumah hanyut", (9.0, "rumah", "9 rumah"))
    assert told(seven, nine) == {(Particular.NUMBER, "7 rumah", "9 rumah")}


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (
            ("harga naik 2,4 persen sepekan ini", 2.4, "2,4 persen"),
            ("separuh, atau 52 persen daerah", 52.0, "52 persen"),
        ),
        (("ia 22 tahun menjadi nelayan", 22.0, "22 tahun"), ("kapal nelayan pergi 7 jam kemudian", 7.0, "7 jam")),
    ],
)
def test_numbers_of_two_things(mine: tuple[str, float, str], theirs: tuple[str, float, str]) -> None:
    """A share is no rise; a career is no delay."""
    a, b = (counted(text, (value, written.split()[-1], written)) for text, value, written in (mine, theirs))
    assert told(a, b) == set()


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("terdakwa dihukum 8 tahun penjara", 8.0), ("terdakwa dihukum penjara dan denda subsider 6 bulan", 6.0)),
        (("korban berusia 21 tahun ditemukan tewas", 21.0), ("korban ditemukan tewas setelah 3 hari hilang", 3.0)),
    ],
)
def test_durations_in_other_units(mine: tuple[str, float], theirs: tuple[str, float]) -> None:
    """Are of two things, even where much else is alike: an age is no search, nor a sentence what stands for a fine."""
    a, b = (_lasting(*of) for of in (mine, theirs))
    assert told(a, b) == set()


def _lasting(text: str, value: float) -> ClaimFeatures:
    """A claim with one duration."""
    written = " ".join(text[text.index(f"{value:.0f} ") :].split()[:2])
    return counted(text, (value, written.split()[1], written))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("ekspor batu bara naik 5 persen", "ekspor batu bara naik 7 persen dibandingkan periode yang sama tahun lalu"),
        ("banjir pekan lalu merusak 318 rumah", "banjir minggu lalu merusak 518 rumah"),
        ("banjir merusak 318 rumah", "banjir hari Minggu lalu merusak 518 rumah"),
        ("waduk yang dibangun lima tahun lalu mengairi 300 hektare", "waduk itu mengairi 500 hektare"),
        ("tarif tol naik 10 persen tahun depan", "tarif tol naik 15 persen pada 2027"),
    ],
)
def test_a_number_is_disputed_whatever_time_is_named_beside_it(mine: str, theirs: str) -> None:
    """What it is compared with, when it was built or what one week is called sets it on no other occasion."""
    (a, x), (b, y) = map(_measured, (mine, theirs))
    assert told(a, b) == {(Particular.NUMBER, x, y)}


def _measured(text: str) -> tuple[ClaimFeatures, str]:
    """A claim with its first number in digits that has a unit, and the number as it is written."""
    written = re.findall(r"\d+ (?:persen|rumah|hektare)", text)[0]
    value, unit = written.split()
    return counted(text, (float(value), unit, written)), written


def test_a_word_in_the_place_of_another_makes_it_two_things() -> None:
    """The price of one rice is not that of another; other words elsewhere do not matter."""
    medium, premium, longer = (
        counted(f"harga beras {kind} di pasar {n} rupiah", (float(n), "rupiah", f"{n} rupiah"))
        for kind, n in (("medium", 16000), ("premium", 18000), ("medium yang baik", 18000))
    )
    assert told(medium, premium) == set()
    assert told(medium, longer) == {(Particular.NUMBER, "16000 rupiah", "18000 rupiah")}


def test_equal_numbers_nearby_tell_what_is_counted() -> None:
    """Two numbers of which one is shared are of one sentence."""
    seven = counted("7 warga menginap di 11 titik", (7.0, "warga", "7 warga"), (11.0, "titik", "11 titik"))
    nine = counted("9 warga kini ada di 11 lokasi", (9.0, "warga", "9 warga"), (11.0, "lokasi", "11 lokasi"))
    assert told(seven, nine) == {(Particular.NUMBER, "7 warga", "9 warga")}


def test_another_day() -> None:
    """Of what is otherwise the same."""
    found = told(claim(TEXT, dates=(FRIDAY,)), claim(TEXT, dates=(SUNDAY,)))
    assert found == {(Particular.DATE, "2026-03-06", "2026-03-08")}


def in_month(year: int, month: int) -> tuple[date, str, date]:
    """All of a month, as a text names it."""
    return date(year, month, 1), "musim", date(year, month, monthrange(year, month)[1])


def test_another_month() -> None:
    """Where no day is told; the same month of another year was perhaps misread."""
    august, december, last = (claim(TEXT, dates=(in_month(*of),)) for of in ((2026, 8), (2026, 12), (2025, 8)))
    assert told(august, december) == {(Particular.DATE, "2026-08", "2026-12")}
    assert told(august, last) == set()


def test_a_day_is_held_against_no_month() -> None:
    """The day may be when he spoke, and the month that of the data: 'pada Senin', 'pada April'."""
    march, april, friday = (claim(TEXT, dates=(of,)) for of in (in_month(2026, 3), in_month(2026, 4), FRIDAY))
    assert told(march, friday) == told(april, friday) == set()


@pytest.mark.parametrize("other", [date(2026, 3, 13), date(2025, 3, 6)])
def test_days_that_were_perhaps_misread(other: date) -> None:
    """A weekday is taken for the one before or after at times, a date for that of another year."""
    assert told(claim(TEXT, dates=(FRIDAY,)), claim(TEXT, dates=((other, "Jumat"),))) == set()


def test_a_plan_and_a_deed_are_of_two_days() -> None:
    """What will be on Friday is not what was on Sunday."""
    plan = replace(claim(TEXT, dates=(FRIDAY,)), modality=Modality.FUTURE)
    assert told(plan, claim(TEXT, dates=(SUNDAY,))) == set()


def test_a_later_count_is_no_other_number() -> None:
    """Nine houses on Sunday after seven on Friday."""
    friday = counted(f"7 rumah hanyut, {TEXT}", (7.0, "rumah", "7 rumah"), dates=(FRIDAY,))
    sunday = counted(f"9 rumah hanyut, {TEXT}", (9.0, "rumah", "9 rumah"), dates=(SUNDAY,))
    assert told(friday, sunday) == set()


@pytest.mark.parametrize(
    ("mine", "theirs", "particular"),
    [
        (("Teluk Gosa", EntityType.LOC), ("Teluk Mandioa", EntityType.LOC), Particular.PLACE),
        (("Ratih Kusuma", EntityType.PER), ("Bagus Prabowo", EntityType.PER), Particular.NAME),
        (("Dinas Pasar", EntityType.ORG), ("Dinas Pertanian", EntityType.ORG), Particular.NAME),
    ],
)
def test_a_name_in_the_place_of_another(
    mine: tuple[str, EntityType], theirs: tuple[str, EntityType], particular: Particular
) -> None:
    """Another of its type, next to the same words."""
    a, b = (named(f"penumpang selamat ditemukan {name} pada malam hari", (name, kind)) for name, kind in (mine, theirs))
    assert told(a, b) == {(particular, mine[0], theirs[0])}


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("Ratih", EntityType.PER), ("Ratih Kusuma", EntityType.PER)),
        (("PN Koto Sarik", EntityType.ORG), ("Pengadilan Negeri Koto Sarik", EntityType.ORG)),
        (("BMKG", EntityType.ORG), ("Badan Meteorologi Klimatologi Geofisika", EntityType.ORG)),
        (("Ratih Zhumabek", EntityType.PER), ("Ratih Djumabek", EntityType.PER)),
        (("Ratih Kusuma", EntityType.PER), ("Teluk Gosa", EntityType.LOC)),
    ],
)
def test_two_names_of_one(mine: tuple[str, EntityType], theirs: tuple[str, EntityType]) -> None:
    """A short form, initials, another spelling; a person where the other has a place."""
    a, b = (named(f"penumpang selamat ditemukan {name} pada malam hari", (name, kind)) for name, kind in (mine, theirs))
    assert told(a, b) == set()


def test_names_that_stand_elsewhere() -> None:
    """Each wording names somebody whom the other leaves out."""
    a = named("penumpang selamat dijemput Ratih Kusuma", ("Ratih Kusuma", EntityType.PER))
    b = named("Bagus Prabowo melihat penumpang selamat dijemput", ("Bagus Prabowo", EntityType.PER))
    assert told(a, b) == set()


def test_yes_against_no() -> None:
    """By a negator before a word that both have, or by a cue that denies all of it; two denials agree."""
    denied = {(Particular.POLARITY, "said", "denied")}
    said = claim("gudang beras itu terbakar")
    assert told(said, claim("gudang beras itu tidak terbakar")) == denied
    assert told(said, claim("gudang beras itu terbakar", denied=True)) == denied
    assert told(claim("gudang beras itu tidak terbakar"), claim("gudang beras terbakar", denied=True)) == set()
    assert told(said, said) == set()


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("kami membahas semua masalah tanpa tergesa", "semua masalah kami bahas"),
        ("pengiriman beras tidak mengganggu stok", "pengiriman beras diambil dari stok"),
        ("tidak ada hukuman bagi sopir yang mogok", "silakan sopir mogok, tidak akan ada hukuman"),
        ("latihan tetap berjalan", "jadwal latihan tidak berubah"),
        ("nelayan akan mogok bila solar naik", "kalau solar tidak turun, nelayan akan mogok"),
        ("tidak ada api di kebun perusahaan", "api datang dari semak di luar kebun milik desa lain"),
    ],
)
def test_a_negation_of_something_else(mine: str, theirs: str) -> None:
    """What is denied is not what the other says."""
    assert told(claim(mine), claim(theirs)) == set()


def test_a_denied_reason_is_no_denied_fact() -> None:
    """'Membantah uang itu suap' agrees with 'uang itu pinjaman'."""
    assert told(claim("uang yang disita itu suap", denied=True), claim("uang yang disita itu pinjaman")) == set()


def test_a_toll_is_counted_anew_every_day() -> None:
    """More dead in the article of the next day contradict nothing; more dead on the same day do, and more money."""
    today, tomorrow = (
        [counted(f"{n} orang tewas tertimbun", (n, "orang", f"{n} orang"), day=day) for n in (7, 9)] for day in (0, 1)
    )
    assert told(today[0], tomorrow[1]) == set()
    assert told(today[0], today[1]) == {(Particular.NUMBER, "7 orang", "9 orang")}
    mine, theirs = (
        counted(f"kerugian mencapai {n} miliar", (n * 1e9, "rupiah", f"{n} miliar"), day=day)
        for n, day in ((7, 0), (9, 1))
    )
    assert told(mine, theirs) == {(Particular.NUMBER, "7 miliar", "9 miliar")}


def test_all_against_some() -> None:
    """How far it holds."""
    found = told(claim(f"seluruh {TEXT}"), claim(f"hanya sebagian {TEXT}"))
    assert found == {(Particular.SCOPE, "seluruh", "hanya")}


def test_what_stays_closed_and_what_is_closed() -> None:
    """Say the same: whether 'tetap' is against a change depends on what stays."""
    assert told(claim("pelabuhan tetap tutup hari ini"), claim("pelabuhan ditutup hari ini")) == set()


def test_opposite_words_of_other_numbers() -> None:
    """Those who live are others than those who died."""
    mine = counted("19 penumpang kapal itu selamat di pulau", (19.0, "penumpang", "19 penumpang"))
    theirs = counted("4 penumpang kapal itu tewas di pulau", (4.0, "penumpang", "4 penumpang"))
    assert Particular.POLARITY not in {one.particular for one in contradictions(mine, theirs)}
    assert told(claim("sopir truk itu selamat"), claim("sopir truk itu tewas")) == {
        (Particular.POLARITY, "selamat", "tewas")
    }


def test_what_only_one_tells_contradicts_nothing() -> None:
    """A number or a day that the other leaves out."""
    assert told(counted(TEXT, (7.0, "rumah", "7"), dates=(FRIDAY,)), claim(TEXT)) == set()
