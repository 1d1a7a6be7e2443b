"""Keeping watch: saved searches, and what came to be found by them (docs/decisions/0012-alerts.md)."""
