"""What the client's and the server's errors mean to those who read and write; none of them leaves the store raw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from opensearchpy.exceptions import NotFoundError, OpenSearchException, SerializationError, TransportError

from kliping_shared.errors import StoreUnavailable
from kliping_shared.settings import Settings
from kliping_shared.store.opensearch.client import meaning

#: Statuses by which a server says that it would like to be asked again later.
LATER: Final = frozenset({429, 502, 503, 504})
NOT_SET_UP: Final = "the store is not there yet: run 'kliping setup'"


@contextmanager
def store_errors(settings: Settings) -> Iterator[None]:
    """Raise StoreUnavailable with a plain sentence for whatever the client raises: no document is to blame for it."""
    try:
        yield
    except TransportError as error:
        raise StoreUnavailable(NOT_SET_UP if is_missing_index(error) else str(meaning(error, settings))) from error
    except SerializationError as error:
        raise StoreUnavailable("what answers at KLIPING_OPENSEARCH_URL is no OpenSearch") from error
    except (OpenSearchException, RuntimeError, OSError, KeyError, TypeError) as error:
        raise StoreUnavailable(f"OpenSearch answers what was not expected, or is closed: {error}") from error


def is_missing_index(error: TransportError) -> bool:
    """Whether the index or alias is not there."""
    return isinstance(error, NotFoundError) and error.error == "index_not_found_exception"


def check_read(answer: Mapping[str, Any]) -> None:
    """Raise StoreUnavailable where one answer of a multi-get says that the document could not be looked at.

    Such a document may well be there: taking it for none would lose what is kept of it.
    """
    if error := answer.get("error"):
        if error.get("type") == "index_not_found_exception":
            raise StoreUnavailable(NOT_SET_UP)
        raise StoreUnavailable(f"OpenSearch cannot read {answer.get('_id')!r} at the moment: {reason_of(error)}")


def reason_of(error: Mapping[str, Any]) -> str:
    """The innermost reason that an error object of the server gives, in one line."""
    while isinstance(error.get("caused_by"), Mapping):
        error = error["caused_by"]
    return " ".join(str(error.get("reason") or error.get("type") or "no reason given").split())
