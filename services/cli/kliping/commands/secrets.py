"""``kliping secrets``: make the passwords, accounts and certificates of a deployment, once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kliping.commands.output import say

Folder = Annotated[Path, typer.Argument(help="Folder for the secrets; only its owner may look into it.")]
Rotate = Annotated[bool, typer.Option("--rotate", help="New passwords and certificates in place of those there are.")]
Templates = Annotated[
    Path,
    typer.Option("--deploy", help="Folder with redis/users.acl and opensearch/users.json, which say who there is."),
]
RedisHost = Annotated[str, typer.Option("--redis-host", help="What the services call Redis.")]
OpenSearchHost = Annotated[
    list[str], typer.Option("--opensearch-host", help="What they call OpenSearch; may be given several times.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("secrets")(make)


def make(
    folder: Folder = Path("deploy/secrets"),
    rotate: Rotate = False,
    deploy: Templates = Path("deploy"),
    redis_host: RedisHost = "redis",
    opensearch_host: OpenSearchHost = ["opensearch"],  # noqa: B006 - typer takes a list and copies it
) -> None:
    """Make passwords, accounts and certificates for Redis and OpenSearch, and the token of the API.

    What is there is kept, so it may be run again at any time: after an upgrade it writes the accounts anew under the
    old passwords, and it renews certificates that end within 60 days.
    """
    from kliping.provision.accounts import api_token, mail_server, opensearch_accounts, redis_accounts
    from kliping.provision.certificates import certificates
    from kliping.provision.folder import SecretFolder

    made = SecretFolder(folder)
    redis_accounts(made, deploy / "redis" / "users.acl", host=redis_host, rotate=rotate)
    api_token(made, rotate=rotate)
    mail_server(made)
    opensearch_accounts(made, deploy / "opensearch" / "users.json", rotate=rotate)
    certificates(made, opensearch_host, rotate=rotate)
    for name in made.written:
        say(f"wrote {folder / name}")
    if not made.written:
        say(f"all secrets in {folder} are there and in order")
