"""What the page shows, as values: no framework, no store."""
