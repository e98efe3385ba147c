"""Documents of a programme: one form for every kind, as its definition describes it."""
