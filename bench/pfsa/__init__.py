"""Measures the extractor on PFSA-ID, a corpus of public figures' statements in Indonesian newspapers.

PFSA-ID (github.com/sigit-purnomo/pfsa-id-dl; Purnomo et al., Knowledge-Based Systems 289, 2024) is CC BY-NC-SA: it is
read for measuring only, nothing of it is kept here or trained on.
"""
