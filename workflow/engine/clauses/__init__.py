"""Comments on clauses of a text under consultation, and what became of each."""
