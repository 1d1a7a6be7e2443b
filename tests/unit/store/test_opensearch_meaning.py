"""What OpenSearch refuses is told as what the reader can do about it."""

from __future__ import annotations

from opensearchpy.exceptions import AuthorizationException

from kliping_shared.errors import SettingsError, StoreUnavailable
from kliping_shared.settings import Settings
from kliping_shared.store.opensearch.client import meaning

SETTINGS = Settings(opensearch_url="http://localhost:9200")


def _refused(kind: str, reason: str) -> AuthorizationException:
    return AuthorizationException(403, kind, {"error": {"type": kind, "reason": reason}, "status": 403})


def test_a_full_disk_is_no_lack_of_rights() -> None:
    """Such a server makes no index, and says so with the status of a refusal; it may well do so later."""
    told = meaning(_refused("index_create_block_exception", "blocked by: [FORBIDDEN/10/...]"), SETTINGS)
    assert isinstance(told, StoreUnavailable)
    assert "disk" in str(told)


def test_who_has_no_right_is_named() -> None:
    """Or told to be nobody."""
    told = meaning(_refused("security_exception", "no permissions"), SETTINGS)
    assert isinstance(told, SettingsError)
    assert "does not allow a request without a user to do this: no permissions" in str(told)
