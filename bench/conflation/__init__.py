"""Which forms the analysis makes one term, and which it keeps apart, against other stemmers."""
