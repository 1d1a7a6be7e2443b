"""Pure linking: features of claims and articles, scores of pairs, groups of sets. No framework, no I/O."""
