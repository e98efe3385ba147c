"""The money of cases: a ledger with two sides to every movement, its rates, and what is left of whose money."""
