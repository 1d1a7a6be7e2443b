"""English articles: the user's own trained spaCy pipeline finds the names, a few rules find who says what."""
