"""What the fork server imports once, so that every service starts warm and shares the memory.

Imported before any service is forked; nothing here may start a thread or open a connection.
"""

import faststream.redis
import spacy
import uvicorn

import kliping_shared.contracts
import kliping_shared.store.ports

__all__ = ["faststream", "kliping_shared", "spacy", "uvicorn"]
