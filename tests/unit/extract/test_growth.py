"""Four times the text is some four times the work, whatever it is made of. Work is counted in lines run, not in seconds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from kliping_extract import pipeline
from kliping_extract.extractor import Extractor
from tests.support.work import lines_run
from tests.unit.extract.test_extractor import NOW, article

#: Work that grows with the square of the text would be 16 times as much.
MOST = 4.6
CONSONANTS, VOWELS = "bdgklmnprstw", "aiueo"


def word(number: int) -> str:
    """A capitalised word, another one for each number."""
    syllables, rest = "", number + 60
    while rest:
        rest, syllable = divmod(rest, 60)
        syllables += CONSONANTS[syllable % 12] + VOWELS[syllable // 12]
    return syllables.capitalize()


def names(template: str, count: int) -> str:
    """The template with other names each time."""
    return " ".join(template.format(f"{word(i)} {word(7 * i + 1)}", word(i)) for i in range(count))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """The shipped pipeline."""
    return pipeline.load()


@pytest.mark.parametrize(
    ("make", "size"),
    [
        pytest.param(lambda n: names("{0} mengatakan harga naik.", n), 150, id="names"),
        pytest.param(lambda n: names("Kabupaten {1} banjir.", n), 150, id="places"),
        pytest.param(lambda n: names("Bupati {0} datang. Bupati itu mengatakan harga naik.", n), 100, id="offices"),
        pytest.param(lambda n: names("{0} datang. Perempuan 34 tahun itu mengatakan harga naik.", n), 60, id="described"),
        pytest.param(lambda n: "Moskow mengatakan harga naik. Rusia diam. " * n, 150, id="capitals of countries"),
        pytest.param(lambda n: "Budi Santoso menuntut:\n- harga beras turun\n- harga gula turun\n" * n, 150, id="lists"),
        pytest.param(lambda n: "Pengakuan Budi bahwa harga naik " * n, 150, id="leads"),
        pytest.param(lambda n: "harga naik, kata Budi, " * n, 100, id="cues in one sentence"),
        pytest.param(lambda n: "Budi mengatakan harga naik dan " * n, 100, id="verbs in one sentence"),
        pytest.param(lambda n: "usul, " * n, 150, id="nouns of saying"),
        pytest.param(lambda n: "warga dengan alasan keamanan, " * n, 80, id="grounds"),
        pytest.param(lambda n: "Ibu Ana Wulan mengatakan harga naik. " * n, 150, id="titles"),
        pytest.param(lambda n: "(SUARA BUDI)\nHarga naik.\n" * n, 100, id="sound bites"),
        pytest.param(lambda n: "kata mengatakan menurut dilansir " * n, 100, id="nothing but cues"),
        pytest.param(lambda n: "harga beras naik di pasar dan " * n, 100, id="one sentence without an end"),
        pytest.param(lambda n: "“Harga naik,” ujarnya. " * n, 100, id="quotes"),
        pytest.param(lambda n: '"' * n, 300, id="glued marks"),
        pytest.param(lambda n: " “a" * n, 300, id="opening marks"),
        pytest.param(lambda n: "“‘" * n + "a" + "’”" * n, 150, id="nested marks"),
        pytest.param(lambda n: "“Harga beras naik lagi\n" * n, 150, id="paragraphs that open quotes"),
        pytest.param(lambda n: "(" * n + ")" * n, 300, id="brackets"),
        pytest.param(lambda n: "a\n" * n, 300, id="lines"),
        pytest.param(lambda n: "x" * (100 * n), 100, id="a long word"),
        pytest.param(lambda n: "Rabu (13/9) lima juta orang, kata Budi. " * n, 200, id="dates and numbers"),
        pytest.param(lambda n: "Berikut wawancara dengan Budi Santoso:\n" + "Apa kabar?\nHarga naik lagi.\n" * n, 100, id="interview"),
    ],
)  # fmt: skip
def test_work_grows_with_the_text(extractor: Extractor, make: Callable[[int], str], size: int) -> None:
    """No shape of text makes reading it slower than in proportion to its length."""
    articles = [article(make(n)).model_copy(update={"published_at": NOW}) for n in (size, 4 * size)]
    extractor.extract(articles[0])
    small, large = (lines_run(partial(extractor.extract, one)) for one in articles)
    assert small > 100
    assert large < MOST * small
