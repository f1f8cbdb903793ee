"""Says what clauses mean, by rule packs: the only room that knows spaCy."""
