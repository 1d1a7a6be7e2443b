"""An alias joins what outlets call by unrelated names, for what is read already too; taken back, all is as before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis import Redis

from kliping_extract.extractor import Extractor
from kliping_shared.bus import connect
from kliping_shared.contracts import EntityType, streams
from kliping_shared.corrections import naming
from kliping_shared.corrections.alias_book import KeptAliases, RedisAliasBook
from kliping_shared.corrections.aliases import Alias
from kliping_shared.corrections.naming import Named
from kliping_shared.names import one_name
from kliping_shared.republish import Stage, republish
from kliping_shared.settings import Settings
from kliping_shared.store import open_reader, open_writer
from tests.integration.corrections.stages import ARTICLES, OTHER, Stages, article


class Desk:
    """Three read articles, and a person who says what is one name."""

    def __init__(self, book: RedisAliasBook, stages: Stages) -> None:
        self.book, self.stages = book, stages

    async def add(self, name: str, *others: str, kind: EntityType = EntityType.PER) -> tuple[int, int]:
        """How many forms were new, and how many articles were read anew."""
        return await self._read_anew(await naming.add(self.book, rows(name, *others, kind=kind)))

    async def remove(self, alias: str) -> int:
        """How many articles were read anew."""
        return (await self._read_anew(await naming.remove(self.book, alias, None)))[1]

    async def _read_anew(self, named: Named) -> tuple[int, int]:
        ids = await naming.articles_of(named, self.stages.reader)
        anew = await republish(ids, Stage.EXTRACT, reader=self.stages.reader, publisher=self.stages)
        return len(named.changed), anew


def rows(name: str, *others: str, kind: EntityType) -> list[Alias]:
    """A name with its forms."""
    return [Alias(type=one.type, name=one.name, alias=one.alias) for one in one_name(kind, name, others)]


@pytest.fixture
async def desk(url: str, tmp_path: Path, extractor: Extractor) -> AsyncIterator[Desk]:
    """With a store of its own."""
    settings = Settings(data=tmp_path)
    client = connect(url)
    writer, reader = open_writer(settings), open_reader(settings)
    with Redis.from_url(url) as blocking:
        stages = Stages(extractor.with_aliases(KeptAliases(blocking).names), writer, reader)
        await stages.publish(streams.ARTICLE, ARTICLES)
        stages.published.clear()
        yield Desk(RedisAliasBook(client), stages)
    await reader.close()
    await writer.close()
    await client.aclose()


async def test_two_names_are_two_sources_until_somebody_says_that_they_are_one(desk: Desk) -> None:
    """Then there is one group of both outlets, and the facets know one person."""
    assert await desk.stages.outlets() == [1, 1, 1]
    assert await desk.add("Dewi Anggraini", "Rani Kusuma") == (2, 2)
    assert sorted(desk.stages.published) == ["dua", "satu"]
    assert await desk.stages.outlets() == [2, 1]
    articles = await desk.stages.documents("articles")
    people = [one["person"] for one in articles if one["article_id"] != "tiga"]
    assert people == [["Dewi Anggraini"], ["Dewi Anggraini"]]
    assert {claim["speaker"] for claim in await desk.stages.documents("claims")} == {"Dewi Anggraini", "Budi Hartanto"}


async def test_bodies_are_joined_as_people_are(desk: Desk) -> None:
    """By letters that no outlet explains; before, the two were speakers that may be one, since they say the very same."""
    said = "sawah di lereng utara kekeringan sejak dua bulan lalu dan petani butuh pompa"
    one = f"Tirtasari - Petani resah.\n\nYayasan Sawah Lestari menyatakan {said}, Senin.\n"
    other = f"Tirtasari - Petani resah.\n\nYPLT menyatakan {said}, Senin.\n"
    unread = [article("lima", one, "Harian Contoh"), article("enam", other, "Kabar Contoh")]
    await desk.stages.publish(streams.ARTICLE, unread)
    assert (await desk.add("Yayasan Sawah Lestari", "YPLT", kind=EntityType.ORG))[1] == 2
    assert await desk.stages.outlets() == [2, 1, 1, 1]
    bodies = {one["article_id"]: one["org"] for one in await desk.stages.documents("articles")}
    assert bodies["lima"] == bodies["enam"] == ["Yayasan Sawah Lestari"]


@pytest.mark.parametrize(
    ("name", "others", "kind", "back"),
    [
        ("Dewi Anggraini", ("Rani Kusuma", "Si Mawar"), EntityType.PER, ("Si Mawar", "Rani Kusuma")),
        ("Sang Penyanyi", ("Dewi Anggraini", "Rani Kusuma"), EntityType.PER, ("Sang Penyanyi",)),
        ("Kota Tirta", ("Tirtasari", "Lapangan Wirabuana"), EntityType.LOC, ("Kota Tirta",)),
    ],
)
async def test_taken_back_all_is_as_it_was(
    desk: Desk, name: str, others: tuple[str, ...], kind: EntityType, back: tuple[str, ...]
) -> None:
    """Every document of every kind, apart from versions and times."""
    kinds = ("articles", "claims", "groups", "stories")
    before = {each: await desk.stages.documents(each) for each in kinds}
    await desk.add(name, *others, kind=kind)
    assert {each: await desk.stages.documents(each) for each in kinds} != before
    for alias in back:
        await desk.remove(alias)
    assert await desk.book.list() == ()
    assert {each: await desk.stages.documents(each) for each in kinds} == before


async def test_what_kliping_calls_by_the_name_that_is_replaced_is_read_anew_too(desk: Desk) -> None:
    """Its own aliases lead on to the user's: `Tiongkok` is `China` to Kliping, and `Negeri Tirai` to the user."""
    text = 'Tirtasari - Ekspor ke Tiongkok naik.\n\n"Ekspor ikan ke Tiongkok naik," kata Budi Hartanto, Senin.\n'
    await desk.stages.publish(streams.ARTICLE, [article("empat", text, "Warta Contoh")])
    assert await desk.add("Negeri Tirai", "China", kind=EntityType.LOC) == (2, 1)
    places = {one["article_id"]: one["place"] for one in await desk.stages.documents("articles")}
    assert "Negeri Tirai" in places["empat"]
    assert await desk.remove("Negeri Tirai") == 1
    places = {one["article_id"]: one["place"] for one in await desk.stages.documents("articles")}
    assert "China" in places["empat"]


async def test_however_long_names_are_their_articles_are_read_anew(desk: Desk) -> None:
    """What asks for them is as long as a query may be, at most."""
    others = [f"{'Nama Panggung ' * 20}{number}" for number in range(40)]
    assert await desk.add("Dewi Anggraini", "Rani Kusuma", *others) == (42, 2)
    assert await desk.remove("Dewi Anggraini") == 2


async def test_what_was_said_twice_is_read_anew_twice(desk: Desk) -> None:
    """Where it broke off the first time, the second brings all to an end."""
    await desk.add("Dewi Anggraini", "Rani Kusuma")
    before = await desk.stages.documents("groups")
    assert await desk.add("Dewi Anggraini", "Rani Kusuma") == (0, 2)
    assert await desk.stages.documents("groups") == before


async def test_the_next_article_is_read_with_it_whatever_becomes_of_those_before(desk: Desk) -> None:
    """At once, and without those that are stored."""
    await desk.book.add(rows("Ratu", "Rani Kusuma", kind=EntityType.PER))
    await desk.stages.publish(streams.ARTICLE, [OTHER])
    assert "Ratu" in {claim["speaker"] for claim in await desk.stages.documents("claims")}
