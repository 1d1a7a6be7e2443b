"""Redis as it is deployed, with its accounts: nothing is lost when it starts again, and nobody comes in without a name."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import AuthenticationError, RedisError, ResponseError
from typer.testing import CliRunner

from kliping.main import build
from kliping_shared.contracts import EntityType, Span
from kliping_shared.corrections.alias_book import KEY, KeptAliases, RedisAliasBook
from kliping_shared.corrections.aliases import Alias, AliasConflict
from kliping_shared.corrections.claim_book import KEY as CLAIMS
from kliping_shared.corrections.claim_book import ClaimCorrections, kept_claim_corrections
from kliping_shared.corrections.claims import ClaimCorrection
from kliping_shared.corrections.groups import Anchor
from kliping_shared.watching.outbox import Outbox
from kliping_shared.watching.redis import Watches
from kliping_shared.watching.watches import Webhook
from tests.integration.corrections.stages import ONE
from tests.support.brokers import REDIS_IMAGE, free_port, require_docker, wait_until
from tests.support.shared import ROOT
from tests.support.watching import a_watch, an_alert


class Deployed:
    """The image with the configuration and the accounts of the deployment, on a port that a restart keeps."""

    def __init__(self, folder: Path) -> None:
        self._secrets, self.port, self._name = folder / "secrets", free_port(), f"kliping-accounts-{free_port()}"
        result = CliRunner().invoke(build(), ["secrets", str(self._secrets), "--deploy", str(ROOT / "deploy")])
        assert result.exit_code == 0, result.output
        files = {
            "/etc/redis.conf": ROOT / "deploy/redis/redis.conf",
            "/run/secrets/redis-acl": self._secrets / "redis.acl",
        }
        mounts = []
        for target, source in files.items():
            copy = folder / source.name
            shutil.copy(source, copy)
            copy.chmod(0o644)  # the image's user is not the one who runs the tests
            mounts += ["--volume", f"{copy}:{target}:ro"]
        folder.chmod(0o755)
        port = f"127.0.0.1:{self.port}:6379"
        run = ("run", "--detach", "--name", self._name, "--publish", port, *mounts, REDIS_IMAGE)
        self._run = (*run, "redis-server", "/etc/redis.conf")

    def start(self) -> None:
        """Make the container."""
        self._docker(*self._run)

    def _docker(self, *arguments: str) -> None:
        subprocess.run(["docker", *arguments], check=True, capture_output=True, timeout=60)

    def client(self, user: str | None = None) -> Redis:
        """A connection as one of the services, or as nobody."""
        if user is None:
            return Redis(port=self.port)
        return Redis(port=self.port, **self.login(user))

    def login(self, user: str) -> dict[str, str]:
        """Name and password of a service."""
        password = (self._secrets / f"redis-{user}.url").read_text().split(":")[2].partition("@")[0]
        return {"username": user, "password": password}

    def wait(self) -> None:
        """Until it answers."""
        wait_until(self._answers, seconds=20)

    def _answers(self) -> bool:
        try:
            with self.client("link") as connection:
                return bool(connection.ping())
        except (RedisError, OSError):
            return False

    def crash(self) -> None:
        """Kill it, and bring it back with the data it had."""
        self._docker("kill", self._name)
        self._docker("start", self._name)
        self.wait()

    def close(self) -> None:
        """Remove it."""
        self._docker("rm", "--force", "--volumes", self._name)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """One server for the tests of this file."""
    require_docker()
    deployed = Deployed(tmp_path_factory.mktemp("redis"))
    try:
        deployed.start()
        deployed.wait()
        yield deployed
    finally:
        deployed.close()


def test_what_a_transaction_wrote_is_there_after_a_crash(server: Deployed) -> None:
    """Redis runs the append-only file as the user whom nobody logs in as, and drops transactions that he may not run."""
    with server.client("link") as link, link.pipeline(transaction=True) as together:
        together.set("kliping:link:a", "1").sadd("kliping:link:b", "2")
        together.execute()
    with server.client("admin") as admin:
        assert admin.execute_command("WAITAOF", 1, 0, 5000)[0] == 1
    server.crash()
    with server.client("link") as link:
        assert (link.get("kliping:link:a"), link.smembers("kliping:link:b")) == (b"1", {b"2"})


def test_nobody_comes_in_without_a_name(server: Deployed) -> None:
    """Without a password no command is run, whatever that user may do."""
    with server.client() as nobody, pytest.raises((AuthenticationError, ResponseError), match=r"(?i)auth"):
        nobody.get("kliping:link:a")
    for password in ("", "default"):
        as_default = Redis(port=server.port, username="default", password=password, protocol=2)
        with as_default, pytest.raises((AuthenticationError, ResponseError), match=r"(?i)auth|wrongpass|invalid"):
            as_default.get("kliping:link:a")


@pytest.mark.parametrize("user", ["operator", "search"])
async def test_a_person_corrects_a_claim_and_extract_only_reads_it(server: Deployed, user: str) -> None:
    """With the rights of the accounts."""
    at = datetime(2026, 3, 5, tzinfo=UTC)
    anchor = Anchor(
        claim_id="c1",
        article_id=ONE.article_id,
        document_key="path:a",
        spans=(Span(start=0, end=4),),
        text="Naik",
        speaker="Ia",
    )
    made = ClaimCorrection(correction_id="kc1", claim=anchor, speaker="Dewi", at=at)
    client = AsyncRedis(port=server.port, **server.login(user))
    book = ClaimCorrections(client)
    await book.put(made)
    assert (await book.get("kc1"), await book.list()) == (made, (made,))
    with server.client("extract") as extract:
        (kept,) = kept_claim_corrections(extract).now().of(ONE)
        assert kept == made
        with pytest.raises(ResponseError):
            extract.delete(CLAIMS)
    await book.put(made.model_copy(update={"withdrawn": True}))
    await book.forget("kc1")
    assert await book.get("kc1") is None
    await client.aclose()


@pytest.mark.parametrize("user", ["operator", "search"])
async def test_a_person_says_what_is_one_name_and_extract_only_reads_it(server: Deployed, user: str) -> None:
    """With the rights of the accounts, also where what is said is refused."""
    rows = [Alias(type=EntityType.PER, name="Dewi", alias=form) for form in ("Dewi", "Si Mawar")]
    client = AsyncRedis(port=server.port, **server.login(user))
    book = RedisAliasBook(client)
    assert await book.add(rows) == tuple(rows)
    with pytest.raises(AliasConflict):
        await book.add([Alias(type=EntityType.PER, name="Rani", alias="Si Mawar")])
    with server.client("extract") as extract:
        assert [known.alias for known in KeptAliases(extract).names()] == ["Dewi", "Si Mawar"]
        with pytest.raises(ResponseError):
            extract.delete(KEY)
    assert len(await book.remove("Dewi", None)) == 2
    await client.aclose()


@pytest.mark.parametrize("user", ["operator", "search"])
async def test_a_watch_is_made_asked_and_delivered_each_by_its_own_account(server: Deployed, user: str) -> None:
    """People make it, index notes what it finds, alert delivers; neither of these two changes a watch."""
    people, index, alert = (AsyncRedis(port=server.port, **server.login(name)) for name in (user, "index", "alert"))
    watch = a_watch(webhook=Webhook(url="https://desk.example/hook"))
    await Watches(people).remember("w1", ["c0"])
    await Watches(people).put(watch)
    await Watches(people).replace(watch, watch)
    assert await Watches(index).all() == [watch]
    assert await Watches(index).note(watch, [an_alert(watch, name) for name in ("c0", "c1", "c2")]) == 2
    outbox = Outbox(alert, "alert-1")
    (place,) = await outbox.due(9)
    assert await outbox.lease(place, 60)
    assert await outbox.lease(place, 60)
    assert await Watches(alert).get("w1") == watch
    parcel = await outbox.parcel(place, 1)
    assert len(parcel) == 1
    await outbox.sent(place, parcel, 0.0)
    await outbox.failed(place, "away", None)
    assert await outbox.attempts(place) == 1
    await outbox.release(place)
    for stranger in (index, alert):
        with pytest.raises(ResponseError):
            await Watches(stranger).put(watch)
    assert [one.found.id for one in await Watches(people).alerts("w1")] == ["c2", "c1"]
    await Watches(people).read("w1")
    await Watches(people).resume("w1")
    await Watches(people).send(place, [an_alert(watch, "c3")])
    assert (await Watches(people).standing([watch]))[0].deliveries["webhook"].waiting == 2
    assert await Watches(people).remove("w1")
    await outbox.drop(place)
    for client in (people, index, alert):
        await client.aclose()
