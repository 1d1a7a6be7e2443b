"""Accounts: which users Redis and OpenSearch have is written in ``deploy/``, their passwords are made here."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import bcrypt

from kliping.provision.folder import SecretFolder, new_password
from kliping_shared.errors import SettingsError

#: What stands for the password in ``users.acl``.
_PLACE: Final = "{password}"
_USER: Final = re.compile(r"user (?P<name>[a-z][a-z0-9-]*) ")
#: Rounds of bcrypt as a power of two. Many rounds protect passwords that people think up; 32 random bytes nobody guesses,
#: and OpenSearch pays the rounds at every login.
_ROUNDS: Final = 8


def redis_accounts(folder: SecretFolder, template: Path, *, host: str, rotate: bool) -> None:
    """``redis.acl`` as Redis reads it, with hashes; and for each user who has a password ``redis-NAME.url``."""
    lines = []
    for line in _rules(template):
        found = _USER.match(line)
        if found is None:
            raise SettingsError(f"{template}: each rule begins with 'user NAME ', this one does not: {line}")
        if _PLACE in line:
            password = _redis_password(folder, found["name"], host, rotate=rotate)
            line = line.replace(_PLACE, f"#{hashlib.sha256(password.encode()).hexdigest()}")
        lines.append(line)
    folder.write("redis.acl", "\n".join(lines) + "\n")


def _rules(template: Path) -> list[str]:
    """Rules of one line each, as Redis wants them: here they may span lines (indented) and have comments."""
    text = "\n".join(line for line in template.read_text(encoding="utf-8").splitlines() if line.lstrip()[:1] != "#")
    return [" ".join(rule.split()) for rule in re.split(r"\n(?=\S)", text) if rule.strip()]


def _redis_password(folder: SecretFolder, user: str, host: str, *, rotate: bool) -> str:
    name = f"redis-{user}.url"
    known = urlsplit((folder.read(name) or b"").decode().strip()).password
    password = new_password() if rotate or not known else known
    folder.write(name, f"redis://{user}:{password}@{host}:6379/0\n")
    return password


def api_token(folder: SecretFolder, *, rotate: bool) -> None:
    """``api.token``: the key of whoever runs the deployment; ``api-keys.json``: those that he makes for others."""
    if rotate or not folder.read("api.token"):
        folder.write("api.token", f"{new_password()}\n")
    if not folder.read("api-keys.json"):
        folder.write("api-keys.json", "[]\n")


def mail_server(folder: SecretFolder) -> None:
    """``smtp.url``: the mail server with its password, which a person writes there; empty, as it is made: no mails."""
    if folder.read("smtp.url") is None:
        folder.write("smtp.url", "")


def opensearch_accounts(folder: SecretFolder, template: Path, *, rotate: bool) -> None:
    """``internal_users.yml`` as OpenSearch's security plugin reads it, and ``opensearch-NAME.password`` for each user."""
    known = json.loads(folder.read("internal_users.yml") or b"{}")
    users: dict[str, Any] = {"_meta": {"type": "internalusers", "config_version": 2}}
    for user, account in json.loads(template.read_text(encoding="utf-8")).items():
        name = f"opensearch-{user}.password"
        password = (folder.read(name) or b"").decode().strip()
        if rotate or not password:
            password = new_password()
        folder.write(name, f"{password}\n")
        users[user] = {"hash": _hash(password, known.get(user, {}).get("hash", "")), "reserved": True, **account}
    # JSON is YAML too, and needs no library for it.
    folder.write("internal_users.yml", json.dumps(users, indent=2) + "\n")


def _hash(password: str, known: str) -> str:
    """The hash that is there already if it is the password's: a new one would differ by its salt only."""
    if known and bcrypt.checkpw(password.encode(), known.encode()):
        return known
    made = bcrypt.hashpw(password.encode(), bcrypt.gensalt(_ROUNDS)).decode()
    return made.replace("$2b$", "$2y$", 1)  # the same function, under the name that OpenSearch's own tool gives it
