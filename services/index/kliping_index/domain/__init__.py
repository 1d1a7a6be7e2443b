"""What a linked article becomes in the store: pure functions."""
