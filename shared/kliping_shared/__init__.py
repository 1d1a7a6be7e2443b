"""What every service shares: contracts, bus, store, language, settings, errors, observability."""
