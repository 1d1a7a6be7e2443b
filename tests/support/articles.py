"""Invented articles in any number: events told by several outlets, so that claims have something to agree on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

PEOPLE = ("Ratna Suherman", "Bagus Wirayuda", "Laksmi Paramita", "Hendra Gunadi", "Sulastri Maharani", "Yusuf Tanoto")
ROLES = ("Bupati", "Kepala Dinas Perhubungan", "Juru bicara pemerintah", "Ketua panitia", "Direktur rumah sakit")
PLACES = ("Cirebon", "Makassar", "Kupang", "Padang", "Banjarmasin", "Ternate", "Jember", "Kendari")
TOPICS = (
    ("pembangunan jembatan gantung di kawasan pesisir", "jembatan"),
    ("perbaikan saluran irigasi yang rusak akibat banjir", "irigasi"),
    ("penutupan sementara pasar ikan di pelabuhan lama", "pasar"),
    ("pembagian bantuan beras kepada keluarga nelayan", "beras"),
    ("pemindahan terminal bus ke pinggiran kota", "terminal"),
    ("penanaman kembali hutan bakau di muara sungai", "bakau"),
)
OUTLETS = ("Kabar Pesisir", "Suara Kota", "Harian Lintas", "Warta Timur")


@dataclass(frozen=True)
class Invented:
    """A file name and its text."""

    name: str
    text: str


def invented(count: int, *, seed: int = 1) -> Iterator[Invented]:
    """``count`` different articles; every four in a row tell one event in four outlets."""
    chance = random.Random(seed)
    for number in range(count):
        if number % len(OUTLETS) == 0:
            event = _Event(number // len(OUTLETS), chance)
        outlet = OUTLETS[number % len(OUTLETS)]
        yield Invented(f"{number:05d} {outlet}.txt", event.told_by(outlet, number))


class _Event:
    def __init__(self, number: int, chance: random.Random) -> None:
        self.person, self.other = chance.sample(PEOPLE, 2)
        self.role, self.place = chance.choice(ROLES), chance.choice(PLACES)
        self.topic, self.word = chance.choice(TOPICS)
        self.cost, self.day, self.number = chance.randint(2, 98), chance.randint(1, 28), number

    def told_by(self, outlet: str, number: int) -> str:
        first = f"{self.topic} menelan biaya {self.cost} miliar rupiah dan selesai dalam {self.number % 11 + 2} bulan"
        quotes = (
            f'"Kami memastikan {first}," kata {self.person}.',
            f"{self.person} mengatakan {first}.",
            f"Menurut {self.person}, {first}.",
            f'{self.person} menegaskan bahwa {first}. "Warga tidak perlu khawatir," ujarnya.',
        )
        date = f"({self.day}/9/2026)"
        return (
            f"{self.topic.capitalize()} dimulai di {self.place}\n\n"
            f"{self.place.upper()}, {outlet} - {self.role} {self.place}, {self.person}, meninjau {self.topic}, Rabu {date}.\n"
            f"{quotes[number % len(quotes)]}\n"
            f"Warga setempat berharap pekerjaan nomor {self.number} itu tidak mengganggu kegiatan sehari-hari. "
            f"{self.other} membantah bahwa {self.word} itu dipilih tanpa musyawarah.\n"
            f"Laporan ke-{number} ini ditulis dari {self.place}.\n"
        )
