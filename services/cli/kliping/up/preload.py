"""What the fork server does once, so that every service starts warm and shares the memory: imports, and the model.

Imported before any service is forked; nothing here may start a thread or open a connection. No service waits longer for
the model than without: the extract workers, which are the last to be ready, would each load it.
"""

import gc
from contextlib import suppress

import faststream.redis
import pydantic_settings
import spacy
import uvicorn

import kliping_shared.bus
import kliping_shared.lifecycle
import kliping_shared.store.ports
from kliping_extract.app import load_extractor
from kliping_extract.settings import ExtractSettings
from kliping_shared.settings import load

__all__ = ["faststream", "kliping_shared", "pydantic_settings", "spacy", "uvicorn"]

with suppress(Exception):  # an extract worker meets the error too, and says so in its log
    load_extractor(load(ExtractSettings))
gc.freeze()  # children leave it all out of their collections, which would copy every page
