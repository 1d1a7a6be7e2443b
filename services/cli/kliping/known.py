"""Every service's settings class: what the environment may say, for the check of unknown names and the reference."""

from __future__ import annotations

from kliping.settings import SetupSettings, UpSettings
from kliping_alert.settings import AlertSettings
from kliping_extract.settings import ExtractSettings
from kliping_index.settings import IndexSettings
from kliping_ingest.settings import IngestSettings
from kliping_link.settings import LinkSettings
from kliping_search.settings import SearchSettings
from kliping_shared.settings import Settings

SETTINGS: tuple[type[Settings], ...] = (
    Settings,
    UpSettings,
    SetupSettings,
    IngestSettings,
    ExtractSettings,
    LinkSettings,
    IndexSettings,
    SearchSettings,
    AlertSettings,
)
