"""Scoring of ``kliping process`` output against a gold file (format: ``seeds/README.md``)."""
