"""What a group and a story tell."""

from __future__ import annotations

import pytest

from kliping_link.domain.origins import independent_origins, provenance
from kliping_link.domain.records import ArticleRecord, describe
from kliping_link.linker import link_all
from kliping_shared.contracts import EntityType, Story
from tests.unit.link.building import Draft, Said, build, groups_of

LONG = (
    "Petugas gabungan menutup pintu air di hulu bendungan sejak dini hari karena debit sungai meningkat tajam. "
    "Kepala desa meminta keluarga di bantaran pindah ke balai pertemuan sebelum malam. Dapur umum menyiapkan makanan "
    "hangat, sementara perahu karet menjemput orang lanjut usia dari rumah yang terendam. Sekolah diliburkan dua hari, "
    "puskesmas membuka layanan darurat, dan pedagang pasar memindahkan barang ke lantai atas gudang koperasi."
)
OTHER = (
    "Menteri perdagangan menandatangani kesepakatan ekspor kopi dengan importir dari tiga benua di Surabaya. "
    "Petani berharap harga biji naik setelah musim panen, namun pengamat menilai biaya angkut tetap menjadi hambatan. "
    "Koperasi menyiapkan gudang berpendingin, pelatihan sortir, dan sertifikat mutu bagi anggota di lereng gunung."
)


def record(name: str, outlet: str | None = None, origin: str | None = None, text: str = "") -> ArticleRecord:
    """An article's record."""
    return describe(build(Draft(name, lead=text or f"Berita {name}", outlet=outlet, origin=origin)))


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        (
            [("a", "Kompas.com", "AFP"), ("b", "Tempo.co", "Agence France-Presse"), ("c", "Detik", None)],
            ("AFP", "AFP", "Detik"),
        ),
        ([("a", "ANTARA", None), ("b", "Suara Kota", "LKBN Antara")], ("ANTARA",) * 2),
        ([("a", "Kompas.com", "AFP/VOA Indonesia"), ("b", "X", "VOA")], ("VOA",) * 2),
        ([("a", "Y", "KoreaHerald"), ("b", "X", "The Korea Herald")], ("The Korea Herald",) * 2),
        ([("a", None, None), ("b", None, None)], ("a", "b")),
        ([("a", "Suara Kota", None), ("b", "Suara Kota", None)], ("Suara Kota",) * 2),
    ],
)
def test_independent_origins(articles: list[tuple[str, str | None, str | None]], expected: tuple[str, ...]) -> None:
    """One agency under any of its names is one origin, an outlet's own text is its own, a nameless one stands alone."""
    records = [provenance(record(*article)) for article in articles]
    assert independent_origins(records) == expected
    assert independent_origins(records[::-1]) == expected[::-1]


def test_copies_are_one_origin() -> None:
    """Two outlets with nearly the same text have one origin though neither names it."""
    copied = LONG.replace("Kepala desa", "Pak lurah")
    records = [record("a", "Kabar", text=LONG), record("b", "Warta", text=copied), record("c", "Lain", text=OTHER)]
    assert independent_origins(list(map(provenance, records))) == ("Kabar", "Kabar", "Lain")


def story_of(*drafts: Draft) -> Story:
    """The story of the first article."""
    linked = link_all([build(draft) for draft in drafts])
    return next(story for story in linked[0].stories if story.story_id == linked[0].story_id)


def test_a_copy_is_marked_and_points_to_the_earliest() -> None:
    """A later near-identical text is a copy of the first; an unlike article on another event is in another story."""
    story = story_of(
        Draft("first", lead=LONG, title="Pintu air ditutup"),
        Draft("second", lead=f"Laporan kontributor kami dari lapangan. {LONG}", day=1),
        Draft("other", lead=OTHER),
    )
    assert [(member.article_id, member.copy_of) for member in story.members] == [("first", None), ("second", "first")]
    assert story.title == "Pintu air ditutup"


def test_articles_days_apart_are_two_stories() -> None:
    """The same words weeks later are another event."""
    assert len(story_of(Draft("a", lead=OTHER), Draft("b", lead=OTHER + " Tambahan.", day=20)).members) == 1


def test_a_story_without_titles_is_named_after_its_actors() -> None:
    """The most mentioned persons and bodies stand in for a title."""
    names = (("Ratna Suherman", EntityType.PER), ("Jember", EntityType.LOC))
    story = story_of(Draft("a", lead="Jember, Jember, Jember: Ratna Suherman datang", names=names))
    assert story.title == "Ratna Suherman, Jember"


def test_groups_tell_outlets_and_wordings() -> None:
    """A group has every wording from early to late, its outlets, and when it was first and last seen."""
    said = (Said("Ratna Suherman", "jembatan gantung pesisir rampung sebelum musim hujan"),)
    linked = link_all(
        [
            build(Draft("b", said, day=1, outlet="Warta")),
            build(Draft("a", said, outlet="Kabar", origin="Kantor Merapi")),
        ]
    )
    assert groups_of(linked) == [["a-0", "b-0"]]
    (group,) = linked[0].groups
    assert [member.claim_id for member in group.members] == ["a-0", "b-0"]
    assert group.outlets == ("Kabar", "Warta")
    assert group.origins == ("Kantor Merapi", "Warta")
    assert group.first_seen is not None
    assert group.last_seen is not None
    assert (group.last_seen - group.first_seen).days == 1


def test_members_tell_which_origin_they_count_for() -> None:
    """A copy without a name of its agency counts for the origin of the text that it repeats."""
    said = (Said("Ratna Suherman", "jembatan gantung pesisir rampung sebelum musim hujan"),)
    linked = link_all(
        [
            build(Draft("a", said, lead=LONG, outlet="Kabar", origin="Kantor Merapi")),
            build(Draft("b", said, lead=LONG, outlet="Warta", day=1)),
            build(Draft("c", said, lead=OTHER, outlet="Lain", day=1)),
        ]
    )
    (group,) = linked[0].groups
    assert [member.independent_origin for member in group.members] == ["Kantor Merapi", "Kantor Merapi", "Lain"]
    assert group.origins == ("Kantor Merapi", "Lain")
    first, second = next(story.members[:2] for story in linked[0].stories if len(story.members) > 1)
    assert (first.independent_origin, second.independent_origin) == ("Kantor Merapi", "Kantor Merapi")
    assert first.shared is None
    assert (second.shared or 0) > 0.9


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("Kabar pagi ini", "Pintu air di hulu bendungan ditutup sejak dini hari"), 1),
        (("Pintu air bendungan ditutup, keluarga di bantaran sungai pindah", "Pintu air ditutup"), 0),
        (("PINTU AIR DI HULU BENDUNGAN DITUTUP SEJAK DINI HARI", "Air naik"), 1),
        (("PINTU AIR DITUTUP", "KABAR PAGI"), 0),
        (("Ratna: “Pintu air di bendungan ditutup”", "Pintu air di bendungan ditutup kepala desa"), 1),
        (
            (
                "Terpopuler pekan ini, pintu air ditutup, harga cabai, jadwal liga",
                "Debit sungai meningkat, pintu air ditutup",
            ),
            1,
        ),
    ],
)
def test_a_story_is_called_by_its_most_central_title(titles: tuple[str, str], expected: int) -> None:
    """What says most of the event, whichever came first; neither a ticker's name, nor a listing, nor capitals."""
    drafts = [Draft(f"a{number}", lead=LONG, title=title, day=number) for number, title in enumerate(titles)]
    assert story_of(*drafts).title == titles[expected]
    assert story_of(*drafts[::-1]).title == titles[expected]
