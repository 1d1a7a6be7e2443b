"""Readable word lists of ingest; ``kliping_ingest.domain.lexicon`` reads them."""
