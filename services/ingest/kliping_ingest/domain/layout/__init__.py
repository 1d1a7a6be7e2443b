"""The parts of an article's page, one rule set per part; ``kliping_ingest.domain.zones`` puts them together."""
