"""The HTTP API: ``/api/v1``. Errors are problem+json (RFC 9457)."""
