"""``kliping secrets``: what it makes, keeps and renews."""

from __future__ import annotations

import hashlib
import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import bcrypt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from typer.testing import CliRunner

from kliping.main import build
from kliping.provision.accounts import redis_accounts
from kliping.provision.certificates import certificates
from kliping.provision.folder import SecretFolder
from kliping_shared.errors import SettingsError
from tests.support.shared import ROOT

SERVICES = ("ingest", "extract", "link", "index", "alert", "search")


def run(folder: Path, *options: str) -> str:
    """The command's output, with the project's own templates."""
    result = CliRunner().invoke(build(), ["secrets", str(folder), "--deploy", str(ROOT / "deploy"), *options])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all secrets."""
    folder = tmp_path_factory.mktemp("made") / "secrets"
    run(folder)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_second_run_changes_nothing(made: Path) -> None:
    """Running it again keeps every byte, also the salted hashes."""
    before = content(made)
    assert "in order" in run(made)
    assert content(made) == before


def test_redis_knows_each_password_by_its_hash_only(made: Path) -> None:
    """The file that Redis reads has one line a user, the SHA-256 of the password in the user's URL, no comment."""
    rules = dict(line.split(" ", 2)[1:] for line in (made / "redis.acl").read_text().splitlines())
    for user in SERVICES:
        url = urlsplit((made / f"redis-{user}.url").read_text().strip())
        assert (url.scheme, url.username, url.hostname) == ("redis", user, "redis")
        assert url.password is not None
        assert f"#{hashlib.sha256(url.password.encode()).hexdigest()}" in rules[user]
        assert url.password not in (made / "redis.acl").read_text()
    assert rules["default"].startswith("off ")
    assert "{password}" not in "".join(rules.values())


def test_no_service_may_do_everything(made: Path) -> None:
    """Only the administrator has all commands and all keys; every service begins with none, and ``default`` is off."""
    for line in (made / "redis.acl").read_text().splitlines():
        _, user, *rules = line.split()
        all_powerful = user in ("admin", "default")
        assert ("-@all" in rules) != all_powerful
        assert ("+@all" in rules) == all_powerful
        assert user != "default" or rules[:2] == ["off", "resetpass"]


def test_opensearch_knows_each_password_by_its_hash_only(made: Path) -> None:
    """Each user's hash fits the password in the user's file."""
    text = (made / "internal_users.yml").read_text()
    users = json.loads(text)
    assert users.pop("_meta")["type"] == "internalusers"
    assert set(users) == {"setup", "index", "search", "dashboards", "editor"}
    for user, account in users.items():
        password = (made / f"opensearch-{user}.password").read_text().strip()
        assert len(password) >= 40
        assert bcrypt.checkpw(password.encode(), account["hash"].encode())
        assert password not in text


def test_the_token_of_the_api_is_a_password_of_its_own(made: Path) -> None:
    """As long as the others, on one line."""
    (token,) = (made / "api.token").read_text().splitlines()
    others = b"".join(data for name, data in content(made).items() if name != "api.token")
    assert len(token) >= 40
    assert token.encode() not in others


def test_only_the_owner_can_look_into_the_folder(made: Path) -> None:
    """Files can be read when mounted alone; the authority's key, which no container gets, only by its owner."""
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in made.iterdir()}
    assert modes.pop("ca.key") == 0o400
    assert set(modes.values()) == {0o444}


def test_rotation_changes_every_password_and_keeps_the_authority(tmp_path: Path, made: Path) -> None:
    """What clients trust stays, so that they can be restarted one after another."""
    run(tmp_path / "s")
    before = content(tmp_path / "s")
    run(tmp_path / "s", "--rotate")
    after = content(tmp_path / "s")
    same = {name for name in before if before[name] == after[name]}
    assert same == {"ca.key", "ca.pem", "api-keys.json", "smtp.url"}  # what people wrote is for people to change


def test_an_account_that_is_new_in_the_templates_is_added_and_others_keep_their_passwords(tmp_path: Path) -> None:
    """An upgrade of Kliping may bring users and change rules."""
    (tmp_path / "users.acl").write_text("# one\nuser one on {password} -@all\n  +ping\n")
    folder = SecretFolder(tmp_path / "s")
    redis_accounts(folder, tmp_path / "users.acl", host="redis", rotate=False)
    first = folder.read("redis-one.url")
    (tmp_path / "users.acl").write_text("user one on {password} -@all +get\nuser two on {password} -@all\n")
    redis_accounts(folder, tmp_path / "users.acl", host="redis", rotate=False)
    assert folder.read("redis-one.url") == first
    assert (folder.read("redis.acl") or b"").decode().count("\n") == 2
    assert folder.read("redis-two.url")


def test_a_rule_for_nobody_is_refused(tmp_path: Path) -> None:
    """Redis would refuse to start with it, and say less."""
    (tmp_path / "users.acl").write_text("usr one on {password}\n")
    with pytest.raises(SettingsError, match="usr one"):
        redis_accounts(SecretFolder(tmp_path / "s"), tmp_path / "users.acl", host="redis", rotate=False)


def test_the_server_certificate_names_its_hosts_and_is_signed_by_the_authority(made: Path) -> None:
    """Clients check both."""
    authority, server = (
        x509.load_pem_x509_certificate((made / f"{name}.pem").read_bytes()) for name in ("ca", "opensearch")
    )
    server.verify_directly_issued_by(authority)
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert set(names.get_values_for_type(x509.DNSName)) == {"localhost", "opensearch"}
    settings = (ROOT / "deploy" / "opensearch" / "opensearch.yml").read_text()
    for name in ("opensearch", "admin"):
        subject = x509.load_pem_x509_certificate((made / f"{name}.pem").read_bytes()).subject
        assert f'["{subject.rfc4514_string()}"]' in settings


def test_another_host_name_makes_the_servers_certificate_anew(tmp_path: Path) -> None:
    """Under a name that the certificate does not hold nobody could connect."""
    folder = SecretFolder(tmp_path)
    certificates(folder, ["opensearch"], rotate=False)
    folder.written.clear()
    certificates(folder, ["opensearch", "search.example"], rotate=False)
    assert folder.written == ["opensearch.key", "opensearch.pem"]


def test_a_certificate_that_soon_ends_is_renewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two months before its end, at the next run."""
    folder = SecretFolder(tmp_path)
    certificates(folder, ["opensearch"], rotate=False)
    folder.written.clear()

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) + timedelta(days=780)

    monkeypatch.setattr("kliping.provision.certificates.datetime", Later)
    certificates(folder, ["opensearch"], rotate=False)
    assert folder.written == ["opensearch.key", "opensearch.pem", "admin.key", "admin.pem"]


def test_half_a_pair_is_made_anew(tmp_path: Path) -> None:
    """A key without its certificate serves nobody."""
    folder = SecretFolder(tmp_path)
    certificates(folder, ["opensearch"], rotate=False)
    (tmp_path / "admin.pem").unlink()
    certificates(folder, ["opensearch"], rotate=False)
    key = x509.load_pem_x509_certificate((tmp_path / "admin.pem").read_bytes()).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
