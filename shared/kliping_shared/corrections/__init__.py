"""What people correct, kept apart from what machines found: below ``kliping:corrections:`` in Redis."""
