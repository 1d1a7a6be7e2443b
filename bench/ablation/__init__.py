"""Learned parts against the rules alone: ``python -m bench.ablation``."""
