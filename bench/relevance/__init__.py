"""How well search ranks, by queries that were judged by hand (see README.md)."""
