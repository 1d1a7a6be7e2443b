"""What is sent to whom, and when again: pure functions."""
