"""``kliping_id``: the analysis chain for Indonesian text, negation-safe, equal in every store."""
