"""The embedded store: one SQLite file with FTS5, for one machine. docs/decisions/0005-store.md says why and how."""
