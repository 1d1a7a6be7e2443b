"""Documents are kept compressed, and are the same afterwards."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.resources import files

import pytest

from kliping_shared.store.embedded.packing import packed, packed_body, unpacked, unpacked_body
from kliping_shared.store.patches import to_json
from tests.integration.store.builders import article, claim

DOCUMENTS = [
    b"",
    b"{}",
    to_json(claim("c1", "Harga beras naik “lagi” 🌾", speaker="Ratna")),
    to_json({"text": "warta " * 30_000}),
    bytes(range(256)) * 200,
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=len)
def test_documents_come_back_as_they_were(document: bytes) -> None:
    """Whatever its length."""
    assert unpacked(packed(document)) == document


@pytest.mark.parametrize("document", DOCUMENTS, ids=len)
def test_bodies_come_back_with_their_documents(document: bytes) -> None:
    """Also beside a document that is longer than a dictionary can be."""
    body = to_json({"text": "Harga beras naik", "claims": []})
    assert unpacked_body(packed_body(body, document), document) == body
    assert unpacked_body(packed_body(document, document), document) == document


def test_a_claim_takes_less_than_half_of_its_json() -> None:
    """By the dictionary: what is compressed by itself is too short for that."""
    document = to_json(claim("c1", "Harga beras naik lagi", speaker="Ratna"))
    assert len(packed(document)) < len(document) / 2


def test_a_body_takes_little_where_its_document_has_its_words() -> None:
    """The text stands in both."""
    document = to_json(article("a1", " ".join(f"kata{number * 7919}" for number in range(500))))
    assert len(packed_body(document, document)) < len(packed(document)) / 5


def test_threads_pack_at_the_same_time() -> None:
    """Writers of several stores are in one process."""
    documents = [to_json(claim(f"c{number}", f"Kalimat {number}")) for number in range(300)]
    with ThreadPoolExecutor(4) as pool:
        assert [unpacked(kept) for kept in pool.map(packed, documents)] == documents


def test_the_dictionary_is_the_one_that_files_were_written_with() -> None:
    """No file could be read with another one: it takes a new version of the file, and the old dictionary to migrate."""
    dictionary = files("kliping_shared.store.embedded").joinpath("dictionary.txt").read_bytes()
    assert sha256(dictionary).hexdigest() == "248ff3b3aceadf034509f5827e2bcef08c79520d6c161814eb9bd082085edf3c"
