"""Keeping and finding documents: one protocol, several stores."""
