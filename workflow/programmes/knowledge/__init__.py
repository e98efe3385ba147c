"""What was learnt, kept as lists go by it."""
